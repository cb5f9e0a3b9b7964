"""Relations of labelled pairs.

The labelled set is JSONL (packed or not), one pair a line: `a` and `b`, each a text or an object with `text` and what
else a record may have, and `relation`, a name of `Relation`; or `same`, true or false, where it is only known whether
the two tell one story. A row with `source` and `rewrite` is a rewrite. Or it is a table of pairs judged the same story
or not, as `stories` takes, or with columns `a`, `b` and `relation` or `same`. Where articles are given too, `a` and
`b` may be their ids. Each pair is judged by itself. `tune` reads the same files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from ..config import Config
from ..errors import InputError
from ..jobs import chunks_of, spread
from ..model import RELATION_CODE, RELATIONS, Article, Relation, count
from ..pipeline.compare import compare
from ..reader import some
from .corpora import Side, is_table, placed_rows, sides_of, table_of
from .stories import is_same

Pair = tuple[Side, Side, str]

CHUNK = 16  # pairs judged at a time: a second's work, more or less
BINS = 10  # of confidence, for the calibration error (Naeini et al. 2015)
SAME = "same"  # the answer of a pair of which only this is known


def evaluate(
    gold_path: Path, config: Config | None = None, jobs: int = 1, articles: Mapping[str, Article] | None = None
) -> dict[str, Any]:
    """Return accuracy, precision and recall by relation, confusions and the expected calibration error."""
    rows = read(gold_path, articles)
    found = chain.from_iterable(spread(partial(_judged, config), chunks_of(rows, lambda _: 1, CHUNK), jobs))
    return score([answer for *_, answer in rows], list(found))


def _judged(config: Config | None, rows: Sequence[Pair]) -> list[tuple[str, float]]:
    found = (compare(a, b, config=config) for a, b, _ in rows)
    return [(pair.relation.value, pair.confidence) for pair in found]


def read(path: Path, articles: Mapping[str, Article] | None = None) -> list[Pair]:
    """Return the two records and the answer of each row; of an id that of the article.

    InputError where one row says that two texts or ids are the same and another that they are not.
    """
    rows: Iterable[tuple[str, dict[str, Any]]]
    if is_table(path):
        places = ((f"{path}, row {number}", row) for number, row in enumerate(table_of(path), 1))
        rows = ((place, _as_line(row, place)) for place, row in places)
    else:
        rows = placed_rows(path)
    said: dict[frozenset[str], tuple[bool, str]] = {}
    found = []
    for place, row in rows:
        found.append(_pair(row, place, articles))
        same = found[-1][2] != Relation.UNRELATED
        before, where = said.setdefault(frozenset(str(side) for side in _sides(row)), (same, place))
        if before != same:
            raise InputError(f"{place}: whether the two are the same is told otherwise in {where}; keep one of these")
    return found


def _sides(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row.get("a", row.get("source")), row.get("b", row.get("rewrite"))


def _as_line(row: dict[str, str], place: str) -> dict[str, Any]:
    """Return a table's row as a line of JSON has it."""
    known: dict[str, Any] = {name: value for name, value in row.items() if value}
    if row.keys() & {"quality", "first_text"}:
        known["a"], known["b"] = sides_of(row)
        known["same"] = is_same(row["quality"], place)
    return known


def _pair(row: dict[str, Any], place: str, articles: Mapping[str, Article] | None) -> Pair:
    a, b = (_record(side, place, articles) for side in _sides(row))
    answer = row.get("relation", "rewrite" if "rewrite" in row else None)
    if answer is None and "same" in row:
        answer = SAME if is_same(row["same"], place) else Relation.UNRELATED.value
    if not a or not b or answer not in [SAME, *RELATION_CODE]:
        wanted = f"a and b (each a text or has one), and relation (one of {', '.join(RELATIONS)}) or same"
        raise InputError(f"{place}: needs {wanted}; it has {some(row)}")
    return a, b, str(answer)


def _record(side: object, place: str, articles: Mapping[str, Article] | None) -> Side:
    """Return one side of a pair as a record; an empty one where it is neither a text nor has one."""
    if isinstance(side, str) and articles is not None:
        if side not in articles:
            raise InputError(f"{place}: none of the articles has the id {side[:80]!r}")
        return articles[side]
    if isinstance(side, str):
        return {"text": side}
    return side if isinstance(side, dict) and side.keys() & {"text", "html"} else {}


def score(answers: Sequence[str], found: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """Return the figures of relations found, each with its confidence, against the answers.

    >>> figures = score(["rewrite", "same"], [("rewrite", 0.9), ("unrelated", 0.7)])
    >>> figures["accuracy"], figures["confusions"]
    (0.5, {'rewrite': {'rewrite': 1}, 'same': {'unrelated': 1}})
    """
    right = np.array([_right(answer, name) for answer, (name, _) in zip(answers, found, strict=True)], dtype=float)
    confidence = np.array([value for _, value in found], dtype=float)
    counts = Counter((answer, str(name)) for answer, (name, _) in zip(answers, found, strict=True))
    confusions: dict[str, dict[str, int]] = {}
    for (answer, name), times in sorted(counts.items()):
        confusions.setdefault(answer, {})[name] = times
    return {
        "pairs": len(answers),
        "accuracy": float(right.mean()) if len(right) else 0.0,
        "calibration_error": _calibration_error(confidence, right),
        "relations": {name.value: _precision_recall(name.value, counts) for name in RELATIONS},
        "confusions": confusions,
    }


def _right(answer: str, name: str) -> bool:
    return name != Relation.UNRELATED if answer == SAME else name == answer


def _precision_recall(name: str, counts: Counter[tuple[str, str]]) -> dict[str, float]:
    both = counts[name, name]
    found = sum(count for (answer, other), count in counts.items() if other == name and answer != SAME)
    there = sum(count for (answer, _), count in counts.items() if answer == name)
    return {"precision": both / found if found else 0.0, "recall": both / there if there else 0.0, "pairs": there}


def _calibration_error(confidence: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    if not len(right):
        return 0.0
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(np.abs(np.bincount(place, confidence - right, BINS)).sum() / len(right))


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [
        f"{count(result['pairs'], 'pair')}, accuracy {result['accuracy']:.3f}, "
        f"calibration error {result['calibration_error']:.3f}",
        f"{'':16}{'precision':>10}{'recall':>8}{'pairs':>7}",
    ]
    found = {name for answer, row in result["confusions"].items() if answer != SAME for name in row}
    for name, row in result["relations"].items():
        precision = f"{row['precision']:.3f}" if name in found else "–"  # of none there is no share
        recall = f"{row['recall']:.3f}" if row["pairs"] else "–"
        lines.append(f"{name:16}{precision:>10}{recall:>8}{row['pairs']:7}")
    for answer, row in result["confusions"].items():
        lines.append(f"{answer}: " + ", ".join(f"{name} {times}" for name, times in row.items()))
    return "\n".join(lines)
