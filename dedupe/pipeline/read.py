"""Articles of files and folders, one after another: what was read is prepared, by several processes where it pays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, tee
from os import PathLike, fspath
from os.path import isdir, normpath
from pathlib import Path
from typing import Any, TypeAlias

from ..config import at_least_one
from ..jobs import chunks_of, spread
from ..model import Article, Skipped
from ..reader import ARCHIVES, STDIN, Record, has_text, kind_of, records
from ..resources import load_json
from ..text import spoken_all
from .prepare import PREPARED, fields_of, told, unread_dates, with_texts

# Folders that sort pages by day or kind; one of digits ("2025-10-29") names no outlet either.
_NO_OUTLETS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "html", "pages", "page", "articles", "article", "data", "raw", "text", "texts", "txt", "news", "crawl", "crawled",
    "scraped", "scrape", "download", "downloads", "input", "inputs", "archive", "archives", "www", "tmp", "temp",
    "files", "amp", "print",
}  # fmt: skip
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)", re.I)
# Folders of a scrape: "v1.beta", "scrape.2024", "run.final".
_RUN = re.compile(r"v\d+\..+|.+\.(?:\d[\d-]*|alpha|beta|rc\d*|final|old|new|bak|backup|tmp|temp|test|draft|copy)", re.I)
Made: TypeAlias = tuple[dict[str, Any], list[Skipped]]  # an article's fields, and those of its dates that are unread
_MESSAGE = 1000  # characters: one that says at length what to do, and whom to write to, has 700


class Reading:
    """Articles as they are read, one after another; `skipped` fills with what was left out on the way.

    `at_hand`: whether all lie on disk; standard input may have one wait for ever.
    """

    def __init__(self, articles: Iterator[Article], skipped: list[Skipped], *, at_hand: bool) -> None:
        self._articles = articles
        self.skipped = skipped
        self.at_hand = at_hand

    def __iter__(self) -> Iterator[Article]:
        return self

    def __next__(self) -> Article:
        return next(self._articles)


def read(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    names: Mapping[str, str] | None = None,
    skipped: list[Skipped] | None = None,
    jobs: int = 1,
    unique: bool = True,
) -> Reading:
    """Return the articles of files and folders, one after another, sorted by file.

    `names` maps our field names to those in the records; one that is no field of ours is a `ConfigError`. What cannot
    be read is never raised but appended to `skipped`, by default a list of the result's own, which `analyze` looks at.
    A large input is prepared in `jobs` processes. `unique`: of two records with one id the later is left out.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "news.jsonl").write_text('{"id": 7, "body": "Rates rose."}\\n{oops')
    ...     articles = read(folder, names={"text": "body"})
    ...     [(article.id, article.text) for article in articles], articles.skipped[0].reason
    ([('7', 'Rates rose.')], 'not JSON: expecting property name enclosed in double quotes at column 2')
    """
    at_least_one("jobs", jobs)
    several = [fspath(path) for path in ([paths] if isinstance(paths, (str, PathLike)) else paths)]
    left_out: list[Skipped] = [] if skipped is None else skipped
    found = records(several, names=names, skipped=left_out, unique=unique)
    return Reading(_articles(several, found, left_out, jobs), left_out, at_hand=STDIN not in several)


def _articles(paths: Sequence[str], found: Iterable[Record], left_out: list[Skipped], jobs: int) -> Iterator[Article]:
    folders = [Path(normpath(path)) for path in paths if isdir(path)]  # as records have their paths
    enough = PREPARED if jobs > 1 or STDIN not in paths else 1  # who waits at a pipe gets each article as it comes
    given, chunks = tee(chunks_of(found, _size, enough))
    made = spread(partial(_made, folders), chunks, jobs)
    for article, unread in chain.from_iterable(map(_spoken, given, made)):
        if not has_text(article.text):
            left_out.append(Skipped(article.path, "a page without text", failed=False))
        elif _is_message(article):
            why = f"a server's message ({article.title}), no article"
            left_out.append(Skipped(article.path, why, failed=False, alike=article.title))
        else:
            left_out += unread
            yield article


def _is_message(article: Article) -> bool:
    """Return whether a page is what a server sends in place of an article: as short as that, and under such a title.

    Many are alike, so that they would be the largest story. A report under such a title is longer.
    """
    if article.markup is None or len(article.text) > _MESSAGE:
        return False
    return " ".join(re.findall(r"\w+", article.title.casefold())) in _messages()


@cache
def _messages() -> frozenset[str]:
    return frozenset(load_json("server_messages.json")["titles"])


def _spoken(chunk: Sequence[Record], made: Sequence[Made]) -> Iterator[tuple[Article, list[Skipped]]]:
    """Yield the articles that some records made, with the language of each told from its text, and unread dates."""
    texts = [fields.get("text", record.fields.get("text", "")) for record, (fields, _) in zip(chunk, made, strict=True)]
    languages = spoken_all(texts, [fields["language"] for fields, _ in made])
    for (fields, unread), text, language in zip(made, texts, languages, strict=True):
        yield Article(**{**fields, "text": text, "language": language}), unread


def _size(record: Record) -> int:
    return sum(map(len, record.fields.values()))


def _made(folders: Sequence[Path], chunk: Sequence[Record]) -> list[Made]:
    """Return the fields of the articles that some records make, and what of their dates could not be read.

    Plain values go between processes the fastest. Most texts need no repair, and such a one is left out, since it need
    not be sent back. The language of an article is still the one that its record gives.
    """
    articles = [Article(record.id, path=record.path, **record.fields) for record in chunk]  # type: ignore[arg-type]
    outlets = (_folder_of(record.path, folders) for record in chunk)
    made = []
    for before, (article, syndication), outlet in zip(articles, with_texts(articles), outlets, strict=True):
        fields = fields_of(article) | told(article, syndication, outlet)
        if article.text == before.text:
            del fields["text"]
        made.append((fields, [*unread_dates(before)]))
    return made


def _folder_of(path: str, folders: Sequence[Path]) -> str:
    """Return the name of the folder a page lies in, as the outlet of last resort.

    The folder given itself is no outlet (all pages lie in it) unless several were given, nor is an archive. Of folders
    in folders it is the innermost, but for a web site's: "example.org/2025/politics/story.html" is of example.org.
    """
    for folder in folders:
        if folder in (page := Path(path)).parents:
            inside = [name for name in page.relative_to(folder).parts[:-1] if kind_of(name)[0] not in ARCHIVES]
            around = inside or ([folder.resolve().name] if len(folders) > 1 else [])
            names = [name for name in around if _may_be_outlet(name)]
            return next(filter(_HOST.fullmatch, names), names[-1] if names else "")
    return ""


def _may_be_outlet(folder: str) -> bool:
    """Return whether a folder may be called after an outlet, and not after what it holds or a run of a scraper.

    >>> [name for name in ("Daily Mail", "24.hu", "N.Y.Times", "2025-10-29", "html", "v1.beta") if _may_be_outlet(name)]
    ['Daily Mail', '24.hu', 'N.Y.Times']
    """
    named = folder.casefold() not in _NO_OUTLETS and any(map(str.isalpha, folder))
    return named and not _RUN.fullmatch(folder)
