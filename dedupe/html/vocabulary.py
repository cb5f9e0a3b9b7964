"""What the words in a page's class, id, role and itemprop attributes say about the text inside: kinds as bits.

The words, in `dedupe/data/markup_kinds.json`, are those that content management systems, themes and ad networks use
all over the world, in the manner of the lists of Readability and Boilerpipe.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..resources import load_json

KINDS: dict[str, str] = load_json("markup_kinds.json")
KIND_BIT = {kind: 1 << place for place, kind in enumerate(KINDS)}
WORD_BITS: dict[str, int] = {}
for _kind, _words in KINDS.items():
    for _word in _words.split():
        WORD_BITS[_word] = WORD_BITS.get(_word, 0) | KIND_BIT[_kind]

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
LONGEST_NAME = 400  # characters of a class attribute that are read; generated utility classes run to thousands


@lru_cache(maxsize=65536)
def kinds_of(names: str) -> int:
    """Return the kinds that the words of a class or id attribute name, as an OR of `KIND_BIT`s.

    Words are cut at capitals and at everything that is no letter, and runs of two are also read as one.

    >>> kinds_of("js-adSlot header-2") == KIND_BIT["ad"] | KIND_BIT["header"]
    True
    >>> kinds_of("loading shadow")
    0
    """
    bits = 0
    for name in names[:LONGEST_NAME].split():
        before = ""
        for part in _PART.findall(name):
            word = part.lower()
            bits |= WORD_BITS.get(word, 0) | WORD_BITS.get(before + word, 0)
            before = word
    return bits
