"""Round-ups: known by their titles in many languages, and no version of the story of one of their items."""

import gzip
import json
import random
from itertools import permutations

import numpy as np
import pytest

import dedupe
from dedupe import similarity, tfidf
from dedupe.evaluate.corpora import as_given, as_run
from dedupe.evaluate.stories import grouped
from dedupe.index import Index
from dedupe.resources import load_json
from dedupe.similarity import FEATURES
from dedupe.similarity.round_ups import is_round_up, round_ups, tells_on


@pytest.mark.parametrize(
    "title",
    [
        "Opening Bell 11.18.19",
        "Morning headlines for Tuesday",
        "Daily deals on Amazon: headphones and more",
        "The week ahead – markets, votes, football",
        "Police blotter, March 3",
        "News briefs from around the state",
        "Weekly roundup (March 3)",
        "Morning Briefing: What you need to know",
        "MONDAY BRIEFING",
        "News in brief",
        "Nachrichten kompakt: Rotterdam, Oslo",
        "Le brief du matin - mardi 3 mars",
        "Утренний дайджест, 3 марта",
        "朝のニュース 3月3日",
        "What you need to know today",
        "Today’s headlines",
        "The 10 things in tech you need to know today",
        "Five things you need to know to start your day",
        "3 top stories of the week",
        "Five stories you may have missed",
        "What you missed overnight",
        "AP News Summary at 6:13 p.m. EDT",
        "Reuters World News Summary",
        "National news in brief",
        "Was heute wichtig ist",
        "Die Lage am Morgen: Was die Welt bewegt",
        "5 Dinge, die Sie heute wissen müssen",
        "L’essentiel de l’actu du 3 mai",
        "Ce qu'il faut retenir ce mardi",
        "5 infos à retenir ce matin",
        "Titulares del día",
        "Rassegna stampa, 3 maggio",
        "As notícias do dia",
        "Het nieuws van vandaag",
        "Przegląd prasy",
        "Главные новости к вечеру",
        "أبرز الأخبار هذا الصباح",
        "今日要闻速览",
        "오늘의 주요 뉴스 5월 3일",
    ],
)
def test_titles_of_round_ups_are_known(title):
    assert is_round_up(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Opening bells ring out for the cathedral",
        "What you missed in the debate",
        "State briefs lawmakers on the flood",
        "Business highlights risks of tariffs",
        "White House holds its first morning briefing",
        "Ten things to know about the vote on Tuesday",
        "Five things to watch in the debate tonight",
        "10 killed in market blast",
        "Earthquake in Calabria: live updates",
        "Die Lage am Arbeitsmarkt bleibt angespannt",
        "Das Wichtigste zum Streik",
        "Les titres de séjour seront délivrés plus vite",
        "I titoli di Stato salgono",
        "Los titulares del Madrid entrenan",
        "Briefing on Monday",
        "What to know today about Hurricane Ian",
        "What happened today at the Maxwell trial",
        "5 things you need to know today about the storm",
        "Three stories of abuse that shook the church: victim of the day speaks",
        "Ce qu'il faut savoir ce matin sur la grève",
        "Was heute wichtig ist zum Streik der Bahn",
        "Las claves del día en la guerra",
        "Daily deals site Groupon cuts 500 jobs",
        "The week ahead could decide the election",
        "The day ahead looks bleak for miners",
        "Closing bell rings at the old school",
        "Police blotter reveals a feud",
        "Morning briefing room at the White House floods",
    ],
)
def test_titles_of_one_event_are_none(title):
    assert not is_round_up(title)


def test_every_phrase_of_the_table_begins_a_round_up_s_title():
    openings = load_json("round_ups.json")["openings"]
    assert all(is_round_up(f"{phrase.capitalize()}, 3.5.") for phrases in openings.values() for phrase in phrases)
    assert all(phrase == phrase.lower() for phrases in openings.values() for phrase in phrases)


FIRE = (
    "A fire broke out in a warehouse in the port of Rotterdam on Tuesday. Two firefighters were hurt and forty "
    "residents had to leave their homes, said Anna de Vries, who speaks for the fire service."
)
AGAIN = (
    "Forty residents were led to safety in Rotterdam after a warehouse in the port caught fire. Two firefighters were "
    "hurt on Tuesday, according to Anna de Vries of the fire service, which is looking for the cause."
)
REST = (
    "Norway's central bank raised its rate to 3 percent. The cyclist Jana Novak won in Brno for the third time. "
    "In Lima teachers ended their strike after eleven days."
)


