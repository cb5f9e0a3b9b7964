"""Why a block has its role, in a reader's words: the first piece of evidence that holds, the most telling first."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLE_CODE, Role
from .features import BASE
from .lexicon import CATEGORIES, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Stories of an outlet that show a block, and more than half of all: below it a shared wire story looks like a footer.
OFTEN = 3
_WORDS = 0.5  # share of a block's words that a category explains
_ANY = 0.01

# (column, least value, reason); {} becomes the language of the phrase where it is known
_RULES: dict[Role, tuple[tuple[str, float, str], ...]] = {
    Role.TITLE: (
        ("title_like", 0.25, "a short line before the text that tells of the same things"),
        ("in_stretch", 1, "a heading between paragraphs of the text"),
        ("core_words", _WORDS, "a short line whose words the text tells again"),
    ),
    Role.BODY: (
        ("ends_stop", 1, "sentences of the page's running text"),
        ("opens_bullet", 1, "a list item inside the text"),
        ("in_stretch", 1, "stands within the running text"),
        ("size", 4.4, "a paragraph of prose"),
    ),
    Role.CAPTION: (
        ("covered:caption", _ANY, "words of a picture's caption or credit{}"),
        ("copyrights", 0.1, "a credit line with ©"),
        ("covered:agency", _ANY, "a picture credit that names an agency"),
    ),
    Role.BYLINE: (
        ("covered:byline", _ANY, "words of a byline or date line{}"),
        ("covered:time", _ANY, "a date line of its own{}"),
        ("date", 1, "a date on a line of its own"), ("clock", 1, "a time on a line of its own"),
        ("covered:job", _ANY, "names a reporter's or editor's office{}"),
        ("capitals", 0.8, "a name beside the headline"),
    ),
    Role.ATTRIBUTION: (
        ("longest:source", 2, "says where the text comes from{}"),
        ("covered:agency", _ANY, "names a news agency as its source"),
        ("covered:source", _ANY, "says where the text comes from{}"),
    ),
    Role.AD: (
        ("covered:ad", _ANY, "a marker of advertising{}"),
        ("since:ad", 0.3, "stands under a marker of advertising"),
        ("covered:deal", _ANY, "words of offers and prices{}"),
        ("currencies", 0.1, "a price outside the text"),
    ),
    Role.PROMO: (
        ("covered:promo", _ANY, "words that lead to other stories{}"),
        ("covered:subscribe", 0.2, "asks to subscribe, follow or join{}"),
        ("covered:readmore", 0.2, "a prompt to read more{}"),
        ("since:promo", 0.25, "stands in a list of other stories"),
        ("since:subscribe", 0.3, "stands beside a prompt to subscribe or follow"),
        ("after_stretch", 1, "a teaser below the text"), ("before_stretch", 1, "a teaser above the text"),
    ),
    Role.NAVIGATION: (
        ("covered:share", _WORDS, "a share button{}"),
        ("covered:section", _WORDS, "the name of a section{}"),
        ("covered:nav", _ANY, "words of a menu{}"),
        ("no_letters", 1, "figures or signs without words"),
        ("before_stretch", 1, "a short line above the text"), ("after_stretch", 1, "a short line below the text"),
    ),
    Role.LEGAL: (
        ("covered:legal", _ANY, "words of a legal notice{}"),
        ("copyrights", 0.1, "a copyright line"),
        ("since:legal", 0.3, "stands beside a legal notice"),
    ),
    Role.BIO: (
        ("covered:bio", _ANY, "tells of its author or publisher{}"),
        ("covered:job", _ANY, "names an author's office{}"),
        ("since:bio", 0.3, "stands under a heading about the author"),
    ),
    Role.COMMENT: (
        ("longest:comment", 2, "words of a comment form{}"),
        ("since:comment", 0.15, "stands among readers' comments"),
        ("covered:comment", _ANY, "words of a comment form{}"),
    ),
    Role.OTHER: (
        ("covered:other", _ANY, "a message of the page itself{}"),
        ("no_letters", 1, "signs without words"),
    ),
}  # fmt: skip
_ELSE = {
    Role.TITLE: "a short line before or between paragraphs",
    Role.BODY: "its look and its neighbours are those of running text",
    Role.CAPTION: "a short text where captions stand",
    Role.BYLINE: "a short line where names and dates stand",
    Role.ATTRIBUTION: "a short line where sources are named",
    Role.AD: "its look and its neighbours are those of advertising",
    Role.PROMO: "looks like the teasers around it",
    Role.NAVIGATION: "a short line among other short lines",
    Role.LEGAL: "its look and its neighbours are those of legal notices",
    Role.BIO: "its place and its words are those of a note on the author",
    Role.COMMENT: "its place and its words are those of a reader's comment",
    Role.OTHER: "fits no other role",
}
# (column of the evidence of markup, reason), the most telling first
_MARKED: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.TITLE: (
        ("is_headline", "the headline that the page's head gives"),
        *((f"tag:h{size}", f"a heading (h{size})") for size in range(1, 7)),
    ),
    Role.BODY: (
        ("in_article_body", "part of the text that the page gives as data (JSON-LD)"),
        ("mark:itemprop_body", "marked as the article's text"),
        ("in_named", "stands in the element named for the article's text"),
        ("in:article", "stands in the article's element"),
    ),
    Role.CAPTION: (
        ("tag:figcaption", "the caption of a figure"), ("in:figcaption", "the caption of a figure"),
        ("in:figure", "stands in a figure"), ("near:caption", "stands in an element named for captions"),
        ("near:media", "stands in an element named for pictures"),
    ),
    Role.BYLINE: (
        ("mark:itemprop_author", "marked as the author"), ("mark:itemprop_date", "marked as the date"),
        ("mark:rel_author", "a link to the author"), ("has_author", "names the author that the page's head gives"),
        ("tag:time", "marked as a time"), ("near:author", "stands in an element named for authors"),
        ("near:date", "stands in an element named for dates"),
    ),
    Role.ATTRIBUTION: (("near:source", "stands in an element named for sources"),),
    Role.AD: (
        ("to:paid", "a link that is marked or counted as paid for"),
        ("near:ad", "stands in an element named for advertising"),
        ("to:offer", "a link to offers or advertising"), ("far:ad", "stands in an element named for advertising"),
    ),
    Role.PROMO: (
        ("near:newsletter", "stands in an element named for newsletters or subscriptions"),
        ("near:related", "stands in an element named for other stories"),
        ("near:popular", "stands in an element named for the latest or most read"),
        ("to:story", "a link to another story"), ("in:aside", "stands in an aside"),
    ),
    Role.NAVIGATION: (
        ("in:nav", "stands in the page's navigation (nav)"), ("mark:role_navigation", "marked as navigation"),
        ("near:breadcrumb", "stands in an element named for the path to the page"),
        ("near:share", "stands in an element named for sharing"), ("near:nav", "stands in an element named for menus"),
        ("to:social", "a link to a network"), ("in:footer", "stands in the page's footer"),
        ("to:topic", "a link to a topic"), ("near:tags", "stands in an element named for topics"),
    ),
    Role.LEGAL: (
        ("near:cookie", "stands in an element named for cookies"), ("to:policy", "a link to terms or policies"),
        ("near:legal", "stands in an element named for legal notices"), ("in:footer", "stands in the page's footer"),
    ),
    Role.BIO: (("near:bio", "stands in an element named for notes on authors"),),
    Role.COMMENT: (("near:comment", "stands in an element named for comments"),
                   ("far:comment", "stands in an element named for comments")),
    Role.OTHER: (),
}  # fmt: skip
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese", "bn": "Bengali", "ta": "Tamil", "ur": "Urdu",
    "hr": "Croatian", "sl": "Slovene", "ca": "Catalan", "zu": "Zulu", "af": "Afrikaans", "sw": "Swahili",
}  # fmt: skip


@cache
def _texts(role: Role) -> list[list[str]]:
    """Return the reasons for a role, each with the languages that `Found.language` numbers."""
    languages = ("", *(f", in {_NAMES[name]}" if name in _NAMES else "" for name in phrases().languages))
    texts = [*(text for _, _, text in _RULES[role]), _ELSE[role]]
    return [[text.replace("{}", language) for language in languages] for text in texts]


@cache
def _asked(role: Role) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Return of each reason for a role its column, the least value of it, and the category whose language it names.

    The category is -1 for none; the last reason, which has no column, is the one where no other holds.
    """
    rules = _RULES[role]
    columns = np.array([BASE.index(column) for column, _, _ in rules], dtype=np.int64)
    named = [CATEGORIES.index(column.split(":")[1]) if text.endswith("{}") else -1 for column, _, text in rules]
    return columns, np.array([least for _, least, _ in rules], dtype=np.float32), np.array([*named, -1])


