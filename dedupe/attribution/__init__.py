"""Who a page says its text comes from, and in what words."""

from __future__ import annotations

from .agencies import agency_of, domains
from .find import find

__all__ = ["agency_of", "domains", "find"]
