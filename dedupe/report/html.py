"""The report as one HTML file that needs nothing from outside: no script, style, font or picture is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from importlib import resources
from itertools import groupby
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup as Safe

from ..model import GROUP_OF, Derivation, Findings, Pair, ReportedArticle, Story, count, moments, percent
from ..pipeline.passages import shared_passages
from .charts import matrix, timeline
from .facts import facts_of
from .order import by_size, derivations_by_story, in_time, pairs_by_story, worst_first
from .outlets import outlets, republished
from .quotes import Quoted, quotes_of
from .wording import LONGEST, RELATION_WORDS, clip, left_out, named, summary, visible

# What one file holds: beyond it a browser becomes slow, and the JSON report is the better place to look.
STORIES, MEMBERS, CHARACTERS = 300, 12, 20_000_000
VERSIONS = 200  # of a story that are listed
DERIVATIONS = 200  # of a story: the list says what the verdicts need not say again
FACTS = 60  # of a story: contradictions come first
QUOTES = 30  # of a story and a kind: the longest come first
FOLDED = 5  # paragraphs of advertising and boilerplate in a run, from which on it opens by a click


def render(findings: Findings) -> Iterator[str]:
    """Return the page piece by piece. Stories of several versions come first, the largest first; what is left out
    for size is said on the page.
    """
    shown, skipped = _shown(findings), worst_first(findings.skipped)
    pairs, derivations = pairs_by_story(findings), derivations_by_story(findings)
    yield from _template().generate(
        summary=summary(findings),
        stories=(_story(findings, story, pairs.get(story.id, []), derivations.get(story.id, [])) for story in shown),
        index=[_entry(findings, story) for story in shown],
        missing=len(findings.stories) - len(shown),
        skipped=skipped[:1000],
        skipped_more=max(len(skipped) - 1000, 0),
        outlets=outlets(findings)[:50],
        matrix=matrix(republished(findings)),
        style=Safe(_part("page.css")),
        script=Safe(_part("page.js")),
        version=findings.version,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )  # fmt: skip
    environment.filters.update(
        percent=percent, counted=count, named=named, left_out=left_out, relation=RELATION_WORDS.__getitem__,
        script_json=script_json, clip=partial(clip, width=LONGEST),
    )  # fmt: skip
    return environment.from_string(_part("page.html"))


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def script_json(value: Any) -> Safe:
    """Return a value as JSON that may stand inside a script element: nothing in it can close the element.

    >>> print(script_json("</script>"))
    "\\u003c/script\\u003e"
    """
    text = msgspec.json.encode(value).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Safe(text)


def _shown(findings: Findings) -> list[Story]:
    """Return the stories the page has room for."""
    shown: list[Story] = []
    characters = 0
    for story in by_size(findings)[:STORIES]:
        characters += sum(len(findings.article(member).text) for member in story.members[:MEMBERS])
        if characters > CHARACTERS and shown:
            break
        shown.append(story)
    return shown


def _entry(findings: Findings, story: Story) -> dict[str, Any]:
    """Return a story's line in the list of stories; it is found by its outlets, too."""
    sources = dict.fromkeys(findings.article(member).source for member in story.members[:VERSIONS])
    size = len(story.members)
    return {
        "id": story.id,
        "label": story.label or "(no title)",
        "size": size,
        "outlets": ", ".join(filter(None, sources)),
    }


