"""Labels of paragraphs: by hand, the seeds, other languages, bad input, linear time."""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe
from dedupe.html import parse
from dedupe.model import ROLE_CODE, ROLES, Article, Role
from dedupe.model.codes import BODY, LEGAL, PROMO
from dedupe.paragraphs import label, of_no_outlet, site_repeats
from dedupe.paragraphs.model import sure
from dedupe.text import repair
from dedupe.words import Tokens

SEEDS = {
    "000": """
        navigation title attribution title title body body title body body body title body body body title body body
        body title body body body title body body title body body title body body title body body body other
    """,
    "001": "title caption body body body body body body body body body body body",
    "002": """
        ad title ad body title body body|title body body body body body body body title body body body body body body
        body body body body title body body|title body body body body body body body title body legal ad byline|bio bio
        promo ad navigation navigation navigation navigation navigation navigation navigation navigation navigation
        navigation
    """,
    "003": """
        navigation title byline byline byline caption caption body body title body caption caption body body title body
        caption caption body title body body body body title body body body body promo bio bio navigation
    """,
    "004": "title body body body body body",
}


# Blocks that the model gets wrong, as (seed, block): the list may shrink, not grow. Learning the wording of these very
# pages would empty it and prove nothing.
MISSED: set[tuple[str, int]] = set()


def labelled(*pages: str) -> list[list[tuple[str, str]]]:
    """Return (role, text) of the blocks of each page."""
    articles = [Article(str(number), text) for number, text in enumerate(pages)]
    cut = of_no_outlet(articles)
    blocks, (roles, reasons) = cut.blocks, label(cut)
    assert len(roles) == len(reasons) == len(blocks.start) and all(reasons)
    rows = [
        (str(ROLES[role]), articles[page].text[start:end])
        for page, role, start, end in zip(
            np.repeat(np.arange(len(pages)), np.diff(blocks.first)).tolist(),
            roles.tolist(), blocks.start.tolist(), blocks.end.tolist(), strict=True,
        )
    ]  # fmt: skip
    return [rows[a:b] for a, b in zip(blocks.first[:-1].tolist(), blocks.first[1:].tolist(), strict=True)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_blocks_of_a_seed_have_their_roles(seeds, seed):
    (path,) = seeds.glob(f"{seed}_*.txt")
    (page,) = labelled(repair(path.read_text(encoding="utf-8")))
    expected = SEEDS[seed].split()
    wrong = [
        (role, want, text[:60])
        for number, ((role, text), want) in enumerate(zip(page, expected, strict=True))
        if role not in want.split("|") and (seed, number) not in MISSED
    ]
    assert not wrong


PAGES = {
    language: "\n".join(lines)
    for language, lines in json.loads(Path(__file__).with_name("pages_in_languages.json").read_text("utf-8")).items()
}


@pytest.mark.parametrize("language", PAGES)
def test_a_page_of_another_language_keeps_its_body_and_nothing_else(language):
    (page,) = labelled(PAGES[language])
    roles = [role for role, _ in page]
    assert [row for row, role in enumerate(roles) if role == "body"] == [7, 8, 10], list(zip(roles, page, strict=True))
    assert roles[4] == "title" and roles[9] == "ad" and roles[11] == "promo" and roles[12] == "navigation"
    assert roles[5:7] == ["byline", "byline"]
    assert "legal" in roles[13:]


SHORT_PAGES = json.loads(Path(__file__).with_name("short_pages.json").read_text("utf-8"))


@pytest.mark.parametrize("language", SHORT_PAGES)
def test_a_short_report_goes_on_below_a_prompt_to_read_another(language):
    roles, lines = zip(*(row.split(": ", 1) for row in SHORT_PAGES[language]), strict=True)
    told = [role for role, _ in labelled("\n".join(lines))[0]]
    assert [role == "body" for role in told] == [role == "body" for role in roles], list(zip(told, lines, strict=True))


def test_pages_of_2025_in_twenty_languages_are_labelled_as_well_as_ever():
    from dedupe.evaluate.roles import measure

    pages = json.loads(Path(__file__).with_name("pages_of_2025.json").read_text("utf-8"))  # not learnt from
    rows = [row.split(": ", 1) for page in pages.values() for row in page]
    told = labelled(*("\n".join(row.split(": ", 1)[1] for row in page) for page in pages.values()))
    found = np.array([ROLE_CODE[Role(role)] for page in told for role, _ in page])
    gold = np.array([ROLE_CODE[Role(role)] for role, _ in rows])
    result = measure(gold, found, np.array([len(line) for _, line in rows]))
    assert result["body_characters"] >= 0.92 and result["macro_roles"] >= 0.75 and result["macro_groups"] >= 0.845


def test_text_that_is_nothing_but_news_is_body():
    wire = (
        "LONDON (Reuters) - Shares in the company fell 3 percent on Monday\nafter it said profit for the quarter would "
        "miss expectations because\nof higher costs, analysts said.\n\nThe company had forecast a rise of 5 percent. "
        "It will publish its\nresults on March 4.\n\n"
    )
    flash = "The central bank raised its key rate by 25 basis points on Thursday, as economists had expected."
    rewrite = (
        "A ferry carrying more than two hundred people sank off the northern coast early on Friday. Rescue teams "
        "reached the site within an hour and pulled most passengers from the water, according to the coast guard."
    )
    for page in labelled(wire, flash, rewrite, "突发：中央银行周四宣布将基准利率上调二十五个基点，符合市场预期。"):
        assert {role for role, _ in page} == {"body"}, page


STORIES = (
    ("Harbour authority admits flood maps were wrong",
     "The harbour authority admitted on Tuesday that its flood maps had left out two districts, and promised new ones "
     "by the end of the year.",
     "The authority's chairman told the council that nobody had been careless, and that the maps were simply wrong. "
     "The survey of 1987 had been made with the means of its time, he said.",
     "Shipping lines have moved two of their weekly services to other ports until the cranes stand. The dockers' union "
     "fears that they will not come back.",
     "Residents of the old town have asked for a wall since the storm of 2013.",
     "A decision on the money is expected in spring."),
    ("Stadtrat stimmt für neue Brücke",
     "Der Stadtrat hat am Montag mit knapper Mehrheit für den Bau einer neuen Brücke über den Fluss gestimmt, die 2029 "
     "fertig sein soll.",
     "Die Kosten werden auf 85 Millionen Euro geschätzt, wie der Kämmerer nach der Sitzung sagte. Das Land will die "
     "Hälfte davon übernehmen.",
     "Anwohner hatten gegen die Pläne protestiert, weil sie mehr Verkehr in ihrem Viertel fürchten."),
    ("Le maire annonce la fermeture du vieux marché",
     "Le maire a annoncé lundi que le vieux marché couvert fermera ses portes à la fin de l'année, après une "
     "inspection qui a révélé des fissures dans la charpente.",
     "Les commerçants, réunis dans la soirée, ont demandé un délai et une aide pour déménager. « Nous n'avons nulle "
     "part où aller », a dit l'un d'eux.",
     "La ville promet une solution provisoire sur la place voisine."),
)  # fmt: skip
FURNITURE = (
    "Read more", "Read also: Flood warnings for the coast", "Share this article", "Related articles", "RELATED STORIES",
    "Subscribe to our newsletter", "Sign up now", "Lire aussi : Les secrets du vieux port", "Sur le même sujet",
    "Lesen Sie auch: Neue Pläne für den Hafen", "Mehr zum Thema", "Advertisement", "Anzeige", "Comments", "Most read",
    "Read next: How the port was built", "More on this story", "Follow us on Twitter", "Publicité", "Kommentare",
    "© 2024 Harbour Media. All rights reserved.", "Terms of use | Privacy policy", "Lea también: El puerto",
    "Read More »", "Tags: harbour, storm, insurance", "Topics: Politics", "Themen: Hafen | Klima",
    "Mots-clés : port, climat", "Теги: порт, буря", "标签：经济，中国",
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=["English", "German", "French"])
def test_a_line_of_furniture_above_or_below_changes_no_role(story):
    pages = [story[start:end] for start in (0, 1) for end in range(start + 2, len(story) + 1)]
    for page, alone in zip(pages, labelled(*map("\n\n".join, pages)), strict=True):
        made = [("\n\n".join((*page, line)), "\n\n".join((line, *page))) for line in FURNITURE]
        found = labelled(*(text for both in made for text in both))
        for line, below, above in zip(FURNITURE, found[::2], found[1::2], strict=True):
            assert below[:-1] == alone == above[1:], line
            assert {below[-1][0], above[0][0]} <= {"promo", "navigation", "ad", "legal", "comment"}, line


def test_a_page_of_nothing_but_furniture_is_labelled():
    topics = "Topics: infrastructure, modernisation, constituencies, environment, transportation, telecommunications"
    pages = labelled(
        "Read more\nShare this article\nAdvertisement", topics, f"Tags: port\n{topics}"
    )  # as long as prose
    assert {role for page in pages for role, _ in page} <= {"promo", "navigation", "ad"}


@given(st.lists(st.text(max_size=200), max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_text_gets_a_role_and_a_reason_for_each_block(texts):
    labelled(*texts)


def test_labels_do_not_depend_on_the_other_pages_of_a_batch(seeds):
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())] + list(PAGES.values())
    together = labelled(*texts)
    assert labelled(*texts[::-1])[::-1] == together
    assert [labelled(text)[0] for text in texts] == together


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Support local journalism. Subscribe to the Valley Tribune today.", "promo"),
        ("Soutenez le journalisme local. Abonnez-vous.", "promo"),
        ("Supporters of local journalism met in Reno on Friday to talk about subscriptions and the press.", "body"),
    ],
)
def test_a_plea_for_subscriptions_is_no_report(line, role):
    report = "The council voted on Monday to close the old bridge, as engineers had found new cracks in its piers. " * 3
    page = "\n\n".join(("Council closes the old bridge", "By Ann Lee", line, report))
    assert [paragraph.role for paragraph in dedupe.label(page) if paragraph.text == line] == [role]


