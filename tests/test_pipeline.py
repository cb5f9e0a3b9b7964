"""The main job as a library call: the same answer whatever the order, jobs or hash seed."""

import hashlib
import json
import os
import random
import subprocess
import sys
import zipfile
from dataclasses import fields, replace
from enum import Enum
from itertools import product

import numpy as np
import pytest

import dedupe
from dedupe import candidates, tfidf
from dedupe.attribution import find as find_sources
from dedupe.config import Config
from dedupe.evaluate.corpora import as_given
from dedupe.jobs import Assistant
from dedupe.model import RELATIONS
from dedupe.pipeline import grouping, label_pages
from dedupe.pipeline.columns import corpus_of
from dedupe.pipeline.copy_groups import known_by_text
from dedupe.pipeline.decisive import decisive
from dedupe.pipeline.labels import named_apart
from dedupe.pipeline.pairs import is_measured, joined, measured, of_candidates, unmeasured, within
from dedupe.pipeline.relations import complete
from dedupe.relation import is_form
from dedupe.report.json import parts
from dedupe.report.order import worst_first

CODE = """
import hashlib, random, sys
import dedupe
seed, jobs = int(sys.argv[2]), int(sys.argv[3])
articles = list(dedupe.read([sys.argv[1]]))
random.Random(seed).shuffle(articles)
print(hashlib.sha256(dedupe.analyze(articles, jobs=jobs).to_json().encode()).hexdigest())
"""


