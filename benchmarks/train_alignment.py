"""Cross-validate the constants of alignment: `python -m benchmarks train_alignment [--sample N]`.

The pairs of PAN-13 are dealt to folds by their source document, so that no source is in two. For each fold the
constants are chosen on a sample of the other folds' pairs: a search one constant at a time, twice round, from round
values that were not measured on this set. What was chosen is then scored on every pair of the fold it has not seen;
the figures of all folds' pairs together are the held-out ones. Constants are not changed by this: it prints what the
whole sample would choose beside those in `dedupe/alignment/rules.py`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import results
from dedupe.alignment import align
from dedupe.alignment.cores import Span
from dedupe.alignment.rules import RULES
from dedupe.evaluate.reuse import Pair, Planted, plagdet, read, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GOLD = Path(__file__).parent.parent.parent / "shared" / "data" / "reuse" / "pan13_train_pairs.jsonl.gz"
FOLDS = 5
SAMPLE = 2000
ROUNDS = 2
# The first value of each is where the search starts. Constants that only say what two other sets showed (`some`,
# `ordered`) or that hardly matter (`near`, `places`) are left as they are.
GRID: dict[str, tuple[float, ...]] = {
    "cosine": (0.33, 0.15, 0.2, 0.25),
    "kept": (0.5, 0.15, 0.25, 0.35),
    "evidence": (10, 6, 15, 22),
    "dice": (0.3, 0.1, 0.2),
    "gap": (2, 4, 6),
    "apart": (30, 60, 120),
    "reach": (30, 60, 100),
    "run": (20, 32, 50),
    "shortest": (15, 25, 35),
    "like": (0.33, 0.2, 0.25),
    "least": (0.5, 0.35, 0.25, 0.7),
    "spread": (1.5, 2.5, 4.0),
    "covered": (0.7, 0.5, 0.3),
}
Settings = tuple[tuple[str, float], ...]


def folds(pairs: Sequence[Planted]) -> list[int]:
    """Return the fold of each pair: that of its source."""
    sources = sorted({pair.source for pair in pairs})
    random.Random(13).shuffle(sources)
    dealt = {source: place % FOLDS for place, source in enumerate(sources)}
    return [dealt[pair.source] for pair in pairs]


def sample(pairs: Sequence[Planted], size: int) -> list[int]:
    """Return rows of so many pairs, as many of each obfuscation as there are of any other."""
    by_kind: dict[str, list[int]] = {}
    for row, pair in enumerate(pairs):
        by_kind.setdefault(pair.obfuscation, []).append(row)
    chance = random.Random(7)
    each = size // len(by_kind)
    return sorted(
        row for kind in sorted(by_kind) for row in chance.sample(by_kind[kind], min(each, len(by_kind[kind])))
    )


def detected(pair: Planted, settings: Settings) -> Pair:
    """Return what these constants detect in a pair, beside what was planted."""
    rules = RULES._replace(**_typed(settings))
    return Pair(pair.cases, tuple(Span(*passage[:4]) for passage in align(pair.a, pair.b, rules=rules)))


def _typed(settings: Settings) -> dict[str, Any]:
    whole = {name for name, value in RULES._asdict().items() if isinstance(value, int)}
    return {name: int(value) if name in whole else value for name, value in settings}


class Search:
    """The results of each setting tried on a sample, kept: the folds' searches mostly try the same ones."""

    def __init__(self, pairs: Sequence[Planted], rows: Sequence[int]) -> None:
        self._pairs, self._rows = pairs, rows
        self.tried: dict[Settings, dict[int, Pair]] = {}

    def score(self, settings: Settings, rows: Iterable[int]) -> float:
        """Return plagdet on some rows of the sample."""
        if settings not in self.tried:
            self.tried[settings] = {row: detected(self._pairs[row], settings) for row in self._rows}
        return plagdet([self.tried[settings][row] for row in rows])["plagdet"]

    def best(self, rows: Sequence[int]) -> Settings:
        """Return the constants that are best on these rows, found one at a time."""
        chosen = {name: values[0] for name, values in GRID.items()}
        for _ in range(ROUNDS):
            for name, values in GRID.items():
                options = {value: self.score(tuple((chosen | {name: value}).items()), rows) for value in values}
                chosen[name] = max(values, key=options.__getitem__)
        return tuple(chosen.items())


def cross_validate(pairs: Sequence[Planted], size: int) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Return plagdet on what each fold's choice had not seen, by obfuscation and for all, and lines on the search."""
    fold_of, rows = folds(pairs), sample(pairs, size)
    search = Search(pairs, rows)
    held: dict[str, list[Pair]] = {}
    lines = []
    for fold in range(FOLDS):
        seen = [row for row in rows if fold_of[row] != fold]
        chosen = search.best(seen)
        unseen = [row for row in range(len(pairs)) if fold_of[row] == fold]
        found = [detected(pairs[row], chosen) for row in unseen]
        for row, pair in zip(unseen, found, strict=True):
            held.setdefault(pairs[row].obfuscation, []).append(pair)
        lines.append(f"fold {fold}: {search.score(chosen, seen):.3f} seen, {plagdet(found)['plagdet']:.3f} held out; ")
        lines[-1] += _differences(dict(chosen))
        print(lines[-1], flush=True)
    figures = {kind: plagdet(held[kind]) for kind in sorted(held)}
    figures["all"] = plagdet([pair for kind in sorted(held) for pair in held[kind]])
    every = dict(search.best(rows))
    start = tuple((name, values[0]) for name, values in GRID.items())
    lines.append(f"start of the search {search.score(start, rows):.3f} on the whole sample; ")
    lines[-1] += f"its choice on it {search.score(tuple(every.items()), rows):.3f}: {_differences(every)}"
    lines.append(f"{len(search.tried)} settings tried on {len(rows):,} pairs")
    return figures, lines


def _differences(chosen: Mapping[str, float]) -> str:
    """Return the constants that are not those of the package."""
    other = [f"{name} {value:g}" for name, value in chosen.items() if value != getattr(RULES, name)]
    return f"other than ours: {', '.join(other)}" if other else "our constants"


def main(arguments: list[str]) -> None:
    """Print the held-out figures and write them to the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks train_alignment")
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    options = parser.parse_args(arguments)
    pairs = read(options.gold)
    figures, lines = cross_validate(pairs, options.sample)
    body = "\n".join(["```", table(figures), "```", "", *(f"- {line}" for line in lines)])
    results.write("train_alignment", "Passages of PAN-13, constants chosen on four folds and scored on the fifth", body)
