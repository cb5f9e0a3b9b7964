"""A page read without a walk over the parser's tree, compiled: imported only where pages are many.

`page` reads a regular page from its source, without a parser. Another the parser writes out again in one string, which
`scan` reads. The walk over the tree in `blocks` gives the same and is the oracle.
"""

from .divide import divide
from .kinds import kinds
from .links import targets
from .page import page
from .places import places
from .scan import scan

__all__ = ["divide", "kinds", "page", "places", "scan", "targets"]
