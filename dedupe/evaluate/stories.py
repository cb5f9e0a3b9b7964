"""How well articles are grouped into stories: labelled events, or pairs judged the same story or not.

- `.jsonl`, `.jsonl.gz` or a table: a record an article, with `id`, `story` and `text`, and optionally `title`, `url`,
  `published`. B-cubed precision, recall and F1 (Bagga and Baldwin 1998; Amigo et al. 2009), and the adjusted Rand index
  (Hubert and Arabie 1985). Records whose story is empty take part in the corpus and are not scored.
- `.tsv` or `.csv`: a pair a line, columns `first_text`, `second_text`, `quality` (OK: one story), perhaps with
  prefixes like `INPUT:`; optionally `first_title`, `first_url` and so on. Accuracy: the texts of all pairs are grouped
  together, and a pair counts as one story if both fall into one (`evaluate pairs` judges each pair by itself).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import candidates, tfidf
from ..config import Config
from ..errors import InputError
from ..model import count
from ..pipeline import grouping
from ..report.wording import safe
from .corpora import as_run, is_table, rows_of, sides_of, table_of

SHOWN = 5  # errors of a kind in the table
_SAME = {
    **dict.fromkeys(("ok", "1", "1.0", "true", "yes", "y", "same"), True),
    **dict.fromkeys(("bad", "0", "0.0", "false", "no", "n", "different"), False),
}


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return the figures of a labelled set, under the settings."""
    if not is_table(gold_path):
        return of_events(rows_of(gold_path, "id", "text", "story"), config, jobs)
    rows = table_of(gold_path)
    return of_events(rows, config, jobs) if "story" in rows[0] else of_pairs(rows, config, jobs)


def of_events(records: Sequence[dict[str, Any]], config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return B-cubed figures and adjusted Rand index of records with a `story`."""
    found, order = grouped(records, config, jobs)
    gold = [str(records[row]["story"]) for row in order]
    known = [row for row, story in enumerate(gold) if story]
    truth, label = [gold[row] for row in known], [int(found[row]) for row in known]
    figures = {"articles": len(known), "events": len(set(truth)), "stories": len(set(label))}
    ids = [str(records[order[row]]["id"]) for row in known]
    wrong = {"split": divided(truth, label, ids), "mixed": divided(label, truth, ids)}
    return figures | b_cubed(truth, label) | {"ari": adjusted_rand(truth, label)} | wrong


def divided(groups: Sequence[Any], others: Sequence[Any], ids: Sequence[str]) -> list[dict[str, list[str]]]:
    """Return of each group that lies in several of the others which of its articles lie where, the worst group first.

    Events among stories tell which were split, stories among events which mix several. The worst has the most articles
    outside its largest part.

    >>> divided([1, 1, 1, 2, 2], ["flood", "flood", "vote", "vote", "vote"], ["a", "b", "c", "d", "e"])
    [{'flood': ['a', 'b'], 'vote': ['c']}]
    """
    parts: dict[Any, dict[str, list[str]]] = {}
    for group, other, name in zip(groups, others, ids, strict=True):
        parts.setdefault(group, {}).setdefault(str(other), []).append(name)
    several = [part for part in parts.values() if len(part) > 1]
    return sorted(several, key=lambda part: max(map(len, part.values())) - sum(map(len, part.values())))


def of_pairs(rows: Sequence[dict[str, str]], config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return the accuracy over pairs of texts judged the same story or not, and the pairs that went wrong."""
    records: dict[str, dict[str, str]] = {}
    sides = []
    for row in rows:
        pair = []
        for fields in sides_of(row):
            name = fields["url"] or fields["text"]
            records.setdefault(name, {"id": name, "story": "", **fields})
            pair.append(name)
        sides.append(pair)
    found, order = grouped(list(records.values()), config, jobs)
    names = list(records)
    label = {names[row]: int(found[place]) for place, row in enumerate(order)}
    wrong = [
        (a, b, row["quality"])
        for number, (row, (a, b)) in enumerate(zip(rows, sides, strict=True), 1)
        if is_same(row["quality"], f"row {number}") != (label[a] == label[b])
    ]
    return {"pairs": len(rows), "accuracy": 1 - len(wrong) / max(len(rows), 1), "wrong": wrong}


def is_same(label: object, place: str) -> bool:
    """Return whether the label of a pair says that the two tell one story; `place` of one that says nothing is told.

    >>> is_same("OK", "line 1"), is_same(True, "line 2"), is_same("BAD", "line 3")
    (True, True, False)
    """
    said = _SAME.get(str(label).strip().lower())
    if said is None:
        raise InputError(f"{place}: whether the two are the same is {label!r}; it has to be one of {', '.join(_SAME)}")
    return said


def grouped(
    records: Sequence[dict[str, Any]], config: Config | None = None, jobs: int = 1
) -> tuple[NDArray[np.int32], list[int]]:
    """Return the story of each row as a report finds it, and the record of each row."""
    config = config or Config()
    corpus, order = as_run(records, jobs)
    near = candidates.find(corpus.tokens, config, jobs=jobs)
    found = grouping.grouped(corpus, tfidf.weigh(*tfidf.stemmed(corpus), jobs=jobs), near, config, jobs=jobs)
    return found.story, order


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
    """Return the figures as lines of text, and the worst errors by the ids of their articles."""
    if "pairs" in result:
        lines = [f"stories of {count(result['pairs'], 'pair')}   accuracy {result['accuracy']:.3f}"]
        return "\n".join([*lines, *(f"  wrong ({quality}): {safe(a)}  {safe(b)}" for a, b, quality in result["wrong"])])
    lines = [
        f"stories of {count(result['articles'], 'article')}, {count(result['events'], 'event')}, "
        f"{result['stories']} found   "
        f"B-cubed F1 {result['f1']:.3f} (precision {result['precision']:.3f}, recall {result['recall']:.3f})   "
        f"ARI {result['ari']:.3f}"
    ]
    for kind, what in (("split", "events in several stories"), ("mixed", "stories of several events")):
        worst = result[kind][:SHOWN]
        if worst:
            lines.append(f"{what}: {len(result[kind])}, the worst first (all with -f json)")
        lines += ["  " + safe(" | ".join(" ".join(ids) for ids in parts.values())) for parts in worst]
    return "\n".join(lines)
