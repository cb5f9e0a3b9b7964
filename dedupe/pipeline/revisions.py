"""What the versions of a story say of their own revision, and what a reader is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .. import provenance
from ..model import ROLE_CODE, Corpus, Story, Verdict, percent
from ..model.codes import AD, COMMENT, NAVIGATION, NEAR_DUPLICATE, PROMO
from ..rows import owners_of
from .labels import Labelled
from .pairs import Pairs

# Of 2,258 versions to read 29 have a fuller one; of 22 looked at, 20 are what an editor would run instead.
LONGER, HELD = 1.25, 0.75  # times the words of the version to read; share of it that the fuller one has
_OF_OTHERS = [COMMENT, PROMO, NAVIGATION, AD]
# How what is said of the version to read begins: one that was updated may be the first, and to be read for that.
_LEADS = {
    "withdrawn": "it says",
    "corrected": "it is the version to read: it says",
    "updated": "it is the version to read, and says",
}


def revisions(labelled: Labelled, story: NDArray[np.int32]) -> dict[int, provenance.Revised]:
    """Return by row what the pages that share a story with another say of their own revision.

    What stands in a reader's comment or the headline of another article is said of no page, or of another.
    """
    shared = np.flatnonzero(np.bincount(story, minlength=len(story))[story] > 1).tolist()
    of_others = np.flatnonzero(np.isin(labelled.roles, _OF_OTHERS))
    mixed = set(owners_of(labelled.blocks.first, of_others).tolist())
    pages = [
        (labelled.articles[row].title, _own_text(labelled, row) if row in mixed else labelled.articles[row].text)
        for row in shared
    ]
    told = provenance.revised(pages)
    return {row: said for row, said in zip(shared, told, strict=True) if said}


def _own_text(labelled: Labelled, row: int) -> str:
    paragraphs = labelled.paragraphs(row)
    return "\n".join(paragraph.text for paragraph in paragraphs if ROLE_CODE[paragraph.role] not in _OF_OTHERS)


def with_revisions(
    corpus: Corpus, verdicts: Sequence[Verdict], stories: Sequence[Story], said: Mapping[int, provenance.Revised]
) -> list[Verdict]:
    """Return the verdicts with what pages say of their own revision, and why a corrected one is the one to read.

    That it was updated is told only of the version to read: nearly every page of some outlets says so.
    """
    chosen = {story.canonical for story in stories}
    found = list(verdicts)
    for row, (kind, words) in said.items():
        to_read = corpus.articles[row].id in chosen
        if kind != "updated" or to_read:
            lead = _LEADS[kind] if to_read else "it says"
            said_so, (first, *rest) = f"{lead} that it was {kind}: “{words}”", found[row].reasons
            found[row] = replace(found[row], reasons=(first, said_so, *rest))
    return found


def with_fuller(
    corpus: Corpus, verdicts: Sequence[Verdict], stories: Sequence[Story], story: NDArray[np.int32], pairs: Pairs,
    words: NDArray[np.int64], said: Mapping[int, provenance.Revised],
) -> list[Verdict]:  # fmt: skip
    """Return the verdicts, that on a version to read with which other one holds most of it and is a good deal longer.

    Agencies send the first lines at once and the rest in an hour. Of a corrected one nothing is told: what is fuller
    may have the error. No fuller version is what was withdrawn, and what stands beside reports. `story`, `words`: the
    story of each article, and how many words of reporting it has.
    """
    found, articles = list(verdicts), corpus.articles
    chosen = {told.canonical for told in stories}
    withdrawn = {row for row, own in said.items() if own.kind == "withdrawn"}
    within = (pairs.relation == NEAR_DUPLICATE) & (story[pairs.a] == story[pairs.b])
    fuller: dict[int, tuple[int, int, float]] = {}
    for one, other, held in ((pairs.a, pairs.b, pairs.containment_a), (pairs.b, pairs.a, pairs.containment_b)):
        longer = (words[other] >= LONGER * words[one]) & (held >= HELD) & within
        for row, than, part in zip(*(column[longer].tolist() for column in (one, other, held)), strict=True):
            no_report = than in withdrawn or provenance.is_beside(articles[than].title)
            if articles[row].id in chosen and row not in said and not no_report:
                fuller[row] = max(fuller.get(row, (0, 0, 0.0)), (int(words[than]), -than, part))
    for row, (size, than, part) in fuller.items():
        first, *rest = found[row].reasons
        more = f"a fuller version has {percent(part)} of it: {articles[-than].id}, of {size:,} words"
        found[row] = replace(found[row], reasons=(first, more, *rest))
    return found
