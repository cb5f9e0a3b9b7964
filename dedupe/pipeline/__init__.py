"""The stages in order: from what was read to findings.

`analyze` is the main job. It calls, in this order:

1. `read` for files, or `articles` for what a caller hands in; `prepare` completes what a page does not say by itself.
2. `labels` cuts pages into paragraphs and gives these roles.
3. `reporting` keeps the reporting of each page as columns (`columns`), misread print as the words that were meant.
4. `grouping` finds copies and stories, with `decisive`, `pairs` and `copy_groups`.
5. `relations` chooses the pairs to tell.
6. `findings` puts together what the reader is told, with `origins`, `traces` and `revisions`.

`compare` tells how two articles stand to each other. `kernels` loads or compiles the inner loops meanwhile.
"""

from .analyze import analyze, label_pages
from .articles import as_article
from .labels import Labelled, label_articles
from .prepare import prepare
from .read import read

__all__ = ["Labelled", "analyze", "as_article", "label_articles", "label_pages", "prepare", "read"]
