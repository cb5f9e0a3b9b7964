"""Files to records: every input is read as far as it can be, and what cannot be is listed with its reason.

Nothing is unpacked to disk, nothing but regular files is opened, links are not followed, and no more than one record
(at most `LIMIT` bytes) is held at a time, whatever a file claims or unpacks to.

The modules in the order of their work:

1. `read` goes through all files; `walk` finds them, `opening` tells what one is by how it opens.
2. `stream` opens a file and unpacks it, `decode` makes text of its bytes.
3. `formats` takes the reader that its format needs: `json` (with `wrapped`), `table`, `feed`, `warc`, `archive`.
4. `record` makes a record of what was found. `reread` mends a text that was read in the wrong encoding before.
5. `json_lines` reads JSON lines as bytes, for what takes millions of them.
"""

from .decode import decode, not_text
from .formats import FAULTS
from .read import LISTED, items, listed, records, taken, wanted
from .record import NAMES, NEITHER, Record, has_text, kind_of_value, plain, some
from .reread import reread
from .stream import LIMIT, STDIN
from .table import DELIMITERS
from .walk import ARCHIVES, Source, kind_of, sources

__all__ = [
    "ARCHIVES", "DELIMITERS", "FAULTS", "LIMIT", "LISTED", "NAMES", "NEITHER", "STDIN", "Record", "Source", "decode",
    "has_text", "items", "kind_of", "kind_of_value", "listed", "not_text", "plain", "records", "reread", "some",
    "sources", "taken", "wanted",
]  # fmt: skip
