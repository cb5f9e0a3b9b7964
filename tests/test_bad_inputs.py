"""Hostile and odd inputs: each gets its reason, the others are still read, nothing hangs, grows or climbs out."""

import gzip
import io
import json
import os
import random
import socket
import stat
import tarfile
import zipfile

import pytest
import zstandard

from dedupe.errors import InputError
from dedupe.reader import LISTED, records
from dedupe.reader.stream import open_file
from dedupe.report.order import worst_first

TEXT = "The harbour authority said on Tuesday that the terminal would open in spring."
GOOD = json.dumps({"id": "good", "text": TEXT}).encode()


def read(*paths):
    skipped = []
    found = list(records([str(path) for path in paths], skipped=skipped))
    for record in found:  # whatever was in a file, what comes out can be stored
        record.id.encode(), record.path.encode(), json.dumps(record.fields, ensure_ascii=False).encode()
    return found, skipped


def reason_of(path):
    """Return why the one input at a path is not read, and whether that is an error."""
    found, skipped = read(path)
    assert found == []
    (item,) = skipped
    assert item.path.startswith(str(path))
    return item.reason, item.failed


def put(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason", "failed"),
    [
        ("a.txt", b"", "empty", False),
        ("a.txt", b" \n\t\xc2\xa0", "no text", False),
        ("a.txt", b"x", "no text", False),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image, not text", True),
        ("a.html", b"%PDF-1.7 ...", "a PDF, not text", True),
        ("a.txt", random.Random(1).randbytes(9000), "binary data, not text", True),
        ("a.txt", b"word " * (4 << 20), "longer than 16 MiB", True),
        ("a.jsonl", b"", "empty", False),
        ("a.jsonl", b'{"headline": "x"}\n', "neither text nor html", True),
        ("a.jsonl", b'{"text": ["x"]}\n', "text is a list, not a string", True),
        ("a.jsonl", b'{"text": null}\n', "neither text nor html", True),
        ("a.jsonl", b'{"text": ""}\n', "no text", False),
        ("a.jsonl", b'"a string"\n', "not a JSON object", True),
        ("a.jsonl", b'{"text":\n', "not JSON: expecting value at column 9", True),
        ("a.jsonl", b'{"text": oops}\n', "not JSON: expecting value at column 10", True),
        ("a.jsonl", b'{"text": "oops\n', "not JSON: unterminated string starting at column 10", True),
        ("a.jsonl", b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "nested too deeply", True),
        ("a.json", b"[" + GOOD[:-9], "not JSON", True),
        ("a.json", b'[{"text": ' + b"[" * 100_000, "nested too deeply", True),
        ("a.csv", b"id,headline\n1,x\n", "the columns, by the first row, are 'id', 'headline'", True),
        ("a.csv", b"id,text,text\n1,x,y\n", "two columns are called text", True),
        ("a.parquet", b"PAR1 and nothing more", "not Parquet that can be read", True),
        ("a.txt.gz", b"plain", "not a gzipped file", True),
        ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)[:30], "cut off", True),
        ("a.txt.zst", b"plain text", "zstd", True),
        ("a.txt.zst", zstandard.ZstdCompressor().compress(TEXT.encode())[:-9], "cut off", True),
        ("a.txt.gz", gzip.compress(b" " * (20 << 20), mtime=0), "longer than 16 MiB", True),
        ("a.zip", b"PK\x03\x04 cut", "not a zip file", True),
        ("a.tar", b"no tar", "tar", True),
        ("a.warc", b"no archive\n", "lines that belong to no record", True),
        ("a.json", b'{"text": {"0": "Rates rose.", "1": "A storm came."}}', "pandas: orient='records'", True),
        ("a.warc", b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "its length is '-5'", True),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 4611686018427387904\r\n\r\nx", "longer than the file", True),
    ],
)
def test_a_file_without_an_article_says_why(tmp_path, name, content, reason, failed):
    said, error = reason_of(put(tmp_path / name, content))
    assert reason.lower() in said.lower()
    assert error is failed


def test_a_missing_path_is_named(tmp_path):
    assert reason_of(tmp_path / "none") == ("no such file or folder", True)
    assert "save the page as a file first" in read("https://example.com/news/1")[1][0].reason
    assert reason_of(str(tmp_path / "nu\0l")) is not None


def test_the_parts_of_a_page_that_a_browser_saved_are_no_articles(tmp_path):
    for folder in ("Rates rose_files", "Fähre-Dateien", "other_files"):
        (tmp_path / folder).mkdir()
        put(tmp_path / folder / "saved_resource.html", b"<p>Save forty percent on mattresses this week only.")
    for name in ("Rates rose.html", "Fähre.htm"):
        put(tmp_path / name, f"<p>{TEXT}".encode())
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["Fähre.htm", "Rates rose.html", "other_files/saved_resource.html"]
    assert [(item.path[len(str(tmp_path)) + 1 :], item.failed) for item in skipped] == [
        ("Fähre-Dateien", False), ("Rates rose_files", False),
    ]  # fmt: skip


