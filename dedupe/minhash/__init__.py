"""MinHash signatures, bit for bit those of datasketch 2.0 (scheme `affine32`), and the band keys made of them."""

from __future__ import annotations

from .plain import band_keys, band_weights, permutation_constants, premix, signatures

__all__ = ["band_keys", "band_weights", "permutation_constants", "premix", "signatures"]
