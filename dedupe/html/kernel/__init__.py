"""The loops over a page as it is written out and over its nodes, compiled; imported only where pages are many. The walk
over the tree in `blocks` is their oracle."""

from .divide import divide
from .kinds import kinds
from .links import targets
from .places import places
from .scan import scan

__all__ = ["divide", "kinds", "places", "scan", "targets"]
