"""Word shingles as hashes: every run of `size` consecutive words of a text is one 32-bit number."""

from .batch import distinct, shingles
from .plain import weights

__all__ = ["distinct", "shingles", "weights"]