def test_the_second_pass_is_asked_where_the_first_is_unsure_or_finds_body():
    likely = np.zeros((3, len(ROLES)))
    likely[[0, 1, 2], [PROMO, BODY, LEGAL]] = 0.95, 0.95, 0.85
    assert sure(likely).tolist() == [True, False, False]


def test_the_kernels_of_the_model_agree_with_numpy():
    pytest.importorskip("dedupe.paragraphs.kernel")  # from here on it is taken
    from dedupe.paragraphs.model import predict, predict_plain, weights

    rng, first = np.random.default_rng(1), np.array([0, 2, 2, 40, 300])
    for name, kinds in (("role_weights.json", 0), ("role_weights_html.json", 3)):
        table = weights(name)
        columns = rng.normal(0.3, 1, (300, len(table.first.low))).astype(np.float32)
        groups = rng.integers(-1, 4, (300, kinds)).astype(np.float32) if kinds else None
        parts = columns[:, :200], columns[:, 200:]
        for rows in (np.arange(300), np.arange(0, 300, 3), np.arange(0)):
            told = predict(parts, first, name, groups, rows)
            assert np.array_equal(told, predict_plain(parts, first, table, groups, rows))
            assert np.array_equal(told, predict(parts, first, name, groups)[rows])
        assert (told := predict(parts, first, name, groups)).shape == (300, len(ROLES)) and np.isfinite(told).all()


