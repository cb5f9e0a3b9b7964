"""The whole report on a file of articles: seconds and processor time of each stage, peak memory, beside datasketch.

    python -m benchmarks report [FILE] [--articles N] [--jobs 2] [--repeats 3]

FILE is JSON lines with `text` (default: the first half of the Reuters articles in ../shared/data). The report is
written as JSON, as `dedupe report FILE -f json -o OUT` does; datasketch signs and bands the same texts with two.
Copies and terms are found side by side, so the seconds of either are in part the other's; `all` counts them once.
The two take turns `--repeats` times; told are the stages of the run that is the median, and the spread of the ratios.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import results

DEFAULT = Path("../shared/data/near_duplicates/reuters_first_half.jsonl.gz")
RUN = """
import json, resource, sys, time
started = time.perf_counter()
from dedupe.pipeline import analyze, read
from dedupe.report.json import parts
stages, begun = {}, {}
def tell(stage, done, total):
    if stage not in begun:
        begun[stage] = time.perf_counter(), time.process_time()
    if total and done >= total:
        wall, processor = begun[stage]
        stages[stage] = time.perf_counter() - wall, time.process_time() - processor
jobs = int(sys.argv[3])
findings = analyze(read([sys.argv[1]], jobs=jobs), jobs=jobs, progress=tell)
begin = time.perf_counter(), time.process_time()
with open(sys.argv[2], "wb") as file:
    file.writelines(parts(findings))
stages["write"] = time.perf_counter() - begin[0], time.process_time() - begin[1]
stages["all"] = time.perf_counter() - started, time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
counts = len(findings.articles), len(findings.stories), len(findings.pairs)
print(json.dumps({"stages": stages, "peak_mb": peak, "counts": counts}))
"""


def main(arguments: list[str]) -> None:
    """Run the benchmark and write its section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report")
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--articles", type=int, default=1 << 30)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    if not options.file.exists():
        sys.exit(f"{options.file}: there is no such file; give a file of JSON lines with `text`")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "articles.jsonl"
        texts = unpack(options.file, plain, options.articles)
        command = [sys.executable, "-c", RUN, str(plain), f"{folder}/report.json", str(options.jobs)]
        peer = [sys.executable, "-m", "benchmarks.peers", "datasketch", str(plain), str(texts), "2", f"{folder}/pairs"]
        ours, theirs = [], []
        for _ in range(options.repeats):
            ours.append(run(command))
            if results.installed("datasketch"):
                theirs.append(float(run(peer)["seconds"]))
    write(ours, theirs)


def unpack(source: Path, target: Path, articles: int) -> int:
    """Write the first articles that have a text as plain JSON lines; return how many."""
    count = 0
    with (gzip.open if source.suffix == ".gz" else open)(source, "rb") as lines, target.open("wb") as out:
        for line in lines:
            if count < articles and json.loads(line).get("text"):
                out.write(line)
                count += 1
    return count


def run(command: list[str]) -> dict[str, Any]:
    """Return what a process printed as JSON on its last line."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def write(runs: list[dict[str, Any]], theirs: list[float]) -> None:
    """Write the section: the median run's stages, and how long the report takes of datasketch's time beside it."""
    seconds = [run["stages"]["all"][0] for run in runs]
    ours = runs[seconds.index(sorted(seconds)[len(seconds) // 2])]
    articles, stories, pairs = ours["counts"]
    rows = [(name, f"{wall:.2f}", f"{processor:.2f}") for name, (wall, processor) in ours["stages"].items()]
    found = f"{articles:,} articles in {stories:,} stories, {pairs:,} pairs with evidence"
    body = f"{found}; peak memory {ours['peak_mb']:,.0f} MB.\n\n"
    body += results.table(("stage", "seconds", "processor seconds"), rows)
    if theirs:
        ratios = [one / other for one, other in zip(seconds, theirs, strict=True)]
        body += f"\ndatasketch with 2 processes signs and bands the same texts in {results.spread(theirs, '.1f')} s, "
        body += f"the report takes {results.spread(seconds, '.1f')} s: by turns {results.spread(ratios, '.2f')} times "
        body += "as long.\n"
    results.write("report", "The whole report, stage by stage", body)


if __name__ == "__main__":
    main(sys.argv[1:])
