"""What a page's text and address plainly say of it: title, author, date, outlet."""

from __future__ import annotations

from .addresses import date_of_url, outlet_of_url
from .complete import complete
from .dates import day_first, parse_date, timestamp

__all__ = [
    "complete",
    "date_of_url",
    "day_first",
    "outlet_of_url",
    "parse_date",
    "timestamp",
]