def _story(findings: Findings, story: Story, pairs: list[Pair], derivations: list[Derivation]) -> dict[str, Any]:
    versions = in_time(map(findings.article, story.members))
    members = [findings.row(version.id) for version in versions]
    read = members[:MEMBERS]  # these can be read and compared on the page; the others are listed
    group = {member: number for number, group in enumerate(story.copy_groups, 1) for member in group}
    passages = _passages(findings, read)
    listed = versions[:VERSIONS]
    evidence = {said for item in derivations[:DERIVATIONS] for said in item.evidence}
    times = moments(*(version.published for version in listed))
    told = [fact for fact in facts_of(findings, story) if fact.status != "all"][:FACTS]
    facts = {status: [fact for fact in told if fact.status == status] for status in ("contradicts", "some", "one")}
    return {
        "id": story.id,
        "label": story.label or "(no title)",
        "size": len(members),
        "canonical": story.canonical,
        "versions": [_version(*listing, group, evidence) for listing in zip(listed, times, strict=True)],
        "unlisted": max(len(members) - VERSIONS, 0),
        "pairs": pairs[:200],
        "derivations": derivations[:DERIVATIONS],
        "articles": [_article(findings, row) for row in read],
        "passages": passages,
        "opening": _most_shared(passages),
        "facts": facts if told else {},
        "quotes": _quotes(findings, read),
        "timeline": timeline(versions) if len(members) > 1 else "",
        "unread": len(members) - len(read),
    }


def _quotes(findings: Findings, read: list[int]) -> list[tuple[str, list[Quoted]]]:
    """Return what several of the articles quote and what only one does, with a name for each; none for one article."""
    if len(read) < 2:
        return []
    shared, own = quotes_of(findings, read)
    named_lists = (("quoted by several", shared), ("quoted by one outlet", own))
    return [(name, quoted[:QUOTES]) for name, quoted in named_lists if quoted]


def _version(article: ReportedArticle, time: str, group: dict[str, int], evidence: set[str]) -> dict[str, Any]:
    return {
        "article": article,
        "time": time,
        "link": article.url if article.url.startswith(("https://", "http://")) else "",  # never "javascript:"
        "shares": article.verdict.shares.parts(),
        "group": group.get(article.id, 0),
        "reasons": [reason for reason in article.verdict.reasons if reason not in evidence],
    }


def _article(findings: Findings, row: int) -> dict[str, Any]:
    paragraphs = [
        {"start": p.start, "text": p.text, "role": p.role.value, "group": GROUP_OF[p.role].value, "reason": p.reason}
        for p in findings.paragraphs(row)
    ]
    article = findings.articles[row]
    name = f"{article.source}: {article.id}" if article.source else article.id
    return {"name": name, "language": article.language, "runs": _runs(paragraphs)}


def _runs(paragraphs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the paragraphs in runs of what is read and what is passed over; a long one of these has a summary.

    Under its summary a run is folded: a page's menu would else fill the screen before the story starts.
    """
    runs = []
    for passed, run in groupby(paragraphs, lambda paragraph: paragraph["group"] in ("ad", "boilerplate")):
        members = list(run)
        roles = Counter(paragraph["role"] for paragraph in members)
        counts = ", ".join(f"{role} {number}" for role, number in roles.most_common())
        summary = f"{len(members)} paragraphs: {counts}" if passed and len(members) >= FOLDED else ""
        runs.append({"summary": summary, "paragraphs": members})
    return runs


def _most_shared(passages: dict[str, list[tuple[Any, ...]]]) -> list[int]:
    """Return the places of the two members that share the most characters, which the page opens with.

    >>> _most_shared({"0-1": [(0, 5, 0, 5)], "1-3": [(0, 9, 2, 11)], "2-3": []}), _most_shared({})
    ([1, 3], [0, 1])
    """
    shared = {key: sum(end - start for start, end, *_ in found) for key, found in passages.items()}
    return [int(place) for place in max(shared, key=shared.__getitem__, default="0-1").split("-")]


def _passages(findings: Findings, read: list[int]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the shared passages of each pair of members, keyed "i-j" by their places in the story."""
    texts = [article.text for article in findings.articles]
    found = {}
    for i, a in enumerate(read):
        for j, b in enumerate(read[i + 1 :], i + 1):
            passages = shared_passages(texts, findings.blocks, findings.roles, a, b)
            if passages:
                found[f"{i}-{j}"] = [(*p[:4], p.kind.value, round(p.similarity, 3)) for p in passages]
    return found
