"""The library's front door: what `import dedupe` offers beside the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .pipeline import analyze as analyze_findings
from .pipeline import label_pages
from .pipeline.articles import as_article
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .config import Config
    from .model import Article, Paragraph, Skipped
    from .pipeline.articles import Articles


def analyze(
    articles: Articles,
    *,
    config: Config | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Return the report on any iterable of articles or mappings, or a pandas, polars or Arrow table.

    `jobs`: threads and processes at most. `skipped`: a list to which is appended what is left out. What `read` returned
    brings its own along; where its articles come by way of a generator, give both the same list, so that the report
    tells what could not be read. `progress` is called with a stage's name, how much of it is done, and how much there
    is (0: unknown). A value that is no article, or has no id, or no field for its text, is an `InputError`. Of two
    articles with one id one is kept, and the other is told of in `report.skipped`.

    >>> report = analyze([{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}])
    >>> len(report.stories), report.article("a").verdict.kind.value  # five words are too few to call it original
    (2, 'unclear')
    """
    tell: dict[str, Any] = {} if progress is None else {"progress": progress}
    return Report.of(analyze_findings(articles, config=config, jobs=jobs, skipped=skipped, **tell))


def label(article: Article | Mapping[str, Any] | str, *, config: Config | None = None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of one page, or text, with their roles, in reading order; none where there is no text.

    What an outlet shows on all its pages can only be told beside others of them: `dedupe label`, `Index.label`.
    `config` is not used: no setting touches the roles.

    >>> [paragraph.role.value for paragraph in label("ADVERTISEMENT")]
    ['ad']
    """
    return label_pages([as_article(article, "page")]).paragraphs(0)
