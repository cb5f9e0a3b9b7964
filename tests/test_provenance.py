"""Who took from whom: right where pages tell, open where they do not, and never in a circle."""

import gzip
import json
import random
import sys
from dataclasses import replace
from itertools import islice
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe
from dedupe.evaluate import provenance
from dedupe.evaluate.corpora import of_texts
from dedupe.model import Attribution, Reuse, Shares, Taken
from dedupe.model.codes import EXCERPT, NEAR_DUPLICATE, REWRITE, SAME_STORY
from dedupe.pipeline.origins import outlet_key
from dedupe.provenance import Close, Inside, Origin, Traces, derive, first_to_last, judge, reused_words, shares
from dedupe.provenance.acyclic import components
from dedupe.provenance.credits import in_words
from dedupe.provenance.naming import naming
from dedupe.provenance.phrases import helped, published
from dedupe.provenance.revised import Revised, to_read
from dedupe.provenance.signs import dates, signs

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


def test_of_copies_that_hold_as_much_of_another_the_first_is_its_source():
    days = {"a": "2025-03-02", "b": "2025-03-03", "z": "2025-03-01"}  # not the one whose id comes first
    found = report(*({"id": id, "source": f"Outlet {id}", "published": day} for id, day in days.items()))
    assert derivations(found) == [("z", "a"), ("z", "b")]


def test_a_page_whose_parts_name_their_sources_is_aggregated_and_not_the_one_to_read():
    parts = zip(STORY.split("\n\n"), ("Source: Reuters", "Source: AFP", "Source: The Verge"), strict=True)
    digest = "\n\n".join(
        ["\n\n".join(part) for part in parts] + ["Ships will call there from the first week of May on."]
    )
    told = STORY.replace("The harbour authority said", "Officials at the port announced")
    found = report({"id": "a", "text": digest, "published": "2025-03-01"}, {"id": "b", "text": told})
    assert found.article("a").verdict.kind == "aggregated"
    assert "Reuters, AFP, Verge" in found.article("a").verdict.reasons[0]
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


@pytest.mark.parametrize(
    "line",
    ["By Imani Cole, Harbor Ledger", "Imani Cole of the Harbor Ledger", "By IMANI COLE\n\nHARBOR LEDGER STAFF WRITER",
     "Imani Cole | Staff Writer, Harbor Ledger (TNS)", "Imani Cole, Special to The Harbor Ledger"],
)  # fmt: skip
def test_a_byline_that_names_the_outlet_is_a_credit(line):
    ours = {"id": "ours", "source": "Harbor Ledger", "author": "Imani Cole", "published": "2025-03-02"}
    found = report(
        ours, {"id": "theirs", "source": "Bay Post", "published": "2025-03-01", "text": f"{line}\n\n{STORY}"}
    )
    assert derivations(found) == [("ours", "theirs")]
    assert found.derivations[0].credit == f"theirs is signed with Harbor Ledger: “{' '.join(line.split())}”"


@pytest.mark.parametrize(
    "line",
    ["Imani Cole, a former Harbor Ledger reporter, lives in Bath.", "Imani Cole, Bay Post, Metro Reporter",
     "Imani Cole wrote for many papers before she came to us, among them the Harbor Ledger"],
)  # fmt: skip
def test_a_line_about_an_author_is_no_byline_of_another_outlet(line):
    name = "Metro" if "Metro" in line else "Harbor Ledger"
    ours = {"id": "ours", "source": name, "author": "Imani Cole", "published": "2025-03-02"}
    found = report(
        ours, {"id": "theirs", "source": "Bay Post", "published": "2025-03-01", "text": f"{STORY}\n\n{line}"}
    )
    assert not any("signed" in words for item in found.derivations for words in item.evidence)


@pytest.mark.parametrize(
    ("source", "copy", "line"),
    [("The Times", "Bay Post", "Imani Cole, New York Times"),
     ("The Times", "New York Times", "IMANI COLE, NEW YORK TIMES"),
     ("Harbor Ledger", "Harbor Ledger Weekly", "By Imani Cole, Harbor Ledger Weekly")],
)  # fmt: skip
def test_a_byline_of_an_outlet_whose_longer_name_has_the_source_s_is_no_credit(source, copy, line):
    ours = {"id": "ours", "source": source, "author": "Imani Cole", "published": "2025-03-02"}
    found = report(ours, {"id": "theirs", "source": copy, "published": "2025-03-01", "text": f"{line}\n\n{STORY}"})
    assert not any("signed" in words for item in found.derivations for words in item.evidence)


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


def test_direction_on_copies_made_by_script(shared_data, monkeypatch):
    monkeypatch.setattr(provenance, "PAIRS", 200)  # half of what `dedupe evaluate provenance` takes
    result = provenance.evaluate(shared_data / "near_duplicates" / "reuters_first_half.jsonl.gz")
    assert result["with evidence"]["right"] >= 0.95 and result["stripped"]["right"] >= 0.95  # 0.967 and 1.000


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


def test_a_canonical_link_to_another_outlets_site_tells_where_addresses_are_unknown():
    head = '<link rel="canonical" href="https://apnews.com/terminal"><meta property="og:site_name" content="{}">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    found = dedupe.analyze(
        {"id": id, "html": f"<html><head>{head.format(name)}</head><body><article>{body}</article></body></html>"}
        for id, name in (("a", "Portal"), ("b", "AP News"))
    )
    (derivation,) = found.derivations
    assert (derivation.source, derivation.copy) == ("b", "a")
    assert derivation.evidence == ("the canonical link of a leads to apnews.com",)


def test_a_credit_that_only_a_copy_gives_is_told_of_that_copy():
    found = report(
        {"id": "wire", "source": "AP News", "published": "2025-03-01"},
        {"id": "bare", "source": "Tribune", "published": "2025-03-02"},
        {"id": "credited", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}", "published": "2025-03-03"},
    )
    assert derivations(found) == [("wire", "bare"), ("wire", "credited")]
    said = " ".join(found.article("bare").verdict.reasons)
    assert "credited, which has the text of bare, names Associated Press" in said
    assert "bare names" not in said
    credits = {item.copy: item.credit for item in found.derivations}
    assert credits["bare"] == "" and credits["credited"].startswith("credited names Associated Press: “HAMBURG (AP) —")


def test_what_an_agencys_own_page_has_is_reused_from_that_page():
    found = report(
        {"id": "wire", "source": "AP News", "published": "2025-03-01"},
        {"id": "copy", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}", "published": "2025-03-03"},
    )
    first, *_ = found.article("copy").verdict.shares.by_source
    assert (first.source, found.article("copy").verdict.shares.original) == ("wire", 0.0) and first.share > 0.9


def test_a_page_that_is_mostly_its_own_is_not_syndicated_for_holding_a_short_wire_text():
    own = "\n\n".join(
        f"On quay {i} the crane drivers of shift {i * 3} told this paper how they had waited for gang {i * 7}."
        for i in range(8)
    )
    found = report(
        {"id": "wire", "source": "AP News", "published": "2025-03-01"},
        {"id": "local", "source": "Gazette", "published": "2025-03-02",
         "text": f"{own}\n\n{STORY}\n\nThe Associated Press contributed to this report."},
    )  # fmt: skip
    verdict = found.article("local").verdict
    assert derivations(found) == [("wire", "local")] and verdict.kind == "original" and verdict.shares.reused > 0.2


def test_the_quotations_of_a_text_that_is_all_from_elsewhere_are_no_reporting_of_its_page():
    quoted = f"HAMBURG (AP) — {STORY}\n\n“Nobody asked us for the old maps before the piles were ordered,” she said."
    found = report({"id": "a", "source": "Gazette", "text": quoted}, {"id": "b", "source": "Tribune"})
    verdict = found.article("a").verdict
    assert verdict.kind == "syndicated" and not any("quotation" in reason for reason in verdict.reasons)


