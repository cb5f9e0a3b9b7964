"""What the versions of a story agree on, what only some carry, and where they contradict each other."""

from .compare import facts

__all__ = ["facts"]
