"""The commands as a user runs them."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import click
import pytest
from click.testing import CliRunner

import dedupe
from dedupe.cli import CouldNotRun, cli
from dedupe.cli.common import common, status
from dedupe.cli.evaluate import TASKS
from dedupe.model import RELATIONS, Relation

STORY = (
    "The harbour authority said on Tuesday that the new terminal would open in spring, two years later than planned."
)
OTHER = "Volunteers counting swifts in the old town have found the largest colony since their survey of nests began."


@pytest.fixture
def run():
    def invoke(*arguments):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)

    return invoke


def command(*arguments, **options):
    call = [sys.executable, "-m", "dedupe", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=False, **options)


def test_the_main_job_reports_the_seeds_as_one_story(run, seeds):
    result = run("report", seeds, "-f", "json")
    report = json.loads(result.stdout)
    assert result.return_value == 0 and report["schema"] == "dedupe.report/1"
    assert [len(story["members"]) for story in report["stories"]] == [5]


def test_help_loads_no_stage():
    asked = "import sys; from dedupe.cli import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    rooms = {name.split(".")[1] for name in loaded if name.startswith("dedupe.")}
    assert rooms <= {"cli", "config", "errors", "model", "report"} and "numpy" not in loaded


def test_jobs_are_the_processors_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {5}, raising=False)
    told = []
    command = click.command()(common(lambda jobs, **_: told.append(jobs)))
    command.main([], standalone_mode=False)
    command.main(["-j", "3"], standalone_mode=False)
    assert told == [1, 3]


@pytest.mark.parametrize(
    ("streams", "status"), [(">&- -o {out}", 0), ("2>&- >{out}", 0), (">&- 2>&- -o {out}", 0), (">&-", 2)]
)
def test_a_run_whose_streams_are_closed_is_told_by_its_status(tmp_path, streams, status):
    (tmp_path / "a.txt").write_text(STORY)
    shell = f"'{sys.executable}' -m dedupe report '{tmp_path}/a.txt' -f json {streams.format(out=tmp_path / 'out')}"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == status and "Traceback" not in result.stderr
    assert status or len(json.loads((tmp_path / "out").read_text())["articles"]) == 1


def test_reports_among_the_pages_are_no_articles(run, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    names = {f"report.{suffix}" for suffix in ("csv", "html", "json", "md", "txt")}
    for name in sorted(names):
        assert run("report", tmp_path, "-o", tmp_path / name).return_value == 0
    report = json.loads(run("report", tmp_path, "-f", "json").stdout)
    assert [article["id"] for article in report["articles"]] == ["a.txt"]
    assert {item["path"].rpartition("/")[2] for item in report["skipped"]} == names
    assert {item["reason"] for item in report["skipped"]} == {"a report of dedupe, no article"}
    found = dedupe.near_duplicates(str(tmp_path))
    assert found.texts == 1 and len(found.skipped) == 5


def test_what_only_opens_like_a_report_is_an_article(run, tmp_path):
    columns = "id,path,title,source,url,published,story,cluster,relation,score,verdict,text"
    (tmp_path / "own.csv").write_text(f'{columns}\n7,,,,,,,,,,,"{STORY}"\n')
    sums = "12 articles in 3 stories; 2 stories with more than one version: so says dedupe of a pile of news."
    (tmp_path / "about.txt").write_text(f"{sums} {STORY}")
    report = json.loads(run("report", tmp_path, "-f", "json").stdout)
    assert [article["id"] for article in report["articles"]] == ["7", "about.txt"]


def test_every_article_has_one_story_and_shares_that_sum_to_one(run, seeds):
    report = json.loads(run("report", seeds, "-f", "json", "--include-text").stdout)
    members = sorted(member for story in report["stories"] for member in story["members"])
    assert members == sorted(article["id"] for article in report["articles"])
    for article in report["articles"]:
        assert sum(article["shares"].values()) == pytest.approx(1, abs=1e-3)
        spans = [(p["start"], p["end"]) for p in article["paragraphs"]]
        assert all(0 <= a < b <= len(article["text"]) for a, b in spans) and spans == sorted(spans)


@pytest.mark.parametrize("form", ["text", "json", "html", "csv", "md"])
def test_every_format_is_written_to_a_file_as_to_standard_output(run, seeds, tmp_path, form):
    shown = run("report", seeds, "-f", form)
    written = run("report", seeds, "-f", form, "-o", tmp_path / "out")
    assert shown.return_value == written.return_value == 0
    assert (tmp_path / "out").read_text("utf-8") == shown.stdout and len(shown.stdout) > 500


@pytest.mark.parametrize(("task", "wanted"), [("stories", "id, text and story"), ("pairs", "first_text")])
def test_a_set_without_the_fields_of_its_task_is_refused_with_those_it_wants(tmp_path, task, wanted):
    gold = tmp_path / "gold.csv"
    gold.write_text("first_text,second_text,same\nOne.,Two.,0\n")
    result = command("evaluate", task, gold)
    assert result.returncode == 2 and "has no field 'quality'" in result.stderr and wanted in result.stderr


def test_a_line_without_a_field_of_the_task_is_named(tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"id": 1, "text": "One.", "story": 1}\n\n{"id": 2, "text": "Two."}\n')
    result = command("evaluate", "stories", tmp_path / "gold.jsonl")
    assert result.returncode == 2 and "gold.jsonl, line 3: has no field 'story'; give each line id," in result.stderr


@pytest.mark.parametrize(("columns", "least", "most"), [(None, 60, 80), ("120", 100, 120)])
def test_text_fits_in_80_columns_when_piped_or_in_those_that_are_asked_for(seeds, columns, least, most):
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    result = command("report", seeds, env=environment | ({"COLUMNS": columns} if columns else {}))
    assert result.returncode == 0 and "\x1b" not in result.stdout
    assert least < max(map(len, result.stdout.splitlines())) <= most
    assert not any(line.endswith(" ") for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "name", "opens"),
    [
        (("report",), "report.json", b'{"schema"'),
        (("compare",), "pair.htm", b"<!doctype html>"),
        (("copies",), "copies.csv", b"group,"),
        (("label",), "pages.ndjson", b'{"id"'),
        (("label",), "pages", b"000_"),
    ],
)
def test_the_format_follows_the_suffix(run, seeds, tmp_path, arguments, name, opens):
    pages = sorted(seeds.glob("00*"))[:2]
    assert run(*arguments, *pages, "-o", tmp_path / name).return_value == 0
    assert (tmp_path / name).read_bytes().startswith(opens)


def test_a_suffix_that_no_format_has_is_refused_before_the_work(seeds, tmp_path):
    result = command("label", seeds, "-o", tmp_path / "pages.pdf")
    assert result.returncode == 2 and not (tmp_path / "pages.pdf").exists()
    assert "pages.pdf: this command writes no .pdf; use -f with one of text, jsonl" in result.stderr


def test_bad_inputs_are_listed_and_the_others_reported(run, tmp_path):
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "x", "text": OTHER}) + "\n{broken\n")
    result = run("report", tmp_path, tmp_path / "missing.txt", "-f", "json")
    report = json.loads(result.stdout)
    assert result.return_value == 1
    assert {article["id"] for article in report["articles"]} == {"good.txt", "x"}
    said = {item["path"].rsplit("/", 1)[-1] for item in report["skipped"]}
    assert "missing.txt" in said and any("lines.jsonl" in name and "2" in name for name in said)
    assert "missing.txt" in result.stderr


def test_a_run_without_any_article_could_not_run(tmp_path):
    (tmp_path / "empty").mkdir()
    result = command("report", tmp_path / "empty")
    assert result.returncode == 2 and "no articles" in result.stderr and "Traceback" not in result.stderr


def test_fail_on_sets_the_exit_status(run, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(STORY)
    assert run("report", tmp_path, "--fail-on", "excerpt", "-q").return_value == 1
    assert run("report", tmp_path, "-q").return_value == 0


@pytest.mark.parametrize("least", RELATIONS[:-1])
def test_a_run_fails_on_a_pair_that_is_as_close_as_asked_or_closer(least):
    failed = [status((), [Relation.UNRELATED, relation], least) for relation in RELATIONS]
    assert failed == [1] * (RELATIONS.index(least) + 1) + [0] * (len(RELATIONS) - RELATIONS.index(least) - 1)


def test_every_command_that_reads_pages_ends_with_1_where_one_cannot_be_read_or_is_too_close(run, tmp_path):
    good, database = tmp_path / "pages" / "good.txt", tmp_path / "news.db"
    good.parent.mkdir()
    good.write_text(STORY)
    for broken in (False, True):
        for line in ("report", "copies", "label", f"index add {database}", f"index check {database}"):
            assert run(*line.split(), good.parent, "-q").return_value == broken, line
        (good.parent / "bad.zip").write_bytes(b"no archive")
    assert run("compare", good, good).return_value == 0
    assert run("compare", good, good, "--fail-on", "identical").return_value == 1
    for name, missing in (("none", 1), ("good.txt", 0)):
        assert run("index", "remove", database, name, "-q").return_value == missing


def test_of_many_pages_that_cannot_be_read_some_are_named_and_the_others_counted(run, tmp_path):
    (tmp_path / "good.txt").write_text(STORY)
    for number in range(52):
        (tmp_path / f"{number}\x1b[31m.zip").write_bytes(b"no archive")
    for options, named in (((), 50), (("-q",), 5)):
        told = run("report", tmp_path, "-f", "json", *options).stderr.splitlines()
        assert len(told) == named + 1 and told[-1] == f"… and {52 - named} more"
        assert "\x1b" not in "".join(told) and "\\x1b[31m.zip: File is not a zip file" in told[0]


@pytest.mark.parametrize(("files", "more"), [(1, ""), (2, "; 1 more was left out"), (3, "; 2 more were left out")])
def test_where_all_there_is_was_left_out_the_first_reason_is_told(run, tmp_path, files, more):
    for name in "abc"[:files]:
        (tmp_path / f"{name}.exe").write_bytes(b"x")
    told = str(run("report", tmp_path).exception)
    assert "no articles found: " in told and told.endswith(f"its name ends in .exe, which is no kind we read{more}")


def test_settings_that_are_wrong_are_named(tmp_path, seeds):
    (tmp_path / "dedupe.toml").write_text("bnads = 3\n")
    result = command("report", seeds, "--config", tmp_path / "dedupe.toml")
    assert result.returncode == 2 and "bnads" in result.stderr and "dedupe.toml" in result.stderr


@pytest.mark.parametrize(
    "line",
    ["report SEEDS -o GONE", "report SEEDS --config GONE", "index add GONE SEEDS", "tune GONE", "compare GONE GONE"],
)
def test_what_is_missing_is_named_in_the_same_words_everywhere(tmp_path, seeds, line):
    gone = str(tmp_path / "nowhere" / "there.json")
    result = command(*({"SEEDS": seeds, "GONE": gone}.get(word, word) for word in line.split()))
    assert result.returncode == 2 and "Traceback" not in result.stderr
    assert gone in result.stderr and "no such file or folder" in result.stderr


def test_control_characters_of_a_page_never_reach_the_terminal(run, tmp_path):
    (tmp_path / "evil\x1b[31m.txt").write_text(f"\x1b]0;pwned\x07{STORY}\x9b31m")
    for arguments in (["report", tmp_path], ["label", tmp_path], ["report", tmp_path, "-f", "md"]):
        shown = run(*arguments).stdout
        assert not {c for c in shown if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160}


@pytest.mark.parametrize("name", ["report", "copies", "label", "index add", "index check"])
def test_pages_without_text_are_said_to_have_none(tmp_path, name):
    pages, database = tmp_path / "pages", []
    pages.mkdir()
    (pages / "a.html").write_text("<html></html>", "utf-8")
    (pages / "b.jsonl").write_text('{"text": ""}\n', "utf-8")
    if name.startswith("index"):
        database = [tmp_path / "news.db"]
        with dedupe.Index(*database) as index:
            index.add({"id": "a", "text": STORY})
    result = command(*name.split(), *database, pages)
    assert result.returncode == 2 and f"{pages}: no text in 2 pages" in result.stderr


def test_on_a_terminal_no_bar_is_drawn_between_the_lines_of_check(tmp_path, seeds):
    with dedupe.Index(tmp_path / "news.db") as index:
        index.add({"id": "a", "text": STORY})
    status, shown = _on_a_terminal("index", "check", tmp_path / "news.db", seeds)
    assert status == 0 and b"new, " in shown and "━".encode() not in shown


def test_a_terminal_is_shown_no_data_that_it_would_obey(run, tmp_path):
    """A page's own id or address could else clear the screen, or write to the clipboard, of who looks at the CSV."""
    ids, lines = [f"{name}\x1b[2J\x9b2J\u202ez" for name in "ab"], tmp_path / "a.jsonl"
    records = [{"id": id, "text": STORY, "url": "https://a.example/\x1b]0;x\x07"} for id in ids]
    lines.write_text("\n".join(map(json.dumps, records)))
    for name, form in (("report", "csv"), ("report", "html"), ("copies", "csv"), ("label", "jsonl")):
        status, shown = _on_a_terminal(name, lines, "-f", form, "-q")
        assert status == 0 and b"[2J" in shown
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", shown.decode())
    rows = run("report", lines, "-f", "csv").stdout.splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ids  # a pipe gets them as they are


