"""A regular page read from its source, compiled: imported only where pages are many.

`page` finds its nodes, of which `divide` makes blocks; `kinds` and `targets` tell what their names and links say, and
`places` where each block stands. The walk over the parser's tree in `blocks` gives the same and is the oracle.
"""

from .divide import divide
from .kinds import kinds
from .links import targets
from .page import page
from .places import places

__all__ = ["divide", "kinds", "page", "places", "targets"]