@pytest.mark.parametrize(("hash_seed", "order", "jobs"), [("0", 1, 1), ("1", 2, 2), ("4711", 3, 3)])
def test_order_jobs_and_hash_seed_change_no_byte(seeds, hash_seed, order, jobs):
    expected = hashlib.sha256(dedupe.analyze(dedupe.read([seeds])).to_json().encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    call = [sys.executable, "-c", CODE, str(seeds), str(order), str(jobs)]
    result = subprocess.run(call, capture_output=True, text=True, env=environment, timeout=120, check=True)
    assert result.stdout.strip() == expected


def texts(shared_data, count):
    articles = []
    for article in dedupe.read([shared_data / "near_duplicates" / "reuters_first_half.jsonl.gz"]):
        articles.append(article)
        if len(articles) == count:
            return articles
    return articles


def test_seeds_among_thousands_of_other_articles_are_one_story_of_five(shared_data, seeds):
    own = list(dedupe.read([seeds]))
    report = dedupe.analyze([*texts(shared_data, 5000), *own])
    stories = {story.id: story.members for story in report.stories}
    found = {report.article(article.id).story for article in own}
    assert [stories[id] for id in found] == [tuple(sorted(article.id for article in own))]


def test_a_batch_in_another_order_gives_the_same_bytes(shared_data):
    articles = texts(shared_data, 1500)
    expected = b"".join(parts(dedupe.analyze(articles)))
    random.Random(1).shuffle(articles)
    assert b"".join(parts(dedupe.analyze(articles, jobs=1))) == expected


def test_a_large_input_is_prepared_in_processes_to_the_same_articles(tmp_path):
    rows = [
        {"id": str(i), "text": f"Report {i}. " + "The volcano erupted at dawn. " * 200 * (i % 5 > 0)}
        for i in range(900)
    ]
    rows[700]["text"] = "…"
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    left_out: list[list] = [[], []]
    one, two = (list(dedupe.read([tmp_path], jobs=jobs, skipped=left_out[jobs - 1])) for jobs in (1, 2))
    assert one == two and len(one) == 899
    assert left_out[0] == left_out[1] and len(left_out[0]) == 1


def test_records_and_tables_are_taken_as_they_are():
    rows = [{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}]
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    expected = dedupe.analyze(rows).to_json()
    assert dedupe.analyze(pandas.DataFrame(rows)).to_json() == expected
    assert dedupe.analyze(polars.DataFrame(rows)).to_json() == expected
    assert dedupe.analyze(polars.DataFrame(rows).to_arrow()).to_json() == expected


@pytest.mark.parametrize("kind", [dict, dedupe.Article])
def test_half_a_surrogate_pair_in_any_field_can_be_written(kind):
    names = ("id", "title", "source", "url", "author", "published", "language", "path", "canonical")
    articles = [kind(text="Rates rose \ud83d again.", **{name: f"{name}{i}\udc80" for name in names}) for i in range(2)]
    report = dedupe.analyze(articles)
    assert [article.id for article in report.articles] == ["id0\ufffd", "id1\ufffd"]
    assert json.loads(report.to_json())["articles"][0]["url"] == "url0\ufffd"


def test_a_record_without_an_id_is_an_error_that_says_so():
    with pytest.raises(dedupe.DedupeError, match="id"):
        dedupe.analyze([{"text": "Rates rose."}])


def test_two_records_with_one_id_are_not_lost_in_silence():
    skipped = []
    report = dedupe.analyze([{"id": "a", "text": "One."}, {"id": "a", "text": "Two."}], skipped=skipped)
    assert len(report.articles) == 1 and "'a'" in report.skipped[0].reason


def test_a_date_that_cannot_be_read_does_not_give_way_to_that_of_the_address_in_silence(tmp_path):
    row = {"id": "a", "text": "The mayor resigned.", "url": "https://a.org/2025/03/04/x", "published": "yesterday"}
    rows = [row, {**row, "id": "b", "published": "3 hours ago"}, {**row, "id": "c", "published": "May 4, 2025"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for articles in (rows, dedupe.read([tmp_path]), dedupe.read([tmp_path], jobs=2)):
        report = dedupe.analyze(articles)
        assert [article.published for article in report.articles] == ["2025-03-04", "2025-03-04", "2025-05-04"]
        assert [item.reason.split(",")[0] for item in report.skipped] == [
            "published 'yesterday'",
            "published '3 hours ago'",
        ]
        assert not any(item.failed for item in report.skipped)
    assert "(1 more record of the file, too)" in worst_first(report.skipped)[0].reason
    page = f'<meta property="article:published_time" content="2025-03-05"><p>{row["text"]}</p>'
    assert dedupe.analyze([row | {"html": page}]).article("a").published == "2025-03-05"


def test_which_of_two_records_with_one_id_is_kept_does_not_depend_on_their_order():
    rows = [{"id": "a", "text": "Rates rose.", "source": source} for source in ("Gazette", "Courier")]
    assert dedupe.analyze(rows).to_json() == dedupe.analyze(rows[::-1]).to_json()


@pytest.mark.parametrize("jobs", [0, -1, "2", 1.5])
def test_no_jobs_are_refused_in_words(jobs, tmp_path):
    pages = [{"id": "a", "text": "Rates rose."}]
    with dedupe.Index(tmp_path / "news.db") as index:
        for work in (dedupe.analyze, dedupe.near_duplicates, index.add_many):
            with pytest.raises(dedupe.DedupeError, match="jobs must be a whole number of at least 1, not"):
                work(pages, jobs=jobs)
    with pytest.raises(dedupe.DedupeError, match="jobs must be"):
        dedupe.read(tmp_path, jobs=jobs)


def test_what_is_no_threshold_date_or_field_is_refused_in_words(tmp_path):
    assert not dedupe.near_duplicates([], threshold=np.float64(0.7)).groups
    assert '"story_threshold":0.5' in dedupe.analyze([], config=Config(story_threshold=np.float64(0.5))).to_json()
    for threshold in ("0.7", 0, 1.5, float("nan"), None, True):
        with pytest.raises(dedupe.DedupeError, match="threshold must be a number above 0 and at most 1, not"):
            dedupe.near_duplicates([], threshold=threshold)
    with dedupe.Index(tmp_path / "news.db") as index:
        for day in ("yesterday", None, 7):
            with pytest.raises(dedupe.DedupeError, match="is not a date"):
                index.expire(before=day)
    with pytest.raises(dedupe.DedupeError, match="unknown field body"):
        dedupe.read(tmp_path, names={"body": "text"})  # at once, not when the first article is asked for


def test_what_is_found_shows_how_much_it_is_and_not_all_of_it():
    pages = [{"id": id, "text": "The ferry was late again on Monday, nobody could say why."} for id in "ab"]
    report, copies = dedupe.analyze(pages), dedupe.near_duplicates(pages)
    assert repr(report) == "<Report: 2 articles, 1 stories, 1 pairs, 0 derivations, 0 skipped>"
    assert repr(copies) == "<NearDuplicates: 2 texts, 1 groups, 1 pairs, 0 skipped>"
    assert repr(copies.pairs) == "<CopyPairs: 1>"
    assert "findings" not in repr(dedupe.compare(*pages))
    assert set(dir(dedupe)) == set(dedupe.__all__)


def test_a_path_without_a_name_is_none_and_not_the_folder_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Rates rose on Monday.")
    monkeypatch.chdir(tmp_path)
    assert [article.id for article in dedupe.read(".")] == ["a.txt"]
    read, copies = dedupe.read(["", "a.txt"]), dedupe.near_duplicates(["", "a.txt"])
    assert [article.id for article in read] == ["a.txt"] and copies.texts == 1
    for found in (read, copies):
        assert [(item.path, item.reason) for item in found.skipped] == [("''", "no such file or folder")]


def test_no_articles_make_an_empty_report():
    report = dedupe.analyze([])
    assert report.stories == () and report.to_json().startswith('{"schema":"dedupe.report/1"')


def test_a_report_under_forty_mastheads_is_of_one_story_with_the_others(seeds):
    own = list(dedupe.read([seeds]))
    copies = [
        {"id": f"{article.id} {number}", "text": f"Outlet {number}\n{article.text}\nShare this article"}
        for article in own[1:4:2] for number in range(40)
    ]  # fmt: skip
    report = dedupe.analyze([*own, *copies])
    (story,) = report.stories
    assert len(story.members) == 85 and sorted(map(len, story.copy_groups)) == [41, 41]


def test_a_text_goes_under_the_headline_above_its_report_not_under_a_line_of_the_menu():
    body = "\n".join(
        f"The port authority said on Tuesday that crane {number} would be moved to the eastern quay before winter, and "
        f"that dockers would be trained on it by then." for number in range(4)
    )  # fmt: skip
    menu, headline = "Our papers from all over the region", "Eastern quay gets four cranes before winter"
    page = f"Home\nSport\n{menu}\n{headline}\n{body}"
    titles = {
        article.id: article.title
        for article in dedupe.analyze(
            [{"id": "read", "text": page}, {"id": "given", "text": page, "title": "Cranes"}]
        ).articles
    }
    assert titles == {"read": headline, "given": "Cranes"}


def test_every_pair_names_two_articles_in_order_with_its_numbers(seeds):
    report = dedupe.analyze(dedupe.read([seeds]))
    assert len(report.pairs) == 10
    for pair in report.pairs:
        assert pair.a < pair.b and 0 <= pair.confidence <= 1 and pair.evidence


def test_a_path_is_read_as_one_path_and_refused_as_articles(seeds):
    assert len(list(dedupe.read(str(seeds)))) == len(list(dedupe.read(seeds))) == 5
    with pytest.raises(dedupe.DedupeError, match=r"dedupe\.read"):
        dedupe.analyze(str(seeds))


def test_the_weather_of_two_days_is_no_story_in_a_report_nor_in_an_index(tmp_path):
    form = (
        "{}: {} today with a high of {} degrees. Winds from the {} at {} to {} km/h. Chance of rain {} percent. Tonight"
        " {} with a low of {} degrees. Tomorrow expect {} and a high of {}. Sunrise is at {} and sunset at {}."
    )
    first = ("Dublin", "cloudy", 14, "west", 20, 35, 60, "showers", 8, "sunny spells", 16, "6:12", "20:41")
    second = ("Dublin", "sunny spells", 17, "south", 10, 15, 5, "clear skies", 9, "cloud", 18, "6:10", "20:43")
    days = [
        {"id": date, "text": form.format(*said), "published": date}
        for date, said in (("2024-04-22", first), ("2024-04-23", second))
    ]
    assert [story.members for story in dedupe.analyze(days).stories] == [("2024-04-22",), ("2024-04-23",)]
    with dedupe.Index(tmp_path / "news.db") as index:
        index.add(days[0])
        assert not index.add(days[1]).pairs and not index.check(days[1]).pairs


def test_what_could_not_be_read_is_in_the_report(seeds):
    report = dedupe.analyze(dedupe.read([seeds, seeds / "missing.txt"]))
    assert [item.path.endswith("missing.txt") for item in report.skipped] == [True]


@pytest.mark.parametrize("articles", [["only a text"], 5, {"id": "a", "text": "One."}])
def test_what_is_no_article_is_refused_in_words(articles):
    with pytest.raises(dedupe.DedupeError):
        dedupe.analyze(articles)


@pytest.mark.parametrize("config", [{}, {"story_threshold": 0.4}, "dedupe.toml"])
def test_settings_that_are_no_config_are_refused_by_name(tmp_path, config):
    page = {"id": "a", "text": "Rates rose."}
    for call in (
        lambda: dedupe.analyze([page], config=config),
        lambda: dedupe.compare(page, page, config=config),
        lambda: dedupe.near_duplicates([page], config=config),
        lambda: dedupe.Index(tmp_path / "news.db", config),
    ):
        with pytest.raises(dedupe.ConfigError, match=r"config is of type (dict|str), not dedupe.Config"):
            call()
    assert not list(tmp_path.iterdir())


def test_what_has_no_passages_with_a_text_is_told_what_align_takes():
    with pytest.raises(dedupe.InputError, match=r"dedupe.compare\(a, b\)"):
        dedupe.align({"id": "a", "text": "Rates rose."}, "Rates rose.")


@pytest.mark.parametrize("path", ["", "a.txt"])  # with one, it is as those are that `read` gives
def test_a_date_that_cannot_be_read_is_listed_of_whatever_article(path):
    page = dedupe.Article("a", "Rates rose.", path=path, published="soonish")
    assert [item.reason for item in dedupe.analyze([page]).skipped] == [
        "published 'soonish', which cannot be read as a date"
    ]


def test_a_moment_of_numpy_is_a_date_in_whatever_unit():
    for unit in ("s", "ms", "us", "ns"):  # "ns" is that of pandas
        page = {"id": "a", "text": "Rates rose.", "published": np.datetime64("2025-03-04T05:06", unit)}
        assert dedupe.analyze([page]).article("a").published == "2025-03-04T05:06:00"
    page["published"] = np.datetime64("NaT", "ns")
    assert dedupe.analyze([page]).skipped == ()


def test_values_that_are_missing_are_unknown():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"id": ["a"], "text": ["Rates rose."], "title": pandas.array([pandas.NA], dtype="string")})
    assert dedupe.analyze(table).articles[0].title != "<NA>"
    assert dedupe.analyze([{"id": "a", "text": "Rates rose.", "source": float("nan")}]).articles[0].source == ""
    pandas = pytest.importorskip("pandas")
    for none in (None, "", float("nan"), pandas.NA, pandas.NaT):  # what `frame.to_dict("records")` may hold
        page = {"id": "a", "text": "Rates rose.", "title": none, "published": none}
        assert dedupe.analyze([page]).articles[0].title == ""
        with pytest.raises(dedupe.DedupeError, match="without an id: its id is"):
            dedupe.analyze([{**page, "id": none}])
    assert [article.id for article in dedupe.analyze([{**page, "id": b"caf\xc3\xa9"}]).articles] == ["café"]


@pytest.mark.parametrize("kind", [dict, dedupe.Article])
def test_strings_of_numpy_and_of_enumerations_are_strings(kind, tmp_path):
    article = kind(text=np.str_("Rates rose."), id=np.str_("a"), title=Enum("Title", {"ONE": "One"}, type=str).ONE)
    report = dedupe.analyze([article])
    told = json.loads(report.to_json())["articles"][0]
    assert (told["id"], told["title"]) == ("a", "One")
    report.to_html(tmp_path / "report.html")


def test_a_column_of_days_says_nothing_of_the_hour():
    pandas = pytest.importorskip("pandas")
    text = "The harbour authority said on Tuesday that the new terminal would open in spring, a year late. " * 3
    rows = [("a", "2025-03-04", "Gazette"), ("b", "2025-03-04", "Courier"), ("c", "2025-03-05", "Herald")]
    table = pandas.DataFrame(rows, columns=["id", "published", "source"]).assign(text=text)
    days = dedupe.analyze(table.assign(published=pandas.to_datetime(table["published"])))
    assert days.to_json() == dedupe.analyze(table).to_json()


@pytest.mark.parametrize("none", [None, float("nan")])
def test_a_row_without_a_text_is_left_out_as_a_record_without_one_is(tmp_path, none):
    rows = [{"id": "a", "text": "Rates rose."}, {"id": 7, "text": none}, {"id": "c", "text": ""}]
    (tmp_path / "n.jsonl").write_text('{"text": "Rates rose."}\n{"text": null}\n')
    read = dedupe.analyze(dedupe.read([tmp_path])).skipped
    table = pytest.importorskip("pandas").DataFrame(rows)
    for articles in (rows, table):
        report, copies = dedupe.analyze(articles), dedupe.near_duplicates(articles)
        for skipped in (report.skipped, copies.skipped[:1]):
            assert [(item.path, item.reason) for item in skipped] == [("7", item.reason) for item in read]
        assert [article.id for article in report.articles] == ["a", "c"] and copies.texts == 1


def test_values_of_other_types_are_said_as_a_file_of_them_is_read(tmp_path):
    row = {"id": 7, "text": "Rates rose.", "author": [{"name": "x"}], "source": {"name": "Gazette"}, "published": 1.7e9}
    (tmp_path / "rows.json").write_text(json.dumps([row]))
    (read,) = dedupe.read([tmp_path])
    (told,) = dedupe.analyze([row]).articles
    assert (told.source, told.author, told.published) == (read.source, read.author, read.published)
    assert (told.source, told.published) == ("Gazette", "2023-11-14T22:13:20+00:00")
    table = {"id": ["a"], "text": ["Rates rose."], "author": [np.array(["Ann Lee", "Bo Ray"])], "skipped": [3]}
    report = dedupe.analyze(pytest.importorskip("pandas").DataFrame(table))
    assert report.articles[0].author == "Ann Lee, Bo Ray" and report.skipped == ()


def test_evidence_calls_the_article_that_was_asked_about_a_whatever_its_id(tmp_path):
    flash = (
        "The port authority said on Tuesday that four cranes would be moved to the eastern quay before winter, and "
        "that dockers would be trained on them by then. The union had asked for it since last year's accident."
    )
    report = f"{flash} Work on the quay itself starts after Easter, when the first of two old sheds is pulled down."
    told = "100 % of {}'s reporting stands in {} word for word, 68 % of {}'s in {}"
    for one, other in (("first", "second"), ("second", "first")):
        long, short = {"id": one, "text": report}, {"id": other, "text": flash}
        assert dedupe.compare(long, short).evidence[0] == told.format(*"BAAB")
        assert dedupe.compare(short, long).evidence[0] == told.format(*"ABBA")
        with dedupe.Index(tmp_path / f"{one}.db") as index:
            index.add(short)
            (pair,) = index.check(long).pairs
        assert (pair.a, pair.b, pair.evidence[0]) == (one, other, told.format(*"BAAB"))


def test_what_is_asked_about_alone_needs_no_id():
    text = "The ferry was late again on Monday, and nobody on the quay could say why it had not sailed."
    told = dedupe.compare({"text": text}, {"html": f"<p>{text}"})
    assert (told.a.id, told.b.id, told.relation, told.evidence) == ("a", "b", "identical", ("the same 19 words",))
    assert dedupe.compare("a", "a").evidence == ("the same word",)
    assert dedupe.label(text) == dedupe.label({"text": text}) == dedupe.label({"id": "x", "text": text})
    assert dedupe.compare(dedupe.Article("", text), text).a.id == "a"
    for nameless in ({"text": text}, dedupe.Article("", text)):
        with pytest.raises(dedupe.DedupeError, match="without an id"):
            dedupe.analyze([nameless])


@pytest.mark.parametrize("text", ["Rates rose.", "Rates rose on Monday."])
def test_of_texts_too_short_for_a_run_it_is_said_that_they_are_the_same(text):
    told = dedupe.compare(text, text)
    assert told.relation == "identical" and told.evidence == (f"the same {len(text.split())} words",)


def test_half_a_surrogate_pair_in_an_id_can_be_compared():
    told = dedupe.compare({"id": "a\ud83d", "text": "Rates rose."}, {"id": "a\ud83c", "text": "Rates rose."})
    assert (told.a.id, told.b.id) == ("a\ufffd", "a\ufffd (2)")


def test_the_folder_a_page_lies_in_is_its_outlet_however_the_way_there_is_written(tmp_path, monkeypatch):
    for name in ("daily#1/star/a.txt", "daily#1/gazette/pages.zip", "daily#1/loose.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("zip"):
            with zipfile.ZipFile(tmp_path / name, "w") as archive:
                archive.writestr("b.txt", "Rates rose again.")
        else:
            (tmp_path / name).write_text("Rates rose.")
    monkeypatch.chdir(tmp_path / "daily#1" / "star")
    for way in (tmp_path / "daily#1", "..", "../../daily#1/", "../star/../"):
        outlets = {article.id: article.source for article in dedupe.read([way])}
        assert outlets == {"star/a.txt": "star", "gazette/pages.zip/b.txt": "gazette", "loose.zip/b.txt": ""}


def test_pages_below_the_folder_of_a_web_site_or_of_a_day_are_of_its_outlet(tmp_path):
    names = {
        "star.example.org/politics/2025/a.txt": "star.example.org",
        "Gazette/2025-03-04/b.txt": "Gazette",
        "print/c.txt": "",
        "2025/d.txt": "",
        "v1.beta/bbc.co.uk/e.txt": "bbc.co.uk",
        "Herald/scrape.2024/f.txt": "Herald",
        "run.final/St. Louis Post/g.txt": "St. Louis Post",
        "v2.beta/h.txt": "",
        "süddeutsche.de/politik/i.txt": "süddeutsche.de",
        "вести.рф/j.txt": "вести.рф",
        "theblock.xyz/markets/k.txt": "theblock.xyz",
        "St._Louis_Post/html/l.txt": "St._Louis_Post",
    }
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("Rates rose.")
    outlets = {article.id: article.source for article in dedupe.read([tmp_path])}
    assert outlets == names


def test_a_title_that_an_outlet_prints_over_any_text_makes_no_story():
    port = "The harbour authority has banned cruise ships from the old port after residents complained of smoke there."
    court = "A court in Lyon has freed a man who spent eleven years in prison for a murder that he did not commit."
    title = "Morning briefing: what you need to know today"
    report = dedupe.analyze([{"id": "a", "text": port, "title": title}, {"id": "b", "text": court, "title": title}])
    assert len(report.stories) == 2


def front_page(*lines):
    return "\n\n".join(("News | Sport | Weather | Jobs | Cars", *lines, "Sign up for our newsletter", "© 2024 Herald"))


def test_two_front_pages_under_one_slogan_are_no_story_and_two_headlines_without_a_text_may_be():
    slogan = "The Valley Herald - News you can trust"
    one = front_page(
        "Council to vote on new bridge over the Wye",
        "Farm shop burgled for the third time this year",
        "Letters: why the library must stay open on Saturdays",
    )
    other = front_page(
        "Hospital car park to charge visitors from June",
        "Man, 34, held after crash on the A40",
        "Cricket: Abbey Dore skittled out for 61",
    )
    pages = [{"id": name, "title": slogan, "text": text} for name, text in (("a", one), ("b", other))]
    assert len(dedupe.analyze(pages).stories) == 2
    assert "nothing to compare" in dedupe.compare(*pages).evidence[0]
    heads = "Storm closes Genoa port as waves smash breakwater", "Genoa port closed as storm smashes breakwater"
    assert len(dedupe.analyze([{"id": head, "title": head, "text": ""} for head in heads]).stories) == 1


def test_two_articles_that_are_no_story_are_compared_like_any_others():
    bank = (
        "Norway's central bank kept its key rate at 4.25 percent on Wednesday. Inflation is coming down, but it is "
        "still too high, Governor Ida Bache said. House prices have risen by 7 percent this year, and so did the crown."
    )
    race = (
        "Rain stopped the ski race at Lillehammer in Norway on Saturday. The Swiss Marco Odermatt had led after the "
        "first run, ahead of two Austrians. Organisers, who had carted snow from higher up for a week, hope for frost."
    )
    told = dedupe.compare(bank, race)
    assert told.relation == "unrelated" and told.findings.pairs
    assert max(1 - told.numbers["story_similarity"], 0.5) < told.confidence < 0.99
    assert any(line == "shared names: Norway" for line in told.evidence)


def test_evidence_put_in_words_by_a_process_apart_is_that_of_this_one(seeds, monkeypatch):
    report = dedupe.analyze(dedupe.read([seeds]), jobs=2)
    assert isinstance(report.pairs, tuple)
    monkeypatch.setattr("dedupe.pipeline.findings.MANY", 1)
    told = dedupe.analyze(dedupe.read([seeds]), jobs=2)
    assert tuple(told.pairs) == report.pairs and len(told.pairs) == len(report.pairs) > 5
    assert told.to_json() == report.to_json()


def test_sources_found_by_a_process_apart_part_by_part_are_those_found_here_at_once(shared_data, monkeypatch):
    articles = [replace(article, source="Daily Planet", url="") for article in texts(shared_data, 300)]
    labelled = label_pages(articles)
    sources = find_sources(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens)
    assert sum(map(bool, sources)) > 250
    monkeypatch.setattr("dedupe.pipeline.labels.CHUNK", 1 << 16)
    monkeypatch.setattr("dedupe.pipeline.labels.LARGE", 0)
    with Assistant() as assistant:
        assistant.start()
        for apart in (named_apart(labelled, 2), named_apart(labelled, 2, assistant)):
            assert list(labelled.attributions) == list(apart.attributions) == sources


def alike(a, b, *similarity):
    """Return pairs that share no text, as like one story as that."""
    story = np.array(similarity, dtype=np.float32)
    pairs = unmeasured(np.array(a, dtype=np.int32), np.array(b, dtype=np.int32))
    return replace(pairs, story_similarity=story, confidence=1 - story)


def test_two_that_a_third_joins_are_of_one_story_never_less_sure_than_even_unless_they_tell_of_two_things():
    told = within(alike([0, 1], [1, 2], 0.3, 0.0), np.zeros(3, dtype=np.int32))
    assert (told.a.tolist(), told.b.tolist()) == ([0], [1])
    assert RELATIONS[told.relation[0]] == "same_story" and told.confidence[0] == 0.5


def test_two_that_stories_part_are_told_only_of_who_was_asked_about_and_never_less_sure_than_even():
    pairs, story = alike([0, 0, 1], [1, 2, 2], 0.9, 0.1, 0.9), np.arange(3, dtype=np.int32)
    assert not len(within(pairs, story).a)
    told = within(pairs, story, of=0)
    assert told.b.tolist() == [1, 2] and {RELATIONS[code] for code in told.relation} == {"unrelated"}
    assert told.confidence[0] == 0.5 and told.confidence[1] > 0.99


def test_a_story_is_called_by_the_title_of_the_version_to_read_or_of_another_or_by_how_it_begins():
    text = "The harbour authority said on Tuesday that the new terminal would open in spring, two years late."
    copy, first = ({"id": id, "text": text, "published": f"2025-03-0{day}"} for id, day in (("a", 2), ("b", 1)))
    for titles, label in (
        (("Copy", "First"), "First"),
        (("Copy", ""), "Copy"),
        (("Copy", "UPDATE 2-First"), "First"),
        (("Copy", "https://a.org/first"), "Copy"),
        (("", ""), "The harbour authority said on Tuesday that the new terminal would open"),
    ):
        (story,) = dedupe.analyze([{**copy, "title": titles[0]}, {**first, "title": titles[1]}]).stories
        assert (story.canonical, story.label) == ("b", label)


def test_of_a_first_take_it_is_told_which_version_has_the_rest():
    take = (
        "The harbour authority said on Tuesday that the new terminal would open in spring, two years late. Its head, "
    )
    take += "Ann Lee, blamed a strike at the yard that builds the cranes, and a winter with more ice than in ten years."
    rest = " Ships will use the old quay until then, at a cost of four million a month that the town has to bear alone."
    versions = {"a": take, "b": take + rest, "c": take + rest[:20], "d": take + rest + rest.replace("old", "north")}
    records = [{"id": id, "text": text, "published": f"2025-03-01T{10 + i}:00"} for i, (id, text) in
               enumerate(versions.items())]  # fmt: skip
    report = dedupe.analyze(records)
    told = [reason for article in report.articles for reason in article.verdict.reasons if "fuller" in reason]
    assert told == ["a fuller version has 100 % of it: d, of 87 words"]
    corrected = {"id": "e", "text": take, "title": "CORRECTED-Terminal late", "published": "2025-03-01T15:00"}
    no_reports = [[records[0], records[3] | {"title": title}] for title in ("INSTANT VIEW 2-Port", "WITHDRAWN-Port")]
    for others in (records[0:3:2], [*records[1::2], corrected], *no_reports):
        assert not any("fuller" in reason for x in dedupe.analyze(others).articles for reason in x.verdict.reasons)


def test_what_stands_beside_a_report_is_not_the_version_to_read():
    text = "The harbour authority said on Tuesday that the new terminal would open in spring, two years late."
    for title, to_read in (("Timeline: Terminal", "b"), ("CHRONOLOGY-Terminal", "b"), ("Exclusive: Terminal", "a")):
        records = [
            {"id": "a", "text": text, "title": title, "published": "2025-03-01"},
            {"id": "b", "text": text, "title": "Terminal opens late", "published": "2025-03-02"},
        ]
        (story,) = dedupe.analyze(records).stories
        assert story.canonical == to_read
        (story,) = dedupe.analyze([record | {"title": title} for record in records]).stories
        assert (story.canonical, story.label) == ("a", "Terminal")


def test_a_title_may_open_with_slugs_without_end():
    title = "UPDATE: " * 2000 + "Terminal late"
    (story,) = dedupe.analyze([{"id": "a", "text": "It opens in spring.", "title": title}]).stories
    assert story.label == "Terminal late"


def test_a_story_of_what_somebody_claims_is_called_a_claim():
    for title in ("Fact check: Vaccines hold microchips", "OPINION-The war is lost", "Kommentar: Alles verloren"):
        (story,) = dedupe.analyze(
            [{"id": "a", "text": "They say so in the town.", "title": f"UPDATE 1-{title}"}]
        ).stories
        assert story.label == title


def test_what_was_left_out_is_told_in_the_order_of_its_records_whatever_order_it_came_in():
    left_out = [dedupe.Skipped(path, "no text") for path in ("b.txt", "a.jsonl#10", "a.jsonl#9", "a.jsonl")]
    for skipped in (left_out, left_out[::-1]):
        told = dedupe.analyze([{"id": "a", "text": "Rates rose."}], skipped=[*skipped]).skipped
        assert [item.path for item in told] == ["a.jsonl", "a.jsonl#9", "a.jsonl#10", "b.txt"]


def test_a_text_is_of_the_first_day_that_a_copy_has_and_under_no_round_up_s_title_where_one_has_another():
    records = [
        {"id": "a", "text": "Rates rose.", "title": "Morning briefing", "published": "2025-03-02"},
        {"id": "b", "text": "Rates rose.", "title": "Rates rise", "published": "2025-03-01"},
        {"id": "c", "text": "Rates fell.", "title": "Morning briefing", "published": "2025-03-03"},
    ]
    corpus, _ = as_given(records)
    known = known_by_text(corpus, np.array([0, 0, 2]))
    assert (known.published - corpus.published[1]).tolist() == [0, 0, 2]
    assert [article.title for article in known.articles] == ["Rates rise", "Rates rise", "Morning briefing"]


def test_containment_is_that_of_the_text_with_fewer_words_though_the_longer_says_the_same_three_times():
    syllables = (
        ("ba", "ce", "di", "fo", "gu", "ha"),
        ("lan", "men", "nor", "pit", "rus", "sel", "tam", "vok", "wer", "zin"),
    )
    words = list(map("".join, product(*syllables)))  # 56 runs of five words, 26 of which the other has
    texts = " ".join(words) + ".", (" ".join(words[:30]) + ". ") * 3
    report = dedupe.analyze([{"id": id, "text": text} for id, text in zip("ab", texts, strict=True)])
    assert [pair.containment for pair in report.pairs] == [round(26 / 56, 4)]


def test_pairs_of_two_kinds_are_joined_in_their_order():
    told = joined(alike([0, 2], [3, 3], 0.1, 0.2), alike([0, 1], [2, 3], 0.3, 0.4))
    assert list(zip(told.a.tolist(), told.b.tolist(), strict=True)) == [(0, 2), (0, 3), (1, 3), (2, 3)]
    assert told.story_similarity.tolist() == np.float32([0.3, 0.1, 0.4, 0.2]).tolist()


def test_two_pages_without_reporting_are_said_to_have_nothing_to_compare():
    told = dedupe.compare("Share this article", "Share this article")
    assert told.relation == "unrelated"
    assert told.evidence == ("no paragraph of a nor of b is reporting, so there is nothing to compare",)
    assert "chance" in dedupe.compare("The volcano erupted at dawn in Iceland.", "Rates rose in Norway.").evidence[0]


@pytest.mark.parametrize("rounds", [0, 2])
def test_groups_and_stories_need_only_the_decisive_pairs_measured(shared_data, monkeypatch, rounds):
    monkeypatch.setattr("dedupe.pipeline.decisive.ROUNDS", rounds)
    reports, rng = texts(shared_data, 1500), random.Random(4)
    copies = [{"id": f"{i:02}", "text": f"{rng.choice(('', 'Update. '))}{reports[i % 9].text}"} for i in range(60)]
    labelled = label_pages([*reports, *copies])
    corpus = corpus_of(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens)
    near, weights = candidates.find(corpus.tokens, Config()), tfidf.weigh(corpus.tokens, corpus.titles)
    told = grouping.grouped(corpus, weights, near, Config())
    quick = grouping.grouped(corpus, weights, near, Config(), index=grouping.ForIndex(tfidf.of_distinct))
    assert (told.texts.group == quick.texts.group).all() and (told.story == quick.story).all()
    words, alone = told.texts.words(), np.arange(len(corpus.articles), dtype=np.int32)
    few, every = decisive(corpus, near, words, Config(), alone), all_measured(corpus, near, words)
    left_out = ~is_measured(few)
    assert left_out.mean() > 0.5
    apart = left_out & (told.texts.group[every.a] != told.texts.group[every.b])
    assert (every.relation[apart] > 1).all() and not is_form(every.features[apart]).any()
    pairs = complete(corpus, told, Config().shingle_size)
    assert not is_measured(told.copies).all() and is_measured(pairs).all()
    monkeypatch.setattr("dedupe.pipeline.grouping.measured_copies", all_measured)
    full = complete(corpus, grouping.grouped(corpus, weights, near, Config()), Config().shingle_size)
    assert all(np.array_equal(getattr(pairs, f.name), getattr(full, f.name), equal_nan=True) for f in fields(full))


def all_measured(corpus, near, words, config=None):
    return measured(corpus, of_candidates(near), words)


def test_a_text_that_is_html_is_read_as_that_wherever_it_comes_from(tmp_path):
    page = "<p>The council of Emden met for six hours.</p>\n<p>It &amp; the mayor did not agree.</p><p>Read more</p>"
    text = "The council of Emden met for six hours.\nIt & the mayor did not agree.\nRead more"
    lines = tmp_path / "a.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": page}))
    with dedupe.Index(tmp_path / "news.db") as index:
        index.add({"id": "a", "text": page})
        told = index.check({"id": "b", "html": page})
    assert told.relation == "identical" and told.repeats == "a"
    for articles in ([{"id": "a", "text": page}], dedupe.read(lines), [{"id": "a", "html": page}]):
        (found,) = dedupe.analyze(articles).articles
        assert found.text == text
    plain = "Write </p> where it ends, or <br>.\nNobody has to.\nThe browser guesses."
    assert dedupe.analyze([{"id": "a", "text": plain}]).articles[0].text == plain


