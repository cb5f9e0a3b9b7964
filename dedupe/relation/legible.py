"""How much two texts would share if no word of theirs had been misread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths, marked
from ..words import MISREAD, Tokens
from .features import COLUMN, RUN

# Misread words that are not seen to be so, for each that is: they were mended to a wrong word, or are a wrong word that
# exists. Of words misread on purpose a sixth were mended wrongly, and half as many as were seen looked sound.
UNSEEN = 2 / 3
LEAST = 0.3  # of what is shared: where less is left, chance has a part in it


def legible(words: Tokens) -> NDArray[np.float64]:
    """Return the share of each text's words that are right, float64; 1 where it is no reading of print."""
    return 1 - UNSEEN * marked(words.flags & MISREAD, words.first) / np.maximum(lengths(words.first), 1)


def as_if_right(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the features with shared words as many as they would be if digitised print had been read without errors.

    If each word is right with probability s, a word stands in a run of RUN or more right words with probability
    s**RUN (RUN - (RUN - 1) s); shares are divided by it. Long runs are corrected by no more than that: a paragraph that
    came through whole would count twice. A long run also shows that less was misread than it seems, as where two texts
    in dialect share a paragraph.

    >>> from dedupe.relation.features import FEATURES
    >>> features = np.zeros((3, len(FEATURES)), dtype=np.float32)
    >>> features[:, [COLUMN["words_a"], COLUMN["words_b"]]], features[:, COLUMN["run"]] = 200, (20, 20, 100)
    >>> features[:, COLUMN["verbatim_a"]], features[:, COLUMN["legible"]] = 0.5, (1, 0.9, 0.9)
    >>> as_if_right(features)[:, COLUMN["verbatim_a"]].astype(float).round(2).tolist()
    [0.5, 0.6, 0.54]
    """
    right = features[:, COLUMN["legible"]].astype(np.float64)
    misread = np.flatnonzero((right > 0) & (right < 1))  # 0: it was not measured
    if not len(misread):
        return features
    features, right = features.copy(), np.maximum(right[misread], _as_runs_say(features[misread]))
    in_run = right**RUN * (RUN - (RUN - 1) * right)
    for name, share in (("verbatim", in_run), ("stretch", in_run), ("gram5", right**5)):
        for side in "ab":
            column = COLUMN[f"{name}_{side}"]
            features[misread, column] = np.minimum(features[misread, column] / np.maximum(share, LEAST), 1)
    return features


def _as_runs_say(features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the share of words that are right, float64, by the longest run that both texts have.

    Of n words, each right with the probability of s, it has about log n / -log s (Erdős and Rényi 1970).
    """
    run, one, other = (features[:, COLUMN[name]].astype(np.float64) for name in ("run", "words_a", "words_b"))
    return np.maximum(np.minimum(one, other), 1) ** (-1 / np.maximum(run, 1))
