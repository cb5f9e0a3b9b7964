"""What versions of a story say differently."""

from hypothesis import given
from hypothesis import strategies as st

import dedupe
from dedupe.facts import facts
from dedupe.facts.extract import extract, sentences


def said(fact):
    return {value: [mention.article for mention in mentions] for value, mentions in fact.values}


def test_the_seeds_disagree_on_office_place_and_route(seeds):
    articles = list(dedupe.read([seeds]))
    versions = [
        (a.id[:3], [(i, line) for i, line in enumerate(a.text.split("\n")) if len(line) > 90]) for a in articles
    ]
    contradictions = {(fact.kind, fact.subject): said(fact) for fact in facts(versions) if fact.status == "contradicts"}
    office = contradictions["office", "Donald Trump"]
    assert {"001", "002"} <= set(office["former president"]) and {"000", "003", "004"} <= set(office["president"])
    where = contradictions["setting", "where it was said"]
    assert where["Seoul"] == ["000"] and where["Air Force One"] == ["001", "003"]
    route = contradictions["itinerary", "places of the trip"]
    assert route["Japan, Malaysia, South Korea"] == ["000", "001"] and route["Japan, South Korea, Vietnam"] == ["004"]


def test_numbers_contradict_only_where_the_claim_is_the_same():
    one = [(0, "The fire killed 12 people in the old town. Some 300 people fled.")]
    other = [(3, "The fire killed 14 people in the old town.")]
    (fact,) = [fact for fact in facts([("a", one), ("b", other)]) if fact.status == "contradicts"]
    assert said(fact) == {"12": ["a"], "14": ["b"]} and fact.values[1][1][0].paragraph == 3


def test_a_quote_that_was_cut_is_still_the_same_quote():
    one = [(0, "“We will rebuild the quay by the end of next year,” he said.")]
    other = [(0, "The mayor promised: “We will rebuild the quay by the end of next year, whatever it costs.”")]
    quotes = [fact for fact in facts([("a", one), ("b", other), ("c", [])]) if fact.kind == "quote"]
    assert [(fact.status, list(said(fact).values())) for fact in quotes] == [("some", [["a", "b"]])]


def test_a_fact_of_every_version_is_marked_so():
    text = [(0, "The ship left Hamburg with Maria Lopez on board.")]
    statuses = {fact.kind: fact.status for fact in facts([("a", text), ("b", text)])}
    assert statuses == {"name": "all", "place": "all"}


def test_abbreviations_do_not_end_a_sentence():
    assert sentences("Former U.S. President Ford spoke. He left.") == ["Former U.S. President Ford spoke.", "He left."]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for item in extract(0, text):
        assert item.value
