"""MinHash signatures, bit for bit those of datasketch 2.0 (scheme `affine32`), and the band keys made of them.

Many texts get theirs from `candidates`, whose kernel goes from their words to their keys with the loops of this one.
"""

from .plain import band_keys, permutation_constants, signatures

__all__ = ["band_keys", "permutation_constants", "signatures"]
