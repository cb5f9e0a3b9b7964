"""What a strict type checker says of programs that call `dedupe`."""

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import dedupe

PROGRAM = """
import pandas
import polars
import dedupe

rows: list[dict[str, str]] = [{"id": "a", "text": "Rates rose."}]
frame = polars.DataFrame(rows)
for report in (dedupe.analyze(rows), dedupe.analyze(iter(rows)), dedupe.analyze(frame), dedupe.analyze(frame.lazy())):
    story: dedupe.Story = report.stories[0]
table = pandas.DataFrame(rows)
found = dedupe.near_duplicates(table)

def repeats(index: dedupe.Index, skipped: list[dedupe.Skipped]) -> str:
    index.add_many(table, skipped=skipped)
    told: dedupe.Standing = index.check(rows[0])
    if told.relation is dedupe.Relation.IDENTICAL and told.kind is not dedupe.VerdictKind.ORIGINAL:
        pair: dedupe.Pair = told.pairs[0]
        return pair.b
    return told.repeats

dedupe.analyze(7)
dedupe.analyze(rows[0]["text"])
"""


def test_frames_and_rows_pass_a_strict_checker_and_what_is_no_article_does_not(tmp_path, request):
    for needed in ("mypy", "pandas", "polars"):
        pytest.importorskip(needed)
    (tmp_path / "program.py").write_text(PROGRAM)
    kept = getattr(request.config, "cache", None)  # what the checker knows of unchanged modules, from run to run
    cache = kept.mkdir("mypy") if kept else tmp_path / "cache"
    options = ["--strict", "--ignore-missing-imports", "--follow-imports=silent", "--cache-dir", str(cache)]
    call = [sys.executable, "-m", "mypy", *options, "program.py"]
    found = os.environ | {"MYPYPATH": str(Path(dedupe.__file__).parent.parent)}
    done = subprocess.run(call, capture_output=True, text=True, timeout=600, check=False, cwd=tmp_path, env=found)
    wrong = [line for line in done.stdout.splitlines() if line.startswith("program.py") and ": error:" in line]
    assert [line.split(":")[1] for line in wrong if "import-untyped" not in line] == ["21", "22"], done.stdout


def test_the_types_of_what_a_report_tells_can_be_looked_up():
    for kind in (dedupe.Article, dedupe.Pair, dedupe.Paragraph, dedupe.Passage, dedupe.Story, dedupe.Verdict):
        assert set(get_type_hints(kind)) >= set(kind.__annotations__)  # as polars and pydantic do


@pytest.mark.parametrize("name", ["Derivation", "Pair", "Paragraph", "Passage", "ReportedArticle", "Story", "Verdict"])
def test_the_types_that_stand_in_results_are_offered(name):
    waiting = [getattr(dedupe, name)]
    while waiting:
        for hint in get_type_hints(waiting.pop()).values():
            ours = [kind for kind in (hint, *get_args(hint)) if getattr(kind, "__module__", "").startswith("dedupe")]
            assert all(kind is getattr(dedupe, kind.__name__) for kind in ours)
            waiting += ours


def test_the_types_of_what_is_called_can_be_looked_up():
    for offered in (getattr(dedupe, name) for name in dedupe.__all__):
        every = [getattr(offered, name) for name in dir(offered) if not name.startswith("_")]
        called = [offered, *every] if not isinstance(offered, type) else every
        for function in filter(inspect.isfunction, called):
            assert get_type_hints(function).keys() == function.__annotations__.keys()


def test_every_name_that_is_offered_is_there():
    assert all(getattr(dedupe, name) is not None for name in dedupe.__all__)
