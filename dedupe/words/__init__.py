"""What a word is, in any script: the one definition that every stage counts, hashes and cuts by.

A word is a run of letters, digits and the marks that combine with them; case is folded one character to one
character, and so is what outlets spell in two ways: digits of other scripts and of full width, letters of Arabic and
Persian, traditional characters of Chinese; signs of vowels that most leave out are nothing. A character of a script
that is written without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar, ...) is a word of its own, with the marks that
follow it. Everything else, apostrophes and underscores included, divides words.

The character classes come from Unicode 14.0 as a table that ships with the package, so that the words of a
text do not depend on the Python that counts them. `python -m training.characters` makes it.

`plain` finds the words of texts, `chunks` does so by the kernel, and `batch` takes one of them. `blocks` tells which
words stand in which blocks, `phrases` looks up words in a row, `stems` cuts words to their first letters,
`marks` tells where straight quotation marks open and close.
"""

from .batch import CHARACTERS, tokenize
from .blocks import Kept, block_tokens, chosen, kept_blocks, told, unlisted, words_of, woven
from .marks import CLOSING, OPENING
from .plain import (
    ALL_CAPITALS,
    ALONE,
    AS_TWO_WORDS,
    CAPITAL,
    CLASS,
    DIGIT,
    DIVIDER,
    FIRST_BYTES,
    IDEOGRAPH,
    LETTER,
    MARK,
    MISREAD,
    NOTHING,
    NUMERIC,
    PAD,
    SINGLE,
    SLOT_SHIFT,
    SPREAD,
    UPPER,
    Tokens,
    character_table,
    code_points,
    fold,
    in_slots,
    joined_points,
    mix,
    slots_of,
    small_letters,
    words,
)
from .stems import ROOT, STEM, row_chunks, stems

__all__ = [
    "ALL_CAPITALS", "ALONE", "AS_TWO_WORDS", "CAPITAL", "CHARACTERS", "CLASS", "CLOSING", "DIGIT", "DIVIDER",
    "FIRST_BYTES", "IDEOGRAPH", "LETTER", "MARK", "MISREAD", "NOTHING", "NUMERIC", "OPENING", "PAD", "ROOT", "SINGLE",
    "SLOT_SHIFT", "SPREAD", "STEM", "UPPER", "Kept", "Tokens", "block_tokens", "character_table", "chosen",
    "code_points", "fold", "in_slots", "joined_points", "kept_blocks", "mix", "row_chunks", "slots_of", "small_letters",
    "stems", "tokenize", "told", "unlisted", "words", "words_of", "woven",
]  # fmt: skip
