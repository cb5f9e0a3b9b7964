"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from .groups import copy_groups
from .linkage import CONTRAST, THRESHOLD, stories

__all__ = ["CONTRAST", "THRESHOLD", "copy_groups", "stories"]
