"""Where each paragraph of each article stands elsewhere, at the scale of a corpus."""

from .find import KIND_OF, Reuse, find

__all__ = ["KIND_OF", "Reuse", "find"]
