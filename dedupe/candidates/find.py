"""From the words of many texts to the pairs that share text, each with its exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..shingle import shingles
from .buckets import HALF, LOW, band_pairs, distinct_counted, sketch_pairs
from .copies import collapse, expand
from .keys import keys
from .verify import shared_shingles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config
    from ..words import Tokens


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
    key = keys(tokens, config)
    copies = collapse(key.exact)
    first, hashes = shingles(tokens, config.shingle_size)
    alone = np.zeros(len(key.exact), dtype=bool)
    alone[copies.head] = True
    bands = np.where(alone[:, None], key.bands, np.uint64(0))
    kept = np.repeat(alone, np.diff(key.sketch_first))
    sketch_first = np.concatenate(([0], np.cumsum(kept)))[key.sketch_first]
    alike, large_bands = band_pairs(bands, config.bucket)
    within, large_sketches = sketch_pairs(sketch_first, key.sketch[kept], config.sketch_shared, config.bucket)
    pairs, _ = distinct_counted(np.concatenate((alike, within)))
    a, b = (pairs >> HALF).astype(np.int64), (pairs & LOW).astype(np.int64)
    shared = shared_shingles(first, hashes, a, b)
    size = np.diff(first)
    shorter = np.minimum(size[a], size[b])
    worth = (shared >= config.excerpt_shingles) | (shared >= config.excerpt_containment * shorter)
    a, b, shared, exact, left_out = expand(copies, a[worth], b[worth], shared[worth], size, config.copies)
    total = np.maximum(size[a] + size[b] - shared, 1)
    capped = _capped(large_bands, large_sketches, left_out, config)
    return Candidates(
        a.astype(np.int32),
        b.astype(np.int32),
        shared.astype(np.int32),
        (shared / total).astype(np.float32),
        (shared / np.maximum(size[a], 1)).astype(np.float32),
        (shared / np.maximum(size[b], 1)).astype(np.float32),
        exact,
        capped,
    )


def _capped(
    bands: NDArray[np.int64], sketches: NDArray[np.int64], left_out: NDArray[np.int64], config: Config
) -> tuple[str, ...]:
    """Return a sentence for each kind of bucket whose members were not compared all with all."""
    rest = (
        f"(at most {{:,}}): each was compared with the first and the next, not all with all (bucket = {config.bucket})"
    )
    lines = []
    if len(bands):
        lines.append(f"{len(bands):,} buckets of like texts hold more than {config.bucket} {rest.format(bands.max())}")
    if len(sketches):
        what = f"{len(sketches):,} shingles stand in more than {config.bucket} texts"
        lines.append(f"{what} {rest.format(sketches.max())}")
    if len(left_out):
        lines.append(
            f"{len(left_out):,} groups of identical texts have more than {config.copies} members"
            f" (at most {left_out.max():,}): each is paired with the first of its group (copies = {config.copies})"
        )
    return tuple(lines)
