"""Reports in words of their own that tell of two companies or of two days, and those that tell of one event."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from dedupe import compare
from dedupe.evaluate.corpora import as_run
from dedupe.model.codes import SAME_STORY, UNRELATED
from dedupe.pipeline.decisive import told_apart, without_forms
from dedupe.pipeline.pairs import WordWeights, unmeasured, within
from dedupe.relation import explain, kernel, measure, numbers_of, of_other_figures, of_two_subjects
from dedupe.relation.explain import OTHER_FIGURES, TWO_SUBJECTS
from dedupe.relation.figures import shared_words_plain
from dedupe.relation.occasion import of_one_day, of_one_series, other_day
from dedupe.relation.subject import _named_apart

SALES = (
    (
        "Ford U.S. March sales down 9 percent",
        "Ford Motor Co said on Tuesday that its U.S. sales fell 9 percent in March, hurt by lower demand for trucks. "
        "The automaker sold 263,000 vehicles, and sales to daily rental companies were down 17 percent. Inventories "
        "at the end of the month stood at 587,000.",
    ),
    (
        "Honda U.S. sales up 7.3 percent in March",
        "Honda reported record U.S. sales for March, up 7.3 percent at 143,392 cars and light trucks, on the strength "
        "of the new CR-V. Its Acura division lost 2.4 percent. The company expects to sell 1.5 million vehicles.",
    ),
)
RESULTS = (
    (
        "Aetna profit beats Wall Street view, shares rise",
        "Aetna Inc earned 480.5 million dollars in the quarter, or 93 cents a share, the insurer said on Thursday. Its "
        "revenue rose to 7.74 billion dollars. It expects to earn 4.00 dollars a share this year.",
    ),
    (
        "Hartford posts higher earnings",
        "Hartford Group earned 551.2 million dollars, or 1.71 dollars a share. The insurer said on Thursday that its "
        "revenue rose to 6.51 billion dollars. It expects to earn 9.80 dollars a share this year.",
    ),
)
MARKETS = (
    (
        "Tech resurgence sends Wall Street higher",
        "Stocks rose on Tuesday as investors bought beaten-down technology shares. The Dow Jones industrial average "
        "was up 65.27 points, or 0.50 percent, at 13,232.47. The Standard & Poor's 500 Index was up 9.08 points, or "
        "0.63 percent, at 1,454.98. The Nasdaq Composite Index was up 21.57 points, or 0.84 percent, at 2,596.03. "
        "Volume was 1.59 billion shares, and advancers beat decliners by 21 to 10.",
    ),
    (
        "Dow, S&P dip as credit concerns nag",
        "Fears about bad loans wiped out an early gain on Wednesday. The Dow Jones industrial average was down 25.20 "
        "points, or 0.19 percent, at 13,207.27. The Standard & Poor's 500 Index was down 1.98 points, or 0.14 percent, "
        "at 1,453.00. The Nasdaq Composite Index was up 4.98 points, or 0.19 percent, at 2,601.01. Volume was 1.37 "
        "billion shares, and decliners beat advancers by 17 to 14.",
    ),
)
STORM = (
    (
        "Storm toll climbs along the coast",
        "At least 46 people died and 210 were injured when the storm hit the coast, officials said. It flooded 1,200 "
        "houses and cut power to 15,000 homes. Some 340 soldiers with 28 boats rescued 95 people from 12 villages, and "
        "850 slept in 4 schools.",
    ),
    (
        "Toll of storm rises, army sent in",
        "Officials now say at least 131 people died and 630 were injured in the storm. It flooded 3,900 houses and cut "
        "power to 52,000 homes. Some 1,150 soldiers with 77 boats rescued 480 people from 33 villages, and 2,600 slept "
        "in 19 schools.",
    ),
)


def pages(texts, days=("2026-03-03", "2026-03-03")):
    return [
        {"id": str(i), "title": title, "text": text, "published": day}
        for i, ((title, text), day) in enumerate(zip(texts, days, strict=True))
    ]


def said(tell, texts, *days):
    """Return what is said of two articles, whichever comes first."""
    corpus, _ = as_run(pages(texts, *days))
    sides = np.array([[0, 1], [1, 0]], dtype=np.int32)
    one, other = tell(corpus, lambda: numbers_of(corpus.tokens), *sides).tolist()
    assert one is other
    return one


def of_two(texts, alike=0.9):
    """Return whether two articles that are so like tell of two subjects."""
    return said(lambda *given: of_two_subjects(*given, np.full(2, alike, dtype=np.float32)), texts)


def test_what_two_companies_report_under_like_titles_is_of_two():
    assert of_two(SALES)
    (title, text), honda = SALES
    assert not of_two(((title, text + " Honda gained."), honda))  # a report of both
    assert not of_two((("Trucks lose, cars gain in March", text), honda))
    of_eu = [tuple(part.replace("U.S.", "EU") for part in report) for report in SALES]
    assert of_two(of_eu)  # where it was is no name of the two


def test_two_companies_with_other_figures_of_the_same_things_are_of_two_under_any_titles():
    assert of_two(RESULTS)
    aetna, (title, text) = RESULTS
    assert not of_two((aetna, (title, f"Aetna's rival {text}")))  # each is told of beside the other
    assert not of_two((aetna, ("Insurer posts higher earnings", text)))
    same = aetna[1].replace("Aetna", "Hartford")
    assert not of_two((aetna, (title, same)))


def test_a_name_whose_beginning_stands_in_the_other_opening_is_in_both():
    group, bank = ("citigroup profit rises", "Citigroup earned"), "ulm bank loss widens"
    assert _named_apart(group, (bank, "Ulm Bank, a rival of Chase, lost"))
    assert not _named_apart(group, (bank, "Ulm Bank, a rival of Citi, lost"))


def test_figures_of_other_things_tell_two_apart_only_where_little_else_is_alike():
    other = ("Hartford posts higher earnings", "The insurer Hartford earned 551 dollars, it said, out of 2,044 or so.")
    assert not of_two((RESULTS[0], other))
    assert of_two((RESULTS[0], other), alike=0.4)


def test_two_members_of_a_story_that_are_of_two_are_told_as_no_pair():
    corpus, _ = as_run(pages(RESULTS))
    a, b, numbers = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32), partial(numbers_of, corpus.tokens)
    alike = np.array([0.4], dtype=np.float32)
    pairs = replace(unmeasured(a, b), story_similarity=alike)
    one_story = np.zeros(2, dtype=np.int32)
    assert within(pairs, one_story).relation.tolist() == [SAME_STORY]
    apart = told_apart(corpus, pairs, np.array([True]), numbers)
    assert apart.story_similarity.tolist() == [0.0]
    assert not len(within(apart, one_story).a)
    assert told_apart(corpus, pairs, np.array([False]), numbers).story_similarity.tolist() == alike.tolist()


@pytest.mark.parametrize(
    ("texts", "days", "why"), [(SALES, ("", ""), TWO_SUBJECTS), (MARKETS, ("2007-12-18", "2007-12-19"), OTHER_FIGURES)]
)
def test_the_evidence_says_why_two_are_told_apart(texts, days, why):
    own = (
        " Traders praised chipmakers, software houses and a steel merger while rain kept many of them at home all day.",
        " Lenders suffered most, then builders; bonds gained, gold slipped and the euro hardly moved before Christmas.",
    )
    corpus, _ = as_run(pages([(title, text + own[i] * 2) for i, (title, text) in enumerate(texts)], days))
    a, b, none = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32), np.zeros(1, dtype=np.float32)
    unrelated = np.array([UNRELATED], dtype=np.uint8)

    def evidence(alike):
        features = measure(corpus, a, b, np.ones(len(corpus.tokens.hash), np.float32))
        return explain(corpus, a, b, features, unrelated, alike, np.zeros(1, dtype=np.bool_))[0]

    assert evidence(none)[0] == why
    assert why not in evidence(none + 0.3)


@pytest.mark.parametrize(("texts", "days"), [(SALES, ("", "")), (MARKETS, ("2007-12-18", "2007-12-19"))])
def test_what_is_of_two_is_in_no_story_however_alike(texts, days):
    corpus, _ = as_run(pages(texts, days))
    sides, alike = (np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)), np.array([0.9], dtype=np.float32)
    none = np.zeros(len(corpus.tokens.hash), dtype=np.float32)
    asked = lambda: WordWeights(none, corpus.tokens.hash), partial(numbers_of, corpus.tokens)
    assert without_forms(corpus, *sides, alike, *asked).tolist() == [0.0]
    renamed, _ = as_run(pages([("", text) for _, text in texts]))
    assert without_forms(renamed, *sides, alike, *asked).tolist() == alike.tolist()


@pytest.mark.parametrize(
    "titles",
    [
        ("Brown says Wolfowitz must decide", "Benn says Wolfowitz must explain"),  # a name in both
        ("Mayor condemns attack", "Minister condemns attack"),  # no names
        ("市長が声明を発表", "知事が声明を発表"),  # a script without small letters
    ],
)
def test_like_titles_about_one_matter_are_not_of_two(titles):
    texts = [
        f"{titles[0]}, in 3 speeches on Monday. Brown and Wolfowitz met for 40 minutes, and the mayor for 12.",
        f"{titles[1]}, after 6 weeks. Benn and Wolfowitz had spoken for 25 minutes, said the minister, who is 61.",
    ]
    assert not of_two(list(zip(titles, texts, strict=True)))


def test_titles_of_two_who_say_the_same_numbers_or_none_are_of_one_matter():
    text = "{} said the attack, in which 14 people died and 31 were hurt, was a crime against all."
    for of in (text, "{} called the attack a crime against all of us."):
        reports = [(f"{name} condemns attack", of.format(name)) for name in ("Obama", "Cameron")]
        assert not of_two(reports)


def test_the_figures_of_two_days_are_of_two_and_those_of_one_day_or_without_dates_are_not():
    assert said(of_other_figures, MARKETS, ("2007-12-18", "2007-12-19"))
    assert not said(of_other_figures, MARKETS, ("2007-12-18", "2007-12-18"))
    assert not said(of_other_figures, MARKETS, ("2007-12-18", ""))
    again = (MARKETS[0], ("Stocks rise", "Wall Street rose. " + MARKETS[0][1]))
    assert not said(of_other_figures, again, ("2007-12-18", "2007-12-19"))


def test_a_toll_that_rose_by_the_next_day_is_of_one_event():
    assert not said(of_other_figures, STORM, ("2026-03-03", "2026-03-04"))
    assert said(of_other_figures, STORM, ("2026-03-04", "2026-03-03"))  # no toll falls


def test_numbers_at_the_edge_of_a_text_stand_beside_none_of_another():
    alone, _ = as_run([{"id": "0", "text": "7 up and down 12"}])
    among, _ = as_run([{"id": str(i), "text": text} for i, text in enumerate(("7 up and down 12", "12 of 3"))])
    one, all_of = numbers_of(alone.tokens), numbers_of(among.tokens)
    assert all_of.first.tolist() == [0, 2, 4]
    assert all_of.place[:2].tolist() == one.place.tolist()
    assert numbers_of(as_run([{"id": "0", "text": "none at all"}])[0].tokens).first.tolist() == [0, 0]


def test_shared_words_are_those_of_both_sets():
    chance = np.random.default_rng(7)
    texts = [chance.integers(0, 30, size) for size in (0, 1, 5, 40, 40, 90)]
    first = np.cumsum([0, *map(len, texts)])
    a, b = (side.astype(np.int32) for side in np.triu_indices(len(texts), 1))
    sets = [set(text.tolist()) for text in texts]
    for version in (shared_words_plain, kernel.shared_words):
        found = version(first, np.concatenate(texts).astype(np.uint32), a, b)
        for one, other, *counts in zip(a, b, *found, strict=True):
            assert counts == [len(sets[one] & sets[other]), len(sets[one]), len(sets[other])]


def test_what_looks_like_a_rewrite_days_later_has_to_be_surer():
    one = (
        "Apple to sell EMI music without locks",
        "EMI Group said on Monday it will sell its music through Apple's iTunes store without the software that limits "
        "copying. Songs will cost $1.29 each, 30 cents more than before, and have a better sound, EMI said.",
    )
    other = (
        "EMI unlocks its music",
        "Songs of EMI Group are to be had without the software that limits copying, the company said on Monday. "
        "Apple's iTunes store will sell them for $1.29, which is 30 cents more. Shares of EMI closed at 232 pence. "
        "Its rivals said they had no such plans, and analysts doubted that fans would pay for it.",
    )
    near, far = (compare(*pages((one, other), ("2007-04-02", day))) for day in ("2007-04-03", "2007-04-06"))
    assert near.relation == "rewrite" and far.relation == "same_story"
    assert near.confidence > 0.5 and far.confidence > 0.5


def test_of_a_title_as_long_as_a_text_the_opening_is_read():
    york, ulm = ("yorkbank loss widens", "Yorkbank lost"), ("ulm ag profit rises", "Ulm AG's profit")
    assert _named_apart(ulm, york) and not _named_apart(("profit rises " * 30 + ulm[0], ulm[1]), york)


def test_a_day_that_both_name_is_one_within_six_days_and_what_a_title_names_goes_first():
    texts = (("", "The vote is on Tuesday."), ("", "They vote on Tuesday."), ("Vote on Friday", "On Tuesday they met."))
    two = np.array([0, 0]), np.array([1, 2])
    corpus, _ = as_run(pages(texts, ("2026-03-03", "2026-03-09", "2026-03-03")))
    assert of_one_day(corpus, *two).tolist() == [True, False]
    corpus, _ = as_run(pages(texts, ("2026-03-03", "2026-03-10", "")))
    assert not of_one_day(corpus, *two).any()
    corpus, _ = as_run(pages(texts, ("", "", "")))
    assert other_day(corpus, *two).tolist() == [False, True]


def test_titles_of_nothing_but_a_day_are_of_no_series():
    texts = (
        ("12 March", "Rain."),
        ("13 March", "Sun."),
        ("Stars for 12 March", "Rain."),
        ("Stars for 13 March", "Sun."),
    )
    corpus, _ = as_run(pages(texts, ("",) * 4))
    assert of_one_series(corpus, np.array([0, 2]), np.array([1, 3])).tolist() == [False, True]
