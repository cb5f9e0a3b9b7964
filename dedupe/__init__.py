"""Find the versions of a news story: copies, excerpts, rewrites, and what on each page is not reporting.

The names below are loaded when they are first used, so that a command pays only for what it needs.
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
    from .copies import NearDuplicates as NearDuplicates
    from .copies import near_duplicates as near_duplicates
    from .errors import ConfigError as ConfigError
    from .errors import DedupeError as DedupeError
    from .errors import IndexFileError as IndexFileError
    from .errors import InputError as InputError
    from .index import Index as Index
    from .index import Standing as Standing
    from .model import Article as Article
    from .model import Derivation as Derivation
    from .model import Pair as Pair
    from .model import Paragraph as Paragraph
    from .model import Passage as Passage
    from .model import PassageKind as PassageKind
    from .model import Relation as Relation
    from .model import ReportedArticle as ReportedArticle
    from .model import Role as Role
    from .model import Skipped as Skipped
    from .model import Story as Story
    from .model import Verdict as Verdict
    from .model import VerdictKind as VerdictKind
    from .pipeline.compare import Comparison as Comparison
    from .pipeline.compare import compare as compare
    from .pipeline.read import read as read
    from .report import Report as Report

_HOME = {
    "Article": "model",
    "Comparison": "pipeline.compare",
    "Config": "config",
    "ConfigError": "errors",
    "DedupeError": "errors",
    "Derivation": "model",
    "Index": "index",
    "IndexFileError": "errors",
    "InputError": "errors",
    "NearDuplicates": "copies",
    "Pair": "model",
    "Paragraph": "model",
    "Passage": "model",
    "PassageKind": "model",
    "Relation": "model",
    "Report": "report",
    "ReportedArticle": "model",
    "Role": "model",
    "Skipped": "model",
    "Standing": "index",
    "Story": "model",
    "Verdict": "model",
    "VerdictKind": "model",
    "align": "alignment",
    "analyze": "api",
    "compare": "pipeline.compare",
    "label": "api",
    "near_duplicates": "copies",
    "read": "pipeline.read",
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
