"""Find the versions of a news story: copies, excerpts, rewrites, and what on each page is not reporting.

`analyze(read(["scraped/"]))` is the main job: a `Report` of stories, pairs and who took from whom. `compare` tells how
two articles stand to each other, `align` which passages two texts share, `label` what each paragraph of a page is.
`near_duplicates` finds only the copies among very many texts. An `Index` keeps articles in a file and tells of each new
one what it repeats. `Config` has the settings; what a caller can act on is a `DedupeError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .alignment import align as align
    from .api import analyze as analyze
    from .api import label as label
    from .config import Config as Config
    from .copies import Copy as Copy
    from .copies import CopyGroup as CopyGroup
    from .copies import NearDuplicates as NearDuplicates
    from .copies import near_duplicates as near_duplicates
    from .errors import ConfigError as ConfigError
    from .errors import DedupeError as DedupeError
    from .errors import IndexFileError as IndexFileError
    from .errors import InputError as InputError
    from .index import Index as Index
    from .index import Move as Move
    from .index import Standing as Standing
    from .model import Article as Article
    from .model import Attribution as Attribution
    from .model import Derivation as Derivation
    from .model import Pair as Pair
    from .model import Paragraph as Paragraph
    from .model import Passage as Passage
    from .model import PassageKind as PassageKind
    from .model import Relation as Relation
    from .model import ReportedArticle as ReportedArticle
    from .model import Role as Role
    from .model import Shares as Shares
    from .model import Skipped as Skipped
    from .model import Story as Story
    from .model import Taken as Taken
    from .model import Verdict as Verdict
    from .model import VerdictKind as VerdictKind
    from .pipeline.compare import Comparison as Comparison
    from .pipeline.compare import compare as compare
    from .pipeline.read import Reading as Reading
    from .pipeline.read import read as read
    from .report import Report as Report

# Where names are loaded from when they are first used, so that a command pays only for what it needs.
_HOME = {
    name: module
    for module, names in {
        "alignment": "align",
        "api": "analyze label",
        "config": "Config",
        "copies": "Copy CopyGroup NearDuplicates near_duplicates",
        "errors": "ConfigError DedupeError IndexFileError InputError",
        "index": "Index Move Standing",
        "model": "Article Attribution Derivation Pair Paragraph Passage PassageKind Relation ReportedArticle Role "
        "Shares Skipped Story Taken Verdict VerdictKind",
        "pipeline.compare": "Comparison compare",
        "pipeline.read": "Reading read",
        "report": "Report",
    }.items()
    for name in names.split()
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dedupe' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
