"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from .groups import copy_groups, joined_groups
from .linkage import THRESHOLD, alone_among, stories
from .mates import REACH

__all__ = ["REACH", "THRESHOLD", "alone_among", "copy_groups", "joined_groups", "stories"]
