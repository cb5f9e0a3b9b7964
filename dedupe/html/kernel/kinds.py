"""What the words of names say, as `vocabulary.kinds_of` has it, of all names of a page at once."""

import numpy as np

from ...compiling.load import kernel, step
from ..vocabulary import LONGEST_NAME
from .source import is_white, slot_of, with_sign

_A, _Z, _SMALL_A, _SMALL_Z, _SPACE = np.frombuffer(b"AZaz ", dtype=np.uint8)
_NONE = np.uint64(0)


@kernel
def kinds(names, words):
    """Return (kinds, other) of names in UTF-8, each ended by a zero: uint64, and bool: it holds more than ASCII.

    Of those that do nothing is told. `words`: see `nodes.words`.
    """
    count = 0
    for at in range(len(names)):
        count += names[at] == 0
    found, other = np.zeros(count, np.uint64), np.zeros(count, np.bool_)
    low = number = 0
    for at in range(len(names)):
        if names[at] > 0x7F:
            other[number] = True
        elif names[at] == 0:
            if not other[number]:
                found[number] = _said(names, low, min(at, low + LONGEST_NAME), words)
            low, number = at + 1, number + 1
    return found, other


@step
def _said(names, at, end, words):
    """Return what the words of one name say, and what runs of two of them do."""
    found = before = _NONE
    while at < end:
        start = at
        while at < end and _A <= names[at] <= _Z:
            at += 1
        if at < end and _SMALL_A <= names[at] <= _SMALL_Z:
            if at - start > 1:  # of several capitals the last starts the next word
                at -= 1
            else:
                while at < end and _SMALL_A <= names[at] <= _SMALL_Z:
                    at += 1
        if at == start:
            before = _NONE if is_white(names[at]) else before
            at += 1
            continue
        word, both = _NONE, before
        for place in range(start, at):
            letter = names[place] | _SPACE  # a small one
            word, both = with_sign(word, letter), with_sign(both, letter)
        found |= words[slot_of(word, words.key)].says | words[slot_of(both, words.key)].says
        before = word
    return found