BAD = {
    "empty": "",
    "white": " \n\n \t\n",
    "200,000 empty lines": "\n" * 200_000,
    "lines of one letter": "a\n" * 20_000,
    "one word of 5 MB": "x" * 5_000_000,
    "links": "http://example.com/a?b=c\n" * 5_000,
    "bars": "|" * 100_000,
    "broken": "\ufffd\n" * 9,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_pages_are_labelled_all_the_same(text):
    (page,) = labelled(text)
    assert sum(map(len, text.split())) == sum(len(block.replace("\n", "")) for _, block in page)


def test_a_page_of_links_has_no_body():
    (page,) = labelled(
        "\n".join(f"{name} {number}" for number in range(60) for name in ("Sports", "Politics", "Login", "Video"))
    )
    assert all(role != "body" for role, _ in page)


def test_time_grows_no_faster_than_the_page():
    line = "Read more: 5 deals you can not miss, said the minister (Reuters) on Monday, 12 March 2024 at 10:15.\n"

    def seconds(lines: int) -> float:
        started = process_time()
        labelled(line * lines)
        return process_time() - started

    labelled(line)
    once, fourfold = seconds(4_000), seconds(16_000)
    assert fourfold < 12 * max(once, 0.05)  # 4 when linear, 16 when quadratic


def test_five_pages_are_labelled_without_heavy_imports(seeds):
    code = (
        "import sys, glob\nfrom dedupe.model import Article\n"
        "from dedupe.paragraphs import label, of_no_outlet\n"
        f"paths = glob.glob({str(seeds / '*.txt')!r})\n"
        "pages = [Article(path, open(path, encoding='utf-8').read()) for path in paths]\n"
        "label(of_no_outlet(pages))\n"
        "print([name for name in ('numba', 'scipy', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(seeds).parent
    )
    assert done.stdout.strip() == "[]"


def test_an_address_above_a_text_is_no_headline():
    prose = "The night ferry will stop calling at Saltmarsh from the first of October, the operator said on Wednesday."
    lines = ("https://example.org/2024/05/night-ferry-to-stop", "Night ferry to stop calling at Saltmarsh", prose)
    (roles,) = labelled("\n".join(lines))
    assert [role for role, _ in roles][1:] == ["title", "body"] and roles[0][0] not in ("title", "body")


def test_labels_are_the_same_in_batches(monkeypatch):
    whole = labelled(*PAGES.values(), "", *PAGES.values())
    monkeypatch.setattr(sys.modules["dedupe.paragraphs.label"], "BATCH", 20)
    assert labelled(*PAGES.values(), "", *PAGES.values()) == whole


def test_stored_figures_of_the_shipped_weights_stay_high():
    from dedupe.resources import load_json

    text, html = (load_json(name)["figures"] for name in ("role_weights.json", "role_weights_html.json"))
    assert text["body_characters"] >= 0.973 and text["macro_roles"] >= 0.743 and text["macro_groups"] >= 0.861
    assert html["body_characters"] >= 0.985 and html["macro_roles"] >= 0.828 and html["macro_groups"] >= 0.9
    assert all(html["roles"][role]["f1"] > text["roles"][role]["f1"] for role in text["roles"])


def test_judged_roles_outlast_small_changes_of_a_page():
    from training.judged_roles import judged_roles, packed, unpacked

    blocks, roles = ["Home", "A ferry sank", "It sank late.", "The coast guard said so.", "?"], [7, 0, 1, 1, -1]
    runs = packed(blocks, roles)
    assert unpacked(blocks, runs) == roles and not any(block in run for block in blocks[:4] for run in runs)
    changed = ["A ferry sank", "New here.", "It sank  late.", "The coast guard said so.", "?"]
    assert unpacked(changed, runs) == [0, -1, 1, 1, -1]
    assert judged_roles([Article("unknown", "One\nTwo")]) == {"unknown": [-1, -1]}


def test_judged_pages_are_read_out_of_the_archives_they_are_shipped_in(tmp_path, monkeypatch):
    from training import public_pages
    from training.judged_roles import packed

    page = b"<h1>A ferry sank</h1><p>It sank late on Monday, the coast guard said.</p>"
    with tarfile.open(tmp_path / "tool-1.0.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("tool-1.0/tests/page.html")
        member.size = len(page)
        tar.addfile(member, io.BytesIO(page))
    runs = packed(["A ferry sank", "It sank late on Monday, the coast guard said."], [0, 1])
    digest = hashlib.sha256((tmp_path / "tool-1.0.tar.gz").read_bytes()).hexdigest()
    known = {"archives": {"tool-1.0.tar.gz": digest}, "pages": {"tool-1.0/tests/page.html": ["ferry.example", *runs]}}
    known["kept_apart"] = {}
    monkeypatch.setattr(public_pages, "judged", lambda: known)
    ((article,), (roles,)) = public_pages.public_pages(tmp_path)
    assert (article.source, roles) == ("ferry.example", [0, 1]) and public_pages.missing(tmp_path) == []
    assert public_pages.missing(tmp_path / "empty") == ["tool-1.0.tar.gz"]
    assert public_pages.public_pages(tmp_path, pages="kept_apart") == ([], [])


def test_scores_count_blocks_and_characters(tmp_path):
    from dedupe.evaluate.roles import evaluate, table

    blocks = ["ADVERTISEMENT", "The ferry sank late on Monday, the coast guard said."]
    row = {"id": "a", "blocks": blocks, "roles": ["ad", "body"]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    result = evaluate(gold)
    assert result["blocks"] == 2 and result["accuracy"] == 1 and result["roles"]["ad"]["f1"] == 1
    assert "body 1.0000 by characters" in table(result)


def test_judged_pages_are_labelled_as_well_as_ever(shared_data):
    from dedupe.evaluate.roles import evaluate

    result = evaluate(shared_data / "pages" / "roles_dev.jsonl.gz")  # learnt from: only a floor against a broken path
    assert result["body_characters"] >= 0.98 and result["macro_roles"] >= 0.9


def test_what_an_outlet_says_on_most_of_its_stories_is_no_reporting():
    line = "The Evening Post has told the people of the valley what happens in it since the year 1874, every day."
    stories = [
        f"The {word} festival drew thousands of visitors to the old town on Sunday, the mayor said.\n{line}\n"
        for word in ("wine", "tea", "cheese", "music")
    ]
    articles = [Article(str(number), text, source="post") for number, text in enumerate(stories)]
    pages = of_no_outlet(articles)
    blocks = pages.blocks
    on, of = site_repeats(pages.words.keys, blocks.first, np.zeros(4, dtype=np.int32), blocks.end - blocks.start)
    roles, reasons = label(pages._replace(on=on, of=of))
    assert ROLES[roles[0]] == "body" and ROLES[roles[1]] not in ("body", "title", "caption")
    assert reasons[1] == "repeated in 4 of 4 stories of this outlet"


def test_numbers_for_a_file_of_weights_come_back_or_are_refused():
    from dedupe.resources import as_text, numbers

    assert numbers(as_text(np.array([65_535, 0]), "<u2"), "<u2").tolist() == [65_535, 0]
    for wrong in (65_536, -1, 0.5):  # a tree of more nodes would lead elsewhere
        with pytest.raises(ValueError, match="<u2"):
            as_text(np.array([3, wrong]), "<u2")


def test_the_weights_of_markup_have_the_columns_that_the_parser_gives():
    from dedupe.html import MARKUP_FEATURES
    from dedupe.paragraphs.features import FEATURES
    from dedupe.resources import load_json

    said = [f"wording:{role}" for role in ROLES]
    groups = ("group_parent", "group_above", "group_alike")
    assert MARKUP_FEATURES[-3:] == groups
    assert list(load_json("role_weights_html.json")["first"]["columns"]) == [*FEATURES, *MARKUP_FEATURES[:-3], *said]
    assert list(load_json("role_weights.json")["first"]["columns"]) == [*FEATURES, *said]


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=6), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_what_words_say_is_the_sum_over_words_and_pairs_of_the_block_alone(blocks, before):
    from dedupe.paragraphs.wording import CELLS, GRAIN, Wording, cells, grained, likely

    rng = np.random.default_rng(2)
    weights = Wording(rng.integers(-300, 300, (2 * CELLS, 3)).astype(np.int32), np.array([0.5, 0.0, -1.0]))
    values = np.array([7] * before + [value for block in blocks for value in block], dtype=np.uint32)
    first, none = np.cumsum([before, *map(len, blocks)]), np.zeros((2, len(values)), dtype=np.int32)
    tokens = Tokens(np.array([0, len(values)]), values, *none, np.zeros(len(values), dtype=np.uint8))
    found = likely(weights, tokens, first)
    for block, row in zip(blocks, found, strict=True):
        own = np.array(block, dtype=np.uint64)
        word, pair = cells(own, np.array([0, len(own)]))
        sums = weights.weight[np.concatenate((word, pair[pair >= 0]))].sum(axis=0) if block else np.zeros(3)
        scores = sums / (GRAIN * np.sqrt(max(2 * len(block) - 1, 1))) + weights.intercept
        odds = np.exp(scores - scores.max())
        assert np.array_equal(row, grained(odds / odds.sum()))


@pytest.mark.parametrize("language", PAGES)
def test_a_small_page_of_bare_markup_keeps_its_body(language):
    lines = PAGES[language].split("\n")
    article = f"<h1>{lines[4]}</h1>" + "".join(f"<p>{lines[row]}</p>" for row in (7, 8, 10))
    page = parse(f"<body>{article}<footer><a href='/terms'>{lines[-1]}</a></footer>", "https://www.example.org/a")
    roles, reasons = label(of_no_outlet([Article("a", page.text, markup=page.markup)]))
    assert [str(ROLES[role]) for role in roles[:4]] == ["title", "body", "body", "body"]
    assert reasons[0].startswith("a heading (h1); ")


def test_headlines_of_other_stories_with_a_line_under_each_are_teasers_below_the_text_only():
    report = (
        "A SkyBridge flight from Chicago to Denver made an emergency landing in Omaha on Tuesday, the airline said.",
        "None of the 134 passengers and six crew members was hurt, spokesperson Dana Whitlock said.",
        '"We heard a bang, and then the nose went down," said Marcus Oyelaran, 41, of Aurora. "It was very quiet."',
        "The Federal Aviation Administration said it was investigating whether the aircraft was struck by hail.",
    )
    others = {
        "Mayor won't seek third term": "The decision leaves the field open to at least three members of the council.",
        "Two charged after break-in": "A pharmacist found the back door open and called deputies, who followed.",
        "Rents fall in these ten cities": "A study of 40,000 listings found the steepest drop in towns that built.",
    }
    body, promo = [f"<p>{line}</p>" for line in report], []
    for headline, line in others.items():
        promo.append(f"<div><h3><a href='/{len(promo)}'>{headline}</a></h3><p>{line}</p></div>")
    page = "<html><body><h1>Flight diverts to Omaha</h1><div class=caas>{}</div></body></html>"

    def told(*parts):
        found = dedupe.label({"html": page.format("".join(parts))})
        return {p.text: p.role for p in found}

    stream = "<div class=stream><h2>Recommended Stories</h2>"
    below = told(*body, stream, *promo, "</div>")
    assert {below[line] for line in report} == {Role.BODY}
    assert {below[line] for both in others.items() for line in both} == {Role.PROMO}
    amid = told(*body[:2], stream, *promo, "</div>", *body[2:])
    assert {amid[line] for line in report} == {Role.BODY}
    parts = told(body[0], "<h2>Recommended Stories</h2>", *promo[:1], *body[1:])
    assert {parts[line] for line in report} == {Role.BODY}


def test_what_a_briefing_tells_under_headlines_is_report():
    items = {
        "Ship runs aground": "A container ship with 31 crew members ran aground off Rotterdam in fog. Helicopters had "
        "taken off all of them by three, the coast guard said.",
        "Bridge collapses": "A bridge collapsed near Maribor after two days of rain, and a driver was hurt. The road "
        "will stay closed for a month, the ministry said.",
    }
    opening = (
        "The council of Brno voted on Tuesday to close its last coal plant by 2030. Workers are to be offered jobs at "
        "a heating company that the town owns, and their union welcomed the plan."
    )
    told = "".join(f"<h3>{headline}</h3><p>{line}</p>" for headline, line in items.items())
    found = dedupe.label(
        {"html": f"<html><body><h1>Morning briefing</h1><p>{opening}</p><h2>In other news</h2>{told}</body></html>"}
    )
    role = {p.text: p.role for p in found}
    assert {role[line] for line in (opening, *items.values())} == {Role.BODY}


@pytest.mark.parametrize("marker", ["Article continues below ad", "Story continues below ad"])
def test_that_a_text_goes_on_below_an_ad_is_a_marker_of_advertising(marker):
    told = "The ferry sank off the coast late on Monday, officials said.", "Divers found nobody on board on Tuesday."
    assert [p.role for p in dedupe.label("\n".join((told[0], marker, told[1])))] == [Role.BODY, Role.AD, Role.BODY]


def test_a_list_below_a_heading_of_teasers_is_of_teasers_and_ends_where_its_marks_end():
    report = (
        "Official: Deputy shot, suspect killed in Tulsa shooting",
        "TULSA, Okla. (AP) — An official at a sheriff's office says a deputy has been wounded in a shooting that "
        "killed a suspect.",
        "The lieutenant said the deputy was shot in the leg outside an apartment complex on Wednesday morning.",
        "News outlets report the suspect was declared dead at the scene and the deputy was taken to a hospital.",
    )
    items = (
        "Did you see the painting that hangs behind the mayor? Here's what we know about it",
        "Wildlife official resigns after killing a family of bears",
        "Interrogation gone wrong: What happened to the journalist?",
        "Gun store owner shoots, kills armed robbery suspect",
    )
    for mark in ("- ", "• ", "* "):
        listed = [mark + item for item in items]
        below = dedupe.label("\n".join((*report, "Most Read Nation & World Stories", *listed)))
        assert [p.role for p in below[-4:]] == [Role.PROMO] * 4, mark
        amid = dedupe.label("\n".join((*report[:3], "Related stories", *listed, report[3])))
        assert [p.role for p in amid] == [Role.TITLE, *[Role.BODY] * 2, *[Role.PROMO] * 5, Role.BODY], mark
    told = dedupe.label("\n".join((*report, *(f"- {item}" for item in items))))
    assert Role.BODY in {p.role for p in told[-4:]}  # nothing says that they lead to other stories


@pytest.mark.parametrize(
    "notice",
    ["This website uses cookies to improve your experience while you navigate through it.",
     "Diese Website verwendet Cookies, um Inhalte zu personalisieren und die Zugriffe zu messen.",
     "Ce site utilise des cookies pour vous offrir le meilleur service et mesurer l'audience.",
     "Этот сайт использует файлы cookie, чтобы сделать его удобнее для вас и для ваших близких."],
)  # fmt: skip
def test_a_notice_about_cookies_is_legal_wherever_it_stands(notice):
    (page,) = labelled("\n".join((STORIES[0][0], notice, *STORIES[0][1:])))
    assert [role for role, _ in page] == ["title", "legal", *["body"] * 5]


FIRES = {  # a headline and its report
    "Korean": (
        "강원 산불 사흘 만에 주불 진화",
        "강원도 강릉시 옥계면에서 발생한 산불이 사흘 만인 15일 오전 잡혔다. 산림당국은 870㏊가 불에 탔다고 밝혔다.",
        "대피했던 주민 1천200여 명은 이날 오후부터 집으로 돌아가기 시작했다. 주택 31채가 전소된 것으로 잠정 집계됐다.",
        "정부는 강릉을 특별재난지역으로 선포하는 방안을 검토하고 있다. 경찰은 화재 원인을 조사 중이다.",
    ),
    "Spanish": (
        "El fuego cerca Ovalle y obliga a evacuar a 1.200 vecinos",
        "El Gobierno decretó este martes la emergencia en la región, donde han ardido más de 800 hectáreas de bosque.",
        "«Es la situación más grave en cuarenta años», declaró el ministro, que visitó a los evacuados.",
        "La policía investiga las causas. Los vecinos podrán volver a sus casas a partir del jueves, según el alcalde.",
    ),
    "German": (
        "Waldbrand im Harz nach drei Tagen gelöscht",
        "Ein Waldbrand im Harz ist nach drei Tagen gelöscht. Nach Angaben der Feuerwehr verbrannten 870 Hektar Wald.",
        "„Der Wind hat zum Glück gedreht“, sagte der Einsatzleiter am Donnerstag. Die 1.200 Bewohner kehrten heim.",
        "Die Polizei ermittelt zur Ursache. Das Land will den Betroffenen helfen, wie die Ministerin ankündigte.",
    ),
    "Hindi": (
        "बिहार में नाव पलटने से पांच लोग लापता",
        "बिहार के भागलपुर जिले में सोमवार को गंगा नदी में एक नाव पलट जाने से पांच लोग लापता हो गए। नाव पर 24 लोग सवार थे।",
        "अधिकारियों के अनुसार नाव में क्षमता से अधिक लोग बैठे थे और तेज हवा के कारण संतुलन बिगड़ गया।",
        "राज्य सरकार ने परिजनों को सहायता देने की घोषणा की है। नाविक के खिलाफ मामला दर्ज किया गया है।",
    ),
}


@pytest.mark.parametrize(
    ("language", "line", "role"),
    [
        ("Korean", "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>", "legal"),
        ("Spanish", "© EFE 2024. Está expresamente prohibida la redistribución y la redifusión de todo o parte de los "
         "contenidos de los servicios de Efe, sin previo y expreso consentimiento de la Agencia EFE S.A.", "legal"),
        ("German", "Dieser Text wurde aus dem Material der Deutschen Presse-Agentur erstellt.", "attribution"),
    ],
)  # fmt: skip
def test_an_agencys_line_below_its_report_is_none_of_it(language, line, role):
    (told,) = labelled("\n\n".join([*FIRES[language], line]))
    assert [own for own, _ in told] == ["title", "body", "body", "body", role]


def test_what_a_site_scrambles_for_those_who_have_not_paid_is_no_report():
    text = "The council voted on Monday to close the harbour road until the bridge across the river is repaired."
    moved = str.maketrans({sign: chr(33 + (sign - 33 + 47) % 94) for sign in range(33, 127)})
    hidden = [f"<p>{text}</p>".translate(moved), f"<p>It meets again.</p><p>{text}</p>".translate(moved)]
    page = Article("a", "\n\n".join(["Council closes harbour road", text, *hidden, f"{text} kAm is what it said."]))
    told = dedupe.label(page)
    assert [paragraph.role for paragraph in told] == ["title", "body", "other", "other", "body"]
    assert {paragraph.reason for paragraph in told[2:4]} == {"scrambled by its site for those who do not subscribe"}


@pytest.mark.parametrize(
    "lead",
    [
        "PITTSBURGH (KDKA) – Two people were shot and killed late on Monday night in the Hill District, police said",
        "DETROIT (Reuters) - Dusted with an early snow, rows of brand-new ferries sit parked at the harbour's edge.",
        "HARBOUR CITY, Calif. (AP) — The latest on the sinking of a ferry in the bay off the coast (all times local):",
    ],
)
def test_a_first_sentence_with_its_place_is_report_and_no_heading_where_there_is_none(lead):
    below = "Officers were called to the scene shortly after nine, and found three shell casings beside a parked car."
    (told,) = labelled("\n\n".join([lead, "11:45 a.m.", below, below.replace("nine", "ten")]))
    assert told[0] == ("body", lead)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("German", "This article was published today at 9:15 a.m."),
        ("German", "This article was last updated on October 29, 2025 at 9:15 a.m."),
        ("German", "This article is more than 2 years old."),
        ("Korean", "이상학 기자"),
        ("Korean", "도쿄/정수민 특파원"),
        ("Korean", "워싱턴 황보석 특파원·서울 곽민수 기자"),
        ("Korean", "왕길수 기자 wang@example.co.kr"),
        ("Korean", "2024년03월14일 06시04분 송고"),
        ("Spanish", "Edición: Rosa Quintana"),
    ],
)
def test_a_sentence_on_when_a_page_appeared_or_a_reporters_name_is_a_byline(language, line):
    title, *report = FIRES[language]
    for page in ([title, line, *report], [title, *report, line], [*report, line]):
        (told,) = labelled("\n\n".join(page))
        assert {text: role for role, text in told}[line] == "byline"


