"""Candidate pairs: texts that share a bucket of a band or passages, each pair compared exactly.

Identical texts are collapsed first. Texts meet in the buckets of their band keys (alike as a whole) and in those of
their sketches (one in another, at any ratio of lengths). Every pair that met is verified on the true shingle sets.
"""

from __future__ import annotations

from .find import Candidates, find, overlap_of
from .keys import Keys, keys
from .stream import find_chunks, find_texts

__all__ = ["Candidates", "Keys", "find", "find_chunks", "find_texts", "keys", "overlap_of"]
