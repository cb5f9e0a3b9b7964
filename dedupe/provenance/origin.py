"""What a page tells of its own origin, in a form that two pages can be compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from ..model import Attribution


@dataclass(frozen=True, slots=True)
class Traces:
    """What of a page a copy may carry along by mistake; looked for only in pages that share text or content.

    `page`: all of its text; `furniture`: phrases such as "read more" that stand in lines of their own; `repeated`:
    those of its paragraphs that its outlet shows beside other stories too; `slips`: misspelt words with what they were
    meant to be.
    """

    page: str = ""
    furniture: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)


_NONE: Mapping[str, str] = MappingProxyType({})


class Origin(NamedTuple):  # of each page of a run: a dataclass takes three times as long to make
    """What a page tells of where it comes from.

    `outlet`, `canonical_outlet`, `home` and the names of `named` are keys: equal for one outlet or agency however it is
    written, "" for unknown. `home`: the outlet its author writes for, as far as the other pages tell. `authors`: their
    names. `agency`: whether the outlet is a news agency. `round_up`: whether the page tells of many things. `day`,
    `fetched`: days since 1970 or nan; `timed` says whether the hour of publication is known too. `carried`: of the
    names of `named` those that another page with its text gives, with the id of that page.
    """

    id: str
    outlet: str
    name: str
    host: str
    url: str
    canonical: str
    canonical_host: str
    canonical_outlet: str
    syndication: tuple[str, ...]
    day: float
    timed: bool
    published: str
    fetched: float
    crawled: str
    authors: tuple[str, ...]
    home: str
    named: tuple[tuple[str, Attribution], ...]
    text: str
    traces: Traces
    agency: bool = False
    round_up: bool = False
    carried: Mapping[str, str] = _NONE
