"""Pages of HTML as visible blocks: what is shown, where it stood, what the head says, and hostile markup."""

import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dedupe.html.page
from dedupe.html import MARKUP_FEATURES, parse
from dedupe.html.vocabulary import KIND_BIT, kinds_of
from dedupe.jobs import apart

PROSE = "The minister said on Tuesday that the talks would go on, although nobody had expected them to last so long."


def blocks(html):
    page = parse(html)
    return [page.text[a:b] for a, b in zip(page.markup.start.tolist(), page.markup.end.tolist(), strict=True)]


def column(html, name):
    return parse(html).markup.evidence[:, MARKUP_FEATURES.index(name)].tolist()


def test_block_elements_breaks_rows_and_items_divide_and_inline_elements_do_not():
    html = """<body><h1>A <em>head</em>line</h1>one<br>two<p>th<b>re</b>e</p>four
    <ul><li>five</li><li><a href=x>six</a></li></ul>
    <table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table></body>"""
    assert blocks(html) == ["A headline", "one", "two", "three", "four", "five", "six", "a b", "c"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>ANN LEE</b><span>Associated Press</span><time>Mar 17</time>", "ANN LEE Associated Press Mar 17"),
        ("<a><span>Reuters</span></a><span>72K</span><i>Followers</i>", "Reuters 72K Followers"),
        ("<span>KOSPI</span><span hidden>x</span><span>2,811</span>", "KOSPI 2,811"),
        ("<span>T</span><span>HE</span> <b>ferry</b> <a>expand</a><a>ed</a>", "THE ferry expanded"),
        ("<b>Mc<i>Donald</i></b> <i>You</i>Tube Ko<b>SPI</b> Follow<!-- -->72", "McDonald YouTube KoSPI Follow72"),
        ("<span>東京</span><span>大学</span>", "東京大学"),
    ],
)  # fmt: skip
def test_inline_elements_without_space_between_them_are_words_apart_if_the_second_opens_with_a_capital(html, text):
    assert blocks(f"<p>{html}</p>") == [text]


def test_what_is_not_drawn_is_no_text():
    html = (
        "<body><script>s()</script><style>p{}</style><noscript>n</noscript><template>t</template><select><option>o</select>"
        "<p hidden>h</p><p style='DISPLAY : none'>d</p><div style='visibility:hidden'><p>v</p></div>"
        "<svg><text>g</text></svg><!-- c --><p>seen</p><p aria-hidden=true>drawn</p>"
    )
    assert blocks(html) == ["seen", "drawn"]


def test_a_page_that_scripts_would_uncover_is_shown():
    assert blocks(f"<body style='display:none'></body><div style='display:none'><p>{PROSE}</p></div>") == [PROSE]


def test_a_page_that_hides_menus_and_copies_of_its_article_is_shown_as_it_is_drawn():
    copy = f"<div style='display:none' itemscope><p itemprop=articleBody>{PROSE} {PROSE}</p></div>"
    menu = "<div hidden>" + "<p>Sections and more</p>" * 50 + "</div>"
    assert blocks(f"<p>{PROSE}</p><p>{PROSE[::-1]}</p>{copy}{copy}{menu}") == [PROSE, PROSE[::-1]]


def test_a_frameset_has_no_text():
    assert parse("<title>T</title><p> <frameset><frame></frameset>").text == ""


def test_references_are_decoded_and_spaces_collapse():
    assert blocks("<p>caf&eacute; &amp;  bar&nbsp;&#8212;\n\n x &#0; &notanentity;</p>") == [
        "café & bar — x \ufffd ¬anentity;"
    ]


@given(st.text("ab <>/pdivtrl=\"'&;!-\n", max_size=200))
def test_offsets_cut_the_text_into_its_lines_whatever_the_markup(html):
    page = parse(html)
    start, end = page.markup.start, page.markup.end
    assert [page.text[a:b] for a, b in zip(start, end, strict=True)] == (page.text.split("\n") if page.text else [])
    assert page.markup.evidence.shape == (len(start), len(MARKUP_FEATURES))
    assert np.isfinite(page.markup.evidence).all()


def test_evidence_tells_where_a_block_stood():
    html = f"""<nav class=menu><a href=/>Home</a></nav><article><h1>Big news today</h1>
    <div class="article-body"><p>{PROSE}</p><figure><img><figcaption>A photo</figcaption></figure><p>{PROSE}</p></div>
    <div class=author-bio>By <a rel=author href=/a>Ann</a></div></article><footer><p>(c)</p></footer>"""
    assert blocks(html) == ["Home", "Big news today", PROSE, "A photo", PROSE, "By Ann", "(c)"]
    assert column(html, "in:nav") == [1, 0, 0, 0, 0, 0, 0]
    assert column(html, "in:article") == [0, 1, 1, 1, 1, 1, 0]
    assert column(html, "tag:figcaption") == [0, 0, 0, 1, 0, 0, 0]
    assert column(html, "near:author") == [0, 0, 0, 0, 0, 1, 0]
    assert column(html, "mark:rel_author") == [0, 0, 0, 0, 0, 1, 0]
    assert column(html, "in_named") == [0, 0, 1, 1, 1, 0, 0]
    assert column(html, "in_main") == [0, 0, 1, 1, 1, 0, 0]
    assert column(html, "link_density") == pytest.approx([1, 0, 0, 0, 0, 0.5, 0])


