"""A page as paragraphs: where each one starts and ends, how often its outlet repeats it, what it is and why.

`segment` cuts and `repeats` counts, both into `segmented`; `label` does the rest in turn: `features` describes each
block (by `shape`, `lexicon` and `positions`, this by `place` and `signs`), `model` says how likely each role is (with
`wording`), `decide` (with `doubts`, `decide_markup`) and `settle` (with `replies`) what it is by its page, `lines` by
its own words, where `asked` has it that a rule may, and `reasons` why.
"""

from .label import label, label_few
from .repeats import BlockWords, block_keys, block_words, site_repeats
from .segment import segment
from .segmented import Segmented, of_no_outlet

__all__ = [
    "BlockWords",
    "Segmented",
    "block_keys",
    "block_words",
    "label",
    "label_few",
    "of_no_outlet",
    "segment",
    "site_repeats",
]
