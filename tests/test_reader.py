"""Files to records: what each kind holds, its ids, its encodings."""

import bz2
import csv
import gzip
import io
import json
import lzma
import random
import re
import tarfile
import tracemalloc
import zipfile
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import dedupe
from dedupe.errors import ConfigError
from dedupe.reader import NAMES, records
from dedupe.reader.decode import decode, not_text
from dedupe.reader.json import read_json
from dedupe.reader.reread import reread
from dedupe.reader.stream import as_utf8, buffered, unpack

TEXT = "The harbour authority said on Tuesday that the terminal would open in spring."
OTHER = "Volunteers counting swifts in the old town have recorded the largest colony yet."


def read(*paths, **names):
    skipped = []
    found = list(records([str(path) for path in paths], names=names, skipped=skipped))
    return found, skipped


def texts(*paths, **names):
    found, skipped = read(*paths, **names)
    assert skipped == []
    return {record.id: record.fields["text"] for record in found}


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_a_folder_is_read_in_sorted_order_with_ids_relative_to_it(tmp_path):
    for name in ("b.txt", "a/z.md", "a/b/c.txt"):
        put(tmp_path / name, TEXT)
    assert [record.id for record in read(tmp_path)[0]] == ["a/b/c.txt", "a/z.md", "b.txt"]
    assert read(tmp_path)[0][0].path == str(tmp_path / "a/b/c.txt")


def test_the_widest_folder_names_a_file_however_the_folders_are_written(tmp_path, monkeypatch):
    put(tmp_path / "day" / "one" / "a.txt", TEXT)
    monkeypatch.chdir(tmp_path)
    assert list(texts(tmp_path, "day/one")) == list(texts("day/one", tmp_path)) == ["day/one/a.txt"]
    absolute = tmp_path / "day" / "one"
    assert list(texts("day", absolute)) == list(texts(absolute, "day")) == ["one/a.txt"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    file = put(tmp_path / "news" / "a.txt", TEXT)
    for paths in ([file, file], [tmp_path / "news", file], [file, tmp_path / "news" / ".." / "news" / "a.txt"]):
        assert list(texts(*paths)) == list(texts(*reversed(paths))) == ["a.txt"]


def test_files_of_one_name_in_two_folders_keep_their_paths_as_ids(tmp_path, monkeypatch):
    for name in ("cnn/1.txt", "bbc/1.txt", "bbc/2.txt"):
        put(tmp_path / name, TEXT)
    monkeypatch.chdir(tmp_path)
    assert list(texts("cnn", "bbc")) == list(texts("bbc", "cnn")) == ["2.txt", "bbc/1.txt", "cnn/1.txt"]


def test_a_page_is_passed_on_as_html(tmp_path):
    put(tmp_path / "a.html", "<p>" + TEXT)
    (record,), _ = read(tmp_path)
    assert record.fields == {"html": "<p>" + TEXT}


def test_json_lines_keep_ids_and_fields_and_name_those_without(tmp_path):
    rows = [
        {"id": 7, "text": TEXT, "title": "T", "published": 1715076000, "x": [1]},
        {"text": OTHER, "author": ["A", "B"]},
    ]
    put(tmp_path / "n.jsonl", "\n" + lines(*rows))
    first, second = read(tmp_path)[0]
    assert (first.id, first.fields) == ("7", {"text": TEXT, "title": "T", "published": "1715076000"})
    assert (second.id, second.fields) == ("n.jsonl#3", {"text": OTHER, "author": "A, B"})
    assert second.path.endswith("n.jsonl#3")


@pytest.mark.parametrize(
    "content",
    [
        lines({"id": "a", "body": TEXT}, {"id": "b", "body": OTHER}),
        json.dumps([{"id": "a", "body": TEXT}, {"id": "b", "body": OTHER}]),
        json.dumps([{"id": "a", "body": TEXT}, {"id": "b", "body": OTHER}], indent=2),
        json.dumps({"id": "a", "body": TEXT}) + json.dumps({"id": "b", "body": OTHER}),
        json.dumps({"id": "a", "body": TEXT}, indent=1) + "\n" + json.dumps({"id": "b", "body": OTHER}, indent=1),
    ],
    ids=["lines", "array", "pretty array", "one after another", "pretty objects"],
)
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_json_in_any_arrangement(tmp_path, content, suffix):
    put(tmp_path / f"n.{suffix}", content)
    assert texts(tmp_path, text="body") == {"a": TEXT, "b": OTHER}


@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=4), max_size=3), max_size=5))
def test_an_array_is_read_as_json_reads_it(rows):
    rows = [{**row, "id": str(n), "text": f"ab {row}"} for n, row in enumerate(rows)]
    stream = io.BufferedReader(io.BytesIO(json.dumps(rows).encode()))
    wanted = {name: name for name in ("id", *NAMES)}
    assert [(item.id, item.fields["text"]) for item in read_json(stream, wanted, "p", "p")] == [
        (row["id"], row["text"]) for row in rows
    ]