def test_an_unclear_verdict_is_about_a_page_of_which_nothing_tells_whether_it_came_first():
    added = "\n\n".join(f"Crane {i} of the old harbour stood {i * 7} metres from its track." for i in range(3))
    found = report(
        {"id": "first", "published": "2025-03-01"},
        {"id": "other", "text": f"{STORY[:200]}\n\n{added}", "published": "2025-03-01"},
        {"id": "later", "text": f"{STORY}\n\nThe port opens in May.", "published": "2025-03-03"},
    )
    assert derivations(found) == [("first", "later")]  # "other" came before it too, and was passed over
    verdict = found.article("other").verdict
    assert verdict.kind == "unclear" and "in common with first, and dates and credits do not tell" in verdict.reasons[0]


def test_of_two_earlier_pages_a_copy_was_taken_from_the_one_that_holds_more_of_it():
    added = "\n\n".join(f"Crane {i} of the old harbour stood {i * 7} metres from its track by noon." for i in range(12))
    found = report(
        {"id": "flash", "published": "2025-03-01"},
        {"id": "feature", "text": f"{STORY[:200]}\n\n{added}", "published": "2025-03-01"},
        {"id": "later", "text": f"{STORY}\n\nCrane 0 stood by noon.", "published": "2025-03-03"},
    )
    assert derivations(found) == [("flash", "later")]  # though the other is the longer one


def test_an_unclear_verdict_names_the_page_it_is_about():
    (reason,) = report({"id": "a"}, {"id": "b"}).article("a").verdict.reasons
    assert reason == "it is identical to b, and dates and credits do not tell which came first"


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


def evidence(found):
    return {(item.source, item.copy): " | ".join(item.evidence) for item in found.derivations}


def test_of_two_versions_the_one_whose_slip_the_copy_has_is_its_source():
    slip = STORY.replace("survey missed a buried", "survey missed a burried") + " The river was burried under old maps."
    right = STORY + " The river was buried under old maps."
    for first, second in (("a", "b"), ("b", "a")):
        found = dedupe.analyze(
            [
                {"id": first, "text": slip + " It was buried long ago.", "published": "2025-03-01"},
                {"id": second, "text": right + " It was buried long ago.", "published": "2025-03-01"},
                {"id": "copy", "text": slip + " It was buried.", "published": "2025-03-04"},
            ]
        )
        (said,) = [item for item in found.derivations if item.copy == "copy"]
        assert said.source == first and "both write “burried” for “buried”" in said.evidence


def test_no_slip_is_lost_by_making_only_the_words_that_look_like_a_rare_one(shared_data, monkeypatch):
    module, found = sys.modules["dedupe.provenance.misspelt"], []

    def both(*columns):
        found.append(module.misspelt(*columns))
        with monkeypatch.context() as patch:
            patch.setattr(module, "_suspected", lambda corpus, close, story, rare: np.unique(rare >> 32).tolist())
            assert module.misspelt(*columns) == found[-1]
        return found[-1]

    monkeypatch.setattr(sys.modules["dedupe.pipeline.traces"], "misspelt", both)
    chance, pages = random.Random(7), []
    for i, text in enumerate(texts_of(shared_data / "near_duplicates" / "reuters_first_half.jsonl.gz", 200)):
        word = chance.choice([word for word in text.split() if len(word) > 7 and word.isalpha() and word.islower()])
        slip = text.replace(word, word[:3] + word[4] + word[3] + word[5:], 1)
        pages += [{"id": f"{i}-{copy}", "text": slip, "source": copy} for copy in "abc"]
    report(*pages)
    assert sum(len(slips) > 0 for slips in found[0].values()) > 60


def texts_of(path, count):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        return list(islice((text for text in texts if len(text) > 1500), count))


def test_a_slip_makes_surer_that_two_texts_belong_together_but_says_no_direction():
    slip = STORY.replace("authority", "autority") + " The authority did not reply."
    assert derivations(report({"id": "a", "text": slip}, {"id": "b", "text": slip})) == []


def test_a_byline_that_is_not_the_pages_own_was_carried_over():
    found = report(
        {"id": "a", "source": "Gazette", "author": "Nina Keller"},
        {"id": "b", "source": "Tribune", "author": "Tribune Online", "text": f"By Nina Keller\n\n{STORY}"},
    )
    assert derivations(found) == [("a", "b")] and "byline of Nina Keller" in evidence(found)["a", "b"]


def test_the_byline_of_an_agencys_reporter_says_nothing_of_the_outlets_that_print_it():
    signed = f"{STORY}\n\n(Reporting by Nina Keller; Editing by Omar Haddad)"
    found = report(
        {"id": "a", "source": "Gazette", "text": f"PORT (Reuters) - {signed}"},
        {"id": "b", "source": "Tribune", "text": f"By Reuters Staff\n\n{signed}"},
        {"id": "c", "source": "Herald", "author": "Olga Brandt", "text": f"PORT (Reuters) - {signed}"},
    )
    assert found.article("a").author == "Nina Keller"
    assert "byline" not in " ".join(evidence(found).values())


def test_an_author_writes_for_the_outlet_of_her_other_pages():
    others = [
        {"id": f"o{i}", "source": "Gazette", "author": "Nina Keller", "text": f"Case {i}: the {word} council met."}
        for i, word in enumerate(["parish", "school", "county", "youth"])
    ]
    both = [
        {"id": id, "source": source, "author": "Nina Keller"} for id, source in (("x", "Tribune"), ("y", "Gazette"))
    ]
    assert derivations(report(*both, *others)) == [("y", "x")]
    assert derivations(report(*both)) == []


def outlet_pages(name, line):
    words = ["rail", "bread", "opera", "hockey", "winter", "bank"]
    return [
        {"id": f"{name}{i}", "source": name,
         "text": f"The {word} committee {i} of {word} town met to vote on {word} plan {i * 31}.\n\n{line}"}
        for i, word in enumerate(words)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Get the harbour letter of our newsroom every Friday in your inbox.",
        "The Gazette, 149 Penn Avenue, Scranton, PA 18503.",  # PA is an agency's sign, too
        "The Gazette, founded on 4 July 1850, serves the whole valley.",
    ],
)
def test_a_line_that_an_outlet_shows_beside_other_stories_betrays_its_copy(line):
    found = report(
        *outlet_pages("Gazette", line), *outlet_pages("Tribune", "Tribune pages are free of charge for all readers."),
        {"id": "a", "source": "Gazette", "text": f"{STORY}\n\n{line}"},
        {"id": "b", "source": "Tribune", "text": f"{STORY} {line}"},
    )  # fmt: skip
    assert ("a", "b") in derivations(found) and "beside other stories" in evidence(found)["a", "b"]


def test_a_line_that_many_outlets_show_betrays_nobody():
    line = "Sign up for our daily newsletter and get the top stories in your inbox."
    found = report(
        *outlet_pages("Gazette", line), *outlet_pages("Tribune", "Tribune pages are free of charge for all readers."),
        {"id": "h", "source": "Herald", "text": f"Doctors found a cure for hay fever in pollen of birches.\n\n{line}"},
        {"id": "a", "source": "Gazette", "text": f"{STORY}\n\n{line}"},
        {"id": "b", "source": "Tribune", "text": f"{STORY} {line}"},
    )  # fmt: skip
    assert "beside other stories" not in " ".join(evidence(found).values())


@pytest.mark.parametrize("credit", ["Copyright 2026 The Associated Press", "Tuesday, March 17, 2026"])
def test_a_line_that_names_an_agency_or_a_day_betrays_nobody(credit):
    found = report(
        *outlet_pages("Gazette", credit), *outlet_pages("Tribune", "Tribune pages are free of charge for all readers."),
        {"id": "a", "source": "Gazette", "text": f"{STORY}\n\n{credit}"},
        {"id": "b", "source": "Tribune", "text": f"{STORY}\n\n{credit}"},
    )  # fmt: skip
    assert "beside other stories" not in " ".join(evidence(found).values())


def test_furniture_in_the_midst_of_a_text_was_a_line_of_its_own_where_it_comes_from():
    first, second, third = STORY.split("\n\n")
    found = report(
        {"id": "b", "text": f"{first}\n\nStory continues below\n\n{second}\n\n{third}"},
        {"id": "a", "text": f"{first} Story continues below {second}\n\n{third}"},
    )
    assert derivations(found) == [("b", "a")] and "“story continues below”" in evidence(found)["b", "a"]


