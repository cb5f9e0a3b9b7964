"""The stages in order: from articles to findings."""

from .analyze import analyze, label_pages
from .labels import Labelled, label_articles
from .prepare import as_article, prepare, read

__all__ = ["Labelled", "analyze", "as_article", "label_articles", "label_pages", "prepare", "read"]
