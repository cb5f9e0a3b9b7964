"""A page of HTML as visible text, as blocks with the evidence for their roles, and what the page says of itself.

The modules in the order of their work:

1. `fragment` tells whether a text is HTML at all; `page` calls all that follow.
2. `source` reads a page in one pass over its characters, by the Standard's rules in `construction`, into `nodes`. A
   page that may break these rules is read by `tree`, with a full parser, and `blocks`.
3. `marks`, `vocabulary` and `links` tell what an element is by its tag, its attributes and its address.
4. `head` returns what the page says of itself; `whose` tells from where it was saved, and of which site its text is;
   `headline` finds a title where the head has none.
5. `evidence` measures each block: where it stands (`places`), whether the head speaks of it (`said`); `columns` names
   the measurements.
"""

from .columns import MARKUP_FEATURES
from .fragment import is_html
from .headline import site_of
from .page import Page, Parsed, compile_kernels, page_of, parse, read
from .whose import saved_from

__all__ = [
    "MARKUP_FEATURES", "Page", "Parsed", "compile_kernels", "is_html", "page_of", "parse", "read", "saved_from",
    "site_of",
]  # fmt: skip
