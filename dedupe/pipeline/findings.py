"""From columns to what the reader is told: pairs with evidence, stories, derivations, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from msgspec import msgpack
from numpy.typing import NDArray

from .. import __version__, provenance, relation, reuse
from ..config import Config
from ..jobs import Later, apart, beside, collector_paused
from ..model import (
    OWN_QUOTE,
    RELATIONS,
    Corpus,
    Findings,
    Pair,
    Quotes,
    ReportedArticle,
    Skipped,
    Story,
    Verdict,
    Weights,
    place_of,
)
from ..model.codes import REWRITE
from ..reuse import Found
from ..rows import lengths, marked
from .ids import derived_id
from .labels import Labelled
from .origins import origins_of
from .pairs import Pairs
from .revisions import revisions, with_fuller, with_revisions
from .traces import traces_of

_Evidence: TypeAlias = list[tuple[str, ...]]  # of pairs, in their order
MANY = 5000  # pairs whose evidence is put in words by a process of its own: half a second's work of Python's


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What the later stages of a run all look at."""

    config: Config
    labelled: Labelled
    corpus: Corpus
    weights: Weights  # by which misspelt words are found
    idf: NDArray[np.float32]  # of each word of the corpus, by these weights
    jobs: int = 1
    of: int = -1  # the row of the article that all is told from: in its pairs it is a, whatever its id


@collector_paused()
def gather(
    run: Run, pairs: Pairs, story: NDArray[np.int32], group: NDArray[np.int32], skipped: Sequence[Skipped]
) -> Findings:
    """Return the findings of a run from its columns."""
    labelled, corpus = run.labelled, run.corpus
    told = _told_in_words(run, pairs, _strongest_first(pairs))
    find = partial(reuse.find, corpus, pairs.a, pairs.b, weight=run.idf, jobs=max(run.jobs - 1, 1))
    # The comparison runs in the kernel, what follows here in Python, which takes longer: one processor is left to that.
    comparison = beside(find) if run.jobs > 1 else find
    close = provenance.Close(pairs.a, pairs.b, pairs.relation, pairs.confidence, *_held(pairs))
    traces = traces_of(labelled, corpus, run.weights, _with_text_in_common(pairs), story)
    origins = provenance.with_carried_credits(origins_of(corpus, labelled.attributions, traces), close)
    derived = provenance.derive(origins, close)
    others = {row for row, origin in enumerate(origins) if provenance.second_hand(origin)}
    said = revisions(labelled, story)
    stories = _stories(corpus, (story, group), provenance.first_to_last(corpus, derived.copies | others), origins, said)
    found = comparison()
    quotes = reuse.quotes(corpus, found)
    verdicts = _verdicts(run, origins, close, derived, found, quotes.article[quotes.kind == OWN_QUOTE])
    verdicts = with_revisions(corpus, verdicts, stories, said)
    verdicts = with_fuller(corpus, verdicts, stories, story, pairs, labelled.group_words[:, 0], said)
    return Findings(
        version=__version__,
        config=run.config,
        articles=_articles(labelled, stories, verdicts),
        pairs=told,
        stories=stories,
        derivations=tuple(derived.found),
        skipped=tuple(sorted(skipped, key=lambda item: (*place_of(item.path), item.reason))),
        blocks=labelled.blocks,
        roles=labelled.roles,
        reasons=labelled.reasons,
        reuse=found.reuse,
        quote_reuse=found.quote_reuse,
        quotes=_on_page(quotes, labelled),
    )


