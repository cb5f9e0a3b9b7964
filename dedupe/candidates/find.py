"""From the words of many texts to the pairs that share text, each with its exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..config import Config
from ..rows import bounds_of, lengths
from ..words import Tokens
from .buckets import HALF, LOW, band_pairs, distinct, order_of, sketch_pairs
from .identical import Identical, collapse, expand
from .keys import Keys, Part, Words, halved, parts_of
from .verify import Overlap, overlap


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of texts that share text, as columns of shape (pairs,), sorted by a, then b.

    `a`, `b`: int32 rows, a < b. `shared`: int32, how many distinct shingles both have. `jaccard`, `containment_a`,
    `containment_b`: float32, the shared part of all their shingles, of a's and of b's; exact, never estimated.
    `exact`: bool, the same words in the same order. `capped`: what was not compared all with all, in words.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    shared: NDArray[np.int32]
    jaccard: NDArray[np.float32]
    containment_a: NDArray[np.float32]
    containment_b: NDArray[np.float32]
    exact: NDArray[np.bool_]
    capped: tuple[str, ...]


def find(tokens: Tokens, config: Config, jobs: int = 1) -> Candidates:
    """Return the pairs of texts that are alike, or of which one holds a passage of the other.

    >>> from dedupe.config import Config
    >>> from dedupe.words import tokenize
    >>> wire = "The minister said on Monday that the talks would go on until both sides agree to end the dispute"
    >>> found = find(tokenize([wire, "Nothing of the kind.", wire + ", he added."]), Config())
    >>> found.a.tolist(), found.b.tolist(), found.shared.tolist(), round(float(found.jaccard[0]), 2)
    ([0], [2], [15], 0.88)
    """
    parts, large = halved_parts(tokens, config, jobs)
    return search(parts, [Words(tokens.first, tokens.hash)], config, jobs, large)


def find_keyed(keys: Keys, tokens: Tokens, order: NDArray[np.int64], config: Config, jobs: int) -> Candidates:
    """Return what `find` does for at most 65,536 texts whose keys are known; pairs are of places in `order`.

    >>> from dedupe.candidates import keys
    >>> from dedupe.config import Config
    >>> from dedupe.words import tokenize
    >>> wire = "The minister said on Monday that the talks would go on until both sides agree to end the dispute"
    >>> tokens = tokenize([wire, "Nothing of the kind.", wire + ", he added."])
    >>> found = find_keyed(keys(tokens, Config()), tokens, np.array([2, 0, 1]), Config(), 1)
    >>> found.a.tolist(), found.b.tolist(), found.containment_b.tolist()
    ([0], [1], [1.0])
    """
    large = compiled(len(tokens.hash))
    part = halved(keys, config.sketch_scale, large)
    return search([part], [Words(tokens.first, tokens.hash)], config, jobs, large, order)


def halved_parts(tokens: Tokens, config: Config, jobs: int) -> tuple[list[Part], bool]:
    """Return the keys of texts as `search` takes them, and whether these are so many that kernels are worth loading."""
    large = compiled(len(tokens.hash))
    return [halved(key, config.sketch_scale, large) for key in parts_of(tokens, config, jobs)], large


def overlap_of(tokens: Tokens, a: NDArray[np.int64], b: NDArray[np.int64], size: int, jobs: int = 1) -> Overlap:
    """Return the overlap of pairs of texts that need not share any, in their shingles of `size` words.

    >>> from dedupe.words import tokenize
    >>> texts = tokenize(["one two three four", "two three four five six"])
    >>> [column.tolist() for column in overlap_of(texts, np.array([0]), np.array([1]), 2)]
    [[2], [3], [4]]
    """
    large = compiled(len(tokens.hash))
    return overlap(a, b, [Words(tokens.first, tokens.hash)], size, jobs, large)


def worth_keeping(a: NDArray[Any], b: NDArray[Any], found: Overlap, config: Config) -> Candidates:
    """Return those of the pairs a < b that share enough text; with the same shingles they are taken for one text."""
    worth = found.worth(config)
    a, b, shared = (column[worth].astype(np.int32) for column in (a, b, found.shared))
    jaccard, of_a, of_b = (share[worth] for share in found.shares())
    return Candidates(a, b, shared, jaccard, of_a, of_b, jaccard >= 1, ())


def search(
    parts: list[Part],
    words: Sequence[Words],
    config: Config,
    jobs: int,
    large: bool,
    order: NDArray[np.int64] | None = None,
    without: Sequence[int] = (),
) -> Candidates:
    """Return the verified pairs of texts with these keys and words.

    `order`: the row at each place, by default each row at its own. Pairs are of places, and in a bucket that is too
    large for all to meet all, it is the first by place that meets all: so the order of the texts need not count.
    `without`: rows that take no part. The list of parts is emptied, since what has been searched is let go: of a
    million texts every array takes a hundred megabytes.
    """
    exact = np.concatenate([part.exact for part in parts])
    exact[list(without)] = 0
    order = np.arange(len(exact)) if order is None else order
    identical = collapse(exact[order], large)
    bands = [part.bands for part in parts]
    entries = [part.entries for part in parts]
    row = bounds_of([len(part.exact) for part in parts])
    parts.clear()
    place = np.full(len(order), -1, dtype=np.int64)
    place[order[identical.head]] = identical.head
    alike, band_sizes = band_pairs(bands, row, place, config.bucket, jobs, large)
    bands.clear()
    within, sketch_sizes = sketch_pairs(entries, row, place, config, jobs, large)
    entries.clear()
    pairs = distinct(np.concatenate((alike, within, _selves(identical))), len(order), large)
    a, b = (pairs >> HALF).astype(np.int64), (pairs & LOW).astype(np.int64)
    found = overlap(order[a], order[b], words, config.shingle_size, jobs, large)
    worth = found.worth(config)
    a, b, found = a[worth], b[worth], Overlap(*(column[worth] for column in found))
    capped = _capped(band_sizes, sketch_sizes, lengths(identical.first), config)
    return _candidates(a, b, found, identical, capped, config, large)


def _selves(identical: Identical) -> NDArray[np.uint64]:
    """Return the first of each group of identical texts as a pair with itself, which stands for the group's pairs."""
    head = identical.head[lengths(identical.first) > 1].astype(np.uint64)
    return head << HALF | head


