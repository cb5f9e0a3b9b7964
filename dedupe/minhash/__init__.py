"""MinHash signatures, bit for bit those of datasketch 2.0 (scheme `affine32`), and the band keys made of them."""

from __future__ import annotations

from .batch import band_keys, signatures
from .plain import permutation_constants

__all__ = ["band_keys", "permutation_constants", "signatures"]