_ABROAD = {
    **FIRES,
    "French": (
        "La ville de Saint-Aubry va rouvrir sa gare fermée depuis trente ans",
        "La ville de Saint-Aubry va rouvrir l'an prochain sa gare, après un vote unanime du conseil municipal jeudi.",
        "Le chantier, estimé à 14 millions d'euros, doit permettre à six trains par jour de relier la vallée à Lons.",
        "Les riverains s'inquiètent toutefois du bruit et demandent la pose de murs le long du lotissement.",
    ),
    "Italian": (
        "Il Comune di Portoverde approva il nuovo lungomare",
        "Il Consiglio comunale di Portoverde ha approvato giovedì il progetto, un intervento da 18 milioni di euro.",
        "I commercianti temono il blocco delle strade durante l'estate e chiedono che i cantieri si fermino a giugno.",
        "Secondo il progetto la pista ciclabile collegherà il porto alla stazione, e ci saranno trecento alberi.",
    ),
    "Turkish": (
        "Yeşilova Belediyesi yeni köprü projesini onayladı",
        "Yeşilova Belediye Meclisi, nehrin üzerine yapılacak yeni köprü projesini perşembe günü kabul etti.",
        "Mevcut köprü 1964 yılında yapılmış, geçen kış meydana gelen selde ağır hasar görmüştü.",
        "Esnaf, çalışmalar sırasında çarşıya giden yolun kapatılmamasını istiyor, proje ise 480 milyon lira tutacak.",
    ),
}


