"""The threshold of one story that suits a user's own labelled pairs, with precision and recall over the range.

The labelled set is one of `pairs`: any relation but `unrelated` says that the two tell one story. They are measured
among all articles of the file, or those given beside it, as they would be in a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import candidates, similarity, tfidf
from ..cluster import alone_among
from ..config import Config
from ..errors import InputError
from ..model import Article, Relation, count
from ..pipeline import grouping
from .corpora import Side, as_run, called
from .pairs import Pair, read

STEPS = np.round(np.arange(0.05, 1.0, 0.05), 2)  # thresholds that the report shows


def tune(
    gold_path: Path, config: Config | None = None, jobs: int = 1, articles: Mapping[str, Article] | None = None
) -> dict[str, Any]:
    """Return the best threshold by F1 under the settings, its figures, and those over the range.

    Of equally good thresholds the middle one is taken: it is the farthest from the pairs on either side.
    """
    pairs = read(gold_path, articles)
    beside = list((articles or {}).values())
    score, same = scored(pairs, config or Config(), jobs, beside)
    bar = alone_among(len({_text(side) for side in [*beside, *(side for pair in pairs for side in pair[:2])]}))
    score = np.maximum((score - bar) / (1 - bar), 0)  # a pair alone needs more than the threshold
    if same.all() or not same.any():
        raise InputError(f"{gold_path}: all pairs are labelled alike; a threshold needs pairs of both kinds")
    threshold = best_threshold(score, same)
    if not threshold:  # which settings refuse
        raise InputError(
            f"{gold_path}: no threshold suits these pairs better than to take all of them for one story; label more, "
            "of both kinds, with their texts"
        )
    return {
        "pairs": len(pairs),
        "same": int(same.sum()),
        "threshold": threshold,
        **_figures(score, same, threshold),
        "range": [{"threshold": float(step), **_figures(score, same, float(step))} for step in STEPS],
    }


def _text(side: Side) -> str:
    return side.text if isinstance(side, Article) else str(side.get("text") or side.get("html"))


def _url(side: Side) -> str:
    return side.url if isinstance(side, Article) else str(side.get("url", ""))  # which may be anything


def scored(
    pairs: Sequence[Pair], config: Config, jobs: int = 1, beside: Sequence[Side] = ()
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the story similarity of each pair among the articles of all and those beside, and if it is one story."""
    number: dict[tuple[str, str], int] = {}
    records: list[Side] = []
    places: list[int] = []
    for article in [*beside, *(side for pair in pairs for side in pair[:2])]:
        key = (_url(article), _text(article))
        if key not in number:
            number[key] = len(records)
            records.append(called(article, f"{len(records):09}"))
        places.append(number[key])
    sides = places[len(beside) :]
    corpus, _ = as_run(records, jobs)
    near = candidates.find(corpus.tokens, config, jobs=jobs)
    weighed = tfidf.weigh(*tfidf.stemmed(corpus), jobs=jobs)
    weights = grouping.texts(corpus, weighed, near, config, jobs=jobs).weights
    a, b = np.array(sides[::2], dtype=np.int32), np.array(sides[1::2], dtype=np.int32)
    return similarity.score(similarity.measure(corpus, weights, a, b)), np.array(
        [answer != Relation.UNRELATED for *_, answer in pairs]
    )


def best_threshold(score: NDArray[np.float32], same: NDArray[np.bool_]) -> float:
    """Return the threshold with the largest F1, halfway between two scores, with two decimals where that suffices.

    >>> best_threshold(np.array([0.9, 0.7, 0.3, 0.2]), np.array([True, True, False, False]))
    0.5
    """
    ordered = np.unique(score.astype(np.float64))
    cuts = np.concatenate(([0.0], ordered, [1.0]))
    middles = (cuts[1:] + cuts[:-1]) / 2
    f1 = np.array([_figures(score, same, float(cut))["f1"] for cut in middles])
    best = np.flatnonzero(f1 == f1.max())
    widest = best[np.argmax((cuts[1:] - cuts[:-1])[best])]
    low, high, middle = cuts[widest], cuts[widest + 1], middles[widest]
    rounded = round(float(middle), 2)
    return rounded if low < rounded <= high else float(middle)


def _figures(score: NDArray[np.float32], same: NDArray[np.bool_], threshold: float) -> dict[str, float]:
    """Return the figures of pairs that count as one story from a threshold on.

    >>> _figures(np.array([0.9, 0.8, 0.6, 0.1]), np.array([True, True, False, True]), 0.5)["f1"] == 2 / 3
    True
    """
    found = score >= threshold
    hits = int((found & same).sum())
    precision, recall = hits / max(int(found.sum()), 1), hits / max(int(same.sum()), 1)
    f1 = 2 * hits / max(int(found.sum()) + int(same.sum()), 1)
    return {"precision": precision, "recall": recall, "f1": f1, "accuracy": float((found == same).mean())}


def toml(result: dict[str, Any]) -> str:
    """Return the settings as a configuration file that says where they come from.

    >>> print(toml({"threshold": 0.45, "pairs": 40, "f1": 0.9, "precision": 0.92, "recall": 0.88}))
    # chosen on 40 labelled pairs: F1 0.900, precision 0.920, recall 0.880
    story_threshold = 0.45
    """
    figures = f"F1 {result['f1']:.3f}, precision {result['precision']:.3f}, recall {result['recall']:.3f}"
    return f"# chosen on {count(result['pairs'], 'labelled pair')}: {figures}\nstory_threshold = {result['threshold']}"


def table(result: dict[str, Any]) -> str:
    """Return precision and recall over the range as lines of text, the chosen threshold last.

    One beyond the range is what pairs of nearly one kind lead to, or pairs that the score does not part.
    """
    lines = [f"{count(result['pairs'], 'pair')}, {result['same']} of one story", "threshold  precision  recall     F1"]
    for row in [*result["range"], result]:
        mark = "  chosen" if row is result else ""
        lines.append(f"{row['threshold']:9.2f}{row['precision']:11.3f}{row['recall']:8.3f}{row['f1']:7.3f}{mark}")
    if not STEPS[0] <= result["threshold"] <= STEPS[-1]:
        which = "nearly all" if result["threshold"] < STEPS[0] else "hardly any"
        lines.append(f"It lies beyond that range: {which} pairs would be of one story. Label more, of both kinds.")
    return "\n".join(lines)
