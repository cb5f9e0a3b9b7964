"""Which rules may say something of some blocks; each rule itself, in its own module, says what it does of which."""

from __future__ import annotations

import numpy as np

from ...compiling.load import step
from ..asked import ADDRESSES, CAPTIONS, EVERY, FURNITURE, NOTES, PROMPTS, SENTENCES, TAGS
from ..features import BASE, PROSE_SIZE
from ..lines.captions import LONGEST
from ..lines.furniture import KINDS, LONG, SLASHES
from ..lines.notes import FEW, MANY
from ..lines.prompts import LONG as LONG_PROMPT

_WORDS, _SIZE, _COLONS, _ENDS_STOP = (BASE.index(name) for name in ("words", "size", "colons", "ends_stop"))
_BARS, _COPYRIGHTS = (BASE.index(name) for name in ("bars", "copyrights"))
_CAPTION, _READMORE, _SUBSCRIBE = (BASE.index(f"covered:{name}") for name in ("caption", "readmore", "subscribe"))
_FURNITURE = tuple(BASE.index(f"covered:{kind}") for kind in KINDS)
_STARTS = tuple(BASE.index(f"starts:{kind}") for kind in ("promo", "readmore"))
_PART = np.float32(0.09)  # of a line's words in phrases of one of the eight kinds, where eight tenths are in all


@step
def asked(columns):
    """Return which rules are to be asked of the blocks; see `asked.asked`."""
    rules = SENTENCES
    for block in range(len(columns)):
        if rules == EVERY:  # of many blocks soon
            break
        own = columns[block]
        words, colons, stops = own[_WORDS], own[_COLONS] > 0, own[_ENDS_STOP] > 0
        rules |= ADDRESSES if own[_BARS] >= SLASHES else 0
        if words <= LONG:
            rules |= TAGS if colons and not stops else 0
            rules |= FURNITURE if _may_be_furniture(own) else 0
        if FEW <= words <= MANY and not stops and block + 1 < len(columns):
            rules |= NOTES if own[_SIZE] < PROSE_SIZE <= columns[block + 1, _SIZE] else 0
        if words <= LONG_PROMPT:
            rules |= PROMPTS if colons or own[_SUBSCRIBE] > 0 or own[_READMORE] > 0 else 0
        if words <= LONGEST:
            rules |= CAPTIONS if own[_COPYRIGHTS] > 0 or (not stops and (colons or own[_CAPTION] > 0)) else 0
    return rules


@step
def _may_be_furniture(own):
    """Return whether a line has words of furniture, or a sign of its own."""
    if own[_COPYRIGHTS] > 0:
        return True
    for column in _STARTS:
        if own[column] > 0:
            return True
    said = np.float32(0)
    for column in _FURNITURE:
        said = max(said, own[column])
    return said >= _PART