def test_what_was_fetched_before_the_other_was_published_is_no_copy_of_it():
    found = report({"id": "a", "crawled": "2025-03-02T07:00:00Z"}, {"id": "b", "published": "2025-03-04"})
    assert derivations(found) == [("a", "b")] and "had been fetched" in evidence(found)["a", "b"]
    later = report({"id": "a", "crawled": "2025-03-09"}, {"id": "b", "published": "2025-03-04"})
    assert derivations(later) == []  # it may have stood there for long
    assert derivations(report({"id": "a", "crawled": "2025-03-01"}, {"id": "b", "crawled": "2025-03-09"})) == []


def test_a_date_of_publication_after_the_page_was_seen_is_not_believed():
    found = report(
        {"id": "a", "published": "2025-03-09", "crawled": "2025-03-03"}, {"id": "b", "published": "2025-03-05"}
    )
    assert derivations(found) == [("a", "b")]


def test_evidence_against_lowers_confidence_and_is_listed():
    pages = (
        {"id": "a", "source": "Gazette", "author": "Nina Keller"},
        {"id": "b", "source": "Tribune", "author": "Tribune Online", "text": f"By Nina Keller\n\n{STORY}"},
    )
    (plain,) = report(*pages).derivations
    later, earlier = {"published": "2025-03-02T08:00:00"}, {"published": "2025-03-02T07:55:00"}
    (doubted,) = report(pages[0] | later, pages[1] | earlier).derivations
    assert doubted.confidence < plain.confidence
    assert any(said.startswith("but b was published earlier") for said in doubted.evidence)


@pytest.mark.parametrize(
    ("evidence", "is_helper"),
    [
        ("Mit Material von dpa", True), ("Avec l'AFP", True), ("Con información de EFE", True), ("Fuente: EFE", True),
        ("При участии ТАСС", True), ("ساهم في التقرير رويترز", True), ("来源：新华社", False),
        ("来自新华社的报道", False), ("Zuerst erschienen bei der Zeit", False),
        ("Originally published by Reuters", False),
    ],
)  # fmt: skip
def test_a_source_that_only_helped_is_told_in_several_languages(evidence, is_helper):
    assert helped(evidence) == is_helper


@pytest.mark.parametrize(
    "evidence",
    ["Zuerst erschienen bei der Zeit", "Publié initialement par Le Monde", "Publicado originalmente en El País",
     "Впервые опубликовано в Ведомостях", "نُشر في الجزيرة", "本文转载自新华网", "Pubblicato su Repubblica"],
)  # fmt: skip
def test_that_a_text_was_published_elsewhere_is_told_in_several_languages(evidence):
    assert published(evidence) and not published("Additional reporting by AFP")


def origin(id, **known):
    blank = dict.fromkeys(
        ("outlet", "name", "host", "url", "canonical", "canonical_host", "canonical_outlet", "published", "crawled"), ""
    )
    rest = {"home": "", "text": "", "syndication": (), "authors": (), "named": (), "timed": False, "traces": Traces()}
    return Origin(id=id, **(blank | rest | {"day": float("nan"), "fetched": float("nan")} | known))


def close(a, b):
    share = np.full(len(a), 0.9, dtype=np.float32)
    rows, codes = np.array([a, b], dtype=np.int32), np.zeros(len(a), dtype=np.uint8)
    return Close(*rows, codes, share, share, share)


def test_what_came_before_a_copy_that_is_of_another_version_is_original():
    pages = [origin(id, day=day) for id, day in (("first", 1.0), ("later", 3.0), ("other", 2.0))]
    pairs = replace(close([0, 1], [1, 2]), relation=np.array([NEAR_DUPLICATE, REWRITE], dtype=np.uint8))
    derived = derive(pages, pairs)
    assert [(d.source, d.copy) for d in derived.found] == [("first", "later")]
    assert [(d.source, d.copy) for d in derived.passed_over] == [("other", "later")]
    share, reporting = [Shares(1.0, 0.0, 0.0, 0.0, 0.0)] * 3, np.full(3, 99)
    verdict = judge(pages, share, reporting, derived, pairs, np.zeros(3, dtype=np.int64))[2]
    assert verdict.kind == "original" and verdict.reasons[0].startswith("it came before later")


def test_of_an_agency_s_report_and_a_paper_s_of_one_day_the_agency_s_is_the_source():
    agency, paper = origin("dpa", outlet="dpa", name="dpa", agency=True), origin("bild", outlet="bild", name="Bild")
    assert [(d.source, d.copy) for d in derive([paper, agency], close([0], [1])).found] == [("dpa", "bild")]
    other = origin("afp", outlet="afp", name="AFP", agency=True)
    assert not derive([agency, other], close([0], [1])).found
    early, late = paper._replace(day=1.0), agency._replace(day=2.0)
    assert not derive([early, late], close([0], [1])).found  # it may have taken up the paper's


def test_of_a_page_put_together_from_more_than_eight_the_first_eight_are_told():
    pages = [*(origin(f"{i}", outlet=f"{i}", day=float(i)) for i in range(9)), origin("all", outlet="all", day=9.0)]
    found = derive(pages, close(list(range(9)), [9] * 9)).found
    assert [(item.source, item.copy) for item in found] == [(f"{i}", "all") for i in range(8)]


def ends(found):
    return [(item.source, item.copy) for item in found]


def test_tags_that_contradict_each_other_make_no_circle():
    tags = {"0": "2", "1": "03", "2": "1", "3": "2"}  # 0 says it is from 2, 1 from 0 and 3, ...
    pages = [origin(id, url=f"u{id}", syndication=tuple(f"u{of}" for of in tags[id])) for id in tags]
    found = derive(pages, close([0, 0, 1, 1, 2], [1, 2, 2, 3, 3])).found
    assert ends(found) == [("0", "1"), ("1", "2"), ("2", "3")]


def slipped(id, day, count):
    return origin(id, day=day, traces=Traces(slips={f"wrod{number}": "word" for number in range(count)}))


def test_of_two_earlier_versions_the_one_whose_slip_the_copy_has_is_its_source_though_it_is_the_later():
    pages = [slipped("a", 1.0, 0), slipped("b", 2.0, 1), slipped("copy", 3.0, 1)]
    assert ends(derive(pages, close([0, 0, 1], [1, 2, 2])).found) == [("a", "b"), ("b", "copy")]


def test_three_slips_in_common_make_as_sure_as_five():
    three, five = (derive([slipped("a", 1.0, n), slipped("b", 2.0, n)], close([0], [1])).found[0] for n in (3, 5))
    assert three.confidence == five.confidence and len(three.evidence) == len(five.evidence) == 4


def test_a_source_that_is_here_under_its_full_name_is_not_told_as_one_that_is_not_here():
    said = Attribution("Courrier du Lac", "news", "selon le Courrier du Lac", 0)
    copy = origin("copy", outlet="echo", day=2.0, named=(("courrierdulac", said),))
    for outlet, found in (("lecourrierdulac", [("a", "copy")]), ("lematin", [("", "copy"), ("a", "copy")])):
        derived = derive([origin("a", outlet=outlet, day=1.0), copy], close([0], [1])).found
        assert sorted(ends(derived)) == found


def test_of_a_source_that_a_page_names_twice_the_first_words_are_told():
    named = tuple(("afp", Attribution("AFP", "agency", words, 0)) for words in ("(AFP)", "avec AFP"))
    (found,) = derive([origin("a", named=named)], close([], [])).found
    assert "(AFP)" in found.evidence[0]


def test_a_page_without_an_hour_is_earlier_only_by_another_day():
    for day, found in ((1.4, []), (2.1, [("a", "b")])):
        pages = [origin("a", day=1.0), origin("b", day=day, timed=True)]
        assert ends(derive(pages, close([0], [1])).found) == found


def test_that_both_name_a_third_source_makes_their_dates_say_less_and_that_both_name_the_first_does_not():
    said = Attribution("Reuters", "agency", "(Reuters)", 0)
    source, copy = (origin(id, day=day, named=(("reuters", said),)) for id, day in (("a", 1.0), ("b", 2.0)))
    third, own = (dates(source._replace(outlet=outlet), copy)[0].odds for outlet in ("gazette", "reuters"))
    assert third < own == 1.5