def _on_a_terminal(*arguments):
    reading, terminal = pty.openpty()
    call = [sys.executable, "-m", "dedupe", *map(str, arguments)]
    with subprocess.Popen(call, stdout=terminal, stderr=terminal) as process, ThreadPoolExecutor(1) as beside:
        os.close(terminal)
        shown = beside.submit(_all_of, reading).result(timeout=120)
    return process.returncode, shown


def _all_of(descriptor):
    parts = []
    with suppress(OSError):  # that the other end is closed
        while part := os.read(descriptor, 1 << 16):
            parts.append(part)
    return b"".join(parts)


def test_label_prints_one_object_for_each_article(run, seeds):
    lines = run("label", seeds, "-f", "jsonl").stdout.splitlines()
    pages = [json.loads(line) for line in lines]
    assert len(pages) == 5
    assert set(pages[0]["paragraphs"][0]) == {"index", "start", "end", "text", "role", "reason"}


def test_compare_calls_two_files_of_one_name_by_their_paths(run, tmp_path):
    files = [tmp_path / name / "story.txt" for name in ("post", "star")]
    for file in files:
        file.parent.mkdir()
        file.write_text(STORY)
    shown = json.loads(run("compare", *files, "-f", "json").stdout)
    assert [shown["a"], shown["b"]] == list(map(str, files))
    shown = json.loads(run("compare", files[0], files[0], "-f", "json").stdout)
    assert [shown["a"], shown["b"]] == ["story.txt", "story.txt (2)"]


