"""Scores of labelled pairs, rewrites and revisions: sums by hand, and floors on the evaluation data."""

import json

import numpy as np
import pytest

from dedupe.errors import InputError
from dedupe.evaluate import pairs, revision, rewrites, stories, tune

TEXT = "The volcano erupted at dawn, and four villages on its southern slope were cleared before noon, police said."


def test_a_file_of_pairs_is_judged_and_scored(tmp_path):
    rows = [
        {"a": TEXT, "b": TEXT, "relation": "identical"},
        {"a": {"text": TEXT, "title": "Eruption"}, "b": "The bank left its rate unchanged.", "same": False},
        {"source": TEXT, "rewrite": TEXT},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    figures = pairs.evaluate(gold)
    assert figures["pairs"] == 3
    assert figures["accuracy"] == pytest.approx(2 / 3)
    assert figures["confusions"]["rewrite"] == {"identical": 1}
    assert figures["relations"]["identical"] == {"precision": 0.5, "recall": 1.0, "pairs": 1}
    lines = [line.split() for line in pairs.table(figures).splitlines()]
    assert lines[0][3] == "0.667," and ["identical", "0.500", "1.000", "1"] in lines
    assert ["excerpt", "–", "–", "0"] in lines and ["rewrite", "–", "0.000", "1"] in lines  # of none there is no share


@pytest.mark.parametrize(("said", "same"), [(1.0, True), ("Yes", True), (0, False), ("BAD", False)])
def test_whether_two_are_the_same_may_be_said_in_several_ways(tmp_path, said, same):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"a": TEXT, "b": TEXT, "same": said}), "utf-8")
    assert list(pairs.evaluate(gold)["confusions"]) == ["same" if same else "unrelated"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_be_one_that_a_spreadsheet_wrote(tmp_path, encoding):
    rows = ["A;B;Same", f"{TEXT};{TEXT};Y", f"{TEXT};Die Bank ließ den Zins über den Sommer unverändert.;N"]
    (tmp_path / "gold.csv").write_text("\r\n".join(rows), encoding, newline="")
    found = pairs.read(tmp_path / "gold.csv")
    assert [answer for *_, answer in found] == ["same", "unrelated"]
    assert found[1][1] == {"text": "Die Bank ließ den Zins über den Sommer unverändert."}
    rows = ["ID;Story;Text", f"a;eruption;{TEXT}", "b;Zins;Die Bank ließ den Zins über den Sommer unverändert."]
    (tmp_path / "gold.csv").write_text("\r\n".join(rows), encoding, newline="")
    assert stories.evaluate(tmp_path / "gold.csv")["events"] == 2


def test_rows_that_contradict_each_other_are_named(tmp_path):
    gold = tmp_path / "gold.csv"
    gold.write_text("a,b,same\nx,y,1\nx,y,yes\nz,x,0\ny,x,0\n", "utf-8")
    with pytest.raises(InputError, match=r"row 4: .* told otherwise in .*row 1"):
        pairs.evaluate(gold)


def test_columns_of_other_names_are_told(tmp_path):
    (tmp_path / "gold.csv").write_text("id1,id2,label\nx,y,1\n", "utf-8")
    with pytest.raises(InputError, match=r"row 1: needs a and b .*; it has 'id1', 'id2', 'label'$"):
        pairs.evaluate(tmp_path / "gold.csv")
    (tmp_path / "gold.csv").write_bytes(b"PAR1\x15\x00")
    with pytest.raises(InputError, match=r"gold\.csv: Parquet, not text"):
        pairs.evaluate(tmp_path / "gold.csv")


def test_a_row_without_an_answer_is_named(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"a": "x", "b": "y", "relation": "identical"}\n{"a": "x", "b": "y"}\n', "utf-8")
    with pytest.raises(InputError, match="line 2"):
        pairs.evaluate(gold)
    good = '{"a": "x", "b": "y", "relation": "identical"}\n'
    for bad in (
        '{"a": "x", "b": "y"}',
        '{"a": "x", "b": "y", "relation": []}',
        '{"a": 5, "b": "y", "same": true}',
        '{"a": "x", "b": "y", "same": "perhaps"}',
        '{"a": "x", "b": "y", "same": null}',
        "x",
    ):
        gold.write_text(f"{good}\n\n{bad}\n", "utf-8")
        for task in (pairs.evaluate, tune.tune):
            with pytest.raises(InputError, match=r"gold\.jsonl, line 4: "):
                task(gold)


def test_a_side_may_be_a_page_and_have_an_address_that_is_no_string(tmp_path):
    page = {"html": f"<p>{'The ferry sank off the coast on Monday, officials said. ' * 3}</p>", "url": ["a"]}
    rows = [{"a": page, "b": "Two swifts nested in the old town.", "same": False}, {"a": page, "b": page, "same": True}]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert [answer for *_, answer in pairs.read(tmp_path / "gold.jsonl")] == ["unrelated", "same"]
    assert tune.tune(tmp_path / "gold.jsonl")["pairs"] == 2


def test_the_calibration_error_is_the_gap_between_said_and_was():
    figures = pairs.score(["rewrite"] * 4, [("rewrite", 0.75)] * 2 + [("same_story", 0.75)] * 2)
    assert figures["calibration_error"] == pytest.approx(0.25)


def test_area_under_the_curve_and_what_is_found_at_two_percent():
    reports, rewritten = np.arange(100) / 100, np.array([0.5, 0.99, 2.0])
    figures = rewrites.score(rewritten, reports, np.zeros(100, dtype=bool))
    assert figures["auc_all"] == pytest.approx((50.5 + 99.5 + 100) / 300)
    assert figures["found_all"] == pytest.approx(2 / 3)


def test_degrees_of_revision_are_told_apart(shared_data):
    figures = revision.evaluate(shared_data / "rewrites" / "clough_stevenson.jsonl.gz")
    assert figures["accuracy"] >= 0.79  # 0.811; one answer is 0.01
