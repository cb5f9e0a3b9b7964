"""What an article is: its words shared out by where they come from, and a verdict with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATIONS, Relation, Shares, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ..model import Attribution, Corpus, Derivation

MOSTLY = 0.5  # of an article's reporting


def canonical(corpus: Corpus, members: Sequence[int], copies: Mapping[int, int]) -> int:
    """Return the row of the version to read: one that nobody is known to have taken, the earliest, the longest.

    `copies`: the row each derived article was taken from.
    """
    length = np.diff(corpus.tokens.first)

    def rank(row: int) -> tuple[bool, float, int, str]:
        day = corpus.published[row]
        return row in copies, float(day) if np.isfinite(day) else np.inf, -int(length[row]), corpus.articles[row].id

    return min(members, key=rank)


def shares(groups: NDArray[np.int64], reused: NDArray[np.int64]) -> list[Shares]:
    """Return each article's shares, given its words by group (int64 of shape (n, 4): reporting, credit, ad,
    boilerplate) and how many of the reporting words were taken from elsewhere.
    """
    result = []
    for (reporting, credit, ad, boilerplate), taken in zip(groups.tolist(), reused.tolist(), strict=True):
        words = reporting + credit + ad + boilerplate
        if not words:
            result.append(Shares(0.0, 0.0, 0.0, 0.0, 1.0))
            continue
        parts = [round(part / words, 4) for part in (taken, credit, ad, boilerplate)]
        result.append(Shares(round(max(1.0 - sum(parts), 0.0), 4), *parts))
    return result


def judge(
    corpus: Corpus,
    share: Sequence[Shares],
    attributions: Sequence[Sequence[Attribution]],
    derivations: Sequence[Derivation],
    closest: NDArray[np.uint8],
) -> list[Verdict]:
    """Return a verdict on each article; `closest`: uint8, the code of the strongest relation it has to another."""
    taken = {item.copy: item for item in derivations}
    return [
        _verdict(share[row], attributions[row], taken.get(article.id), RELATIONS[closest[row]])
        for row, article in enumerate(corpus.articles)
    ]


def _verdict(share: Shares, named: Sequence[Attribution], taken: Derivation | None, relation: Relation) -> Verdict:
    aggregator = [item.evidence for item in named if item.kind == "self"]
    if share.original + share.reused == 0:
        return Verdict(VerdictKind.UNCLEAR, 1.0, share, ("there is no reporting on the page",))
    if aggregator:
        return Verdict(VerdictKind.AGGREGATED, 0.9, share, (f"it calls itself an aggregator: {aggregator[0]}",))
    if taken:
        kind = VerdictKind.SYNDICATED if share.reused > share.original else VerdictKind.REWRITE
        source = taken.source or taken.source_name
        return Verdict(kind, taken.confidence, share, (f"taken from {source}", *taken.evidence))
    if relation in (Relation.IDENTICAL, Relation.NEAR_DUPLICATE, Relation.EXCERPT, Relation.REWRITE):
        why = f"it has a {relation.value.replace('_', '-')} in the corpus, and nothing says which came first"
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (why,))
    return Verdict(VerdictKind.ORIGINAL, 0.6, share, ("no other article here holds its text, and it names no source",))
