"""Rewrites against independent reports of one event, on the sets below `rewrites/` and `stories/` of a folder.

A set is a packed JSONL file: of rewrites if its rows have `source` and `rewrite`, of events if they have `story` and
`text`; other files are left alone. A pair is a text with a rewrite made from it, or two outlets' reports of one event.
Reports that plainly copy each other (wire text under two mastheads) are not independent; `score` gives figures with and
without them. And each rewrite among all sources of its set: whether it comes to lie in one story with its own.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import relation
from ..config import Config
from ..errors import InputError
from ..rows import lengths
from ..tfidf import idf_of, stemmed, weigh
from .corpora import of_texts, rows_of
from .stories import grouped

SHORTEST = 60  # words of the shorter text: below, there is too little to tell by
MOST = 40  # pairs of an event, so that one large event does not speak for all


class TextPairs(NamedTuple):
    """Texts and pairs of them: `a`, `b` int32 rows of `texts`, `group` int64: pairs of one source or event."""

    texts: list[str]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    group: NDArray[np.int64]


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return how well rewrites are told from independent reports, and how many are linked to their source."""
    rewrites, _ = sets(gold_path)
    return {"told": told(gold_path), "linked": {name: linked(read(gold_path, name), config, jobs) for name in rewrites}}


def told(folder: Path) -> dict[str, dict[str, float]]:
    """Return for each set of rewrites against each set of events how well the two are told apart.

    A set in which no pair is long enough, or no two reports of an event are independent, is named by an error.
    """
    rewrites, events = sets(folder)
    measured = {name: measure(read(folder, name)) for name in (*rewrites, *events)}
    for name, features in measured.items():
        if not len(features) or (name in events and copied(features).all()):
            which = "no two texts" if not len(features) else "no two independent reports"
            raise InputError(
                f"{folder}: {name} has {which} of {SHORTEST} words or more of one source or event; add some"
            )
    odds = {name: relation.rewriting(features) for name, features in measured.items()}
    return {
        f"{one} against {other}": score(odds[one], odds[other], copied(measured[other]))
        for one in rewrites
        for other in events
    }


def linked(pairs: TextPairs, config: Config | None = None, jobs: int = 1) -> float:
    """Return the share of rewrites that lie in one story with their source, among all sources of their set.

    One rewrite of each source at a time, so that rewrites do not help each other; of texts with so many words.
    """
    words = np.diff(of_texts(pairs.texts).tokens.first)
    kept = np.minimum(words[pairs.a], words[pairs.b]) >= SHORTEST
    turns: dict[int, list[int]] = {}
    for source, rewrite in zip(pairs.a[kept].tolist(), pairs.b[kept].tolist(), strict=True):
        turns.setdefault(source, []).append(rewrite)
    hits = 0
    for turn in range(max(map(len, turns.values()), default=0)):
        now = {source: versions[turn] for source, versions in turns.items() if turn < len(versions)}
        rows = [*turns, *now.values()]
        story, order = grouped([{"id": f"{row:09}", "text": pairs.texts[row]} for row in rows], config, jobs)
        label = {rows[place]: int(story[row]) for row, place in enumerate(order)}
        hits += sum(label[source] == label[rewrite] for source, rewrite in now.items())
    return hits / max(int(kept.sum()), 1)


def sets(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the sets of rewrites and of events below a folder; an error says what is missing."""
    found = []
    for name, fields in (("rewrites", {"source", "rewrite"}), ("stories", {"story", "text"})):
        paths = sorted((folder / name).glob("*.jsonl.gz"))
        found.append([path.name.removesuffix(".jsonl.gz") for path in paths if fields <= _first_row(path).keys()])
        if not found[-1]:
            raise InputError(
                f"{folder / name}: no set here; give a folder with *.jsonl.gz of {', '.join(sorted(fields))}"
            )
    return found[0], found[1]


def _first_row(path: Path) -> dict[str, Any]:
    with gzip.open(path) as file:
        row = json.loads(file.readline() or "{}")
    return row if isinstance(row, dict) else {}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'':44}  {'AUC':>6} {'at 2 %':>7}   with copies: {'AUC':>6} {'at 2 %':>7}"]
    for name, row in result["told"].items():
        values = (row["auc_independent"], row["found_independent"], row["auc_all"], row["found_all"])
        lines.append("{:44}  {:6.3f} {:7.2f}                {:6.3f} {:7.2f}".format(name, *values))
    lines += [f"{name}: {share:.3f} linked to their source" for name, share in result["linked"].items()]
    return "\n".join(lines)


def score(rewrites: NDArray[np.float64], events: NDArray[np.float64], copies: NDArray[np.bool_]) -> dict[str, float]:
    """Return the area under the curve and the share of rewrites found where 2 % of the reports are called so."""
    result = {}
    for name, reports in (("independent", events[~copies]), ("all", events)):
        bar = np.quantile(reports, 0.98)
        order = np.sort(reports)
        below, level = np.searchsorted(order, rewrites, "left"), np.searchsorted(order, rewrites, "right")
        result[f"auc_{name}"] = float((below + level).mean() / (2 * len(reports)))
        result[f"found_{name}"] = float((rewrites > bar).mean())
    return result


def copied(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pairs are plainly copies: they share a fifth of a text's 5-grams, or 20 words in a row."""
    grams = np.maximum(features[:, relation.COLUMN["gram5_a"]], features[:, relation.COLUMN["gram5_b"]])
    return (grams >= 0.2) | (features[:, relation.COLUMN["run_plain"]] >= 20)


def read(folder: Path, name: str) -> TextPairs:
    """Return the pairs of a set of rewrites or events."""
    rewrites = folder / "rewrites" / f"{name}.jsonl.gz"
    return read_rewrites(rewrites) if rewrites.exists() else read_events(folder / "stories" / f"{name}.jsonl.gz")


def read_rewrites(path: Path) -> TextPairs:
    """Return each source with each of its rewrites."""
    place: dict[str, int] = {}
    texts: list[str] = []
    pairs = []
    for row in rows_of(path):
        if row["source"] not in place:
            place[row["source"]] = len(texts)
            texts.append(row["source"])
        pairs.append((place[row["source"]], len(texts), place[row["source"]]))
        texts.append(row["rewrite"])
    return _text_pairs(texts, pairs)


def read_events(path: Path) -> TextPairs:
    """Return the pairs of reports of one event, at most MOST of each."""
    texts: list[str] = []
    members: dict[str, list[int]] = {}
    for row in rows_of(path):
        members.setdefault(row["story"], []).append(len(texts))
        texts.append(row["text"])
    random = np.random.default_rng(0)
    pairs = []
    for number, story in enumerate(sorted(members)):
        every = list(combinations(members[story], 2))
        kept = np.sort(random.permutation(len(every))[:MOST]).tolist()
        pairs += [(*every[i], number) for i in kept]
    return _text_pairs(texts, pairs)


def _text_pairs(texts: list[str], pairs: Sequence[tuple[int, int, int]]) -> TextPairs:
    a, b, group = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    return TextPairs(texts, a.astype(np.int32), b.astype(np.int32), group)


def measure(pairs: TextPairs, shortest: int = SHORTEST) -> NDArray[np.float32]:
    """Return the measurements of the pairs whose texts both have so many words."""
    corpus = of_texts(pairs.texts)
    size = lengths(corpus.tokens.first)
    kept = np.minimum(size[pairs.a], size[pairs.b]) >= shortest
    words = stemmed(corpus)[0]
    weight = idf_of(weigh(words), words.hash)
    return relation.measure(corpus, pairs.a[kept], pairs.b[kept], weight)
