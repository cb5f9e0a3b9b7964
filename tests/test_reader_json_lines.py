"""The texts of JSON lines as bytes, against the decoder of the standard library."""

import io
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.reader import NAMES
from dedupe.reader.json_lines import Room, line_blocks, texts_of_lines
from dedupe.words import PAD

pytest.importorskip("numba")

WANTED = {name: name for name in ("id", *NAMES)}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
records = st.dictionaries(
    st.sampled_from(["text", "id", "title", "te\\xt", 'text"', "Text", "html"]), st.text() | values, max_size=4
)


def blocks(content: bytes, size: int = 1 << 21) -> list[bytes]:
    room = Room()
    found = []
    for block in line_blocks(io.BufferedReader(io.BytesIO(content)), room, size):
        found.append(block.data[: block.size].tobytes())
        assert not block.data[block.size :][:PAD].any()
        room.blocks.append(block.data)
    return found


def read(content: bytes) -> list[dict[str, str] | bytes]:
    """Return of each record its text, id and title, or the line where the kernel is not sure of it."""
    rows: list[dict[str, str] | bytes] = []
    for block in line_blocks(io.BufferedReader(io.BytesIO(content)), Room()):
        found = texts_of_lines(block, WANTED)
        assert not found.data[found.bounds[-1] :][:PAD].any() and len(found.data) - found.bounds[-1] >= PAD
        columns = ((found.data, found.bounds), (found.ids, found.id_bounds), (found.titles, found.title_bounds))
        for row in range(len(found.number)):
            cut = [data[bounds[row] : bounds[row + 1]].tobytes() for data, bounds in columns]
            if row in found.odd:
                rows.append(found.odd[row])
            else:
                named = zip(("text", "id", "title"), (part.decode("utf-8", "ignore") for part in cut), strict=True)
                rows.append(dict(named))
    return rows


def said(record: dict[str, object]) -> dict[str, str]:
    """Return what the kernel tells of a record that it is sure of."""
    text, title, id = record["text"], record.get("title"), record.get("id")
    shown = (title or text).encode()[:160].decode("utf-8", "ignore")
    return {"text": text, "id": "" if id is None else str(id), "title": shown}


@given(st.lists(records | values, max_size=5), st.booleans(), st.sampled_from(["", "\n", "\r\n", " \n\n"]))
def test_what_it_is_sure_of_is_what_the_json_decoder_tells(rows, ascii, end):
    content = "\n".join([json.dumps(row, ensure_ascii=ascii) for row in rows]) + end
    found = read(content.encode("utf-8", "surrogatepass"))
    assert len(found) == len(rows)
    for row, each in zip(rows, found, strict=True):
        if isinstance(each, bytes):
            assert json.loads(each) == row
        else:
            assert row.get("html") is None and each == said(row)


@given(st.lists(st.fixed_dictionaries({"text": st.text()}, optional={"id": st.text() | st.integers(-999, 999)
       | st.none(), "title": st.text(), "html": st.none(), "x": values}), max_size=5), st.booleans())  # fmt: skip
def test_it_is_sure_of_all_that_is_usual(rows, ascii):
    content = "".join(json.dumps(row, ensure_ascii=ascii) + "\n" for row in rows)
    assert read(content.encode("utf-8", "surrogatepass")) == [said(row) for row in rows]


@given(st.text(st.sampled_from('\\"/bfnrtu0dD89aé€🙂 {}[],:\x01\x7f'), max_size=200))
def test_any_bytes_between_quotes_are_read_as_the_decoder_reads_them(inner):
    line = f'{{"a": [1, {{"text": "}}"}}], "text": "{inner}", "z": 1.5}}'
    (found,) = read(line.encode())
    try:
        record = json.loads(line)
    except ValueError:
        assert found == line.encode()
    else:
        assert found in (line.encode(), said(record)) if "\\ud" in inner.lower() else found == said(record)


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_break_it(junk, inside):
    content = b'{"text": "' + junk + b'"}' if inside else junk
    rows = [line for line in content.split(b"\n") if line.strip(b" \t\r")]
    assert len(read(content)) == len(rows)


@pytest.mark.parametrize("value", ["01", "1.", ".5", "-", "+1", "1e", "tru", "nulll", "NaN", "[1,]", "[,1]", "[1 2]",
    '{"a"}', '{"a":}', '{"a":1,}', "{1:1}", "[", "}", "[}", "{]", '"', "", "1 2", "'a'"])  # fmt: skip
def test_what_is_no_json_anywhere_in_a_line_is_left_to_a_decoder(value):
    for line in (f'{{"text": "a text", "x": {value}}}', f'{{"x": [{value}], "text": "a text"}}'):
        try:
            json.loads(line)
        except ValueError:
            assert read(line.encode()) == [line.encode()]


@given(st.lists(st.integers(0, 300), max_size=20), st.booleans(), st.integers(1, 200))
def test_a_file_is_cut_between_lines(lengths, ended, size):
    text = b"\n".join([b"x" * length for length in lengths]) + b"\n" * ended
    found = blocks(text, size)
    assert b"".join(found) == text and all(block.endswith(b"\n") for block in found[:-1])


def test_texts_follow_each_other_where_they_were_written():
    content = b'{"text": "one"}\n{"text": "two", "title": "T"}\n'
    (block,) = line_blocks(io.BufferedReader(io.BytesIO(content)), Room())
    found = texts_of_lines(block, WANTED)
    assert [found.data[low:high].tobytes() for low, high in pairwise(found.bounds)] == [b"one", b"two"]
    assert found.lines == 2
