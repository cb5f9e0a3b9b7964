"""The relation of a pair from its measurements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model.codes import EXCERPT, IDENTICAL, NEAR_DUPLICATE, REWRITE, SAME_STORY, UNRELATED
from .features import COLUMN, GRAMS, STRETCH
from .inputs import both
from .legible import as_if_right
from .score import chances, rewritten

BORDER = 0.5  # both models are calibrated: from here on yes is likelier than no
LATE = 7  # days: agencies repeat their own background for months, copies appear within days ...
LATE_BORDER = 0.8  # ... so text of another week has to be four times as likely a copy ...
LATE_PART = 0.5  # ... and half of the one text in long runs of the other: less is background under other news
MOST = 0.6  # share of the shorter text in shared runs: more than half, with what meets by chance (5 to 10 %) on top
SENTENCE = 25  # words: less than one sentence of shared text (22 in English news) is no piece of an article
# A newsletter that holds two paragraphs of an article does not look copied as a whole, and yet these are. So many words
# in long runs outside speech, and such a part of one text, nobody writes again; of another week they are background.
PIECE, PIECE_PART = 50, 0.2
PIECE_SURE = 0.9
# Of what the words say that one text has of the other, the part that stands there word for word, from which on it is no
# rewrite: 7 of 2,167 rewrites (Raidar, SheepDog) have so much of it in long runs.
SAME_TERMS = 0.75
PLAIN = 8  # words of a run outside speech; two reports that share only what a speaker said did not copy each other ...
WHOLE = 0.8  # ... unless all there is is that speech
TOLD = 0.25  # story similarity below which shared content is a topic, not an event
# One form filled in twice (earnings of two companies, the weather of two towns, the jobless claims of two weeks) has
# most of its words in common and not what it tells. Of 6,000 pairs that share text in Reuters and in wire copy under
# forty mastheads, copies have half of the numbers of the text with fewer, nearly always more; filled forms a third.
FIGURES = 3  # numbers in either text: with fewer, that they differ is chance
SAME_FIGURES = 0.4
FORM = 0.5  # of the words of either text in shared runs: what differs are words between them
SAME_NAMES = 0.6  # of the names of the text with fewer; reports of one event that give other numbers share two thirds
# Next day's form (closing prices, the weather, claims of another week) tells of the same names, and a number in each
# sentence cuts its runs short. Of 109 pairs in Reuters that have so many words in common, so few of so many numbers,
# no long run and are of different days, 25 were told as more than unrelated: but for three they are such forms.
SAME_WORDS = 0.6  # of the distinct words of either text; 2 in 100 reports of one event have so many, and some rewrites
MANY_FIGURES = 5
# Two obituaries, two games or two accidents have the words of their form in common and neither names nor numbers, be it
# on one day. So none of 5,325 pairs of a text with its rewrite or of two reports of one event (Raidar, SheepDog,
# AllSides, ECB+, Wikinews), none of 871 of one family in Reuters, and 35 of 27,619 other pairs there, of which two or
# three are no forms: a longer report has more of both texts' words.
OTHER_FACTS = 5  # names and numbers of the text with fewer
SAME_FACTS, SAME_KIND = 0.4, 0.5  # of names and numbers, of either alone: of forms a fifth, of updates most
ANEW, EVEN = 0.5, 0.75  # of the distinct words of either text; of the one as of the other, since nothing is put to it
UNNAMED = 0.82  # ... at most, where no names are known: an update with new figures has nine tenths
MANY_NAMES = 1 / 3  # of the words: of a script without capitals, rare in this corpus, nearly every word looks like one
# The weather of two towns and the bulletins on two quakes share the names of who tells them, and some numbers. Where
# the titles name two things (`subject`), most words and not most numbers are asked for.
SOME_FIGURES, HALF_FIGURES = 2, 0.6
SUBJECT = 3  # of `other_day`: the titles differ in what they name
NAMED = 4  # ... in nothing else: "Ohio lottery results" and "Indiana lottery results" have most numbers in common
RISEN = -1  # of `other_day`: most figures that stand between the same words have risen, as those of a toll
SERIES = 2  # of `other_day`: the titles differ in the day alone, as those of two horoscopes
# ... or as "Trial begins on Monday" and, put off, "... on Tuesday". Two horoscopes or programmes have four tenths of
# their terms in common, and some the same names and numbers; two weather reports seven, and other numbers.
SAME_EVENT = 0.5


def decide(
    features: NDArray[np.float32],
    jaccard: NDArray[np.float32],
    containment_a: NDArray[np.float32],
    containment_b: NDArray[np.float32],
    story_similarity: NDArray[np.float32],
    form: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return the relation of each pair (its place in RELATIONS, uint8) and the confidence in it (float32, 0 to 1).

    Jaccard and containment are those of the candidates; zeros for a pair that was none, which changes nothing. The
    confidence of a copy is that text was copied, of `rewrite` and `same_story` that it is the one and not the other,
    given one story, and of `unrelated` that it is not one story. `form`: what `is_form` says, where that is known.
    """
    form, same = is_form(features) if form is None else form, (jaccard >= 1) | equal(features)
    features = as_if_right(features)  # an estimate, by which nothing is the same
    copy, made = chances(features)
    copied = is_copied(features, copy, np.maximum(containment_a, containment_b)) & ~form
    quoted = (made >= BORDER) & (story_similarity >= TOLD) & ~form & ~copied
    if quoted.any():
        quoted &= is_verbatim(features)
        copy = np.where(quoted, np.maximum(copy, made), copy)
    made = rewritten(features, story_similarity, made)
    code = np.full(len(features), UNRELATED, dtype=np.uint8)
    code[story_similarity >= BORDER] = SAME_STORY
    code[(made >= BORDER) & (story_similarity >= TOLD)] = REWRITE
    copy = np.maximum(copy, np.where(copied & is_piece(features), PIECE_SURE, 0.0))
    code[copied | quoted] = EXCERPT
    code[copied & (of_shorter(features) >= MOST)] = NEAR_DUPLICATE
    code[same] = IDENTICAL
    told = np.minimum(1 - made, story_similarity)  # no surer of how a story is told than that it is one story
    sure = np.stack((np.ones(len(features)), copy, copy, made, told, 1.0 - story_similarity))
    confidence = np.where(copied & (copy < BORDER), BORDER, sure[code, np.arange(len(features))])
    return code, np.where(code == IDENTICAL, 1.0, confidence).astype(np.float32)


