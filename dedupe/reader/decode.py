"""Bytes to text: byte order marks, UTF-8, what a page declares, then a guess from a bounded sample."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from ..resources import load_json

_MARKS = (  # UTF-32 first: its little-endian mark starts like the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 14  # bytes that a guess looks at: more does not change it, and it costs milliseconds a kilobyte
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""")
_HEAD = 4096  # bytes of a page in which a declaration counts; the HTML standard says 1024, pages say otherwise
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"), (b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x7fELF", "a program"), (b"SQLite format 3\0", "a SQLite database"), (b"PAR1", "Parquet"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"\0\x05\x16\x07", "an AppleDouble file"), (b"RIFF", "a media file"),
    (b"BZh9", "bzip2"), (b"\xfd7zXZ", "xz"),
)  # fmt: skip

_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"
_HIGH = bytes(range(128, 256))
_SURE = 0.1  # share of frequent words: text of the right language has 0.2 and more, bytes at random 0.03
_TAG = re.compile(rb"<[^<>]{0,500}>")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Code pages that the web has used, the likelier first: of Latin script, of other alphabets, of the east.
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "cp1258", "mac_roman")
_OTHER = ("cp1251", "cp1253", "cp1256", "cp1255", "koi8_r", "cp866")
_WIDE = ("cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949")

