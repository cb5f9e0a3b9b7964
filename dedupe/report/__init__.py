"""Findings written down: for the terminal, as JSON, HTML, CSV, Markdown and Arrow tables.

A module for each form: `terminal`, `json`, `html` (with `charts`), `table` (CSV and Arrow), `markdown`; `groups` has
those of copies alone, `taken` those of who took from whom. `facts`, `quotes` and `outlets` make what they tell,
`wording` says it, `order` puts it in order.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from ..model import Findings


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Report(Findings):
    """The findings of a run, which can write themselves down.

    `articles` (sorted by id, each with its verdict and its story's id; `article` finds one), `pairs`, `stories`,
    `derivations` and `skipped` are tuples or sequences of values; `paragraphs` has those of an article by its id, or
    its place in `articles`. The other fields are columns behind these.
    """

    @classmethod
    def of(cls, findings: Findings) -> Self:
        """Return the findings as a report."""
        return cls(**{field.name: getattr(findings, field.name) for field in fields(Findings)})

    def __repr__(self) -> str:
        of = ("articles", "stories", "pairs", "derivations", "skipped")
        return f"<Report: {', '.join(f'{len(getattr(self, name)):,} {name}' for name in of)}>"

    def to_json(self, path: str | Path | None = None, *, include_text: bool = False) -> str:
        """Return the report as JSON (schema `dedupe.report/1`), and write it to `path` if one is given.

        `include_text`: with the text of each article. OSError where the file cannot be written.
        """
        from .json import parts

        text = b"".join(parts(self, include_text=include_text)).decode()
        if path is not None:
            Path(path).write_text(text, "utf-8")
        return text

    def to_html(self, path: str | Path) -> None:
        """Write the report as one HTML file, which needs nothing from outside; OSError where it cannot be written."""
        from .html import render

        Path(path).write_text("".join(render(self)), "utf-8", errors="replace")

    def to_arrow(self) -> dict[str, Any]:
        """Return Arrow tables by name: articles, pairs, stories, derivations. Needs pyarrow."""
        from .table import to_arrow

        return to_arrow(self)
