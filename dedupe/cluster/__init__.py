"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from .connected import connected, joined
from .linkage import THRESHOLD, alone_among, stories
from .mates import REACH, chance_of

__all__ = ["REACH", "THRESHOLD", "alone_among", "chance_of", "connected", "joined", "stories"]
