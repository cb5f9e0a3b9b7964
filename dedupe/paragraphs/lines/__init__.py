"""Rules on single lines, by their own words: each returns which blocks are furniture, a prompt, a caption and so on.

`paragraphs.asked` says which of them need not be tried on some pages.
"""

from .captions import captions
from .credits import bylines, credits, inquiries, reporters
from .furniture import addresses, edges, lists_of_tags, what_furniture_is
from .headlines import headlines
from .itself import origins, publishers, remarks
from .leads import leads
from .notes import authors, notes
from .prompts import commissions, consents, prompts, sharing
from .scrambled import scrambled
from .sentences import sentences
from .stamps import stamps

__all__ = [
    "addresses", "authors", "bylines", "captions", "commissions", "consents", "credits", "edges", "headlines",
    "inquiries", "leads", "lists_of_tags", "notes", "origins", "prompts", "publishers", "remarks", "reporters",
    "scrambled", "sentences", "sharing", "stamps", "what_furniture_is",
]  # fmt: skip