def test_compare_shows_the_passages_of_two_files(run, tmp_path):
    (tmp_path / "a.txt").write_text(f"{STORY} {OTHER}")
    (tmp_path / "b.txt").write_text(STORY)
    shown = json.loads(run("compare", tmp_path / "a.txt", tmp_path / "b.txt", "-f", "json").stdout)
    (passage,) = shown["passages"]
    assert shown["a_text"][passage["a_start"] : passage["a_end"]].strip() == STORY.strip()
    assert "verbatim" in run("compare", tmp_path / "a.txt", tmp_path / "b.txt").stdout


def test_compare_tells_what_two_versions_say_differently(run, tmp_path):
    report = f"{STORY} The novelist, raised in Clones by two aunts, died in Monaghan on Sunday aged {{}}."
    for name, age in (("a.txt", 78), ("b.txt", 77)):
        (tmp_path / name).write_text(report.format(age))
    files = tmp_path / "a.txt", tmp_path / "b.txt"
    assert "differs: “on Sunday aged …”: 77 (B); 78 (A)" in run("compare", *files).stdout
    (fact,) = json.loads(run("compare", *files, "-f", "json").stdout)["facts"]
    assert fact["status"] == "contradicts" and [value["value"] for value in fact["values"]] == ["77", "78"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_closed_pipe_is_no_error(seeds, form):
    shell = f"set -o pipefail; {sys.executable} -m dedupe report {seeds} -f {form} | head -c 100"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_pipe_and_a_link_are_written_through_and_stay_what_they_are(run, seeds, tmp_path):
    pipe, link = tmp_path / "pipe", tmp_path / "latest.json"
    os.mkfifo(pipe)
    link.symlink_to("real.json")
    with ThreadPoolExecutor(1) as beside:
        read = beside.submit(pipe.read_text, "utf-8")
        run("report", seeds, "-f", "json", "-o", pipe)
        assert json.loads(read.result())["articles"] and pipe.is_fifo()
    for _ in range(2):  # where nothing is yet, and over what is there
        run("report", seeds, "-o", link)
        assert link.is_symlink() and json.loads((tmp_path / "real.json").read_text("utf-8"))["articles"]


@pytest.mark.parametrize("task", [task for task in TASKS if task != "rewrites"])
@pytest.mark.parametrize("content", ["", "{}", '{"id": "a", "text": ""}'])
def test_what_is_no_labelled_set_of_a_task_gets_no_score(run, tmp_path, task, content):
    (tmp_path / "gold.jsonl").write_text(content)
    result = run("evaluate", task, tmp_path / "gold.jsonl")
    assert isinstance(result.exception, CouldNotRun) and "gold.jsonl" in str(result.exception)


@pytest.mark.parametrize("command", [("evaluate", "pairs"), ("tune",)])
def test_other_names_of_fields_are_refused_where_nothing_would_read_by_them(run, tmp_path, command):
    result = run(*command, tmp_path / "gold.jsonl", "--field", "text=body")
    assert isinstance(result.exception, click.BadParameter) and result.exception.param_hint == "--field"


@pytest.mark.parametrize("field", ["text", "text=", "=body", "txet=body"])
def test_a_field_that_names_nothing_is_refused(run, tmp_path, field):
    result = run("report", tmp_path, "--field", field)
    assert isinstance(result.exception, click.BadParameter) and "write NAME=NAME" in str(result.exception)


def test_a_field_of_two_names_is_refused_and_not_the_last_one_taken(run, tmp_path):
    result = run("report", tmp_path, "--field", "text=body", "--field", "text=content")
    assert isinstance(result.exception, click.BadParameter) and "text is body already" in str(result.exception)


def test_two_records_of_a_file_are_compared_by_their_paths(run, tmp_path):
    news = tmp_path / "news.jsonl"
    rows = [{"id": "a", "text": STORY}, {"id": "b", "text": OTHER}]
    news.write_text("\n".join([*map(json.dumps, rows), "oops"]))
    told = json.loads(run("compare", f"{news}#2", f"{news}#1", "-f", "json").stdout)
    assert (told["a"], told["b"], told["a_text"]) == ("b", "a", OTHER)
    assert "news.jsonl#3: not JSON" in str(run("compare", f"{news}#1", f"{news}#3").exception)
    assert "#9: holds no article" in str(run("compare", f"{news}#1", f"{news}#9").exception)
    assert "give the path of one" in str(run("compare", news, f"{news}#1").exception)


def test_index_check_tells_of_each_article_on_a_line_of_its_own(run, tmp_path):
    name = "https://example.com/" + "long-path/" * 8
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps({"id": name + end, "text": STORY}) + "\n" for end in "ab"), "utf-8")
    run("index", "add", tmp_path / "news.db", news)
    checked = run("index", "check", tmp_path / "news.db", news)
    lines = checked.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [name + "a", "identical:", name + "b", "identical:"]
    assert checked.stderr == "2 articles: 2 identical\n"
    assert run("index", "check", tmp_path / "news.db", news, "-q").stderr == ""


