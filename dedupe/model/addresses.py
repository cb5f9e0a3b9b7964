"""Web addresses, places of records in their inputs, and names of outlets."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")  # nearly all; `urlsplit` takes its time

# "https://web.archive.org/web/20250301120000id_/https://a.org/1": a moment, and the address that was kept then.
_ARCHIVED = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?\d{4,14}(?:[a-z]{2}_)?/https?:/{1,2}(.+)")


def host_of(address: str) -> str:
    """Return the host of a web address without "www."; "" where it has none. Of an archive's it is that of the page.

    >>> host_of("https://www.BBC.co.uk:443/news"), host_of("//m.bbc.co.uk"), host_of("bbc.co.uk"), host_of("ftp://a.org")
    ('bbc.co.uk', 'm.bbc.co.uk', '', '')
    >>> host_of("https://web.archive.org/web/20250301120000/https://www.bbc.co.uk/news")
    'bbc.co.uk'
    """
    if "/http" in address and (kept := _ARCHIVED.match(address)):
        address = f"http://{kept[1]}"
    if plain := _PLAIN.match(address):
        host = plain[1]
    else:
        try:
            parts = urlsplit(address.strip())
            host = parts.hostname or ""
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", ""):
            return ""
    host = host.strip(".").removeprefix("www.")
    return host if "." in host else ""


def domain_of(host: str) -> str:
    """Return the end of a host that its site's other hosts share: what its owner registered, nearly.

    >>> domain_of("m.news.example.com"), domain_of("www.example.co.uk"), domain_of("")
    ('example.com', 'example.co.uk', '')

    Not by the public suffix list, which is long and changes: a label of up to three letters before a country's is
    taken to be part of the suffix.
    """
    labels = host.split(".")
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def place_of(path: str) -> tuple[str, int]:
    """Return the file that an item of input stands in, and there the number of its record, -1 for the whole file.

    >>> place_of("a.jsonl#10"), place_of("no#1.txt")
    (('a.jsonl', 10), ('no#1.txt', -1))
    """
    file, _, number = path.rpartition("#")
    is_record = number.isascii() and number.isdecimal() and len(number) < 20
    return (file, int(number)) if is_record else (path, -1)


def fold_name(name: str) -> str:
    """Return a name as letters and digits only, folded, without a leading article: what two spellings share.

    >>> fold_name("The Sun"), fold_name("TheSun"), fold_name("theft")
    ('sun', 'sun', 'theft')
    """
    folded = "".join(filter(str.isalnum, name.casefold().strip().removeprefix("the ")))
    return folded[3:] if folded.startswith("the") and len(folded) > 5 else folded  # of "theft" it is no article
