"""What callers hand to an index: made an article, prepared, and refused where it cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..jobs import may_go, spread
from ..model import Article, Skipped
from ..pipeline.articles import as_article, is_missing, ready, said
from ..pipeline.read import Reading
from ..reader import NEITHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST = 5_000_000  # characters of an article: a very long book; pages of news stay below 100,000
PART = 512  # articles that a process prepares at a time, a fifth of a second's work


def taken(value: Article | Mapping[str, Any]) -> Article:
    """Return the article, prepared."""
    article = as_article(value)
    if is_missing(value):
        raise InputError(f"{article.id}: {NEITHER}")
    if not article.id:
        raise InputError("an article without an id cannot be kept; give it one that stays the same")
    if (size := max(len(article.text), len(article.html))) > LONGEST:
        raise InputError(f"{article.id}: its {size:,} characters are more than the {LONGEST:,} an index takes; cut it")
    return ready(article)


def all_taken(
    values: Iterable[Article | Mapping[str, Any]], skipped: list[Skipped] | None, jobs: int, many: int
) -> Iterator[Article]:
    """Yield articles prepared, `many` at a time in `jobs` processes; what cannot be kept is appended to `skipped`.

    Without that list it is an error, raised when all before it have been yielded. What is read is yielded as it comes.
    One without an id goes by its row, counted from 1.
    """
    waiting, row = iter(values), 0
    while some := list(islice(waiting, PART if isinstance(values, Reading) else many)):
        done = all(isinstance(value, Article) and value.path for value in some)  # it was read, and prepared then
        parts = [some[at : at + PART] for at in range(0, len(some), PART)]
        for made in spread(_some_taken, parts, jobs if jobs > 1 and not done and all(map(may_go, parts)) else 1):
            for item in made:
                row += 1
                if isinstance(item, Article):
                    yield item
                elif skipped is not None:
                    skipped.append(item if item.path else replace(item, path=f"row {row}"))
                else:
                    raise InputError(item.reason if item.path else f"row {row}: {item.reason}")


def _some_taken(values: Sequence[Article | Mapping[str, Any]]) -> list[Article | Skipped]:
    made: list[Article | Skipped] = []
    for value in values:
        try:
            made.append(taken(value))
        except InputError as error:
            name = value.id if isinstance(value, Article) else value.get("id") if isinstance(value, Mapping) else ""
            made.append(Skipped(said(name), str(error)))
    return made
