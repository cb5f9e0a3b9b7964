"""What stands on pages beside the article, by hand in a dozen languages: the judged pages have few of each kind.

The lines are in `role_widgets.json`, a list for each kind; {} becomes a name or an outlet, and in captions and headings
{0} to {2} become names that the page's own text tells of. `training.role_training` puts widgets below or between the
paragraphs of its pages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LINES: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))


def calendar(rng: np.random.Generator) -> list[str]:
    """Return a month as a page's text has it: with its days run together, or apart."""
    first, gap = int(rng.integers(1, 8)), str(rng.choice(["", "", " "]))
    weeks, day = [], 1
    while day <= 31:
        last = min(day + (first if day == 1 else 7) - 1, 31)
        weeks.append(gap.join(map(str, range(day, last + 1))))
        day = last + 1
    return [str(rng.choice(LINES["months"])), str(rng.choice(LINES["weeks"])), *weeks]


def pages(rng: np.random.Generator) -> str:
    """Return a row of page numbers."""
    return str(rng.choice([" ", " - ", " | ", "", " · "])).join(map(str, range(1, int(rng.integers(4, 12)))))


def widget(kind: str, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return the lines of one widget of a kind as (role, line)."""

    def pick(options: list[str]) -> str:
        line = options[int(rng.integers(len(options)))]
        while "{}" in line:
            line = line.replace("{}", str(rng.choice(LINES["names"] if line.startswith("{}") else LINES["outlets"])), 1)
        return line

    if kind == "comment":
        lines = [pick(LINES["comment_heads"])]
        for _ in range(int(rng.integers(2, 9))):
            lines += [pick(LINES["said"]).strip()]
            lines += [pick(LINES["when"])] if rng.random() < 0.7 else []
            lines += [pick(LINES["comments"]) for _ in range(1 + int(rng.random() < 0.25))]
            lines += [pick(LINES["replies"])] if rng.random() < 0.6 else []
        lines += [pick(LINES["form"]) for _ in range(int(rng.integers(0, 4)))]
        return [("comment", line) for line in lines]
    if kind == "ad" and rng.random() < 0.4:
        return [(kind, pick(LINES["ad_heads"][:28]))]  # a marker whose advertising did not make it into the text
    if kind == "ad":
        lines = [pick(LINES["ad_heads"])] if rng.random() < 0.8 else []
        return [("ad", line) for line in lines + [pick(LINES["ad_items"]) for _ in range(int(rng.integers(1, 8)))]]
    if kind == "navigation":
        lines = [pick(LINES["menus"]) for _ in range(int(rng.integers(1, 6)))]
        lines += calendar(rng) if rng.random() < 0.4 else []
        return [(kind, line) for line in lines + ([pages(rng)] if rng.random() < 0.4 else [])]
    if kind == "bio":
        name = pick(LINES["names"])
        lines = [pick(LINES["bio_heads"])] if rng.random() < 0.4 else []
        lines += [name] if rng.random() < 0.7 else []
        line = str(rng.choice(LINES["bios"])).replace("{}", name, 1).replace("{}", pick(LINES["outlets"]))
        return [("bio", line) for line in [*lines, line]]
    if kind == "legal":
        found = [("legal", pick(LINES["legal"])) for _ in range(int(rng.integers(1, 4)))]
        return [*([("legal", pick(LINES["disclosures"]))] if rng.random() < 0.1 else []), *found]
    options = {"attribution": LINES["sources"], "other": LINES["others"]}[kind]
    return [(kind, pick(options)) for _ in range(1 if kind == "attribution" else int(rng.integers(1, 5)))]
