"""From articles to what an index keeps of them and finds them by."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import candidates, tfidf
from ..candidates.keys import keys_of_words
from ..compiling import compiled, kernel_of
from ..config import Config
from ..model import Article, Corpus, Weights
from ..paragraphs import Segmented
from ..pipeline.labels import Labelled, label_segmented, segmented
from ..pipeline.reporting import reporting
from ..rows import distinct, lengths, owners, owners_of
from ..tfidf import Rated
from . import stored
from .bodies import packed
from .counts import Added
from .postings import Postings, ordered
from .sites import SALTS, keys_on, repeats, site_keys, spread
from .store import Store

HEAVY = 20  # terms an article is found by; over the 20 heaviest of others they find 99.8 % of pairs above cosine 0.3
KERNEL = "dedupe.candidates.kernel"  # where it is loaded it is quicker for a single article too
EXACT, BAND, SKETCH, TERM = range(1, 5)  # kinds of keys
_KINDS = np.array([EXACT, BAND, SKETCH, TERM], dtype=np.uint8)
KEPT = (
    "id", "url", "source", "title", "published", "author", "language", "path", "canonical", "syndication", "crawled",
)  # fmt: skip
_kept_of = attrgetter(*KEPT)


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """Labelled articles with what they are found by, a row for each.

    `given`: the articles as they came, whose titles may not yet be those that their roles tell. `blocks`: uint64 keys
    of the paragraphs of `labelled.blocks`. `terms`: the term of each word of the texts.
    """

    given: Sequence[Article]
    labelled: Labelled
    corpus: Corpus
    terms: NDArray[np.uint32]
    weights: Weights
    keys: candidates.Keys
    blocks: NDArray[np.uint64]


class Roles(NamedTuple):
    """Labelled articles, as `Pages` has them, before they are measured."""

    given: Sequence[Article]
    labelled: Labelled
    corpus: Corpus
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
    store: Store, articles: Sequence[Article], config: Config, own: Sequence[int] = (), *, counted: bool = False
) -> Pages:
    """Return articles labelled and measured, with what the index has learnt.

    `own`: their numbers in it, if any; `counted`: their words, as they are now, are among those it has counted.
    """
    return measured(store, labelled(store, segmented(articles), own), config, counted=counted)


def labelled(store: Store, pages: Segmented, own: Sequence[int] = (), jobs: int = 1) -> Roles:
    """Return segmented articles with the roles of their paragraphs, as far as `read` goes without what they weigh."""
    blocks, outlets = pages.words.keys, [article.source for article in pages.articles]
    on, of = repeats(store, outlets, blocks, pages.blocks.first, own)
    made = label_segmented(pages._replace(on=pages.on + on, of=pages.of + of), jobs, why=False)
    return Roles(pages.articles, *reporting(made, jobs), blocks)


def measured(store: Store, roles: Roles, config: Config, *, counted: bool = False, jobs: int = 1) -> Pages:
    """Return labelled articles measured; see `read`."""
    given, made, corpus, blocks = roles
    words, titles = tfidf.stemmed(corpus)
    weights = weighed(store, tfidf.rated(words, titles, jobs=jobs), None, counted=counted, jobs=jobs)
    tokens = corpus.tokens
    one = len(given) == 1  # without the threads that a batch is worth
    large = one and KERNEL in sys.modules
    keys = keys_of_words(tokens.first, tokens.hash, config, large) if one else candidates.keys(tokens, config, jobs)
    return Pages(given, made, corpus, words.hash, weights, keys, blocks)


def weighed(store: Store, found: Rated, fresh: Weights | None, *, counted: bool = False, jobs: int = 1) -> Weights:
    """Return the weights of terms by the index's document frequencies.

    The articles of `fresh`, which are among those of the terms (by default all of these), are taken as if they were in
    the index, unless they are `counted` there already.
    """
    key = found.terms.key
    articles, size = store.memory.frequencies(key), store.memory.documents
    if not counted:
        own = fresh or found.terms
        articles[key.searchsorted(own.key) if fresh else slice(None)] += np.bincount(own.term, minlength=len(own.key))
        size += int(np.count_nonzero(lengths(own.first)))
    return tfidf.weighed(found, articles, size, jobs=jobs)


def recounted(store: Store, weights: Weights, fresh: NDArray[np.bool_], jobs: int) -> Weights:
    """Return the rows weighed anew by the index's document frequencies, to which only these rows add."""

    def frequencies(keys: NDArray[np.uint32], here: NDArray[np.int64], many: int) -> tuple[NDArray[np.int64], float]:
        return store.memory.frequencies(keys) + here, store.memory.documents + many

    return tfidf.of_distinct(weights, fresh, counted=frequencies, jobs=jobs)


def wanted(pages: Pages) -> Wanted:
    """Return what each page is found by; a text without words is found by nothing."""
    keys, weights = pages.keys, pages.weights
    if compiled(len(weights.term), __package__):
        kernel = kernel_of(__package__)
        told = keys.exact, keys.bands, keys.sketch_first, keys.sketch
        return Wanted(*kernel.wanted(*told, weights.first, weights.term, weights.weight, weights.key, HEAVY, SALTS))
    return wanted_plain(keys, weights)


