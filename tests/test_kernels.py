"""What holds of all kernels: none is compiled twice for one run, and none needs a disk."""

import gc
import subprocess
import sys

import pytest

from dedupe import compiling
from dedupe.compiling import COLD, LARGE, compiled
from dedupe.jobs import collector_paused
from dedupe.pipeline import kernels

pytest.importorskip("numba")

ONE_RUN = """
import sys
from importlib import import_module
from numba.core.registry import CPUDispatcher
ROOMS = "words", "text", "shingle", "minhash", "candidates", "tfidf", "paragraphs", "attribution"
for room in (*ROOMS, "relation", "similarity", "reuse", "html"):
    import_module(f"dedupe.{room}.kernel")
from dedupe import analyze, read
seeds = list(read([sys.argv[1]]))
pages = [{"id": f"{copy} {page.id}", "text": page.text, "source": copy} for copy in "ab" for page in seeds]
analyze([*pages, *({"id": f"html {number}", "html": f"<p>{page.text}" * number} for number, page in enumerate(seeds))])
modules = [module for name, module in list(sys.modules.items()) if name.startswith("dedupe.")]
found = {value for module in modules for value in vars(module).values() if isinstance(value, CPUDispatcher)}
found = {kernel for kernel in found if not kernel.targetoptions.get("no_cpython_wrapper")}  # steps serve many kinds
print(sum(len(kernel.overloads) > 0 for kernel in found))
print([f"{kernel.__module__}.{kernel.__name__}" for kernel in found if len(kernel.overloads) > 1])
"""

FOR_REPORTS = """
from dedupe.pipeline import kernels
kernels._compile(["tfidf.kernel"])
from dedupe.tfidf.kernel import rates
print([len(loop.overloads) for loop in (rates._rate, rates._spoken, rates._estimate, rates._settle)])
"""

NO_CACHE = """
from numba.core import caching
for kind in (caching.CacheImpl, caching.CompileResultCacheImpl):
    kind._locator_classes = []
from dedupe.compiling.load import kernel
print(kernel(lambda number: number + 1)(1))
"""

FORKED = """
import threading, time
from numba.core.compiler_lock import global_compiler_lock
from dedupe.jobs import apart
from dedupe.compiling.load import kernel
compiling = threading.Event()
def other():
    with global_compiler_lock:
        compiling.set()
        time.sleep(0.5)
threading.Thread(target=other).start()
compiling.wait()
print(apart(lambda: kernel(lambda number: number + 1)(1))())
"""


# Every batch counts as large, as if there were a thousand times as many articles.
EVERY_BATCH = """
import hashlib, sys
from dedupe import alignment, analyze, read
from dedupe.alignment import passages
import dedupe.compiling
measure, find = sys.modules["dedupe.relation.measure"], sys.modules["dedupe.reuse.find"]
dedupe.compiling.LARGE = find.LARGE = passages.LARGE = measure.MANY = 0
pages = list(read([sys.argv[1]]))
print(hashlib.sha256(analyze(pages).to_json().encode()).hexdigest(), len(alignment.align(pages[0].text, pages[1].text)))
print("dedupe.words.kernel" in sys.modules)
"""
# A machine that has compiled nothing yet measures more pairs than are worth compiling for, each in a block of its own.
MANY_BLOCKS = """
import sys
from dedupe import analyze, compiling
from dedupe.pipeline import pairs
compiling._kept = lambda: False
measure = sys.modules["dedupe.relation.measure"]
pairs.BLOCK, measure.MANY = 50, 20
text = "The town of Harbour Point lost its only bridge on Tuesday night when a barge broke loose, the mayor said"
analyze([{"id": place, "text": f"{text} in {place}."} for place in ("Ashby", "Barton", "Corby", "Derby")])
print("dedupe.relation.kernel" in sys.modules)
"""
WITHOUT = 'import sys; sys.modules["numba"] = sys.modules["llvmlite"] = None\n'
OFF = 'import os; os.environ["NUMBA_DISABLE_JIT"] = "1"\n'


def test_large_runs_say_the_same_without_numba_and_where_it_is_switched_off(seeds):
    told, compiled = run(EVERY_BATCH, str(seeds))
    assert compiled == "True"
    for before in (WITHOUT, OFF):
        assert run(before + EVERY_BATCH, str(seeds)) == [told, "False"]


def test_work_done_in_blocks_is_worth_compiling_for_as_a_whole():
    assert run(MANY_BLOCKS) == ["True"]


def test_each_kernel_is_compiled_for_one_kind_of_arguments(seeds):
    used, twice = run(ONE_RUN, str(seeds))
    assert int(used) > 20
    assert twice == "[]"


def test_what_reports_in_other_languages_take_is_compiled_with_all_that_reports_take():
    assert run(FOR_REPORTS) == ["[1, 1, 1, 1]"]


def test_kernels_work_where_nothing_can_be_kept():
    assert run(NO_CACHE) == ["2"]


def test_a_process_forked_while_another_thread_compiles_does_not_wait_for_that_thread_for_ever():
    assert run(FORKED) == ["2"]


def test_work_is_larger_that_is_worth_compiling_for(monkeypatch):
    for kept in (False, True):
        monkeypatch.setattr(compiling, "_kept", lambda kept=kept: kept)
        assert not compiled(LARGE - 1, "none")
        assert compiled(LARGE, "none") == kept
        assert compiled(int(COLD * LARGE), "none")
        assert compiled(20, "none", 10, 2) and compiled(19, "none", 10, 2) == kept


def test_what_one_process_keeps_the_next_one_finds(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    program = "from dedupe.compiling.kept import keep, kept; print(kept()); keep()"
    assert [run(program), run(program)] == [["False"], ["True"]]


def test_python_cannot_call_a_part_of_a_kernel():
    from dedupe.compiling.load import step

    with pytest.raises(TypeError, match="by kernels only"):
        step(lambda number: number + 1)(1)


def run(program, *arguments):
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_what_compiles_for_pages_looks_for_the_garbage_that_it_leaves_though_the_reader_does_not(monkeypatch):
    collected = []
    monkeypatch.setattr("dedupe.compiling.kept.keepable", lambda: True)
    monkeypatch.setattr("dedupe.compiling.kept.kept", lambda *_: False)
    monkeypatch.setattr(kernels, "apart", lambda work: work())
    monkeypatch.setattr(kernels, "compile_kernels", lambda: collected.append(gc.isenabled()))
    with collector_paused():
        kernels.compile_for_pages()
    assert collected == [True]
