"""The main job: labelled pages -> copies and neighbours -> relations -> stories -> reuse -> provenance -> findings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from .. import candidates, tfidf
from ..config import Config
from ..model import Findings, Skipped
from .columns import corpus as columns_of
from .copies import copy_groups
from .findings import Run, gather
from .ids import one_of_each
from .labels import Labelled, label_articles
from .pairs import Alike, Pairs, Words, alike, complete, judge_copies, stories, word_weights
from .prepare import prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ..model import Article, Corpus, Weights

    Progress = Callable[[str, int, int], None]

T = TypeVar("T")


def analyze(
    articles: Iterable[Article | Mapping[str, Any]],
    *,
    config: Config | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Findings:
    """Return what is found in articles (or mappings or a table with their fields).

    `skipped` is read once `articles` is used up, so that a reader may still add to it.

    >>> findings = analyze([{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}])
    >>> [story.members for story in findings.stories]
    [('a',), ('b',)]
    """
    config = config or Config()
    left_out: list[Skipped] = getattr(articles, "skipped", []) if skipped is None else skipped
    pages = one_of_each(_counted(prepared(articles), progress), left_out)
    labelled = _staged("label", progress, len(pages), lambda: label_articles(pages, jobs=jobs))
    corpus = columns_of(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens)
    near = _staged("copies", progress, len(pages), lambda: candidates.find(corpus.tokens, config, jobs=jobs))
    left_out += [Skipped("", reason, failed=False) for reason in near.capped]
    weights = _staged("terms", progress, len(pages), lambda: tfidf.weigh(corpus.tokens, corpus.titles, jobs=jobs))
    next_to = _staged("neighbours", progress, len(pages), lambda: tfidf.neighbours(weights, jobs=jobs))
    weights = tfidf.surrounded(weights, next_to)
    words = Words(word_weights(corpus, weights, jobs), jobs)
    copies = _staged("relations of copies", progress, len(pages), lambda: judge_copies(corpus, weights, near, words))
    links = _staged("similarities", progress, len(pages), lambda: alike(corpus, weights, copies, next_to, jobs))
    grouping = partial(stories_and_groups, corpus, weights, copies, links, config)
    story, group = _staged("stories", progress, len(pages), grouping)
    judge = partial(complete, corpus, weights, copies, links, story, group, words)
    pairs = _staged("relations", progress, len(pages), judge)
    run = Run(config, labelled, corpus, words, weights)
    return _staged("reuse", progress, len(pages), lambda: gather(run, pairs, story, group, left_out))


def _counted(articles: Iterable[Article], progress: Progress) -> Iterable[Article]:
    done = 0
    for done, article in enumerate(articles, 1):
        if done % 256 == 1:
            progress("read", done, 0)
        yield article
    progress("read", done, done)


def _staged(name: str, progress: Progress, total: int, work: Callable[[], T]) -> T:
    progress(name, 0, total)
    result = work()
    progress(name, total, total)
    return result


def label_pages(
    articles: Iterable[Article | Mapping[str, Any]],
    *,
    config: Config | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Labelled:
    """Return articles with their paragraphs labelled, with what each outlet repeats learnt from all of them."""
    pages = one_of_each(_counted(prepared(articles), progress), [] if skipped is None else skipped)
    return _staged("label", progress, len(pages), lambda: label_articles(pages, jobs=jobs))


def stories_and_groups(
    corpus: Corpus, weights: Weights, copies: Pairs, links: Alike, config: Config
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the story and the copy group of each article, each the lowest row of its own."""
    group = copy_groups(len(corpus.articles), copies)
    return stories(corpus, weights, links, group, config), group
