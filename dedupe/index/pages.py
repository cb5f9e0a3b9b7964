"""From articles to what an index keeps of them, and back from what it keeps to columns the stages can compare."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import candidates, tfidf
from ..model import ROLE_CODE, Article, Attribution, Blocks, Role
from ..pipeline.columns import corpus as columns_of
from ..pipeline.columns import reporting_blocks
from ..pipeline.labels import Labelled, label_articles
from ..words import mix, tokenize
from . import rows
from .sites import block_keys, outlet_key, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from .store import Store

HEAVY = 20  # terms an article is found by; over the 20 heaviest of others they find 99.8 % of pairs above cosine 0.3
EXACT, BAND, SKETCH, TERM = (np.uint64(kind << 32) for kind in range(1, 5))  # keep the kinds of keys apart
_KEPT = ("id", "url", "source", "title", "published", "author", "language", "path", "canonical", "syndication")


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """Labelled articles with what they are found by, a row for each.

    `blocks`: uint64 keys of the paragraphs of `labelled.blocks`.
    """

    labelled: Labelled
    corpus: Corpus
    weights: Weights
    keys: candidates.Keys
    blocks: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What one article looks for: uint32 keys of each kind; `heavy`: the weights of its heaviest terms, float64."""

    exact: NDArray[np.uint32]
    bands: NDArray[np.uint32]
    sketch: NDArray[np.uint32]
    terms: NDArray[np.uint32]
    heavy: NDArray[np.float64]


def read(store: Store, articles: Sequence[Article], config: Config, own: Sequence[int] = (), jobs: int = 1) -> Pages:
    """Return articles labelled and measured, with what the index has learnt; `own`: their numbers in it, if any."""
    outlets = [article.source for article in articles]
    blocks = np.zeros(0, dtype=np.uint64)

    def known(keys: NDArray[np.uint64], first: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        nonlocal blocks
        blocks = keys
        return repeats(store, outlets, keys, first, own)

    labelled = label_articles(articles, known)
    corpus = columns_of(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens)
    weights = weigh(store, corpus, corpus, own)
    return Pages(labelled, corpus, weights, candidates.keys(corpus.tokens, config, jobs), blocks)


def weigh(store: Store, corpus: Corpus, fresh: Corpus, own: Sequence[int] = ()) -> Weights:
    """Return the weights of a corpus by the index's document frequencies, as if it held the fresh articles too."""
    terms = tfidf.count_terms(fresh.tokens, fresh.titles)
    new = len(terms.first) - 1 - len(own)
    added = np.bincount(terms.term, minlength=len(terms.key)) if new else np.zeros(len(terms.key), dtype=np.int64)

    def counted(keys: NDArray[np.uint32]) -> tuple[NDArray[np.float64], float]:
        counts = store.memory.frequencies(keys).astype(np.float64)
        if len(terms.key):
            place = np.minimum(np.searchsorted(terms.key, keys), len(terms.key) - 1)
            counts += np.where(terms.key[place] == keys, added[place], 0)
        return counts, store.memory.documents + new

    return tfidf.weigh(corpus.tokens, corpus.titles, counted=counted)


def wanted(pages: Pages, row: int) -> Wanted:
    """Return what the article in this row is found by."""
    keys, weights = pages.keys, pages.weights
    filled = keys.exact[row : row + 1] != 0  # a text without words meets nobody
    sketch = keys.sketch[keys.sketch_first[row] : keys.sketch_first[row + 1]]
    entries = slice(int(weights.first[row]), int(weights.first[row + 1]))
    weight, term = weights.weight[entries], weights.key[weights.term[entries]]
    heaviest = np.lexsort((term, -weight))[:HEAVY]
    return Wanted(
        exact=_spread(keys.exact[row : row + 1][filled], EXACT),
        bands=_spread(keys.bands[row][np.repeat(filled, keys.bands.shape[1])], BAND),
        sketch=_spread(sketch, SKETCH),
        terms=_spread(term[heaviest], TERM),
        heavy=weight[heaviest].astype(np.float64),
    )


def _spread(values: NDArray[Any], kind: np.uint64) -> NDArray[np.uint32]:
    return (mix(values.astype(np.uint64) ^ mix(np.full(1, kind))) >> np.uint64(32)).astype(np.uint32)


def entry(pages: Pages, row: int, *, text: bool) -> rows.Entry:
    """Return what is stored of the article in this row; without `text` none of its words."""
    article, labelled, weights = pages.labelled.articles[row], pages.labelled, pages.weights
    page = {name: value for name in _KEPT if (value := getattr(article, name))}
    page["text"] = fingerprint(article)
    page["words"] = labelled.group_words[row].tolist()
    if labelled.attributions[row]:
        page["named"] = [[item.name, item.kind, item.evidence, item.paragraph] for item in labelled.attributions[row]]
    find = wanted(pages, row)
    inside = slice(int(labelled.blocks.first[row]), int(labelled.blocks.first[row + 1]))
    site = []
    if article.source:
        outlet = outlet_key(article.source)
        site = [np.array([outlet], dtype=np.uint32), block_keys(outlet, pages.blocks[inside])]
    name = np.array([rows.id_key(article.id)], dtype=np.uint32)
    keys = np.unique(np.concatenate((name, find.exact, find.bands, find.sketch, find.terms, *site)))
    return rows.Entry(
        page=page,
        published=float(pages.corpus.published[row]),
        body=_packed(labelled, row) if text else b"",
        keys=keys,
        terms=weights.key[weights.term[int(weights.first[row]) : int(weights.first[row + 1])]],
    )


def fingerprint(article: Article) -> str:
    """Return what tells whether an article changed."""
    content = f"{article.title}\0{article.text}".encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=8).hexdigest()