def record(name, title, *parts):
    return {"id": name, "title": title, "text": "\n".join(parts)}


@pytest.mark.parametrize(
    ("title", "stories"), [("Rotterdam, Oslo, Brno and Lima", 1), ("What you need to know today", 2)]
)
def test_a_round_up_is_in_no_story_of_its_items(title, stories):
    item = (
        "A fire in a warehouse in the port of Rotterdam hurt two firefighters on Tuesday; forty residents had to leave."
    )
    reports = [record("a", "Warehouse burns in Rotterdam", FIRE), record("b", "Fire in the port of Rotterdam", AGAIN)]
    story, order = grouped([*reports, record("c", title, item, REST)])
    label = dict(zip(order, story.tolist(), strict=True))
    assert label[0] == label[1] and len(set(label.values())) == stories


@pytest.mark.parametrize("names", ["abc", "cab", "bca"])
def test_a_report_that_one_of_its_copies_runs_as_news_in_brief_stays_in_its_story(names, tmp_path):
    titles = ("Warehouse burns in Rotterdam", "News in brief", "Fire in the port of Rotterdam")
    reports = [record(name, title, text) for name, title, text in zip(names, titles, (FIRE, AGAIN, AGAIN), strict=True)]
    assert [story.members for story in dedupe.analyze(reports).stories] == [("a", "b", "c")]
    with dedupe.Index(tmp_path / "news.db") as index:
        for report in reports:
            index.add(report)
        assert len({index.check(report).story for report in reports}) == 1
    reports[2]["title"] = "Daily digest"  # where all copies say so, it is one
    assert len(dedupe.analyze(reports).stories) == 2


@pytest.mark.parametrize(
    ("title", "brief"),
    [
        ("Morning briefing: Warehouse fire in Rotterdam", "Morning briefing: Rotterdam, Oslo and Lima"),
        ("Das Wichtigste am Morgen: Rotterdam fire", "Das Wichtigste am Morgen: Feuer in Rotterdam"),
    ],
)
def test_a_text_that_goes_on_with_what_its_title_names_is_no_round_up(title, brief):
    rest = f"{REST} {REST.replace('Lima', 'Quito').replace('Brno', 'Prague')}"
    corpus, _ = as_given(
        [record("a", title, FIRE, AGAIN), record("b", brief, FIRE[:100], rest), record("c", title, "")]
    )
    assert round_ups(corpus, np.arange(3, dtype=np.int32)).tolist() == [False, True, True]


def test_a_word_that_only_begins_like_a_day_tells_what_a_text_is_of():
    assert tells_on("Briefing: Dominion", "Dominion Energy lost a case in court. " * 6)
    assert not tells_on("Briefing: domingo", "On Sunday (domingo) it rained. " * 6)


def test_a_round_up_whose_title_names_the_day_of_all_its_items_is_one():
    items = [FIRE, REST.replace("to 3 percent", "on Tuesday"), "On Tuesday a dam broke near Quito; nobody was hurt."]
    corpus, _ = as_given([record("a", "World in brief: Tuesday's top stories", *items)])
    assert round_ups(corpus, np.arange(1, dtype=np.int32)).tolist() == [True]


def test_two_round_ups_of_one_day_may_be_one():
    records = [
        record("a", "Morning briefing", FIRE, REST),
        record("b", "Today's headlines", AGAIN, REST),
        record("c", "Rates rise", "Shares fell."),
    ]
    corpus, _ = as_given(records)
    rows = np.arange(3, dtype=np.int32)
    assert round_ups(corpus, rows).tolist() == [True, True, False]
    assert round_ups(corpus, rows[1:]).tolist() == [False, True, False]
    a, b = (side.astype(np.int32) for side in np.triu_indices(3, 1))
    weights = tfidf.weigh(corpus.tokens, corpus.titles)
    features = similarity.measure(corpus, weights, a, b)
    assert features[:, FEATURES.index("round_up")].tolist() == [0, 1, 1]
    beside = features[:1].copy()
    beside[:, FEATURES.index("round_up")] = 1
    assert similarity.score(beside)[0] < 0.5 < similarity.score(features)[0]
    assert similarity.likeness(beside)[0] == similarity.likeness(features)[0]