def test_an_unknown_kind_is_passed_over_in_a_folder(tmp_path):
    put(tmp_path / "a.exe", b"x")
    put(tmp_path / ".hidden.txt", b"x")
    put(tmp_path / "good.txt", TEXT.encode())
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["good.txt"]
    assert [(item.reason.split(",")[0], item.failed) for item in skipped] == [
        ("hidden", False),
        ("its name ends in .exe", False),
    ]


def test_a_text_of_any_name_is_read_when_it_is_named_itself(tmp_path):
    assert read(put(tmp_path / "article", TEXT.encode()))[0][0].fields == {"text": TEXT}


def test_a_file_that_has_become_a_pipe_is_refused_when_it_is_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="a named pipe, not a file"):
        open_file(str(tmp_path / "pipe.txt"))


def test_links_pipes_and_sockets_are_never_opened(tmp_path):
    outside = put(tmp_path / "secret.txt", TEXT.encode())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "out.txt").symlink_to(outside)
    (folder / "broken.txt").symlink_to("nothing")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "s.txt"))
    found, skipped = read(folder)
    assert found == []
    assert [item.reason for item in skipped] == [
        "a symbolic link, which is not followed",
        "a symbolic link, which is not followed",
        "a symbolic link, which is not followed",
        "a named pipe, not a file",
        "a socket, not a file",
    ]
    for item in ("pipe.txt", "out.txt", "loop"):
        assert reason_of(folder / item)[1]
    assert reason_of("/dev/zero") == ("a device, not a file or folder", True)


