"""What an article is: a verdict with its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATIONS, Relation, Verdict, VerdictKind
from .credits import whole_from_outside
from .phrases import published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ..model import Derivation, Shares
    from .origin import Origin

MOSTLY = 0.5  # of an article's reporting
FEW = 30  # words of reporting below which nothing can be said of where they come from


def all_from_outside(origin: Origin) -> str:
    """Return the source that a page says all of its text is from: an agency, or where it was published first; or ""."""
    credit = whole_from_outside(origin)
    if credit is None or not (credit[1].kind == "agency" or published(credit[1].evidence)):
        return ""
    return credit[1].name


def judge(
    origins: Sequence[Origin],
    share: Sequence[Shares],
    reporting: NDArray[np.int64],
    derivations: Sequence[Derivation],
    closest: NDArray[np.uint8],
    own_quotes: NDArray[np.int64],
) -> list[Verdict]:
    """Return a verdict on each article.

    `reporting`: its words of reporting; `closest`: uint8, the code of the strongest relation it has to another;
    `own_quotes`: how many quotations it has that no other version of its story has.
    """
    outlet = {origin.id: origin.outlet for origin in origins}
    taken: dict[str, list[Derivation]] = {}
    given: dict[str, list[Derivation]] = {}
    for item in derivations:
        if item.source:
            taken.setdefault(item.copy, []).append(item)
            given.setdefault(item.source, []).append(item)
    verdicts = (
        _verdict(origin, share[row], int(reporting[row]), taken.get(origin.id, []), RELATIONS[closest[row]], outlet)
        or _source(share[row], given.get(origin.id, []))
        or _alone(share[row], int(reporting[row]), RELATIONS[closest[row]])
        for row, origin in enumerate(origins)
    )
    return [_with_quotes(verdict, count) for verdict, count in zip(verdicts, own_quotes.tolist(), strict=True)]


def _with_quotes(verdict: Verdict, count: int) -> Verdict:
    """Return the verdict with the quotations only this version has among its reasons."""
    if not count:
        return verdict
    said = f"{count} quotation{'' if count == 1 else 's'} that no other version here has: a sign of its own reporting"
    against = verdict.kind not in (VerdictKind.ORIGINAL, VerdictKind.UNCLEAR)
    return replace(verdict, reasons=(*verdict.reasons, f"but {said}" if against else said))


def _verdict(
    origin: Origin, share: Shares, words: int, taken: Sequence[Derivation], closest: Relation, outlet: Mapping[str, str]
) -> Verdict | None:
    """Return the verdict on an article without reporting or with a known source; None for any other."""
    if not words:
        return Verdict(VerdictKind.UNCLEAR, 1.0, share, ("there is no reporting on the page",))
    for _, said in origin.named:
        if said.kind == "self":
            return Verdict(VerdictKind.AGGREGATED, 0.9, share, (f"it says of itself: “{said.evidence}”",))
    foreign = [item for item in taken if not origin.outlet or outlet[item.source] != origin.outlet]
    if len(foreign) > 1 and _of_reporting(share) >= MOSTLY:
        names = " and ".join(item.source for item in foreign)
        return Verdict(VerdictKind.AGGREGATED, foreign[-1].confidence, share, (f"put together from {names}",))
    if foreign:
        return _taken(share, foreign[0], closest)
    if credit := whole_from_outside(origin):
        outside = credit[1]
        kind = VerdictKind.SYNDICATED if outside.kind == "agency" else VerdictKind.REWRITE
        kind = VerdictKind.SYNDICATED if published(outside.evidence) else kind
        return Verdict(kind, 0.8, share, (f"it names {outside.name} as its source: “{outside.evidence}”",))
    if taken:
        before = f"{_percent(_of_reporting(share))} of it had stood on the outlet's pages before"
        why = f"an update of its own outlet's {taken[0].source}: {before}"
        return Verdict(VerdictKind.ORIGINAL, taken[0].confidence, share, (why,))
    return None


def _source(share: Shares, given: Sequence[Derivation]) -> Verdict | None:
    """Return the verdict on an article that others took from, and that took from none itself."""
    if not given or _of_reporting(share) >= MOSTLY:
        return None
    copies = f"{given[0].copy} was taken from it" + (f", and {len(given) - 1} more" if len(given) > 1 else "")
    return Verdict(VerdictKind.ORIGINAL, max(item.confidence for item in given), share, (copies, *given[0].evidence))


def _taken(share: Shares, source: Derivation, closest: Relation) -> Verdict:
    """Return the verdict on an article taken from one source in the corpus."""
    reused = _of_reporting(share)
    why = (f"{_percent(reused)} of its reporting was taken, from {source.source}", *source.evidence)
    if reused >= MOSTLY or closest in (Relation.IDENTICAL, Relation.NEAR_DUPLICATE):
        return Verdict(VerdictKind.SYNDICATED, source.confidence, share, why)
    if closest == Relation.REWRITE:
        tells = f"it tells in other words what {source.source} tells"
        return Verdict(VerdictKind.REWRITE, source.confidence, share, (tells, *source.evidence))
    return Verdict(VerdictKind.ORIGINAL, round(1 - reused, 4), share, why)


def _alone(share: Shares, words: int, closest: Relation) -> Verdict:
    """Return the verdict on an article of which no source is known."""
    if RELATIONS.index(closest) <= RELATIONS.index(Relation.REWRITE):
        name = closest.value.replace("_", " ")
        clause = "is identical to" if closest == Relation.IDENTICAL else f"is related to (as {name})"
        why = f"it {clause} another article here, and neither a date nor a credit tells which came first"
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (why,))
    if words < FEW:
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (f"{words} words of reporting are too few to tell",))
    if closest == Relation.SAME_STORY:
        why = "others here tell the same story, but none has its text or its telling, and it names no source"
        return Verdict(VerdictKind.ORIGINAL, 0.7, share, (why,))
    return Verdict(VerdictKind.ORIGINAL, 0.6, share, ("no other article here tells its story, and it names no source",))


def _of_reporting(share: Shares) -> float:
    reporting = share.original + share.reused
    return share.reused / reporting if reporting else 0.0


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")
