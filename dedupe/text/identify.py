"""The language of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def language(text: str) -> str:
    """Return the language of a text, ISO 639-1, or nothing when unsure."""
    return ""


def languages(texts: Iterable[str]) -> list[str]:
    """Return the language of each text."""
    return [language(text) for text in texts]
