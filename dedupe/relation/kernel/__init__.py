"""The loops of `relation`, compiled, each the same as a plain module.

`ground` does what `prepare` does, `measure` with `numbers`, `texts` and `sentences` what `plain` does, `capitals` and
`frequent` what `shared` does, `shared` what `figures.shared_words` does.
"""

from .capitals import places
from .frequent import frequent
from .ground import prepare
from .measure import measure
from .shared import shared_words

__all__ = ["frequent", "measure", "places", "prepare", "shared_words"]
