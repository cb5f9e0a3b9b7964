"""What single lines say by their own words: that they are furniture, a note on somebody, a prompt, a caption, a
credit, report, or scrambled.

Each rule returns which blocks are so; `asked` beside this folder tells which of them may find any on some pages.
"""

from .captions import captions
from .credits import bylines, credits
from .furniture import addresses, edges, lists_of_tags, what_furniture_is
from .leads import leads
from .notes import notes
from .prompts import prompts
from .scrambled import scrambled
from .sentences import sentences
from .stamps import stamps

__all__ = [
    "addresses",
    "bylines",
    "captions",
    "credits",
    "edges",
    "leads",
    "lists_of_tags",
    "notes",
    "prompts",
    "scrambled",
    "sentences",
    "stamps",
    "what_furniture_is",
]
