"""Candidate pairs: texts that share a bucket of a band or passages, each pair compared exactly.

Identical texts are collapsed first. Texts meet in the buckets of their band keys (alike as a whole) and in those of
their sketches (one in another, at any ratio of lengths). Every pair that met is verified on the true shingle sets.
"""

from .find import Candidates, find, find_keyed, halved_parts, overlap_of, search, worth_keeping
from .keys import Keys, Part, Words, keys

__all__ = [
    "Candidates", "Keys", "Part", "Words", "find", "find_keyed", "halved_parts", "keys", "overlap_of", "search",
    "worth_keeping",
]  # fmt: skip