def test_a_plain_text_without_a_title_is_known_by_its_first_line():
    corpus, _ = as_run([record("a", "", "Morning briefing", FIRE, REST), record("b", "", FIRE, "Morning briefing")])
    assert round_ups(corpus, np.arange(2, dtype=np.int32)).tolist() == [True, False]


STRIKE = (
    "Teachers in Lima ended their strike on Tuesday after eleven days, when the ministry offered them nine percent.",
    "Rosa Huaman, who speaks for the union, said that its members had voted by three to one for the offer.",
    "Schools in eleven districts of the capital open again on Thursday, and lost lessons are held in August.",
    "The minister, Carlos Paredes, told Congress that the money comes from the sale of two state refineries.",
    "Parents had camped before the ministry for a week and asked for lessons in parks and in churches.",
    "In Cusco and Arequipa the strike goes on, since the regions pay their teachers themselves.",
)
BRIDGE = (
    "A bridge over the Drava near Maribor was closed on Monday after divers found cracks in two of its piers.",
    "Engineer Jana Zupan of the road company said lorries must take the motorway until the autumn at least.",
    "The bridge was built in 1963 and carries nine thousand cars a day between the town and its airport.",
    "Repairs will cost four million euros, of which the state pays half, the mayor told the council.",
    "Buses of the lines 6 and 18 turn at the hospital; walkers may cross on the northern side.",
    "A collapse downstream at Ptuj in 2012 had led to the inspections, which end in March.",
)


TITLES = {"Lima": "Teachers go back to school", "Maribor": "Cracks close a bridge"}


def wire(city, sentences, many):
    opening = f"{city.upper()} - {sentences[0]}"
    return record(f"{city}{many}", f"{TITLES[city]} {many}", opening, *sentences[1:many])


@pytest.mark.parametrize("lines", [(2, 2), (3, 2), (3, 3)])
@pytest.mark.parametrize("title", ["World in brief", "What our desk is watching"])
def test_openings_of_two_reports_on_one_page_join_neither_their_copies_nor_their_stories(title, lines):
    reports = [wire(city, lines, many) for city, lines in (("Lima", STRIKE), ("Maribor", BRIDGE)) for many in (2, 3, 6)]
    parts = STRIKE[: lines[0]], BRIDGE[: lines[1]]
    brief = [record("brief0", title, *parts[0], *parts[1]), record("brief1", title, *parts[1], *parts[0])]
    found = dedupe.analyze([*reports, *brief])
    for city in ("Lima", "Maribor"):
        own = tuple(f"{city}{many}" for many in (2, 3, 6))
        (story,) = (story for story in found.stories if own[0] in story.members)
        assert set(story.members) - {"brief0", "brief1"} == set(own)
        assert any(set(own) <= set(group) for group in story.copy_groups)


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("lines", [(2, 2), (3, 2), (3, 3)])
def test_openings_of_two_reports_on_one_page_do_not_join_these_in_an_index_whatever_came_first(tmp_path, lines, loaded):
    reports = [wire(city, lines, many) for city, lines in (("Lima", STRIKE), ("Maribor", BRIDGE)) for many in (2, 3, 6)]
    parts = STRIKE[: lines[0]], BRIDGE[: lines[1]]
    brief = [record("brief0", "In brief", *parts[0], *parts[1]), record("brief1", "In brief", *parts[1], *parts[0])]
    brief.append(brief[0] | {"id": "brief2"})
    for seed in range(8):
        pages = random.Random(seed).sample([*reports, *brief], 9)
        with Index(tmp_path / f"{seed}.db") as index:
            if loaded:
                index.add_many(pages[:4], jobs=1)
            for page in pages:
                index.add(page)
            story = {page["id"]: index.check(page).story for page in pages}
            lima, maribor = ({story[f"{city}{many}"] for many in (2, 3, 6)} for city in ("Lima", "Maribor"))
            assert (len(lima), len(maribor), len(lima | maribor)) == (1, 1, 2)
            assert story["brief0"] == story["brief2"]


def behind_a_paywall():
    """Return a report, its opening with an invitation below it, and a round-up that opens with the same sentences."""
    invitation = "Subscribe to read on."
    opening = record("opening", TITLES["Lima"], *STRIKE[:2], invitation)
    return [wire("Lima", STRIKE, 6), opening, record("brief", "World in brief", *STRIKE[:2], *BRIDGE[:3])]