def test_index_check_tells_from_whom_an_article_is(run, tmp_path):
    put = [{"id": "a", "text": f"{STORY} {OTHER}"}, {"id": "b", "text": f"{OTHER * 3}\n\nReporting by Reuters."}]
    (tmp_path / "news.jsonl").write_text("".join(map("{}\n".format, map(json.dumps, put))), "utf-8")
    run("index", "add", tmp_path / "news.db", tmp_path / "news.jsonl")
    shown = run("index", "check", tmp_path / "news.db", tmp_path / "news.jsonl").stdout
    assert shown.count(" as its source") == 1 and "it names Reuters as its source" in shown


@pytest.fixture
def labelled_pairs(tmp_path):
    rows = [(f"{STORY} {OTHER}", STORY, "near_duplicate"), (STORY, OTHER, "unrelated")] * 20
    gold = tmp_path / "pairs.jsonl"
    gold.write_text("".join(json.dumps({"a": a, "b": b, "relation": name}) + "\n" for a, b, name in rows), "utf-8")
    return gold


@pytest.fixture
def by_ids(tmp_path):
    """Return a table of pairs by ids, with the articles that have them."""
    texts = {"wire/a": STORY, "copy, b": f"{STORY} {OTHER}", "c": OTHER}
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps({"id": id, "body": text}) + "\n" for id, text in texts.items()), "utf-8")
    gold = tmp_path / "pairs.csv"
    gold.write_text('a,b,same\nwire/a,"copy, b",yes\nwire/a,c,no\n', "utf-8")
    return gold, "--articles", news, "--field", "text=body"


