"""What an article is: a verdict with its reasons."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATION_CODE, RELATIONS, Relation, Verdict, VerdictKind, percent
from .credits import foreign, parts, who_names, whole_from_outside
from .phrases import published

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from ..model import Attribution, Derivation, Shares
    from .derive import Close, Derived
    from .origin import Origin

MOSTLY = 0.5  # of an article's reporting
PARTS = 5  # sources of a digest that are named
FEW = 30  # words of reporting below which nothing can be said of where they come from


# How an article stands to another one where nothing tells which came first.
_STANDS = {
    Relation.IDENTICAL: "it is identical to",
    Relation.NEAR_DUPLICATE: "it has most of its text in common with",
    Relation.EXCERPT: "it has a piece of text in common with",
    Relation.REWRITE: "it tells in other words what is told by",
}


def all_from_outside(origin: Origin) -> tuple[str, Attribution] | None:
    """Return the source that a page says all of its text is from, an agency or where it was published first."""
    credit = whole_from_outside(origin)
    return credit if credit and (credit[1].kind == "agency" or published(credit[1].evidence)) else None


def judge(
    origins: Sequence[Origin], share: Sequence[Shares], reporting: NDArray[np.int64], derived: Derived, close: Close,
    own_quotes: NDArray[np.int64],
) -> list[Verdict]:  # fmt: skip
    """Return a verdict on each article.

    `reporting`: its words of reporting; `own_quotes`: how many quotations no other version of its story has.
    """
    outlet = {origin.id: origin.outlet for origin in origins}
    taken = _by([item for item in derived.found if item.source], attrgetter("copy"))
    given = _by([item for item in derived.found if item.source], attrgetter("source"))
    before = _by(derived.passed_over, attrgetter("source"))
    every = np.ones(len(close.a), dtype=bool)
    closest, _ = _closest(len(origins), close, every)
    undecided, beside = _closest(len(origins), close, ~_decided(origins, derived, close))
    verdicts = []
    for row, origin in enumerate(origins):
        words, relation = int(reporting[row]), RELATIONS[undecided[row]]
        verdict = (
            _verdict(origin, share[row], words, taken.get(origin.id, []), RELATIONS[closest[row]], outlet)
            or _source(share[row], given.get(origin.id, []))
            or _alone(origin, share[row], words, relation, origins[beside[row]].id, before.get(origin.id, []))
        )
        verdicts.append(_with_quotes(verdict, int(own_quotes[row])))
    return verdicts


def _by(derivations: Sequence[Derivation], end: Callable[[Derivation], str]) -> dict[str, list[Derivation]]:
    found: dict[str, list[Derivation]] = {}
    for item in derivations:
        found.setdefault(end(item), []).append(item)
    return found


def _decided(origins: Sequence[Origin], derived: Derived, close: Close) -> NDArray[np.bool_]:
    """Return for each pair whether it is known which of the two came first."""
    row, n = {origin.id: i for i, origin in enumerate(origins)}, np.int64(max(len(origins), 1))
    ends = [sorted((row[d.source], row[d.copy])) for d in (*derived.found, *derived.passed_over) if d.source]
    known = np.array(ends, dtype=np.int64).reshape(-1, 2)
    return np.isin(close.a * n + close.b, known[:, 0] * n + known[:, 1])


def _closest(n: int, close: Close, of: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the strongest relation each article has in some of the pairs, uint8, and to which row, int64.

    An article of none of them is unrelated to itself.
    """
    row, other = np.concatenate((close.a[of], close.b[of])), np.concatenate((close.b[of], close.a[of]))
    code, sure = np.tile(close.relation[of], 2), np.tile(close.confidence[of], 2)
    order = np.lexsort((other, -sure, code, row))
    rows, first = np.unique(row[order], return_index=True)
    closest, to = np.full(n, RELATION_CODE[Relation.UNRELATED], dtype=np.uint8), np.arange(n)
    closest[rows], to[rows] = code[order][first], other[order][first]
    return closest, to


