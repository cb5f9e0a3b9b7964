"""A page as paragraphs: where each one starts and ends, how often its outlet repeats it, what it is and why."""

from .label import label, label_few
from .repeats import block_keys, site_repeats
from .segment import segment

__all__ = ["block_keys", "label", "label_few", "segment", "site_repeats"]
