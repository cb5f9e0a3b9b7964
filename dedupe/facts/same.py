"""What is the same though it is written differently: a person's short and full name, a quote and its cut form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..words import words

SAME_QUOTE = 0.6  # of the shorter one's words: outlets cut and tidy what a speaker said
WORDS = 4  # that two quotes share, or all of the shorter one's: two words of three are no speech
LISTED = 20  # quotes a word leads to: a word of more quotes than a story's versions tells none apart
TRIED = 5  # quotes compared with a new one, those that share most words first


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Return the full form of each name: the longer name of the story that ends with it and is used most, or itself.

    Two longer names used about as often may be two people: then the short one stays. What follows "of" is another name.

    >>> full_names(["Joe Biden", "Biden", "Ann Lee", "Bo Lee", "Lee"])["Biden"]
    'Joe Biden'
    >>> full_names(["Joe Biden", "Biden", "Ann Lee", "Bo Lee", "Lee"])["Lee"]
    'Lee'
    >>> full_names(["First Baptist of Evarts", "Evarts"])["Evarts"]
    'Evarts'
    """
    used = Counter(names)
    longer: dict[str, list[str]] = {}
    for name in used:
        parts = name.split(" ")  # a name has a dozen words at most
        for ending in (" ".join(parts[i:]) for i in range(1, len(parts)) if not parts[i - 1].islower()):
            if ending in used:
                longer.setdefault(ending, []).append(name)
    full = {}
    for name in used:
        first, *others = sorted(longer.get(name, [name]), key=lambda other: (-used[other], other))
        full[name] = first if not others or used[first] >= 2 * used[others[0]] else name
    return full


def same_quotes(quotes: Iterable[str]) -> dict[str, str]:
    """Return for each quote the first one that says the same, which may be itself.

    The quotes to compare are found through the words they share, by way of at most `LISTED` quotes a word, so that the
    work grows with the number of words, not with its square.

    >>> same_quotes(["We will rebuild the quay.", "We will rebuild the quay, whatever it costs."])
    {'We will rebuild the quay.': 'We will rebuild the quay.',
    'We will rebuild the quay, whatever it costs.': 'We will rebuild the quay.'}
    """
    first: dict[str, str] = {}
    spoken: dict[str, frozenset[str]] = {}
    by_word: dict[str, list[str]] = {}
    for quote in dict.fromkeys(quotes):
        said = sorted(set(words(quote)))
        shared = Counter(other for word in said for other in by_word.get(word, ()))
        first[quote] = next((other for other, _ in shared.most_common(TRIED) if _same(said, spoken[other])), quote)
        if first[quote] == quote:
            spoken[quote] = frozenset(said)
            for word in said:
                if len(listed := by_word.setdefault(word, [])) < LISTED:
                    listed.append(quote)
    return first


def _same(said: list[str], other: frozenset[str]) -> bool:
    shared, shorter = len(other.intersection(said)), min(len(said), len(other))
    return shared >= SAME_QUOTE * shorter and shared >= min(WORDS, shorter)
