"""What counts as a passage: the numbers that alignment was fitted by, in one value.

`python -m benchmarks train_alignment` chooses them on folds of PAN-13 and scores the choice on the fold left out.
"""

from __future__ import annotations

from typing import NamedTuple


class Rules(NamedTuple):
    """Passed to what uses it, so that a benchmark can try others. Lengths are words, costs nats."""

    # seeds
    cosine: float = 0.2  # of two sentences; on PAN-13, 0.17 and 0.23 give the same plagdet within 0.002
    run: int = 32  # equal words that are a core by themselves; PAN-13 has one unplanted pair of texts that shares more
    # cores
    gap: int = 2  # sentences without a seed that a passage may span; chosen on each of five folds
    dice: float = 0.2  # of a seed that starts a passage: a high cosine may come from one rare term alone
    apart: int = 60  # between two runs, or two passages, that are one: a paragraph written anew or left out
    # where a passage ends: on PAN-13 plagdet stays within 0.003 for 0.2 and 0.3 kept, and for a reach of 40 and 100
    kept: float = 0.25  # share of its words that a passage surely owes to the other side, the rest being chance or new
    reach: int = 60  # that a passage may grow on either end in one round
    # what is kept
    shortest: int = 25  # of a passage, about 150 letters: PAN's shortest; half the shorter text where that is less
    evidence: float = 15  # of PAN-13's 1,000 pairs without reuse three have a passage beyond it, six at 11
    some: float = 8  # evidence enough where the words stand in the same order, as in rewrites of a few sentences
    ordered: float = 0.5  # share of both sides' words: finds 15 % more rewrites (Raidar), no more leads (AllSides)
    # summaries: each was measured on PAN-13's, and on pairs of independent reports (ECB+, AllSides, Wikinews)
    like: float = 0.25  # cosine above which a sentence speaks for a summary and below which against one
    least: float = 0.35  # sum of what the cosines exceed `like` by; pairs of independent pages stay below 0.3
    spread: float = 2.5  # how many times its own length a summary draws on
    near: int = 2  # sentences; two that were drawn on and are no farther apart count as one place
    places: float = 0.5  # for each sentence of the summary: below, it follows the text rather than sums it up
    covered: float = 0.7  # of a summary, by passages of two sentences or more: then these explain it better; four folds


RULES = Rules()
