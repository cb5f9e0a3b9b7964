"""Rewrites against independent reports of one event, on the sets below `rewrites/` and `stories/` of a folder.

A set is a packed JSONL file: of rewrites if its rows have `source` and `rewrite`, of events if they have `story` and
`text`; other files are left alone. A pair is a text with a rewrite made from it, or two outlets' reports of one event.
Reports that plainly copy each other (wire text under two mastheads) are not independent; `score` gives figures with and
without them.
"""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .. import relation
from ..errors import InputError
from ..model import Article, Corpus
from ..pipeline.pairs import word_weights
from ..tfidf import weigh
from ..words import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ..config import Config

SHORTEST = 60  # words of the shorter text: below, there is too little to tell by
MOST = 40  # pairs of an event, so that one large event does not speak for all


class Labelled(NamedTuple):
    """Texts and pairs of them: `a`, `b` int32 rows of `texts`, `group` int64: pairs of one source or event."""

    texts: list[str]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    group: NDArray[np.int64]


def evaluate(gold_path: Path, config: Config | None = None) -> dict[str, Any]:
    """Return for each set of rewrites against each set of events below the folder how well the two are told apart.

    `config` is not used: no setting touches what a rewrite is.
    """
    rewrites, events = sets(gold_path)
    measured = {name: measure(read(gold_path, name)) for name in (*rewrites, *events)}
    derived = {name: relation.derivation(features) for name, features in measured.items()}
    return {
        f"{one} against {other}": score(derived[one], derived[other], copied(measured[other]))
        for one in rewrites
        for other in events
    }


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
    for name, row in result.items():
        values = (row["auc_independent"], row["found_independent"], row["auc_all"], row["found_all"])
        lines.append("{:44}  {:6.3f} {:7.2f}                {:6.3f} {:7.2f}".format(name, *values))
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
    return np.asarray((grams >= 0.2) | (features[:, relation.COLUMN["run_plain"]] >= 20))


def read(folder: Path, name: str) -> Labelled:
    """Return the pairs of a set of rewrites or events."""
    rewrites = folder / "rewrites" / f"{name}.jsonl.gz"
    return read_rewrites(rewrites) if rewrites.exists() else read_events(folder / "stories" / f"{name}.jsonl.gz")


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a packed JSONL file."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def read_rewrites(path: Path) -> Labelled:
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
    return _labelled(texts, pairs)


def read_events(path: Path) -> Labelled:
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
    return _labelled(texts, pairs)


def _labelled(texts: list[str], pairs: Sequence[tuple[int, int, int]]) -> Labelled:
    a, b, group = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    return Labelled(texts, a.astype(np.int32), b.astype(np.int32), group)


def measure(labelled: Labelled, shortest: int = SHORTEST) -> NDArray[np.float32]:
    """Return the measurements of the pairs whose texts both have so many words."""
    corpus = corpus_of(labelled.texts)
    words = np.diff(corpus.tokens.first)
    kept = np.minimum(words[labelled.a], words[labelled.b]) >= shortest
    weight = word_weights(corpus, weigh(corpus.tokens))
    return relation.measure(corpus, labelled.a[kept], labelled.b[kept], weight)


def corpus_of(texts: Sequence[str]) -> Corpus:
    """Return texts that are reporting from the first word to the last as a corpus, in the given order."""
    size = len(texts)
    none = np.zeros(0, dtype=np.int32)
    return Corpus(
        articles=tuple(Article(id=str(i), text=text) for i, text in enumerate(texts)),
        text=tuple(texts),
        tokens=tokenize(texts),
        titles=tokenize([""] * size),
        published=np.full(size, np.nan),
        outlet=np.full(size, -1, dtype=np.int32),
        paragraph_first=np.zeros(size + 1, dtype=np.int64),
        paragraph_start=none,
        paragraph_end=none,
        paragraph_index=none,
    )