@pytest.mark.parametrize(
    ("language", "role", "line"),
    [
        ("Korean", "caption", "워터월드 전경 [강원랜드 제공. 재판매 및 DB 금지]"),
        ("Korean", "legal", "[ⓒ 세계신문 & Segye.example, 무단전재 및 재배포 금지]"),
        ("Korean", "promo", "제보는 카카오톡 okjebo"),
        ("Korean", "promo", "함께 보면 좋은 콘텐츠"),
        ("Korean", "body", "제보는 경찰에 전달됐고 수사가 시작됐다."),
        ("German", "promo", "Wir sind auf WhatsApp. Abonnieren Sie unseren Kanal."),
        ("French", "body", 'Sur Facebook, le maire a lancé un appel: "Assez. Rejoignez la place samedi à midi."'),
        ("Spanish", "body", "En Instagram escribió: “Basta ya. Únete a la marcha del sábado.”"),
        ("Turkish", "body", "Vali Twitter hesabından çağrı yaptı: Yürüyüşe katılın."),
        ("Korean", "body", "박 시장은 제보는 언제든 환영한다고 말하며 카카오톡 채널을 공개했다."),
        ("Korean", "body", "경찰은 강원랜드가 사진을 제공했다고 밝혔다."),
        ("French", "promo", "Suivez toute l'actualité sur notre chaîne WhatsApp"),
        ("French", "body", "Le maire a annoncé la nouvelle sur notre chaîne, puis sur sa page Facebook, jeudi soir."),
        (
            "Italian",
            "promo",
            "Il Golfo è su WhatsApp. Clicca qui per iscriverti al nostro canale e restare aggiornato.",
        ),
        ("Italian", "attribution", "(ITALPRESS)."),
        ("Italian", "attribution", "Da Bruxelles Anna Widera (ANSA)"),
        ("Italian", "body", "Entra in vigore il divieto di usare WhatsApp nelle scuole della provincia."),
        ("Turkish", "promo", "İlgili haber: Köprü ihalesi ertelendi"),
        ("Turkish", "promo", "AA'nın WhatsApp kanallarına katılın, önemli gelişmeler cebinize düşsün."),
        ("Turkish", "body", "Valilik, vatandaşlara resmi Telegram kanalını takip edin çağrısında bulundu."),
        ("Spanish", "body", "La policía investiga. Sigue abierta la causa por los mensajes de WhatsApp y Telegram."),
    ],
)
def test_standing_lines_below_a_report_are_none_in_other_languages_and_its_sentences_are(language, role, line):
    (told,) = labelled("\n\n".join([*_ABROAD[language], line]))
    assert told[-1] == (role, line)
    assert [own for own, _ in told[:4]] == ["title", "body", "body", "body"]