def explain(
    roles: NDArray[np.uint8],
    features: NDArray[np.float32],
    languages: NDArray[np.uint8],
    on: NDArray[np.int32],
    of: NDArray[np.int32],
) -> list[str]:
    """Return a reason for the role of each block, given its features and the languages of its phrases."""
    reasons = [""] * len(roles)
    for role in _RULES:
        rows = (roles == ROLE_CODE[role]).nonzero()[0]
        if not len(rows):
            continue
        columns, least, categories = _asked(role)
        met = np.ones((len(rows), len(columns) + 1), dtype=np.bool_)
        met[:, :-1] = features[rows[:, None], columns] >= least
        chosen = met.argmax(axis=1)
        category = categories[chosen]
        spoken = np.where(category >= 0, languages[rows, category], 0)
        table = _texts(role)
        for row, number, language in zip(rows.tolist(), chosen.tolist(), spoken.tolist(), strict=True):
            reasons[row] = table[number][language]
    for row in np.flatnonzero((on >= OFTEN) & (on * 2 > of) & (roles != ROLE_CODE[Role.BODY])).tolist():
        reasons[row] = f"repeated in {on[row]} of {of[row]} stories of this outlet"
    return reasons


def explain_markup(roles: NDArray[np.uint8], evidence: NDArray[np.float32], names: Sequence[str]) -> list[str]:
    """Return what of its markup speaks most for the role of each block, "" for nothing; `names`: of the columns."""
    reasons = [""] * len(roles)
    place = {name: number for number, name in enumerate(names)}
    for role, rules in _MARKED.items():
        rows = np.flatnonzero(roles == ROLE_CODE[role])
        for column, reason in reversed(rules):
            for row in rows[evidence[rows, place[column]] > 0].tolist():
                reasons[row] = reason
    return reasons