def _with_quotes(verdict: Verdict, count: int) -> Verdict:
    """Return the verdict with the quotations only this version has among its reasons."""
    if not count or (verdict.kind == VerdictKind.SYNDICATED and not verdict.shares.original):
        return verdict  # all of its text is another's, and so are the quotations
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
    if len(several := parts(origin)) > 1:
        more = f" and {len(several) - PARTS} more" if len(several) > PARTS else ""
        why = f"its parts name sources of their own: {', '.join(several[:PARTS])}{more}"
        return Verdict(VerdictKind.AGGREGATED, 0.8, share, (why,))
    others = [item for item in taken if not origin.outlet or outlet[item.source] != origin.outlet]
    if len(others) > 1 and _of_reporting(share) >= MOSTLY:
        names = " and ".join(item.source for item in others)
        return Verdict(VerdictKind.AGGREGATED, others[-1].confidence, share, (f"put together from {names}",))
    if others:
        return _taken(share, others[0], closest)
    if credit := whole_from_outside(origin):
        key, outside = credit
        kind = VerdictKind.SYNDICATED if all_from_outside(origin) else VerdictKind.REWRITE
        why = f"{who_names(origin, key)} names {outside.name} as its source: “{outside.evidence}”"
        return Verdict(kind, 0.8, share, (why,))
    if taken:
        before = f"{percent(_of_reporting(share))} of it had stood on the outlet's pages before"
        how = before if share.reused else "told in other words"
        why = f"an update of its own outlet's {taken[0].source}: {how}"
        return Verdict(VerdictKind.ORIGINAL, taken[0].confidence, share, (why,))
    return None


def _source(share: Shares, given: Sequence[Derivation]) -> Verdict | None:
    """Return the verdict on an article that others took from, and that took from none itself."""
    if not given or _of_reporting(share) >= MOSTLY:
        return None
    surest = min(given, key=lambda item: (-item.confidence, item.copy))
    copies = f"{surest.copy} was taken from it" + (f", and {len(given) - 1} more" if len(given) > 1 else "")
    return Verdict(VerdictKind.ORIGINAL, surest.confidence, share, (copies, *surest.evidence))


def _taken(share: Shares, source: Derivation, closest: Relation) -> Verdict:
    """Return the verdict on an article taken from one source in the corpus."""
    reused = _of_reporting(share)
    part = f"{percent(reused)} of its reporting was taken, from {source.source}"
    why = (part if reused else f"it has little in common with {source.source} but what both quote", *source.evidence)
    if reused >= MOSTLY or closest == Relation.IDENTICAL:
        return Verdict(VerdictKind.SYNDICATED, source.confidence, share, why)
    if closest == Relation.REWRITE:
        tells = f"it tells in other words what {source.source} tells"
        return Verdict(VerdictKind.REWRITE, source.confidence, share, (tells, *source.evidence))
    return Verdict(VerdictKind.ORIGINAL, round(1 - reused, 4), share, why)


def _alone(
    origin: Origin, share: Shares, words: int, closest: Relation, other: str, before: Sequence[Derivation]
) -> Verdict:
    """Return the verdict on an article of which no source is known.

    `other`: the id of what it is closest to, of all of which it is not known whether they came before or after it;
    `before`: the derivations that were passed over, since the copy was taken from another version of it.
    """
    if closest in _STANDS:
        why = f"{_STANDS[closest]} {other}, and neither a date nor a credit tells which came first"
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (why,))
    if before:
        surest = min(before, key=lambda item: (-item.confidence, item.copy))
        why = f"it came before {surest.copy}, which was taken from another version of it"
        return Verdict(VerdictKind.ORIGINAL, surest.confidence, share, (why, *surest.evidence))
    if words < FEW:
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (f"{words} words of reporting are too few to tell",))
    credits = next(
        (f"only a part of it is credited to {said.name}: “{said.evidence}”" for _, said in foreign(origin)),
        "it credits none",
    )
    if closest == Relation.SAME_STORY:
        why = f"others here tell the same story, but none has its text or its telling, and {credits}"
        return Verdict(VerdictKind.ORIGINAL, 0.7, share, (why,))
    return Verdict(VerdictKind.ORIGINAL, 0.6, share, (f"no other article here tells its story, and {credits}",))


def _of_reporting(share: Shares) -> float:
    reporting = share.original + share.reused
    return share.reused / reporting if reporting else 0.0
