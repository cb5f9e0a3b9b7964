"""What the versions of a story agree on, what only some carry, and where they contradict each other."""

from .compare import contradictions, facts

__all__ = ["contradictions", "facts"]