def _packed(labelled: Labelled, row: int) -> bytes:
    """Return the reporting paragraphs of a page, compressed: their texts, and where on the page each starts."""
    text, blocks = labelled.articles[row].text, labelled.blocks
    low, high = int(blocks.first[row]), int(blocks.first[row + 1])
    page = Blocks(np.array([0, high - low]), blocks.start[low:high], blocks.end[low:high])
    kept = np.flatnonzero(reporting_blocks(page, labelled.roles[low:high]))
    starts, ends = page.start[kept].tolist(), page.end[kept].tolist()
    paragraphs = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return zlib.compress(json.dumps([paragraphs, starts], separators=(",", ":")).encode(), 6)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """An article as the index kept it: only its reporting paragraphs, and where on its page each starts."""

    row: rows.Row
    paragraphs: list[str]
    start: list[int]

    @property
    def article(self) -> Article:
        """Return the article; its text is its reporting."""
        fields = {name: self.row.page.get(name, "") for name in _KEPT}
        fields["syndication"] = tuple(fields["syndication"])
        return Article(**fields, text="\n".join(self.paragraphs))

    def on_page(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the article's text stands on the page it was read from."""
        first = np.cumsum([0, *(len(paragraph) + 1 for paragraph in self.paragraphs[:-1])])
        low = int(np.searchsorted(first, start, side="right")) - 1
        high = max(int(np.searchsorted(first, end, side="left")) - 1, low)  # half open: it belongs to what it ends
        return int(start - first[low]) + self.start[low], int(end - first[high]) + self.start[high]

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Return who the page said its text comes from."""
        return tuple(Attribution(*named) for named in self.row.page.get("named", ()))


def kept(store: Store, found: Sequence[rows.Row]) -> list[Kept]:
    """Return articles of the index as it kept them."""
    bodies = store.bodies([row.aid for row in found])
    return [
        Kept(row, *(json.loads(zlib.decompress(body)) if body else ([], [])))
        for row, body in zip(found, bodies, strict=True)
    ]


def together(pages: Pages, others: Sequence[Kept]) -> tuple[Labelled, Corpus]:
    """Return the articles of `pages` and others as the columns of a run, in the order of their ids."""
    mine = pages.labelled
    sides: list[tuple[Article, int | Kept]] = [(article, row) for row, article in enumerate(mine.articles)]
    sides += [(other.article, other) for other in others]
    sides.sort(key=lambda side: side[0].id)
    columns = [_own_columns(mine, side) if isinstance(side, int) else _columns(side) for _, side in sides]
    start, end, roles = (np.concatenate(column) for column in zip(*columns, strict=True))
    first = np.concatenate(([0], np.cumsum([len(column[0]) for column in columns])))
    articles = tuple(article for article, _ in sides)
    blocks = Blocks(first, start.astype(np.int32), end.astype(np.int32))
    words = [mine.group_words[side].tolist() if isinstance(side, int) else side.row.page["words"] for _, side in sides]
    labelled = Labelled(
        articles=articles,
        tokens=tokenize([article.text for article in articles]),
        blocks=blocks,
        roles=roles.astype(np.uint8),
        reasons=[""] * len(roles),
        attributions=[mine.attributions[side] if isinstance(side, int) else side.attributions for _, side in sides],
        group_words=np.array(words, dtype=np.int64),
    )
    return labelled, columns_of(articles, blocks, labelled.roles, labelled.tokens)


def _own_columns(labelled: Labelled, row: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    blocks = labelled.blocks
    inside = slice(int(blocks.first[row]), int(blocks.first[row + 1]))
    return blocks.start[inside], blocks.end[inside], labelled.roles[inside]


def _columns(other: Kept) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    length = np.array([len(paragraph) for paragraph in other.paragraphs], dtype=np.int64)
    end = np.cumsum(length + 1) - 1
    body = np.full(len(length), ROLE_CODE[Role.BODY], dtype=np.uint8)
    return end - length, end, body