def test_json_ld_marks_the_blocks_it_holds():
    html = f"""<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Big news today",
    "articleBody": "{PROSE} More.",
    "author": [{{"name": "Ann Lee"}}, {{"name": "Bo Ek"}}],
    "datePublished": "2025-10-29"}}]}}</script><p>Big news today</p><p>by Ann Lee</p><p>{PROSE}</p>
    <p>Something else that is not in the article</p>"""
    assert column(html, "in_article_body") == [0, 0, 1, 0]
    assert column(html, "is_headline") == [1, 0, 0, 0]
    assert column(html, "has_author") == [0, 1, 0, 0]
    assert parse(html).metadata == {"title": "Big news today", "author": "Ann Lee, Bo Ek", "published": "2025-10-29"}


def test_what_is_shown_and_said_is_repaired_together_before_it_is_compared():
    from dedupe.text import repair

    words = "the talks would go on and on, although nobody had expected them to last"
    said = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "So {words}."}}</script>'
    hidden = words.replace("although", "al&shy;though").replace("talks", "talks&#x200b;")
    page = parse(f"<title>CafÃ©\0s</title>{said}<p>&#x200b;</p><p>So {hidden}.</p><p>â€œYesâ€\x9d</p>", repair=repair)
    assert page.text.split("\n") == [f"So {words}.", "“Yes”"]
    assert page.metadata["title"] == "Cafés"
    assert page.markup.evidence[:, MARKUP_FEATURES.index("in_article_body")].tolist() == [1, 0]


@pytest.mark.parametrize("broken", ["\ud83d\ude00", "&#x2028;", "&#13;", "\x85", "\0", "\ud83d"])
def test_odd_characters_leave_blocks_and_their_texts_together(broken):
    from dedupe.text import repair

    html = f"<p>one</p><p>t{broken}wo <a href=x>three{broken}</a></p><p>four</p>"
    text = parse(html, repair=repair).text.split("\n")
    assert [len(text), text[0], text[-1]] == [3, "one", "four"]
    assert text[1].startswith("t") and "three" in text[1]


def test_class_words_are_whole_words():
    assert kinds_of("adWrapper top-ad") & KIND_BIT["ad"]
    assert not kinds_of("loading shadow badge header-read") & KIND_BIT["ad"]
    assert kinds_of("entry-content") & KIND_BIT["body"]


def test_the_head_says_title_outlet_date_and_where_the_text_comes_from():
    page = parse(
        """<html lang="de-AT"><head><title>T &amp;amp; U | Site</title><meta property="og:title" content="T &amp; U">
        <meta property=og:site_name content=Site><meta property="article:published_time" content="2025-10-29T10:00:00Z">
        <meta name=author content="https://example.com/ann"><meta name=syndication-source content="https://wire.example/1">
        <link rel=canonical href="//other.example/story"></head><body><p>x""",
        "https://example.com/story",
    )
    assert page.metadata == {
        "title": "T & U",
        "page_title": "T & U | Site",
        "published": "2025-10-29T10:00:00Z",
        "source": "Site",
        "canonical": "https://other.example/story",
        "language": "de-AT",
    }
    assert page.syndication == ("https://wire.example/1",)


@pytest.mark.parametrize("name", ["publish_date", "publish-date", "PublishDate", "publication_date"])
def test_names_of_tags_are_the_same_with_and_without_hyphens(name):
    head = f"<meta name='{name}' content='2010-08-13'><meta name=parsely-title content=T>"
    assert parse(f"{head}<p>x").metadata == {"title": "T", "published": "2010-08-13"}


def test_a_page_that_its_publisher_signs_has_no_author():
    head = "<meta property=og:site_name content='El Lago'><meta name=DC.publisher content='Ediciones El Lago'>"
    assert "author" not in parse(f"{head}<meta name=author content='Ediciones El Lago'><p>x").metadata


FIRE = "Fire destroys warehouse in Eastgate"


