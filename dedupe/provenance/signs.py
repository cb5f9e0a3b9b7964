"""What of two pages speaks for one being the source of the other: tags, credits, leftovers, dates."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from ..model import moments
from .credits import in_words, who_names
from .naming import naming, signed
from .origin import Origin
from .phrases import is_inside, names_agencies

# Log odds that a copy was taken from a source, by kind of evidence. A tag is written by a machine for this very
# purpose; a credit can name a common source; what a page keeps by mistake was hardly put there on purpose; a date
# alone is right in most pairs but not in all (crawlers stamp pages late, outlets backdate), the day on which a third
# party saw a page is surer; and a longer text may be the source or have put two together. Agencies write what others
# run; where one takes up a paper's story it credits it, or comes later. A round-up is put together from reports.
TAGGED, CREDITED, FETCHED, LEFT_OVER, EARLIER, GLUED, SAME_DAY, LONGER = 4.0, 3.0, 2.5, 2.0, 1.5, 1.5, 0.5, 0.4
FROM_AGENCY, ROUND_UP = 1.5, 1.5
NEWS = 2.0  # whom a text names as having reported may have taken it up later
AT_ONCE = 10 / (24 * 60)  # days: versions this close together went out of several systems at once
COMMON = 0.3  # of what dates tell counts where both pages name the same third source
SHOWN = 60  # characters of a line that is quoted


class Sign(NamedTuple):
    """What speaks for one page being taken from another. `credit`: that the page says so itself, or its head does."""

    odds: float
    words: str
    credit: bool = False


def signs(source: Origin, copy: Origin) -> list[Sign]:
    """Return the signs that `copy` was taken from `source`."""
    found = [*_tags(source, copy)]
    for key, attribution in copy.named:
        if key and key == source.outlet != copy.outlet:
            says = f"{who_names(copy, key, copy.id)} names {attribution.name}: {in_words(attribution)}"
            found.append(Sign(CREDITED, says, key not in copy.carried))
            break
    else:
        if line := signed(source, copy):
            found.append(Sign(CREDITED, f"{copy.id} is signed with {source.name}: “{line}”", credit=True))
    if not found and source.agency and not copy.agency:
        named = any(said.kind == "agency" for _, said in copy.named)  # it says which, and that is another
        if line := "" if named else names_agencies(copy.traces.page):
            words = f"{copy.id} is from news agencies, of which {source.name} is one: “{line}”"
            found.append(Sign(CREDITED, words, credit=True))
        elif copy.outlet:
            found.append(Sign(FROM_AGENCY, f"{source.name} is a news agency, whose texts others run"))
    if copy.round_up and not source.round_up:
        found.append(Sign(ROUND_UP, f"{copy.id} is a round-up, which is put together from reports"))
    found += [*_left_over(source, copy), *_byline(source, copy), *dates(source, copy)]
    return found


def _tags(source: Origin, copy: Origin) -> list[Sign]:
    if copy.canonical and copy.canonical == source.url:
        return [Sign(TAGGED, f"the canonical link of {copy.id} is {source.url}", credit=True)]
    if any(tag in (source.url, source.host, source.outlet) for tag in copy.syndication if tag):
        return [Sign(TAGGED, f"the syndication tag of {copy.id} names {source.name}", credit=True)]
    if copy.canonical_host and copy.canonical_host == source.host != copy.host:
        return [Sign(CREDITED, f"the canonical link of {copy.id} leads to {source.host}", credit=True)]
    if copy.canonical_outlet and copy.canonical_outlet == source.outlet != copy.outlet:  # where addresses are unknown
        return [Sign(CREDITED, f"the canonical link of {copy.id} leads to {copy.canonical_host}", credit=True)]
    return []


def _left_over(source: Origin, copy: Origin) -> list[Sign]:
    """Return what of the source's page stands in the copy by mistake: its name, its repeated lines, its furniture."""
    found = []
    if words := naming(source, copy):
        found.append(Sign(LEFT_OVER, f"{copy.id} speaks of {source.name}: “{words}”", credit=True))
    if source.outlet and source.outlet != copy.outlet:
        own = set(copy.traces.repeated)
        own.add(source.name)  # that is told already, and stands in credits
        kept = [line for line in source.traces.repeated if line not in own and line in copy.traces.page]
        if kept:
            words = f"{copy.id} has “{_short(kept[0])}”, which {source.name} shows beside other stories too"
            found.append(Sign(LEFT_OVER, words))
    if phrase := _glued(source, copy):
        words = f"“{phrase}” stands in the midst of the text of {copy.id}, and as a line of its own in {source.id}"
        found.append(Sign(GLUED, words))
    return found


