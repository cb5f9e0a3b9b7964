"""Inputs made to break a search for near-duplicates, each at two sizes: time and memory must grow no faster than they.

    python -m benchmarks hostile [--part F]

`--part 0.1` takes a tenth of each input. How many times as much the whole takes as its half is told of processor time:
half of that of one word is the system's, which clears the pages of large arrays, and the clock depends on who waits.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks import results


def words(seed: int, count: int) -> list[str]:
    """Return that many words of a vocabulary of 20,000."""
    names = [f"word{number}" for number in range(20_000)]
    return [names[number] for number in np.random.default_rng(seed).integers(0, 20_000, count).tolist()]


def one_line(size: int) -> Iterator[str]:
    """A document of so many characters without a line break, and three excerpts of it."""
    run = words(1, size // 10 + 10)
    text = " ".join(run)[:size]
    yield text
    for start in (0, len(text) // 2, len(text) - 3000):
        yield text[start : start + 3000]


def empty(size: int) -> Iterator[str]:
    """So many documents without a word."""
    for number in range(size):
        yield " \n"[: number % 3]


def identical(size: int) -> Iterator[str]:
    """So many copies of one page."""
    page = " ".join(words(2, 400))
    for _ in range(size):
        yield page


def one_bucket(size: int) -> Iterator[str]:
    """So many different pages that share nine tenths of their text, so all of their buckets."""
    page = " ".join(words(3, 360))
    own = words(4, 40 * size)
    for number in range(size):
        yield f"{page} {number} {' '.join(own[40 * number : 40 * number + 40])}"


def one_passage(size: int) -> Iterator[str]:
    """So many different pages under which the same notice of 60 words is printed."""
    notice = " ".join(words(5, 60))
    own = words(6, 300 * size)
    for number in range(size):
        yield f"{' '.join(own[300 * number : 300 * number + 300])} {number} {notice}"


def one_word(size: int) -> Iterator[str]:
    """One word, so many characters long, and one document that says the same word as often."""
    yield "x" * size
    yield "da " * (size // 3)


CASES: dict[str, tuple[Callable[[int], Iterator[str]], int, str]] = {
    "one line": (one_line, 50_000_000, "a document of 50 MB without a line break, and excerpts of it"),
    "empty": (empty, 1_000_000, "a million empty documents"),
    "identical": (identical, 100_000, "100,000 identical pages"),
    "one bucket": (one_bucket, 100_000, "100,000 different pages that share every bucket"),
    "one passage": (one_passage, 100_000, "100,000 different pages with one notice"),
    "one word": (one_word, 50_000_000, "a word of 50 MB, and 50 MB of one word"),
}


def child(name: str, size: int) -> None:
    """Run one case and print what it took."""
    from dedupe import near_duplicates
    from dedupe.compiling import COLD, LARGE
    from dedupe.words import CHARACTERS

    few = 1 + int(COLD * LARGE) * CHARACTERS // 20_000
    near_duplicates([{"id": number, "text": "a b c d " * 2500} for number in range(few)])  # loads the kernels
    pages = [{"id": number, "text": text} for number, text in enumerate(CASES[name][0](size))]
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, begun = time.perf_counter(), time.process_time()
    found = near_duplicates(pages)
    seconds, processor = time.perf_counter() - start, time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = {"seconds": seconds, "processor": processor, "peak_mb": peak / 1024, "input_mb": held / 1024}
    capped = [item.reason for item in found.skipped if not item.path]
    print(json.dumps({**took, "pairs": len(found.pairs), "capped": capped}))


def main(arguments: list[str]) -> None:
    """Run every case at half and at full size, and write the section of RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks hostile")
    parser.add_argument("--part", type=float, default=1.0, help="of the size of each input")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options, _ = parser.parse_known_args(arguments)
    if options.child:
        child(options.child[0], int(options.child[1]))
        return
    rows, notes = [], []
    for name, (_, full, what) in CASES.items():
        took = []
        for size in (int(full * options.part / 2), int(full * options.part)):
            command = [sys.executable, "-m", "benchmarks", "hostile", "--child", name, str(size)]
            took.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
        half, whole = took
        times = f"{whole['processor'] / max(half['processor'], 0.05):.1f}"
        seconds = [f"{each[clock]:.2f}" for clock in ("seconds", "processor") for each in took]
        rows.append([what, *seconds, times, f"{whole['peak_mb']:,.0f}", f"{whole['pairs']:,}"])
        notes += [f"- {name}: {line}" for line in whole["capped"]]
        print(rows[-1], flush=True)
    header = ["input", "seconds, half of it", "all of it", "processor seconds, half of it", "all of it", "times"]
    header += ["peak MB, input included", "pairs"]
    body = results.table(header, rows) + "\nWhat the run says it left out:\n\n" + "\n".join(notes)
    results.write("hostile", "Hostile inputs", body)


if __name__ == "__main__":
    main(sys.argv[1:])
