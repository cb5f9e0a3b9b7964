"""The persistent index: what a pipeline asks of each article as it comes.

`api` is what callers see. An article that comes is made fit (`taking`, `pages`), held against what is near it (`near`,
`ring`, `kept`, `ties`) and judged (`judge`, `stories`, `standing`); many at once go through `bulk`. On disk, `store`
has them in the tables of `stored`, `arrays` and `postings` of one `file`, whose writer holds the `lock`; `leaving` and
`moves` are what becomes of articles and stories, `upkeep` and `merging` keep it small. `memory` is what is read of it
when it is opened, `ready` what has the compiled loops made ready.
"""

from .api import Index
from .standing import Move, Standing

__all__ = ["Index", "Move", "Standing"]