def _glued(source: Origin, copy: Origin) -> str:
    """Return a phrase of the page that is a line of its own in the source and lies inside the copy's text."""
    if not source.traces.furniture:
        return ""
    there, here = copy.text.casefold(), source.text.casefold()
    inside = (phrase for phrase in source.traces.furniture if is_inside(phrase, there) and not is_inside(phrase, here))
    return next(inside, "")


def _byline(source: Origin, copy: Origin) -> list[Sign]:
    """Return that the copy carries the byline of the source's author, who is not its own nor a common source's."""
    if _common(source, copy):
        return []
    theirs = {name.casefold() for name in copy.authors}
    for name in source.authors:
        if name.casefold() in theirs:
            if _is_full(name) and copy.home and copy.home == source.outlet != copy.outlet:
                return [Sign(LEFT_OVER, f"{name}, the author of both, writes for {source.name} on other pages")]
        elif theirs and _is_full(name) and name in copy.traces.page and name not in source.text:
            words = f"{copy.id} carries the byline of {name}, author of {source.id}, beside its own"
            return [] if any(other in source.traces.page for other in copy.authors) else [Sign(LEFT_OVER, words)]
    return []


def _is_full(name: str) -> bool:
    """Return whether a name is one that a page would not hold by chance: of two words, or of a script without case."""
    return " " in name or (len(name) > 1 and name.upper() == name.lower())


def dates(source: Origin, copy: Origin) -> list[Sign]:
    """Return the signs that the source appeared, or was seen, before the copy."""
    found = []
    earlier = _earlier(source, copy)
    if earlier:
        first, then = moments(source.published, copy.published)
        words = f"{source.id} was published earlier ({first}, then {then})"
        found.append(Sign(earlier * (COMMON if _common(source, copy) else 1.0), words))
    if _fetched_before(source, copy):
        fetched, published = moments(source.crawled, copy.published)
        words = f"{source.id} had been fetched ({fetched}) before {copy.id} was published ({published})"
        found.append(Sign(FETCHED * (COMMON if _common(source, copy) else 1.0), words))
    return found


def _earlier(source: Origin, copy: Origin) -> float:
    gap = copy.day - source.day
    if not isfinite(gap):
        return 0.0
    if source.timed and copy.timed:
        return EARLIER if gap > AT_ONCE else SAME_DAY if gap > 0 else 0.0
    return EARLIER if int(copy.day) > int(source.day) else 0.0


def _fetched_before(source: Origin, copy: Origin) -> bool:
    """Return whether the source was seen before the copy was published: it cannot have been taken from that."""
    if not isfinite(copy.day - source.fetched):
        return False
    return copy.day - source.fetched > AT_ONCE if copy.timed else int(copy.day) > int(source.fetched)


def _common(source: Origin, copy: Origin) -> bool:
    """Return whether both name one third source."""
    theirs = {key for key, _ in source.named if key}
    return any(key in theirs and key not in (source.outlet, copy.outlet) for key, _ in copy.named)


def told_of(source: Origin, copy: Origin) -> list[Sign]:
    """Return the sign that a copy names the source's outlet as the one that reported what it tells."""
    found = naming(source, copy, reported=True)
    return [Sign(NEWS, f"{copy.id} has news from {source.name}: “{found}”", credit=True)] if found else []


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else line[:SHOWN].rstrip() + "…"