@pytest.mark.parametrize(
    "line", ["L'Express avec AFP", "J. M. avec AFP", "20 Minutes avec AFP", "Les Echos avec Reuters"]
)
def test_whose_material_an_outlet_used_is_no_credit_of_a_picture(line):
    (told,) = labelled("\n\n".join([_ABROAD["French"][0], line, *_ABROAD["French"][1:]]))
    assert told[1][0] in ("attribution", "byline")


@pytest.mark.parametrize("line", ["By The Associated Press", "BY ASSOCIATED PRESS", "By Reuters", "Von dpa", "Por EFE"])
@pytest.mark.parametrize("below", ["", "October 29, 2025 9:15 am", "October 29, 2025\nShare"])
def test_an_agencys_credit_is_one_in_capitals_and_beside_a_date(line, below):
    prose = "The bank raised its key rate again on Wednesday, as prices had climbed faster than it foresaw in spring."
    (told,) = labelled(f"Rates rise again as prices climb\n{line}\n{below}\n{prose}\n{prose} It meets again in May.")
    assert {text: role for role, text in told}[line] == "attribution"


@pytest.mark.parametrize(("language", "line"), [("Korean", "뉴시스"), ("Hindi", "एएनआई"), ("Spanish", "Por Reuters")])
def test_a_line_that_names_an_agency_and_nothing_else_is_its_credit(language, line):
    (told,) = labelled("\n\n".join([FIRES[language][0], line, *FIRES[language][1:]]))
    assert [own for own, _ in told][:3] in (["title", "attribution", "body"], ["title", "byline", "body"])
    (told,) = labelled("\n\n".join([*FIRES[language], "Foto: Reuters"]))  # of a picture
    assert [own for own, _ in told][-1] == "caption"


@pytest.mark.parametrize("heading", ["Spa", "On the map", "Uni"])
def test_a_word_that_is_an_agencys_name_in_capitals_alone_is_no_credit(heading):
    (told,) = labelled("\n\n".join([FIRES["German"][0], heading, *FIRES["German"][1:]]))
    assert told[1][0] not in ("attribution", "byline")
    (told,) = labelled("\n\n".join([heading, *FIRES["German"][1:]]))
    assert told[0][0] not in ("attribution", "byline")


