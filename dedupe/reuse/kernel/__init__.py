"""Pairs of articles compared, compiled: the same rows and marks as `plain.compare`."""

from .pairs import compare_pairs

__all__ = ["compare_pairs"]