def test_pairs_are_labelled_by_the_ids_of_a_report(run, tmp_path, by_ids):
    shown = json.loads(run("evaluate", "pairs", *by_ids, "-f", "json").stdout)
    assert shown["pairs"] == 2 and shown["accuracy"] == 1.0
    result = run("tune", *by_ids, "-o", tmp_path / "dedupe.toml")
    assert "2 pairs, 1 of one story" in result.stdout and "1.000   1.000  1.000  chosen" in result.stdout
    by_ids[0].write_text("a,b,same\nwire/a,d,no\n", "utf-8")
    assert "pairs.csv, row 1: none of the articles has the id 'd'" in str(run("evaluate", "pairs", *by_ids).exception)
    result = run("evaluate", "stories", *by_ids)
    assert isinstance(result.exception, click.BadParameter) and result.exception.param_hint == "--articles"


def test_figures_do_not_depend_on_the_number_of_jobs(run, labelled_pairs):
    one, two = (run("evaluate", "pairs", labelled_pairs, "-f", "json", "-j", jobs).stdout for jobs in (1, 2))
    assert one == two and json.loads(one)["pairs"] == 40


@pytest.mark.parametrize("command", [("evaluate", "pairs"), ("tune", "-o", os.devnull)])
@pytest.mark.parametrize(
    "row", [{"a": 5, "b": STORY, "same": True}, {"a": STORY, "same": True}, {"a": STORY, "b": OTHER}]
)
def test_a_row_that_is_no_labelled_pair_is_named_with_its_line(run, labelled_pairs, command, row):
    with labelled_pairs.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    result = run(*command, labelled_pairs)
    assert f"{labelled_pairs}, line 41: needs a" in str(result.exception)


