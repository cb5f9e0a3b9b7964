"""Which passages of one text stand in another."""

from .passages import align

__all__ = ["align"]
