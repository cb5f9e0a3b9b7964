"""What a page tells of its own origin, and what of it speaks for one page being the source of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Attribution

# Log odds that a copy was taken from a source, by kind of evidence. A tag is written by a machine for this very
# purpose; a credit can name a common source; a date alone is right in most pairs but not in all (crawlers stamp pages
# late, outlets backdate), and a longer text may be the source or have put two together.
TAGGED, CREDITED, LEFT_OVER, EARLIER, SAME_DAY, LONGER = 4.0, 3.0, 2.0, 1.5, 0.5, 0.4
AT_ONCE = 10 / (24 * 60)  # days: versions this close together went out of several systems at once
COMMON = 0.3  # of what dates tell counts where both pages name the same third source


_SPOKEN_TO = r"(?:\b(?:told|tells|speaking to|spoke to|interview with|according to)\b (?:[Tt]he )?|[—–] ?)"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a page tells of where it comes from.

    `outlet` and the names of `named` are keys: equal for one outlet or agency however it is written, "" for unknown.
    `day` is days since 1970 or nan; `timed` says whether the hour is known too.
    """

    id: str
    outlet: str
    name: str
    host: str
    url: str
    canonical: str
    canonical_host: str
    syndication: tuple[str, ...]
    day: float
    timed: bool
    published: str
    named: tuple[tuple[str, Attribution], ...]
    text: str


def signs(source: Origin, copy: Origin) -> list[tuple[float, str]]:
    """Return (log odds, words) for each sign that `copy` was taken from `source`."""
    found = [*_tags(source, copy)]
    for key, attribution in copy.named:
        if key and key == source.outlet != copy.outlet:
            found.append((CREDITED, f"{copy.id} names {attribution.name}: “{attribution.evidence}”"))
            break
    if _left_over(source, copy):
        found.append((LEFT_OVER, f"the text of {copy.id} still speaks of {source.name}"))
    earlier = _earlier(source, copy)
    if earlier:
        words = f"{source.id} was published earlier ({source.published}, then {copy.published})"
        found.append((earlier * (COMMON if _common(source, copy) else 1.0), words))
    return found


def _tags(source: Origin, copy: Origin) -> list[tuple[float, str]]:
    if copy.canonical and copy.canonical == source.url:
        return [(TAGGED, f"the canonical link of {copy.id} is {source.url}")]
    if any(tag in (source.url, source.host, source.outlet) for tag in copy.syndication if tag):
        return [(TAGGED, f"the syndication tag of {copy.id} names {source.name}")]
    if copy.canonical_host and copy.canonical_host == source.host != copy.host:
        return [(CREDITED, f"the canonical link of {copy.id} leads to {source.host}")]
    return []


def _left_over(source: Origin, copy: Origin) -> bool:
    """Return whether a copy speaks of the source's outlet by name, as in "told the Gazette"."""
    name = re.sub(r"^[Tt]he |\.(?:com|org|net|[a-z]{2})$", "", source.name)
    if len(name) < 4 or not source.outlet or source.outlet == copy.outlet or name not in copy.text:
        return False
    before = "" if " " in name else _SPOKEN_TO  # "Time" and "Metro" are words too
    return bool(re.search(rf"{before}(?<!\w){re.escape(name)}(?!\w)", copy.text))


def _earlier(source: Origin, copy: Origin) -> float:
    gap = copy.day - source.day
    if not isfinite(gap):
        return 0.0
    if source.timed and copy.timed:
        return EARLIER if gap > AT_ONCE else SAME_DAY if gap > 0 else 0.0
    return EARLIER if int(copy.day) > int(source.day) else 0.0


def _common(source: Origin, copy: Origin) -> bool:
    """Return whether both name one third source."""
    theirs = {key for key, _ in source.named if key}
    return any(key in theirs and key not in (source.outlet, copy.outlet) for key, _ in copy.named)
