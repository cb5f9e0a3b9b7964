"""The texts of JSON lines as bytes, against the decoder of the standard library."""

import io
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.reader.texts import line_blocks, texts_of_lines

pytest.importorskip("numba")

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
records = st.dictionaries(st.sampled_from(["text", "id", "te\\xt", 'text"', "Text"]), st.text() | values, max_size=4)


def read(block: bytes) -> list[str]:
    data, bounds = texts_of_lines(np.frombuffer(block + bytes(64), dtype=np.uint8))
    assert not data[bounds[-1] :][:64].any() and len(data) - bounds[-1] >= 64
    return [data[low:high].tobytes().decode() for low, high in pairwise(bounds)]


def text_of(record: object) -> str:
    text = record.get("text") if isinstance(record, dict) else None
    text = text if isinstance(text, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@given(st.lists(records | values, max_size=5), st.booleans(), st.sampled_from(["", "\n", "\r\n", " \n\n"]))
def test_texts_are_those_of_the_json_decoder(rows, ascii, end):
    block = "\n".join([json.dumps(row, ensure_ascii=ascii) for row in rows]) + end
    assert read(block.encode()) == [text_of(row) for row in rows]


@given(st.text(st.sampled_from('\\"/bfnrtu0dD89aé€🙂 {}[],:\x01\x7f'), max_size=200))
def test_any_bytes_between_quotes_are_read_as_the_decoder_reads_them(inner):
    line = f'{{"a": [1, {{"text": "}}"}}], "text": "{inner}", "z": 1.5}}'
    try:
        expected = text_of(json.loads(line, strict=False))
    except ValueError:
        expected = ""
    assert read(line.encode()) == [expected]


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_break_it(junk, inside):
    block = b'{"text": "' + junk + b'"}' if inside else junk
    rows = [line for line in block.split(b"\n") if line.strip(b" \t\r")]
    assert len(read(block)) == len(rows)


def test_broken_and_foreign_records_leave_the_others_in_place():
    rows = [
        b'{"text": "one"}',
        b'{"text": "br\xff"}',
        b'{"text": tru',
        b'{"text": "\\ud83d"}',
        b'{"text": "\\ud83d\\ude42"}',
    ]
    rows += [b'{"text": 1, "text": "two"}', b"[1]", '{"text": "é", "b": "\\u00e9"}'.encode()]
    assert read(b"\n".join(rows)) == ["one", "br�", "", "�", "🙂", "two", "", "é"]


@given(st.lists(st.integers(0, 300), max_size=20), st.booleans(), st.integers(1, 200))
def test_a_file_is_cut_between_lines(lengths, ended, size):
    text = b"\n".join([b"x" * length for length in lengths]) + b"\n" * ended
    blocks = [block.tobytes() for block in line_blocks(io.BytesIO(text), size)]
    assert b"".join(block[:-64] for block in blocks) == text
    assert all(block[-64:] == bytes(64) for block in blocks) and all(block[-65:-64] == b"\n" for block in blocks[:-1])
