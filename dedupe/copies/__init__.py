"""Groups of copies and nothing else: texts compared whole, as they were given, with all that surrounds reporting.

`find` is the job. `texts` takes the texts of any input: those that `whole` makes of records, or by `lines` those of
JSON lines, without a Python object for a text. `names` keeps their ids and titles; `found` is what is told.
"""

from .find import near_duplicates
from .found import Copy, CopyGroup, NearDuplicates

__all__ = ["Copy", "CopyGroup", "NearDuplicates", "near_duplicates"]
