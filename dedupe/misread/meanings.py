"""What a misread word stands for: a word that looks much like it, two that ran together, or a part of a longer one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import ne

# Of the documents the share, at least, that has a word ...
COMMON = 0.01  # ... which an odd word may stand for while it is not yet known whether the text was misread
USED = 0.0006  # ... which it may stand for once that is known: a rarer word is hardly what was meant
APART = 0.003  # ... which is one of two that ran together: many a rare word can be cut in two
UNLISTED = 1e-5  # the share that is taken for that of a word which is not listed
SHORTEST = 3  # letters of a misread word: a shorter one is like too many
REMEMBERED = 1 << 16  # words, a few MB: an index meets ever new ones

LINE_END = re.compile(r"-(?:[ \t]+|[ \t]*\r?\n[ \t]*)")  # a hyphen, and the next line's first word after it
_INSIDE = "'’-\n"  # between two words that were not one: "don't", "ice-free"
# What looks alike in print, beside one letter for another, one too many and one too few.
_LIKE = (
    ("rn", "m"), ("in", "m"), ("nn", "m"), ("cl", "d"), ("vv", "w"), ("ri", "n"), ("ii", "n"), ("ii", "u"), ("li", "h"),
)  # fmt: skip
_SHAPES = (*_LIKE, *((two, one) for one, two in _LIKE))


class Meanings:
    """What misread words stand for, given in what share of documents each word of their language stands."""

    def __init__(self, rates: Mapping[str, float]) -> None:
        self.rates = rates
        self._used = {w: rate for w, rate in rates.items() if rate >= USED and len(w) >= SHORTEST and w.isalpha()}
        self._longest = 2 * max(map(len, rates), default=0)  # two words that ran together
        self._shortened: dict[str, str] = {}  # words, parted by spaces, by what is left of them without one letter
        self._found: dict[str, tuple[str, ...]] = {}
        for word in self._used:
            for key in _shortened(word):
                self._shortened[key] = f"{self._shortened[key]} {word}" if key in self._shortened else word

    def of(self, word: str) -> tuple[str, ...]:
        """Return the commonest word that is written much like a misread one, else the two words it can be cut into.

        >>> meanings = Meanings({"time": 0.2, "tide": 0.01, "modern": 0.02, "the": 0.9})
        >>> [meanings.of(word) for word in ("tirne", "tine", "modem", "thetime", "quay")]
        [('time',), ('time',), ('modern',), ('the', 'time'), ()]
        """
        if len(word) > self._longest:
            return ()
        meant = self._found.get(word)
        if meant is None:
            alike = sorted(other for other in self._alike(word) if other in self._used)
            meant = (max(alike, key=self._used.__getitem__),) if alike else self._cut(word)
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[word] = meant
        return meant

    def _alike(self, word: str) -> Iterator[str]:
        short = _shortened(word)
        yield from short
        yield from self._shortened.get(word, "").split()
        for other in " ".join(self._shortened.get(key, "") for key in short).split():
            if len(other) == len(word) and sum(map(ne, word, other)) == 1:
                yield other
        for seen, meant in _SHAPES:
            at = word.find(seen)
            while at >= 0:
                yield word[:at] + meant + word[at + len(seen) :]
                at = word.find(seen, at + 1)

    def _cut(self, word: str) -> tuple[str, ...]:
        halves = ((word[:at], word[at:]) for at in range(1, len(word)))
        least, *two = max(
            (min(self.rates.get(one, 0.0), self.rates.get(other, 0.0)), one, other) for one, other in halves
        )
        return tuple(two) if least >= APART else ()

    def common(self, word: str) -> bool:
        """Return whether a word stands for a common one, and not only for a form of itself with another last letter."""
        meant = self.of(word) if len(word) >= SHORTEST and word.isascii() else ()
        form = len(meant) == 1 and {word, word[:-1]} & {meant[0], meant[0][:-1]}
        return len(meant) == 1 and not form and self.rates[meant[0]] >= COMMON

    def whole(self, one: str, other: str, gap: str) -> str:
        """Return the word that two parts make together, "" where they are two words; `gap`: what stands between them.

        >>> meanings = Meanings({"report": 0.2, "the": 0.9, "two": 0.5, "or": 0.6})
        >>> meanings.whole("re", "port", "-\\n"), meanings.whole("t", "he", " "), meanings.whole("two", "or", "- ")
        ('report', 'the', '')
        """
        both, known = one + other, one in self.rates and other in self.rates
        if LINE_END.fullmatch(gap):
            return both if both in self.rates or not known else ""
        if len(gap) != 1 or gap in _INSIDE or (known and min(len(one), len(other)) > 1):
            return ""
        chance = self.rates.get(one, UNLISTED) * self.rates.get(other, UNLISTED)
        return both if self.rates.get(both, 0.0) > chance else ""


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