BANK = (  # a headline and its report
    "Rates rise again as prices climb",
    "The bank raised its key rate again on Wednesday, as prices had climbed faster than it foresaw in the spring.",
    "It meets again in May, and most economists polled last week think that it will wait until the autumn then.",
    "“We have time,” its governor told reporters, and said that rents and wages would tell what has to be done.",
)


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("attribution", "This article is republished from The Harbour Talk under a licence. Read it there."),
        ("attribution", "This report by The Canadian Press was first published Oct. 7, 2025."),
        ("attribution", "Dieser Beitrag erschien zuerst bei der Hafenzeitung."),
        ("attribution", "Cet article a été publié à l’origine dans Le Courrier du Lac."),
        ("legal", "(Except for the headline, this story has not been edited by our staff.)"),
        (
            "legal",
            "(Only the headline and the picture of this report were reworked by our staff; the rest is from a feed.)",
        ),
        ("legal", "This article was generated by the Bank Bot, which uses the latest data. An editor reviews it."),
        ("legal", "These transcripts are created on a rush deadline by a contractor, and may be revised."),
        ("legal", "This article by Lamp is general in nature, and takes no account of your objectives or means."),
        ("legal", 'This news release contains "forward-looking statements" within the meaning of the laws.'),
        ("legal", "Dieser Artikel wurde mit Hilfe künstlicher Intelligenz erstellt und von der Redaktion geprüft."),
        ("legal", "All suspects are presumed innocent until proven guilty in a court of law."),
        ("legal", "Keep it clean. Please avoid obscene, vulgar, lewd, racist or sexually-oriented language."),
        ("legal", "If you or someone you know has a gambling problem, crisis counseling is there: call 1-800-GAMBLER."),
        ("legal", "The Key Points at the top of this article were created with AI and reviewed by a journalist."),
        ("legal", "The Courier's news department was not involved in the creation of this content."),
        ("legal", "Dieser Inhalt ist ein Nachrichtenbeitrag der dpa und wurde nicht von der Redaktion bearbeitet."),
        ("legal", "Tous droits de reproduction et de représentation réservés."),
        ("other", "We apologize, but this video has failed to load."),
        ("ad", "This advertisement has not loaded yet, but your article continues below."),
        ("promo", "Add Lake News as your preferred source to see more of our stories on Google."),
        ("promo", "Money matters to all. Sign up to receive our biggest stories as soon as they are published."),
        ("ad", "Story continues below"),
        ("attribution", "The Associated Press is not responsible for the content of external links."),
    ],
)
def test_a_sentence_in_which_a_page_speaks_of_itself_is_no_report(role, line):
    amid = role in ("ad", "other")
    (told,) = labelled("\n".join((*BANK[:3], line, BANK[3]) if amid else (*BANK, line)))
    assert {text: own for own, text in told}[line] == role


@pytest.mark.parametrize(
    "line",
    [
        "The article was published by the bank on Monday, and its authors were asked to leave on Tuesday morning.",
        "This time the report was written by three economists, two of whom had warned of a slump in the spring.",
        "Those who had signed up to receive our letters of credit were told to wait, a banker said on Wednesday.",
    ],
)
def test_a_sentence_on_other_texts_is_report(line):
    (told,) = labelled("\n".join((*BANK, line)))
    assert told[-1] == ("body", line)


AMID = (
    "This report was written by a former judge, Helen Marks, who heard 140 witnesses over two years.",
    "This material was supplied by the yard that built the ferry, and it was not fit for the sea.",
    "This article was generated by a machine that the paper had tested since March, and three readers saw it.",
    "This report is not for the shelf, and there will be a law before the summer.",
    "Only the headline is shown by most readers of feeds, and few people ever click on it.",
    "Dieser Bericht wurde im März veröffentlicht und löste eine Welle von Protesten in allen großen Städten aus.",
    "Ce texte a été rédigé par un avocat de Lyon, et nul ne sait qui a payé.",
    "Jurors heard that all defendants are presumed innocent until the state has proven each charge.",
    "Keep it clean, the referee told both benches; please avoid words that children should not hear.",
)


@pytest.mark.parametrize("line", AMID)
def test_a_sentence_amid_the_report_that_looks_like_one_on_the_page_is_report(line):
    (told,) = labelled("\n".join((*BANK[:2], line, *BANK[2:])))
    assert told[2] == ("body", line)


@pytest.mark.parametrize(
    "line",
    [
        "One in forty adults has a gambling problem, up from one in sixty before the pandemic.",
        "The same terms apply to foreign operators, which must hold a licence from next year.",
        "Bookmakers cut the odds on a change of the law, which is still subject to change in the upper house.",
        "The bank's forward-looking statements on its profit were false, and its directors knew it.",
        "Her lawyer, Dan Fox, said that any defendant is presumed innocent until proven guilty.",
        "This information was provided to the ministry by the water board in 2019, and again in 2021.",
        "This article was written by a machine, the editor told his staff.",
        "The arrest was made with assistance from the FBI.",
        "“Innocent until proven guilty,” he said.",
        "New terms apply from May.",
        "Lake Watch is a nonprofit news organization that exposed the sale, and it will receive the second prize.",
    ],
)
def test_the_last_sentence_of_a_report_may_look_like_one_on_the_page(line):
    (told,) = labelled("\n".join((*BANK, line)))
    assert told[-1] == ("body", line)


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press left a phone message seeking comment with the bank's lawyer.",
        "The Associated Press could not independently verify the claims.",
        "The Associated Press generally does not identify victims of such crimes.",
        "AFP has contacted the ministry for comment.",
        "The key points at issue in the trial were the date of the call and who placed it.",
        "The video failed to load during the hearing, and jurors were sent home for the day.",
        "The advertisement has not been shown since, the network said.",
        "Choose your preferred source of water, the plumber said, and then test it.",
        "Follow the money, the prosecutor told jurors in her closing statement.",
        "Rescuers could not reach her at the cabin until noon.",
        "Certain statements in the bank's release were false, the commission found in March.",
        "An dieser Stelle soll bis 2028 ein Rathaus entstehen.",
        "By signing up you consent to nothing but the price on the page, the minister told lawmakers.",
        "We apologize, but this video has failed to load, the signs at the tunnel said all night.",
        "Editors' Code of Practice Committee chairman Neil Benson called the changes the largest since 2016.",
        "If you purchase a product or register for an account through such a site, the tester earns as much.",
        "Private Securities Litigation Reform Act protections do not cover what the bank wrote.",
    ],
)
def test_what_an_agency_did_for_its_report_and_sentences_like_notices_are_report(line):
    for page in ((*BANK, line), (*BANK[:3], line, BANK[3])):
        assert {text: own for own, text in labelled("\n".join(page))[0]}[line] == "body"


