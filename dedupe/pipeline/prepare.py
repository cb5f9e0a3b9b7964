"""From what was read to articles: text repaired, page parsed, and what the page says of itself filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from itertools import chain, repeat, tee
from operator import attrgetter
from os import PathLike, fspath
from os.path import isdir, normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config import at_least_one
from ..errors import InputError
from ..html import page_of, site_of
from ..html import read as read_html
from ..jobs import chunks_of, spread
from ..metadata import complete, date_of_url, outlet_of_url, parse_date
from ..model import Article, Skipped
from ..reader import ARCHIVES, has_text, kind_of, kind_of_value, plain, records, some
from ..text import repair, spoken_all
from .tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..html import Parsed
    from ..reader import Record
    from .tables import Articles

# Folders that sort pages by day or kind; one of digits ("2025-10-29") names no outlet either.
_NO_OUTLETS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "html", "pages", "page", "articles", "article", "data", "raw", "text", "texts", "txt", "news", "crawl", "crawled",
    "scraped", "scrape", "download", "downloads", "input", "inputs", "archive", "archives", "www", "tmp", "temp",
    "files",
}  # fmt: skip

CHUNK = 1 << 20  # characters that are read at a time: a bound on memory
PREPARED = 2 * CHUNK  # of those that are prepared: a dozen pages of HTML, a twentieth of a second's work
_OTHERS = [field.name for field in fields(Article)[2:]]  # beside id and text
_others_of = attrgetter(*_OTHERS)
_LANGUAGE = [field.name for field in fields(Article)].index("language")
_FIELDS = {field.name for field in fields(Article)} - {"markup", "syndication"}
_MISSING = {"NAType", "NaTType"}  # of pandas, whose types are not imported for it
_FIELDS_SHOWN = _FIELDS - {"text", "html"}
_SAID = _FIELDS - {"id", "path"}
_HALF = re.compile("[\ud800-\udfff]")


class Reading:
    """Articles as they are read, one after another; `skipped` fills with what was left out on the way."""

    def __init__(self, articles: Iterator[Article], skipped: list[Skipped]) -> None:
        self._articles = articles
        self.skipped = skipped

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
) -> Reading:
    """Return the articles of files and folders, one after another, in sorted order.

    `names` maps our field names to the records' own. What could not be read is appended to `skipped` (the result's own
    list by default, from where `analyze` takes it), never raised. A large input is prepared in `jobs` processes. A name
    that is no field of ours is a `ConfigError`.

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
    found = records(several, names=names, skipped=left_out)
    return Reading(_articles(several, found, left_out, jobs), left_out)


def _articles(paths: Sequence[str], found: Iterable[Record], left_out: list[Skipped], jobs: int) -> Iterator[Article]:
    folders = [Path(normpath(path)) for path in paths if isdir(path)]  # as records have their paths
    given, chunks = tee(chunks_of(found, _size, PREPARED))
    made = spread(partial(_values, folders), chunks, jobs)
    for article in chain.from_iterable(map(_spoken, given, made)):
        if has_text(article.text):
            yield article
        else:
            left_out.append(Skipped(article.path, "a page without text", failed=False))


def _spoken(chunk: Sequence[Record], made: Sequence[tuple[Any, ...]]) -> Iterator[Article]:
    """Yield the articles of some records, given their fields, each in its language: here that takes no time."""
    given = [record.fields.get("text", "") for record in chunk]
    texts = [text if values[1] is None else values[1] for text, values in zip(given, made, strict=True)]
    languages = spoken_all(texts, [values[_LANGUAGE] for values in made])
    for (id, _, *others), text, language in zip(made, texts, languages, strict=True):
        others[_LANGUAGE - 2] = language
        yield Article(id, text, *others)


def _size(record: Record) -> int:
    return sum(map(len, record.fields.values()))


def _values(folders: Sequence[Path], chunk: Sequence[Record]) -> list[tuple[Any, ...]]:
    """Return the fields of the articles that some records make; plain values go between processes the fastest.

    Most texts are right as they are: None stands for one, which need not go back. Their language is still as tagged.
    """
    articles = [Article(record.id, path=record.path, **record.fields) for record in chunk]  # type: ignore[arg-type]
    outlets = (_folder_of(record.path, folders) for record in chunk)
    read = _with_texts(articles)
    made = []
    for before, (article, syndication), outlet in zip(articles, read, outlets, strict=True):
        others = dict(zip(_OTHERS, _others_of(article), strict=True)) | _told(article, syndication, outlet)
        made.append((article.id, None if article.text == before.text else article.text, *others.values()))
    return made


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an article that a mapping gives, as strings; what is missing (None, nan, NA) is left out."""
    return {name: text for name, value in values.items() if name in _SAID and (text := _said(value))}


def _with_page(id: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a mapping that has a text or a page of HTML, or a place for one; another is an error."""
    if "text" not in values and "html" not in values:
        raise InputError(f"{id}: neither text nor html; rename the field that holds it, of {some(values)}")
    for name in ("text", "html"):
        value = values.get(name)
        if not isinstance(value, (str, bytes)) and _said(value):
            raise InputError(f"{id}: {name} is {kind_of_value(value)}, not a string")
    return values