def test_a_phrase_that_stands_in_the_midst_of_both_texts_was_glued_to_neither():
    line, text = Traces(furniture=("read more",)), "The river rose read more by two metres."
    for own, signs_of in (("The river rose by two metres.", 1), (text, 0)):
        assert len(signs(origin("a", text=own, traces=line), origin("b", text=text))) == signs_of


def test_an_outlet_goes_on_from_its_own_version_rather_than_from_an_earlier_one_of_another():
    days = (("wire", "a", 1.0), ("paper", "b", 2.0), ("paper, later", "b", 3.0))
    pages = [origin(id, outlet=outlet, day=day) for id, outlet, day in days]
    found = derive(pages, close([0, 0, 1], [1, 2, 2])).found
    assert [(item.source, item.copy) for item in found] == [("wire", "paper"), ("paper", "paper, later")]


@pytest.mark.parametrize(("minutes", "said"), [(9, 0), (11, 1)])
def test_a_page_that_was_seen_minutes_before_another_came_out_may_still_be_its_copy(minutes, said):
    seen = origin("a", outlet="a", fetched=1.0, crawled="1970-01-02T00:00:00")
    copy = origin("b", outlet="b", day=1.0 + minutes / 1440, timed=True, published=f"1970-01-02T00:{minutes:02}:00")
    assert len(signs(seen, copy)) == said


def test_a_page_of_which_little_is_an_agency_s_that_only_another_page_credits_is_original():
    credit = ("afp", Attribution("AFP", "agency", "PARIS (AFP) -", -1))
    page = origin("a", outlet="a", named=(credit,), carried={"afp": "b"})
    own, none = np.zeros(1, dtype=np.int64), close([], [])
    derived = derive([page], none)
    kinds = [
        judge([page], [Shares(1 - part, part, 0.0, 0.0, 0.0)], np.full(1, 99), derived, none, own)[0].kind
        for part in (0.4, 0.6)
    ]
    assert kinds == ["original", "syndicated"]


def test_the_mere_name_of_an_outlet_on_another_page_is_no_line_that_was_carried_over():
    line = "Your paper by the sea since 1874"
    source = origin("a", outlet="gazette", name="The Gazette", traces=Traces(repeated=("The Gazette", line)))
    copy = origin("b", outlet="post", traces=Traces(page="The ferry sank.\nThe Gazette"))
    assert signs(source, copy) == []
    assert len(signs(source, copy._replace(traces=Traces(page=f"The ferry sank.\n{line}")))) == 1


def test_a_chain_of_thousands_is_derived_in_one_walk():
    n = 20_000
    chain = [origin(f"{i:05}", url=f"u{i}", canonical=f"u{i - 1}" if i else "") for i in range(n)]
    order = random.Random(5).sample(range(n - 1), n - 1)
    found = derive(chain, close(order, [i + 1 for i in order])).found
    assert [(item.source, item.copy) for item in found] == [(f"{i:05}", f"{i + 1:05}") for i in range(n - 1)]


def test_of_a_ring_of_thousands_all_but_one_link_stay():
    n = 20_000
    ring = [origin(f"{i:05}", url=f"u{i}", canonical=f"u{(i - 1) % n}") for i in range(n)]
    found = derive(ring, close([*range(n - 1), 0], [*range(1, n), n - 1])).found
    assert len(found) == n - 1


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40))
def test_components_are_what_can_be_reached_there_and_back(edges):
    edges = [(x, y) for x, y in edges if x != y]
    found = components(edges)
    reach = {x: {x} for x in found}
    for _ in range(9):
        for x, y in edges:
            reach[x] |= reach[y]
    assert all((found[x] == found[y]) == (y in reach[x] and x in reach[y]) for x in found for y in found)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=30))
@settings(deadline=None)
def test_whatever_tags_say_nothing_comes_from_itself(links):
    urls = {copy: source for source, copy, _ in links if source != copy}
    pages = [
        origin(str(i), url=f"u{i}", canonical=f"u{urls[i]}" if i in urls else "", outlet=str(i)) for i in range(10)
    ]
    pairs = sorted({(min(x, y), max(x, y)) for x, y, _ in links if x != y})
    found = derive(pages, close([x for x, _ in pairs], [y for _, y in pairs])).found
    above = {}
    for item in found:
        above.setdefault(item.copy, []).append(item.source)
    for start in above:
        seen, waiting = set(), list(above[start])
        while waiting:
            here = waiting.pop()
            assert here != start
            if here not in seen:
                seen.add(here)
                waiting += above.get(here, [])


WORDS = st.integers(0, 3000)


@given(st.tuples(WORDS, WORDS, WORDS, WORDS), st.lists(WORDS, max_size=5))
def test_shares_sum_to_one_and_those_of_the_sources_to_what_was_reused(groups, taken):
    (share,) = shares(np.array([groups]), {0: [(f"s{i}", "", words) for i, words in enumerate(taken)]})
    parts = (share.original, share.reused, share.credit, share.ad, share.boilerplate)
    assert sum(parts) == pytest.approx(1, abs=1e-9) and min(parts) >= 0
    assert sum(item.share for item in share.by_source) == pytest.approx(share.reused, abs=1e-9)
    assert share.reused <= groups[0] / max(sum(groups), 1) + 1e-4
    assert share.reused == pytest.approx(min(sum(taken), groups[0]) / max(sum(groups), 1), abs=2e-4)


PARAGRAPHS = (*STORY.split("\n\n"), "Pilots had warned of it for years, said Ann Lee.", "“We will dig again,” he said.")


@given(st.lists(st.lists(st.sampled_from(PARAGRAPHS), max_size=4), min_size=1, max_size=4))
@settings(deadline=None, max_examples=25)
def test_whatever_pages_hold_their_shares_sum_to_one(pages):
    found = dedupe.analyze(
        {"id": str(i), "text": "\n\n".join(page), "published": f"2025-03-0{i + 1}"} for i, page in enumerate(pages)
    )
    for article in found.articles:
        share = article.verdict.shares
        parts = (share.original, share.reused, share.credit, share.ad, share.boilerplate)
        assert sum(parts) == pytest.approx(1, abs=1e-9) and min(parts) >= 0
        assert sum(item.share for item in share.by_source) == pytest.approx(share.reused, abs=1e-9)
        assert not any(item.source == article.id for item in share.by_source)


def test_words_that_two_sources_have_count_for_the_first_of_them():
    rows, shared = close([0, 1], [2, 2]), np.array([[0, 0], [80, 50]], dtype=np.int32)
    article, paragraph, other, words = np.array([[2, 2, 2], [0, 1, 1], [0, 0, 1], [60, 20, 50]], dtype=np.int32)
    found = Reuse(article, paragraph, other, paragraph, np.ones(3, np.float32), np.zeros(3, np.uint8), words)
    covered, both = np.array([0, 0, 100]), {(0, 2), (1, 2)}
    inside = Inside(np.array([2 << 32, 2 << 32 | 1]), np.array([60, 40]))
    told = reused_words(rows, (shared[0], shared[1]), covered, both, np.arange(3), found, inside)
    assert told == {2: [(0, 80), (1, 20)]}


@pytest.mark.parametrize("taken", [{(0, 2), (1, 2)}, set()])
def test_a_paragraph_has_the_words_of_all_its_sources_whether_they_are_known_or_not(taken):
    rows, shared = close([0, 1], [2, 2]), (np.zeros(2, np.int32), np.array([30, 40], dtype=np.int32))
    article, paragraph, other, words = np.array([[2, 2], [0, 0], [0, 1], [30, 40]], dtype=np.int32)
    found = Reuse(article, paragraph, other, paragraph, np.ones(2, np.float32), np.zeros(2, np.uint8), words)
    inside = Inside(np.array([2 << 32]), np.array([70]))
    told = reused_words(rows, shared, np.array([0, 0, 70]), taken, np.arange(3), found, inside)
    assert told == {2: [(0, 30), (1, 40)]}


