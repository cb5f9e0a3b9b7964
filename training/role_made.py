"""Pages as careless cleaners leave them, and with what few judged pages have between their paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedupe.model import ROLE_CODE, Role
from dedupe.model.codes import ATTRIBUTION, BODY, BYLINE, CAPTION, TITLE

from .role_widgets import LINES, widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

KEPT = {BODY, TITLE, CAPTION, BYLINE, ATTRIBUTION}


def cleaned(blocks: list[str], roles: list[int], rng: np.random.Generator) -> tuple[list[str], list[int]]:
    """Return a page as a careless cleaner leaves it: its reporting, and here and there a few lines of the rest."""
    kept: list[int] = []
    keeping, bare, untitled = 0, rng.random() < 0.25, rng.random() < 0.15
    for row, role in enumerate(roles):
        if role in KEPT:
            keeping = 0
            if not (bare and role not in (BODY, TITLE)) and not (untitled and role == TITLE):
                kept.append(row)
            continue
        if keeping == 0:
            keeping = int(rng.integers(1, 5)) if rng.random() < (0.0 if bare else 0.35) else -1
        elif keeping < 0 and rng.random() < 0.06:
            keeping = int(rng.integers(1, 6))
        if keeping > 0:
            kept.append(row)
            keeping = keeping - 1 or -1
    return [blocks[row] for row in kept], [roles[row] for row in kept]


def decorated(lines: list[str], codes: list[int], rng: np.random.Generator) -> tuple[list[str], list[int], list[int]]:
    """Return a page with what few judged pages have between their paragraphs: tables, lists, loose captions, bylines.

    A table's cells and a list's items are made of the page's own sentences, so that they tell of the same things.
    The third list tells which of the given lines a line was, -1 for a new one.
    """
    body = [row for row, code in enumerate(codes) if code == BODY and len(lines[row]) > 120]
    titles = [row for row, code in enumerate(codes) if code == TITLE]
    if len(body) < 3:
        return lines, codes, list(range(len(lines)))
    after: dict[int, list[tuple[str, Role]]] = {}

    def put(row: int, *found: tuple[str, Role]) -> None:
        after.setdefault(row, []).extend(found)

    def pick(options: Sequence[str]) -> str:
        line = options[int(rng.integers(len(options)))]
        return line.replace("{}", LINES["people"][int(rng.integers(len(LINES["people"])))])

    inner = body[:-1]
    place = inner[-1] if rng.random() < 0.3 else int(rng.choice(inner))  # a table and a list often stand together
    for _ in range(int(rng.choice([0, 1, 1, 2]))):
        rows = [_cells(lines[int(rng.choice(body))], rng) for _ in range(int(rng.integers(2, 7)))]
        put(place if rng.random() < 0.5 else int(rng.choice(inner)), *((row, Role.BODY) for row in rows if row))
    if rng.random() < 0.5:
        mark = pick(LINES["bullets"])
        items = [part.strip() for row in rng.choice(body, 2) for part in re.split(r"[.!?。]\s+", lines[row])]
        items = [item for item in items if 20 < len(item) < 160][: int(rng.integers(2, 6))]
        put(place if rng.random() < 0.5 else int(rng.choice(inner)), *((mark + item, Role.BODY) for item in items))
    for where in (place, int(rng.choice(inner))):
        if rng.random() < 0.25:
            put(where, (str(rng.choice(LINES["headings"])).format(*_names(lines[where], rng)), Role.TITLE))
    for _ in range(int(rng.integers(0, 3))):
        words = lines[int(rng.choice(body))].split()
        start = int(rng.integers(max(len(words) - 6, 1)))
        few = " ".join(words[start : start + int(rng.integers(1, 6))]).strip(" .,;:")
        few = few.lower() if rng.random() < 0.5 else few
        put(int(rng.choice(inner)), *([(few, Role.CAPTION)] if few else []), (pick(LINES["credits"]), Role.CAPTION))
    if titles and rng.random() < 0.4:
        pieces = [f"By {pick(LINES['people'])}" if rng.random() < 0.5 else pick(LINES["people"]), pick(LINES["dates"])]
        pieces[1:1] = [pick("|•-/")] if rng.random() < 0.6 else []
        put(max(row for row in titles if row < body[0]) if titles[0] < body[0] else titles[0],
            *((piece, Role.BYLINE) for piece in pieces))  # fmt: skip
    for place, chance in ((body[0] - 1, 0.25), (int(rng.choice(inner)), 0.4)):
        if place >= 0 and rng.random() < chance:
            line = str(rng.choice(LINES["captions"])).format(*_names(" ".join(lines[row] for row in body[:6]), rng))
            line = line.rstrip(".") + "." * int(rng.random() < 0.6)
            credit = [(pick(LINES["credits"]), Role.CAPTION)] if rng.random() < 0.5 else []
            put(place, (line, Role.CAPTION), *credit)
    for kind, chance in (("attribution", 0.3), ("ad", 0.3)):
        if rng.random() < chance:
            put(int(rng.choice([titles[0] if titles else body[0], body[-1], *inner])), *_widget(kind, rng))
    below = len(lines) - 1
    for kind in rng.permutation(["bio", "legal", "comment", "ad", "other", "attribution", "navigation"]).tolist():
        if rng.random() < 0.3:
            put(body[-1] if rng.random() < 0.4 else below, *_widget(kind, rng))
    out: list[tuple[str, int, int]] = []
    for row, (line, code) in enumerate(zip(lines, codes, strict=True)):
        out.append((line, code, row))
        out += [(text, ROLE_CODE[role], -1) for text, role in after.get(row, ())]
    return [text for text, _, _ in out], [code for _, code, _ in out], [row for _, _, row in out]


def _widget(kind: str, rng: np.random.Generator) -> list[tuple[str, Role]]:
    return [(line, Role(role)) for role, line in widget(kind, rng)]


def _names(text: str, rng: np.random.Generator) -> list[str]:
    """Return three names that a text tells of: runs of words with capitals, or any words."""
    found = re.findall(r"\b[^\W\d_a-z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}", text) or text.split()
    return [str(rng.choice(found)) for _ in range(3)]


def _cells(sentence: str, rng: np.random.Generator) -> str:
    """Return a row of a table: two or three runs of a sentence's words, each starting with a capital."""
    words = [word.strip('.,;:!?"“”') for word in sentence.split()]
    cells, titled = [], float(rng.choice([0.1, 0.5, 1.0]))
    for _ in range(int(rng.integers(2, 4))):
        start = int(rng.integers(max(len(words) - 4, 1)))
        cell = " ".join(word for word in words[start : start + int(rng.integers(1, 5))] if word)
        cells.append(cell.title() if rng.random() < titled else cell[:1].upper() + cell[1:])
    return " ".join(cells)
