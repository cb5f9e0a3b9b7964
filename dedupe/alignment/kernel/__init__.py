"""The hot loops of alignment, compiled: each gives what its plain version gives."""

from .fit import refine
from .seeds import clusters, in_order, runs, seeds
from .terms import bags, gaps, letters, number_terms

__all__ = ["bags", "clusters", "gaps", "in_order", "letters", "number_terms", "refine", "runs", "seeds"]