def test_a_link_to_a_folder_is_followed_where_a_slash_stands_after_it(tmp_path):
    (tmp_path / "2025").mkdir()
    put(tmp_path / "2025" / "a.txt", TEXT.encode())
    (tmp_path / "latest").symlink_to("2025")
    (found,), _ = read(f"{tmp_path}/latest/")
    assert (found.id, found.path) == ("a.txt", f"{tmp_path}/latest/a.txt")
    assert not read(f"{tmp_path}/latest")[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_named(tmp_path):
    put(tmp_path / "a.txt", TEXT.encode()).chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    _, skipped = read(tmp_path)
    assert [(item.path[-5:], item.reason) for item in skipped] == [
        ("a.txt", "permission denied"),
        ("b", "permission denied"),
    ]


def test_names_that_are_no_unicode_can_be_stored(tmp_path):
    put(tmp_path / os.fsdecode(b"caf\xe9 \x1b[31m.txt"), TEXT.encode())
    assert read(tmp_path)[0][0].id == "caf\\xe9 \x1b[31m.txt"


def test_faults_among_json_lines_are_named_by_line_and_the_others_read(tmp_path):
    rows = [
        b'\xef\xbb\xbf{"id": "\\ud800", "text": "half a pair \\ud83d"}',
        b"{oops",
        b'{"id": ' + b"9" * 6000 + b', "text": "a huge number"}',
        b'{"id": "nul\\u0000", "text": "nul and nan", "x": NaN, "y": 1e999}',
        b'{"id": "raw", "text": "a tab\there"}',
        b'{"id": "latin", "text": "caf\xe9 au lait"}',
        GOOD,
        GOOD,
        b'{"text": "' + b" " * (17 << 20) + b'"}',
        b'{"id": "end", "text": "no line end"}',
    ]
    found, skipped = read(put(tmp_path / "n.jsonl", b"\n".join(rows)))
    assert [record.id for record in found] == ["\\ud800", "nul\0", "raw", "good", "end"]
    assert found[0].fields["text"] == "half a pair \ufffd"
    path = str(tmp_path / "n.jsonl")
    assert {item.path.removeprefix(path): item.reason.split(";")[0] for item in skipped} == {
        "#2": "not JSON: expecting property name enclosed in double quotes at column 2",
        "#3": "not JSON: a number of too many digits",
        "#6": "not UTF-8",
        "#8": f"id 'good' is taken by {path}#7",
        "#9": "longer than 16 MiB",
    }


def test_of_two_files_that_number_their_records_alike_it_is_told_once_and_how_to_help(tmp_path):
    for name in ("a", "b"):
        rows = [{"id": number, "text": f"Text {number} of {name}.", "url": f"{name}{number}"} for number in range(30)]
        put(tmp_path / f"{name}.jsonl", "\n".join(map(json.dumps, rows)).encode())
    found, skipped = read(tmp_path)
    (told,) = worst_first(skipped)
    assert len(found) == len(skipped) == 30
    assert told.reason.endswith("#1; name another field of ids with --field id=NAME (29 more records of the file, too)")
    assert len(list(records([tmp_path], names={"id": "url"}, skipped=[]))) == 60


def test_a_file_of_nothing_but_faults_is_not_listed_without_end(tmp_path):
    _, skipped = read(put(tmp_path / "n.jsonl", b"oops\n" * (LISTED + 500)))
    assert len(skipped) == LISTED + 1
    assert skipped[-1].reason == "500 more of its records could not be read"


def test_what_comes_before_a_damaged_end_is_kept(tmp_path):
    rows = b"".join(json.dumps({"id": str(n), "text": f"{TEXT} {n * 7919}"}).encode() + b"\n" for n in range(2000))
    packed = gzip.compress(rows, mtime=0)
    found, skipped = read(put(tmp_path / "n.jsonl.gz", packed[: len(packed) // 2]))
    assert found[0].id == "0" and len(found) > 500
    assert "cut off" in skipped[0].reason
    found, skipped = read(put(tmp_path / "n.jsonl.gz", packed + b"garbage"))
    assert len(found) == 2000 and skipped[0].failed
    found, skipped = read(put(tmp_path / "n.jsonl.gz", packed + bytes(512)))  # padding is legal
    assert len(found) == 2000 and not skipped


def test_csv_rows_that_do_not_fit_are_named_by_line(tmp_path):
    big = "word " * 200_000  # csv's own limit is 131,072
    table = f'id,text\na,"{big}"\nshort\nb,{TEXT},extra\n\nc,nul\0 inside\nd,"never closed\n'
    found, skipped = read(put(tmp_path / "n.csv", table.encode()))
    assert [record.id for record in found] == ["a", "c"]
    assert [(item.path.rpartition("#")[2], item.reason) for item in skipped] == [
        ("3", "1 field where the header has 2"),
        ("4", "3 fields where the header has 2"),
        ("7", "a quote is never closed"),
    ]


def zip_bytes(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in members:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, mode << 16, 3
            archive.writestr(info, content)
    return file.getvalue()


def test_members_that_climb_out_or_link_are_refused_and_the_others_read(tmp_path):
    text = TEXT.encode()
    link = stat.S_IFLNK | 0o777
    put(
        tmp_path / "a.zip",
        zip_bytes(("../../x.txt", text, 0), ("/x.txt", text, 0), ("l.txt", b"/etc/passwd", link), ("g.txt", text, 0)),
    )
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for name in ("../x.txt", "g.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
        for kind in (tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"special{kind!r}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["a.zip/g.txt", "b.tar/g.txt"]
    assert len(skipped) == 7 and all(item.failed for item in skipped)
    assert sorted(os.listdir(tmp_path)) == ["a.zip", "b.tar"]


def test_a_member_that_an_archive_holds_twice_is_one_article(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:  # as `tar -r` leaves it
        for content in (b"the first text", b"the second text"):
            info = tarfile.TarInfo("x.txt")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    found, skipped = read(tmp_path)
    assert [record.fields["text"] for record in found] == ["the first text"]
    assert [item.reason for item in skipped] == [f"id 'a.tar/x.txt' is taken by {tmp_path}/a.tar/x.txt"]


def test_bombs_are_refused_before_they_go_off(tmp_path):
    nested = zip_bytes(("a.zip", zip_bytes(("a.txt", TEXT, 0)), 0))
    assert "inside an archive" in reason_of(put(tmp_path / "nested.zip", nested))[0]
    assert reason_of(put(tmp_path / "big.zip", zip_bytes(("a.txt", b" " * (20 << 20), 0))))[0] == "longer than 16 MiB"
    lying = bytearray(zip_bytes(*((f"{n}.txt", b"x", 0) for n in range(3))))
    at = 0
    while (at := lying.find(b"PK\x01\x02", at) + 1) > 0:  # each member says it has nearly 4 GiB
        lying[at + 23 : at + 27] = b"\xf0\xff\xff\xff"
    assert "which no text does" in reason_of(put(tmp_path / "lying.zip", bytes(lying)))[0]
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 1 << 30
    assert "a header of" in reason_of(put(tmp_path / "long.tar", header.tobuf() + bytes(2048)))[0]


def test_an_encrypted_member_is_named(tmp_path):
    content = bytearray(zip_bytes(("a.txt", TEXT, 0)))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert reason_of(put(tmp_path / "a.zip", bytes(content))) == ("encrypted", True)


def test_ids_of_any_kind_are_kept_as_they_are(tmp_path):
    ids = ["x" * 10_000, "../../etc", "<script>", "=1+1", "a\nb", "\u202e", True, 1.5, {"a": 1}]
    rows = [json.dumps({"id": id, "text": f"some text {n}"}) for n, id in enumerate(ids)]
    found, skipped = read(put(tmp_path / "n.jsonl", "\n".join(rows).encode()))
    assert skipped == []
    assert [record.id for record in found] == [*ids[:6], "true", "1.5", '{"a": 1}']