def _candidates(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    found: Overlap,
    identical: Identical,
    capped: tuple[str, ...],
    config: Config,
    large: bool,
) -> Candidates:
    """Return the pairs of the groups' heads, and those of their copies, as columns."""
    left, right, pair = expand(identical, a, b, config.copies)
    shared, size_a, size_b = (column[pair] for column in found)
    turned = left > right  # a's copy comes after b's
    size_a, size_b = np.where(turned, size_b, size_a), np.where(turned, size_a, size_b)
    left, right = np.minimum(left, right), np.maximum(left, right)
    bits = len(identical.group).bit_length()
    order = order_of((left << bits | right).astype(np.uint64), 2 * bits, large)
    shared, size_a, size_b = shared[order], size_a[order], size_b[order]
    return Candidates(
        left[order].astype(np.int32),
        right[order].astype(np.int32),
        shared.astype(np.int32),
        *Overlap(shared, size_a, size_b).shares(),
        (a == b)[pair][order],
        capped,
    )


def _capped(
    bands: NDArray[np.int64], sketches: NDArray[np.int64], groups: NDArray[np.int64], config: Config
) -> tuple[str, ...]:
    """Return a sentence for each kind of bucket whose members were not compared all with all, given their sizes."""
    groups = groups[groups > config.copies]
    lines = []
    for sizes, name, what in (
        (bands, "bucket", "buckets of like texts"),
        (sketches, "sketch_bucket", "shingles in the sketches"),
    ):
        if len(sizes):
            many = (
                f"{what} of more than {getattr(config, name)} texts ({name}): {len(sizes):,}, at most {sizes.max():,}"
            )
            lines.append(f"{many}; each text was compared with the first and the next, not all with all")
    if len(groups):
        many = (
            f"groups of more than {config.copies} identical texts (copies): {len(groups):,}, at most {groups.max():,}"
        )
        lines.append(f"{many}; each text is paired with the first of its group, and only that one with others")
    return tuple(lines)
