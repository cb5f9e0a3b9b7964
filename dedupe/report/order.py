"""In which order stories, their versions and pairs, and what was left out are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import inf, isnan

from ..model import RELATION_CODE, Derivation, Findings, Pair, ReportedArticle, Skipped, Story, place_of
from ..model.saying import count, timestamp

OFTEN = 3  # files left out for one reason that are told before all others
LAST = 1 - 1 / 86400  # days: the last second of one


def by_size(findings: Findings) -> list[Story]:
    """Return the stories, most versions first, and of as many those with the closest pair."""
    strongest = {id: pairs[0] for id, pairs in pairs_by_story(findings).items()}

    def place(story: Story) -> tuple[int, int, float, str]:
        pair = strongest.get(story.id)
        close = (RELATION_CODE[pair.relation], -pair.confidence) if pair else (len(RELATION_CODE), 0.0)
        return -len(story.members), *close, story.id

    return sorted(findings.stories, key=place)


def in_time(articles: Iterable[ReportedArticle]) -> list[ReportedArticle]:
    """Return the articles in the order in which they appeared; of a day whose hour is known come first.

    Those without a date come last, by id.
    """

    def appeared(article: ReportedArticle) -> tuple[float, str]:
        time = timestamp(article.published)
        return (inf if isnan(time) else time if "T" in article.published else time + LAST), article.id

    return sorted(articles, key=appeared)


def pairs_by_story(findings: Findings) -> dict[str, list[Pair]]:
    """Return the pairs inside each story, by its id, the strongest first."""
    story_of = {article.id: article.story for article in findings.articles}
    found: dict[str, list[Pair]] = {}
    for pair in findings.pairs:
        if story_of[pair.a] == story_of[pair.b]:
            found.setdefault(story_of[pair.a], []).append(pair)
    return found


def derivations_by_story(findings: Findings) -> dict[str, list[Derivation]]:
    """Return the derivations of each story's articles, by its id, in the order in which the copies appeared."""
    story_of = {article.id: article.story for article in in_time(findings.articles)}
    place = {id: position for position, id in enumerate(story_of)}
    found: dict[str, list[Derivation]] = {}
    for derivation in sorted(findings.derivations, key=lambda item: place[item.copy]):
        found.setdefault(story_of[derivation.copy], []).append(derivation)
    return found


def worst_first(skipped: Iterable[Skipped]) -> list[Skipped]:
    """Return what was left out with what could not be read first, the files before their records; caps come last.

    Of a file cut off that has a thousand ids twice it is the end that must not be missed. Where many records of a file
    were left out for one reason, or for such as are `alike`, that is told once; so it is where files were, as intended.
    Files that cannot be read for a reason that OFTEN others gave come after those with reasons of their own.

    >>> from dedupe.model import Skipped
    >>> [item.reason for item in worst_first([Skipped("a.jsonl#1", "no text"), Skipped("a.jsonl#3", "no text")])]
    ['no text (1 more record of the file, too)']
    >>> [item.reason for item in worst_first([Skipped(name, "hidden", failed=False) for name in (".a", ".b", ".c")])]
    ['hidden (2 more, too)']
    >>> [item.path for item in worst_first([Skipped(f"{i}.gz", "cut off" if i > 3 else "binary") for i in range(5)])]
    ['0.gz', '1.gz', '2.gz', '4.gz', '3.gz']
    """
    alike: dict[tuple[str, str, bool], list[Skipped]] = {}
    for item in sorted(skipped, key=lambda item: (not item.failed, not item.path, "#" in item.path)):
        file, record = place_of(item.path)
        where = file if item.failed or record >= 0 else ""
        alike.setdefault((where, item.alike or item.reason, item.failed), []).append(item)
    told = [_once(items, where) for (where, _, _), items in alike.items()]
    given: Counter[str] = Counter()

    def again(item: Skipped) -> bool:
        given[item.reason] += 1
        return item.failed and given[item.reason] > OFTEN

    return sorted(told, key=lambda item: (not item.failed, again(item)))


def _once(items: list[Skipped], file: str) -> Skipped:
    first, more = items[0], len(items) - 1
    others = f"{count(more, 'more record')} of the file" if file else f"{more:,} more"
    return replace(first, reason=f"{first.reason} ({others}, too)") if more else first