def test_what_others_took_from_an_update_is_its_own_reporting():
    report = (
        "The town council of Brno voted on Tuesday to close its last coal plant by 2030, two years early.\n"
        "Workers are to be offered jobs at a heating company that the town owns, and their union welcomed the plan."
    )
    new = (
        "A container ship with 31 crew members ran aground off the island in heavy fog, the coast guard said at noon.\n"
        "Helicopters had taken off all of them by three, while tugs from Antwerp were not expected until Thursday."
    )
    hours = ("07:00", "09:00", "12:00", "15:00")
    texts = {"first": report, "copy": report, "update": f"{report}\n{new}", "later": f"{report}\n{new}"}
    outlets = ("Agency", "Gazette", "Agency", "Post")
    found = dedupe.analyze(
        {"id": id, "text": text, "source": outlet, "published": f"2025-02-11T{hour}Z"}
        for (id, text), outlet, hour in zip(texts.items(), outlets, hours, strict=True)
    )
    share = found.article("update").verdict.shares
    assert share.original == pytest.approx(0.5, abs=0.05)
    assert [item.source for item in share.by_source] == ["first"]


@pytest.mark.parametrize("end", ["\n", " "])
def test_a_page_of_two_reports_has_the_words_of_both_be_it_in_one_paragraph(end):
    reports = {
        "a": "The town council of Brno voted to close its last coal plant by 2030. Workers are to be offered jobs at a "
        "heating company that the town owns, and their union welcomed the plan on Tuesday evening.",
        "b": "A container ship ran aground off Rotterdam in heavy fog, and 31 crew members were taken off within three "
        "hours. The northern entrance of the port will stay shut until tugs arrive from Antwerp on Thursday.",
    }
    pages = [{"id": id, "text": text, "published": "2025-02-01"} for id, text in reports.items()]
    found = dedupe.analyze([*pages, {"id": "c", "text": end.join(reports.values()), "published": "2025-02-03"}])
    share = found.article("c").verdict.shares
    assert share.original == 0 and {item.source for item in share.by_source} == {"a", "b"}


def test_of_versions_the_first_is_read_and_of_those_of_one_day_the_longest_and_of_none_the_last():
    corpus = of_texts(["Rates rose.", "Rates rose a lot.", "Rates rose again.", "Rates rose by one."])
    corpus.published[:] = (2.0, 2.0, 1.0, nan)
    assert first_to_last(corpus, set()).tolist() == [2, 1, 0, 3]
    assert first_to_last(corpus, {2}).tolist() == [1, 0, 3, 2]  # what is taken from another comes after all


def test_of_corrected_versions_none_that_came_before_is_read_and_of_two_the_newest_then_the_longest():
    pages = [origin("first", outlet="a", day=2.0), origin("before", outlet="a", day=1.0, text="longest of all")]
    pages += [origin("short", outlet="b", day=3.0, text="short"), origin("long", outlet="c", day=3.0, text="longer")]
    said = dict.fromkeys((1, 2, 3), Revised("corrected", "Correction"))
    assert [to_read(rows, 0, pages, said) for rows in ([0, 1], [0, 1, 2], [0, 2, 3])] == [0, 2, 3]


def test_thirty_words_are_enough_to_tell_that_nobody_has_them():
    alone, nobody = [origin("a")], close([], [])
    for words, kind in ((29, "unclear"), (30, "original")):
        quotes = np.zeros(1, dtype=np.int64)
        assert judge(alone, [share(1.0)], np.array([words]), derive(alone, nobody), nobody, quotes)[0].kind == kind


def test_a_page_of_two_sources_is_shared_out_between_them():
    other = "The museum of the old town opens a show of ship models that nobody has seen since the great fire of 1911."
    found = dedupe.analyze(
        [
            {"id": "a", "text": STORY, "source": "Gazette", "published": "2025-03-01"},
            {"id": "b", "text": f"{other} {other.replace('museum', 'archive')}", "published": "2025-03-01"},
            {"id": "c", "text": f"{STORY}\n\n{other}", "published": "2025-03-02"},
        ]
    )
    share = found.article("c").verdict.shares
    assert [(item.source, item.source_name) for item in share.by_source] == [("a", "Gazette"), ("b", "b")]
    words = [len(text.split()) for text in (STORY, other)]
    for item, count in zip(share.by_source, words, strict=True):
        assert item.share == pytest.approx(count / sum(words), abs=0.03)


FURNITURE = (
    "Subscribe to our newsletter", "Follow us on Facebook and X", "© 2025 Harbour Media. All rights reserved.",
    "Advertisement", "Sign up for our daily briefing", "Share this article", "Terms of use | Privacy policy",
    "Read more", "Read also: Flood warnings for the coast", "Read next: How the port was built", "Related articles",
    "More on this story", "Sign up now", "Comments", "Follow us on Twitter", "Lesen Sie auch: Neue Pläne für den Hafen",
    "Lire aussi : Les secrets du vieux port",
)  # fmt: skip


MORE = "\n\n".join(
    (
        "The authority's chairman told the council that nobody had been careless, and that the maps were "
        "simply wrong. The survey of 1987 had been made with the means of its time, he said, and the river "
        "had moved twice since then.",
        "Shipping lines have moved two of their weekly services to other ports until the cranes stand. The "
        "dockers' union fears that they will not come back, since contracts in the trade are mostly made for "
        "five years and more.",
        "The council will vote on the inquiry at its next meeting. A majority is likely, as two members of "
        "the governing party said that they would support it whatever their leaders decide.",
    )
)


@given(st.lists(st.sampled_from(FURNITURE), max_size=4, unique=True), st.sampled_from(["a", "b", "both"]))
@settings(deadline=None, max_examples=25)
def test_boilerplate_on_a_page_changes_no_passage(lines, where):
    story = f"{STORY}\n\n{MORE}"
    edited = story.replace("two years late", "about two years late").replace("Opposition", "Green")
    tail = "".join(f"\n\n{line}" for line in lines)
    plain = dedupe.compare(story, edited).passages
    with_lines = dedupe.compare(story + tail * (where != "b"), edited + tail * (where != "a")).passages
    assert plain and with_lines == plain


@pytest.mark.parametrize(
    "text",
    ["", "One.", "“Only a quote.”", "“We will rebuild the quay at once,” he said. " * 2000,
     "市长周一表示，河水在夜间上涨两米，淹没了老城区。" * 300,
     "قال رئيس البلدية يوم الاثنين إن النهر ارتفع مترين خلال الليل. " * 300],
    ids=["empty", "one word", "a quote", "quotes", "Chinese", "Arabic"],
)  # fmt: skip
def test_odd_texts_have_valid_offsets_and_shares(text):
    found = dedupe.analyze([{"id": "a", "text": text}, {"id": "b", "text": f"Another start.\n\n{text}"}])
    for row, article in enumerate(found.articles):
        share = article.verdict.shares
        assert share.original + share.reused + share.credit + share.ad + share.boilerplate == pytest.approx(1)
        assert all(0 <= p.start < p.end <= len(article.text) for p in found.paragraphs(row))
    quotes = found.quotes
    texts = [found.articles[row].text for row in quotes.article.tolist()]
    for text, start, end in zip(texts, quotes.start.tolist(), quotes.end.tolist(), strict=True):
        assert 0 <= start < end <= len(text)
    compared = dedupe.compare({"id": "a", "text": text}, {"id": "b", "text": f"Another start.\n\n{text}"})
    for p in compared.passages:
        assert 0 <= p.a_start < p.a_end <= len(compared.a.text) and 0 <= p.b_start < p.b_end <= len(compared.b.text)


FOUND_OUT = (
    "The water company has known since January that the Hasenwald well holds more uranium than the law allows.\n\n"
    "A laboratory measured sixteen micrograms a litre on the fourteenth and eighteen two weeks later, against a limit "
    "of ten, according to reports seen by the Neckar-Bote. Nobody told the 14,000 people who drink it.\n\n"
    "Manager Volker Aichele confirmed that the papers were genuine. “We wanted to wait for a third measurement before "
    "we frightened anyone,” he said. The health office heard of it from the reporters who called."
)
AGENCY = (
    "EBERLINGEN (dpa/lsw) - A German utility kept quiet for weeks that its drinking water held too much uranium, the "
    "Neckar-Bote reported on Tuesday.\n\n"
    "The utility had two laboratory reports in January of sixteen and eighteen micrograms a litre, where ten are "
    "allowed, the paper wrote. Some 14,000 people at Hasenwald were not informed of it.\n\n"
    "Volker Aichele, its manager, told the paper that the papers were genuine. “We wanted to wait for a third "
    "measurement before we frightened anyone,” he said. The ministry told dpa that it had asked for a report."
)


