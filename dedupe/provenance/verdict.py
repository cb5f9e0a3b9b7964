"""What an article is: its words shared out by where they come from, and a verdict with its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATION_CODE, RELATIONS, Relation, Shares, Taken, Verdict, VerdictKind
from .credits import whole_from_outside
from .phrases import published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from numpy.typing import NDArray

    from ..model import Corpus, Derivation
    from .derive import Close
    from .origin import Origin

MOSTLY = 0.5  # of an article's reporting
FEW = 30  # words of reporting below which nothing can be said of where they come from


def first_to_last(corpus: Corpus, copies: Set[int]) -> NDArray[np.int64]:
    """Return the place of each row in the order in which versions count as sources, int64; a story reads its first.

    Those not known to be taken from another (`copies`: the rows of derived articles) come first, then the earliest,
    the longest, the first by id.
    """
    derived = np.isin(np.arange(len(corpus.articles)), sorted(copies))
    day = np.where(np.isfinite(corpus.published), corpus.published, np.inf)
    place = np.empty(len(day), dtype=np.int64)
    place[np.lexsort((-np.diff(corpus.tokens.first), day, derived))] = np.arange(len(day))
    return place


def reused_words(
    close: Close, covered: NDArray[np.int64], taken: set[tuple[int, int]], order: NDArray[np.int64]
) -> dict[int, list[tuple[int, int]]]:
    """Return for each row that took from others the (source row, words) it took, the first source to count first.

    `covered`: how many of an article's words stand in any other; `taken`: (source, copy) of the derivations. Where
    nothing tells the direction of a copy, the one that comes first in `order` counts as the source, so that a text
    that stands in two pages is original in one of them.

    Words that several sources have count for the one known to be the source, else for the one that comes first: each
    next source counts with its words until all that is covered is told.
    """
    found: dict[int, list[tuple[bool, int, int, int]]] = {}
    copied = close.relation <= RELATION_CODE[Relation.EXCERPT]
    columns = (close.a.tolist(), close.b.tolist(), copied.tolist(), close.shared_a.tolist(), close.shared_b.tolist())
    place = order.tolist()
    for a, b, copy, shared_a, shared_b in zip(*columns, strict=True):
        known = (a, b) in taken or (b, a) in taken
        if (b, a) in taken or (copy and not known and place[b] < place[a]):
            found.setdefault(a, []).append((not known, place[b], b, shared_a))
        elif known or copy:
            found.setdefault(b, []).append((not known, place[a], a, shared_b))
    return {row: _told_once(sorted(sources), int(covered[row])) for row, sources in sorted(found.items())}


def _told_once(sources: Sequence[tuple[bool, int, int, int]], covered: int) -> list[tuple[int, int]]:
    told = []
    for _, _, source, words in sources:
        words = min(words, covered)
        if words:
            told.append((source, words))
            covered -= words
    return told


def shares(groups: NDArray[np.int64], taken: Mapping[int, Sequence[tuple[str, str, int]]]) -> list[Shares]:
    """Return each article's shares of its words.

    `groups`: int64 of shape (n, 4), the words of reporting, credit, ad and boilerplate; `taken`: for each row that took
    from others the (id or "", name, words) of its sources. An article without words is all boilerplate.
    """
    return [_shares(words, taken.get(row, ())) for row, words in enumerate(groups.tolist())]


def _shares(groups: Sequence[int], taken: Sequence[tuple[str, str, int]]) -> Shares:
    """Return the shares of one article, each rounded so that they sum to 1 and those of its sources to the reused."""
    if not sum(groups):
        return Shares(0.0, 0.0, 0.0, 0.0, 1.0)
    reporting, *others = groups
    left = reporting
    sources = []
    for source, name, words in taken:
        sources.append((source, name, min(words, left)))
        left -= sources[-1][2]
    rounded = _rounded([*(words for *_, words in sources), *others, left])
    by_source = [
        Taken(source, name, share) for (source, name, _), share in zip(sources, rounded, strict=False) if share
    ]
    credit, ad, boilerplate, original = rounded[len(sources) :]
    reused = round(sum((item.share for item in by_source), 0.0), 4)
    return Shares(original, reused, credit, ad, boilerplate, tuple(sorted(by_source, key=_largest)))


def _largest(taken: Taken) -> tuple[float, str, str]:
    return -taken.share, taken.source, taken.source_name


def _rounded(parts: Sequence[int]) -> list[float]:
    """Return the parts of their sum, in whole ten-thousandths that sum to 1.

    >>> _rounded([1, 1, 1])
    [0.3333, 0.3334, 0.3333]
    """
    whole, told, shares = sum(parts), 0, []
    reached = 0
    for part in parts:
        reached += part
        here = (20_000 * reached + whole) // (2 * whole)
        shares.append((here - told) / 10_000)
        told = here
    return shares


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