def test_help_tells_what_each_task_labels(run):
    shown = run("evaluate", "--help").stdout
    assert all(f"{name:<12}{what}" in shown for name, (what, _) in TASKS.items())


def test_evaluate_names_the_events_and_stories_that_went_wrong(run, tmp_path):
    told = "The bridge over the Elbe at Dresden fell into the river on Monday morning, police said."
    other = "Voters in Chile rejected the draft constitution by a wide margin on Sunday, results show."
    rows = [("a", "fall", told), ("b\x1b[2J", "fall", other), ("c", "vote", other), ("d", "vote", other)]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps({"id": i, "story": s, "text": t}) + "\n" for i, s, t in rows), "utf-8")
    shown = run("evaluate", "stories", gold).stdout
    assert "events in several stories: 1" in shown and "a | b\\x1b[2J" in shown
    assert "stories of several events: 1" in shown and "b\\x1b[2J | c d" in shown
    found = json.loads(run("evaluate", "stories", gold, "-f", "json").stdout)
    assert found["mixed"] == [{"fall": ["b\x1b[2J"], "vote": ["c", "d"]}] and len(found["split"]) == 1


@pytest.mark.parametrize("command", ["stats", "verify", "compact", "remove", "expire"])
def test_what_reads_no_articles_offers_no_options_of_reading(run, command):
    shown = run("index", command, "--help").stdout
    assert "--field" not in shown and "--jobs" not in shown and "--config" in shown


