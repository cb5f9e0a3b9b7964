"""Ids: each of a run's articles has one of its own, and stories and groups take theirs from their members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from operator import attrgetter

from ..model import Article, Skipped

_KNOWN = attrgetter(
    "id", "path", "text", "title", "source", "url", "published", "author", "language", "canonical", "syndication",
    "crawled",
)  # fmt: skip


def one_of_each(articles: Iterable[Article], skipped: list[Skipped]) -> list[Article]:
    """Return the articles sorted by id; of several with one id the first by path, text and what else is known of them.

    The others are listed. Which of them came first does not count.
    """
    ordered = sorted(articles, key=_KNOWN)
    kept: list[Article] = []
    for article in ordered:
        if kept and kept[-1].id == article.id:
            where = f" (kept: {kept[-1].path})" if kept[-1].path else ""
            skipped.append(Skipped(article.path or article.id, f"a second record with the id {article.id!r}{where}"))
        else:
            kept.append(article)
    return kept


def derived_id(prefix: str, members: Sequence[str]) -> str:
    """Return an id made from the members' ids, whatever their order.

    >>> derived_id("s", ["b", "a"]) == derived_id("s", ["a", "b"]) != derived_id("s", ["a"])
    True
    """
    digest = blake2b(digest_size=8)
    for member in sorted(members):
        name = member.encode("utf-8", "surrogatepass")
        digest.update(len(name).to_bytes(8, "little") + name)
    return f"{prefix}-{digest.hexdigest()}"
