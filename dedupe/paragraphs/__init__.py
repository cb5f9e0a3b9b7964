"""A page as paragraphs: where each one starts and ends, how often its outlet repeats it, what it is and why.

`segment` cuts, `repeats` counts, `label` does the rest in turn: `features` describes each block (by `shape`, `signs`,
`positions`, `lexicon`), `model` says how likely each role is, `decide` (with `doubts`, `decide_markup`) and `settle`
(with `headlines`, `replies`) what it is by its page, `lines` by its own words, and `reasons` why.
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