@pytest.mark.parametrize("above", ["", "\n \n", "sep=;\n", "sep=\t\r\n"])
def test_blank_lines_and_what_spreadsheets_say_of_the_delimiter_may_stand_above_the_header(tmp_path, above):
    put(tmp_path / "n.csv", f"{above}id;text\na;{TEXT}\n\n;{OTHER}\n")
    assert texts(tmp_path) == {"a": TEXT, f"n.csv#{above.count(chr(10)) + 4}": OTHER}


def test_the_delimiter_that_a_table_of_a_single_column_says_it_has_is_taken(tmp_path):
    put(tmp_path / "n.csv", "sep=|\ntext\nRates rose, and fell, in Lisbon.\n")
    assert texts(tmp_path) == {"n.csv#3": "Rates rose, and fell, in Lisbon."}


def test_the_delimiter_that_a_table_says_it_has_is_taken_whatever_its_header_has_more_of(tmp_path):
    put(tmp_path / "n.csv", f"sep=^\nid^text^note, as said; by whom|when, where\na^{TEXT}^x\n")
    assert texts(tmp_path) == {"a": TEXT}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_any_delimiter_and_mark(tmp_path, delimiter, encoding):
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerows([["ID ", "Text", "note"], ["a", TEXT + '\n"quoted"', ""], ["", OTHER, "x"]])
    put(tmp_path / "n.csv", table.getvalue().encode(encoding))
    assert texts(tmp_path) == {"a": TEXT + '\n"quoted"', "n.csv#4": OTHER}


def test_parquet(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"id": [1, 2], "content": [TEXT, OTHER]}), tmp_path / "n.parquet")
    assert texts(tmp_path, text="content") == {"1": TEXT, "2": OTHER}


PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize(("suffix", "pack"), PACKED.items())
def test_packed_files_are_read_as_they_are_unpacked(tmp_path, suffix, pack):
    put(
        tmp_path / f"n.jsonl{suffix}",
        pack(lines({"id": "a", "text": TEXT}).encode()) + pack(b'{"id": "b", "text": "two words"}'),
    )
    put(tmp_path / f"c.txt{suffix}", pack(OTHER.encode()))
    assert texts(tmp_path) == {f"c.txt{suffix}": OTHER, "a": TEXT, "b": "two words"}


