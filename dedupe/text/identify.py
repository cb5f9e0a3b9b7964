"""The language of a text, by its script and by the most frequent words of the languages that share it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..resources import load_json

SAMPLES = (400, 1200)  # characters that are looked at: some 70 words are mostly enough, 200 where they leave doubt
STRIP = ".,;:!?\"'()[]«»“”„‘’‚‹›…–—-،؛؟।*|/"
LEAST = 0.12  # share of a text's words that its language's frequent ones make up; news has 0.35 to 0.6 of them
FEW = 3  # frequent words below which a text could be in any language that has them
MARGIN = 1.5  # log odds by which the first language must lead, so that 4 to 1 speaks for it

# Where the scripts start; a script that one language of the press is written in is called by that language.
SCRIPTS = (
    (0x0, "?"), (0x41, "Latin"), (0x5B, "?"), (0x61, "Latin"), (0x7B, "?"), (0xC0, "Latin"), (0x250, "?"),
    (0x370, "el"), (0x400, "Cyrillic"), (0x530, "hy"), (0x590, "he"), (0x600, "Arabic"), (0x780, "dv"),
    (0x7C0, "?"), (0x900, "Indic"), (0x980, "bn"), (0xA00, "pa"), (0xA80, "gu"), (0xB00, "or"), (0xB80, "ta"),
    (0xC00, "te"), (0xC80, "kn"), (0xD00, "ml"), (0xD80, "si"), (0xE00, "th"), (0xE80, "lo"), (0xF00, "bo"),
    (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "am"), (0x1380, "?"), (0x1780, "km"), (0x1800, "mn"),
    (0x18B0, "?"), (0x1E00, "Latin"), (0x1F00, "el"), (0x2000, "?"), (0x3040, "ja"), (0x3100, "?"), (0x3400, "zh"),
    (0xA000, "?"), (0xAC00, "ko"), (0xD7B0, "?"), (0xF900, "zh"), (0xFB00, "?"), (0xFB50, "Arabic"), (0xFE00, "?"),
    (0xFF66, "ja"), (0xFFA0, "?"), (0x20000, "zh"), (0x30000, "?"),
)  # fmt: skip
_STARTS = [start for start, _ in SCRIPTS]
_THREE = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "nld": "nl",
    "rus": "ru", "zho": "zh", "chi": "zh", "cmn": "zh", "jpn": "ja", "kor": "ko", "ara": "ar", "hin": "hi", "fil": "tl",
}  # fmt: skip
_WRITTEN = {"Latin": "", "Cyrillic": "be bg kk mk mn ru sr uk", "Arabic": "ar fa ps ur", "Indic": "hi mr ne"}


def language(text: str) -> str:
    """Return the language of a text, ISO 639-1, or nothing when unsure.

    >>> language("The mayor defended the decision to press ahead, saying that it was the right one.")
    'en'
    >>> language("Le maire a défendu le projet que la ville a voté dans la nuit."), language("東京都は火曜日に発表")
    ('fr', 'ja')
    """
    for size in SAMPLES:
        found = _language(text[:size])
        if found or len(text) <= size:
            return found
    return ""


def _language(sample: str) -> str:
    script = "Latin" if sample.isascii() else _script(sample)
    return script if len(script) == 2 else _by_words(sample, script) if script else ""


def spoken(text: str, tag: str) -> str:
    """Return the language of a text, a code of two letters or "", given what its page's tag says of it ("de-AT").

    "en" is what templates come with, so that the text is asked first; a tag of no language ("utf-8") is not believed.

    >>> spoken("東京都は火曜日に発表", "en-US"), spoken("東京都は火曜日に発表", "utf-8"), spoken("Rates rose.", "de_AT")
    ('ja', 'ja', 'de')
    """
    told = _of_tag(tag)
    return told if told and told != "en" else language(text[len(text) // 4 :]) or language(text) or told


def spoken_all(texts: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Return what `spoken` does of each text and its tag, by the kernel where it is loaded."""
    if not compiled(0, __package__):
        return list(map(spoken, texts, tags))
    kernel = kernel_of(__package__)
    told = list(map(_of_tag, tags))
    asked = [row for row, tag in enumerate(told) if tag in ("", "en")]
    for row, found in zip(asked, kernel.languages_of([texts[row] for row in asked]), strict=True):
        told[row] = found or told[row]
    return told


@lru_cache(maxsize=1024)  # there are not many
def _of_tag(tag: str) -> str:
    """Return the code of two letters that a tag says, "" for none."""
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    primary = _THREE.get(primary, primary)
    return primary if len(primary) == 2 and primary.isalpha() else ""


def _script(sample: str) -> str:
    """Return the script of most letters, or the language where the script tells it."""
    counts: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        counts[SCRIPTS[bisect_right(_STARTS, ord(character)) - 1][1]] += count
    del counts["?"]
    if counts["ja"] * 20 > counts["zh"]:  # Japanese is written in Han characters too, but never long without kana
        counts["ja"] += counts.pop("zh", 0)
    if not counts:
        return ""
    script, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    return script if 2 * most > counts.total() else ""


def _by_words(sample: str, script: str) -> str:
    """Return the language of the script whose frequent words explain a text best."""
    rows, weights, known = frequent_words()
    words = folded(sample).split()
    found = []
    for word in words:
        row = rows.get(word)
        if row is None and not word.isalpha():  # letters only: nothing to strip
            row = rows.get(word.strip(STRIP))
        if row is not None:
            found.append(row)
    least = max(FEW, LEAST * len(words))
    if len(found) < least:
        return ""
    odds = weights.take(found, axis=0)
    scores = np.add.reduce(odds) + known[script]
    best = int(scores.argmax())
    highest, scores[best] = scores[best], -np.inf
    own = np.count_nonzero(odds[:, best])
    sure = highest - scores[scores.argmax()] >= MARGIN and own >= least
    return codes()[best] if sure else ""


def folded(sample: str) -> str:
    """Return a sample as its words are looked up."""
    return sample.casefold().replace("’", "'")


@cache
def codes() -> tuple[str, ...]:
    return tuple(load_json("languages.json"))


@cache
def frequent_words() -> tuple[dict[str, int], NDArray[np.float32], dict[str, NDArray[np.float32]]]:
    """Return (row of each word, log odds of shape (words, languages), 0 for each language of a script, else -inf).

    The odds of a word are by its rank (Zipf's law: 0.1 / rank of all words), against a word that is not frequent.
    """
    lists = [words.split() for words in load_json("languages.json").values()]
    rows = {word: row for row, word in enumerate(sorted({word for words in lists for word in words}))}
    weights = np.zeros((len(rows), len(lists)), dtype=np.float32)
    for column, words in enumerate(lists):
        for rank, word in enumerate(words):
            weights[rows[word], column] = np.log(0.1 / (rank + 3) / 0.0002)
    others = " ".join(_WRITTEN.values()).split()
    known = {script: np.array([name in names.split() for name in codes()]) for script, names in _WRITTEN.items()}
    known["Latin"] = np.array([name not in others for name in codes()])
    odds = {script: np.where(own, 0, -np.inf).astype(np.float32) for script, own in known.items()}
    return rows, weights, odds
