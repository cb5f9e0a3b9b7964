"""Who took from whom: right where pages tell, open where they do not, and never in a circle."""

import random

import pytest

import dedupe
from dedupe.evaluate.provenance import evaluate
from dedupe.pipeline.origins import outlet_key

STORY = """The harbour authority said on Tuesday that the new container terminal would open in spring, two years late.

Engineers drove another four hundred piles to carry the cranes, which adds about sixty million euros to the bill.

Opposition councillors want an inquiry into why the first survey missed a buried river channel on old maps."""


def report(*articles):
    return dedupe.analyze([{"text": STORY, **article} for article in articles])


def derivations(found):
    return [(item.source, item.copy) for item in found.derivations]


def test_the_earlier_of_two_copies_is_the_source():
    found = report({"id": "a", "published": "2025-03-02"}, {"id": "b", "published": "2025-03-01"})
    assert derivations(found) == [("b", "a")]
    assert found.article("a").verdict.kind == "syndicated" and found.article("b").verdict.kind == "original"
    assert found.stories[0].canonical == "b"


def test_without_a_date_or_a_credit_the_verdict_is_unclear():
    found = report({"id": "a"}, {"id": "b"})
    assert derivations(found) == []
    assert {article.verdict.kind for article in found.articles} == {"unclear"}


def test_a_text_in_two_pages_is_original_in_one_of_them():
    shares = [article.verdict.shares.original for article in report({"id": "a"}, {"id": "b"}).articles]
    assert sorted(share > 0.5 for share in shares) == [False, True]


def test_a_credit_outweighs_a_later_date_and_the_contradiction_is_told():
    found = report(
        {"id": "a", "source": "Morning Courier", "published": "2025-03-05"},
        {"id": "b", "text": f"{STORY}\n\nThis article was originally published by the Morning Courier.",
         "source": "Gazette", "published": "2025-03-01"},
    )  # fmt: skip
    (derivation,) = found.derivations
    assert (derivation.source, derivation.copy) == ("a", "b")
    assert any(said.startswith("but ") for said in derivation.evidence)
    plain = report({"id": "a", "published": "2025-03-01"}, {"id": "b", "published": "2025-03-05"}).derivations[0]
    assert derivation.confidence < 0.95 and plain.confidence < 0.95


def test_a_source_outside_the_corpus_is_named():
    found = report({"id": "a", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}"})
    (derivation,) = found.derivations
    assert derivation.source == "" and outlet_key(derivation.source_name) == outlet_key("Associated Press")
    assert found.article("a").verdict.kind == "syndicated" and found.article("a").verdict.shares.original < 0.1


def test_two_papers_that_name_one_agency_do_not_take_from_each_other():
    wire = f"HAMBURG (AP) — {STORY}"
    found = report(
        {"id": "a", "source": "Gazette", "text": wire, "published": "2025-03-01T08:00:00"},
        {"id": "b", "source": "Courier", "text": wire, "published": "2025-03-01T09:00:00"},
    )
    assert [(item.source, item.copy) for item in found.derivations] == [("", "a"), ("", "b")]


def test_an_update_of_its_own_outlet_is_no_syndication():
    found = report(
        {"id": "a", "source": "Gazette", "published": "2025-03-01"},
        {"id": "b", "source": "Gazette", "published": "2025-03-02"},
    )
    assert found.article("b").verdict.kind == "original" and "own outlet" in found.article("b").verdict.reasons[0]


def test_an_automatic_aggregator_is_aggregated():
    notice = "Disclaimer: example.biz is an automatic aggregator of the global media. All materials to their authors."
    found = report({"id": "a", "text": f"{STORY}\n\n{notice}"})
    assert found.article("a").verdict.kind == "aggregated"


def test_derivations_never_go_in_a_circle():
    chance = random.Random(3)
    articles = [
        {"id": f"{i:02}", "published": f"2025-03-{chance.randint(1, 9):02}", "source": f"Outlet {i % 4}",
         "text": f"{STORY}\n\nThis story first appeared in Outlet {chance.randint(0, 3)}."}
        for i in range(12)
    ]  # fmt: skip
    source = {copy: source for source, copy in derivations(report(*articles)) if source}
    for copy in source:
        seen = {copy}
        while copy in source:
            copy = source[copy]
            assert copy not in seen
            seen.add(copy)


def test_outlets_have_one_key_however_they_are_written():
    assert outlet_key("www.foxnews.com") == outlet_key("Fox News") and outlet_key("新华社") == outlet_key("Xinhua")


def test_direction_on_copies_made_by_script(shared_data):
    result = evaluate(shared_data / "near_duplicates" / "reuters_first_half.jsonl.gz")
    assert result["with evidence"]["right"] >= 0.95 and result["stripped"]["right"] >= 0.95  # 0.970 and 1.000


@pytest.mark.parametrize("text", ["", "One.", "“Only a quote.”"])
def test_thin_pages_get_an_unclear_verdict_with_a_reason(text):
    verdict = report({"id": "a", "text": text}).article("a").verdict
    assert verdict.kind == "unclear" and verdict.reasons


def test_an_outlet_that_drops_the_agency_credit_does_not_become_the_source():
    found = report(
        {"id": "bare", "source": "Tribune", "published": "2025-03-01"},
        {"id": "credited", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}", "published": "2025-03-02"},
    )
    assert [(item.source, item.copy) for item in found.derivations] == [("", "bare"), ("", "credited")]
    assert {article.verdict.kind for article in found.articles} == {"syndicated"}


def test_common_words_are_not_taken_for_the_name_of_an_outlet():
    found = report(
        {"id": "a", "source": "Time", "text": f"{STORY}\n\nBy the time tugs arrived the quay was dark."},
        {"id": "b", "source": "Metro", "text": f"{STORY}\n\nBy the time tugs arrived the metro had closed."},
    )
    assert found.derivations == ()


def test_a_page_that_holds_two_stories_does_not_chain_their_copies():
    flood = " ".join(
        f"The river rose to mark {i} in the lower town before the pumps of ward {i * 7} failed." for i in range(9)
    )
    museum = " ".join(f"Curator {i} hung canvas {i * 3} in the restored east wing of the gallery." for i in range(9))
    found = dedupe.analyze(
        [
            {"id": "digest", "text": f"{flood}\n\n{museum}"},
            {"id": "flood", "text": flood},
            {"id": "museum", "text": museum},
        ]
    )
    groups = [group for story in found.stories for group in story.copy_groups]
    assert not any({"flood", "museum"} <= set(group) for group in groups)
