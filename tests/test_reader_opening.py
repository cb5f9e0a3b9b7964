"""What a file is by how it opens, where no name says it; JSON that wraps its records; mail."""

import bz2
import csv
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest
import zstandard

import dedupe
from dedupe.reader import records
from dedupe.reader.wrapped import may_wrap

TEXT = "The harbour authority said on Tuesday that the terminal would open in spring."
OTHER = "Volunteers counting swifts in the old town have recorded the largest colony yet."


def table(delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("id", "title", "text"), ("a", "A", TEXT), ("b", "B", OTHER)])
    return out.getvalue().encode()


JSON = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in (("a", TEXT), ("b", OTHER))).encode()


def archive(kind):
    """Return an archive of one file, a.jsonl."""
    written = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(written, "w") as file:
            file.writestr("a.jsonl", JSON)
    else:
        with tarfile.open(fileobj=written, mode=kind) as file:
            member = tarfile.TarInfo("a.jsonl")
            member.size = len(JSON)
            file.addfile(member, io.BytesIO(JSON))
    return written.getvalue()


STREAMS = {
    "csv": table(),
    "tsv": table("\t"),
    "json lines": JSON,
    "gzip": gzip.compress(JSON),
    "csv in gzip": gzip.compress(table()),
    "bzip2": bz2.compress(table()),
    "xz": lzma.compress(JSON),
    "zstandard": zstandard.compress(table()),
    "tar": archive("w"),
    "tar in gzip": archive("w:gz"),
    "wrapped": json.dumps({"articles": [json.loads(line) for line in JSON.splitlines()]}).encode(),
}


def read(path, **names):
    skipped = []
    found = list(records([str(path)], names=names, skipped=skipped))
    return {record.id: record.fields["text"] for record in found}, skipped


@pytest.mark.parametrize("name", [*STREAMS, "zip"])
def test_standard_input_is_told_by_how_it_opens(name):
    run = [sys.executable, "-m", "dedupe", "label", "-", "-f", "jsonl"]
    told = subprocess.run(run, input=STREAMS.get(name) or archive(name), capture_output=True, check=True).stdout
    assert [json.loads(line)["id"] for line in told.splitlines()] == ["a", "b"]


def test_a_packed_zip_on_standard_input_is_left_out_as_under_its_name_since_it_may_unpack_to_any_size(tmp_path):
    packed = gzip.compress(archive("zip"))
    (tmp_path / "a.gz").write_bytes(packed)
    for given in ("-", tmp_path / "a.gz"):
        run = [sys.executable, "-m", "dedupe", "label", given]
        told = subprocess.run(run, input=packed, capture_output=True, check=False)
        assert told.returncode == 2 and told.stderr.decode().startswith(f"{given}: a zip archive, not text")


@pytest.mark.parametrize("name", STREAMS)
def test_so_is_a_file_without_a_suffix_that_is_named_itself(tmp_path, name):
    (tmp_path / "news").write_bytes(STREAMS[name])
    assert read(tmp_path / "news") == ({"a": TEXT, "b": OTHER}, [])


def test_a_text_with_commas_in_its_first_line_is_no_table(tmp_path):
    for text in (
        f"Text, they said, is dead.\n{TEXT}",
        f"Title, text: {TEXT}\n",
        f"From: London\nDate: today\n\n{TEXT}",
    ):
        (tmp_path / "news").write_text(text)
        assert read(tmp_path / "news") == ({"news": text}, [])


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"articles": rows},
        lambda rows: {"status": "ok", "totalResults": 2, "articles": rows, "next": None},
        lambda rows: {"meta": {"pages": 1}, "data": rows},
        lambda rows: {"response": {"status": "ok", "total": 2, "results": rows}},
        lambda rows: {"data": rows, "errors": [{"message": "late"}]},
    ],
)
def test_records_in_the_one_array_of_an_object_are_read(tmp_path, wrap, indent):
    rows = [{"id": "a", "text": TEXT}, {"text": OTHER}]
    (tmp_path / "a.json").write_text(json.dumps(wrap(rows), indent=indent))
    assert read(tmp_path / "a.json") == ({"a": TEXT, "a.json#2": OTHER}, [])


