"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from .groups import copy_groups
from .linkage import ALONE, THRESHOLD, stories
from .mates import REACH

__all__ = ["ALONE", "REACH", "THRESHOLD", "copy_groups", "stories"]
