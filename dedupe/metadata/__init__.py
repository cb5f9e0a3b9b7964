"""What a page's text and address plainly say of it: title, author, date, outlet."""

from __future__ import annotations

from .bylines import from_text
from .dates import find_date, parse_date, timestamp
from .outlets import outlet_of_url

__all__ = ["find_date", "from_text", "outlet_of_url", "parse_date", "timestamp"]
