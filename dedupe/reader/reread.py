"""Text of another code page that was read as Latin-1, as programs do where no encoding is declared."""

from __future__ import annotations

from .decode import is_utf8, is_western, sure_guess

_WINDOWS = {ord(sign): byte for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))}
_PLAIN = bytes(range(0x80))
_FEWEST = 8  # different characters above ASCII: "Été" is a title, too
_FOREIGN = 50  # one character in so many at most is none of windows-1252: what was put in since


def reread(text: str) -> str:
    """Return a text whose bytes were taken for Latin-1 or windows-1252 as it was meant; any other as it is.

    No language has a third of its letters above ASCII there. What is UTF-8 is not for this, see `text.mojibake`.

    >>> reread("Äåïóòàòû ïðèíÿëè çàêîí â òðåòüåì ÷òåíèè, è îí âñòóïèò â ñèëó ñ ïåðâîãî ÿíâàðÿ.")
    'Депутаты приняли закон в третьем чтении, и он вступит в силу с первого января.'
    >>> reread("Депутаты приняли закон в третьем чтении"), reread("Ça a été dit à l’été")
    ('Депутаты приняли закон в третьем чтении', 'Ça a été dit à l’été')
    """
    if text.isascii():
        return text
    high = text.encode("latin-1", "ignore").translate(None, _PLAIN)
    if 3 * len(high) < len(text) or len(set(high)) < _FEWEST:  # nearly every text
        return text
    given = text.translate(_WINDOWS).encode("latin-1", "replace")
    if is_western(given) or is_utf8(given) or _FOREIGN * (given.count(b"?") - text.count("?")) > len(given):
        return text
    encoding = sure_guess(given)
    return given.decode(encoding, "replace") if encoding else text