@pytest.mark.parametrize(
    ("title", "site", "headline", "outlet"),
    [
        (f"{FIRE} | TheObserver", "The Observer", FIRE, "The Observer"),
        (f"{FIRE} - The Observer", "The Observer | News | Sport", FIRE, "The Observer"),
        (f"{FIRE} | Sport", "The Observer", f"{FIRE} | Sport", "The Observer"),
        ("The Observer", "The Observer", "The Observer", "The Observer"),
        (FIRE, "https://www.observer.example", FIRE, "observer.example"),
        (FIRE, "https://[observer.example", FIRE, None),
    ],
)
def test_headline_and_outlet_are_told_apart_in_the_tags(title, site, headline, outlet):
    page = parse(f"<meta property=og:title content='{title}'><meta property=og:site_name content='{site}'><p>{PROSE}")
    assert (page.metadata["title"], page.metadata.get("source")) == (headline, outlet)


@pytest.mark.parametrize(
    ("title", "page"),
    [
        (f"{FIRE} | The Observer", f"<header>The Observer</header><h1>{FIRE}</h1><p>{PROSE}"),
        ("Fire | The Observer", f"<h1>The Observer</h1><main><h1>{FIRE}</h1><p>{PROSE}</main>"),
        ("", f"<h1>News</h1><article><h1><span>Fire destroys<br>warehouse</span> in Eastgate</h1><p>{PROSE}</article>"),
        ("", f"<h1 hidden>Menu</h1><h1>{FIRE}</h1><p>{PROSE}"),
        (f"{FIRE} | The Observer", f"<header><h1>The Observer</h1></header><h2>{FIRE}</h2><p>{PROSE}"),
        (f"{FIRE} - The Observer", f"<p>{PROSE}"),
        (f"{FIRE} – Daily Star", f"<h1>One</h1><h1>Two</h1><p>{PROSE}"),
        (f"{FIRE} | News | The Observer", f"<p>{PROSE}"),
        (FIRE, f"<p>{PROSE}"),
    ],
)
def test_a_page_whose_head_names_no_headline_has_its_headings_or_its_titles(title, page):
    assert parse(f"<title>{title}</title>{page}").metadata["title"] == FIRE


def test_what_the_head_names_comes_before_headings_and_a_sites_name_is_no_headline():
    assert parse(f'<meta property="og:title" content="{FIRE}"><title>T</title><h1>H</h1>').metadata["title"] == FIRE
    site = '<meta property="og:site_name" content="The Observer"><title>The Observer</title><h1>The Observer</h1>'
    assert "title" not in parse(f"{site}<p>{PROSE}").metadata


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "https://example.com/story/", "http://["]
)
def test_a_canonical_link_is_a_web_address_other_than_the_pages_own(address):
    page = parse(f'<link rel=canonical href="{address}"><p>x', "https://example.com/story")
    assert "canonical" not in page.metadata


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"@type":"NewsArticle",',
        '{"@graph":[null,1,{"@type":[1],"author":[[{}]],"datePublished":{"x":1}}]}',
    ],
    ids=["deep", "broken", "wrong types"],
)
def test_bad_json_ld_is_not_heard(data):
    page = parse(f'<script type="application/ld+json">{data}</script><p>x')
    assert (page.text, page.metadata) == ("x", {})


def test_text_below_thousands_of_elements_and_in_a_huge_node_is_kept():
    assert blocks("<div>" * 5_000 + f"<p>{PROSE}</p>" + "</div>" * 5_000) == [PROSE]
    assert blocks("<div>" * 100_000 + PROSE) == [PROSE]
    assert len(parse("<p>" + "word " * 2_400_000).text) == 5 * 2_400_000 - 1
    many = " ".join(f"a{i}=1" for i in range(20_000))
    assert blocks(f"<p {many}>{PROSE}</p><p data-x='{'A' * 300_000}'>two</p>") == [PROSE, "two"]


def test_a_long_script_with_comparisons_ends_where_it_ends():
    script = "<script>if (a<b c d) {" + "x = 'word word word'; " * 400 + "}</script>"
    assert blocks(f"<p>one</p>{script}<p>two</p>") == ["one", "two"]


