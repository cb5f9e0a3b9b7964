"""Plagdet: the sums of the paper by hand, a slow count of characters, and the form of the gold."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.evaluate.reuse import Case, Pair, evaluate, plagdet, table

STRETCH = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
CASES = st.lists(st.tuples(STRETCH, STRETCH).map(lambda sides: Case(*sides[0], *sides[1])), max_size=4).map(tuple)


def test_a_detection_that_is_twice_too_long_has_half_the_precision():
    figures = plagdet([Pair((Case(0, 100, 0, 100),), (Case(0, 200, 0, 200),))])
    assert (figures["recall"], figures["precision"], figures["granularity"]) == (1, 0.5, 1)
    assert figures["plagdet"] == pytest.approx(2 / 3)


def test_every_case_counts_alike_whatever_its_length():
    long, short = Case(0, 1000, 0, 1000), Case(2000, 2010, 2000, 2010)
    assert plagdet([Pair((long, short), (short,))])["recall"] == 0.5


def test_a_detection_beside_the_wrong_passage_meets_nothing():
    figures = plagdet([Pair((Case(0, 10, 0, 10),), (Case(0, 10, 50, 60),))])
    assert (figures["recall"], figures["precision"], figures["plagdet"]) == (0, 0, 0)


def test_without_cases_any_detection_is_false():
    assert plagdet([Pair((), ())])["plagdet"] == 1
    assert plagdet([Pair((), (Case(0, 1, 0, 1),))])["plagdet"] == 0


def slow_share(one, others):
    mine = {("a", i) for i in range(one.a_start, one.a_end)} | {("b", i) for i in range(one.b_start, one.b_end)}
    theirs = set()
    for other in others:
        here = {("a", i) for i in range(other.a_start, other.a_end)}
        there = {("b", i) for i in range(other.b_start, other.b_end)}
        if mine & here and mine & there:
            theirs |= here | there
    return len(mine & theirs) / len(mine)


@given(CASES, CASES)
def test_shares_are_those_of_a_slow_count_of_characters(cases, detections):
    figures = plagdet([Pair(cases, detections)])
    for name, ones, others in (("recall", cases, detections), ("precision", detections, cases)):
        expected = [slow_share(one, others) for one in ones]
        if expected:
            assert figures[name] == pytest.approx(sum(expected) / len(expected))


def test_the_gold_is_a_file_of_pairs_beside_one_of_documents(tmp_path):
    passage = (
        "Firefighters carried forty residents out of their flooded houses by boat before dawn on Monday morning, and "
    )
    passage += "nobody was hurt when the river rose by two metres in the old town of Passau."
    source = f"{passage} Then it rained."
    documents = [{"id": "a", "text": f"Something else came first. {passage}"}, {"id": "b", "text": source}]
    pair = {"suspicious": "a", "source": "b", "obfuscation": "none", "passages": [[27, len(passage), 0, len(passage)]]}
    for name, records in (("x_documents.jsonl.gz", documents), ("x_pairs.jsonl.gz", [pair])):
        content = "\n".join(json.dumps(record) for record in records)
        (tmp_path / name).write_bytes(gzip.compress(content.encode()))
    result = evaluate(tmp_path / "x_pairs.jsonl.gz")
    assert result["none"] == result["all"]
    assert result["all"]["plagdet"] == 1
    assert "plagdet" in table(result)
