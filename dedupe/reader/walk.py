"""From the paths given to the files to read, each once, with the id that a file of one article gets."""

from __future__ import annotations

import io
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, reason
from ..model import Skipped
from .opening import FEEDS, START, root_of
from .record import storable
from .stream import PACKINGS, STDIN, buffered, kind, open_file

PAGES = (".html", ".htm", ".xhtml", ".shtml")
MHTML = (".mhtml", ".mht")
XML = (".xml", ".rss", ".atom", ".rdf", ".nitf")
SUFFIXES = (
    ".txt", ".md", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc", ".wet", ".zip", ".wacz", ".tar",
    *PAGES, *MHTML, *XML,
)  # fmt: skip
# What follows a page's name in that of the folder where a browser keeps its parts: frames of advertising, pictures.
_PARTS = (
    "_files", ".files", "-Dateien", "-filer", "_archivos", "_arquivos", "_bestanden", "_bylos", "_datoteke",
    "_dosyalar", "_elemei", "_failid", "_fails", "_fajlovi", "_fichiers", "_ficheiros", "_file", "_fitxategiak",
    "_fitxers", "_pliki", "_soubory", "_tiedostot",
)  # fmt: skip
ZIPS = (".zip", ".wacz")
ARCHIVES = (*ZIPS, ".tar")  # hold files as a folder does
_SHORT = {".tgz": (".tar", ".gz"), ".tbz2": (".tar", ".bz2"), ".txz": (".tar", ".xz"), ".tzst": (".tar", ".zst")}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, how it is called in messages, and the id of the article it is, if it is one."""

    real: str  # what is opened
    path: str  # as given, for messages
    id: str  # relative to the folder given, with forward slashes


def kind_of(name: str) -> tuple[str, str]:
    """Return (format, packing) of a file by its name, each a suffix in lower case or nothing where unknown.

    >>> kind_of("a/News.JSONL.gz"), kind_of("b.tgz"), kind_of("c.html"), kind_of("d.pdf")
    (('.jsonl', '.gz'), ('.tar', '.gz'), ('.html', ''), ('', ''))
    """
    stem, suffix = os.path.splitext(name.lower())
    if suffix in _SHORT:
        return _SHORT[suffix]
    packing = suffix if suffix in PACKINGS else ""
    if packing:
        suffix = os.path.splitext(stem)[1]
    return (suffix, packing) if suffix in SUFFIXES else ("", packing)


def sources(paths: Sequence[str | Path], skipped: list[Skipped]) -> list[Source]:
    """Return the files under the paths, sorted by id, each once however often it is named; what is left out is listed.

    Ids are relative to the folder given (a file given: its name). Where that is no longer one to one because several
    paths are given, those that meet get their path as given. So neither the order of the paths nor of a folder counts.
    """
    found: dict[str, Source] = {}  # by real path
    refused: dict[str, Skipped] = {}
    for given in sorted({_plain(path) for path in paths}, key=lambda path: (os.path.abspath(path), path)):
        for item in _under(given):
            if isinstance(item, Source):
                found.setdefault(item.real, item)  # the widest folder that has it names it
            else:
                refused.setdefault(item.path, item)
    skipped.extend(refused[path] for path in sorted(refused))
    names = Counter(source.id for source in found.values())
    named = (
        source if names[source.id] == 1 else Source(source.real, source.path, _posix(source.path))
        for source in found.values()
    )
    return sorted(named, key=lambda source: (source.id, source.path))


def _plain(path: str | Path) -> str:
    """Return a path without what says nothing; "" is no folder, as where a variable of a shell is unset.

    What ends in "/" is the folder that a link points to, as it is to `ls` and `find`.
    """
    given = os.fspath(path)
    plain = str(Path(given)) if given else ""
    if given.endswith(os.sep) and os.path.islink(plain):
        return os.path.join(plain, "")
    return os.path.join(".", plain) if plain == STDIN != given else plain


def _under(given: str) -> Iterator[Source | Skipped]:
    """Yield the file that a path is, or the files of the folder that it is."""
    if given == STDIN:
        yield Source(given, given, given)
        return
    try:
        mode = os.lstat(given).st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        hint = "; save the page as a file first" if given.startswith(("http:/", "https:/")) else ""
        yield Skipped(storable(given) or "''", reason(error) + hint)
        return
    if stat.S_ISREG(mode):
        yield Source(os.path.realpath(given), storable(os.path.normpath(given)), _posix(os.path.basename(given)))
    elif stat.S_ISDIR(mode):
        yield from _walk(given)
    elif stat.S_ISLNK(mode):
        how = "name what it points to (a folder: with '/' at the link's end), or '-' for a pipe"
        yield Skipped(storable(given), f"a symbolic link, which is not followed; {how}")
    else:
        yield Skipped(storable(given), f"{kind(mode)}, not a file or folder")


def _walk(root: str) -> Iterator[Source | Skipped]:
    """Yield the files below a folder, without recursion: a tree may be deeper than Python's stack."""
    real = os.path.realpath(root)
    shown = os.path.normpath(root)
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(os.path.join(real, below)) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(storable(os.path.join(shown, below)), reason(error))
            continue
        names = {entry.name for entry in listed}
        for entry in listed:
            relative = os.path.join(below, entry.name)
            path = storable(os.path.join(shown, relative))
            if entry.name.startswith("."):
                yield Skipped(path, "hidden", failed=False)
            elif entry.is_dir(follow_symlinks=False):
                if _belongs_to_page(entry.name, names):
                    yield Skipped(path, "parts of the page beside it, which a browser saved", failed=False)
                else:
                    waiting.append(relative)
            elif not entry.is_file(follow_symlinks=False):
                yield Skipped(path, _refusal(entry), failed=False)
            elif not kind_of(entry.name)[0] and not _holds_page(os.path.join(real, relative)):
                yield Skipped(path, unknown(entry.name), failed=False)
            else:
                yield Source(os.path.join(real, relative), path, _posix(relative))


