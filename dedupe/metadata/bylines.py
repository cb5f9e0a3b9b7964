"""Title, author and date from the lines of plain text."""

from __future__ import annotations

import re

from .dates import find_date

_READ = 8_000  # characters from the start that are read: an article's own head stands there
_LINES = 80
_BY = re.compile(
    r"^\W{0,3}(?:(?:written|posted|reported|story|text|published|words)\s+)?"
    r"(?:by|von|par|por|da|di|door|av|af|autor|autora|"
    r"author|auteur|"
    r"autore|автор|автора|текст|作者|记者|記者|kirjoittaja|skrevet av|skriven av|oleh|bởi)\b\s*[:：]?\s+(?=\S)",
    re.I,
)
_NAME_STOP = re.compile(r"\s*(?:\||•|·|\bon\b|\bupdated\b|\bpublished\b|\d|[(\[]|—|–| - ).*$", re.I)


def from_text(text: str) -> dict[str, str]:
    """Return the title, author and published date that the text plainly says; what it does not say is not there.

    >>> from_text("Rates rise again as prices climb\\nBy Ann Lee\\n29 October 2025\\nThe bank raised its rate. ...")
    {'title': 'Rates rise again as prices climb', 'author': 'Ann Lee', 'published': '2025-10-29'}
    """
    lines = [line.strip() for line in text[:_READ].split("\n", 4 * _LINES)]
    lines = [line for line in lines if line][:_LINES]
    found = {"title": _title(lines), "author": _author(lines), "published": _published(lines)}
    return {name: value for name, value in found.items() if value}


def _title(lines: list[str]) -> str:
    for line in lines:
        words = line.split()
        if 4 <= len(words) <= 30 and not line.endswith((".", ":", "...", "…")) and not find_date(line)[0]:
            return line
    return ""


def _author(lines: list[str]) -> str:
    for line in lines:
        if len(line) > 120:
            continue
        match = _BY.match(line)
        if match:
            name = _NAME_STOP.sub("", line[match.end() :]).strip(" ,.;:|")
            if 0 < len(name.split()) <= 8 and name[:1].upper() == name[:1]:
                return name
    return ""


def _published(lines: list[str]) -> str:
    for line in lines:
        if len(line) <= 100:
            date, start, end = find_date(line)
            if date and len(line) - (end - start) <= 60:
                return date
    return ""
