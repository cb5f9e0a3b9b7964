"""The texts that are compared whole, out of any input: their words, keys and names are all that is kept of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .. import candidates
from ..candidates import Part, Words
from ..compiling import compiled
from ..config import Config
from ..jobs import chunks_of, collector_paused, spread
from ..model import Skipped
from ..pipeline.articles import Articles, given, renamed, rows_of
from ..reader import LISTED, Record, Source, items, kind_of, listed, sources
from ..reader import wanted as wanted_names
from ..words import CHARACTERS, tokenize
from .names import ORDINAL, Names, names_of
from .whole import Text, text_of_article, texts_of

if TYPE_CHECKING:
    from ..candidates.chunk import Keying

    Progress = Callable[[str, int, int], None]

CHUNK = 1 << 20  # characters that are taken at a time: a bound on memory
_MARKUP, _PACKED = 8, 4  # about: bytes of a page for one of its text, of a text for one of it packed
_LEAST = 256  # characters that a text counts at least, so that no chunk has more than some thousands


class Texts:
    """Texts as they are taken: the words, keys and names of each chunk, and what is left out with its place.

    Where they are few, no kernels are loaded for them: their words are found when all are there.
    """

    def __init__(self, config: Config, jobs: int, progress: Progress) -> None:
        self.words: list[Words] = []
        self.keys: list[Part] = []
        self.names: list[Names] = []
        self.skipped: list[tuple[int, Skipped]] = []
        self.large = False
        self._config, self._jobs, self._progress, self._read = config, jobs, progress, 0
        self._few: list[tuple[int, Text]] = []
        self._size = 0  # characters of the few
        self._keyed: Keying | None = None

    @collector_paused()
    def take_files(self, paths: Sequence[str], names: Mapping[str, str]) -> None:
        """Take the texts of files and folders."""
        wanted, left_out = wanted_names(names), list[Skipped]()
        found = list(enumerate(sources(paths, left_out)))
        self.skipped += [(-1, item) for item in left_out]
        fast = set[int]()
        if compiled(sum(_characters(source) for _, source in found) // CHARACTERS):
            self._load()
            fast = self._of_lines(found, wanted)
        slow = self._records([(number, source) for number, source in found if number not in fast], wanted)
        for chunk in spread(texts_of, chunks_of(slow, _size, CHUNK), self._jobs):  # these first: no thread runs yet
            self._take(chunk)
        for number, source in found:
            if number in fast:
                self._take_lines(number, source, wanted)

    def take_articles(self, articles: Articles, names: Mapping[str, str]) -> None:
        """Take the texts of articles, mappings or a table."""
        wanted_names(names)
        missing = list[Skipped]()
        rows = given(renamed(rows_of(articles), names), missing)
        made = ((0, text_of_article(article)) for article in rows)  # their order is chance
        for chunk in chunks_of(made, lambda item: _LEAST + len(getattr(item[1], "text", "")), CHUNK):
            self._take(chunk)
            if self._keyed is None and compiled(self._size // CHARACTERS):
                self._load()
        self.skipped += [(0, item) for item in missing]

    def finish(self) -> None:
        """Find the words of texts that were few."""
        if self._keyed is None:
            tokens = tokenize([text.text for _, text in self._few], self._jobs)
            self.keys, self.large = candidates.halved_parts(tokens, self._config, self._jobs)
            self.words, self.names = [candidates.Words(tokens.first, tokens.hash)], [names_of(self._few)]
        elif not self.keys:
            self._key([(-1, Text("", "", "", "", is_page=False))])
        self._progress("read", self._read, self._read)

    def _load(self) -> None:
        from ..candidates.chunk import Keying

        self._keyed, self.large = Keying(self._config), True
        few, self._few = self._few, []
        if few:
            self._key(few)

    def _take(self, chunk: Sequence[tuple[int, Text | Skipped]]) -> None:
        texts = [(place, item) for place, item in chunk if isinstance(item, Text)]
        self.skipped += [(place, item) for place, item in chunk if isinstance(item, Skipped)]
        self._read += len(texts)
        self._progress("read", self._read, 0)
        if self._keyed is None:
            self._few += texts
            self._size += sum(len(text.text) for _, text in texts)
        elif texts:
            self._key(texts)

    def _key(self, texts: Sequence[tuple[int, Text]]) -> None:
        from ..words.chunks import encode

        assert self._keyed is not None
        self._add(self._keyed(*encode([text.text for _, text in texts])), names_of(texts))

    def _add(self, parts: Iterable[tuple[Words, Part]], names: Names) -> None:
        for words, keys in parts:
            self.words.append(words)
            self.keys.append(keys)
        self.names.append(names)

    def _records(self, found: Sequence[tuple[int, Source]], wanted: Mapping[str, str]) -> Iterator[tuple[int, Record]]:
        """Yield the records of files, each with its place; what could not be read is listed."""
        for number, source in found:
            for nth, item in enumerate(items(source, wanted), 1):
                place = number << ORDINAL | nth
                if isinstance(item, Skipped):
                    self.skipped.append((place, item))
                else:
                    yield place, item

    def _of_lines(self, found: Iterable[tuple[int, Source]], wanted: Mapping[str, str]) -> set[int]:
        """Return which of the files hold JSON lines of texts, enough of them for threads of their own."""
        from ..reader.json_lines import fast_stream

        fast = set[int]()
        for number, source in found:
            if _characters(source) >= CHUNK and (stream := fast_stream(source, wanted)):
                fast.add(number)
                stream.close()
        return fast

    def _take_lines(self, number: int, source: Source, wanted: Mapping[str, str]) -> None:
        from ..reader.json_lines import fast_stream
        from .lines import keyed_lines

        assert self._keyed is not None
        if not (stream := fast_stream(source, wanted)):  # it has changed since
            slow = self._records([(number, source)], wanted)
            for chunk in chunks_of(slow, _size, CHUNK):
                self._take(texts_of(chunk))
            return
        faults = list[tuple[int, Skipped]]()
        for item in keyed_lines(source, number, stream, wanted, self._keyed, self._jobs):
            if isinstance(item[1], Skipped):
                faults.append((item[0], item[1]))
            else:
                self._add(item[0], item[1])
                self._read += len(item[1].place)
                self._progress("read", self._read, 0)
        places = [*(place for place, _ in faults[:LISTED]), (number + 1 << ORDINAL) - 1]
        self.skipped += zip(places, listed(source, (item for _, item in faults)), strict=False)


def _characters(source: Source) -> int:
    """Return about how many characters of text a file holds."""
    try:
        size = os.stat(source.real).st_size
    except OSError:
        return 0
    suffix, packing = kind_of(source.real)
    size *= _PACKED if packing or suffix in (".zip", ".wacz", ".parquet") else 1
    return size // _MARKUP if suffix in (".html", ".htm", ".warc", ".zip", ".wacz", ".tar") else size


def _size(item: tuple[int, Record]) -> int:
    return _LEAST + sum(map(len, item[1].fields.values()))