def test_archives_are_read_member_by_member(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/b.txt", OTHER)
        archive.writestr("in/a.jsonl.gz", gzip.compress(lines({"text": TEXT}).encode()))
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("c.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    assert texts(tmp_path) == {"a.zip/in/a.jsonl.gz#1": TEXT, "a.zip/in/b.txt": OTHER, "b.tar.gz/c.txt": TEXT}


@pytest.mark.parametrize(("suffix", "pack"), PACKED.items())
def test_a_tar_that_is_cut_off_is_said_to_be_so_whatever_packs_it_and_its_members_before_that_are_read(
    tmp_path, suffix, pack
):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for number in range(40):
            text = f"{TEXT} {random.Random(number).randbytes(2000).hex()}"
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    whole = (tmp_path / "a.tar").read_bytes()
    (tmp_path / "a.tar").unlink()
    packed = b"".join(pack(whole[at : at + 10_000]) for at in range(0, len(whole), 10_000))
    put(tmp_path / f"a.tar{suffix}", packed[: len(packed) // 2])
    found, skipped = read(tmp_path)
    assert len(found) > 10 and {item.reason[:7] for item in skipped} == {"cut off"}


def test_a_member_of_an_archive_is_left_out_for_a_name_that_leads_out_of_it_or_is_a_system_s_own(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("C:/a.txt", "../b.txt", "/c.txt", "__MACOSX/d.txt", ".e.txt", "f/__MACOSX.txt", "at 9:30.txt"):
            archive.writestr(name, TEXT)
        archive.writestr("g\\..\\..\\h.txt", TEXT)  # climbs out on Windows
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["a.zip/at 9:30.txt", "a.zip/f/__MACOSX.txt"]
    assert sorted(item.failed for item in skipped) == [False] * 2 + [True] * 4


def test_a_member_of_a_zip_that_says_it_is_encrypted_in_either_way_is_left_out(tmp_path):
    for flag in (0x1, 0x40):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.txt", TEXT)
        content = bytearray((tmp_path / "a.zip").read_bytes())
        content[content.index(b"PK\x01\x02") + 8] |= flag  # of its entry in the list at the end
        put(tmp_path / "a.zip", bytes(content))
        assert [item.reason for item in read(tmp_path)[1]] == ["encrypted"]


def test_four_bytes_a_character_without_a_mark_are_no_text_of_two():
    assert not_text("The ferry sank.".encode("utf-32-le")) == "binary data"
    assert not_text("The ferry sank.".encode("utf-16-le")) == ""


def test_of_a_frame_that_unpacks_to_a_gigabyte_little_is_unpacked_before_it_is_asked_for():
    packer, blank = zstandard.ZstdCompressor(level=1).compressobj(), bytes(1 << 20)
    bomb = b"".join([*(packer.compress(blank) for _ in range(1 << 10)), packer.flush()])
    tracemalloc.start()
    try:
        assert unpack(io.BytesIO(bomb), ".zst").read(1) == b"\0"
        assert tracemalloc.get_traced_memory()[1] < 1 << 26
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_character_that_is_cut_off_at_the_end_of_a_file_is_not_lost_in_silence(encoding):
    stream = buffered(io.BytesIO("The ferry sank.".encode(encoding)[:-1]))
    assert as_utf8(stream).read().decode() == "The ferry sank\N{REPLACEMENT CHARACTER}"


def test_a_row_may_end_with_empty_fields_and_have_a_long_one_and_no_field_too_many(tmp_path):
    long = TEXT * (140_000 // len(TEXT))  # longer than Python's reader of CSV takes by itself
    put(tmp_path / "n.csv", f"id,text\na,{OTHER},,\nb,{OTHER},c\nd,{long}\n".replace(TEXT, TEXT.replace(",", "")))
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["a", "d"] and len(found[1].fields["text"]) > 1 << 17
    assert [item.reason for item in skipped] == ["3 fields where the header has 2"]


def test_a_number_among_records_is_counted_once_wherever_a_window_ends(tmp_path, monkeypatch):
    put(tmp_path / "a.json", '[\n12345, {"text": "' + TEXT + '"}\n]')
    for window in (1 << 20, 2, 3, 4):
        monkeypatch.setattr("dedupe.reader.json._WINDOW", window)
        found, skipped = read(tmp_path)
        assert [record.id for record in found] == ["a.json#2"] and len(skipped) == 1


def warc_record(payload, *, kind="response", head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"):
    block = head + payload
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/1\r\nContent-Type: text/plain\r\n"
        f"WARC-Date: 2025-03-01T12:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def test_web_archives_give_their_pages_with_their_addresses(tmp_path):
    page = b"<p>" + TEXT.encode()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    body = gzip.compress(page)
    content = (
        warc_record(b"software: x", kind="warcinfo", head=b"")
        + warc_record(page)
        + warc_record(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), head=chunked)
        + warc_record(OTHER.encode(), kind="conversion", head=b"")
    )
    put(tmp_path / "a.warc.gz", gzip.compress(content))
    found, skipped = read(tmp_path)
    assert skipped == []
    assert [record.fields.get("html", record.fields.get("text")) for record in found] == [page.decode()] * 2 + [OTHER]
    assert {record.fields["url"] for record in found} == {"https://example.org/1"}
    assert {record.fields["crawled"] for record in found} == {"2025-03-01T12:00:00Z"}


@pytest.mark.parametrize(
    "of", ["metadata://gnu.org/software/wget/warc/wget.log", "urn:X-wpull:log", "urn:textFinal:https://example.org/1"]
)
def test_what_a_crawler_notes_of_a_crawl_is_no_page(tmp_path, of):
    own = warc_record(TEXT.encode(), kind="resource", head=b"")
    put(tmp_path / "a.warc", own + own.replace(b"https://example.org/1", of.encode()))
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["a.warc#1"]
    assert [(item.path[-8:], item.failed) for item in skipped] == [("a.warc#2", False)]


PAGE = b"<p>" + TEXT.encode()


def pages_of(tmp_path, *parts):
    """Return the pages of a web archive made of these bytes, and why others are none."""
    put(tmp_path / "a.warc", b"".join(parts))
    found, skipped = read(tmp_path)
    return [record.fields["html"] for record in found], [item.reason for item in skipped]


def coded(body, *fields):
    return warc_record(body, head="\r\n".join(("HTTP/1.1 200 OK", *fields, "", "")).encode())


def test_a_record_of_a_web_archive_whose_length_is_wrong_is_left_out_and_the_next_is_read(tmp_path):
    record, good = warc_record(PAGE), warc_record(PAGE)
    size = re.search(rb"Content-Length: (\d+)", record)[1]
    shorter = record.replace(size, b"%d" % (int(size) - 5))
    assert pages_of(tmp_path, shorter, good)[1][0] == "its length is wrong"
    assert pages_of(tmp_path, shorter, good)[0] == [PAGE.decode()]
    endless = record.replace(size, b"9" * 25)
    assert pages_of(tmp_path, endless, good) == ([PAGE.decode()], [f"its length is '{'9' * 20}'"])


def test_the_last_page_of_a_web_archive_that_is_cut_off_is_none(tmp_path):
    record = warc_record(PAGE)
    whole = len(record) - record.index(b"HTTP/") - 4
    found, reasons = pages_of(tmp_path, record, record[:-24])
    assert found == [PAGE.decode()] and reasons == [f"cut off: {whole - 20} of {whole} bytes"]


def test_a_page_that_unpacks_to_more_than_a_page_may_have_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr("dedupe.reader.warc.LIMIT", 1 << 20)
    bomb = coded(gzip.compress(PAGE + b" " * (1 << 20)), "Content-Encoding: gzip")
    assert pages_of(tmp_path, bomb, warc_record(PAGE)) == ([PAGE.decode()], ["longer than 16 MiB"])  # as it is told


def test_a_page_is_unpacked_by_what_it_is_packed_with_if_it_is(tmp_path):
    bare = zlib.compressobj(wbits=-15)
    packed = (
        coded(zlib.compress(PAGE), "Content-Encoding: deflate"),
        coded(bare.compress(PAGE) + bare.flush(), "Content-Encoding: deflate"),
        coded(PAGE, "Content-Encoding: gzip"),  # unpacked by the crawler, which kept the header
        coded(PAGE, "Content-Encoding: br"),
    )
    assert pages_of(tmp_path, *packed) == ([PAGE.decode()] * 4, [])
    packed = coded(b"no page", "Content-Encoding: gzip"), coded(b"no page", "Content-Encoding: br")
    assert pages_of(tmp_path, *packed) == ([], ["says gzip, but is not", "content coding br, which is not read"])


def test_of_a_page_in_chunks_those_before_a_fault_are_read(tmp_path):
    half = len(PAGE) // 2
    chunks = b"%x\r\n%s\r\nno length\r\n%s" % (half, PAGE[:half], PAGE[half:])
    assert pages_of(tmp_path, coded(chunks, "Transfer-Encoding: chunked")) == ([PAGE[:half].decode()], [])


def test_of_a_header_without_end_no_more_than_a_megabyte_is_kept(tmp_path):
    filler = b"X-Filler: " + b"x" * 60_000 + b"\r\n"
    long = warc_record(PAGE).replace(b"Content-Length", filler * 20 + b"Content-Length")
    assert pages_of(tmp_path, long, warc_record(PAGE)) == ([PAGE.decode()], ["no length"])


@pytest.mark.parametrize("name", ["crawl.wacz", "crawl.zip"])
def test_of_a_zipped_web_archive_its_pages_are_read_and_not_what_it_says_of_them(tmp_path, name):
    page = f"<p>{TEXT}".encode()
    with zipfile.ZipFile(tmp_path / name, "w") as file:
        file.writestr("archive/data.warc.gz", gzip.compress(warc_record(page)))
        file.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + json.dumps({"text": TEXT}))
        file.writestr("datapackage.json", "{}")
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == [f"{name}/archive/data.warc.gz#1"] and not skipped


def test_a_zipped_web_archive_without_its_folder_of_archives_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as file:
        file.writestr("data.warc", warc_record(b"<p>One."))
    found, (none,) = read(tmp_path)
    assert not found and none.reason == "holds no archive/"


def test_of_a_field_that_a_record_of_a_web_archive_has_twice_the_first_counts(tmp_path):
    record = warc_record(b"<p>" + TEXT.encode())
    put(
        tmp_path / "a.warc",
        record.replace(b"Content-Type", b"WARC-Target-URI: https://other.example/\r\nContent-Type", 1),
    )
    assert [record.fields["url"] for record in read(tmp_path)[0]] == ["https://example.org/1"]


def test_a_part_of_a_page_in_a_web_archive_is_none(tmp_path):
    put(tmp_path / "a.warc", warc_record(b"<p>" + TEXT.encode(), head=b"HTTP/1.1 206 Partial Content\r\n\r\n"))
    found, skipped = read(tmp_path)
    assert found == [] and [item.reason for item in skipped] == ["HTTP status 206"]


def test_a_web_archive_of_a_server_that_ends_its_lines_with_a_line_feed_gives_its_page(tmp_path):
    page = b"<p>" + TEXT.encode()
    put(tmp_path / "a.warc", warc_record(page, head=b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n"))
    assert [record.fields["html"] for record in read(tmp_path)[0]] == [page.decode()]


def test_a_record_says_when_its_page_was_fetched(tmp_path):
    put(tmp_path / "n.jsonl", json.dumps({"text": TEXT, "fetched": "2025-03-01"}))
    (found,), _ = read(tmp_path, crawled="fetched")
    assert found.fields["crawled"] == "2025-03-01"


def test_inputs_that_have_our_names_are_read_beside_those_of_another(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "title": "A"}))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "body": OTHER, "text": "a teaser", "headline": "B"}))
    (tmp_path / "c.csv").write_text(f"id,text,title\nc,{TEXT},C\n")
    (tmp_path / "d.csv").write_text(f'id,Body,headline\nd,"{OTHER}",D\n')
    (tmp_path / "e.tsv").write_text(f"id\thtml\ttitle\ne\t<p>{TEXT}\tE\n")
    found, skipped = read(tmp_path, text="body", html="page", title="headline")
    shown = {record.id: record.fields for record in found}
    assert not skipped and {id: fields["title"] for id, fields in shown.items()} == dict(
        zip("abcde", "ABCDE", strict=True)
    )
    assert [shown[id]["text"] for id in "abcd"] == [TEXT, OTHER, TEXT, OTHER] and shown["e"]["html"] == f"<p>{TEXT}"
    copies = dedupe.near_duplicates([tmp_path / "a.jsonl", tmp_path / "c.csv"], names={"text": "body"})
    assert [group.members for group in copies.groups] == [("a", "c")]


def test_two_of_our_fields_may_go_by_one_name(tmp_path):
    rows = [
        {"url": "http://a.example/1", "headline": TEXT, "n": 2**70},
        {"url": "http://a.example/2", "headline": OTHER},
    ]
    put(tmp_path / "lines" / "n.jsonl", lines(*rows))
    put(tmp_path / "array" / "n.json", json.dumps(rows))
    put(tmp_path / "table" / "n.csv", f"url,headline\n{rows[0]['url']},{TEXT}\n{rows[1]['url']},{OTHER}\n")
    for folder in ("lines", "array", "table"):
        found, skipped = read(tmp_path / folder, id="url", text="headline", title="headline")
        assert skipped == [] and [record.id for record in found] == [row["url"] for row in rows]
        for record, row in zip(found, rows, strict=True):
            assert record.fields == {"text": row["headline"], "title": row["headline"], "url": row["url"]}


def test_fields_that_do_not_exist_are_a_mistake(tmp_path):
    with pytest.raises(ConfigError, match="unknown field headline"):
        read(tmp_path, headline="x")


FRENCH = "Le maire a défendu la décision : « la ville perdrait », a-t-il déclaré à l'hôtel de ville après la réunion."
CZECH = "Starosta obhajoval rozhodnutí, protože město by přišlo o více peněz, než kolik může získat příští rok."
RUSSIAN = "Мэр защитил решение и сказал, что город потеряет гораздо больше, если он не будет это делать."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"), (FRENCH, "utf-8-sig"), (FRENCH, "utf-16"), (FRENCH, "utf-16-le"), (FRENCH, "utf-32"),
        (FRENCH, "cp1252"), (CZECH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"),
        ("港湾局は火曜日、新しいターミナルが春に開業すると発表した。" * 3, "cp932"),
    ],
)  # fmt: skip
def test_encodings_are_found(text, encoding):
    assert decode(text.encode(encoding)) == text


JAPANESE = "港湾局は火曜日、新しいターミナルが春に開業すると発表した。" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "cp932"), ("行政院長表示，政府將繼續推動改革。" * 3, "big5")],
)
def test_what_a_program_took_for_latin_1_is_read_again(text, encoding):
    assert reread(text.encode(encoding).decode("latin-1")) == text
    article = dedupe.Article(id="a", text=text.encode(encoding).decode("latin-1"))
    assert next(iter(dedupe.analyze([article]).articles)).text == text


