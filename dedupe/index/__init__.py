"""The persistent index: what a pipeline asks of each article as it comes."""

from .api import Index
from .standing import Standing

__all__ = ["Index", "Standing"]
