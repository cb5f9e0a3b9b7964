"""How well articles are grouped into stories: labelled events, or pairs judged the same story or not.

- `.jsonl` or `.jsonl.gz`: a record an article, with `id`, `story` and `text`, and optionally `title`, `url`,
  `published`. B-cubed precision, recall and F1 (Bagga and Baldwin 1998; Amigo et al. 2009), and the adjusted Rand index
  (Hubert and Arabie 1985). Records whose story is empty take part in the corpus and are not scored.
- `.tsv` or `.csv`: a pair a line, columns `first_text`, `second_text`, `quality` (OK: one story), perhaps with
  prefixes like `INPUT:`; optionally `first_title`, `first_url` and so on. Accuracy: the texts of all pairs are grouped
  together, and a pair counts as one story if both fall into one.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import similarity, tfidf
from ..cluster import THRESHOLD, stories
from ..metadata import date_of_url, parse_date, timestamp
from ..model import Article, Corpus
from ..words import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ..config import Config

_SAME = frozenset({"ok", "1", "true", "yes", "same"})


def evaluate(gold_path: Path, config: Config | None = None) -> dict[str, Any]:
    """Return the figures of a labelled set, under the settings."""
    threshold = THRESHOLD if config is None else config.story_threshold
    content = gold_path.read_bytes()
    text = (gzip.decompress(content) if gold_path.suffix == ".gz" else content).decode("utf-8")
    if gold_path.name.removesuffix(".gz").endswith((".tsv", ".csv")):
        return of_pairs(
            list(csv.DictReader(io.StringIO(text), delimiter="\t" if ".tsv" in gold_path.name else ",")), threshold
        )
    return of_events([json.loads(line) for line in text.splitlines() if line.strip()], threshold)


def of_events(records: Sequence[dict[str, Any]], threshold: float = THRESHOLD) -> dict[str, Any]:
    """Return B-cubed figures and adjusted Rand index of records with a `story`."""
    found, order = grouped(records, threshold)
    gold = [str(records[row]["story"]) for row in order]
    known = [row for row, story in enumerate(gold) if story]
    truth, label = [gold[row] for row in known], [int(found[row]) for row in known]
    figures = {"articles": len(known), "events": len(set(truth)), "stories": len(set(label))}
    return figures | b_cubed(truth, label) | {"ari": adjusted_rand(truth, label)}


def of_pairs(rows: Sequence[dict[str, str]], threshold: float = THRESHOLD) -> dict[str, Any]:
    """Return the accuracy over pairs of texts judged the same story or not, and the pairs that went wrong."""
    rows = [{name.split(":")[-1]: value for name, value in row.items()} for row in rows]
    records: dict[str, dict[str, str]] = {}
    sides = []
    for row in rows:
        pair = []
        for side in ("first", "second"):
            fields = {name: row.get(f"{side}_{name}") or "" for name in ("url", "title", "text")}
            name = fields["url"] or fields["text"]
            records.setdefault(name, {"id": name, "story": "", **fields})
            pair.append(name)
        sides.append(pair)
    found, order = grouped(list(records.values()), threshold)
    names = list(records)
    label = {names[row]: int(found[place]) for place, row in enumerate(order)}
    wrong = [
        (a, b, row["quality"])
        for row, (a, b) in zip(rows, sides, strict=True)
        if is_same(row["quality"]) != (label[a] == label[b])
    ]
    return {"pairs": len(rows), "accuracy": 1 - len(wrong) / max(len(rows), 1), "wrong": wrong}


def is_same(label: str) -> bool:
    """Return whether a label of a pair says that the two tell one story.

    >>> is_same("OK"), is_same("True"), is_same("BAD")
    (True, True, False)
    """
    return label.strip().lower() in _SAME


def corpus_of(records: Sequence[dict[str, Any]]) -> tuple[Corpus, list[int]]:
    """Return records as a corpus, whole texts as reporting, and the record of each of its rows."""
    order = sorted(range(len(records)), key=lambda row: str(records[row]["id"]))
    rows = [records[row] for row in order]
    articles = [
        Article(id=str(r["id"]), text=r["text"], title=r.get("title") or "", url=r.get("url") or "") for r in rows
    ]
    texts = tuple(article.text for article in articles)
    dates = [parse_date(r.get("published") or "") or date_of_url(r.get("url") or "") for r in rows]
    n = len(articles)
    corpus = Corpus(
        articles=tuple(articles),
        text=texts,
        tokens=tokenize(texts),
        titles=tokenize([article.title for article in articles]),
        published=np.array([timestamp(date) for date in dates], dtype=np.float64),
        outlet=np.full(n, -1, dtype=np.int32),
        paragraph_first=np.arange(n + 1),
        paragraph_start=np.zeros(n, dtype=np.int32),
        paragraph_end=np.array([len(text) for text in texts], dtype=np.int32),
        paragraph_index=np.zeros(n, dtype=np.int32),
    )
    return corpus, order


def grouped(records: Sequence[dict[str, Any]], threshold: float = THRESHOLD) -> tuple[NDArray[np.int32], list[int]]:
    """Return the stories of records by the same stages as a report, and the record of each row."""
    corpus, order = corpus_of(records)
    weights = tfidf.weigh(corpus.tokens, corpus.titles)
    near = tfidf.neighbours(weights)
    weights = tfidf.surrounded(weights, near)

    def measure(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
        return similarity.score(similarity.measure(corpus, weights, a, b))

    return stories(len(order), near.a, near.b, measure(near.a, near.b), threshold=threshold, measure=measure), order


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1: of an article's story, how much is of its event, and the reverse.

    >>> b_cubed(["x", "x", "y"], [1, 1, 1])["precision"] == (2 / 3 + 2 / 3 + 1 / 3) / 3
    True
    """
    n = max(len(gold), 1)
    both, events, groups = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(count * count / groups[group] for (_, group), count in both.items()) / n
    recall = sum(count * count / events[event] for (event, _), count in both.items()) / n
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-12)}


def adjusted_rand(gold: Sequence[str], found: Sequence[int]) -> float:
    """Return the adjusted Rand index: 1 for equal groupings, 0 on average for random ones.

    >>> adjusted_rand(["x", "x", "y", "y"], [1, 1, 2, 2]), round(adjusted_rand(["x", "x", "y", "y"], [1, 2, 1, 2]), 2)
    (1.0, -0.5)
    """

    def pairs(counts: Counter[Any]) -> float:
        return sum(count * (count - 1) / 2 for count in counts.values())

    together, one, other = pairs(Counter(zip(gold, found, strict=True))), pairs(Counter(gold)), pairs(Counter(found))
    every = len(gold) * (len(gold) - 1) / 2
    chance = one * other / every if every else 0.0
    most = (one + other) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    if "pairs" in result:
        lines = [f"stories of {result['pairs']} pairs   accuracy {result['accuracy']:.3f}"]
        return "\n".join([*lines, *(f"  wrong ({quality}): {a}  {b}" for a, b, quality in result["wrong"])])
    return (
        f"stories of {result['articles']} articles, {result['events']} events, {result['stories']} found   "
        f"B-cubed F1 {result['f1']:.3f} (precision {result['precision']:.3f}, recall {result['recall']:.3f})   "
        f"ARI {result['ari']:.3f}"
    )
