"""The tables that ship with the package: counts, weights and names as JSON or text, never as pickles."""

from __future__ import annotations

import gzip
from importlib import resources
from typing import Any

import msgspec


def load(name: str) -> bytes:
    """Return the bytes of a file in `dedupe/data`; one that ends in .gz is unpacked."""
    content = resources.files("dedupe").joinpath("data", name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def load_json(name: str) -> Any:
    """Return the value of a JSON file in `dedupe/data`."""
    return msgspec.json.decode(load(name))
