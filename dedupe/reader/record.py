"""One record of an input: what it holds under our names, or the reason why it is none."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..model import Skipped

# `id` stands apart
NAMES = ("text", "html", "title", "url", "source", "published", "author", "language", "crawled")
NEITHER = "neither text nor html"
_TWO_LETTERS = re.compile(r"[^\W_](?s:.*?)[^\W_]")  # a page of one letter or none cannot be compared with anything


class Record(NamedTuple):  # goes between processes by the ten thousand, faster than a dataclass does
    """A page as it stood in an input, not yet repaired.

    `fields` has `text` or `html` (or both) and those of the other NAMES that are known; `path` is the input, with
    the record's line or number where a file holds several (`news.jsonl#12`).
    """

    id: str
    path: str
    fields: dict[str, str]


def build(values: Sequence[object], id: object, path: str, fallback_id: str) -> Record | Skipped:
    """Return the record of values in the order of NAMES, or why they make none.

    >>> build(["Some text.", None, "A title", None, None, 1715076000, ["Ann", "Bob"], None, None], 7, "a.jsonl#1", "")
    Record(id='7', path='a.jsonl#1', fields={'text': 'Some text.', 'title': 'A title', 'published': '1715076000',
    'author': 'Ann, Bob'})
    >>> build([5] + [None] * 8, None, "a.jsonl#2", "a.jsonl#2").reason
    'text is a number, not a string'
    """
    fields = {}
    for name, value in zip(NAMES, values, strict=True):
        if type(value) is str:
            if value:
                fields[name] = value
        elif value is not None:
            if name in ("text", "html"):
                columns = isinstance(value, dict) and "0" in value  # pandas writes a table so if not told otherwise
                hint = "; write the table as records (of pandas: orient='records'), not as columns" if columns else ""
                return Skipped(path, f"{name} is {kind_of_value(value)}, not a string{hint}")
            if known := plain(value):
                fields[name] = known
    page = fields.get("html") or fields.get("text", "")
    if not has_text(page) and not has_text(fields.get("text", "")):
        if values[0] is None and values[1] is None:
            return Skipped(path, NEITHER)
        return Skipped(path, "no text", failed=False)
    return Record(id if type(id) is str and id else plain(id) or fallback_id, path, fields)


def from_fields(known: Mapping[str, object], id: object, path: str, fallback_id: str) -> Record | Skipped:
    """Return the record of what is known by our NAMES, or why it makes none.

    >>> from_fields({"text": "Some text.", "url": None}, None, "a.txt", "a.txt")
    Record(id='a.txt', path='a.txt', fields={'text': 'Some text.'})
    """
    return build([known.get(name) for name in NAMES], id, path, fallback_id)


def has_text(page: str) -> bool:
    """Return whether a page has something to compare."""
    return _TWO_LETTERS.search(page) is not None


def from_mapping(row: Mapping[str, object], wanted: Mapping[str, str], path: str, fallback_id: str) -> Record | Skipped:
    """Return the record of a mapping; `wanted` has the key under which each of ours stands."""
    wanted = names_among(row.keys(), wanted)
    id = row.get(wanted["id"])
    id = storable(id) if isinstance(id, str) else id
    made = build([_whole(row.get(wanted[name])) for name in NAMES], id, path, fallback_id)
    if isinstance(made, Skipped) and made.reason == NEITHER and not {wanted["text"], wanted["html"]} & row.keys():
        return Skipped(path, f"{missing(wanted)}; the fields here are {some(row)}")
    return made


def names_among(keys: Collection[str], wanted: Mapping[str, str]) -> Mapping[str, str]:
    """Return the names under which a record with these keys has our fields: ours where it has no text by those wanted.

    So inputs of another name for the text can be read beside those that have ours.

    >>> wanted = {"text": "body", "html": "html", "title": "headline"}
    >>> names_among(["text", "headline"], wanted)["text"], names_among(["text", "body"], wanted)["text"]
    ('text', 'body')

    A name of ours that is wanted for another field is that one's.

    >>> names_among(["text"], {"text": "body", "html": "html", "title": "text"})["text"]
    'body'
    """
    free = {"text", "html"}.difference(wanted.values())
    if wanted["text"] in keys or wanted["html"] in keys or free.isdisjoint(keys):
        return wanted
    return {ours: theirs if theirs in keys else ours for ours, theirs in wanted.items()}


def missing(wanted: Mapping[str, str]) -> str:
    """Return what to say of a record without text."""
    return f"neither {wanted['text']} nor {wanted['html']}; name the field of the text with --field text=NAME"


def some(names: Mapping[str, object] | Sequence[str]) -> str:
    """Return the first few names, quoted and shortened, for a message."""
    shown = [repr(str(name)[:40]) for name, _ in zip(names, range(12), strict=False)]
    return ", ".join(shown) + (", ..." if len(names) > len(shown) else "") if shown else "none"


def kind_of_value(value: object) -> str:
    """Return what a value is that is no string.

    >>> kind_of_value(7), kind_of_value(["a"]), kind_of_value(b"a"), kind_of_value(None)
    ('a number', 'a list', 'a bytes', 'None')
    """
    if value is None:
        return "None"
    kinds = {"bool": "true or false", "int": "a number", "float": "a number", "list": "a list", "dict": "an object"}
    return kinds.get(type(value).__name__, f"a {type(value).__name__}")


def plain(value: object) -> str:
    """Return a value of another type as a string: numbers as written, names of a list joined, else JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and None not in (names := [_name(item) for item in value]):
        return ", ".join(name for name in names if name)
    if name := _name(value):
        return name
    if value is None or value == {}:
        return ""
    if isinstance(value, (bool, list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(value: object) -> str | None:
    """Return a name, or that of an author or publisher as in JSON-LD; None for any other value."""
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else None


def _whole(value: object) -> object:
    """Return a string with its lone surrogates, which no encoding can store, replaced; other values as they are."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def storable(name: str) -> str:
    r"""Return a name whose lone surrogates, or undecodable bytes of a path, are written as escapes.

    >>> print(storable("s\ud800"), storable("caf\udce9.txt"))
    s\ud800 caf\xe9.txt
    """
    if name.isascii():
        return name
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") if _escaped(name) else name
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _escaped(name: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in name) and not any(
        "\ud800" <= character <= "\udc7f" or "\udd00" <= character <= "\udfff" for character in name
    )
