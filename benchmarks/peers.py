"""One tool's near-duplicate job in a process of its own: from JSON lines to pairs and clusters.

    python -m benchmarks.peers TOOL PATH ARTICLES THREADS OUT

prints {"seconds", "peak_mb", "ended", "processor"} as JSON and writes the pairs it found to OUT. The clock of `seconds`
starts once the tool is imported and has done the first thousand articles, which loads what a tool loads on first use
(we our kernels from numba's cache), and stops when the clusters are known; `ended` is then the time of day;
`processor` is the processor time from the start. The peers read with the fastest JSON decoder there is for Python;
those that want shingles get runs of five words of `text.lower().split()`, the cheapest cut there is, which suits the
corpus exactly.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from benchmarks.corpus import BLOCK
from benchmarks.results import installed

if TYPE_CHECKING:
    from dedupe import NearDuplicates

# text-dedup pins so much that it wants an environment of its own.
TEXT_DEDUP_HELP = "text-dedup: set TEXT_DEDUP to the Python of an environment that has it"
PERMUTATIONS, BANDS = 128, 16  # 16 x 8: the banding that most of them choose or recommend for 0.7
WARM = 1000  # articles before the clock starts: enough for our kernels to be loaded
CLUSTER = 0.7  # the Jaccard of a pair that joins two articles
LEAST = 0.5  # of the pairs whose recall is told besides, in a run of its own after the clock
Pairs = tuple[np.ndarray, np.ndarray]


class Line(msgspec.Struct):
    """A record of the corpus."""

    text: str


def texts(path: Path, articles: int) -> Iterator[str]:
    """Yield the texts of the first articles."""
    decode = msgspec.json.Decoder(Line).decode_lines
    with path.open("rb") as file:
        while articles > 0 and (block := file.read(1 << 16)):
            lines = decode(block + file.readline())[:articles]
            articles -= len(lines)
            for line in lines:
                yield line.text


@contextmanager
def first(path: Path, articles: int) -> Iterator[Path]:
    """Return a file of the first articles: a corpus of ours, whose name tells its blocks, or one gone afterwards."""
    blocks = path.stem.rpartition("-")[2]
    if blocks.isdecimal() and articles == int(blocks) * BLOCK:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder, path.open("rb") as file:
        part = Path(folder) / "part.jsonl"
        with part.open("wb") as out:
            out.writelines(islice(file, articles))
        yield part


def batched(values: Iterator[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield the values in tuples of at most `size`."""
    while chunk := tuple(islice(values, size)):
        yield chunk


def shingles(text: str) -> list[str]:
    """Return the five-word shingles of a text as strings."""
    words = text.lower().split()
    return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]


def dedupe(path: Path, articles: int, threads: int, threshold: float = CLUSTER) -> NearDuplicates:
    """This project, with its default settings, on a file of so many articles."""
    from dedupe import near_duplicates

    return near_duplicates(path, threshold=threshold, jobs=threads)


def rows_of(found: NearDuplicates, least: float = 0.0) -> Pairs:
    """Return the pairs at least so alike by their articles' rows: an id tells the block and the place in it."""
    return columns([(row_of(pair.a), row_of(pair.b)) for pair in found.pairs if pair.jaccard >= least])


def row_of(id: str) -> int:
    """Return the row of an article of the corpus."""
    return int(id[:4]) * BLOCK + int(id[5:])


def _datasketch_hashes(chunk: tuple[str, ...]) -> np.ndarray:
    from datasketch import MinHash

    rows = []
    for text in chunk:
        minhash = MinHash(PERMUTATIONS)
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
        rows.append(minhash.hashvalues)
    return np.array(rows)


def datasketch(path: Path, articles: int, threads: int, **banding: Any) -> Pairs:
    """datasketch: update_batch in as many processes, MinHashLSH in one."""
    from multiprocessing import Pool

    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=CLUSTER, num_perm=PERMUTATIONS, **banding)
    found, row = [], 0
    with Pool(threads) as pool:
        chunks = batched(texts(path, articles), 500)
        for part in pool.imap(_datasketch_hashes, chunks) if threads > 1 else map(_datasketch_hashes, chunks):
            for values in part:
                minhash = MinHash(hashvalues=values, scheme="affine32")
                found += [(other, row) for other in lsh.query(minhash)]
                lsh.insert(row, minhash, check_duplication=False)
                row += 1
    return columns(found)


