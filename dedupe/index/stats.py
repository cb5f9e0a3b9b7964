"""The numbers of an index."""

from __future__ import annotations

from typing import Any

from . import file
from .store import Store


def stats(store: Store) -> dict[str, Any]:
    """Return the numbers of an index by name; sizes in bytes, that of the log beside that of the file."""
    state = store.memory.state
    pages, page, free = (
        store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size", "freelist_count")
    )
    return {
        "path": str(store.path),
        "format": file.FORMAT,
        "articles": state.live,
        "ever_added": state.last,
        "stories": len({*store.stories(store.all_aids())}),
        "merged_stories": len(store.memory.merged),
        "divided_stories": state.divided,
        "pending": len(store.memory.pending),
        "runs": [run.entries for run in state.runs],
        "terms_counted": len(store.memory.counts[0]),
        "articles_counted": store.memory.documents,
        "size": pages * page,
        "log": file.log_size(store.path),
        "free": free * page,
        "settings": store.settings,
        "sqlite": file.sqlite_warning() or "recent enough",
    }
