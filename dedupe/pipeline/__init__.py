"""The stages in order: from what was read to findings.

`analyze` is the main job, in the order of its stages: `prepare` makes articles, `labels` cuts and labels them,
`columns` lays them out, `reread` takes misread words for what was meant, `grouping` finds copies and stories (by
`decisive`, `pairs` and `copy_groups`), `relations` the pairs to tell, and `findings` puts together what the reader is
told (with `origins`, `traces`, `revisions`). `compare` takes two articles. `kernels` has the compiled loops made ready.
"""

from .analyze import analyze, label_pages
from .labels import Labelled, label_articles
from .prepare import as_article, prepare, read

__all__ = ["Labelled", "analyze", "as_article", "label_articles", "label_pages", "prepare", "read"]
