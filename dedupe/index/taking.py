"""What callers hand to an index: made an article, prepared, and refused where it cannot be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from ..errors import InputError
from ..model import Article, Skipped
from ..pipeline.articles import all_ready, as_article, is_missing, is_ready, ready, said
from ..pipeline.prepare import unread_dates
from ..reader import NEITHER

LONGEST = 5_000_000  # characters of an article: a very long book; pages of news stay below 100,000


def taken(value: Article | Mapping[str, Any]) -> tuple[Article, tuple[str, ...]]:
    """Return the article, prepared, and which of the dates it is given with cannot be read, in words."""
    article = _kept(value)
    return ready(article), tuple(item.reason for item in unread_dates(article))


def id_of(value: object) -> str:
    """Return the id of an article or a mapping, or of a value that is one, as an index keeps it.

    >>> id_of(7), id_of(Article("a")), id_of({"id": True}), id_of(None)
    ('7', 'a', 'true', '')
    """
    return said(value.id if isinstance(value, Article) else value.get("id") if isinstance(value, Mapping) else value)


def all_taken(
    values: Iterable[Article | Mapping[str, Any]], skipped: list[Skipped] | None, jobs: int
) -> Iterator[Article]:
    """Yield articles prepared, in `jobs` processes; what cannot be kept is appended to `skipped`.

    Without that list it is an error, raised when all before it have been yielded. One without an id goes by its row,
    counted from 1.
    """
    errors: list[InputError] = []

    def kept() -> Iterator[Article]:
        for row, value in enumerate(values, 1):
            try:
                yield _kept(value)
            except InputError as error:
                id = id_of(value) if isinstance(value, (Article, Mapping)) else ""
                if skipped is None:
                    errors.append(error if id else InputError(f"row {row}: {error}"))
                    return
                skipped.append(Skipped(id or f"row {row}", str(error)))

    articles = kept()
    if first := next(articles, None):
        several = 1 if is_ready(first) else jobs  # what was read is prepared, and goes to no other process
        yield from all_ready(chain([first], articles), [] if skipped is None else skipped, several)
    if errors:
        raise errors[0]


def _kept(value: Article | Mapping[str, Any]) -> Article:
    """Return the article as it is given; one that cannot be kept is an error."""
    article = as_article(value)
    if is_missing(value):
        raise InputError(f"{article.id}: {NEITHER}")
    if (size := max(len(article.text), len(article.html))) > LONGEST:
        raise InputError(f"{article.id}: its {size:,} characters are more than the {LONGEST:,} an index takes; cut it")
    return article
