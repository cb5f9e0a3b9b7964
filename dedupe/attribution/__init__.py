"""Who a page says its text comes from, and in what words.

The modules in the order of their work:

1. `find` goes through heads and paragraphs; `sift` tells which paragraphs of a large batch may name a source at all.
2. `paragraph` reads one of them: agencies' tags at its ends (`tags`), phrases and labels (`phrases`), who had the news
   first (`news`), but no credit of a picture (`pictures`).
3. `names` cuts names out of what follows; `agencies` knows agencies by their many names.
4. `digest` tells pages that are put together of parts, each with a source of its own.
"""

from .agencies import agency_of, domains, mentions
from .find import Lines, find, sources, to_read

__all__ = ["Lines", "agency_of", "domains", "find", "mentions", "sources", "to_read"]