def test_a_paper_that_runs_an_agencys_report_on_anothers_story_has_it_from_the_agency():
    found = dedupe.analyze(
        [
            {"id": "first", "source": "neckar-bote", "text": FOUND_OUT, "published": "2026-03-03T05:30:00"},
            {"id": "wire", "source": "Kurier", "text": AGENCY, "published": "2026-03-03T09:14:00"},
            {"id": "late", "source": "Welt Aktuell", "text": AGENCY, "published": "2026-03-03T10:02:00"},
        ]
    )
    for id in ("wire", "late"):
        verdict = found.article(id).verdict
        assert verdict.kind == "syndicated" and verdict.reasons[0].startswith("it names DPA as its source")
        assert not any("reporting was taken" in reason for reason in verdict.reasons)
    sources = {(item.source or item.source_name, item.copy) for item in found.derivations}
    assert sources == {(source, copy) for source in ("first", "DPA") for copy in ("wire", "late")}
    assert "speaks of neckar-bote: “…" in evidence(found)["first", "wire"]


def share(original, **taken):
    return Shares(original, 1 - original, 0.0, 0.0, 0.0, tuple(Taken(id, id, part) for id, part in taken.items()))


def judged(pages, pairs, shares):
    return judge(pages, shares, np.full(len(pages), 99), derive(pages, pairs), pairs, np.zeros(len(pages), np.int64))


def test_what_was_taken_from_the_source_is_not_what_stands_in_other_pages_too():
    pages = [origin("source", day=1.0), origin("twin"), origin("told", day=2.0)]
    pairs = replace(close([0, 1], [2, 2]), relation=np.array([REWRITE, NEAR_DUPLICATE], dtype=np.uint8))
    verdict = judged(pages, pairs, [share(1.0), share(1.0), share(0.1, twin=0.9)])[2]
    assert verdict.kind == "rewrite" and verdict.reasons[0] == "it tells in other words what source tells"
    verdict = judged(pages[::2], close([0], [1]), [share(1.0), share(0.1, source=0.6, twin=0.3)])[1]
    assert verdict.reasons[0] == "60 % of its reporting was taken from source, 30 % from elsewhere"


def test_less_than_a_twentieth_from_elsewhere_is_not_worth_a_word():
    pages = [origin("source", day=1.0), origin("copy", day=2.0)]
    for rest, said in ((0.03, ""), (0.06, ", 6 % from elsewhere")):
        verdict = judged(pages, close([0], [1]), [share(1.0), share(0.2 - rest, source=0.8, twin=rest)])[1]
        assert verdict.reasons[0] == f"80 % of its reporting was taken from source{said}"


def test_a_page_that_has_little_of_each_of_two_others_is_not_put_together_from_them():
    pages = [origin("a", day=1.0), origin("b", day=1.0), origin("page", day=2.0)]
    pairs = replace(close([0, 1], [2, 2]), relation=np.full(2, EXCERPT, dtype=np.uint8))
    for own, kind in ((0.8, "original"), (0.2, "aggregated")):
        each = (1 - own) / 2
        shares_of = [share(1.0), share(1.0), share(own, a=each, b=each)]
        assert judged(pages, pairs, shares_of)[2].kind == kind


def test_a_flash_that_is_identical_to_an_earlier_one_is_syndicated_though_too_short_for_a_run():
    verdicts = judged([origin("a", day=1.0), origin("b", day=2.0)], close([0], [1]), [share(1.0), share(1.0)])
    assert [verdict.kind for verdict in verdicts] == ["original", "syndicated"]


def test_a_source_of_others_that_may_itself_be_a_copy_is_unclear():
    pages = [origin("x"), origin("a", day=1.0), origin("copy", day=2.0)]
    for of_x, kind in ((0.9, "unclear"), (0.1, "original")):
        shares_of = [share(1.0), share(1 - of_x, x=of_x), share(0.0, a=1.0)]
        assert judged(pages, close([0, 1], [1, 2]), shares_of)[1].kind == kind


def test_an_unclear_verdict_is_about_the_page_that_is_surest_a_copy():
    pages, pairs = [origin("a"), origin("b"), origin("c")], close([0, 0], [1, 2])
    pairs = replace(pairs, confidence=np.array([0.6, 0.9], dtype=np.float32))
    assert judged(pages, pairs, [share(1.0)] * 3)[0].reasons[0].startswith("it is identical to c,")


def test_a_rewrite_is_of_the_text_it_is_most_like_not_of_one_with_a_word_more_in_common():
    pages = [origin("a", day=1.0), origin("b", day=2.0), origin("told", day=3.0)]
    codes = np.full(3, REWRITE, dtype=np.uint8)
    sure, inside = np.array([0.9, 0.8, 0.6], dtype=np.float32), np.array([0.0, 0.0, 0.01], dtype=np.float32)
    rows = close([0, 0, 1], [1, 2, 2])
    pairs = replace(rows, relation=codes, confidence=sure, containment_a=inside, containment_b=inside)
    assert [(item.source, item.copy) for item in derive(pages, pairs).found] == [("a", "b"), ("a", "told")]


def test_a_rewrite_is_of_the_report_that_holds_more_of_it_not_of_a_summary_that_it_is_surer_to_be_of():
    pages = [origin("report", day=1.0), origin("summary", day=2.0), origin("told", day=3.0)]
    codes = np.full(3, REWRITE, dtype=np.uint8)
    sure, inside = np.array([0.9, 0.7, 0.9], dtype=np.float32), np.array([0.8, 0.5, 0.3], dtype=np.float32)
    pairs = replace(close([0, 0, 1], [1, 2, 2]), relation=codes, confidence=sure, containment_b=inside)
    assert [(item.source, item.copy) for item in derive(pages, pairs).found] == [
        ("report", "summary"),
        ("report", "told"),
    ]


def test_versions_of_one_page_of_one_outlet_took_nothing_from_each_other():
    at = {"source": "Gazette", "published": "2025-03-01T21:30:00+01:00"}
    found = report({"id": "page", **at}, {"id": "page-amp", **at}, {"id": "page-print", **at})
    assert found.derivations == ()
    for article in found.articles:
        assert article.verdict.kind == "original"
        assert article.verdict.reasons[0].endswith("which is its own outlet's too")


def test_a_source_line_is_of_the_whole_text_where_another_page_has_all_of_it_from_there():
    found = report(
        {"id": "a", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}"},
        {"id": "b", "source": "Courier", "text": f"{STORY}\n\nSource: AP"},
    )
    assert found.article("b").verdict.kind == "syndicated" and found.article("b").verdict.shares.original < 0.1


TALK = (
    "She receives us without a coat. Helena Prado, a doctor of 54, has been minister of health for five months.\n\n"
    "Why did the families of Vilar hear of it by telephone?\n\n"
    "Because I wanted to decide fast and decided badly. If it were today I would go there first.\n\n"
    "Will you close other wards?\n\nThere are seven without a full team. If three must close to save four, I close "
    "three. I let no woman come to a door behind which there is no doctor.\n\n"
    "Does the prime minister support you?\n\nHe has my number and has not asked me to change my mind."
)
ON_IT = (
    "The minister of health may close three of the seven maternity wards that have no full team. “If three must close "
    "to save four, I close three,” Helena Prado says in an interview with Meridian Review that appeared on Sunday.\n\n"
    "She admits that she handled the ward of Vilar badly.\n\nThe opposition wants to hear her in parliament on "
    "Wednesday. Deputy Miguel Vaz called her words a confession, and doctors in Vilar said that they would strike."
)


