"""How numbers, names and lists are said in every kind of report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..model import SHARES, Derivation, Findings, ReportedArticle, Skipped, Taken, count, percent
from .order import worst_first

LONGEST = 200  # characters of an id that is shown in full: most addresses are shorter
MOSTLY = 0.9  # of the articles
LANGUAGES = 8  # that a summary counts
LISTED = 20  # things that were left out, in a report to read
SHORT = 24  # characters to which a name is cut where that tells it from others
# Controls, and marks that turn the words after them around.
_OBEYED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d"  # of letters, in Persian and Hindi, or not
# What a reader means by each relation, for captions and legends.
RELATION_WORDS = {
    "identical": "identical",
    "near_duplicate": "near-duplicate",
    "excerpt": "excerpt",
    "rewrite": "rewrite",
    "same_story": "same story",
    "unrelated": "unrelated",
}


def safe(text: str) -> str:
    """Return the text on one line without anything a terminal would obey.

    >>> safe("a\\x1b[31mred\\nb\\u202e")
    'a\\\\x1b[31mred b\\\\u202e'
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c in _JOINERS else c.encode("unicode_escape").decode("ascii") for c in line)


def visible(text: str) -> str:
    """Return the text with what nobody sees but a browser obeys written out: what ids hold, and no text of ours does.

    >>> visible("pages/\\u202elmth.a"), visible("two\\nlines")
    ('pages/\\\\u202elmth.a', 'two\\nlines')
    """
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def bounded(id: str) -> str:
    """Return an id on one line, cut where it is longer than a reader would look at.

    >>> bounded("https://a.org/" + "x" * 5000) == "https://a.org/" + "x" * 185 + "…"
    True
    """
    return clip(safe(id[: 2 * LONGEST]), LONGEST)


def named(source: Derivation | Taken) -> str:
    """Return what to call the source of a derivation, or of reused words.

    >>> from dedupe.model import Taken
    >>> [named(taken) for taken in (Taken("a", "Gazette", 0.5), Taken("a", "a", 0.5), Taken("", "AFP", 0.5))]
    ['a (Gazette)', 'a', 'AFP (not found here)']
    """
    if not source.source:
        return f"{source.source_name} (not found here)"
    return source.source if source.source_name == source.source else f"{source.source} ({source.source_name})"


def short_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id as much of it as tells it from the others: without the folder all are in, cut at the end.

    >>> list(short_names(["day/2025-03-11-river-bridge-falls", "day/2025-03-11-river-rises-again", "day/a"]).values())
    ['2025-03-11-river-bridge…', '2025-03-11-river-rises-…', 'a']
    """
    ordered = sorted(set(ids))
    folder = ordered[0].rfind("/", 0, _alike(ordered[0], ordered[-1])) + 1 if len(ordered) > 1 else 0
    names = {}
    for before, id, after in zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False):
        told = max(_alike(id, before), _alike(id, after)) + 2 - folder
        names[id] = clip(id[folder:], max(told, SHORT))
    return names


def in_short(text: str, names: dict[str, str]) -> str:
    """Return a sentence with the ids in it as `short_names` has them.

    >>> in_short("it is identical to day/ab, not to day/a", {"day/a": "a", "day/ab": "ab"})
    'it is identical to ab, not to a'
    """
    for id, name in names.items():
        if name != id and id in text:
            text = name.join(re.split(rf"(?<![\w/]){re.escape(id)}(?![\w/])", text))
    return text


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


def clip(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis where something is missing."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"


def left_out(item: Skipped) -> str:
    """Return what was left out and why; a reason that is no file's stands alone."""
    return f"{item.path}: {item.reason}" if item.path else item.reason


def left_out_lines(skipped: Sequence[Skipped], rest: str = "") -> list[str]:
    """Return how much was left out, then what and why, a line each; `rest` says where those beyond LISTED are told.

    >>> from dedupe.model import Skipped
    >>> left_out_lines([Skipped("a.txt", "it is empty"), Skipped("b.txt", "it is a PDF", failed=False)])
    ['Left out: 2, of these 1 that could not be read.', 'a.txt: it is empty', 'b.txt: it is a PDF']
    """
    if not skipped:
        return []
    failed, inputs = sum(item.failed for item in skipped), sum(item.path != "" for item in skipped)
    head = f"Left out: {inputs:,}" if inputs else "Left out of some comparisons"  # a cap is no input
    head += f", of these {failed:,} that could not be read." if failed else "."
    told = worst_first(skipped)
    more = [f"… and {len(told) - LISTED:,} more{rest}."] if len(told) > LISTED else []
    return [head, *(safe(left_out(item)) for item in told[:LISTED]), *more]


def undated(findings: Findings) -> list[str]:
    """Return the sentence that most articles have no date, if so, as where a table has another name for it."""
    number = sum(not article.published for article in findings.articles)
    if not findings.pairs or number <= MOSTLY * len(findings.articles):
        return []
    return [f"Without a date (published): {count(number, 'article')}; who took from whom is mostly unclear."]


def summary(findings: Findings) -> list[str]:
    """Return the sentences that open a report: how many pages, stories, copies, and how much is original."""
    articles = findings.articles
    words = sum(article.words for article in articles)
    shared = [story for story in findings.stories if len(story.members) > 1]
    groups = sum(len(story.copy_groups) for story in findings.stories)
    lines = [
        f"{count(len(articles), 'article')} in {count(len(findings.stories), 'story', 'stories')}; "
        f"{count(len(shared), 'story', 'stories')} with more than one version, {count(groups, 'group')} of copies."
    ]
    if words:
        parts = {
            name: sum(article.words * getattr(article.verdict.shares, name) for article in articles) / words
            for name in SHARES
        }
        said = ", ".join(f"{percent(share)} {name}" for name, share in parts.items())
        lines.append(f"Of {count(words, 'word')}: {said}.")
    story_of = {article.id: article.story for article in articles}
    if across := sum(story_of[pair.a] != story_of[pair.b] for pair in findings.pairs):
        lines.append(f"Text of one story that stands in another: {count(across, 'pair')}, see -f json.")
    lines += undated(findings)
    languages = Counter(article.language.split("-")[0] for article in articles if article.language)
    if len(languages) > 1:
        most = sorted(languages.items(), key=lambda item: (-item[1], item[0]))
        said = ", ".join(f"{number:,} {language}" for language, number in most[:LANGUAGES])
        more = f" and {len(most) - LANGUAGES} more" if len(most) > LANGUAGES else ""
        lines.append(f"{len(most)} languages: {said}{more}. A translation is not recognized: it is a story of its own.")
    return lines


def reasons(
    articles: Iterable[ReportedArticle], derivations: Iterable[Derivation], most: int | None = None
) -> dict[str, list[str]]:
    """Return the reasons of the verdicts (of each the first `most`), each with the ids of the articles that have it.

    Without those that are the evidence of one of the derivations, where that is told too.
    """
    told = {said for derivation in derivations for said in derivation.evidence}
    of: dict[str, list[str]] = {}
    for article in articles:
        for reason in article.verdict.reasons[:most]:
            if reason not in told:
                of.setdefault(reason, []).append(article.id)
    return of