def test_what_reads_no_articles_takes_the_common_options_all_the_same(run, tmp_path):
    with dedupe.Index(tmp_path / "news.db") as index:
        index.add({"id": "a", "text": "Rates rose by one percent."})
    common = ("--field", "text=body", "-j", "1", "-q", "-v")
    for command in (("stats",), ("verify",), ("compact",), ("expire", "--before", "2020-01-01"), ("remove",)):
        ids = ("a",) if command == ("remove",) else ()
        assert run("index", *command, tmp_path / "news.db", *ids, *common).exit_code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("seed = -1", "seed must be a whole number from 0"),
        ("bands = 64", "bands * rows must be at most permutations, not 64 * 4"),
        ("bnads = 3", "unknown setting bnads; known are shingle_size, "),
        ("\ufeffseed = -1\r\n", "seed must be a whole number from 0"),
        ("bands = ", "not valid TOML"),
        (None, "cannot be read (no such file or folder)"),
    ],
)
def test_settings_that_cannot_be_are_named_with_their_file(run, tmp_path, seeds, content, told):
    path = tmp_path / "settings.toml"
    if content is not None:
        path.write_text(content, "utf-8", newline="")
    assert f"{path}: {told}" in str(run("report", seeds, "--config", path).exception)


def test_two_articles_are_compared_and_no_more(run, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "two.jsonl").write_text("".join(json.dumps({"id": id, "text": STORY}) + "\n" for id in "xy"))
    (tmp_path / "none.txt").write_text("")
    told = [str(run("compare", tmp_path / "a.txt", tmp_path / other).exception) for other in ("two.jsonl", "none.txt")]
    assert "two.jsonl: holds several articles; give the path of one" in told[0] and "none.txt: empty" in told[1]


def test_help_names_every_command(run):
    shown = run("--help").stdout
    assert all(name in shown for name in ("report", "compare", "label", "index", "evaluate", "tune"))


def test_a_command_that_does_not_exist_is_told_which_may_be_meant():
    assert "Did you mean 'tune'?" in command("tun").stderr


def test_a_shared_passage_is_shown_without_the_advertisement_in_its_midst(run, tmp_path):
    parts = [f"The harbour's engineers drove pile {i} into the bank of the old canal at dawn." for i in range(4)]
    (tmp_path / "a.txt").write_text("\n\n".join([*parts[:2], "Advertisement", *parts[2:]]), "utf-8")
    (tmp_path / "b.txt").write_text("\n\n".join(parts), "utf-8")
    shown = run("compare", tmp_path / "a.txt", tmp_path / "b.txt").stdout
    assert "pile 1" in shown and "pile 2" in shown and "Advertisement" not in shown


def test_a_place_that_cannot_be_written_is_said_before_the_work(run, tmp_path):
    result = run("report", tmp_path / "no such input", "-o", tmp_path / "nowhere" / "report.html")
    assert "nowhere/report.html: cannot be written" in str(result.exception)
    kept = tmp_path / "report.md"
    kept.write_text("kept", "utf-8")
    assert "no article could be read" in str(run("report", tmp_path / "no such input", "-o", kept).exception)
    assert kept.read_text("utf-8") == "kept" and list(tmp_path.iterdir()) == [kept]


def test_a_report_may_be_read_by_whom_the_user_s_other_files_may_be(run, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    run("report", tmp_path / "a.txt", "-o", tmp_path / "report.json")
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "a.txt").stat().st_mode


