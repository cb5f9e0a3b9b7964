"""How figures are said, in every reason, message and report."""

from __future__ import annotations


def percent(share: float) -> str:
    """Return a share in whole per cent; what is there but rounds to nothing, or to all, is said so.

    >>> percent(0.256), percent(0.0), percent(0.001), percent(0.9999), percent(1.0)
    ('26 %', '0 %', '<1 %', '99 %', '100 %')
    """
    whole = round(100 * share)
    if 0 < share < 1:
        return f"{min(whole, 99)} %" if whole else "<1 %"
    return f"{whole} %"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "story", "stories"), count(5300, "article")
    ('1 story', '5,300 articles')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