# What the labels of the Encoding Standard (encoding.spec.whatwg.org) mean to Python. Only these are ever looked up:
# others of Python's codecs are not of text (zlib), or can be made to take for ever (idna) or to hide markup (utf-7).
_LABELS = {
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
    "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "koi8-r": "koi8-r",
    "koi8-u": "koi8-u", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "ibm866": "cp866", "gbk": "gb18030",
    "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "euc-jp": "euc_jp",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip


def not_text(content: bytes) -> str:
    """Return what bytes are that are no text, or nothing where they may be text.

    >>> not_text(b"%PDF-1.7 ..."), not_text("naïve".encode()), not_text(bytes(range(256)))
    ('a PDF', '', 'binary data')
    """
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return name
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if not controls or content.startswith(tuple(mark for mark, _ in _MARKS)) or _without_mark(sample):
        return ""
    # No text has controls but by damage; UTF-8 that is valid throughout is hardly there by chance.
    return "binary data" if controls > len(sample) * (0.1 if _starts_as_utf8(sample) else 0.01) else ""


def decode(content: bytes, *, markup: bool = False, declared: str = "") -> str:
    """Return the text of bytes; `markup`: a page, which may declare its encoding; `declared`: its header did.

    >>> decode("na\\u00efve".encode("utf-16")), decode(b"na\\xefve caf\\xe9, d\\xe9j\\xe0 vu")
    ('naïve', 'naïve café, déjà vu')

    Bytes that no encoding explains become U+FFFD; a sequence that the end of the bytes cut off is left out.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    label = _label(content, declared) if markup or declared else ""
    if label == "iso2022_jp" and b"\x1b$" in content:  # its bytes are all ASCII
        return content.decode(label, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(content) and error.reason == "unexpected end of data":
            return content[: error.start].decode("utf-8")
    if wide := _without_mark(content[:_SAMPLE]):
        return content.decode(wide, "replace")
    # Servers say of any page that it is in windows-1252.
    if label not in ("", "utf-8") and (label != "cp1252" or is_western(_telling(content))):
        return content.decode(label, "replace")
    return _by_line(content)


def encoding_of(sample: bytes) -> tuple[str, int]:
    """Return the encoding of a stream from how it starts, and the length of its byte order mark.

    >>> encoding_of(b"\\xef\\xbb\\xbfid,text"), encoding_of("un été à Lyon".encode("latin-1"))
    (('utf-8', 3), ('cp1252', 0))
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, len(mark)
    if _starts_as_utf8(sample):
        return "utf-8", 0
    return _without_mark(sample) or _guess(sample), 0


def _starts_as_utf8(sample: bytes) -> bool:
    """Return whether bytes are UTF-8, but for a last character that is cut off."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(sample)
    return True


def is_utf8(line: bytes) -> bool:
    """Return whether bytes are UTF-8 as a whole."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(sample: bytes) -> str:
    """Return the kind of UTF-16 without a mark, told by its zero bytes standing nearly all on one side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample):  # ASCII of any language's markup, spaces and digits makes up half of it
        return ""
    if min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _label(content: bytes, declared: str) -> str:
    found = _DECLARED.search(content[:_HEAD])
    for label in (declared, found[1].decode("ascii") if found else ""):
        if encoding := _LABELS.get(label.strip().lower()):
            return encoding
    return ""


def _by_line(content: bytes) -> str:
    """Return bytes that are not UTF-8 as a whole: line by line where some lines are, else by one guess."""
    lines = content.split(b"\n")
    good = [*map(is_utf8, lines[:-1]), _starts_as_utf8(lines[-1])]  # "café" in Latin-1 ends like cut UTF-8
    if not any(ok and not line.isascii() for ok, line in zip(good, lines, strict=True)) and not _mostly_utf8(content):
        return content.decode(_guess(content), "replace")
    bad = b"\n".join(line for ok, line in zip(good, lines, strict=True) if not ok)
    encoding = "utf-8" if _mostly_utf8(bad) else _guess(bad)
    return "\n".join(line.decode("utf-8" if ok else encoding, "replace") for ok, line in zip(good, lines, strict=True))


def _mostly_utf8(content: bytes) -> bool:
    """Return whether most of the bytes above ASCII belong to valid UTF-8, or nearly nothing but ASCII is there."""
    high = len(content) - len(content.translate(None, _HIGH))
    valid = content.decode("utf-8", "ignore").encode("utf-8")
    return 2 * (len(valid) - len(valid.translate(None, _HIGH))) > high


def _guess(content: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8, from the lines of a sample that say something.

    A code page is judged by the languages it makes: their frequent words, and letters that one language has. A general
    detector takes short French for Hungarian; it is asked for the encodings of Chinese, Japanese and Korean.
    """
    telling = _telling(content)
    if is_western(telling):
        return max(_LATIN, key=lambda page: _worth(telling, page)[0])  # of equals the first
    return sure_guess(telling) or max(_OTHER, key=lambda page: _worth(telling, page)[0])


def sure_guess(telling: bytes) -> str:
    """Return the encoding of bytes that are no Latin script's, "" where none makes sense of them."""
    best = max(_OTHER, key=lambda page: _worth(telling, page)[0])
    if _worth(telling, best)[1] >= _SURE:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(telling, cp_isolation=[*_OTHER, *_WIDE], preemptive_behaviour=False).best()
    return found.encoding if found else ""


def _telling(content: bytes) -> bytes:
    """Return of a sample the lines that say something of their encoding, without tags."""
    telling = b"\n".join(line for line in content[: 4 * _SAMPLE].split(b"\n") if not line.isascii())[:_SAMPLE]
    return _TAG.sub(b" ", telling or content[:_SAMPLE])


def is_western(telling: bytes) -> bool:
    """Return whether most letters are ASCII's, as in all that is written in Latin script."""
    high = len(telling) - len(telling.translate(None, _HIGH))
    letters = len(telling) - len(telling.translate(None, _LETTERS))
    return letters > 2 * high


def _worth(sample: bytes, page: str) -> tuple[float, float]:
    """Return (how much of a sample a code page makes into one language, share of its words that are frequent ones)."""
    frequent, alphabets = _languages()
    text = sample.decode(page, "replace").casefold()
    words = [word for word in text.split() if not word.isascii()]
    hits = sum(word.strip(",.;:!?\"'()") in frequent for word in words)
    letters = Counter(character for character in text if character > "\x7f" and character.isalpha())
    fitting = max(sum(letters[letter] for letter in alphabet) for alphabet in alphabets)
    odd = text.count("\ufffd") + sum(letters.values()) - fitting
    return 3 * hits + fitting - 2 * odd, hits / max(len(words), 1)


@cache
def _languages() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the frequent words of all languages that have a letter above ASCII, and those letters of each language."""
    lists = load_json("languages.json").values()
    alphabets = tuple("".join(sorted({letter for letter in words if letter > "\x7f"})) for words in lists)
    return frozenset(word for words in lists for word in words.split() if not word.isascii()), alphabets