def is_copied(
    features: NDArray[np.float32], copy: NDArray[np.float64], containment: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Return whether a substantial piece of one text stands in the other, bool of shape (pairs,)."""
    (least, _), (verbatim, stretch) = both(features, "verbatim", "stretch")
    late = features[:, COLUMN["days"]] >= LATE
    likely = (copy >= np.where(late, LATE_BORDER, BORDER)) & (~late | (stretch >= LATE_PART))
    # texts are measured up to LONGEST_TEXT words; the candidates' containment is of all of them
    likely |= ((containment >= MOST) | is_piece(features)) & ~late
    told = (features[:, COLUMN["run_plain"]] >= PLAIN) | (verbatim >= WHOLE)
    words = words_in_runs(features)
    whole = (least >= WHOLE) | ((verbatim >= WHOLE) & (words >= STRETCH))  # a flash, and it with a sentence more
    return likely & told & ((words >= SENTENCE) | whole)


def is_verbatim(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether what two texts share is mostly words, not what these say, bool of shape (pairs,).

    So with a column that quotes a report at length, in quotation marks that the report does not have. What stands
    again in the news of another week is background.
    """
    sides = ([features[:, COLUMN[f"{name}_{side}"]] for name in ("verbatim", "terms")] for side in "ab")
    (words_a, terms_a), (words_b, terms_b) = sides
    words, terms = np.maximum(words_a, words_b), np.where(words_a >= words_b, terms_a, terms_b)
    long = (features[:, COLUMN["run_spoken"]] >= STRETCH) & (words_in_runs(features) >= SENTENCE)
    return long & (words >= SAME_TERMS * terms) & ~(features[:, COLUMN["days"]] >= LATE)


def is_piece(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether long runs of words outside speech, and a part of one text, stand in both; bool of shape (pairs,).

    However much else the two tell: what is a copy as a whole, the model of copies says.
    """
    a, b = (features[:, COLUMN[f"stretch_{side}"]] for side in ("a", "b"))
    words = np.minimum(a * features[:, COLUMN["words_a"]], b * features[:, COLUMN["words_b"]])
    return (words >= PIECE) & (np.maximum(a, b) >= PIECE_PART)


def is_form(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether two texts are one form filled in twice, bool of shape (pairs,).

    They give other numbers. Either most of the words of both stand in shared runs (of one, where they are of different
    weeks), and they name others or are of different weeks; or they are of different days and have most of their words
    in common, but no long piece. Or they have `other_facts`. Or they are of two days of one series, have less than half
    of their words in shared runs, and are not `of_same_event`. Or they `may_be_of_two`, and their titles say so; where
    these differ in nothing but a name, it is enough that neither stands in the other, and that some numbers differ.
    """
    fewer, more = both(features, "numbers", "names", "numbers_shared", "names_shared", "verbatim", "gram1")
    figures, names, _, _, in_fewer, words = fewer
    same_figures, same_names = more[2:4] / np.maximum(fewer[:2], 1)
    late = features[:, COLUMN["days"]] >= LATE
    other = ((names >= 1) & (same_names < SAME_NAMES)) | late
    alike = np.where(late, more[4], in_fewer) >= FORM
    anew = (features[:, COLUMN["other_day"]] > 0) & (words >= SAME_WORDS)
    anew &= (figures >= MANY_FIGURES) & (late | ~is_piece(features))
    twice = (alike & other & (figures >= FIGURES) | anew) & (same_figures < SAME_FIGURES)
    found = twice | other_facts(features)
    apart = features[:, COLUMN["other_day"]]
    series, named = (apart == SERIES) & (in_fewer < FORM), apart >= SUBJECT
    if series.any():  # of most pairs neither need be asked
        found |= series & ~of_same_event(features)
    if named.any():
        least = may_be_of_two(features)
        found |= named & (least > 0) & (least <= apart)
    return found


def may_be_of_two(features: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return how much titles must differ, at least, for two texts of like words to tell of two things.

    SUBJECT if many of their numbers are others; NAMED if few or none are, but neither text stands in the other as a
    whole; else 0: they tell of one thing, whatever the titles say.
    """
    (figures, _, words, _), (_, same, _, held) = both(features, "numbers", "numbers_shared", "gram1", "verbatim")
    other = (figures >= SOME_FIGURES) & (words >= SAME_WORDS)
    least = np.where(same <= HALF_FIGURES * figures, SUBJECT, np.where(held < 1, NAMED, 0))
    return np.where(other, least, 0).astype(np.uint8)


def of_same_event(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether two texts say much the same of the same people, places and numbers, bool of shape (pairs,)."""
    fewer, _ = both(features, "numbers", "names", "numbers_shared", "names_shared", "terms")
    figures, names, same_figures, same_names, terms = fewer
    same = (same_figures >= SAME_KIND * figures) & (same_names >= SAME_NAMES * names)
    return same & (figures + names >= FIGURES) & (terms >= SAME_EVENT)


def other_facts(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether two texts say the same of other people, places and numbers, bool of shape (pairs,).

    Not so where no names, or few and the same, are known and the figures rose from the earlier to the later: then it is
    one toll. Of two without dates either may be the later one, and in one of eight forms so many rise by chance.
    """
    kinds = ("numbers", "names", "numbers_shared", "names_shared", "gram1", "words")
    (figures, names, _, _, least, words), (_, _, same_figures, same_names, most, _) = both(features, *kinds)
    unnamed = (names < FIGURES) | (names > MANY_NAMES * words)
    same_few = (names >= FIGURES) | (same_names >= names)
    names = np.where(unnamed, 0, names)
    own = np.stack((figures, names))
    shared = np.minimum(np.stack((same_figures, same_names)), own)
    other_kind = shared < SAME_KIND * own
    other = np.where(figures < FIGURES, ~unnamed, other_kind[0]) & np.where(unnamed, most < UNNAMED, other_kind[1])
    facts = (own.sum(axis=0) >= OTHER_FACTS) & (shared.sum(axis=0) < SAME_FACTS * own.sum(axis=0))
    later = (features[:, COLUMN["other_day"]] == RISEN) & ~np.isnan(features[:, COLUMN["days"]])
    facts &= ~(later & unnamed & same_few)
    return facts & other & (least >= np.maximum(ANEW, EVEN * most))


def words_in_runs(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how many words of a text stand in shared runs, of the two the larger number, float32 of shape (pairs,)."""
    a, b = (features[:, COLUMN[f"words_{side}"]] * features[:, COLUMN[f"verbatim_{side}"]] for side in ("a", "b"))
    return np.maximum(a, b)


def of_shorter(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the share of the shorter text (of either, where they are about as long) that stands in shared runs."""
    words_a, words_b = (features[:, COLUMN[f"words_{side}"]] for side in ("a", "b"))
    a, b = (features[:, COLUMN[f"verbatim_{side}"]] for side in ("a", "b"))
    shorter = np.where(words_a <= words_b, a, b)
    alike = np.minimum(words_a, words_b) >= 0.8 * np.maximum(words_a, words_b)
    return np.where(alike, np.maximum(a, b), shorter)


def equal(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether two texts have the same words and runs of words, bool of shape (pairs,); empty ones have none."""
    words_a, words_b = (features[:, COLUMN[f"words_{side}"]] for side in ("a", "b"))
    size = np.clip(words_a, 1, GRAMS).astype(int)
    row = np.arange(len(features))
    first = COLUMN["gram1_a"] + 2 * (size - 1)
    return (words_a == words_b) & (features[row, first] >= 1) & (features[row, first + 1] >= 1)
