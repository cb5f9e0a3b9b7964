"""Who took from whom: for each article the likeliest sources, without cycles, or a source outside the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, inf, isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import RELATION_CODE, RELATIONS, Attribution, Derivation, Relation, percent
from ..model.codes import EXCERPT, REWRITE, SAME_STORY
from .acyclic import components, root_of
from .credits import foreign, in_words, who_names
from .origin import Origin
from .signs import LONGER, Sign, dates, signs, told_of

LEAST = 1.0  # log odds below which the direction is left open: 73 % would be right
ASYMMETRY = 0.2  # more of one text in the other than the reverse: below it the lengths say nothing
WHOLE = 0.8  # of a copy that its sources hold: then it is no rewrite of another page besides
SLIP = 0.5  # share of the doubt whether two texts belong together that stays with each misspelt word they share
SHOWN = 3  # of these words
BRIEF, PART = 700, 0.5  # characters of a brief, and of the report it points to: what is longer tells things of its own
SOURCES = 8  # of one article: a page put together from more is listed with the surest
AGENCY, OUTLET = 0.9, 0.8  # confidence in a source outside the corpus, which nothing but the page's own words support


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """Pairs that share text or content, as columns over pairs of rows.

    `a`, `b`: int32; `relation`: uint8; `confidence`, `containment_a`, `containment_b`: float32, how much of a stands in
    b and of b in a, of a rewrite of its content.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    relation: NDArray[np.uint8]
    confidence: NDArray[np.float32]
    containment_a: NDArray[np.float32]
    containment_b: NDArray[np.float32]


class Edge(NamedTuple):
    """That the article in row `copy` took from the one in row `source`.

    `odds`: log odds that this is the direction. `likely`: the same without the evidence of the lengths. `share`: how
    much of the copy the source has. `sure`: confidence in the relation. `slips`: misspelt words of both.
    """

    odds: float
    likely: float
    share: float
    sure: float
    source: int
    copy: int
    slips: int
    relation: Relation
    evidence: tuple[str, ...]
    credit: str

    @property
    def verbatim(self) -> bool:
        """Whether the copy has words of the source, not only what these say."""
        return RELATION_CODE[self.relation] <= EXCERPT


class Derived(NamedTuple):
    """The derivations that were found, sorted by the copy's id, the surest first.

    `passed_over`: possible sources of a copy that was taken from another version of them. `taken`: the rows (source,
    copy) of the derivations inside the corpus; `copies`: the rows of the articles with a source there. `stands`: how
    the source and the copy of each stand to each other, by their ids.
    """

    found: list[Derivation]
    passed_over: list[Derivation]
    taken: frozenset[tuple[int, int]]
    stands: dict[tuple[str, str], Relation]

    @property
    def copies(self) -> frozenset[int]:
        return frozenset(copy for _, copy in self.taken)


def derive(origins: Sequence[Origin], close: Close) -> Derived:
    """Return who took from whom.

    An article has one source in the corpus. It has several only if these share nothing with each other, so that it was
    put together from them. A source that the page names and that is not among them is listed as one outside the corpus.
    """
    edges = chain(_edges(origins, close), _news(origins, close))
    kept, passed_over = _without_cycles(sorted(edges, key=lambda e: _rank(origins, e)), _partners(close))
    inside: dict[int, set[str]] = {}
    for edge in kept:
        inside.setdefault(edge.copy, set()).update((origins[edge.source].outlet, origins[edge.source].host))
    found = [_derivation(origins, edge) for edge in kept]
    for row, origin in enumerate(origins):
        if origin.named:
            found += _outside(origin, inside.get(row, set()))
    before = [_derivation(origins, edge) for edge in passed_over]
    stands = {(origins[edge.source].id, origins[edge.copy].id): _stands(origins, edge) for edge in kept}
    return Derived(_in_order(found), _in_order(before), frozenset((edge.source, edge.copy) for edge in kept), stands)


def _stands(origins: Sequence[Origin], edge: Edge) -> Relation:
    """Return how a copy stands to its source: what has its news from there and is a brief beside it, tells it again."""
    news = edge.relation == Relation.SAME_STORY
    brief = len(origins[edge.copy].text) <= min(BRIEF, PART * len(origins[edge.source].text))
    return Relation.REWRITE if news and brief else edge.relation


def _in_order(found: list[Derivation]) -> list[Derivation]:
    return sorted(found, key=lambda item: (item.copy, -item.confidence, item.source, item.source_name))


def _rank(origins: Sequence[Origin], edge: Edge) -> tuple[bool, float, bool, float, float, float, str, str]:
    """Return the sort key of an edge: the likeliest source of a copy comes first.

    In turn: a source of words or of the telling comes before one of news alone; then the likelier direction, where
    shared slips help; then the outlet's own earlier version; then the source that holds more of the copy, of a rewrite
    a tenth more of its content; then the earliest, from which the others may have it.
    """
    source = origins[edge.source]
    return (
        edge.relation == Relation.SAME_STORY,
        -round(edge.likely + min(edge.slips, 1), 6),
        not source.outlet == origins[edge.copy].outlet != "",
        -round(edge.share if edge.verbatim else 0.0, 6),
        -round(0.0 if edge.verbatim else edge.share, 1),
        inf if isnan(source.day) else source.day,
        source.id,
        origins[edge.copy].id,
    )


