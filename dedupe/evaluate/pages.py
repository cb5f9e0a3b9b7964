"""How well the body of HTML pages is found: the two public benchmarks of article extraction, scored as they score.

- `pages/zyte/gold.json` (scrapinghub/article-extraction-benchmark): precision and recall of the body's word 4-grams
  for each page, averaged over the pages; F1 of the two averages.
- `pages/fundus/gold.json` (dobbersc/fundus-evaluation): ROUGE-LSum (Lin, 2004: the union of longest common
  subsequences over paragraphs) of the body paragraphs, averaged over the pages.

Our body is the blocks with the role body and the headings between them, a paragraph that a page shows twice once,
joined by newlines: so do both define an article's text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import Config
from ..errors import InputError
from ..model import Article, count
from ..model.codes import BODY, TITLE
from ..pipeline.labels import label_articles
from ..pipeline.prepare import prepare
from .corpora import page_of

_PARAGRAPH = 80  # characters: what is shorter may well be said twice
_SIZE = 4  # words of a shingle in the first benchmark
_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"[^a-z0-9]+")


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return precision, recall and F1 of the body over the pages of a gold.json, and the F1 of each page.

    `config` is not used: no setting touches the roles.
    """
    gold = json.loads(gold_path.read_bytes())
    if not isinstance(gold, dict) or not gold:
        raise InputError(f"{gold_path}: not a gold.json, an object with the body of each page under the page's name")
    folder = gold_path.parent / "html"
    names = sorted(gold)
    articles = [
        prepare(Article(id=name, html=_page(folder, name), url=gold[name].get("url", ""), source="")) for name in names
    ]
    return score(gold_path, dict(zip(names, body_texts(articles, jobs), strict=True)))


def score(gold_path: Path, bodies: dict[str, str]) -> dict[str, Any]:
    """Return what `evaluate` does, of the bodies found on some of the pages of a gold.json."""
    gold = json.loads(gold_path.read_bytes())
    names = sorted(bodies)
    shingled = "articleBody" in gold[names[0]]
    wanted = [gold[name]["articleBody"] if shingled else "\n".join(paragraphs(gold[name]["body"])) for name in names]
    measure = shingle_scores if shingled else rouge_lsum
    scores = np.array([measure(want, bodies[name]) for want, name in zip(wanted, names, strict=True)])
    precision, recall = scores[:, 0].mean(), scores[:, 1].mean()
    f1 = 2 * precision * recall / (precision + recall) if shingled else scores[:, 2].mean()
    return {
        "benchmark": "zyte" if shingled else "fundus",
        "pages": len(names),
        "precision": float(precision),
        "recall": float(recall),
        "f1": float(f1),
        "by_page": dict(zip(names, scores[:, 2].round(4).tolist(), strict=True)),
    }


def _page(folder: Path, name: str) -> str:
    return page_of(folder / (name if name.endswith(".gz") else f"{name}.html.gz"))


def paragraphs(body: Any) -> list[str]:
    """Return the paragraphs of a gold body: a list, or a list inside its sections."""
    if isinstance(body, str):
        return [body]
    if isinstance(body, dict):
        body = list(body.values())
    return [paragraph for part in body for paragraph in paragraphs(part)]


def body_texts(articles: list[Article], jobs: int = 1) -> list[str]:
    """Return the body of each article."""
    labelled = label_articles(articles, jobs=jobs)
    blocks, first = labelled.blocks, labelled.blocks.first.tolist()
    rows = [slice(a, b) for a, b in pairwise(first)]
    return [
        body_text(article.text, blocks.start[own], blocks.end[own], labelled.roles[own])
        for article, own in zip(labelled.articles, rows, strict=True)
    ]


def body_text(text: str, start: NDArray[np.int32], end: NDArray[np.int32], roles: NDArray[np.uint8]) -> str:
    """Return the body blocks of a page and the headings between them, joined by newlines."""
    running = _running_text(roles)
    spans = zip(start[running].tolist(), end[running].tolist(), strict=True)
    return "\n".join(_once([text[a:b] for a, b in spans]))


def _running_text(roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks of a page are body, or a heading with body both before and after it.

    >>> from dedupe.model.codes import PROMO
    >>> _running_text(np.array([TITLE, BODY, PROMO, TITLE, BODY, TITLE], dtype=np.uint8)).tolist()
    [False, True, False, True, True, False]
    """
    body = roles == BODY
    before, after = np.logical_or.accumulate(body), np.logical_or.accumulate(body[::-1])[::-1]
    return body | ((roles == TITLE) & before & after)


def _once(blocks: list[str]) -> list[str]:
    """Return the blocks without paragraphs that came before: pages hold a text again for another width of screen."""
    first = {block: place for place, block in reversed(list(enumerate(blocks)))}
    return [block for place, block in enumerate(blocks) if len(block) < _PARAGRAPH or first[block] == place]


def shingle_scores(want: str, have: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of word 4-grams, with their counts.

    >>> shingle_scores("a b c d e", "a b c d x")
    (0.5, 0.5, 0.5)
    >>> shingle_scores("", ""), shingle_scores("a", "")
    ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    """
    wanted, had = _shingles(want), _shingles(have)
    if wanted == had:
        return 1.0, 1.0, 1.0
    met = (wanted & had).total()
    return _three(met / max(had.total(), 1), met / max(wanted.total(), 1))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + _SIZE]) for i in range(max(len(words) - _SIZE + 1, 1))) if words else Counter()


def rouge_lsum(want: str, have: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of summary-level ROUGE-L; a sentence is a line.

    >>> rouge_lsum("one two three\\nfour five", "one two\\nfour five six")
    (0.8, 0.8, 0.8)
    """
    wanted, had = _sentences(want), _sentences(have)
    left, right = Counter(w for s in wanted for w in s), Counter(w for s in had for w in s)
    total, found = left.total(), right.total()
    if not total or not found:
        return 0.0, 0.0, 0.0
    hits = 0
    for sentence in wanted:
        for word in _union_of_common(sentence, had):
            if left[word] > 0 and right[word] > 0:
                hits, left[word], right[word] = hits + 1, left[word] - 1, right[word] - 1
    return _three(hits / found, hits / total)


def _sentences(text: str) -> list[list[str]]:
    lines = (_PLAIN.sub(" ", line.lower()).split() for line in text.split("\n") if line)
    return [line for line in lines if line]


def _union_of_common(sentence: list[str], others: list[list[str]]) -> list[str]:
    """Return the words of a sentence that are in a longest common subsequence with any of the others."""
    if sentence in others:
        return sentence
    union: set[int] = set()
    words = set(sentence)
    for other in others:
        if not words.isdisjoint(other):
            union.update(_common(sentence, [word for word in other if word in words]))
    return [sentence[place] for place in sorted(union)]


def _common(left: list[str], right: list[str]) -> list[int]:
    """Return the places in `left` of its longest common subsequence with `right`."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, word in enumerate(left):
        row, above = table[i + 1], table[i]
        for j, other in enumerate(right):
            row[j + 1] = above[j] + 1 if word == other else max(above[j + 1], row[j])
    places, i, j = [], len(left), len(right)
    while i and j:
        if left[i - 1] == right[j - 1]:
            places.append(i - 1)
            i, j = i - 1, j - 1
        elif table[i][j - 1] > table[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places


def _three(precision: float, recall: float) -> tuple[float, float, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1 if precision != recall else precision


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    return (
        f"body of {count(result['pages'], 'page')} ({result['benchmark']}): F1 {result['f1']:.3f}, "
        f"precision {result['precision']:.3f}, recall {result['recall']:.3f}"
    )
