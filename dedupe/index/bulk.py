"""Many articles at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..config import Config
    from ..model import Article
    from .store import Store


def add_many(
    store: Store, articles: Iterable[Article | Mapping[str, Any]], config: Config, jobs: int
) -> dict[str, int]:
    """Return how many articles were new, known and changed, having added them."""
    raise NotImplementedError
