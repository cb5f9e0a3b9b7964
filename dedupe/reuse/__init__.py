"""Where each paragraph of each article stands elsewhere, at the scale of a corpus."""

from .find import Found, find
from .quotes import quotes

__all__ = ["Found", "find", "quotes"]
