"""How many articles of different days are called excerpts or closer: `python -m benchmarks days [FILE] [--articles N]`.

FILE is JSON lines with `text` and `published` (default: the first half of the Reuters articles). Examined are the pairs
whose relation is weighed: those that share text, those that are near by their terms, and those inside stories. A pair
counts as unrelated where the two are of two stories, by the report itself, and of two families of the wire (one
number of a story, within days), as far as FAMILIES knows them. Those that share long runs of words outside speech are
told apart: paragraphs and tables that an agency prints under other news are verbatim copies, whatever they stand in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe import candidates, relation, tfidf
from dedupe.config import Config
from dedupe.evaluate.corpora import as_run, rows_of
from dedupe.model import RELATIONS
from dedupe.model.codes import EXCERPT
from dedupe.pipeline.grouping import grouped
from dedupe.pipeline.relations import complete

from . import results

if TYPE_CHECKING:
    from numpy.typing import NDArray

REUTERS = Path("../shared/data/near_duplicates/reuters_first_half.jsonl.gz")
FAMILIES = Path("../shared/data/near_duplicates/reuters_families.jsonl.gz")
SINCE = (1, 2, relation.LATE)  # days: at least so many
SHOWN = 20


def main(arguments: list[str]) -> None:
    """Run the benchmark, show the pairs that count as wrong, and write its section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks days")
    parser.add_argument("file", nargs="?", type=Path, default=REUTERS)
    parser.add_argument("--articles", type=int, default=1 << 30)
    options = parser.parse_args(arguments)
    if not options.file.exists():
        sys.exit(f"{options.file}: there is no such file; give one of JSON lines with `text` and `published`")
    records = rows_of(options.file)[: options.articles]
    corpus, order = as_run(records, jobs=2)
    config = Config()
    near = candidates.find(corpus.tokens, config, jobs=2)
    found = grouped(corpus, tfidf.weigh(*tfidf.stemmed(corpus), jobs=2), near, config, jobs=2)
    told = complete(corpus, found, config.shingle_size, jobs=2)
    day = np.floor(corpus.published)

    def apart(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        return np.abs(day[a] - day[b])

    width = np.int64(len(day))
    sides = ((near.a, near.b), (found.links.a, found.links.b), (told.a, told.b))
    examined = np.unique(np.concatenate([a.astype(np.int64) * width + b for a, b in sides]))
    weighed = apart((examined // width).astype(np.int32), (examined % width).astype(np.int32))
    days, copied = apart(told.a, told.b), told.relation <= EXCERPT
    family = families([records[row].get("id", "") for row in order])
    other = copied & (found.story[told.a] != found.story[told.b]) & (family[told.a] != family[told.b])
    own = other & ~relation.is_piece(told.features)
    rows = []
    for since in SINCE:
        count = [int((of >= since).sum()) for of in (weighed, days[copied], days[other], days[own])]
        rates = [10_000 * wrong / max(count[0], 1) for wrong in count[2:]]
        rows.append([since, *(f"{number:,}" for number in count), *(f"{rate:.2f}" for rate in rates)])
    for i in np.flatnonzero(own & (days >= SINCE[0]))[:SHOWN].tolist():
        titles = " | ".join(corpus.articles[row].title for row in (told.a[i], told.b[i]))
        print(f"{RELATIONS[told.relation[i]]}, {days[i]:.0f} days: {titles}")
    header = ["days apart, at least", "pairs examined", "excerpt or closer", "of them of two stories",
              "without a long run of words", "per 10,000: of two stories", "and without a long run"]  # fmt: skip
    table = results.table(header, rows)
    print(table)
    results.write("days", "Articles of different days called excerpts or closer", table)


def families(ids: list[str]) -> NDArray[np.int64]:
    """Return a number for the family of each article, int64, its own below zero where it is of none."""
    known = enumerate(rows_of(FAMILIES)) if FAMILIES.exists() else ()
    number = {name: place for place, row in known for name in row["ids"]}
    return np.array([number.get(name, -1 - place) for place, name in enumerate(ids)], dtype=np.int64)


if __name__ == "__main__":
    main(sys.argv[1:])
