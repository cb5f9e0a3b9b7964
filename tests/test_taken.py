"""Who took from whom: `dedupe taken`."""

import csv
import io
import json

import click
import pytest
from click.testing import CliRunner

import dedupe
from dedupe.cli import CouldNotRun, cli
from dedupe.report.taken import articles_of, takings


def text(name):
    return " ".join(f"The {name}{i} met the {name}{i + 1} near {name}{i + 2} on Monday." for i in range(30))


def page(outlet, name, day, words, **more):
    return {"id": f"{outlet}/{name}", "source": outlet, "published": f"2025-03-0{day}", "text": words, **more}


PAGES = [
    page("Lake Observer", "a", 1, text("ka")),
    page("Lake Observer", "b", 1, text("bo")),
    page("Lake Observer", "c", 1, text("ci")),
    page("Star", "a", 2, text("ka")),
    page("Star", "a2", 3, text("ka") + " It rained."),  # an update of its own
    page("Herald", "b", 2, text("bo") + "\n\nThis story originally appeared in the Lake Observer."),
    page("Herald", "d", 2, text("du")),
    page("Echo", "d", 3, text("du")),  # from the Herald, which has nothing of the Observer's in it
]


@pytest.fixture(scope="module")
def found():
    return dedupe.analyze(PAGES)


def test_what_leads_back_to_an_outlet_is_found_with_its_share_and_its_credit(found):
    rows = takings(found, articles_of(found, "The Lake Observer"))
    assert [(row.outlet, row.page.id, bool(row.credit)) for row in rows] == [
        ("Herald", "Herald/b", True),
        ("Star", "Star/a", False),
        ("Star", "Star/a2", False),
    ]
    assert "This story originally appeared in the Lake Observer." in rows[0].credit
    assert all(row.share > 0.9 and row.confidence > 0.5 for row in rows)


def test_without_an_outlet_every_taking_from_another_is_listed(found):
    rows = takings(found)
    assert [row.page.id for row in rows] == ["Echo/d", "Herald/b", "Star/a"]


def test_a_page_counts_where_nothing_says_who_had_it_first():
    pages = [{"id": "ours/a", "text": text("ka")}, {"id": "theirs/a", "text": text("ka"), "source": "Star"}]
    (row,) = takings(dedupe.analyze(pages), {"ours/a"})
    assert (row.page.id, row.source.id, row.share, row.confidence) == ("theirs/a", "ours/a", 0, 0)
    assert "nothing says which came first" in row.evidence[0]


def test_what_several_have_from_an_agency_was_not_taken_from_us():
    wire = "BERLIN (AFP) - " + text("ka")
    pages = [{"id": outlet, "source": outlet, "text": wire} for outlet in ("Lake Observer", "Star", "Herald")]
    assert takings(dedupe.analyze(pages), {"Lake Observer"}) == []


def test_a_taker_of_a_taker_counts_only_where_it_is_like_ours():
    ours, other = text("ka"), text("bo")
    pages = [
        page("Lake Observer", "a", 1, ours),
        page("Star", "both", 2, f"{ours}\n\n{other}"),
        page("Herald", "other", 3, other),
    ]
    findings = dedupe.analyze(pages)
    assert [item.copy for item in findings.derivations if item.source == "Star/both"] == ["Herald/other"]
    assert [row.page.id for row in takings(findings, {"Lake Observer/a"})] == ["Star/both"]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(cli, [str(part) for part in arguments], standalone_mode=False)


@pytest.fixture
def folder(tmp_path):
    for name, ours in (("ours.jsonl", True), ("others.jsonl", False)):
        lines = (json.dumps(line) + "\n" for line in PAGES if (line["source"] == "Lake Observer") == ours)
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_the_answer_stands_at_the_top(run, folder):
    shown = run("taken", folder, "--from", folder / "ours.jsonl").stdout.splitlines()
    assert shown[0].startswith("Of 3 articles of") and "2 were taken, by 2 outlets" in " ".join(shown[:3])
    assert "  Star: 2 pages, 0 with credit" in shown[:5] and "  Herald: 1 page, 1 with credit" in shown[:5]
    assert "         no credit" in shown and any(line.startswith("%: how much of a page's words") for line in shown)


def test_what_there_is_no_room_for_is_counted(run, folder, monkeypatch):
    for name in ("OUTLETS", "PAGES"):
        monkeypatch.setattr(f"dedupe.report.taken.{name}", 1)
    shown = run("taken", folder, "--from", folder / "ours.jsonl").stdout.splitlines()
    assert "  … and 1 more outlet; -f csv has them all" in shown and "  … and 1 more; -f csv has them all" in shown


def test_outlets_stand_by_how_many_of_their_pages_took_not_from_how_many(run, tmp_path):
    credits = {
        "A/x": "With reports from Reuters and AFP.",
        "B/y": "Reporting by Reuters.",
        "B/z": "Reporting by Reuters.",
    }
    pages = [page(*id.split("/"), 1, f"{text(id[2] * 2)}\n\n{credit}") for id, credit in credits.items()]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in pages), encoding="utf-8")
    shown = run("taken", tmp_path).stdout.splitlines()
    assert shown[1:3] == ["  B: 2 pages, 2 with credit", "  A: 1 page, 1 with credit"]


def test_an_outlet_of_no_name_is_an_error_and_not_every_outlet(run, folder):
    assert isinstance(run("taken", folder, "--from", "").exception, click.BadParameter)


@pytest.mark.parametrize(("given", "whose"), [(".", "ours.jsonl"), ("../{0}", "./ours.jsonl"), (".", "{1}/ours.jsonl")])
def test_a_path_counts_however_it_and_the_inputs_are_spelt(run, folder, monkeypatch, given, whose):
    monkeypatch.chdir(folder)
    given, whose = (path.format(folder.name, folder) for path in (given, whose))
    assert run("taken", given, "--from", whose).stdout.startswith("Of 3 articles of")


def test_rows_are_the_same_as_csv_and_as_json_lines(run, folder):
    rows = list(csv.DictReader(io.StringIO(run("taken", folder, "-f", "csv").stdout)))
    records = [json.loads(line) for line in run("taken", folder, "-f", "jsonl").stdout.splitlines()]
    assert [row | {"evidence": ""} for row in rows] == [
        {name: str(value) for name, value in record.items()} | {"evidence": ""} for record in records
    ]
    assert [rows[0][name] for name in ("id", "from_id", "from_outlet")] == ["Echo/d", "Herald/d", "Herald"]


def test_an_outlet_that_is_not_there_is_an_error_that_names_those_that_are(run, folder):
    result = run("taken", folder, "--from", "Sea Observer")
    assert isinstance(result.exception, CouldNotRun) and "outlets are Lake Observer (3), " in str(result.exception)


def test_it_says_that_without_dates_little_tells_who_took_from_whom(run, tmp_path):
    pages = [{"id": f"{i}", "source": outlet, "text": text("ka")} for i, outlet in enumerate(("Star", "Herald"))]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, pages)), "utf-8")
    told = run("taken", tmp_path / "news.jsonl").stdout.splitlines()
    assert told[0] == "No page took from another outlet."
    assert told[1] == "Without a date (published): 2 articles; who took from whom is mostly unclear."
