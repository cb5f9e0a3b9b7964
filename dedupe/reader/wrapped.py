"""JSON that wraps its records, as services answer: {"status": "ok", "articles": [...]}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .record import some

DEEPEST = 3  # objects in one another around the array: {"response": {"results": [...]}} has two
_PLAIN = rb'(?:"[^"\\]{0,1000}"|[-+.\w]{1,40}|\{[^{}\[\]]{0,2000}\})'  # a value before the array
_OPENS = re.compile(rb'\s*(?:\{\s*(?:"[^"\\]{1,80}"\s*:\s*%b\s*,\s*){0,30}"[^"\\]{1,80}"\s*:\s*){1,3}\[\s*\{' % _PLAIN)


def may_wrap(start: bytes) -> bool:
    """Return whether JSON opens as one object around an array of others.

    >>> may_wrap(b'{"status": "ok", "articles": [{"text": "...'), may_wrap(b'{"response":{"pages":9,"results":[{"id":')
    (True, True)
    >>> may_wrap(b'{"text": "One.", "tags": ["a"]}')
    False
    """
    return _OPENS.match(start) is not None


def inside(row: object, wanted: Mapping[str, str]) -> list[Any]:
    """Return the objects of the one array in an object that holds articles, else the object itself.

    An object with a longer text than any in the array is an article with comments, its text under another name.

    >>> names = {"text": "text", "html": "html"}
    >>> inside({"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}, names)
    [{'text': 'One.'}, {'text': 'Two.'}]
    >>> inside({"text": "One.", "tags": [{"text": "a"}]}, names)
    [{'text': 'One.', 'tags': [{'text': 'a'}]}]
    >>> inside({"body": "The bridge is closed.", "comments": [{"text": "Oh."}]}, names)
    [{'body': 'The bridge is closed.', 'comments': [{'text': 'Oh.'}]}]
    """
    found = [items for _, items, told in _arrays(row, wanted) if told]
    return found[0] if len(found) == 1 and _longest([row]) <= _longest(found[0]) else [row]


def advice(row: object, wanted: Mapping[str, str]) -> str:
    """Return what to do about an object without a text that wraps arrays of objects, "" where it wraps none."""
    arrays = _arrays(row, wanted)
    several = [name for name, _, told in arrays if told]
    if len(several) > 1:
        return f"; several of its arrays hold articles: give one of them alone, as `jq .{several[0]}` does"
    return "".join(f"; those of the objects in '{name[:40]}' are {some(items[0])}" for name, items, _ in arrays[:1])


def _longest(rows: list[Any]) -> int:
    """Return the length of the longest text in some objects, and in the objects in these, but not in their arrays."""
    waiting, longest = list(rows), 0
    for value in waiting:
        waiting += value.values() if isinstance(value, dict) else ()
        longest = max(longest, len(value) if isinstance(value, str) else 0)
    return longest


def _arrays(row: object, wanted: Mapping[str, str]) -> list[tuple[str, list[dict[str, Any]], bool]]:
    """Return the arrays of objects in an object without a text: their names, they, and whether these have a text."""
    texts = {wanted["text"], wanted["html"]}
    found: list[tuple[str, list[dict[str, Any]], bool]] = []
    if not isinstance(row, dict) or texts & row.keys():
        return found
    waiting = [(str(name), value, 1) for name, value in row.items()]
    for name, value, depth in waiting:
        if isinstance(value, dict) and depth < DEEPEST:
            waiting += [(f"{name}.{below}", inner, depth + 1) for below, inner in value.items()]
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            found.append((name, value, any(texts & item.keys() for item in value)))
    return found