def datasketch_16x8(path: Path, articles: int, threads: int) -> Pairs:
    """datasketch with 16 bands of 8 rows in place of those it would choose."""
    return datasketch(path, articles, threads, params=(BANDS, PERMUTATIONS // BANDS))


def rensa(path: Path, articles: int, threads: int) -> Pairs:
    """rensa: RMinHash of token lists, RMinHashLSH."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(CLUSTER, PERMUTATIONS, BANDS)
    minhashes = []
    for chunk in batched(texts(path, articles), 2000):
        minhashes += RMinHash.from_token_sets([shingles(text) for text in chunk], PERMUTATIONS, 1)
    lsh.insert_pairs(list(enumerate(minhashes)))
    return of_lists(lsh.query_all(minhashes))


def gaoya(path: Path, articles: int, threads: int) -> Pairs:
    """gaoya: its own analyzer, bulk insertion and bulk query on all threads."""
    from gaoya.minhash import MinHashStringIndex

    rows = PERMUTATIONS // BANDS
    index = MinHashStringIndex(32, CLUSTER, BANDS, rows, None, "word", True, (5, 5), "vec")
    every = list(texts(path, articles))
    index.par_bulk_insert_docs(list(range(len(every))), every)
    return of_lists(index.par_bulk_query(every))


def fastsketch(path: Path, articles: int, threads: int) -> Pairs:
    """FastSketchLSH: batch sketches and batch query."""
    from FastSketchLSH import LSH, FastSimilaritySketch

    sketcher = FastSimilaritySketch(size=PERMUTATIONS)
    chunks = batched(texts(path, articles), 2000)
    rows = [sketcher.batch([shingles(text) for text in chunk], num_threads=threads) for chunk in chunks]
    sketches = np.concatenate(rows)
    lsh = LSH(num_perm=PERMUTATIONS, num_bands=BANDS, num_threads=threads)
    lsh.insert(sketches)
    met, first = lsh.query(sketches, format="csr")
    a = np.repeat(np.arange(len(sketches)), np.diff(first).astype(np.int64))
    b = np.asarray(met).astype(np.int64)
    return a[a < b], b[a < b]


def text_dedup(path: Path, articles: int, threads: int) -> Pairs:
    """text-dedup's own command in its own environment; it tells which articles are left, not pairs."""
    with tempfile.TemporaryDirectory() as folder:
        command = [os.environ["TEXT_DEDUP"], "-m", "text_dedup.minhash", "--path", "json", "--data_files", str(path)]
        command += [
            "--split",
            "train",
            "--column",
            "text",
            "--cache_dir",
            f"{folder}/cache",
            "--output",
            f"{folder}/out",
        ]
        command += ["--ngram", "5", "--num_perm", str(PERMUTATIONS), "--threshold", str(CLUSTER), "--b", str(BANDS)]
        command += ["--r", str(PERMUTATIONS // BANDS), "--num_proc", str(threads)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return columns([])


class Tool(NamedTuple):
    """A tool: its distribution, the modules to import before the clock starts, and its job."""

    distribution: str
    modules: tuple[str, ...]
    job: Callable[[Path, int, int], Any]

    def version(self) -> str:
        """Return the version that is installed, here or, of text-dedup, where TEXT_DEDUP says; or an empty string."""
        if self.distribution != "text-dedup":
            return installed(self.distribution)
        ask = "from importlib.metadata import version; print(version('text-dedup'))"
        python = os.environ.get("TEXT_DEDUP")
        return subprocess.run([python, "-c", ask], stdout=subprocess.PIPE, text=True).stdout.strip() if python else ""


TOOLS = {
    "dedupe": Tool("dedupe-news", ("dedupe",), dedupe),
    "datasketch": Tool("datasketch", ("datasketch",), datasketch),
    "datasketch 16x8": Tool("datasketch", ("datasketch",), datasketch_16x8),
    "rensa": Tool("rensa", ("rensa",), rensa),
    "gaoya": Tool("gaoya", ("gaoya.minhash",), gaoya),
    "FastSketchLSH": Tool("FastSketchLSH", ("FastSketchLSH",), fastsketch),
    "text-dedup": Tool("text-dedup", ("subprocess",), text_dedup),
}


def columns(pairs: list[tuple[int, int]]) -> Pairs:
    """Return pairs as two columns."""
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def of_lists(met: list[list[int]]) -> Pairs:
    """Return the pairs a < b of what each row met."""
    a = np.repeat(np.arange(len(met)), [len(rows) for rows in met])
    b = np.array([other for rows in met for other in rows], dtype=np.int64)
    return a[a < b], b[a < b]


def clusters(count: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return for each row the least row it hangs together with."""
    from dedupe.candidates.kernel import roots

    return roots(a, b, count)


def main() -> None:
    """Run one tool on a file of so many articles, print what it took, and write what it found."""
    name, path, articles, threads, out = sys.argv[1:6]
    os.environ["RAYON_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = threads
    for module in TOOLS[name].modules:
        import_module(module)
    with first(Path(path), WARM) as part:
        TOOLS[name].job(part, WARM, int(threads))
    with first(Path(path), int(articles)) as part:
        start = time.perf_counter()
        found = TOOLS[name].job(part, int(articles), int(threads))
        known = found.groups if name == "dedupe" else clusters(int(articles), *found)
        seconds, ended = time.perf_counter() - start, time.time()
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        peak = sum(each.ru_maxrss for each in used) / 1024
        processor = sum(each.ru_utime + each.ru_stime for each in used)
        if name == "dedupe":
            print(f"{len(known):,} groups; left out: {[item.reason for item in found.skipped]}", file=sys.stderr)
            a, b = rows_of(dedupe(part, int(articles), int(threads), LEAST))
            np.savez(f"{out}.all.npz", a=a, b=b)
            found = rows_of(found, CLUSTER)
    np.savez(out, a=found[0], b=found[1])
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "ended": ended, "processor": processor}))


if __name__ == "__main__":
    main()
