"""What links are, as `links.targets` has it, all links of a page at once."""

import numpy as np

from ...compiling.load import kernel, step
from ..links import HERE, LONGEST, TARGET_BIT
from ..nodes import key_of
from .source import is_white, slot_of, small, with_sign

_NONE = np.uint64(0)
_OUT, _SOCIAL, _PAID, _IS_HERE, _FRONT, _STORY, _OFFER = (
    np.uint64(TARGET_BIT[name]) for name in ("out", "social", "paid", "here", "front", "story", "offer")
)
_HERE = np.array([key_of(name) for name in HERE], dtype=np.uint64)
_SPONSORED, _SOURCE, _CAMPAIGN, _WWW = (
    np.frombuffer(sign, dtype=np.uint8) for sign in (b"sponsored", b"utm_source", b"utm_campaign", b"www.")
)
_SLASH, _STOP, _SHARP, _COLON, _DASH, _LINE, _A, _Z, _0, _9 = np.frombuffer(b"/.#:-_az09", dtype=np.uint8)


@kernel
def targets(links, own, words, hosts):
    """Return (targets, other) of links: uint64, and bool: the address holds more than ASCII.

    Of those that do nothing is told. `links`: of each its address and its `rel` in UTF-8, each ended by a zero. `own`:
    the site's domain as bytes. `words`, `hosts`: see `nodes.words`.
    """
    count = 0
    for at in range(len(links)):
        count += links[at] == 0
    found, other = np.zeros(count // 2, np.uint64), np.zeros(count // 2, np.bool_)
    address = np.zeros(LONGEST + 1, np.uint8)
    at = 0
    for number in range(count // 2):
        low = at
        while links[at] != 0:
            other[number] |= links[at] > 0x7F
            at += 1
        size = _tidied(links, low, min(at, low + LONGEST), address)
        low = at = at + 1
        while links[at] != 0:
            at += 1
        paid = _PAID if _held(links, low, at, _SPONSORED) else _NONE
        found[number] = paid | _led(address, size, own, words, hosts)
        at += 1
    return found, other


@step
def _tidied(links, low, end, address):
    """Write an address in small letters without white space around it, and a zero after it; return its size."""
    while low < end and is_white(links[low]):
        low += 1
    while end > low and is_white(links[end - 1]):
        end -= 1
    for at in range(low, end):
        address[at - low] = small(links[at])
    address[end - low] = 0
    return end - low


@step
def _held(signs, low, end, piece):
    """Return whether a piece stands between two places."""
    for at in range(low, end - len(piece) + 1):
        same = 0
        while same < len(piece) and signs[at + same] == piece[same]:
            same += 1
        if same == len(piece):
            return True
    return False


@step
def _led(address, size, own, words, hosts):
    """Return where an address leads."""
    host, path = _host_of(address, size)
    found = _NONE
    if path > host:
        if len(own) and not _is_own(address, host, path, own):
            found = _OUT
            if _is_social(address, host, path, hosts):
                return found | _SOCIAL
            path = 0
            if _held(address, 0, size, _SOURCE) or _held(address, 0, size, _CAMPAIGN):
                found |= _PAID
    elif path == size or address[path] == _SHARP or _is_here(address, path, size):
        return _IS_HERE | _said(address, path, size, words)
    if path == size or (path + 1 == size and address[path] == _SLASH):
        return found | _FRONT
    said = _said(address, path, size, words)
    if said & ~_OFFER:
        return found | said
    headline, numbered = _tells(address, path, size)
    if headline:
        return found | _STORY
    return found | said | (_STORY if numbered else _NONE)


@step
def _host_of(address, size):
    """Return where the host starts, without "www.", and where the path does; the same place for no host."""
    start = 0
    while start + 1 < size and (address[start] != _SLASH or address[start + 1] != _SLASH):
        start += 1
    if start + 1 >= size or start > 6:
        return 0, 0
    host = path = start + 2
    while path < size and address[path] != _SLASH:
        path += 1
    return host + len(_WWW) if _held(address, host, min(host + len(_WWW), path), _WWW) else host, path


@step
def _is_own(address, host, path, own):
    """Return whether a host is that of the page's site or below it."""
    start = path - len(own)
    if start < host or (start > host and address[start - 1] != _STOP):
        return False
    return _held(address, start, path, own)


@step
def _is_social(address, host, path, hosts):
    """Return whether one of the two names before a host's last is that of a network."""
    key = before = last = _NONE
    for at in range(host, path):
        if address[at] == _STOP:
            before, last, key = last, key, _NONE
        else:
            key = with_sign(key, address[at])
    return hosts[slot_of(before, hosts.key)].says != 0 or hosts[slot_of(last, hosts.key)].says != 0


@step
def _is_here(address, path, size):
    """Return whether an address leads to no page, by what stands up to its first colon."""
    key, at = _NONE, path
    while at < size:
        key = with_sign(key, address[at])
        if address[at] == _COLON:
            return key == _HERE[0] or key == _HERE[1] or key == _HERE[2] or key == _HERE[3]
        at += 1
    return False


@step
def _said(address, at, size, words):
    """Return what the words of an address say."""
    found = key = _NONE
    for place in range(at, size + 1):  # a zero follows
        if _A <= address[place] <= _Z:
            key = with_sign(key, address[place])
        elif key != 0:
            found |= words[slot_of(key, words.key)].says
            key = _NONE
    return found


@step
def _tells(address, at, size):
    """Return whether a part of an address has three hyphens, and whether a number or a date is in it."""
    hyphens = digits = dated = 0  # dated: how much of "/", four digits, "/", one or two digits, "/" was met
    numbered = False
    for place in range(at, size):
        sign = address[place]
        hyphens = 0 if sign == _SLASH else hyphens + (sign in (_DASH, _LINE))
        if hyphens == 3:
            return True, numbered
        digit = _0 <= sign <= _9
        digits = digits + 1 if digit else 0
        numbered |= digits == 5 or (sign == _SLASH and (dated == 7 or dated == 8))
        if digit:
            dated = 0 if dated == 0 or dated == 5 else 4 if dated == 8 else dated + 1
        else:
            dated = 0 if sign != _SLASH else 6 if dated == 5 else 1
    return False, numbered