def _belongs_to_page(folder: str, names: set[str]) -> bool:
    """Return whether a folder is what a browser saved with a page that lies beside it under one of these names.

    >>> _belongs_to_page("Ferry sinks_files", {"Ferry sinks.html"}), _belongs_to_page("old_files", {"Ferry sinks.html"})
    (True, False)
    """
    stems = (folder.removesuffix(ending) for ending in _PARTS if folder.endswith(ending))
    return any(stem + suffix in names for stem in stems for suffix in PAGES)


def _refusal(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "a symbolic link, which is not followed"
    try:
        return f"{kind(entry.stat(follow_symlinks=False).st_mode)}, not a file"
    except OSError as error:
        return reason(error)


def _holds_page(path: str) -> bool:
    """Return whether a file of no known kind is a page: crawlers save some as `story.php?id=7` or `story`."""
    try:
        with open_file(path) as file:
            return is_page(buffered(file))
    except (OSError, InputError):
        return False


def is_page(stream: io.BufferedReader) -> bool:
    """Return whether an open file is a page or a feed; nothing is consumed."""
    return root_of(stream.peek(START)[:START]) in {"html", *FEEDS}


def unknown(name: str) -> str:
    """Return why a file of this name is not read.

    >>> unknown("report.pdf"), unknown("story")
    ('its name ends in .pdf, which is no kind we read', 'its name has no suffix, and it is no page')
    >>> unknown("old.arc.gz")
    'its name ends in .arc.gz, which is no kind we read'
    >>> unknown("story.gz")
    "its name does not say what is packed in it, as '.html.gz' does"
    """
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in PACKINGS:
        packed = os.path.splitext(stem)[1]
        if not packed:
            return f"its name does not say what is packed in it, as '.html{suffix.lower()}' does"
        suffix = packed + suffix
    if not suffix:
        return "its name has no suffix, and it is no page"
    return f"its name ends in {storable(suffix)}, which is no kind we read"


def _posix(path: str) -> str:
    return storable(os.path.normpath(path).replace(os.sep, "/"))