@pytest.mark.parametrize("loaded", [False, True])
def test_a_page_of_two_reports_joins_them_in_no_index_however_many_copies_each_has(tmp_path, loaded):
    copies = [
        record(f"{city} {outlet}", TITLES[city], *lines, f"Readers of the {outlet} may write to us.")
        for city, lines in (("Lima", STRIKE), ("Maribor", BRIDGE))
        for outlet in ("Argus", "Bugle", "Courier", "Dispatch", "Echo", "Founder", "Globe", "Herald")
    ]
    both = record("both", "Teachers go back to school", *STRIKE[:5], *BRIDGE[:4])
    with Index(tmp_path / "news.db") as index:
        if loaded:
            index.add_many(copies, jobs=1)
            index.add_many([both], jobs=1)
        else:
            for page in (*copies, both):
                index.add(page)
        story = {page["id"]: index.check(page).story for page in copies}
    lima, maribor = ({story[id] for id in story if id.startswith(city)} for city in ("Lima", "Maribor"))
    assert (len(lima), len(maribor), len(lima | maribor)) == (1, 1, 2)


def test_the_opening_of_a_report_does_not_join_it_and_a_round_up():
    (story,) = (story for story in dedupe.analyze(behind_a_paywall()).stories if "opening" in story.members)
    assert story.copy_groups == (("Lima6", "opening"),)


def test_a_shorter_version_of_a_report_under_the_title_of_a_round_up_is_its_copy():
    pages = [wire("Lima", STRIKE, 6), record("short", "In brief", *STRIKE[:3])]
    assert [story.copy_groups for story in dedupe.analyze(pages).stories] == [(("Lima6", "short"),)]


@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_opening_of_a_report_does_not_join_it_and_a_round_up_in_an_index(tmp_path, order, loaded, titled):
    *reports, brief = behind_a_paywall()
    if not titled:  # its first line is taken for an invitation, of which an index keeps nothing
        brief |= {"title": "", "text": f"Morning briefing\n{brief['text']}"}
    pages = [(*reports, brief)[place] for place in order]
    with Index(tmp_path / "news.db") as index:
        index.add_many(pages, jobs=1) if loaded else [index.add(page) for page in pages]
        story = {page["id"]: index.check(page).story for page in pages}
    assert story["Lima6"] == story["opening"] != story["brief"]


def test_a_report_with_a_new_opening_stays_with_copies_of_that_opening_and_of_the_report_before_it():
    """Its two parts have little in common, but tell one story."""
    new = (
        "MARIBOR - The bridge over the Drava stays shut until spring, as divers found cracks in a third of its piers.",
        "Engineer Jana Zupan said on Wednesday that the road company will pay for a ferry between Maribor and Melje.",
        "The mayor of Maribor called it the longest closure of a bridge in Slovenia since the floods of 1990.",
    )
    before, later = wire("Maribor", BRIDGE, 5), record("later", "Maribor: bridge stays shut", *new, *BRIDGE[1:4])
    opening = record("opening", "Maribor: bridge stays shut", *new)
    lima = [wire("Lima", STRIKE, many) for many in (3, 6)]
    (story, other) = dedupe.analyze([before, later, opening, *lima]).stories
    assert {story.copy_groups, other.copy_groups} == {(("Maribor5", "later", "opening"),), (("Lima3", "Lima6"),)}


def test_a_report_is_of_one_group_with_its_two_halves(shared_data):
    """Of 40 reports a few may be apart: some halves are as unlike as two texts."""
    with gzip.open(shared_data / "stories" / "wikinews_small.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [text for text in (json.loads(line)["text"].split(". ") for line in file) if 12 <= len(text) <= 40][:40]
    pages = [
        {"id": f"{number} {part}", "text": ". ".join(text[of])}
        for number, text in enumerate(texts)
        for part, of in (
            ("whole", slice(None)),
            ("first", slice(len(text) // 2)),
            ("second", slice(len(text) // 2, None)),
        )
    ]
    groups = [set(group) for story in dedupe.analyze(pages).stories for group in story.copy_groups]
    whole = [any({f"{n} first", f"{n} whole", f"{n} second"} <= group for group in groups) for n in range(len(texts))]
    assert len(texts) == 40 and sum(whole) >= 36  # 21 where two that share no text were two
