"""The stages in order: from what was read to findings.

`analyze` is the main job, in the order of its stages: `read` takes files and `articles` what callers hand in, `prepare`
completes them, `labels` cuts and labels them, `reporting` lays out their text (by `columns`) in the words meant,
`grouping` finds copies and stories (by `decisive`, `pairs` and `copy_groups`), `relations` the pairs to tell, and
`findings` puts together what the reader is told (with `origins`, `traces`, `revisions`). `compare` takes two articles.
`kernels` has the compiled loops made ready meanwhile.
"""

from .analyze import analyze, label_pages
from .articles import as_article
from .labels import Labelled, label_articles
from .prepare import prepare
from .read import read

__all__ = ["Labelled", "analyze", "as_article", "label_articles", "label_pages", "prepare", "read"]
