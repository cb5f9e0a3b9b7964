"""Slips of the pen that pages share: rare words one letter away from one their story has too, without a dictionary."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 7  # letters: shorter words have too many neighbours that are words of their own


def slips(rare: Iterable[str], common: Iterable[str]) -> dict[str, str]:
    """Return of the rare words of a story those that are a slip for one of its common words, with that word.

    One letter is missing, too many, another, or two stand the wrong way round. The first letter and the last two are
    right in a slip: a word with another ending is mostly another form, and so are the spellings of two countries.

    >>> slips(["goverment", "organise", "harbours", "quayside"], ["government", "organize", "harbour", "quay"])
    {'goverment': 'government'}
    """
    by_frame: dict[tuple[str, str], list[str]] = {}
    for word in sorted(set(common)):
        by_frame.setdefault((word[:1], word[-2:]), []).append(word)
    found = {}
    for word in sorted({word for word in rare if len(word) >= SHORTEST and word.isalpha()}):
        for other in by_frame.get((word[0], word[-2:]), ()):
            if one_away(word, other):
                found[word] = other
                break
    return found


def one_away(word: str, other: str) -> bool:
    """Return whether two words differ by one slip, other than that between two spellings of a language.

    >>> one_away("recieve", "receive"), one_away("honour", "honor"), one_away("receive", "receive")
    (True, False, False)
    >>> one_away("organise", "organize"), one_away("defence", "defense"), one_away("harbaur", "harbour")
    (False, False, True)
    """
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(word), len(other)) - start and word[-1 - end] == other[-1 - end]:
        end += 1
    here, there = word[start : len(word) - end], other[start : len(other) - end]
    if len(here) == len(there) == 2:
        return here == there[::-1]
    if max(len(here), len(there)) != 1:
        return False
    if here and there:
        return {here, there} not in ({"s", "z"}, {"s", "c"})  # organise, defence
    longer = max(word, other, key=len)
    return longer[start - 1 : start + 1] not in ("ou", "ll", "ae", "oe")  # honour, traveller, anaemia, foetus
