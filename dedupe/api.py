"""The library's front door: what `import dedupe` offers beside the nouns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .config import Config
from .model import Article, Paragraph, Skipped
from .pipeline import analyze as analyze_findings
from .pipeline import label_pages
from .pipeline.articles import Articles, as_article
from .report import Report


def analyze(
    articles: Articles,
    *,
    config: Config | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Return the report on articles: an iterable of `Article`s or mappings, or a pandas, polars or Arrow table.

    `jobs`: the most threads and processes to use. `skipped`: a list that gets what is left out, and why. The result of
    `read` brings its own list; if you pass its articles through a generator, give `read` and `analyze` the same list,
    so that the report says what could not be read. `progress(stage, done, total)` is called as the work goes on; a
    total of 0 means that it is unknown. A value that is no article, or has no id or no field for its text, is an
    `InputError`. Of two articles with the same id one is kept, and the other is listed in `report.skipped`.

    >>> report = analyze([{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}])
    >>> len(report.stories), report.article("a").verdict.kind.value  # five words are too few to call it original
    (2, 'unclear')
    """
    tell: dict[str, Any] = {} if progress is None else {"progress": progress}
    return Report.of(analyze_findings(articles, config=config, jobs=jobs, skipped=skipped, **tell))


def label(article: Article | Mapping[str, Any] | str, *, config: Config | None = None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of one page or text with their roles, in reading order; none if there is no text.

    From one page alone it cannot be seen what its outlet repeats on every page: for that use `dedupe label` on many
    pages, or `Index.label`. `config` is accepted but not used: no setting affects the roles.

    >>> [paragraph.role.value for paragraph in label("ADVERTISEMENT")]
    ['ad']
    """
    return label_pages([as_article(article, "page")]).paragraphs(0)