def test_who_names_anothers_report_has_the_news_from_it():
    pages = [
        {"id": "talk", "source": "Meridian Review", "text": TALK, "published": "2026-04-12T06:00:00Z"},
        {"id": "news", "source": "Interior", "text": ON_IT, "published": "2026-04-12T09:30:00Z"},
    ]
    found = dedupe.analyze(pages)
    (pair,) = found.pairs
    assert pair.relation == "same_story" and derivations(found) == [("talk", "news")]
    assert "news has news from Meridian Review: “…" in evidence(found)["talk", "news"]
    verdict = found.article("news").verdict
    assert verdict.kind == "original" and verdict.reasons[0].endswith("with news from talk")
    silent = {**pages[1], "text": ON_IT.replace(" in an interview with Meridian Review that appeared on Sunday", "")}
    assert dedupe.analyze([pages[0], silent]).derivations == ()


@pytest.mark.parametrize(
    "credit",
    [
        "Read more at The Lake Gazette.", "Via the Lake Gazette: https://lake-gazette.example/ferry", "(Lake Gazette)",
        "Full story: Lake Gazette", "Quelle: Lake Gazette", "Leer más en Lake Gazette.", "Source: Lake Gazette.",
    ],
)  # fmt: skip
def test_a_brief_that_points_to_a_report_has_its_news_from_it(credit):
    brief = f"No ferry left Portolago on Monday; six hundred commuters stayed behind. {credit}"
    pages = [
        {
            "id": "report",
            "source": "The Lake Gazette",
            "text": "\n\n".join(REPORTS[0]),
            "published": "2026-04-12T06:00Z",
        },
        {"id": "brief", "source": "Aggro", "text": brief, "published": "2026-04-12T09:30Z"},
    ]
    found = dedupe.analyze(pages)
    assert derivations(found) == [("report", "brief")] and found.article("brief").verdict.kind == "rewrite"


@pytest.mark.parametrize(("words", "stands"), [(10, "rewrite"), (300, "same_story")])
def test_only_a_brief_tells_again_what_it_has_from_a_report_that_it_names(words, stands):
    told = "Six hundred stayed behind, the Lake Gazette reported." + " waves" * words
    pages = [
        origin("report", outlet="lakegazette", name="Lake Gazette", day=1.0, text="Nobody left. " * 300),
        origin("told", outlet="aggro", name="Aggro", day=2.0, text=told),
    ]
    code = np.full(1, SAME_STORY, dtype=np.uint8)
    assert derive(pages, replace(close([0], [1]), relation=code)).stands == {("report", "told"): stands}


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Lake Gazette", "Its owner (Lake Gazette) denied it.", False),
        ("Lake Gazette", "Six want to buy one of the papers (Lake Gazette).", False),
        ("Lake Gazette", "They earn more at the Lake Gazette.", False),
        ("Lake Gazette", "The ferry did not leave. (Lake Gazette)", True),
        ("Metro", "Twenty thousand fans reached the ground via the Metro on Sunday.", False),
        ("Lake Gazette", "Who wants the bridge may vote via the Lake Gazette until Friday.", False),
        ("Lake Gazette", "The ferry did not leave (via the Lake Gazette).", True),
        ("南方周末", "来源不明，《南方周末》旧楼将拍卖。", False),
        ("南方周末", "旧楼将拍卖。（来源：南方周末）", True),
        ("The Independent", "Independent experts told us that the plan fails.", False),
        ("Metro", "Metro officials told riders that trains were late.", False),
        ("Metro", "Sales rose — Metro officials said so.", False),
        ("The Star", "A Star witness revealed nothing.", False),
        ("Time", "Time, according to Einstein, is relative.", False),
        ("Bild", "Das Bild zeigt, laut Polizei, den Mann.", False),
        ("The Post", "The New York Post reported that.", False),
        ("Today", "Today reports came in that the cracks are deeper.", False),
        ("Heute", "Heute berichtet die Polizei davon.", False),
        ("Hoy", "Hoy informó el ministro de todo.", False),
        ("Die Welt", "Die Welt schreibt Geschichte.", False),
        ("Le Monde", "Le Monde écrit l’histoire.", False),
        ("Today", "She told Today that the plan fails.", True),
        ("Heute", "Wie Heute berichtet, sind zwölf verletzt.", True),
        ("Die Welt", "Wie Die Welt schreibt, sind zwölf verletzt.", True),
        ("The Guardian", "A nurse told the Guardian so.", True),
        ("The Guardian", "The Guardian has reported that.", True),
        ("Bild", "Laut Bild sind zwölf verletzt.", True),
        ("Bild", "Zwölf sind verletzt, wie die Bild am Montag berichtete.", True),
        ("Bild", "Das meldet „Bild“ aus Kreisen der Polizei.", True),
        ("Reuters", "Die Nachrichtenagentur Reuters berichtete am Montag darüber.", True),
        ("Mediapart", "Selon Mediapart, le ministre le savait.", True),
    ],
)
def test_an_outlet_whose_name_is_a_word_is_named_only_where_it_is_said_to_report(name, text, named):
    nowhere = dict.fromkeys(("host", "url", "canonical", "canonical_host", "canonical_outlet", "published"), "")
    unknown = {"syndication": (), "day": nan, "timed": False, "fetched": nan, "crawled": "", "authors": (), "home": ""}
    source, copy = (
        Origin(id=id, outlet=id, name=outlet, named=(), text=own, traces=Traces(), **nowhere, **unknown)
        for id, outlet, own in (("a", name, ""), ("b", "Gazette", text))
    )
    assert bool(naming(source, copy, reported=True)) == named


def test_what_an_agency_distributes_for_a_paper_is_syndicated():
    line = "©2025 Los Angeles Times. Visit at latimes.com. Distributed by Tribune Content Agency, LLC."
    (article,) = report({"id": "a", "source": "Lake Gazette", "text": f"{STORY}\n\n{line}"}).articles
    assert article.verdict.kind == "syndicated" and article.verdict.shares.original == 0


def test_who_had_the_news_first_is_told_though_its_page_is_not_here():
    (verdict,) = [
        article.verdict for article in report({"id": "a", "text": f"As reported by the Courier, {STORY}"}).articles
    ]
    assert verdict.kind == "original" and "it has news from Courier: “As reported by the Courier" in verdict.reasons[0]
    assert verdict.shares.reused == 0


def test_dates_of_several_zones_are_told_in_one():
    found = report(
        {"id": "a", "published": "2025-03-01T12:40:00+03:00"}, {"id": "b", "published": "2025-03-01T10:05:00Z"}
    )
    assert "published earlier (2025-03-01 09:40 UTC, then 2025-03-01 10:05 UTC)" in evidence(found)["a", "b"]


REPORTS = [
    [
        "The ferry to Portolago did not leave the pier on Monday morning and six hundred commuters stayed behind.",
        "The company speaks of checks on the hull of the Rondine which began on Friday evening.",
        "Two sailors say that water had come into the engine room before the last crossing.",
        "The mayor of Belvenate has asked the region for buses around the northern shore.",
        "A nurse who missed her shift at the hospital walked home in the rain with her bag.",
    ],
    [
        "At the Volta school every third pupil was missing when the bell rang at eight.",
        "Nearly all of them live on the other side of the lake and come by boat.",
        "Headmistress Anna Monti has decided not to count the absences of this week.",
        "Lessons are sent over the network and tests are put off until the thaw of February.",
        "Parents collected signatures outside the gate and hung them on the fence in plastic.",
    ],
    [
        "Fourteen fishing boats with twelve seats each could take people across every half hour.",
        "The cooperative of Nino Bassi offers that until the big ship sails again in spring.",
        "It needs a permit of the harbour office which asks for life jackets and insurance.",
        "A day of it would cost three thousand euros and the fishers want the region to pay.",
        "Bassi says that he knows the lake better than those who write timetables for it.",
    ],
]


def test_two_digests_of_the_same_reports_do_not_make_these_copies_of_each_other():
    pages = [{"id": f"r{n}", "source": f"Paper {n}", "text": "\n\n".join(told)} for n, told in enumerate(REPORTS)]
    review, brief = ("\n\n".join(" ".join(told[:first]) for told in REPORTS) for first in (4, 2))
    pages += [{"id": "review", "source": "Radio", "text": review}, {"id": "brief", "source": "Blog", "text": brief}]
    groups = [set(group) for story in dedupe.analyze(pages).stories for group in story.copy_groups]
    assert groups == [{"brief", "review"}]