HOSTILE = {
    "nested": lambda n: "<div>" * n,
    "nested inline": lambda n: "<span><b>" * n + "<p>x" * n,
    "tables": lambda n: "<table><tr><td>" * n,
    "misnested": lambda n: "<p><font><a>" * n,
    "paragraphs": lambda n: "<p>x</p>" * n,
    "options": lambda n: "<select>" + "<option>x" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">",
    "class words": lambda n: '<p class="' + "adBox " * n + '">',
    "brackets": lambda n: "<" * n,
    "scripts": lambda n: "<script>" * n,
    "comments": lambda n: "<!--" * n,
    "references": lambda n: "&amp;" * n + "&" * n,
    "links": lambda n: "<a href=x>link</a>" * n,
    "meta": lambda n: "".join(f"<meta name=a{i} content={i}>" for i in range(n)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_markup_takes_no_more_than_some_four_times_as_long(name):
    def seconds(n):
        html = HOSTILE[name](n) + PROSE
        start = time.process_time()
        parse(html)
        return time.process_time() - start

    small, large = (min(seconds(n) for _ in range(3)) for n in (4_000, 16_000))
    assert large < 8 * small + 0.25  # a quadratic step takes 16 times as long; the rest is the clock's noise


def test_our_blocks_are_those_that_were_judged(shared_data):
    from training.role_pages import html_pages, rows

    judged = sum(len(row["roles"]) for row in rows(shared_data / "pages"))
    _, roles = html_pages(shared_data / "pages")
    met = sum(code >= 0 for page in roles for code in page)
    assert met / judged >= 0.965
    assert met / sum(map(len, roles)) >= 0.98


def test_the_links_of_a_block_say_where_they_lead():
    page = parse(
        "<nav><a href='/'>Home</a></nav><div><a href='/2024/05/ferry-sinks-off-coast'>Ferry sinks</a></div>"
        "<p><a href='https://partner.example/x?utm_source=a' rel='sponsored'><div>Beds from 99</div></a></p>"
        "<p>Text with <a href='/author/ann-lee/'>Ann Lee</a>, no more.</p>",
        "https://www.example.org/a",
    )
    named = [
        [name for name, value in zip(MARKUP_FEATURES, row, strict=True) if name.startswith("to:") and value]
        for row in page.markup.evidence.tolist()
    ]
    assert page.text.split("\n") == ["Home", "Ferry sinks", "Beds from 99", "Text with Ann Lee, no more."]
    assert named == [["to:front"], ["to:story"], ["to:out", "to:paid"], ["to:person"]]


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_no_address_makes_the_reading_of_links_fail(address, rel, own):
    from dedupe.html.links import own_domain, targets

    assert targets(address, rel, own_domain(own)) >= 0


def test_a_title_is_as_the_heading_shows_it():
    def title(tag, heading):
        return parse(f'<meta property="og:title" content="{tag}"><h1>{heading}</h1><p>The rise came late.').metadata[
            "title"
        ]

    assert title("Rates rise again - Telegraph", "Rates rise again") == "Rates rise again"
    assert title("法国再次爆发大罢工-新华网", "法国再次爆发大罢工") == "法国再次爆发大罢工"
    assert title("Star | Rates rise again", "Rates rise again") == "Rates rise again"
    assert title("Rates rise again in Norway", "Rates rise again") == "Rates rise again in Norway"
    assert title("Money: Rates rise again", "Money") == "Money: Rates rise again"


@pytest.mark.parametrize(
    ("head", "url", "canonical", "sources"),
    [
        ('<link rel=canonical href="https://herald.example/a">',
         "https://post.example/a", "https://herald.example/a", ()),
        ('<link rel=canonical href="https://herald.example/a"><meta property=og:url content="https://post.example/a">',
         "", "https://post.example/a", ("https://herald.example/a",)),
        ('<link rel=canonical href="https://m.post.example/a"><meta property=og:url content="https://herald.example/a">'
         '<meta property=og:site_name content="The Post">', "", "https://m.post.example/a", ("https://herald.example/a",)),
        ('<link rel=canonical href="https://post.example/a"><meta property=og:url content="https://m.post.example/a">',
         "", "https://post.example/a", ()),
        ('<script type=application/ld+json>{"@type":"Article","isBasedOn":{"url":"https://herald.example/a"}}</script>',
         "https://post.example/a", "", ("https://herald.example/a",)),
        ('<script type=application/ld+json>{"@type":"Article","provider":{"name":"Herald"},"publisher":{"name":"Post"}}'
         "</script>", "https://post.example/a", "", ("Herald",)),
        ('<script type=application/ld+json>{"@type":"Article","provider":{"name":"Post"},"publisher":{"name":"Post"}}'
         "</script>", "https://post.example/a", "", ()),
    ],
)  # fmt: skip
def test_addresses_of_another_site_tell_whose_the_text_is(head, url, canonical, sources):
    page = parse(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>", url)
    assert (page.metadata.get("canonical", ""), page.syndication) == (canonical, sources)


def test_a_process_that_works_for_another_leaves_it_to_that_one_to_compile(monkeypatch):
    monkeypatch.delitem(sys.modules, "dedupe.html.kernel", raising=False)
    monkeypatch.setattr("dedupe.compiling.kept.kept", lambda use: False)
    assert not apart(lambda: dedupe.html.page._by_kernels(10**9))()
    monkeypatch.setattr("dedupe.compiling.kept.kept", lambda use: True)
    assert apart(lambda: dedupe.html.page._by_kernels(10**9))()
