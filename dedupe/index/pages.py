"""From articles to what an index keeps of them, and back from what it keeps to columns the stages can compare."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import candidates, tfidf
from ..candidates.keys import keys_of_words
from ..model import ROLE_CODE, Article, Attribution, Blocks, Role
from ..pipeline.columns import corpus as columns_of
from ..pipeline.columns import reporting_blocks
from ..pipeline.labels import Labelled, label_articles
from ..words import tokenize
from . import rows
from .sites import repeats, site_keys, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from .store import Store

HEAVY = 20  # terms an article is found by; over the 20 heaviest of others they find 99.8 % of pairs above cosine 0.3
EXACT, BAND, SKETCH, TERM = range(1, 5)  # kinds of keys
_KEPT = (
    "id", "url", "source", "title", "published", "author", "language", "path", "canonical", "syndication", "crawled",
)  # fmt: skip


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
    """What articles are found by: those of the article in row i are rows first[i] to first[i + 1] of the others.

    `first`: int64; `key`: uint32; `kind`: uint8, EXACT, BAND, SKETCH or TERM; `weight`: float64 of a heavy term, or 0.
    """

    first: NDArray[np.int64]
    key: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    weight: NDArray[np.float64]


def read(
    store: Store, articles: Sequence[Article], config: Config, own: Sequence[int] = (), *, counted: bool = False,
    jobs: int = 1,
) -> Pages:  # fmt: skip
    """Return articles labelled and measured, with what the index has learnt.

    `own`: their numbers in it, if any; `counted`: their words, as they are now, are among those it has counted.
    """
    outlets = [article.source for article in articles]
    blocks = np.zeros(0, dtype=np.uint64)

    def known(keys: NDArray[np.uint64], first: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        nonlocal blocks
        blocks = keys
        return repeats(store, outlets, keys, first, own)

    labelled = label_articles(articles, known)
    corpus = columns_of(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens)
    weights = weigh(store, corpus, corpus, counted=counted)
    tokens = corpus.tokens
    one = len(articles) == 1  # without the threads that a batch is worth
    keys = keys_of_words(tokens.first, tokens.hash, config, False) if one else candidates.keys(tokens, config, jobs)
    return Pages(labelled, corpus, weights, keys, blocks)


def weigh(store: Store, corpus: Corpus, fresh: Corpus, *, counted: bool = False) -> Weights:
    """Return the weights of a corpus by the index's document frequencies, as if it had `counted` the fresh articles."""
    terms = tfidf.count_terms(fresh.tokens, fresh.titles)
    new = 0 if counted else len(terms.first) - 1
    added = np.bincount(terms.term, minlength=len(terms.key)) if new else np.zeros(len(terms.key), dtype=np.int64)

    def frequencies(keys: NDArray[np.uint32]) -> tuple[NDArray[np.float64], float]:
        counts = store.memory.frequencies(keys).astype(np.float64)
        if len(terms.key):
            place = np.minimum(np.searchsorted(terms.key, keys), len(terms.key) - 1)
            counts += np.where(terms.key[place] == keys, added[place], 0)
        return counts, store.memory.documents + new

    return tfidf.weigh(corpus.tokens, corpus.titles, counted=frequencies)


def wanted(pages: Pages) -> Wanted:
    """Return what each page is found by; a text without words is found by nothing."""
    keys, weights = pages.keys, pages.weights
    rows = np.arange(len(keys.exact))
    filled = rows[keys.exact != 0]
    term_row = np.repeat(rows, np.diff(weights.first))
    order = np.lexsort((weights.key[weights.term], -weights.weight, term_row))
    heavy = order[np.arange(len(order)) - weights.first[term_row] < HEAVY]
    columns = [
        (filled, keys.exact[filled], EXACT),
        (np.repeat(filled, keys.bands.shape[1]), keys.bands[filled].ravel(), BAND),
        (np.repeat(rows, np.diff(keys.sketch_first)), keys.sketch, SKETCH),
        (term_row[heavy], weights.key[weights.term[heavy]], TERM),
    ]
    owner = np.concatenate([column[0] for column in columns])
    by_owner = np.argsort(owner, kind="stable")
    weight = np.zeros(len(owner))
    weight[len(owner) - len(heavy) :] = weights.weight[heavy]
    return Wanted(
        first=np.searchsorted(owner[by_owner], np.arange(len(rows) + 1)),
        key=np.concatenate([spread(values, kind) for _, values, kind in columns])[by_owner],
        kind=np.concatenate([np.full(len(values), kind, dtype=np.uint8) for _, values, kind in columns])[by_owner],
        weight=weight[by_owner],
    )


def entries(pages: Pages, find: Wanted) -> list[rows.Entry]:
    """Return what is stored of each page."""
    labelled, weights = pages.labelled, pages.weights
    site = site_keys(labelled.articles, pages.blocks, labelled.blocks.first)
    made = []
    for row, article in enumerate(labelled.articles):
        page = {name: value for name in _KEPT if (value := getattr(article, name))}
        page["text"] = fingerprint(article)
        page["words"] = labelled.group_words[row].tolist()
        if named := labelled.attributions[row]:
            page["named"] = [[item.name, item.kind, item.evidence, item.paragraph] for item in named]
        own = find.key[find.first[row] : find.first[row + 1]]
        name = np.array([rows.id_key(article.id)], dtype=np.uint32)
        made.append(
            rows.Entry(
                page=page,
                published=float(pages.corpus.published[row]),
                body=_packed(labelled, row),
                keys=np.unique(np.concatenate((name, own, site[row]))),
                terms=weights.key[weights.term[weights.first[row] : weights.first[row + 1]]],
            )
        )
    return made


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
    return zlib.compress(
        json.dumps([paragraphs, starts], separators=(",", ":")).encode(), 3
    )  # 6: twice the time for 4 % less


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
    return [Kept(row, *json.loads(zlib.decompress(body))) for row, body in zip(found, bodies, strict=True)]


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