def test_a_record_with_arrays_of_objects_is_a_record_though_its_text_comes_last(tmp_path):
    rows = [{"tags": [{"text": "a"}], "text": TEXT}, {"tags": [{"text": "b"}], "text": OTHER}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert read(tmp_path / "a.jsonl") == ({"a.jsonl#1": TEXT, "a.jsonl#2": OTHER}, [])


@pytest.mark.parametrize("form", ["one", "two", "an array"])
def test_the_comments_of_an_article_whose_text_has_another_name_are_no_articles(tmp_path, form):
    one = {"id": "a", "body": TEXT, "comments": [{"text": "So true."}]}
    other = {"id": "b", "comments": [{"text": "A long comment on an article that is not here, as some are."}]}
    rows = {"one": one, "two": [one, one], "an array": [other, other]}[form]
    content = "\n".join(map(json.dumps, rows)) if form == "two" else json.dumps(rows, indent=1)
    (tmp_path / "a.json").write_text(content)
    found, skipped = read(tmp_path / "a.json")
    assert not found and all(item.failed and "name the field of the text" in item.reason for item in skipped)


def test_what_to_do_is_said_where_it_is_not_clear_which_array_is_meant(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"news": [{"text": TEXT}], "ads": [{"text": OTHER}]}))
    (found, (skipped,)) = read(tmp_path / "a.json")
    assert not found and skipped.failed
    assert skipped.reason.endswith("several of its arrays hold articles: give one of them alone, as `jq .news` does")
    (tmp_path / "a.json").write_text(json.dumps({"articles": [{"content": TEXT}]}))
    (_, (skipped,)) = read(tmp_path / "a.json")
    assert skipped.reason.endswith("those of the objects in 'articles' are 'content'")
    assert read(tmp_path / "a.json", text="content") == ({"a.json#1": TEXT}, [])


@pytest.mark.parametrize("name", ["a.eml", "message"])
def test_a_mail_is_no_article_though_it_is_named_itself(tmp_path, name):
    (tmp_path / name).write_text(f"From: a@b.example\nTo: c@d.example\nSubject: News\nMIME-Version: 1.0\n\n{TEXT}")
    (found, (skipped,)) = read(tmp_path / name)
    assert not found and skipped.failed and skipped.reason == "an email; extract its text first"


@pytest.mark.parametrize("piece", [b'{"a":', b'{"a":{', b'{"a":"b",', b'{"a":1 ,  ', b"{  "])
def test_how_json_opens_is_told_in_time_linear_in_what_is_looked_at(piece):
    def seconds(size):
        start = time.process_time()
        for _ in range(50):
            may_wrap(piece * (size // len(piece)))
        return time.process_time() - start

    assert seconds(16_000) < 8 * seconds(4_000) + 0.2


DENIED = "<h1>Access Denied</h1><p>You don't have permission to access this page on this server.<p>Reference #18.{}"


def test_what_a_server_sent_in_place_of_an_article_is_left_out_by_name_and_no_story(tmp_path):
    for place in range(3):
        (tmp_path / f"{place}.html").write_text(f"<title>Access Denied</title>{DENIED.format(place)}", "utf-8")
    (tmp_path / "a.html").write_text("<title>404 | The Star</title><h1>Страница не найдена!</h1><p>Её нет.", "utf-8")
    report = DENIED.replace("Access Denied", "Access denied to camp") + "<p>Aid workers were turned back on Monday."
    (tmp_path / "b.html").write_text(report, "utf-8")
    (tmp_path / "c.html").write_text(DENIED + "<p>Aid workers were turned back on Monday." * 30, "utf-8")
    (tmp_path / "d.txt").write_text("Access denied\n\nAid workers were turned back on Monday.", "utf-8")
    articles = dedupe.read([tmp_path])
    assert [article.id for article in articles] == ["b.html", "c.html", "d.txt"]
    told = {item.reason for item in articles.skipped if not item.failed}
    assert told == {f"a server's message ({title}), no article" for title in ("Access Denied", "Страница не найдена!")}
