"""Whose text a page's tags say it is: addresses on another site than its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..model import host_of

_LONGEST = 2000  # characters of an address
# What Chrome, SingleFile and HTTrack write above a page that they save.
_SAVED = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,9}\)(?=http)|Page saved with SingleFile\s{1,9}url:\s{1,9}|Mirrored from )"
    r"([^\s<>]{4,2000})"
)
_TOP = 4096  # characters of a page that such a line may stand in
_GENERIC = {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"}  # before the ending of a country


def saved_from(page: str) -> str:
    """Return the web address from which a program saved a page, as it wrote there; "" where it did not.

    >>> saved_from("<!DOCTYPE html><!-- saved from url=(0021)https://a.example/1 --><html>")
    'https://a.example/1'
    >>> saved_from("<html><!-- Mirrored from a.example/1.html by HTTrack Website Copier/3.x, Mon, 03 Mar 2025 -->")
    'http://a.example/1.html'
    >>> saved_from("<!-- Page saved with SingleFile url: file:///home/ann/1.html -->")
    ''
    """
    found = _SAVED.search(page, 0, _TOP)
    address = "" if not found else found[1] if "://" in found[1] else f"http://{found[1]}"
    return address if "." in host_of(address) else ""


def whose(url: str, canonical: Sequence[str], shown: str, outlet: str) -> tuple[str, list[str]]:
    """Return (canonical, others): a page's canonical address, "" if that is `url`, and addresses on another site.

    `url`: its own address, if known; `canonical`: those of its link tags; `shown`: its og:url; `outlet`: the name of
    its site. Where the canonical and the shown address are on two sites, the text was taken from one of them. If `url`
    is not known, the page's own site is the one that has the outlet's name, else the shown one: who publishes another's
    text gives the other's page as canonical. The address of a whole site is no page's.

    >>> whose("", ["https://herald.example/a"], "https://lakepost.example/a", "Lake Post")
    ('https://lakepost.example/a', ['https://herald.example/a'])
    >>> whose("https://lakepost.example/a", ["https://lakepost.example/a"], "https://herald.example/a", "")
    ('', ['https://herald.example/a'])
    >>> whose("https://lakepost.example/a", ["https://herald.example/a"], "", "")
    ('https://herald.example/a', [])
    >>> whose("", ["https://lakepost.example/a"], "https://group.example/", "")
    ('https://lakepost.example/a', [])
    """
    addresses = [address for address in _addresses(url, [*canonical[:1], shown]) if _is_of_page(address)]
    first = next(iter([*addresses, *_addresses(url, [*canonical, shown])]), "")
    other: list[str] = []
    if len(addresses) == 2 and _owner(addresses[0]) != _owner(addresses[1]):
        named = "".join(filter(str.isalnum, outlet.casefold()))
        by_name = [address for address in addresses if _owner(address) in named]
        own = url or (by_name[0] if len(by_name) == 1 else addresses[1])
        other = [address for address in addresses if _owner(address) != _owner(own)]
        first = next((address for address in addresses if address not in other), "")
    return "" if first.rstrip("/") == url.rstrip("/") else first, other


def based_on(item: dict[str, Any], outlets: Sequence[str]) -> list[str]:
    """Return what an article of JSON-LD is based on, and who provided it but the page's own `outlets`.

    >>> based_on({"isBasedOn": {"url": "https://herald.example/a"}, "provider": {"name": "The Gazette"}}, ["Lake Post"])
    ['https://herald.example/a', 'The Gazette']
    """
    own = {outlet.casefold() for outlet in outlets}
    found = [_address(part) for name in ("isBasedOn", "isBasedOnUrl") for part in listed(item.get(name))]
    for part in (part for name in ("provider", "sourceOrganization") for part in listed(item.get(name))):
        name = part.get("name") if isinstance(part, dict) else part
        if isinstance(name, str) and 0 < len(name) <= 100 and name.casefold() not in own:
            found.append(name.strip())
    return [said for said in dict.fromkeys(found) if said]


def _addresses(url: str, said: Sequence[str]) -> Iterator[str]:
    """Yield the web addresses among some that a page says."""
    for address in said:
        try:
            full = urljoin(url, address)
            parts = urlsplit(full)
        except ValueError:
            continue
        if address and parts.scheme in ("http", "https") and "." in parts.netloc and len(full) <= _LONGEST:
            yield full


def _is_of_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path not in ("", "/") or parts.query != ""


def _owner(address: str) -> str:
    """Return the word of a host that its owner chose, nearly.

    >>> _owner("https://m.bbc.co.uk/a"), _owner("https://www.net.hr/a"), _owner("https://net.hr/a")
    ('bbc', 'net', 'net')
    """
    labels = host_of(address).split(".")
    ending = 2 if len(labels) > 2 and labels[-2] in _GENERIC else 1
    return labels[-1 - ending] if len(labels) > ending else labels[0]


def _address(part: Any) -> str:
    part = (part.get("url") or part.get("@id")) if isinstance(part, dict) else part
    known = isinstance(part, str) and part.startswith(("http:", "https:")) and len(part) < _LONGEST
    return part.strip() if known else ""


def listed(value: Any) -> list[Any]:
    """Return the values of a field of JSON-LD, which has one or a list, the first twenty."""
    return value[:20] if isinstance(value, list) else [value]
