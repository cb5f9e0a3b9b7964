"""The paragraphs of a page: where each starts and ends, what role it has and why, how often its outlet repeats it.

The modules in the order of their work:

1. `segment` cuts a page into blocks, `repeats` counts on how many of its outlet's pages each stands; `segmented` is
   what both found.
2. `features` describes each block by its look (`shape`), its words (`lexicon`) and its place (`positions`, made with
   `place` and `signs`).
3. `model` says how likely each role is; `wording` does so by the words alone, and is one of its inputs.
4. `decide` chooses the role, with corrections by what the judged pages showed (`doubts`), by the markup
   (`decide_markup`) and by the whole page (`settle`, `replies`).
5. `lines` tells single lines by their own words; `asked` says which of its rules need not be tried.
6. `reasons` says why. `label` calls all but the first of these.

Beside many rules stands what they are worth: "roles" and "groups" are macro F1 over roles and over groups of roles,
"body" is the F1 of the body's characters, as `dedupe evaluate roles` has them. "Five-fold by site" means that the model
was trained without the sites it was scored on.
"""

from .label import label, label_few
from .repeats import BlockWords, block_keys, block_words, site_repeats
from .segment import segment
from .segmented import Segmented, of_no_outlet

__all__ = [
    "BlockWords", "Segmented", "block_keys", "block_words", "label", "label_few", "of_no_outlet", "segment",
    "site_repeats",
]  # fmt: skip