@pytest.mark.parametrize(
    "text",
    [
        "Who starts a paragraph writes <p>, who breaks a line <br>. A <script> runs code, and that is a risk.",
        "It takes `<p>` and `<div>` for text, and `<script>` for what runs.",
        'He typed "<p>" and "<br>", then "<script>" into the form, and waited.',
    ],
)
def test_a_text_about_html_keeps_what_comes_after_the_tags_it_names(text):
    """Read as HTML, such a text of one line ended at its "<script>"."""
    escaped = text.replace("<", "&lt;").replace(">", "&gt;")
    found = dedupe.analyze([{"id": "a", "text": text}, {"id": "b", "text": escaped}])
    assert [article.text for article in found.articles] == [text, text]


def test_entities_that_an_export_left_in_fields_are_the_characters_they_stand_for():
    told = {"title": "AT&#038;T&#8217;s profit", "author": "Ann O&#8217;Neil", "source": "A &amp; B News"}
    text = "AT&amp;T&#8217;s profit rose on Monday, officials in the town of Emden said."
    escaped = "&lt;p&gt;The council met.&lt;/p&gt;&lt;p&gt;It &amp;amp; the mayor did not agree.&lt;/p&gt;"
    found = dedupe.analyze([{"id": "a", "text": text, **told}, {"id": "b", "text": escaped}])
    a, b = found.articles
    assert (a.title, a.author, a.source) == ("AT&T’s profit", "Ann O’Neil", "A & B News")
    assert a.text == "AT&T’s profit rose on Monday, officials in the town of Emden said."
    assert b.text == "The council met.\nIt & the mayor did not agree."


