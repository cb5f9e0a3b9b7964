"""What a page's text and address plainly say of it: title, author, date, outlet.

The modules in the order of their work:

1. `complete` brings together what tags and text say; `addresses` tells outlet and date by the address.
2. `bylines` reads the lines of a text, by their shapes (`lines`): its headline (`headline`), its author (`authors`),
   whom a report in Chinese, Japanese or Korean names in its own first or last line (`datelines`).
3. `people` cuts names out of a line or tag, `dates` reads dates, those of other `calendars` too.
"""

from .addresses import date_of_url, outlet_of_url
from .complete import complete
from .dates import day_first, find_date, parse_date

__all__ = ["complete", "date_of_url", "day_first", "find_date", "outlet_of_url", "parse_date"]
