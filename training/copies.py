"""Copies made from Reuters articles, and pairs of them that share text without being copies."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe import relation
from dedupe.candidates import find
from dedupe.config import Config
from dedupe.evaluate.corpora import of_texts, rows_of
from dedupe.evaluate.rewrites import TextPairs, measure
from dedupe.tfidf import idf_of, stemmed, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

ARTICLES = 12_000  # from the start of the file: October 2006 to autumn 2007
MADE = 3_000
APART = 7  # days after which a shared text is no copy any more; silver families span three
REUSED = 0.3  # containment from which on even such a pair was copied from an earlier text; left out


def reuters(folder: Path) -> list[dict[str, str]]:
    """Return the first Reuters articles."""
    return rows_of(folder / "near_duplicates" / "reuters_first_half.jsonl.gz")[:ARTICLES]


def reuters_copies(folder: Path) -> NDArray[np.float32]:
    """Return the measurements of articles with copies made from them: cut, edited, with other text around."""
    random = np.random.default_rng(2)
    texts = [row["text"] for row in reuters(folder)]
    made = []
    for source, other in random.integers(0, len(texts), (MADE, 2)).tolist():
        copy = copy_of(texts[source], texts[other], random)
        if copy and source != other:
            made += [texts[source], copy]
    rows = np.arange(len(made), dtype=np.int32)
    return measure(TextPairs(made, rows[::2], rows[1::2], rows[::2].astype(np.int64)), 0)


def copy_of(text: str, other: str, random: np.random.Generator) -> str:
    """Return a fifth of a text or more, with up to a tenth of its words changed, before or after some other text.

    Empty where fewer than sixty words would be copied, or less than a quarter of what results.
    """
    parts, around = re.split(r"\n\s*\n", text), re.split(r"\n\s*\n", other)
    count = max(round(len(parts) * random.uniform(0.2, 1)), 1)
    start = 0 if random.random() < 0.6 else int(random.integers(0, len(parts) - count + 1))
    words = " \n ".join(parts[start : start + count]).split(" ")
    edits = random.random(len(words)) < random.choice([0, 0, 0.01, 0.03, 0.06, 0.1])
    pool = other.split() or [""]
    kept = [pool[int(random.integers(len(pool)))] if edit else word for word, edit in zip(words, edits, strict=True)]
    filler = around[: int(random.integers(0, len(around) + 1))] if random.random() < 0.6 else []
    copied, added = len(" ".join(kept).split()), sum(len(part.split()) for part in filler)
    if copied < 60 or copied < 0.25 * (copied + added):
        return ""
    body = [" ".join(kept), "\n\n".join(filler)]
    return "\n\n".join(body if random.random() < 0.5 else body[::-1])


def reuters_templates(folder: Path) -> NDArray[np.float32]:
    """Return the measurements of pairs of articles a week or more apart that share some text, but not much."""
    rows = reuters(folder)
    corpus = of_texts([row["text"] for row in rows])
    day = np.array([date.fromisoformat(row["published"][:10]).toordinal() for row in rows])
    found = find(corpus.tokens, Config())
    far = np.abs(day[found.a] - day[found.b]) >= APART
    kept = far & (np.maximum(found.containment_a, found.containment_b) < REUSED)
    words = stemmed(corpus)[0]
    weight = idf_of(weigh(words), words.hash)
    return relation.measure(corpus, found.a[kept], found.b[kept], weight)
