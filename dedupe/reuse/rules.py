"""What counts as reuse of a paragraph: the numbers that the plain version and the kernel share."""

from __future__ import annotations

from typing import NamedTuple


class Rules(NamedTuple):
    """Passed to the kernel as a value: a compiled function kept on disk would not notice a constant that changed.

    `order_edited`, `order_paraphrased`: the share of both paragraphs' words, speech left out, in common order.
    Of 389 rewrites (Raidar) 75 % have at least 0.45, of 379 pairs of leads that outlets wrote independently
    (AllSides) 2 %; cosine at the same 2 % finds 28 %.
    """

    gram: int = 5  # words that make two places worth comparing, as in the copies' shingles
    tried: int = 8  # places at which they are compared; a word in more of them does not say where a paragraph is from
    gap: int = 5  # words between two runs of one stretch: a changed name, number or verb
    stretch: int = 13  # words of one that counts: names and set phrases of an event make up to twelve by themselves
    unspoken: int = 8  # of these outside quotation marks, or two outlets merely quote the same person
    quoted: int = 5  # words of speech that make a shared quotation
    piece: int = 8  # words of a paragraph in one of the other's that make a row
    verbatim: float = 0.95  # share of the paragraph's words that stand in the other one in stretches: all but a slip
    edited: float = 0.5  # most of them
    order_edited: float = 0.6
    order_paraphrased: float = 0.45
    paragraph: int = 150  # words; of a longer one, a text without paragraphs, order does not say that all was taken,
    held: float = 0.9  # nor of one whose stretches hold so much of the common order: what was put to a flash is new
    told: float = 0.3  # where so much of it stands in stretches: these tell which words were, with what is
    bridge: int = 20  # words at most between two of them: an edit, where more is a sentence that was put in
    fewest: int = 20  # words outside quotation marks below which order says nothing: headings of one event are alike
    longest: int = 1000  # words of a paragraph whose order is compared word by word


RULES = Rules()


def square(weight: float) -> int:
    """Return the square of a word's weight in 64ths: whole numbers add up to the same sum in any order.

    >>> square(0.125), square(2.0)
    (1, 256)
    """
    return round(64 * (weight * weight))