@pytest.mark.parametrize(
    ("related", "line"),
    [
        ("Related: Banks in the south close", "The river was closed for eight miles."),
        ("Lesen Sie auch: Banken im Süden", "Die Sitzung dauert bis Mittwochabend."),
        ("Te puede interesar: Los bancos del sur", "Ocho distritos están sin electricidad."),
    ],
)
def test_the_last_sentence_of_a_small_page_of_html_is_report_below_a_link_to_another(related, line):
    title, *report = BANK
    told = "".join(f"<p>{text}</p>" for text in report)
    menu = "<nav><ul><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
    link = f"<aside class='rel'><a href='/q'>{related}</a></aside>"
    foot = "<h3>Latest News</h3><a href='/z'>Rates today</a><footer><p>© 2025 Lake Media.</p></footer>"
    page = f"<html><body>{menu}<main><article><h1>{title}</h1>{told}{link}<p>{line}</p></article></main>{foot}"
    roles = {part.text: str(part.role) for part in dedupe.label({"html": page})}
    assert roles[line] == "body" and roles[related] == "promo"


def test_sentences_on_other_stories_below_a_heading_of_a_small_page_of_html_are_teasers():
    title, *report = BANK
    told = "".join(f"<p>{text}</p>" for text in report)
    teasers = "A ferry ran aground near Portolago.", "Two men were arrested on Sunday after a robbery in Genoa."
    below = "<h3>Related stories</h3>" + "".join(f"<p>{text}</p>" for text in teasers)
    menu = "<nav><ul><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
    page = f"<html><body>{menu}<main><article><h1>{title}</h1>{told}{below}</article></main></body></html>"
    roles = {part.text: str(part.role) for part in dedupe.label({"html": page})}
    assert [roles[text] for text in (*report, *teasers)] == ["body"] * 3 + ["promo"] * 2


@pytest.mark.parametrize("heading", ["Up next", "UP NEXT"])
def test_what_is_up_next_for_two_teams_is_report(heading):
    title, *report = BANK
    lines = "Lakers: at the Suns on Saturday.", "Suns: play the Jazz in Las Vegas next Monday."
    told = "".join(f"<p>{text}</p>" for text in report)
    page = f"<article><h1>{title}</h1>{told}<h2>{heading}</h2>{''.join(f'<p>{line}</p>' for line in lines)}</article>"
    roles = {part.text: str(part.role) for part in dedupe.label({"html": page})}
    assert [roles[line] for line in lines] == ["body", "body"]


def test_several_sentences_on_the_page_below_each_other_are_no_report():
    whose, who = "This story was first published by ProPublica.", "ProPublica is a nonprofit newsroom that looks on."
    why = "All suspects are presumed innocent until proven guilty in a court of law."
    (told,) = labelled("\n".join((*BANK, whose, who, why)))
    assert [role for role, _ in told[-3:]] == ["attribution", "attribution", "legal"]


def test_an_article_that_opens_with_a_word_on_itself_and_has_no_other_paragraph_is_report():
    (told,) = labelled("This article was written by a machine, which is what this article, all of it, is about.")
    assert told[0][0] != "legal"


def test_who_signs_below_the_report_with_an_agency_is_its_credit_and_no_owner_of_a_picture():
    (told,) = labelled("\n".join((*BANK, "Ann Lee, The Canadian Press")))
    assert told[-1][0] in ("attribution", "byline")
    (told,) = labelled("\n".join((BANK[0], "The bank at night.", "Ann Lee, The Canadian Press", *BANK[1:])))
    assert told[2][0] != "attribution"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Villa reported from Manila. Associated Press journalist Al Fa contributed to this report.", "attribution"),
        ("Colby reported from Leeds and Lee from Rye. Associated Press writer Bo Ek contributed.", "attribution"),
        ("PTI SKR MNG", "attribution"),
        ("Lee reported from Kyiv and Lviv for the Associated Press. She contributed to many reports.", "body"),
        ("Players from Ohio and PA also contributed.", "body"),
    ],
)
def test_what_only_says_who_reported_is_no_report_below_the_last_of_it(line, role):
    def told(*lines: str) -> str:
        html = "".join(f"<p>{own}</p>" for own in lines)
        page = dedupe.label({"html": f"<body><article><h1>Bank</h1>{html}</article></body>"})
        return next(str(own.role) for own in page if own.text == line)

    assert told(*BANK, line) == role
    assert told(*BANK[:2], line, *BANK[2:]) == "body" or line.startswith("PTI")


def test_a_name_and_an_agency_taken_for_the_last_of_the_body_sign_it_unless_they_end_a_list():
    def told(*lines: str) -> list[str]:
        html = "".join(f"<div class='article-content'><p>{line}</p></div>" for line in lines)
        page = dedupe.label({"html": f"<body><h1>Bank</h1>{html}<footer>© 2026 Valley Advertiser</footer></body>"})
        return [str(own.role) for own in page]

    first = "This report by The Canadian Press was first published March 17, 2026."
    assert told(*BANK, first, "Ann Lee, The Canadian Press")[-3:-1] == ["attribution"] * 2
    winners = [f"{name}, The Canadian Press" for name in ("Ann Lee", "Bo Ek", "Jo Ash", "Al Fa")]
    assert "attribution" not in told(*BANK, *winners)
    assert "attribution" not in told(*BANK, "Guest: Jo Ash, Bloomberg") + told(*BANK, "Photo: Jo Ash, Reuters")


@pytest.mark.parametrize(("source", "role"), [("Kansas Reflector", "bio"), ("Hays Register", "attribution")])
def test_what_an_outlet_is_is_a_note_on_its_own_pages_and_a_credit_on_others(source, role):
    line = "Kansas Reflector is part of States Newsroom, a nonprofit news network supported by grants and by donors."
    for page in ((*BANK, line), (BANK[0], line, *BANK[1:])):
        article = Article("a", "\n".join(page), source=source)
        told = {article.text[own.start : own.end]: str(own.role) for own in dedupe.label(article)}
        assert told[line] == role
    inside = "\n".join((*BANK[:3], line, *BANK[3:], *BANK[1:3]))
    (told,) = labelled(inside)
    assert {text: own for own, text in told}[line] == "body"


def test_the_title_that_a_record_gives_is_no_teaser():
    title = "Photos: Gallinas Ridge Fire burns in two counties"
    article = Article("a", "\n".join((title, "Oct 7, 2025 Updated 2 hrs ago", *BANK[1:])), title=title)
    assert str(dedupe.label(article)[0].role) == "title"
