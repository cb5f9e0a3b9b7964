"""How two articles stand to each other: measured, decided with a confidence, explained.

The modules in the order of their work:

1. `prepare` finds in each text what is compared: sentences, speech, names, numbers, terms.
2. `bound` tells which pairs can be copies at all; `measure` takes the measurements that `features` lists.
3. `decide` gives the relation, by the two models of `score`, whose `inputs` are made of the measurements; `legible`
   corrects these for misread print. `figures`, `occasion` and `subject` tell apart texts that share most of their words
   and are about two things.
4. `explain` gives the evidence in words, by what the texts have in common (`shared`).

`plain` measures pairs one at a time, `kernel` many.
"""

from .bound import may_be_copies
from .decide import ANEW, LATE, decide, is_form, is_piece
from .explain import TOLD_TWICE, explain
from .features import COLUMN, FEATURES, LONGEST_TEXT
from .figures import Numbers, numbers_of, of_other_figures
from .legible import legible
from .measure import ByPlace, measure
from .occasion import of_one_series
from .score import chances, rewriting
from .subject import of_two_subjects

__all__ = [
    "ANEW", "COLUMN", "FEATURES", "LATE", "LONGEST_TEXT", "TOLD_TWICE", "ByPlace", "Numbers", "chances", "decide",
    "explain", "is_form", "is_piece", "legible", "may_be_copies", "measure", "numbers_of", "of_one_series",
    "of_other_figures", "of_two_subjects", "rewriting",
]  # fmt: skip