def test_a_table_without_a_column_of_text_is_refused_by_its_columns():
    """Without this, forty rows whose text is called "body" were forty articles without a word."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    rows = [{"id": "a", "title": "Rates", "body": "Rates rose."}]
    for articles in (rows, pandas.DataFrame(rows), polars.DataFrame(rows), polars.LazyFrame(rows)):
        for call in (dedupe.analyze, dedupe.near_duplicates):
            with pytest.raises(dedupe.DedupeError, match=r"a: neither text nor html; .* of 'id', 'title', 'body'"):
                call(articles)
        assert dedupe.near_duplicates(articles, names={"text": "body"}).texts == 1
    missing = pandas.DataFrame({"id": ["a", "b"], "text": [None, "Rates rose."]})
    assert [article.words for article in dedupe.analyze(missing).articles] == [2]
    for empty in (pandas.DataFrame(), polars.DataFrame(), polars.DataFrame(rows).head(0)):
        assert dedupe.analyze(empty).articles == ()


@pytest.mark.parametrize(("text", "what"), [(["One."], "a list"), (7, "a number"), ({"en": "One."}, "an object")])
def test_a_text_that_is_no_string_is_refused_as_in_a_file(text, what):
    with pytest.raises(dedupe.DedupeError, match=f"a: text is {what}, not a string"):
        dedupe.analyze([{"id": "a", "text": text}])


@pytest.mark.parametrize(("value", "what"), [(None, "None"), (7, "a number"), (["Ann Lee"], "a list")])
def test_a_field_of_an_article_that_is_no_string_is_named_wherever_it_is_given(value, what, tmp_path):
    index = dedupe.Index(tmp_path / "news.db")
    asked = (lambda page: dedupe.analyze([page]), dedupe.label, lambda page: dedupe.compare(page, "."), index.check)
    for name in ("id", "text", "title", "source", "url", "published", "author", "language"):
        page = dedupe.Article(**{"id": "a", "text": "The ferry sank off the coast late on Monday.", name: value})
        for ask in (*asked, index.add, index.label):
            with pytest.raises(dedupe.InputError, match=f"{name} is {what}, not a string"):
                ask(page)


def test_arrow_comes_as_table_batch_or_reader_and_an_index_of_pandas_may_be_the_id():
    arrow, pandas = pytest.importorskip("pyarrow"), pytest.importorskip("pandas")
    rows = [{"id": "a", "text": "The volcano erupted at dawn."}, {"id": "b", "text": "Rates rose."}]
    table = arrow.Table.from_pylist(rows)
    reader = arrow.RecordBatchReader.from_batches(table.schema, table.to_batches())
    expected = dedupe.analyze(rows).to_json()
    for articles in (table, table.to_batches()[0], reader, pandas.DataFrame(rows).set_index("id")):
        assert dedupe.analyze(articles).to_json() == expected


def test_authors_as_a_page_names_them_are_joined():
    for author in ([{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ray"}], ("Ann Lee", "Bo Ray")):
        assert dedupe.analyze([{"id": "a", "text": "Rates rose.", "author": author}]).articles[0].author == (
            "Ann Lee, Bo Ray"
        )


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (  # Chinese, simplified and traditional
            "四川省雅安市石棉县15日上午发生地震，震源深度12公里。截至当天中午，暂未收到人员伤亡和房屋倒塌的报告。当地铁路部门对"
            "12趟列车采取了临时停运措施，专家认为近期发生更大地震的可能性不大。",
            "四川省雅安市石棉縣15日上午發生地震，震源深度12公里。截至當天中午，暫未收到人員傷亡和房屋倒塌的報告。當地鐵路部門對"
            "12趟列車採取了臨時停運措施，專家認為近期發生更大地震的可能性不大。",
        ),
        (  # Arabic, signs of vowels, an outlet that leaves the hamza out, digits of the east
            "أعلنت السلطات التونسية، الأحد، السيطرة على حريق اندلع في غابات ولاية جندوبة وأتى على نحو 350 هكتارا. وقال "
            "المتحدث باسم الحماية المدنية إن 16 فرقة إطفاء شاركت في العملية، وفتحت النيابة العامة تحقيقا فيه.",
            "اعلنت السُّلُطات التونسيّة، الاحد، السيطرة على حَريق انْدَلَعَ في غابات ولاية جندوبة واتى على نحو ٣٥٠ هكتارًا. وقال "
            "المُتحدّث باسم الحماية المدنيّة ان ١٦ فِرْقة اطفاء شاركت في العمليّة، وفتحت النيابة العامّة تحقيقًا فيه.",
        ),
        (  # Persian, typed with Arabic letters
            "سیلاب ناشی از بارندگی شدید شب گذشته راه ارتباطی ۱۴ روستا در استان گلستان را بست. مدیرکل مدیریت بحران "
            "روز دوشنبه به خبرنگاران گفت این حادثه تلفات جانی نداشته است و کمک به خانوارها ادامه دارد.",
            "سيلاب ناشي از بارندگي شديد شب گذشته راه ارتباطي 14 روستا در استان گلستان را بست. مديركل مديريت بحران "
            "روز دوشنبه به خبرنگاران گفت اين حادثه تلفات جاني نداشته است و كمك به خانوارها ادامه دارد.",
        ),
    ],
)
def test_a_copy_in_another_spelling_of_its_script_is_a_copy(text, copy):
    assert dedupe.compare(text, copy).relation in ("identical", "near_duplicate")
    assert dedupe.near_duplicates([{"id": "a", "text": text}, {"id": "b", "text": copy}]).groups
    (passage,) = dedupe.align(text, copy)
    assert passage.kind.value == "verbatim" and passage.a_end - passage.a_start > 0.9 * len(text)