def test_who_interrupts_a_command_is_told_so_in_one_line_and_gets_status_130(tmp_path):
    database = tmp_path / "news.db"
    call = [sys.executable, "-m", "dedupe", "index", "add", str(database), "-", "--each"]
    # What a shell runs in the background is born deaf to it, and so are these tests there.
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(call, **pipes, text=True, preexec_fn=listen) as adding:
        while not database.exists() and adding.poll() is None:
            time.sleep(0.02)
        adding.send_signal(signal.SIGINT)
        told = adding.communicate(timeout=60)[1]
    assert (adding.returncode, told.split()) == (130, ["Interrupted."])


def end_of(under_way):
    """Return the status and the words with which the command line ends, given what is under way when it is stopped."""
    code = (
        "import signal, time\n"
        "from dedupe.cli import cli, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored where tests run in the background
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        f"{under_way}\n"
        "cli.main = under_way\n"
        "main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    return result.returncode, result.stderr.split()


def test_who_interrupts_a_command_waits_for_no_thread_or_process():
    waiting = (
        "from dedupe.jobs import ahead, apart\n"
        "def under_way(**_):\n"
        "    signal.alarm(1), apart(lambda: time.sleep(60)), [*ahead(time.sleep, [60, 60, 60], jobs=2, limit=2)]"
    )
    assert end_of(waiting) == (130, ["Interrupted."])


def test_an_interrupt_is_not_lost_where_python_passes_it_over():
    passed_over = (
        "class Dropped:\n"
        "    def __del__(self):\n"
        "        raise KeyboardInterrupt\n"
        "under_way = lambda **_: time.sleep(60 if Dropped() else 0)"
    )
    assert end_of(passed_over) == (130, ["Interrupted."])


def test_what_was_under_way_when_a_command_was_interrupted_is_not_waited_for():
    sending = (
        "class Pool:\n"
        "    def __del__(self):\n"
        "        time.sleep(60)\n"  # for the rest of what a killed process was sending
        "def under_way(**_):\n"
        "    pool = Pool()\n"
        "    signal.alarm(1), time.sleep(60)"
    )
    assert end_of(sending) == (130, ["Interrupted."])


def test_a_date_that_cannot_be_read_is_told_where_no_report_lists_it(run, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": STORY, "published": "yesterday"}))
    result = run("index", "add", tmp_path / "news.db", tmp_path / "a.jsonl")
    assert result.return_value == 0
    assert result.stderr == f"{tmp_path}/a.jsonl#1: published 'yesterday', which cannot be read as a date\n"


def test_what_a_server_sent_in_place_of_an_article_is_told_where_no_report_lists_it(run, tmp_path):
    (tmp_path / "a.html").write_text(f"<title>Page not found</title><p>{STORY}")
    (tmp_path / "b.html").write_text(f"<title>Swifts</title><p>{STORY}")
    result = run("index", "add", tmp_path / "news.db", tmp_path)
    assert result.return_value == 0
    assert result.stderr == f"{tmp_path}/a.html: a server's message (Page not found), no article\n"


def test_an_error_names_what_it_is_about_without_steering_the_terminal():
    assert CouldNotRun("a\x1b[2J.txt: no such file").format_message() == "a\\x1b[2J.txt: no such file"


def test_where_nothing_can_be_read_there_is_an_error_and_no_hollow_report(tmp_path):
    result = command("report", tmp_path / "nothing.txt")
    assert result.returncode == 2 and result.stdout == ""
    assert "nothing.txt: no such file or folder" in result.stderr and "no article could be read" in result.stderr


def test_of_a_table_without_rows_no_other_kind_of_file_is_asked_for(run, tmp_path):
    table, folder = tmp_path / "news.csv", tmp_path / "empty"
    table.write_text("id,text\n", "utf-8")
    folder.mkdir()
    assert str(run("report", table).exception).endswith("news.csv: no articles found")
    assert "no articles found; expected .txt" in str(run("report", folder).exception)


def test_the_first_run_of_a_compiled_loop_is_logged():
    code = (
        "import logging, numba; logging.basicConfig(level=logging.INFO)\n"
        "import dedupe.compiling.load\n"
        "loop = numba.njit(lambda x: x + 1); loop(1); loop(1.5)"
    )
    call = [sys.executable, "-c", code]
    result = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
    assert result.stderr.count("compiling the inner loops for this machine, once") == 1