def test_what_a_page_added_to_an_agencys_text_is_its_own():
    local = "Trains that carry the harvest of {} north will have to find another way this month, its mayor said."
    found = report(
        {"id": "a", "source": "Gazette", "text": f"HAMBURG (AP) — {STORY}"},
        {"id": "silent", "source": "Courier", "text": f"{local.format('Ridgeway')}\n\n{STORY}"},
        {
            "id": "says so",
            "source": "Star",
            "text": f"Crews will work by night until the end of May, the town council "
            f"of Elmhurst heard.\n\n{STORY}\n\nThe Associated Press contributed to this.",
        },
    )
    for id in ("silent", "says so"):
        assert 0.15 < found.article(id).verdict.shares.original < 0.35
    assert found.article("silent").verdict.kind == "syndicated"


@pytest.mark.parametrize(
    ("byline", "shared"),
    [
        ("By Laura Kent and The Associated Press", True),
        ("Staff reporter Laura Kent with AP", True),
        ("Von Anna Maria Klein und dpa", True),
        ("By The Associated Press", False),
        ("By LAURA KENT and BO DAY, Associated Press", False),
        ("By Agence France-Presse and The Associated Press", False),
    ],
)
def test_what_an_author_wrote_beside_an_agency_is_the_pages_own(byline, shared):
    local = "Trains that carry the harvest of Ridgeway north will have to find another way this month, its mayor said."
    found = report(
        {"id": "a", "source": "AP News", "published": "2025-03-01", "text": f"HAMBURG (AP) — {STORY}"},
        {"id": "b", "source": "Star", "published": "2025-03-02", "text": f"{byline}\n\n{local}\n\n{STORY}"},
    )
    verdict = found.article("b").verdict
    assert verdict.kind == "syndicated" and (verdict.shares.original > 0.1) == shared


@pytest.mark.parametrize(
    "line", ["By Staff and Wire Reports", "(Agenturen)", "Redacción y agencias", "По материалам агентств"]
)
def test_a_page_that_names_agencies_without_a_name_has_its_text_from_the_one_that_is_here(line):
    agency = {"id": "a", "source": "Reuters", "published": "2025-03-01"}
    found = report(agency, {"id": "b", "published": "2025-03-01", "text": f"{line}\n\n{STORY}"})
    assert found.article("b").verdict.kind == "syndicated"
    assert f"b is from news agencies, of which Reuters is one: “{line}”" in evidence(found)["a", "b"]
    told = report(agency, {"id": "b", "published": "2025-03-01", "text": f"Farmers ask agencies\n\n{STORY}"})
    assert told.article("b").verdict.kind == "unclear"


def test_a_page_from_agencies_that_names_one_is_not_from_another_that_is_here():
    text = f"By Staff and Wire Reports\n\nHAMBURG (AP) — {STORY}"
    agency = {"id": "a", "source": "Reuters", "published": "2025-03-01"}
    found = report(agency, {"id": "b", "published": "2025-03-01", "text": text})
    assert found.article("b").verdict.kind == "syndicated"
    assert ("a", "b") not in evidence(found)


def test_the_words_that_a_page_has_of_another_here_are_from_that_whoever_it_names():
    credit = "This article was originally published by the Baltic Observer."
    found = report(
        {"id": "a", "source": "Gazette", "published": "2025-03-01"},
        {"id": "b", "source": "Courier", "published": "2025-03-02", "text": f"{STORY}\n\n{credit}"},
    )
    (taken,) = found.article("b").verdict.shares.by_source
    assert taken.source == "a" and found.article("b").verdict.reasons[0] == "100 % of its reporting was taken from a"


def test_the_headline_of_a_copy_is_from_the_page_here_that_holds_the_rest():
    credit = "This article was originally published by the Baltic Observer."
    found = report(
        {"id": "a", "source": "Baltic Observer", "published": "2025-03-01"},
        {"id": "b", "source": "Courier", "published": "2025-03-02", "text": f"A canal runs dry\n\n{STORY}\n\n{credit}"},
    )
    (taken,) = found.article("b").verdict.shares.by_source
    assert taken.source == "a" and found.article("b").verdict.reasons[0] == "100 % of its reporting was taken from a"


def test_a_report_that_a_round_up_quotes_is_not_unclear():
    pages = [{"id": f"r{n}", "source": f"Paper {n}", "text": "\n\n".join(told)} for n, told in enumerate(REPORTS)]
    items = "\n\n".join(" ".join(told[:2]) for told in REPORTS)
    brief = {"id": "brief", "source": "Radio", "title": "Morning briefing", "text": items}
    found = dedupe.analyze([*pages, brief])
    assert {found.article(f"r{n}").verdict.kind for n in range(3)} == {"original"}
    assert found.article("brief").verdict.kind == "aggregated"
    unknown = dedupe.analyze([*pages, {**brief, "title": "The lake in winter"}])
    assert unknown.article("r0").verdict.kind == "unclear"


def test_an_agencys_page_is_no_copy_of_a_text_that_others_run_under_another_agencys_name():
    own = {"id": "own", "source": "Xinhua", "text": f"JIUQUAN (Xinhua) -- {STORY}"}
    found = report(own, {"id": "copy", "source": "Deccan Dispatch", "text": f"BEIJING (IANS) — {STORY}"})
    assert found.article("own").verdict.kind != "syndicated" and found.article("copy").verdict.kind == "syndicated"


def test_a_site_is_an_agencys_whatever_it_calls_itself():
    own = {"id": "own", "source": "German news in English", "url": "https://www.dpa-international.com/harbour"}
    found = report(own, {"id": "copy", "source": "Lake Observer", "text": f"{STORY}\n\n- dpa"})
    assert derivations(found) == [("own", "copy")]
    assert found.article("own").verdict.kind == "original"


def test_a_text_written_with_an_agencys_is_syndicated_where_most_of_it_stands_in_what_is_all_the_agencys():
    whole = {"id": "whole", "source": "Lake Observer", "text": f"EDMONTON (AP) — {STORY}"}
    found = report(whole, {"id": "part", "source": "Hill Gazette", "text": f"{STORY}\n\nWith files from AP"})
    assert found.article("part").verdict.kind == "syndicated"


def test_a_text_written_with_an_agencys_is_a_rewrite_where_it_retells_what_is_all_the_agencys():
    whole = Attribution("AAP", "agency", "HAMBURG (AAP) —", 0), Attribution("AAP", "agency", "With AAP", 3)
    pages = [origin(id, named=(("aap", said),)) for id, said in zip(("whole", "with"), whole, strict=True)]
    pairs = replace(close([0], [1]), relation=np.array([REWRITE], dtype=np.uint8))
    verdict = judged(pages, pairs, [share(0.0), share(0.8)])[1]
    assert verdict.kind == "rewrite"
    why = "it tells in other words what whole tells, which is all AAP's, and it names AAP too"
    assert verdict.reasons[0] == why


def test_a_page_here_is_no_source_outside_though_a_tag_gives_its_address_and_not_its_name():
    own = {
        "id": "own",
        "source": "The Oregon Sentinel",
        "url": "https://www.orlive.example/a",
        "published": "2025-03-01",
    }
    copy = {"id": "copy", "source": "Yahoo", "url": "https://yahoo.example/b", "published": "2025-03-02"}
    copy["html"] = f'<link rel="canonical" href="https://www.orlive.example/a"><article><p>{STORY}</p></article>'
    assert derivations(report(own, copy)) == [("own", "copy")]


def test_a_syndicated_feed_whose_agency_is_named_makes_no_aggregator():
    note = "(Except for the headline, this story has not been edited and is published from a syndicated feed.)"
    text = f"Beijing, Oct 7 (PTI) {STORY}\n\n{note}"
    (found,) = report({"id": "a", "source": "Deccan Dispatch", "text": text}).articles
    assert found.verdict.kind == "syndicated"


def test_a_credit_is_quoted_around_the_agency_by_whatever_name_it_is_written():
    said = "“Our food comes from across the border, and what we give in return is noise of engines at night.” – AP"
    assert in_words(Attribution("Associated Press", "agency", said, 0)).endswith("engines at night.” – AP”")
