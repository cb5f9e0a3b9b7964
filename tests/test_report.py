"""What a report says and how it is written down; the HTML in a real browser where there is one."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from markupsafe import Markup
from rich.console import Console

import dedupe
from dedupe.model import Skipped
from dedupe.report import html
from dedupe.report.charts import timeline
from dedupe.report.html import _runs
from dedupe.report.html import render as render_html
from dedupe.report.markdown import render as render_markdown
from dedupe.report.order import by_size, derivations_by_story, in_time
from dedupe.report.outlets import outlets, republished
from dedupe.report.quotes import quotes_of
from dedupe.report.table import csv_lines, to_csv
from dedupe.report.terminal import bar
from dedupe.report.terminal import render as render_terminal
from dedupe.report.wording import left_out_lines, safe, summary

WIRE = """The harbour authority said on Tuesday that the new container terminal would open in spring, two years late.
Engineers drove another four hundred piles to carry the cranes, which adds about sixty million euros to the bill.
Opposition councillors want an inquiry into why the first survey missed a buried river channel on old maps."""
SWIFTS = """Volunteers counting swifts in the old town found the largest colony since their survey began.
They had put up ninety boxes under the roofs of the market hall, and in seventy of them a pair has bred this summer.
The birds will fly south by August, and the volunteers want owners to leave the holes in their walls as they are."""
EVIL = '<script>alert("x")</script> & "quoted" </script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def report():
    return dedupe.analyze(
        [
            {"id": "a", "text": WIRE, "title": EVIL, "source": "Gazette", "published": "2025-03-01"},
            {"id": "b", "text": f"{WIRE}\nFirst in the Gazette.", "source": "=SUM(A1)", "published": "2025-03-02"},
            {"id": EVIL, "text": "Volunteers counting swifts in the old town found the largest colony so far."},
        ]
    )


def test_json_is_the_schema_of_the_interface(report):
    shown = json.loads(report.to_json())
    assert list(shown)[:4] == ["schema", "version", "config", "articles"]
    assert list(shown)[4:] == ["pairs", "stories", "derivations", "outlets", "skipped"]
    article = {
        "id", "path", "title", "source", "url", "published", "language", "words", "story", "copy_group", "verdict",
        "shares", "sources", "paragraphs",
    }  # fmt: skip
    assert article <= set(shown["articles"][0])
    assert set(shown["articles"][0]["verdict"]) == {"kind", "confidence", "reasons"}
    assert set(shown["articles"][0]["shares"]) == {"original", "reused", "credit", "ad", "boilerplate"}
    assert set(shown["pairs"][0]) == {
        "a", "b", "relation", "confidence", "jaccard", "containment", "story_similarity", "evidence",
    }  # fmt: skip
    assert {"id", "members", "copy_groups", "canonical", "label"} <= set(shown["stories"][0])


def test_what_is_not_known_is_null_in_json(report):
    credited = dedupe.analyze([{"id": "a", "text": f"{WIRE}\n(Reuters)", "source": "Gazette"}])
    (derivation,) = json.loads(credited.to_json())["derivations"]
    assert (derivation["source"], derivation["source_name"], derivation["copy"]) == (None, "Reuters", "a")
    (article,) = json.loads(credited.to_json())["articles"]
    assert [(taken["source"], taken["source_name"]) for taken in article["reused_by_source"]] == [(None, "Reuters")]
    one, *copies = json.loads(report.to_json())["articles"]
    assert one["copy_group"] is None and all(copy["copy_group"] for copy in copies)


def test_json_of_many_records_is_that_of_few_at_a_time(report, monkeypatch):
    whole = report.to_json()
    monkeypatch.setattr("dedupe.report.json._AT_ONCE", 1)
    assert report.to_json() == whole and len(json.loads(whole)["articles"]) == 3


def test_facts_are_told_of_stories_in_a_run_of_readable_size(report, monkeypatch):
    assert all("facts" in story for story in json.loads(report.to_json())["stories"])
    monkeypatch.setattr("dedupe.report.json.ARTICLES", 2)
    assert not any("facts" in story for story in json.loads(report.to_json())["stories"])


def test_the_page_says_how_much_more_was_left_out_than_it_lists(report):
    many = tuple(Skipped(f"{number:04}.txt", f"broken in way {number}") for number in range(1003))
    page = "".join(render_html(replace(report, skipped=many)))
    assert "0999.txt: broken in way 999" in page and "1000.txt: " not in page and "… and 3 more in the JSON" in page


def test_copies_that_say_all_the_same_have_no_list_of_differences():
    same = dedupe.analyze([{"id": id, "text": WIRE.replace("The harbour", "Oslo: The harbour")} for id in "ab"])
    assert "What the versions say differently" not in "".join(render_html(same))


def test_the_evidence_of_who_took_from_whom_is_told_once(report):
    page = "".join(render_html(report))
    (derivation,) = report.derivations
    assert all(page.count(Markup.escape(said)) == 1 for said in derivation.evidence)


def test_ids_of_stories_come_from_their_members_alone(report):
    again = dedupe.analyze([{"id": "b", "text": WIRE + "\nMore."}, {"id": "a", "text": WIRE}])
    assert again.stories[0].members == ("a", "b") and again.stories[0].id == report.article("a").story


def test_csv_has_a_row_for_each_article_and_no_formula(report):
    rows = list(csv.DictReader(io.StringIO("".join(to_csv(report)))))
    assert [row["id"] for row in rows] == [article.id for article in report.articles]
    assert rows[2]["source"] == "'=SUM(A1)"
    assert rows[1]["cluster"] == rows[2]["cluster"] != ""
    assert [row["taken_from"] for row in rows] == ["", "", "a"]


@pytest.mark.parametrize("opens", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(opens):
    lines = io.StringIO("".join(csv_lines([[f"{opens}1+1", f"a{opens}b", 1]])), newline="")
    assert list(csv.reader(lines)) == [[f"'{opens}1+1", f"a{opens}b", "1"]]


def test_csv_names_a_source_once_however_often_the_page_does():
    found = dedupe.analyze([{"id": "a", "text": f"{WIRE}\nReporting by Reuters\n© 2024 Reuters"}])
    assert len(found.articles[0].sources) > 1
    (row,) = csv.DictReader(io.StringIO("".join(to_csv(found))))
    assert row["sources"] == "Reuters"


def test_csv_tells_of_each_article_the_strongest_of_its_pairs():
    other = "A new terminal opens in spring, the harbour authority said. Its piles cost sixty million euros more."
    found = dedupe.analyze([{"id": "a", "text": WIRE}, {"id": "b", "text": WIRE}, {"id": "c", "text": other}])
    assert [pair.relation.value for pair in found.pairs] == ["identical", "rewrite", "rewrite"]
    rows = list(csv.DictReader(io.StringIO("".join(to_csv(found)))))
    assert [row["relation"] for row in rows] == ["identical", "identical", "rewrite"]


def test_nothing_of_a_page_becomes_markup(report):
    html, markdown = "".join(render_html(report)), "".join(render_markdown(report))
    assert "<script>alert" not in html and "onerror=alert(1)>" not in html
    assert "<script>" not in markdown.replace("\\<script\\>", "")


def test_files_hold_what_the_report_shows(report, tmp_path):
    report.to_html(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == "".join(render_html(report))
    text = report.to_json(tmp_path / "report.json", include_text=True)
    assert (tmp_path / "report.json").read_text("utf-8") == text
    assert WIRE in [article["text"] for article in json.loads(text)["articles"]]


def test_an_article_is_found_by_its_id(report):
    assert [report.article(article.id) for article in report.articles] == list(report.articles)
    for other in ("", "aa", "zz", 7):
        with pytest.raises(KeyError) as told:
            report.article(other)
        assert isinstance(told.value, dedupe.DedupeError) and str(told.value).startswith("no article has the id ")
    assert dedupe.analyze([{"id": 7, "text": WIRE}]).article(7).id == "7"


def test_paragraphs_of_an_article_are_found_by_its_id_and_by_its_place(report):
    last = report.articles[-1]
    assert report.paragraphs(last.id) == report.paragraphs(len(report.articles) - 1) == report.paragraphs(-1) != ()
    with pytest.raises(dedupe.DedupeError, match="no article has the id 'zz'"):
        report.paragraphs("zz")


def test_html_asks_for_nothing_from_outside(report):
    html = "".join(render_html(report))
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert "default-src 'none'" in html and "@import" not in html and "url(" not in html


def test_an_article_is_linked_to_its_page_and_to_nothing_that_a_browser_would_run():
    addresses = ("https://a.org/1?x=1&y=%222", "javascript:alert(1)", "data:text/html,x", "")
    pages = [{"id": str(i), "url": url, "text": WIRE, "language": "en"} for i, url in enumerate(addresses)]
    html = "".join(render_html(dedupe.analyze(pages)))
    assert re.findall(r'<a href="([^#].*?)" rel="(.*?)">(.*?)<', html) == [
        ("https://a.org/1?x=1&amp;y=%222", "noreferrer", "0")
    ]
    assert html.count('<article lang="en"') == len(pages)


def test_a_page_shows_what_is_hidden_in_an_id_and_no_more_of_a_title_than_one_reads():
    pages = [{"id": f"\u202elmth.{i}\x1b", "title": "Rain " * 1000, "text": f"{WIRE} {i}"} for i in "ab"]
    html = "".join(render_html(dedupe.analyze(pages)))
    assert r"\u202elmth.a\x1b" in html
    assert not {"\u202e", "\x1b"} & set(html)  # else what stands after it reads backwards
    assert not re.search(r"(Rain\s+){50}", html)


def test_versions_and_who_took_from_whom_are_told_in_the_order_in_which_they_appeared():
    days = {"a-latest": "2025-03-03", "b-first": "2025-03-01", "c-second": "2025-03-02"}
    rows = [{"id": id, "title": f"{id}!", "source": id, "text": WIRE, "published": day} for id, day in days.items()]
    found = dedupe.analyze(rows)
    (derivations,) = derivations_by_story(found).values()
    assert [item.copy for item in derivations] == ["c-second", "a-latest"]
    lines = "".join(render_markdown(found))
    listed = re.findall(r"^\| (\w\\-\w+) \| \1\\! \| \1", lines, flags=re.M)  # an outlet is called as its page
    assert listed == [r"b\-first", r"c\-second", r"a\-latest"]


SWIFTS = """Volunteers counting swifts in the old town found the largest colony since the census began in 1987.
They climbed to the roofs of the cathedral and two schools, where some three hundred pairs were breeding in June."""


def test_who_took_several_articles_of_whom_is_told_of_outlets_by_the_name_most_pages_have(monkeypatch):
    pages = [
        {"id": f"{name}-{day}", "source": outlet, "text": text, "published": f"2025-03-0{day}"}
        for name, outlet, text, day in (
            ("a", "The Gazette", WIRE, 1),
            ("b", "The Gazette", SWIFTS, 1),
            ("a", "thegazette.com", WIRE, 2),
            ("a", "=Star", WIRE, 3),
            ("b", "=Star", SWIFTS, 3),
            ("a", "Herald", WIRE, 4),
        )
    ]
    found = dedupe.analyze(pages)
    shown = [(outlet.name, outlet.articles, outlet.takes_from) for outlet in outlets(found)]
    assert shown == [("The Gazette", 3, ()), ("=Star", 2, (("The Gazette", 2),)), ("Herald", 1, (("The Gazette", 1),))]
    console = Console(file=io.StringIO(), width=80)
    console.print(*render_terminal(found))
    taken = console.file.getvalue().partition("Who takes from whom")[2]
    assert "=Star: 2 from The Gazette" in taken and "Herald" not in taken  # which took one: its story tells that
    monkeypatch.setattr("dedupe.report.terminal.OUTLETS", 0)
    assert "… and 1 more outlet; -f json has them all" in shown_at(80, found)
    page = "".join(render_html(found))
    assert 'href="#matrix"' in page and 'href="#outlets"' in page and 'href="#skipped"' not in page


def test_outlets_beyond_those_that_are_named_are_counted():
    pages = [
        {"id": f"{outlet} {name}", "source": outlet, "published": f"2025-03-0{day}", "text": text}
        for name in "abcdef"
        for text in [" ".join(f"The {name}{i} met the {name}{i + 1} near {name}{i + 2}." for i in range(30))]
        for outlet, day in ((f"Paper {name}", 1), ("Star", 2))
    ]
    console = Console(file=io.StringIO(), width=200)
    console.print(*render_terminal(dedupe.analyze(pages)))
    assert "1 from Paper d and 2 more\n" in console.file.getvalue()


def test_two_web_sites_of_one_name_are_two_outlets_and_a_page_of_none_is_of_none():
    names = ["guardian.ng", "theguardian.com", "The Guardian", "---", ""]
    pages = [
        {"id": f"{name}{day}", "source": outlet, "text": text, "published": f"2025-03-0{day}"}
        for day, outlet in enumerate(names, 1)
        for name, text in (("a", WIRE), ("b", SWIFTS))
    ]
    found = dedupe.analyze(pages)
    assert {outlet.name: outlet.articles for outlet in outlets(found)} == dict.fromkeys(names[:-1], 2)
    assert set(republished(found)) <= set(names[:-1])


def test_of_stories_with_as_many_versions_those_of_the_closest_come_first():
    pages = [("a", WIRE), ("b", WIRE), ("c", SWIFTS), ("d", SWIFTS)]
    found = dedupe.analyze({"id": id, "text": text} for id, text in pages)
    for far, close in (("a", "c"), ("c", "a")):  # whatever the ids of the stories
        moved = sorted(found.pairs, key=lambda pair: pair.a == far)
        less = tuple(replace(pair, confidence=0.9 if pair.a == far else 1.0) for pair in moved)
        assert by_size(replace(found, pairs=less))[0].members[0] == close


def test_what_the_page_has_no_room_for_is_told_at_its_top(report, monkeypatch):
    monkeypatch.setattr(html, "STORIES", 1)
    top = "".join(render_html(report)).partition("<main")[0]
    assert "Shown: 1 story, the largest first. Not shown: 1 story, see the JSON report" in top
    monkeypatch.setattr(html, "CHARACTERS", 1)  # one story is shown, however long
    assert "Shown: 1 story" in "".join(render_html(report)).partition("<main")[0]


def test_versions_beyond_those_that_can_be_read_on_the_page_are_listed_there(report, monkeypatch):
    monkeypatch.setattr(html, "MEMBERS", 1)
    page = "".join(render_html(report))
    assert "1 more version to read in the JSON report" in page and "1 more version in the JSON report" not in page
    monkeypatch.setattr(html, "VERSIONS", 1)
    assert "1 more version in the JSON report" in "".join(render_html(report))


def test_bars_are_always_full(report):
    assert {len(bar(article).plain) for article in report.articles} == {16}


def test_a_terminal_is_told_nothing():
    assert safe("\u0915\u094d\u200d\u0937\a") == "\u0915\u094d\u200d\u0937\\x07"  # what joins letters stays
    assert safe("\x1b[2J\x9b1m\u202eabc\r\nd") == "\\x1b[2J\\x9b1m\\u202eabc d"


def test_arrow_tables_have_the_articles_and_pairs(report):
    pytest.importorskip("pyarrow")
    tables = report.to_arrow()
    assert tables["articles"].num_rows == 3 and tables["pairs"].num_rows == len(report.pairs)


HEARD = "We will move the cranes before the first ship comes in"


def test_words_that_another_page_has_outside_quotation_marks_are_not_quoted_by_several():
    pages = [
        {"id": "a", "text": f"{WIRE}\n“{HEARD},” the director told the council on Monday."},
        {"id": "b", "text": f"Ships are late.\nThe port will say: {HEARD}. Nobody there believes it, dockers say."},
        {"id": "c", "text": f"The cranes are late again.\n“{HEARD},” she told reporters in the harbour hall."},
    ]
    of = {page["id"]: page for page in pages}
    for ids, shared in (("ab", []), ("ac", [HEARD])):
        found = dedupe.analyze([of[id] for id in ids], config=dedupe.Config(story_threshold=0.001))
        assert [quoted.text for quoted in quotes_of(found, [0, 1])[0]] == shared


def test_of_two_quotations_of_one_paragraph_each_is_found_where_another_page_has_it():
    second = "and nobody will ask with whom we have spoken about it before that"
    found = dedupe.analyze(
        [
            {"id": "a", "text": f"{WIRE}\n“{HEARD},” the director told the council, “{second}.”"},
            {"id": "b", "text": f"The cranes are late again.\n“{HEARD},” she told reporters in the harbour hall.\n"
             f"“Not with us,” dockers say. She was firm: “{second}.”"},
        ],
        config=dedupe.Config(story_threshold=0.001),
    )  # fmt: skip
    shared = [quoted.text for quoted in quotes_of(found, [0, 1])[0]]
    assert shared and all(HEARD in text or second in text for text in shared)


def test_a_quotation_of_one_alone_is_quoted_nowhere_though_the_paragraph_has_one_of_both():
    alone = "and nobody will ask with whom we have spoken about it before that"
    first = {"id": "a", "text": f"{WIRE}\n“{HEARD},” the director told the council, “{alone}.”"}
    other = {"id": "b", "text": f"The cranes are late again.\n“{HEARD},” she told reporters in the harbour hall."}
    found = dedupe.analyze([first, other], config=dedupe.Config(story_threshold=0.001))
    quotes = json.loads(found.to_json())["articles"][0]["quotes"]
    assert [(quote["kind"], len(quote["quoted_in"])) for quote in quotes] == [("shared", 1), ("own", 0)]


def test_articles_are_told_apart_by_their_short_names_and_have_their_reasons_once():
    day = "2025/03/11/harbour-terminal-opens-two-years-late-"
    found = dedupe.analyze(
        [
            {"id": f"{day}{name}", "text": WIRE, "published": f"2025-03-0{i}"}
            for i, name in enumerate(("a", "b", "c"), 1)
        ]
    )
    screen = Console(file=io.StringIO(), width=80)
    for part in render_terminal(found):
        screen.print(part, markup=False)
    shown = " ".join(screen.file.getvalue().split())
    told = "harbour-terminal-opens-two-years-late-b, harbour-terminal-opens-two-years-late-c: 100 % of its reporting"
    assert told in shown and shown.count("was published earlier (2025-03-01, then 2025-03-02)") == 1
    assert found.stories[0].id in shown


def test_an_article_is_shown_with_its_outlet_and_day_and_pairs_by_short_names():
    names = [f"{letter * 64}.html" for letter in "ab"]
    found = dedupe.analyze(
        [
            {"id": names[0], "text": WIRE, "source": "Bay News", "published": "2025-03-01T08:00:00Z"},
            {"id": names[1], "text": WIRE, "published": "2025-03-02"},
        ]
    )
    screen = Console(file=io.StringIO(), width=80)
    for part in render_terminal(found):
        screen.print(part, markup=False)
    shown = screen.file.getvalue()
    assert "Bay News, 2025-03-01" in shown
    assert f"{'a' * 23}… → {'b' * 23}…" in shown
    assert f"{'a' * 23}… (A) ~ {'b' * 23}… (B)" in " ".join(shown.split())
    assert shown.count("aaaa.html") == shown.count("bbbb.html") == 1  # once, in the table: reasons have them short too


def shown_at(width, found):
    screen = Console(file=io.StringIO(), width=width)
    for part in render_terminal(found, width=width):
        screen.print(part, markup=False)
    return " ".join(screen.file.getvalue().split())


def test_what_a_terminal_has_no_room_for_is_counted(report, monkeypatch):
    for name, most in (("STORIES", 1), ("MEMBERS", 1), ("PAIRS", 0)):
        monkeypatch.setattr(f"dedupe.report.terminal.{name}", most)
    shown = shown_at(80, report)
    assert "… and 1 more story (1 of one article); -f json has them all." in shown
    assert "… and 1 more version; -f json has them all" in shown and "… and 1 more pair in this story" in shown
    apart = replace(report, stories=[story for story in report.stories if len(story.members) == 1] * 2)
    assert "All stories are of one article; -f json has them all." in shown_at(80, apart)


def test_a_page_put_together_of_two_says_how_much_is_of_each():
    pages = {"a": WIRE, "b": SWIFTS, "c": f"{WIRE}\n{SWIFTS}"}
    found = dedupe.analyze(
        {"id": id, "text": text, "source": f"Paper {id}", "published": f"2025-03-0{day}"}
        for day, (id, text) in enumerate(pages.items(), 1)
    )
    assert re.search(r"c: of its words \d\d % from [ab] \(Paper [ab]\), \d\d % from [ab]", shown_at(120, found))


def test_a_wide_terminal_shows_more_of_a_title():
    found = dedupe.analyze([{"id": "a", "title": "The harbour's new terminal opens " * 4, "text": WIRE}])
    room = [shown_at(width, found).count("new terminal opens") for width in (40, 80, 120)]
    assert room[0] < room[1] < room[2] and "* the one to read" in shown_at(40, found)


def test_the_words_of_a_credit_stand_once_in_the_terminal():
    said = "This story was originally published by the Lake Observer."
    found = dedupe.analyze([{"id": "a", "text": f"{WIRE}\n\n{said}"}, {"id": "b", "text": f"{WIRE} It rained."}])
    shown = shown_at(200, found)
    assert "Lake Observer (not found here) → a" in shown and shown.count(said) == 1


def test_the_words_of_a_credit_stand_with_who_took_it_where_its_verdict_is_not_shown():
    said = "This story was originally published by the Lake Observer."
    copies = [{"id": f"{i:02}", "text": WIRE, "source": "Bay News", "published": "2026-03-01"} for i in range(20)]
    last = {"id": "z", "text": f"{WIRE}\n\n{said}"}  # last, since its day is not known
    shown = shown_at(200, dedupe.analyze([*copies, last]))
    assert "1 more version" in shown and "→ z" in shown and shown.count(said) == 1


def test_the_address_that_a_saved_page_gives_is_its_own_where_none_is_known():
    page = f'<link rel="canonical" href="https://lake.example/ferry"><p>{WIRE}'
    kept = [{"id": "a", "html": page}, {"id": "b", "html": page, "url": "https://bay.example/1"}]
    found = dedupe.analyze(kept)
    assert [article.url for article in found.articles] == ["https://lake.example/ferry", "https://bay.example/1"]


def test_a_version_is_chosen_by_its_outlet_too():
    found = dedupe.analyze([{"id": "a", "text": WIRE, "source": "Bay News"}, {"id": "b", "text": WIRE}])
    options = re.findall(r"<option[^>]*>(.*?)</option>", "".join(render_html(found)))
    assert options == ["Bay News: a", "b"] * 2


def test_a_narrow_terminal_shows_whose_verdicts_these_are(report):
    screen = Console(file=io.StringIO(), width=40)
    for part in render_terminal(report, width=40):
        screen.print(part, markup=False)
    lines = screen.file.getvalue().splitlines()
    assert any(line.startswith("=1") and " b " in line and "syndicated" in line for line in lines), lines
    assert max(map(len, lines)) <= 40 and not any("…" in line and "%" in line for line in lines)


def test_an_endless_id_does_not_fill_the_screen():
    found = dedupe.analyze([{"id": "x" * 100_000, "text": WIRE}, {"id": "y", "text": WIRE}])
    for width in (40, 80):
        screen = Console(file=io.StringIO(), width=width)
        for part in render_terminal(found, width=width):
            screen.print(part, markup=False)
        assert screen.file.getvalue().count("\n") < 60


def test_what_could_not_be_read_is_told_first_and_files_before_their_records():
    left_out = [
        Skipped(".hidden", "hidden", failed=False), Skipped("a#2", "no text"), Skipped("a#9", "not JSON"),
        Skipped("b", "cut off"),
    ]  # fmt: skip
    assert left_out_lines(left_out, 2)[1:3] == ["b: cut off", "a#2: no text"]


def test_what_many_records_of_a_file_lack_is_told_once():
    records = [Skipped(f"{file}.jsonl#{i}", "no text") for file in "ab" for i in (1, 2, 3)]
    lines = left_out_lines([*records, Skipped("a.jsonl#4", "cut off"), Skipped("c", "no text")], 9)
    assert lines == [
        "Left out: 8, of these 8 that could not be read.",
        "c: no text",
        "a.jsonl#1: no text (2 more records of the file, too)",
        "b.jsonl#1: no text (2 more records of the file, too)",
        "a.jsonl#4: cut off",
    ]


def test_a_cap_is_told_and_not_counted_as_an_input():
    cap = Skipped("", "shingles of more than 64 texts: 4", failed=False)
    assert left_out_lines([cap, Skipped("a#3", "no text", failed=False)])[::2] == ["Left out: 1.", cap.reason]
    assert left_out_lines([cap]) == ["Left out of some comparisons.", cap.reason]


def test_what_many_files_are_left_out_for_is_told_once_but_not_what_failed():
    pages = [Skipped(f"{i}.html", f"a message ({i})", failed=False, alike="Access denied") for i in range(3)]
    lines = left_out_lines([*pages, Skipped("a.gz", "cut off"), Skipped("b.gz", "cut off")])
    assert lines[1:] == ["a.gz: cut off", "b.gz: cut off", "0.html: a message (0) (2 more, too)"]


def test_empty_arrow_tables_have_the_columns_of_full_ones(report):
    pyarrow = pytest.importorskip("pyarrow")
    full, empty = report.to_arrow(), dedupe.analyze([]).to_arrow()
    alone = dedupe.analyze([{"id": "c", "text": "Rates rose."}]).to_arrow()
    for name, table in full.items():
        assert table.schema == empty[name].schema == alone[name].schema
        assert pyarrow.concat_tables([table, empty[name], alone[name]]).num_rows >= table.num_rows
    records = json.loads(report.to_json())
    assert full["pairs"].to_pylist() == records["pairs"]
    assert full["articles"].to_pylist() == records["articles"]
    assert set(full["stories"].column_names) == set(records["stories"][0]) - {"facts"}


def test_arrow_tables_have_all_that_json_has_of_a_page_that_names_its_source():
    pytest.importorskip("pyarrow")
    credited = f"{WIRE}\nThis article was originally published by the Lake Observer."
    found = dedupe.analyze([{"id": "a", "text": credited, "source": "Daily Star"}, {"id": "b", "text": WIRE}])
    tables, records = found.to_arrow(), json.loads(found.to_json())
    assert records["articles"][0]["sources"] and records["articles"][0]["reused_by_source"]
    for name in ("articles", "pairs", "derivations"):
        assert tables[name].to_pylist() == records[name] != []


def test_the_timeline_orders_moments_whatever_their_zone(report):
    noon_in_tokyo, early_in_london = "2025-03-01T12:00:00+09:00", "2025-03-01T04:00:00+00:00"  # 03:00 and 04:00 UTC
    articles = [
        replace(report.articles[0], id=date, source=date, published=date)
        for date in (early_in_london, noon_in_tokyo, "soon")
    ]
    drawn = str(timeline(articles))
    assert drawn.index(noon_in_tokyo) < drawn.index(early_in_london) < drawn.index("date unknown")
    assert ">2025-03-01 03:00 UTC<" in drawn and ">2025-03-01 04:00 UTC<" in drawn
    left, right = (float(x) for x in re.findall(r'<(?:circle|rect|path)[^>]*?(\d+\.\d)[^>]*class="dot', drawn))
    assert right - left == 620  # from end to end of the axis
    assert timeline(articles[1:]) == ""
    one_clock = [replace(articles[0], published=f"2025-03-01T0{hour}:00:00") for hour in (4, 5)]
    assert "UTC" not in timeline(one_clock) and "UTC" in timeline([*one_clock, articles[1]])


def test_a_long_run_of_boilerplate_is_folded_under_its_count():
    roles = ["title", *["navigation"] * 5, "ad", "body", "promo"]
    groups = ["reporting", *["boilerplate"] * 5, "ad", "reporting", "boilerplate"]
    runs = _runs([{"role": role, "group": group} for role, group in zip(roles, groups, strict=True)])
    assert [len(run["paragraphs"]) for run in runs] == [1, 6, 1, 1]
    assert [run["summary"] for run in runs] == ["", "6 paragraphs: navigation 5, ad 1", "", ""]


def test_reporting_is_never_folded():
    (run,) = _runs([{"role": "body", "group": "reporting"}] * 40)
    assert len(run["paragraphs"]) == 40 and run["summary"] == ""


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium here: install Debian's package chromium to test the HTML report in a browser")
    return found


def browse(browser, tmp_path, page, *, width=1280):
    """Return the document as the browser has it after its scripts ran, and what the browser logged."""
    path = tmp_path / "report.html"
    path.write_text(page, "utf-8")
    call = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-quic", f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},1600", "--enable-logging=stderr", "--virtual-time-budget=10000", "--dump-dom",
        path.as_uri(),
    ]  # fmt: skip
    result = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
    return result.stdout, result.stderr


def test_side_by_side_view_works_in_a_browser_without_errors(browser, report, tmp_path):
    page, log = browse(browser, tmp_path, "".join(render_html(report)))
    assert "CONSOLE" not in log, log
    marks = re.findall(r'<mark class="(\w+)"[^>]*data-side="(\d)"[^>]*>([^<]+)', page)
    sides = {side: " ".join(text for _, where, text in marks if where == side) for side in "01"}
    assert "container terminal" in sides["0"] and "container terminal" in sides["1"]
    assert {kind for kind, *_ in marks} == {"verbatim"}


JUMP = """<script>const waiting = setInterval(() => {
  if (!document.querySelector("mark")) return;
  clearInterval(waiting);
  document.querySelector("mark").click(); document.querySelector(".fold").click();
  document.body.dataset.outcome = document.querySelectorAll("mark.here").length + "/" +
    document.querySelectorAll(".folded").length; }, 50);</script>"""


def test_a_click_on_a_passage_shows_its_twin_and_boilerplate_folds_away(browser, report, tmp_path):
    page, log = browse(browser, tmp_path, "".join(render_html(report)).replace("</body>", JUMP + "</body>"))
    assert "CONSOLE" not in log, log
    assert 'data-outcome="2/1"' in page


KEYS = """<script>const waiting = setInterval(() => {
  if (!document.querySelector("mark")) return;
  clearInterval(waiting);
  const press = () => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: " ", bubbles: true}));
  const first = document.querySelector("mark"), side = () => document.activeElement.dataset.side;
  first.focus(); const sides = [side()]; press(); sides.push(side()); press(); sides.push(side());
  document.body.dataset.outcome = sides.join(" ") + " " + getComputedStyle(document.querySelector("nav")).display;
  }, 50);</script>"""


def test_keys_lead_to_a_passage_and_back_and_a_small_screen_has_the_list_of_stories(browser, report, tmp_path):
    page, log = browse(browser, tmp_path, "".join(render_html(report)).replace("</body>", KEYS + "</body>"), width=500)
    assert "CONSOLE" not in log, log
    assert 'data-outcome="0 1 0 block"' in page


FIND = """<script>const filter = document.getElementById("filter"), found = [];
  for (const wanted of ["gazette", "swifts", "nowhere", ""]) {
    filter.value = wanted; filter.dispatchEvent(new Event("input"));
    found.push(document.querySelectorAll("nav li:not([hidden])").length); }
  document.body.dataset.outcome = found.join(" ");</script>"""


def test_a_story_is_found_by_its_title_and_by_its_outlets(browser, report, tmp_path):
    page, _ = browse(browser, tmp_path, "".join(render_html(report)).replace("</body>", FIND + "</body>"))
    assert 'data-outcome="1 1 0 2"' in page


SPEECH = "“We will not let the harbour fall silent because of one buried channel,” the mayor said on Tuesday evening."
OWN_SPEECH = (
    "“Nobody asked the pilots, and every one of them had that channel on his chart,” said a retired tug master."
)
FIRST = "The council of Emden met for six hours before it approved the money for another survey of the harbour quay."
SECOND = "Work on the harbour quay of Emden stopped after divers found a river bed that no map of the port showed."
TITLE = "Emden pays for another survey of its harbour quay"


@pytest.fixture(scope="module")
def quoting():
    return dedupe.analyze(
        [
            {"id": "a", "source": "Gazette", "title": TITLE, "text": f"{FIRST}\n\n{SPEECH}\n\nThe quay stays shut."},
            {"id": "b", "source": "Courier", "title": TITLE, "text": f"{SECOND}\n\n{SPEECH}\n\n{OWN_SPEECH}"},
        ]
    )


def test_a_quotation_of_both_is_told_from_one_of_its_own_and_from_copying(quoting):
    shown = json.loads(quoting.to_json())["articles"]
    assert [quote["kind"] for quote in shown[0]["quotes"]] == ["shared"]
    assert shown[0]["quotes"][0]["quoted_in"] == [{"article": "b", "paragraph": 1}]
    assert [quote["kind"] for quote in shown[1]["quotes"]] == ["shared", "own"]
    (own,) = [quote for quote in shown[1]["quotes"] if quote["kind"] == "own"]
    assert quoting.article("b").text[own["start"] : own["end"]].startswith("Nobody asked the pilots")
    assert all(paragraph["reused_from"] == [] for article in shown for paragraph in article["paragraphs"])
    html = "".join(render_html(quoting))
    assert "quoted by several" in html and "quoted by one outlet" in html
    console = io.StringIO()
    printed = Console(file=console, width=100)
    for part in render_terminal(quoting):
        printed.print(part)
    assert "quoted by one outlet: “Nobody asked" in console.getvalue()
    assert any("sign of its own reporting" in reason for reason in quoting.article("b").verdict.reasons)


def test_the_reused_part_is_told_by_source(report):
    shown = {article["id"]: article for article in json.loads(report.to_json())["articles"]}
    (taken,) = shown["b"]["reused_by_source"]
    assert (taken["source"], taken["source_name"], taken["share"]) == ("a", "Gazette", shown["b"]["shares"]["reused"])
    assert shown["a"]["reused_by_source"] == []
    assert "from a (Gazette)" in "".join(render_html(report))
    assert r"from a \(Gazette\)" in "".join(render_markdown(report))


def test_versions_are_told_in_the_order_in_which_they_appeared_with_the_hour():
    text = (
        "The harbour authority said on Tuesday that the new terminal would open in spring, two years late, at a loss."
    )
    dates = {"b": "2025-03-01T12:40:00+03:00", "a": "2025-03-01T10:05:00Z", "d": "", "c": "2025-03-01"}
    found = dedupe.analyze([{"id": id, "text": text, "published": date} for id, date in dates.items()])
    assert [article.id for article in in_time(found.articles)] == ["b", "a", "c", "d"]
    html = "".join(render_html(found))
    assert html.index("2025-03-01 09:40 UTC") < html.index("2025-03-01 10:05 UTC")


def test_who_quotes_what_names_those_that_copied_the_words_around_it_too():
    speech = "“We are extremely lucky that this was corn and not something else,” the sheriff told the town on Tuesday."
    wire = f"Eleven cars fell into the river when the third span of the old bridge gave way.\n\n{speech}"
    own = f"Joyce Hendricks thought it was thunder, and then she smelled the gas from afar.\n\n{speech[:68]}, he said."
    pages = {"a": wire, "b": wire, "c": own}
    found = dedupe.analyze([{"id": id, "source": f"Paper {id}", "text": text} for id, text in pages.items()])
    shared, _ = quotes_of(found, range(len(found.articles)))
    assert [{id for id, _ in quoted.places} for quoted in shared] == [{"a", "b", "c"}]


def test_a_folder_of_several_languages_says_that_translations_are_not_recognized():
    pages = [
        {"id": "a", "text": "The harbour opens.", "language": "en"},
        {"id": "b", "text": "Der Hafen.", "language": "de"},
    ]
    assert summary(dedupe.analyze(pages))[-1].startswith("2 languages: 1 de, 1 en.")
    assert not any("languages" in line for line in summary(dedupe.analyze(pages[:1])))


def test_that_nearly_no_article_has_a_date_is_told_where_there_are_copies(report):
    dated = {"id": "c", "text": SWIFTS, "published": "2025-03-01"}
    pages = [{"id": id, "text": WIRE} for id in "ab"]
    assert summary(dedupe.analyze(pages))[2] == (
        "Without a date (published): 2 articles; who took from whom is mostly unclear."
    )
    assert not any("date" in line for line in summary(dedupe.analyze([*pages, dated])))
    assert not any("date" in line for line in summary(dedupe.analyze(pages[:1])))


def test_text_that_stands_in_an_article_of_another_story_is_counted(report):
    assert not any("another" in line for line in summary(report))
    stories = [replace(article, story=article.id) for article in report.articles]
    apart = replace(report, articles=tuple(stories))
    assert f"Text of one story that stands in another: {len(report.pairs)} pair" in summary(apart)[2]
