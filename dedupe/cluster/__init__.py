"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from .connected import connected, joined
from .linkage import THRESHOLD, alone_among, stories
from .mates import REACH

__all__ = ["REACH", "THRESHOLD", "alone_among", "connected", "joined", "stories"]
