"""How two articles stand to each other: measured, decided with a confidence, explained.

`prepare` finds what is read of each text, `measure` takes the measurements that `names` lists, `decide` the relation by
the models of `score`, and `explain` says why. `plain` measures one pair at a time and is the oracle of `kernel`; so is
`prepare` of `ground`, and `shared` of `capitals` and `frequent`. `numbers`, `texts` and `sentences` are parts of
`kernel`.
"""

from .bound import may_be_copies
from .decide import ANEW, LATE, decide, is_form, is_piece
from .explain import TOLD_TWICE, explain
from .figures import Numbers, numbers_of, of_other_figures
from .legible import legible
from .measure import measure
from .names import COLUMN, FEATURES, LONGEST_TEXT
from .occasion import of_one_series
from .score import chances, rewriting
from .subject import of_two_subjects

__all__ = [
    "ANEW",
    "COLUMN",
    "FEATURES",
    "LATE",
    "LONGEST_TEXT",
    "TOLD_TWICE",
    "Numbers",
    "chances",
    "decide",
    "explain",
    "is_form",
    "is_piece",
    "legible",
    "may_be_copies",
    "measure",
    "numbers_of",
    "of_one_series",
    "of_other_figures",
    "of_two_subjects",
    "rewriting",
]
