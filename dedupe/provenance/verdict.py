"""What an article is: a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from ..model import RELATIONS, Attribution, Derivation, Relation, Shares, Verdict, VerdictKind, count, percent
from ..model.codes import UNRELATED
from .credits import all_from_outside, foreign, in_words, parts, who_names, whole_from_outside
from .derive import Close, Derived
from .origin import Origin

MOSTLY = 0.5  # of an article's reporting
PARTS = 5  # sources of a digest that are named
REST = 0.05  # of it that is from elsewhere, from which on that is said: a headline's words are not
FEW = 30  # words of reporting below which nothing can be said of where they come from
# How an article stands to another one where nothing tells which came first.
_STANDS = {
    Relation.IDENTICAL: "it is identical to",
    Relation.NEAR_DUPLICATE: "it has most of its text in common with",
    Relation.EXCERPT: "it has a piece of text in common with",
    Relation.REWRITE: "it tells in other words what is told by",
}
_PART = "only a part of it is credited to"
_CREDITS = {"news": "it has news from"}
# What an article makes of a source whose words it does not have.
_RETOLD = {
    Relation.REWRITE: "it tells in other words what {} tells",
    Relation.SAME_STORY: "it tells the story in its own way, with news from {}",
}


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
    own = _of_one_outlet(origins, close)
    of_others = _closest(len(origins), close, ~_decided(origins, derived, close) & ~own)
    of_own = _closest(len(origins), close, own)
    columns = (column.tolist() for column in (reporting, own_quotes, *of_others, *of_own))
    verdicts = []
    for origin, shares, words, quotes, undecided, beside, again, where in zip(origins, share, *columns, strict=True):
        closest, update = RELATIONS[undecided], RELATIONS[again]
        verdict = (
            _sourced(origin, shares, words, taken.get(origin.id, ()), derived.stands, outlet)
            or _source(origin, shares, given.get(origin.id, ()), outlet)
            or _of_one_agency(origin, shares, closest, origins[beside])
            or _undecided(shares, closest, origins[beside].id)
            or _earlier(shares, before.get(origin.id, ()))
            or _again(shares, update, origins[where].id)
            or _alone(origin, shares, words, Relation.SAME_STORY in (closest, update))
        )
        verdicts.append(_with_quotes(verdict, quotes))
    return verdicts


def _of_one_outlet(origins: Sequence[Origin], close: Close) -> NDArray[np.bool_]:
    """Return for each pair whether both are of one outlet, which cannot have taken its text from itself."""
    code: dict[str, int] = {}
    outlet = np.array([code.setdefault(origin.outlet, len(code)) for origin in origins], dtype=np.int64)
    unknown = code.get("", -1)
    return (outlet[close.a] == outlet[close.b]) & (outlet[close.a] != unknown)


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
    """Return the strongest relation that each article has in the pairs `of`, uint8, and to which row, int64.

    An article without such a pair is unrelated, to itself.
    """
    row, other = np.concatenate((close.a[of], close.b[of])), np.concatenate((close.b[of], close.a[of]))
    code, sure = np.tile(close.relation[of], 2), np.tile(close.confidence[of], 2)
    order = np.lexsort((other, -sure, code, row))
    rows, first = np.unique(row[order], return_index=True)
    closest, to = np.full(n, UNRELATED, dtype=np.uint8), np.arange(n)
    closest[rows], to[rows] = code[order][first], other[order][first]
    return closest, to


def _with_quotes(verdict: Verdict, own: int) -> Verdict:
    """Return the verdict with the quotations only this version has among its reasons."""
    if not own or (verdict.kind == VerdictKind.SYNDICATED and not verdict.shares.original):
        return verdict  # all of its text is another's, and so are the quotations
    said = f"{count(own, 'quotation')} that no other version here has: a sign of its own reporting"
    against = verdict.kind not in (VerdictKind.ORIGINAL, VerdictKind.UNCLEAR)
    reasons = *verdict.reasons, f"but {said}" if against else said
    return Verdict(verdict.kind, verdict.confidence, verdict.shares, reasons)


def _sourced(
    origin: Origin, share: Shares, words: int, taken: Sequence[Derivation],
    stands: Mapping[tuple[str, str], Relation], outlet: Mapping[str, str],
) -> Verdict | None:  # fmt: skip
    """Return the verdict on an article without reporting or with a known source; None for any other."""
    if not words:
        return Verdict(VerdictKind.UNCLEAR, 1.0, share, ("there is no reporting on the page",))
    if not origin.named and not taken:  # most articles
        return None
    others = [item for item in taken if not origin.outlet or outlet[item.source] != origin.outlet]
    if several := _aggregated(origin, share, others):
        return several
    relation = stands[others[0].source, origin.id] if others else Relation.UNRELATED
    credit = whole_from_outside(origin)
    if others and not (relation in _RETOLD and credit and credit[0] != outlet[others[0].source]):
        return _taken(share, others[0], relation)
    if credit:
        told = [_RETOLD[relation].format(item.source) for item in others[:1]]
        return _credited(origin, share, *credit, told)
    return _updated(share, taken[0]) if taken else None


def _aggregated(origin: Origin, share: Shares, others: Sequence[Derivation]) -> Verdict | None:
    """Return the verdict on an article of several sources, as it says or its text tells; `others`: of other outlets."""
    feed = all_from_outside(origin)
    for _, said in origin.named:
        if said.kind == "self" and not (feed and feed[1].kind == "agency"):  # "from a syndicated feed", and from whose
            return Verdict(VerdictKind.AGGREGATED, 0.9, share, (f"it says of itself: {in_words(said)}",))
    if len(several := parts(origin)) > 1:
        more = f" and {len(several) - PARTS} more" if len(several) > PARTS else ""
        why = f"its parts name sources of their own: {', '.join(several[:PARTS])}{more}"
        return Verdict(VerdictKind.AGGREGATED, 0.8, share, (why,))
    if len(others) > 1 and _of_reporting(share) >= MOSTLY:
        *most, last = [item.source for item in others[:PARTS]] + [f"{len(others) - PARTS} more"] * (len(others) > PARTS)
        why = f"put together from {', '.join(most)} and {last}"
        return Verdict(VerdictKind.AGGREGATED, others[-1].confidence, share, (why,))
    return None


def _credited(origin: Origin, share: Shares, key: str, outside: Attribution, told: Sequence[str]) -> Verdict:
    """Return the verdict on an article that names one source for all of it; `told`: what else it makes of another."""
    kind = VerdictKind.SYNDICATED if all_from_outside(origin) else VerdictKind.REWRITE
    if key in origin.carried and _of_reporting(share) < MOSTLY:
        kind = VerdictKind.ORIGINAL
    why = f"{who_names(origin, key)} names {outside.name} as its source: {in_words(outside)}"
    return Verdict(kind, 0.8, share, (why, *told))


def _updated(share: Shares, before: Derivation) -> Verdict:
    """Return the verdict on an article that goes on from an earlier one of its own outlet."""
    stood = f"{percent(_of_reporting(share))} of it had stood on the outlet's pages before"
    why = f"an update of its own outlet's {before.source}: {stood if share.reused else 'told in other words'}"
    return Verdict(VerdictKind.ORIGINAL, before.confidence, share, (why,))


def _source(origin: Origin, share: Shares, given: Sequence[Derivation], outlet: Mapping[str, str]) -> Verdict | None:
    """Return the verdict on an article that others took from, and that took from none itself."""
    if not given or _of_reporting(share) >= MOSTLY:
        return None
    others = [item for item in given if not origin.outlet or outlet[item.copy] != origin.outlet]
    surest = min(others or given, key=lambda item: (-item.confidence, item.copy))
    more = f", and {len(others or given) - 1} more" if len(others or given) > 1 else ""
    told = f"{surest.copy} was taken from it" if others else f"its own outlet went on from it in {surest.copy}"
    return Verdict(VerdictKind.ORIGINAL, surest.confidence, share, (told + more, *surest.evidence))


def _taken(share: Shares, source: Derivation, relation: Relation) -> Verdict:
    """Return the verdict on an article taken from one source in the corpus, given how it stands to that."""
    if relation in _RETOLD:
        kind = VerdictKind.REWRITE if relation == Relation.REWRITE else VerdictKind.ORIGINAL
        return Verdict(kind, source.confidence, share, (_RETOLD[relation].format(source.source), *source.evidence))
    reused, here = _of_reporting(share), _of_reporting(share, source.source)
    part = f"{percent(here)} of its reporting was taken from {source.source}"
    if reused - here >= REST:
        part += f", {percent(reused - here)} from elsewhere"
    why = (part if reused else f"it has little in common with {source.source} but what both quote", *source.evidence)
    if reused >= MOSTLY or relation == Relation.IDENTICAL:
        return Verdict(VerdictKind.SYNDICATED, source.confidence, share, why)
    return Verdict(VerdictKind.ORIGINAL, round(1 - reused, 4), share, why)


def _of_one_agency(origin: Origin, share: Shares, closest: Relation, other: Origin) -> Verdict | None:
    """Return the verdict on an article that was written with an agency's text, where another here is all of that.

    "With files from AP" says of no part whose it is; what stands in the agency's own text, or a copy of it, is, and
    so is what tells that in other words.
    """
    retold = closest == Relation.REWRITE
    credit = all_from_outside(other) if retold or (closest in _STANDS and _of_reporting(share) >= MOSTLY) else None
    if not credit or credit[1].kind != "agency" or not any(key == credit[0] for key, _ in foreign(origin)):
        return None
    part, name = percent(_of_reporting(share)), credit[1].name
    told = _RETOLD[closest].format(other.id) if retold else f"{part} of its reporting stands in {other.id}"
    why = f"{told}, which is all {name}'s, and it names {name} too"
    return Verdict(VerdictKind.REWRITE if retold else VerdictKind.SYNDICATED, 0.8, share, (why,))


def _undecided(share: Shares, closest: Relation, other: str) -> Verdict | None:
    """Return the verdict on an article of which it is not known whether it came before or after what it is closest to.

    `other`: the id of that.
    """
    if closest not in _STANDS:
        return None
    why = f"{_STANDS[closest]} {other}, and dates and credits do not tell which came first"
    return Verdict(VerdictKind.UNCLEAR, 0.5, share, (why,))


def _earlier(share: Shares, before: Sequence[Derivation]) -> Verdict | None:
    """Return the verdict on an article that came before a copy of another version; `before`: what was passed over."""
    if not before:
        return None
    surest = min(before, key=lambda item: (-item.confidence, item.copy))
    why = f"it came before {surest.copy}, which was taken from another version of it"
    return Verdict(VerdictKind.ORIGINAL, surest.confidence, share, (why, *surest.evidence))


def _again(share: Shares, closest: Relation, other: str) -> Verdict | None:
    """Return the verdict on an article that only its own outlet has elsewhere, given what of that is closest to it."""
    if closest not in _STANDS:
        return None
    return Verdict(VerdictKind.ORIGINAL, 0.6, share, (f"{_STANDS[closest]} {other}, which is its own outlet's too",))


def _alone(origin: Origin, share: Shares, words: int, one_of_many: bool) -> Verdict:
    """Return the verdict on an article that has nothing of another; `one_of_many`: others tell the same story."""
    if words < FEW:
        few = f"{count(words, 'word')} of reporting {'is' if words == 1 else 'are'} too few to tell"
        return Verdict(VerdictKind.UNCLEAR, 0.5, share, (few,))
    credits = next(
        (f"{_CREDITS.get(said.kind, _PART)} {said.name}: {in_words(said)}" for _, said in foreign(origin)),
        "it names no outlet or agency as its source",
    )
    if one_of_many:
        why = f"others here tell the same story, but not in its words or its way, and {credits}"
        return Verdict(VerdictKind.ORIGINAL, 0.7, share, (why,))
    why = f"no other article here was found to tell its story, and {credits}"
    return Verdict(VerdictKind.ORIGINAL, 0.6, share, (why,))


def _of_reporting(share: Shares, source: str | None = None) -> float:
    """Return the share of an article's reporting that it took from others, or from one source."""
    reporting = share.original + share.reused
    taken = share.reused if source is None else sum(item.share for item in share.by_source if item.source == source)
    return min(taken / reporting, 1.0) if reporting else 0.0
