"""Short pages with a line or two of furniture: what people paste and careless scrapers keep, and no judged page is.

The lines are phrases of the lexicon, in all its languages, alone ("Related articles") or before another headline
("Read also: ..."), so that the model learns that such a line says what it is, and nothing of the prose beside it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedupe.model import ROLE_CODE, Role
from dedupe.model.codes import BODY, NAVIGATION, TITLE
from dedupe.paragraphs.lexicon import FILES
from dedupe.resources import load_json

if TYPE_CHECKING:
    import numpy as np

# category of the lexicon: the role that a line of such a phrase has, how often it is drawn, how often with a headline
KINDS = {
    "promo": (Role.PROMO, 0.3, 0.2),
    "readmore": (Role.PROMO, 0.25, 0.6),
    "subscribe": (Role.PROMO, 0.15, 0.0),
    "share": (Role.NAVIGATION, 0.1, 0.0),
    "comment": (Role.COMMENT, 0.05, 0.0),
    "marker": (Role.AD, 0.15, 0.0),
}
TAGGED = 0.06  # share of the lines that are the page's tags
LEAST = 5  # letters of a phrase that is a line by itself
PARAGRAPH = 40  # characters; a shorter line of the body is a cell, an item or a cry
TAGS = ("Tags", "Topics", "Keywords", "Filed under", "Schlagworte", "Themen", "Mots-clés", "Etiquetas", "Теги", "Tag")
BRIEF = 60  # characters of a paragraph of which only a sentence or two is kept, as long as a teaser
_SENTENCE = re.compile(r"(?<=[.!?。！？])[\"”»]?\s+|(?<=[。！？])")


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """Return the phrases of a category in each language, those long enough to be a line."""
    found: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
    for name in FILES:
        for language, categories in load_json(f"role_words_{name}.json").items():
            for kind in KINDS:
                lines = [text for text in categories.get(kind, "").split("; ") if _wide(text) >= LEAST]
                if lines:
                    found[kind].setdefault(language, []).extend(lines)
    return found


def _wide(text: str) -> int:
    return sum(3 if letter > "\u2e80" else letter.isalpha() for letter in text)


def furniture(headlines: list[str], words: list[str], rng: np.random.Generator) -> tuple[str, int]:
    """Return a line and its role; `words`: of the page, some of which its tags are."""
    if words and rng.random() < TAGGED:
        tags = [str(rng.choice(words)).strip(" .,;:!?\"'“”()") for _ in range(int(rng.integers(2, 6)))]
        return f"{rng.choice(TAGS)}: {str(rng.choice([', ', ' ', ' | '])).join(tags)}", NAVIGATION
    kind = str(rng.choice(list(KINDS), p=[share for _, share, _ in KINDS.values()]))
    role, _, headed = KINDS[kind]
    spoken = phrases()[kind]
    language = "en" if rng.random() < 0.3 else str(rng.choice(list(spoken)))
    options = spoken.get(language, spoken["en"])
    line = options[int(rng.integers(len(options)))]
    line = [line.capitalize(), line.capitalize(), line.title(), line.upper()][int(rng.integers(4))]
    if rng.random() < headed and headlines:
        mark = str(rng.choice([": ", ": ", " : ", " – ", " "]))
        return f"{line}{mark}{headlines[int(rng.integers(len(headlines)))]}", ROLE_CODE[role]
    return line + str(rng.choice(["", "", "", "", ":", " »", " >", "…", "!"])), ROLE_CODE[role]


def shortened(lines: list[str], codes: list[int], rng: np.random.Generator) -> tuple[list[str], list[int]]:
    """Return the headline of a page, or none, and two to six of its paragraphs in a row; nothing of a page of fewer."""
    body = [row for row, code in enumerate(codes) if code == BODY and len(lines[row]) >= PARAGRAPH]
    if len(body) < 2:
        return [], []
    size = int(rng.integers(2, 7))
    start = int(rng.integers(max(len(body) - size, 0) + 1)) if rng.random() < 0.5 else 0
    rows = body[start : start + size]
    title = [row for row, code in enumerate(codes[: body[0]]) if code == TITLE][:1]
    rows = [*(title if rng.random() < 0.7 else []), *rows]
    brief = rng.random() < 0.5
    kept = [_brief(lines[row], rng) if brief and codes[row] == BODY else lines[row] for row in rows]
    return kept, [codes[row] for row in rows]


def _brief(paragraph: str, rng: np.random.Generator) -> str:
    """Return the first sentence or two of a paragraph, or all of it where that is too little."""
    ends = [match.start() for match in _SENTENCE.finditer(paragraph) if match.start() >= BRIEF]
    return paragraph[: ends[min(int(rng.integers(2)), len(ends) - 1)]].strip() if ends else paragraph


def furnished(
    lines: list[str], codes: list[int], headlines: list[str], rng: np.random.Generator
) -> tuple[list[str], list[int]]:
    """Return a short page with one to three lines of furniture, mostly below, now and then above or between."""
    words = [word for line in lines for word in line.split() if len(word) > 4]
    lines, codes = list(lines), list(codes)
    where = float(rng.random())
    for _ in range(int(rng.choice([1, 1, 1, 2, 3]))):
        place = len(lines) if where < 0.5 else 0 if where < 0.8 else int(rng.integers(len(lines) + 1))
        line, code = furniture(headlines, words, rng)
        lines.insert(place, line)
        codes.insert(place, code)
    return lines, codes