def _edges(origins: Sequence[Origin], close: Close) -> Iterator[Edge]:
    """Return the pairs whose direction the evidence tells."""
    rows = np.flatnonzero(close.relation <= REWRITE)
    columns = (close.a, close.b, close.relation, close.confidence, close.containment_a, close.containment_b)
    for a, b, code, sure, inside_a, inside_b in zip(*(column[rows].tolist() for column in columns), strict=True):
        forward, backward = signs(origins[a], origins[b]), signs(origins[b], origins[a])
        likely = abs(_total(forward) - _total(backward))
        if abs(inside_b - inside_a) > ASYMMETRY and code <= EXCERPT:
            holder, held = (a, b) if inside_b > inside_a else (b, a)
            held_part = percent(max(inside_a, inside_b))
            words = f"{origins[holder].id} holds {held_part} of {origins[held].id}, not the reverse"
            (forward if holder == a else backward).append(Sign(LONGER, words))
        odds = _total(forward) - _total(backward)
        if abs(odds) >= LEAST:
            source, copy, pro, contra = (a, b, forward, backward) if odds > 0 else (b, a, backward, forward)
            pro = sorted(pro, reverse=True)
            share = inside_b if copy == b else inside_a
            slips = _shared_slips(origins[a], origins[b])
            said = (*_said(pro, contra), *slips[:SHOWN])
            relation, credit = RELATIONS[code], _credit(pro)
            yield Edge(abs(odds), likely, share, sure, source, copy, len(slips), relation, said, credit)


def _news(origins: Sequence[Origin], close: Close) -> Iterator[Edge]:
    """Return the pairs that tell one story each in its own way, of which one names the other as having reported it."""
    rows = np.flatnonzero(close.relation == SAME_STORY)
    for a, b, sure in zip(*(column[rows].tolist() for column in (close.a, close.b, close.confidence)), strict=True):
        for source, copy in ((a, b), (b, a)):
            if named := told_of(origins[source], origins[copy]):
                pro = [*named, *dates(origins[source], origins[copy])]
                contra = [*told_of(origins[copy], origins[source]), *dates(origins[copy], origins[source])]
                odds = _total(pro) - _total(contra)
                if odds >= LEAST:
                    said, credit = _said(pro, contra), _credit(pro)
                    yield Edge(odds, odds, 0.0, sure, source, copy, 0, Relation.SAME_STORY, said, credit)


def _total(found: Sequence[Sign]) -> float:
    return sum(sign.odds for sign in found)


def _said(pro: Sequence[Sign], contra: Sequence[Sign]) -> tuple[str, ...]:
    return (*(sign.words for sign in pro), *(f"but {sign.words}" for sign in contra))


def _credit(pro: Sequence[Sign]) -> str:
    return next((sign.words for sign in pro if sign.credit), "")


def _shared_slips(a: Origin, b: Origin) -> list[str]:
    """Return the misspelt words that both pages have, which says that they belong together, not which came first."""
    here, there = a.traces.slips, b.traces.slips
    return [f"both write “{word}” for “{here[word]}”" for word in sorted(here.keys() & there.keys())]


def _partners(close: Close) -> dict[int, set[int]]:
    """Return the rows each row shares text with."""
    partners: dict[int, set[int]] = {}
    for row in np.flatnonzero(close.relation <= REWRITE).tolist():
        a, b = int(close.a[row]), int(close.b[row])
        partners.setdefault(a, set()).add(b)
        partners.setdefault(b, set()).add(a)
    return partners


def _without_cycles(edges: Sequence[Edge], partners: dict[int, set[int]]) -> tuple[list[Edge], list[Edge]]:
    """Return (the edges that are kept, those that were passed over for one that is kept), both in their order.

    The sources of a copy that are kept share no text with each other, and no edge closes a cycle. Edges between
    strongly connected components of all the edges cannot. Inside a component, where the evidence contradicts itself,
    each copy keeps at most one source: there a new source closes a cycle only if the copy is the root of the tree that
    the source hangs on.
    """
    component = components((edge.source, edge.copy) for edge in edges)
    sources: dict[int, list[Edge]] = {}
    tree: dict[int, int] = {}
    kept, passed_over = [], []
    for edge in edges:
        known = sources.setdefault(edge.copy, [])
        if known and edge.relation == Relation.SAME_STORY:
            continue
        whole = not edge.verbatim and sum(other.share for other in known if other.verbatim) >= WHOLE
        if whole or any(other.source in partners[edge.source] for other in known):
            passed_over.append(edge)
            continue
        if len(known) >= SOURCES:
            continue
        if component[edge.source] == component[edge.copy]:
            if edge.copy in tree or root_of(tree, edge.source) == edge.copy:
                continue
            tree[edge.copy] = edge.source
        known.append(edge)
        kept.append(edge)
    return kept, passed_over


def _derivation(origins: Sequence[Origin], edge: Edge) -> Derivation:
    source, copy = origins[edge.source], origins[edge.copy]
    sure = 1.0 - (1.0 - edge.sure) * SLIP ** min(edge.slips, SHOWN)
    confidence = round(sure / (1.0 + exp(-edge.odds)), 4)
    own = ("both are the same outlet's",) if source.outlet and source.outlet == copy.outlet else ()
    evidence = (*edge.evidence, *own)
    return Derivation(source.id, source.name or source.id, copy.id, confidence, evidence, edge.credit)


def _outside(origin: Origin, inside: set[str]) -> list[Derivation]:
    """Return the sources a page names that lie outside the corpus, once each; `inside`: outlets and hosts of others."""
    named: dict[str, Attribution] = {}
    for key, said in foreign(origin):
        if not any(said.name == name or key == name or (said.kind == "news" and name.endswith(key)) for name in inside):
            named.setdefault(key, said)  # "Courrier du Lac" is said of "Le Courrier du Lac"
    found = []
    for key, said in named.items():
        words = f"{who_names(origin, key)} says: {in_words(said)}"
        sure = AGENCY if said.kind == "agency" else OUTLET
        credit = "" if key in origin.carried else words
        found.append(Derivation("", said.name, origin.id, sure, (words,), credit))
    return found
