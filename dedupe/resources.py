"""The tables that ship with the package: counts, weights and names as JSON or text, never as pickles."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from numpy.typing import NDArray


def load(name: str) -> bytes:
    """Return the bytes of a file in `dedupe/data`; one that ends in .gz is unpacked."""
    content = resources.files("dedupe").joinpath("data", name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def load_json(name: str) -> Any:
    """Return the value of a JSON file in `dedupe/data`."""
    return msgspec.json.decode(load(name))


def phrases_of(name: str, kind: str) -> list[str]:
    """Return the phrases of a kind, those of all languages, from a file in `dedupe/data` that lists them by language.

    >>> phrases_of("leftovers.json", "beside")[:3]
    ['and', '&', 'with']
    """
    return [phrase for own in load_json(name)[kind].values() for phrase in own]


def longest_first(words: Iterable[str]) -> list[str]:
    """Return the words, each once, as a pattern tries them: before "Map" comes "Maple".

    >>> longest_first(["Map", "May", "Maple", "Map"])
    ['Maple', 'Map', 'May']
    """
    return sorted(set(words), key=lambda word: (-len(word), word))


@cache
def agency_aliases() -> frozenset[str]:
    """Return the names that news agencies go by in texts, short and in full: "AP", "The Associated Press", "美联社"."""
    return frozenset(alias for agency in load_json("agencies.json").values() for alias in agency["aliases"])


def place_of_source(text: str, name: str) -> tuple[int, int]:
    """Return from where to where a source is named in a text, an agency by any of its names; (0, 0) for nowhere.

    >>> place_of_source("Prices fell, AP says.", "Associated Press"), place_of_source("Prices fell.", "Reuters")
    ((13, 15), (0, 0))
    """
    if (at := text.find(name)) >= 0:
        return at, at + len(name)
    aliases = longest_first(load_json("agencies.json").get(name, {"aliases": ()})["aliases"])
    found = (re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", text) for alias in aliases)
    return next((match.span() for match in found if match), (0, 0))


def calendar_names(table: str) -> Iterator[tuple[int, str]]:
    """Yield (place, name) of a table of all languages, months.json or weekdays.json: those of Monday have place 1.

    Between the words of a name stands "_".

    >>> [name for place, name in calendar_names("weekdays.json") if place == 1][:3]
    ['monday', 'montag', 'montagabend']
    """
    for language in load_json(table).values():
        for place, names in enumerate(language, 1):
            for name in names.split():
                yield place, name


def numbers(text: str, kind: str) -> NDArray[Any]:
    """Return numbers of a kind ("<i2": signed, two bytes each, the lowest first) from a string of a JSON file, base64.

    So half a million of them are there in a hundredth of the time that JSON's own numbers take.

    >>> numbers("AQD//w==", "<i2").tolist()
    [1, -1]
    """
    import numpy as np  # here: to print its help a command needs none

    return np.frombuffer(b64decode(text), kind)


def as_text(column: NDArray[Any], kind: str) -> str:
    """Return the string that `numbers` takes for these; a ValueError if the kind does not hold one of them."""
    written = column.astype(kind)
    if (written != column).any():
        raise ValueError(f"of {column.min()} to {column.max()} not all are of the kind {kind}")
    return b64encode(written.tobytes()).decode()