def test_what_a_program_took_for_windows_1252_is_read_again_with_the_signs_that_latin_1_lacks():
    quoted = f"— „{RUSSIAN}“"
    assert reread(quoted.encode("cp1251").decode("cp1252")) == quoted


def test_text_that_is_right_is_not_read_again():
    signs = "½ ¼ ¾ " * 20
    for text in (FRENCH, CZECH, RUSSIAN, JAPANESE, "Été", "ÄÖÜß", "Çà et là", signs, "é" * 30):
        assert reread(text) == text


def test_what_is_broken_in_another_way_or_in_part_is_not_read_again():
    greek = "Η κυβέρνηση ανακοίνωσε νέα μέτρα για την οικονομία την Τρίτη."
    in_part = RUSSIAN.encode("cp1251").decode("latin-1") + RUSSIAN
    for text in (RUSSIAN.encode().decode("latin-1"), greek.encode().decode("latin-1"), in_part):  # two for `repair`
        assert reread(text) == text


def test_what_a_page_declares_counts_where_it_can_be_true():
    page = f'<meta charset="windows-1257"><p>{"Ačiū, žmonės."}'
    assert decode(page.encode("cp1257"), markup=True) == page
    assert decode(page.encode("utf-8"), markup=True) == page
    lying = page.replace("windows-1257", "utf-7")
    assert decode(lying.encode("utf-8"), markup=True) == lying


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Президент заявил в понедельник, что переговоры будут продолжены, и о новой встрече договорились.", "cp1251"),
        ("行政院長星期一在台北表示，政府將繼續推動經濟改革。他說，今年的成長目標仍然可以實現。", "big5"),
        ("Le président a déclaré à l'Assemblée que la réforme était nécessaire.", "cp1252"),
    ],
)
def test_a_page_in_another_script_is_not_in_the_encoding_that_servers_say_of_any_page(text, encoding):
    page = f"<html><meta charset=iso-8859-1><p>{text}</p></html>"
    assert decode(page.encode(encoding), markup=True) == page


def test_lines_in_two_encodings_are_each_decoded():
    assert decode(FRENCH.encode() + b"\n" + FRENCH.encode("cp1252")) == FRENCH + "\n" + FRENCH
    ends = "Un café\nfermé\n"  # as UTF-8 that is cut off ends
    assert decode(FRENCH.encode() + b"\n" + (FRENCH + "\n" + ends).encode("cp1252")) == f"{FRENCH}\n{FRENCH}\n{ends}"
    assert decode((FRENCH + " é").encode()[:-1]) == FRENCH + " "