def _said(value: Any) -> str:
    """Return a value as a string, as a reader of files does: several names are joined, a moment is ISO 8601.

    >>> _said(["Ann Lee", "Bo Ray"]), _said({"@type": "Person", "name": "Ann Lee"}), _said(float("nan"))
    ('Ann Lee, Bo Ray', 'Ann Lee', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if hasattr(value, "tolist"):  # numpy's, in tables
        value = value.tolist()
    missing = (isinstance(value, float) and value != value) or type(value).__name__ in _MISSING
    return "" if missing else plain(value)


def _folder_of(path: str, folders: Sequence[Path]) -> str:
    """Return the name of the folder a page lies in, as the outlet of last resort.

    The folder given itself is no outlet (all pages lie in it) unless several were given, nor is an archive.
    """
    for folder in folders:
        if folder in (page := Path(path)).parents:
            inside = [name for name in page.relative_to(folder).parts[:-1] if kind_of(name)[0] not in ARCHIVES]
            name = inside[-1] if inside else folder.resolve().name if len(folders) > 1 else ""
            return "" if name.casefold() in _NO_OUTLETS or not any(map(str.isalpha, name)) else name
    return ""


def as_article(value: Article | Mapping[str, Any] | str, name: str = "") -> Article:
    """Return an article from one, or from a mapping with its fields; an id is needed, and a field for its text.

    `name`: the id of a mapping that has none, or of a bare text, where one article is asked about and not many.

    >>> as_article({"id": 7, "text": "One.", "published": None}).id, as_article("One.", "a")
    ('7', Article(id='a', text='One.', ...))
    """
    if isinstance(value, Article):
        return value
    if isinstance(value, str) and name:
        return Article(id=name, text=value)
    if not isinstance(value, Mapping):
        raise InputError(f"{str(value)[:60]!r} is no article; give a dedupe.Article or a mapping with 'id' and 'text'")
    if not (id := _said(value.get("id")) or name):
        seen = f"its id is {value['id']!r}" if "id" in value else f"it has {', '.join(map(str, value))}"
        raise InputError(f"a record without an id: {seen}; give each record an 'id'")
    return Article(id=id, **_known(_with_page(id, value)))


def prepare(article: Article, *, outlet: str = "") -> Article:
    """Return the article repaired and complete; doing it twice changes nothing.

    A field that is given wins over the page's metadata, that over what the text says, and that over `outlet`. Where
    nothing says from what address a page comes, it comes from its canonical one.
    """
    return prepare_all([article], [outlet])[0]


def prepare_all(articles: Sequence[Article], outlets: Iterable[str] = repeat("")) -> list[Article]:
    """Return what `prepare` does of some articles, each with its outlet.

    All go through one stage before the next: a page's tree drives from the processor's cache what the stages after it
    need, which took a sixth longer from page to page.
    """
    made = _with_texts(articles)
    languages = spoken_all([article.text for article, _ in made], [article.language for article, _ in made])
    return list(map(_completed, made, outlets, languages))


def _with_texts(articles: Sequence[Article]) -> list[tuple[Article, tuple[str, ...]]]:
    """Return the articles with their text, and what their page says of where it comes from."""
    pages = [read_html(article.html, article.url) if article.html else None for article in articles]
    return [_with_text(article, page) for article, page in zip(articles, pages, strict=True)]


def _completed(made: tuple[Article, tuple[str, ...]], outlet: str, language: str) -> Article:
    article, syndication = made
    return replace(article, language=language, **_told(article, syndication, outlet))


def _told(article: Article, syndication: tuple[str, ...], outlet: str) -> dict[str, Any]:
    """Return the fields that a page is completed with, given the outlet it is from where it does not say."""
    title, source = repair(article.title).strip(), repair(article.source).strip()
    url = article.url or article.canonical
    source = source or outlet_of_url(article.url) or outlet or outlet_of_url(url)
    said = complete(article.text, title, repair(article.author), article.published, source)
    return {
        "title": said["title"],
        "source": source,
        "published": said["published"] or date_of_url(url),
        "author": said["author"],
        "syndication": article.syndication or syndication,
        "crawled": parse_date(article.crawled) if article.crawled else "",
    }


def _with_text(article: Article, parsed: Parsed | None) -> tuple[Article, tuple[str, ...]]:
    if parsed is None:
        text = article.text if article.markup is not None else repair(article.text)
        return (article if text == article.text else replace(article, text=text)), ()
    page = page_of(parsed, repair)
    known: dict[str, Any] = {
        name: getattr(article, name) or page.metadata.get(name, "") for name in _FIELDS - {"text", "html"}
    }
    if not known["source"] and not article.url:
        known["source"] = site_of(page.metadata.get("page_title", ""), known["title"])
    return writable(Article(**known, text=page.text, markup=page.markup)), page.syndication  # JSON has halves of pairs


def prepared(articles: Articles) -> Iterator[Article]:
    """Return articles prepared, from articles, mappings or a table; what was read is so already."""
    if isinstance(articles, Reading):
        yield from articles
        return
    every = (writable(as_article(value)) for value in rows_of(articles))
    for chunk in chunks_of(every, lambda article: len(article.html) + len(article.text), PREPARED):
        made = iter(prepare_all([article for article in chunk if not _is_ready(article)]))
        yield from (article if _is_ready(article) else next(made) for article in chunk)


def ready(article: Article) -> Article:
    """Return the article prepared; one that `read` gave, which has a path and its text, already is."""
    return article if _is_ready(article) else prepare(article)


def _is_ready(article: Article) -> bool:
    return bool(article.path and article.text and not article.html)


def writable(article: Article) -> Article:
    r"""Return the article with half surrogate pairs, which no report can hold, replaced; in texts `prepare` does so.

    >>> writable(Article(id="a\ud83d", text="One.")).id
    'a�'
    """
    broken: dict[str, Any] = {
        name: value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for name in _FIELDS_SHOWN
        if not (value := getattr(article, name)).isascii() and _HALF.search(value)
    }
    return replace(article, **broken) if broken else article
