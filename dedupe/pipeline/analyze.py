"""The main job: labelled pages -> copies -> stories -> relations -> reuse -> provenance -> findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from math import inf
from typing import TypeVar

from .. import candidates, tfidf
from ..compiling import COLD, LARGE, compiled
from ..config import Config, at_least_one, settled
from ..jobs import collector_paused, together
from ..model import Article, Findings, Skipped
from ..words import CHARACTERS
from .articles import Articles, prepared
from .findings import Run, gather
from .grouping import grouped
from .ids import one_of_each
from .kernels import compile_for_pages, load_ahead, load_numba
from .labels import Labelled, label_articles, named_apart
from .read import Reading
from .relations import complete
from .reporting import reporting

Progress = Callable[[str, int, int], None]

T = TypeVar("T")
# Pages of HTML for which the kernels that read them are compiled: that takes as long as to read 2,000 without them, and
# is there for the next run too.
MANY_PAGES = 1000


def analyze(
    articles: Articles,
    *,
    config: Config | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Progress = lambda stage, done, total: None,
    of: str = "",
) -> Findings:
    """Return what is found in articles (or mappings or a table with their fields).

    `skipped`: what was left out so far; a reader may add to it until `articles` is used up. `of`: the id of an article
    that is asked about. In its pairs it is a, and all of them are returned, unrelated ones too; in any other pair a is
    the first by id.

    >>> findings = analyze([{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}])
    >>> [story.members for story in findings.stories]
    [('a',), ('b',)]
    """
    config = settled(config)
    at_least_one("jobs", jobs)
    left_out = skipped if skipped is not None else articles.skipped if isinstance(articles, Reading) else []
    # The collector can rest while files are read, which leaves hardly any circles; a caller's generator may leave many.
    with collector_paused(kept=True) if isinstance(articles, Reading) else nullcontext():
        every = list(counted(prepared(articles, left_out), progress, partial(load_ahead, jobs)))
    return _analyzed(every, config, jobs, left_out, progress, of)


@collector_paused(kept=True)
def _analyzed(
    articles: Sequence[Article], config: Config, jobs: int, left_out: list[Skipped], progress: Progress, of: str
) -> Findings:
    """Return what is found in articles that were read."""
    pages = one_of_each(articles, left_out)
    row = next((row for row, page in enumerate(pages) if page.id == of), -1)
    staged = partial(_staged, progress, len(pages))
    labelled = staged("label", lambda: label_articles(pages, jobs=jobs))
    labelled = named_apart(labelled, jobs)
    labelled, corpus = reporting(labelled, jobs)
    near, weights = together(
        lambda: staged("copies", lambda: candidates.find(corpus.tokens, config, jobs=jobs)),
        lambda: staged("terms", lambda: tfidf.weigh(*tfidf.stemmed(corpus), jobs=jobs)),
        jobs=jobs,
    )
    left_out += [Skipped("", reason, failed=False) for reason in near.capped]
    found = grouped(corpus, weights, near, config, jobs=jobs, staged=staged)
    pairs = staged("relations", lambda: complete(corpus, found, config.shingle_size, row, jobs))
    idf = tfidf.idf_of(found.texts.weights, found.texts.words().terms, jobs)
    run = Run(config, labelled, corpus, found.texts.weights, idf, jobs, row)
    return staged("reuse", lambda: gather(run, pairs, found.story, found.texts.group, left_out))


def counted(articles: Iterable[Article], progress: Progress, load: Callable[[], object]) -> Iterable[Article]:
    """Yield the articles, and call `load` once there are enough of them for kernels to be worth loading.

    Processes that prepare articles go on meanwhile.
    """
    done = size = pages = 0
    asked: float = LARGE * CHARACTERS
    for done, article in enumerate(articles, 1):
        if done % 256 == 1:
            progress("read", done, 0)
        size += len(article.text)
        if size >= asked:
            many = compiled(size // CHARACTERS)
            asked = inf if many else asked * COLD
            if many:
                load()
        if article.markup is not None:
            pages += 1
            if pages == MANY_PAGES:
                compile_for_pages()
        yield article
    progress("read", done, done)


def _staged(progress: Progress, total: int, name: str, work: Callable[[], T]) -> T:
    progress(name, 0, total)
    result = work()
    progress(name, total, total)
    return result


def label_pages(
    articles: Articles,
    *,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Labelled:
    """Return articles with their paragraphs labelled, with what each outlet repeats learnt from all of them."""
    left_out = [] if skipped is None else skipped
    pages = one_of_each(counted(prepared(articles, left_out), progress, load_numba), left_out)
    return _staged(progress, len(pages), "label", lambda: label_articles(pages, jobs=jobs))
