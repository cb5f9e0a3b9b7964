"""An item pipeline for Scrapy: each article that is scraped is asked of an index, and kept in it.

    ITEM_PIPELINES = {"dedupe.scrapy.DedupePipeline": 300}
    DEDUPE_INDEX = "news.db"              # the index, made if it is not there
    DEDUPE_ACTION = "drop"                # what becomes of an article that repeats another: drop, tag (default) or keep
    DEDUPE_RELATION = "near_duplicate"    # how close it must be to count as repeating (default: near_duplicate)
    DEDUPE_FIELDS = {"text": "body"}      # our fields under the items' own names, where they differ

`tag` and `keep` pass all items on; `tag` puts what the index said into the item's field `dedupe` (a class of items
has to declare it): state, kind, story, relation, and `of`, the id of the article it is closest to. An item without an
id goes by its url; a list is a text's paragraphs. An item without id and url, without text, with what an index does
not take, or without the field, is passed on as it is and counted (`dedupe/skipped`); of the first one the log says why.
Spiders of one process share an index; where another process writes to it, a spider is told so when it opens, after 30
seconds.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from logging import getLogger
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from .errors import ConfigError, IndexFileError, InputError
from .index import Index, Standing
from .model import RELATIONS, Relation
from .reader import some, wanted

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ACTIONS = ("drop", "tag", "keep")
_LOG = getLogger(__name__)


@dataclass(slots=True)
class _Shared:
    """An open index, the turns of those who check and add, and the number of spiders that have it open."""

    index: Index
    turn: Lock = field(default_factory=Lock)
    spiders: int = 0


# Spiders of one process have an index together, by process and path: a file has one writer, and the others would wait.
_OPEN: dict[tuple[int, str], _Shared] = {}


class DedupePipeline:
    """Asks an index of each item and adds it; the index is one file, open while any spider that uses it runs.

    A dropped item is not added, so that the index holds one of each; with `tag` and `keep` all are added.
    """

    def __init__(self, path: str, action: str, least: Relation, fields: dict[str, str], crawler: Crawler) -> None:
        self.path, self.action, self.least, self.crawler = path, action, RELATIONS.index(least), crawler
        self.fields = wanted(fields)
        self._warned = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline that a crawler's settings describe."""
        from scrapy.exceptions import NotConfigured  # here and below: this module loads without Scrapy

        settings = crawler.settings
        path = settings.get("DEDUPE_INDEX")
        if not path:
            raise NotConfigured("DEDUPE_INDEX is not set: the path of the index")
        action, least = settings.get("DEDUPE_ACTION", "tag"), settings.get("DEDUPE_RELATION", "near_duplicate")
        if action not in ACTIONS:
            raise ConfigError(f"DEDUPE_ACTION is {action!r}; it must be one of {', '.join(ACTIONS)}")
        if least not in RELATIONS[:-1]:
            raise ConfigError(f"DEDUPE_RELATION is {least!r}; it must be one of {', '.join(RELATIONS[:-1])}")
        try:
            fields = settings.getdict("DEDUPE_FIELDS")
        except ValueError:
            told = settings.get("DEDUPE_FIELDS")
            raise ConfigError(f'DEDUPE_FIELDS is {told!r}; it must be a dict, like {{"text": "body"}}') from None
        return cls(path, action, Relation(least), fields, crawler)

    def open_spider(self, spider: object = None) -> None:
        """Open the index, to write; an error where another process writes to it, which else each item would tell."""
        self._key = os.getpid(), os.path.realpath(self.path)
        if self._key not in _OPEN:
            index = Index(self.path)
            try:
                index.lock()
            except IndexFileError:
                index.close()
                raise
            _OPEN[self._key] = _Shared(index)
        shared = _OPEN[self._key]
        shared.spiders += 1
        self.index, self._turn = shared.index, shared.turn

    def close_spider(self, spider: object = None) -> None:
        """Close the index, where it could be opened: Scrapy asks for that also when it could not."""
        if hasattr(self, "index"):
            shared = _OPEN[self._key]
            shared.spiders -= 1
            if not shared.spiders:
                _OPEN.pop(self._key).index.close()

    async def process_item(self, item: Any, spider: object = None) -> Any:
        """Return the item, or drop it; the index is asked in a thread, so that downloads go on meanwhile."""
        from itemadapter import ItemAdapter
        from scrapy.exceptions import DropItem
        from scrapy.utils.defer import maybe_deferred_to_future
        from twisted.internet.threads import deferToThread

        adapter = ItemAdapter(item)
        record = {name: adapter[theirs] for name, theirs in self.fields.items() if adapter.get(theirs)}
        record.setdefault("id", record.get("url"))
        if isinstance(text := record.get("text"), list):
            record["text"] = "\n\n".join(map(str, text))
        if not record["id"] or not (record.get("text") or record.get("html")):
            return self._passed_on(item, f"no id or no text, by DEDUPE_FIELDS, among {some(adapter)}")
        try:
            standing: Standing = await maybe_deferred_to_future(deferToThread(self._ask, record))
        except InputError as error:
            return self._passed_on(item, str(error))
        self._count(standing.state)
        if self._repeats(standing):
            self._count(f"repeated/{standing.relation}")
            if self.action == "drop":
                raise DropItem(f"{standing.id}: {standing.relation} of {standing.pairs[0].b}")
        if self.action == "tag":
            told = {
                "state": standing.state,
                "kind": standing.kind.value,
                "story": standing.story,
                "relation": standing.relation.value,
                "of": standing.pairs[0].b if standing.pairs else "",
            }
            try:
                adapter["dedupe"] = told
            except KeyError:
                return self._passed_on(item, f"{type(item).__name__} declares no field 'dedupe'")
        return item

    def _passed_on(self, item: Any, why: str) -> Any:
        self._count("skipped")
        if not self._warned:
            _LOG.warning("an item was passed on as it is: %s", why)
            self._warned = True
        return item

    def _ask(self, record: dict[str, Any]) -> Standing:
        with self._turn:  # else two copies that come at once are both checked before either is kept
            if self.action == "drop":
                standing = self.index.check(record, passages=False)
                if self._repeats(standing):
                    return standing
            return self.index.add(record, passages=False)

    def _repeats(self, standing: Standing) -> bool:
        return RELATIONS.index(standing.relation) <= self.least

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"dedupe/{what}")
