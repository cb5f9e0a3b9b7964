"""Groups of copies and nothing else: texts are compared whole, as given, with all that surrounds the reporting.

`find` is the job. `texts` reads texts from any input: records (`whole`), or JSON lines without a Python object for a
text (`lines`). `names` keeps their ids and titles, and `found` is what the caller gets.
"""

from .find import near_duplicates
from .found import Copy, CopyGroup, NearDuplicates

__all__ = ["Copy", "CopyGroup", "NearDuplicates", "near_duplicates"]
