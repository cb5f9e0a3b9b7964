"""Who took from whom, from what pages say, when they appeared and what contains what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATION_CODE, Derivation, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Attribution, Corpus

NAMED, EARLIER, CONTAINED = 3.0, 1.5, 0.7  # log odds of each kind of evidence that b took from a
LEAST = 1.0  # log odds below which the direction is left open: 73 %


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """Pairs that share text or content, as columns.

    `a`, `b`: int32 rows; `relation`: uint8; `containment_a`, `containment_b`: float32, how much
    of a stands in b and of b in a.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    relation: NDArray[np.uint8]
    containment_a: NDArray[np.float32]
    containment_b: NDArray[np.float32]


def derive(corpus: Corpus, attributions: Sequence[Sequence[Attribution]], close: Close) -> list[Derivation]:
    """Return at most one derivation for each article: from the likeliest source in the corpus, or from one it names."""
    found: dict[int, tuple[float, int, tuple[str, ...]]] = {}
    derived = close.relation <= RELATION_CODE[Relation.REWRITE]
    for i in np.flatnonzero(derived).tolist():
        a, b = int(close.a[i]), int(close.b[i])
        odds, evidence = _direction(corpus, attributions, close, i)
        if abs(odds) < LEAST:
            continue
        source, copy = (a, b) if odds > 0 else (b, a)
        best = found.get(copy)
        if best is None or (-abs(odds), source) < (-best[0], best[1]):
            found[copy] = (abs(odds), source, evidence)
    return [*_inside(corpus, found), *_outside(corpus, attributions, found)]


def _direction(
    corpus: Corpus, attributions: Sequence[Sequence[Attribution]], close: Close, i: int
) -> tuple[float, tuple[str, ...]]:
    """Return the log odds that b took from a, and what speaks for the likelier direction."""
    a, b = int(close.a[i]), int(close.b[i])
    odds, said = 0.0, []
    for source, copy, sign in ((a, b, 1.0), (b, a, -1.0)):
        outlet = corpus.articles[source].source
        for attribution in attributions[copy]:
            if outlet and attribution.name.casefold() == outlet.casefold():
                odds += sign * NAMED
                said.append((sign, f"{corpus.articles[copy].id} names {outlet}: {attribution.evidence}"))
    days = corpus.published[b] - corpus.published[a]
    if np.isfinite(days) and days != 0:
        sign = float(np.sign(days))
        odds += sign * EARLIER
        first, later = (a, b) if sign > 0 else (b, a)
        dates = f"{corpus.articles[first].published} before {corpus.articles[later].published}"
        said.append((sign, f"published earlier: {dates}"))
    more = float(close.containment_b[i] - close.containment_a[i])
    if abs(more) > 0.2:
        odds += CONTAINED * np.sign(more)
        said.append((float(np.sign(more)), "the source holds more of the copy than the copy of the source"))
    return odds, tuple(text for sign, text in said if sign * odds > 0)


def _inside(corpus: Corpus, found: dict[int, tuple[float, int, tuple[str, ...]]]) -> list[Derivation]:
    """Return the derivations inside the corpus; of a cycle the weakest link goes."""
    kept: dict[int, int] = {}
    result = []
    for copy, (odds, source, evidence) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
        above = source
        while above in kept and above != copy:
            above = kept[above]
        if above == copy:
            continue
        kept[copy] = source
        article = corpus.articles[source]
        confidence = round(float(1 / (1 + np.exp(-odds))), 4)
        result.append(
            Derivation(article.id, article.source or article.id, corpus.articles[copy].id, confidence, evidence)
        )
    return sorted(result, key=lambda item: item.copy)


def _outside(
    corpus: Corpus, attributions: Sequence[Sequence[Attribution]], found: dict[int, tuple[float, int, tuple[str, ...]]]
) -> list[Derivation]:
    result = []
    for row, named in enumerate(attributions):
        article = corpus.articles[row]
        foreign = [item for item in named if item.kind != "self" and item.name.casefold() != article.source.casefold()]
        if foreign and row not in found:
            result.append(Derivation("", foreign[0].name, article.id, 0.8, (f"it says: {foreign[0].evidence}",)))
    return result