def wanted_plain(keys: candidates.Keys, weights: Weights) -> Wanted:
    """Return what `wanted` does, one kind of keys after the other, then sorted by page."""
    filled = np.flatnonzero(keys.exact)
    heavy = heaviest_plain(weights)
    values = (keys.exact[filled], keys.bands[filled].ravel(), keys.sketch, weights.key[weights.term[heavy]])
    kind = np.repeat(_KINDS, [len(some) for some in values])
    key, weight = spread(np.concatenate(values), kind), np.zeros(len(kind))
    weight[len(kind) - len(heavy) :] = weights.weight[heavy]
    rows = np.arange(len(keys.exact))
    owners = (
        filled,
        np.repeat(filled, keys.bands.shape[1]),
        np.repeat(rows, lengths(keys.sketch_first)),
        owners_of(weights.first, heavy),
    )
    owner = np.concatenate(owners)
    by_owner = np.argsort(owner, kind="stable")
    first = np.searchsorted(owner[by_owner], np.arange(len(rows) + 1))
    return Wanted(first, key[by_owner], kind[by_owner], weight[by_owner])


def heaviest_plain(weights: Weights) -> NDArray[np.int64]:
    """Return the entries of each row's HEAVY heaviest terms, row by row, the heaviest first, of equals the first.

    Weights are multiples of 2**-20 up to 1 and a row's terms ascend, so that row, weight and place make one number.
    """
    row = owners(weights.first)
    place = (np.arange(len(row)) - weights.first[row]).astype(np.uint64)
    light = (2.0**20 - weights.weight.astype(np.float64) * 2.0**20).astype(np.uint64)
    packed = np.sort(row.astype(np.uint64) << np.uint64(42) | light << np.uint64(21) | place)
    kept = packed[np.arange(len(row)) - weights.first[row] < HEAVY]
    return weights.first[(kept >> np.uint64(42)).astype(np.int64)] + (kept & np.uint64((1 << 21) - 1)).astype(np.int64)


def drafts(pages: Roles | Pages) -> list[stored.Entry]:
    """Return what is stored of each page, as far as it needs nothing of the index."""
    labelled = pages.labelled
    bodies = packed(labelled.blocks, pages.corpus)
    said, published = labelled.group_words.tolist(), pages.corpus.published.tolist()
    made = []
    for row, article in enumerate(labelled.articles):
        page = {name: value for name, value in zip(KEPT, _kept_of(article), strict=True) if value}
        page["text"] = fingerprint(pages.given[row])
        page["words"] = said[row]
        if named := labelled.attributions[row]:
            page["named"] = [[item.name, item.kind, item.evidence, item.paragraph] for item in named]
        made.append(stored.Entry(page, published[row], bodies[row]))
    return made


def entries(
    drafts: Sequence[stored.Entry],
    copies: Sequence[Sequence[int]],
    alike: Sequence[Sequence[tuple[int, int]]],
    several: Sequence[Sequence[int]],
) -> list[stored.Entry]:
    """Return what is stored of each page; `copies`: the numbers of the articles that each is a copy of.

    `alike`: the numbers of the articles that each is like, and how much, in thousandths. `several`: those that were
    found to hold several texts when it came, 0 for itself.
    """
    return [*map(_completed, drafts, copies, alike, several)]


def _completed(
    draft: stored.Entry, copies: Sequence[int], alike: Sequence[tuple[int, int]], several: Sequence[int]
) -> stored.Entry:
    told = {"copies": copies, "alike": [*zip(*alike, strict=True)], "several": several}
    page = draft.page | {name: value for name, value in told.items() if value}
    return stored.Entry(page, draft.published, draft.body)


def found_by(pages: Pages, find: Wanted) -> Postings:
    """Return all that pages are found by, each key once with the row of its page, uint32, by key, then row."""
    labelled = pages.labelled
    name = np.array([stored.id_key(article.id) for article in labelled.articles], dtype=np.uint32)
    if len(name) == 1:  # a third of the time
        outlet = labelled.articles[0].source
        own = keys_on(outlet, pages.blocks) if outlet else name[:0]
        key = distinct(np.concatenate((name, find.key, own)))
        return key, np.zeros(len(key), dtype=np.uint32)
    shown, site = site_keys(labelled.articles, pages.blocks, labelled.blocks.first)
    row = np.arange(len(name))
    owner = np.concatenate((row, np.repeat(row, lengths(find.first)), shown)).astype(np.uint32)
    by_row = np.argsort(owner, kind="stable")  # three stretches that ascend: merged
    key, owner = ordered(np.concatenate((name, find.key, site))[by_row], owner[by_row])
    fresh = np.append(True, (key[1:] != key[:-1]) | (owner[1:] != owner[:-1]))
    return key[fresh], owner[fresh]


def added(weights: Weights, copies: Sequence[Sequence[int]]) -> Added:
    """Return what pages add to the counts of words: a copy of another adds nothing."""
    many = lengths(weights.first)
    counted = (many > 0) & ~np.array([bool(of) for of in copies], dtype=np.bool_)
    times = np.bincount(weights.term[np.repeat(counted, many)], minlength=len(weights.key)).astype(np.int32)
    return Added((weights.key[times > 0], times[times > 0]), int(counted.sum()))


def fingerprint(article: Article) -> str:
    """Return what tells whether an article changed."""
    content = f"{article.title}\0{article.text}".encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=8).hexdigest()
