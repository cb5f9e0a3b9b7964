"""Which rules may say something of some blocks; each rule itself, in its own module, says what it does of which."""

import numpy as np

from ...compiling.load import step
from ..asked import ADDRESSES, CAPTIONS, CREDITS, EVERY, FURNITURE, ITSELF, NOTES, PROMPTS, SENTENCES, TAGS
from ..features import BASE, COLUMN, PROSE_SIZE
from ..lines.captions import LONGEST
from ..lines.credits import LONGEST as LONG_CREDIT
from ..lines.furniture import KINDS, LONG, SLASHES
from ..lines.notes import FEW, MANY
from ..lines.prompts import LONG as LONG_PROMPT

_FURNITURE = tuple(BASE.index(f"covered:{kind}") for kind in KINDS)
_STARTS = (COLUMN.starts_promo, COLUMN.starts_readmore)
_PART = np.float32(0.09)  # of a line's words in phrases of one of the eight kinds, where eight tenths are in all


@step
def asked(columns, hashes, first, openers):
    """Return which rules may change the role of some block, as bits; see `paragraphs.asked`."""
    rules = SENTENCES
    for block in range(len(columns)):
        if rules == EVERY:  # of many blocks soon
            break
        own = columns[block]
        words, colons, stops = own[COLUMN.words], own[COLUMN.colons] > 0, own[COLUMN.ends_stop] > 0
        rules |= ADDRESSES if own[COLUMN.bars] >= SLASHES else 0
        if words <= LONG:
            rules |= TAGS if colons and not stops else 0
            rules |= FURNITURE if _may_be_furniture(own) else 0
        if FEW <= words <= MANY and not stops and block + 1 < len(columns):
            rules |= NOTES if own[COLUMN.size] < PROSE_SIZE <= columns[block + 1, COLUMN.size] else 0
        if words <= LONG_PROMPT:
            rules |= PROMPTS if colons or own[COLUMN.covered_subscribe] > 0 or own[COLUMN.covered_readmore] > 0 else 0
            rules |= PROMPTS if own[COLUMN.starts_share] > 0 else 0
            rules |= PROMPTS if own[COLUMN.covered_ad] > 0 and own[COLUMN.covered_you] > 0 else 0
        rules |= PROMPTS if own[COLUMN.longest_legal] > 1 and own[COLUMN.covered_you] > 0 else 0
        rules |= ITSELF if own[COLUMN.longest_legal] > 1 or own[COLUMN.longest_bio] > 1 else 0
        rules |= ITSELF if first[block] < first[block + 1] and _is_one(hashes[first[block]], openers) else 0
        if words <= LONG_CREDIT:
            rules |= CREDITS if own[COLUMN.covered_agency] > 0 and not stops else 0
        if words <= LONGEST:
            credit = not stops and (colons or own[COLUMN.covered_caption] > 0)
            rules |= CAPTIONS if credit or own[COLUMN.copyrights] > 0 else 0
    return rules


@step
def _is_one(value, values):
    """Return whether a value is one of some."""
    found = False
    for other in values:
        found |= value == other
    return found


@step
def _may_be_furniture(own):
    """Return whether a line has words of furniture, or a sign of its own."""
    if own[COLUMN.copyrights] > 0:
        return True
    for column in _STARTS:
        if own[column] > 0:
            return True
    said = np.float32(0)
    for column in _FURNITURE:
        said = max(said, own[column])
    return said >= _PART
