"""One tool's near-duplicate job in a process of its own: from JSON lines to pairs and clusters.

    python -m benchmarks.peers TOOL PATH ARTICLES THREADS OUT

prints {"seconds", "peak_mb", "ended", "processor"} as JSON and writes the pairs it found to OUT. The clock of `seconds`
starts once the tool is imported and has done its first hundred articles, which loads what a tool loads on first use (we
our kernels from numba's cache), and stops when the clusters are known; `ended` is then the time of day; `processor` is
the processor time from the start. The peers read with the fastest JSON decoder there is for Python; those that want
shingles get runs of five words of `text.lower().split()`, the cheapest cut there is, which suits the corpus exactly.
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
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from benchmarks.results import installed

# text-dedup pins so much that it wants an environment of its own.
TEXT_DEDUP_HELP = "text-dedup: set TEXT_DEDUP to the Python of an environment that has it"
PERMUTATIONS, BANDS = 128, 16  # 16 x 8: the banding that most of them choose or recommend for 0.7
WARM = 100  # articles before the clock starts
CLUSTER = 0.7  # the Jaccard of a pair that joins two articles
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


@cache
def size_of(path: Path, articles: int) -> int:
    """Return how many bytes the first articles take. Asked before the clock starts: who has a file reads all of it."""
    with path.open("rb") as file:
        return sum(map(len, islice(file, articles)))


def blocks(path: Path, articles: int) -> Iterator[np.ndarray]:
    """Yield the lines of the first articles in blocks of a few megabytes, 64 zeros after each."""
    from dedupe.reader.texts import line_blocks

    left = size_of(path, articles)
    with path.open("rb", buffering=0) as file:
        for block in line_blocks(file):
            if len(block) - 64 >= left:
                yield np.concatenate((block[:left], np.zeros(64, dtype=np.uint8)))
                return
            yield block
            left -= len(block) - 64


def batched(values: Iterator[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield the values in tuples of at most `size`."""
    while chunk := tuple(islice(values, size)):
        yield chunk


def shingles(text: str) -> list[str]:
    """Return the five-word shingles of a text as strings."""
    words = text.lower().split()
    return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]


def dedupe(path: Path, articles: int, threads: int) -> Pairs:
    """This project, with its default settings."""
    from dedupe.candidates import find_chunks
    from dedupe.config import Config
    from dedupe.reader.texts import texts_of_lines

    found = find_chunks(blocks(path, articles), texts_of_lines, Config(), threads)
    alike = found.jaccard >= CLUSTER
    for line in found.capped:
        print(line, file=sys.stderr)
    np.savez(sys.argv[5] + ".all.npz", a=found.a, b=found.b)
    return found.a[alike].astype(np.int64), found.b[alike].astype(np.int64)


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
    a = np.repeat(np.arange(len(sketches)), np.diff(np.asarray(first).astype(np.int64)))
    b = np.asarray(met).astype(np.int64)
    return a[a < b], b[a < b]


def text_dedup(path: Path, articles: int, threads: int) -> Pairs:
    """text-dedup's own command in its own environment; it tells which articles are left, not pairs."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.jsonl"
        with path.open("rb") as lines, part.open("wb") as out:
            out.writelines(islice(lines, articles))
        command = [os.environ["TEXT_DEDUP"], "-m", "text_dedup.minhash", "--path", "json", "--data_files", str(part)]
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
    job: Callable[[Path, int, int], Pairs]

    def version(self) -> str:
        """Return the version that is installed, here or, of text-dedup, where TEXT_DEDUP says; or an empty string."""
        if self.distribution != "text-dedup":
            return installed(self.distribution)
        ask = "from importlib.metadata import version; print(version('text-dedup'))"
        python = os.environ.get("TEXT_DEDUP")
        return subprocess.run([python, "-c", ask], stdout=subprocess.PIPE, text=True).stdout.strip() if python else ""


TOOLS = {
    "dedupe": Tool("dedupe-news", ("dedupe.candidates.chunk", "dedupe.reader.kernel", "dedupe.reader.texts"), dedupe),
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
    """Run one tool."""
    name, path, articles, threads, out = sys.argv[1:6]
    os.environ["RAYON_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = threads
    for module in TOOLS[name].modules:
        import_module(module)
    TOOLS[name].job(Path(path), min(WARM, int(articles)), int(threads))
    size_of(Path(path), int(articles))
    start = time.perf_counter()
    a, b = TOOLS[name].job(Path(path), int(articles), int(threads))
    clusters(int(articles), a, b)
    seconds, ended = time.perf_counter() - start, time.time()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = sum(each.ru_maxrss for each in used) / 1024
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    np.savez(out, a=a, b=b)
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "ended": ended, "processor": processor}))


if __name__ == "__main__":
    main()