def _held(pairs: Pairs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how much of a stands in b and of b in a: of a rewrite, which shares words by chance, of its content."""
    rewrite = pairs.relation == REWRITE
    of_a, of_b = (pairs.features[:, relation.COLUMN[f"terms_{side}"]] for side in ("a", "b"))
    return np.where(rewrite, of_a, pairs.containment_a), np.where(rewrite, of_b, pairs.containment_b)


def _with_text_in_common(pairs: Pairs) -> NDArray[np.int64]:
    """Return the rows of the articles that share text or content with another, ascending."""
    close = pairs.relation <= REWRITE
    return np.union1d(pairs.a[close], pairs.b[close]).astype(np.int64)


def _strongest_first(pairs: Pairs) -> list[int]:
    """Return the rows of the pairs in the order in which they are told: strongest relation and confidence first."""
    confidence = pairs.confidence.astype(np.float64).round(4)
    return np.lexsort((pairs.b, pairs.a, -confidence, pairs.relation)).tolist()


def _told_in_words(run: Run, pairs: Pairs, order: Sequence[int]) -> Sequence[Pair]:
    """Return the pairs in this order with their evidence.

    If they are many, a process apart puts their evidence in words, and who asks for the first pair waits for it: it has
    what the other stages leave of the processors, and most of a report is written before its pairs are.
    """
    explain = partial(_evidence, run.corpus, pairs, order, run.of)
    if run.jobs < 2 or len(pairs.a) < MANY:
        return _pairs(run.corpus, pairs, order, explain(), run.of)
    evidence = apart(lambda: msgpack.encode(explain()), behind=5)  # pickled it takes five times as long
    return Later(lambda: _pairs(run.corpus, pairs, order, msgpack.decode(evidence(), type=_Evidence), run.of))


def _evidence(corpus: Corpus, pairs: Pairs, order: Sequence[int], of: int) -> _Evidence:
    """Return the evidence of the pairs in this order, in which it will be read: so it lies in memory as it arrives."""
    told = relation.explain(
        corpus, pairs.a, pairs.b, pairs.features, pairs.relation, pairs.story_similarity, pairs.b == of
    )
    return [told[row] for row in order]


def _pairs(
    corpus: Corpus, pairs: Pairs, order: Sequence[int], evidence: Sequence[tuple[str, ...]], of: int
) -> tuple[Pair, ...]:
    """Return the pairs in this order, given their evidence in the same; those of row `of`, if any, are told from it."""
    shorter = _containment_of_shorter(corpus, pairs)
    numbers = np.stack((pairs.confidence, pairs.jaccard, shorter, pairs.story_similarity)).astype(np.float64).round(4)
    ids = [article.id for article in corpus.articles]
    turned = pairs.b == of
    a, b = (np.where(turned, other, own).tolist() for own, other in ((pairs.a, pairs.b), (pairs.b, pairs.a)))
    code = pairs.relation.tolist()
    confidence, jaccard, containment, story = numbers.tolist()
    return tuple(
        Pair(ids[a[i]], ids[b[i]], RELATIONS[code[i]], confidence[i], jaccard[i], containment[i], story[i], said)
        for i, said in zip(order, evidence, strict=True)
    )


def _containment_of_shorter(corpus: Corpus, pairs: Pairs) -> NDArray[np.float32]:
    length = lengths(corpus.tokens.first)
    return np.where(length[pairs.a] <= length[pairs.b], pairs.containment_a, pairs.containment_b)


def _stories(
    corpus: Corpus, of: tuple[NDArray[np.int32], NDArray[np.int32]], order: NDArray[np.int64],
    origins: Sequence[provenance.Origin], said: Mapping[int, provenance.Revised],
) -> tuple[Story, ...]:  # fmt: skip
    """Return the stories, given the story and the copy group of each row and the `order` in which they are read.

    What was withdrawn is read last, before it what stands beside reports (a list of facts, a comment), and a corrected
    copy in place of the first version.
    """
    story, group = of[0].tolist(), of[1].tolist()
    members: dict[int, list[int]] = {}
    for row, label in enumerate(story):
        members.setdefault(label, []).append(row)
    place = order.tolist()
    ids = [article.id for article in corpus.articles]
    made = []

    def turn(row: int) -> tuple[bool, bool, int]:
        withdrawn = row in said and said[row].kind == "withdrawn"
        return withdrawn, provenance.is_beside(corpus.articles[row].title), place[row]

    for rows in members.values():
        names = tuple(ids[row] for row in rows)
        first = min(rows, key=turn)
        first = provenance.to_read([row for row in rows if group[row] == group[first]], first, origins, said)
        made.append(
            Story(derived_id("s", names), names, _groups(rows, group, ids), ids[first], _label(corpus, rows, first))
        )
    return tuple(sorted(made, key=lambda item: item.members))


def _groups(rows: Sequence[int], group: Sequence[int], ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for row in rows:
        groups.setdefault(group[row], []).append(ids[row])
    return tuple(tuple(names) for names in groups.values() if len(names) > 1)


def _label(corpus: Corpus, rows: Sequence[int], first: int) -> str:
    titles = (corpus.articles[row].title for row in (first, *rows))
    title = next((title for title in titles if title and not provenance.is_address(title)), "")
    return provenance.without_slug(title) or " ".join(corpus.text[first].split(None, 12)[:12])


def _verdicts(
    run: Run, origins: Sequence[provenance.Origin], close: provenance.Close, derived: provenance.Derived, found: Found,
    own: NDArray[np.int32],
) -> list[Verdict]:  # fmt: skip
    """Return the verdicts; `own`: the row of each quotation that only one article has."""
    corpus, groups = run.corpus, run.labelled.group_words
    covered = marked(found.covered, corpus.tokens.first)
    order = provenance.first_to_last(corpus, derived.copies)
    inside = provenance.inside_paragraphs(corpus, found.covered)
    shared = found.shared_a, found.shared_b
    words = provenance.reused_words(close, shared, covered, derived.taken, order, found.reuse, inside)
    share = provenance.shares(groups, provenance.by_source(origins, words, covered, groups[:, 0], derived.taken))
    own_quotes = np.bincount(own, minlength=len(origins))
    return provenance.judge(origins, share, groups[:, 0], derived, close, own_quotes)


def _on_page(quotes: Quotes, labelled: Labelled) -> Quotes:
    """Return the quotations with offsets into their pages instead of into their paragraphs."""
    start = labelled.blocks.start[labelled.blocks.first[quotes.article] + quotes.paragraph]
    return replace(quotes, start=quotes.start + start, end=quotes.end + start)


def _articles(labelled: Labelled, stories: Sequence[Story], verdicts: Sequence[Verdict]) -> tuple[ReportedArticle, ...]:
    story_of = {member: story for story in stories for member in story.members}
    group_of: dict[str, str] = {}
    for group in (group for story in stories for group in story.copy_groups):
        group_of |= dict.fromkeys(group, derived_id("c", group))
    words = labelled.group_words.sum(axis=1).tolist()
    return tuple(
        ReportedArticle(
            id=article.id, path=article.path, title=article.title, source=article.source,
            url=article.url or article.canonical, published=article.published, author=article.author,
            language=article.language, text=article.text,
            words=words[row], story=story_of[article.id].id, copy_group=group_of.get(article.id, ""),
            verdict=verdicts[row], sources=labelled.attributions[row],
        )
        for row, article in enumerate(labelled.articles)
    )  # fmt: skip
