"""What kernels tell of a page's blocks, names and links, against the plain ones; its source: see `test_html_source`."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedupe.html import MARKUP_FEATURES, kernel, parse  # from here on the kernels are taken
from dedupe.html.blocks import read_blocks, texts_of
from dedupe.html.columns import NUMBER, NUMBERS
from dedupe.html.evidence import lengths
from dedupe.html.links import targets
from dedupe.html.nodes import _kinds, _targets
from dedupe.html.places import places_plain
from dedupe.html.tree import body_of, parse_tree
from dedupe.html.vocabulary import kinds_of

PROSE = "The minister said on Tuesday that the talks would go on, although nobody had expected them to last so long."
TAGS = [
    "a", "p", "div", "span", "b", "li", "ul", "td", "th", "tr", "table", "br", "hr", "img", "script", "style",
    "noscript", "template", "svg", "math", "select", "option", "textarea", "iframe", "pre", "head", "body", "html",
    "button", "label", "picture", "h1", "h2", "article", "nav", "figure", "figcaption", "time", "object", "embed",
    "frameset", "frame", "foreignObject", "title", "summary", "p$x", 'a"b', "x:y",
]  # fmt: skip
ATTRIBUTES = [
    "class=ad", 'class="a\tb"', "id=x", "id", 'class=""', "href=/a-b-c-d", "href='https://x.example/?a&b'",
    "rel=author", "rel=tag", "role=navigation", "itemprop='headline name'", "itemprop=articleBody",
    "class=article-body", "aria-hidden=true", "hidden",
    "hidden=until-found", "style='display: none'", "style=color:red", "=b", '"q', "a<b=c", "title='a>b'",
]  # fmt: skip
TEXTS = [
    "word ", " ", "\n", "\t", PROSE, "é", "&nbsp;", "&amp;", "&lt;p&gt;", "&quot;", "<", ">", "東京都", "\0", "-->",
    "]]>",    "<!-- c -->", "<!---->", "<![CDATA[x]]>", "<?php x ?>", "</", "\u3000", "\x85", "<!doctype html>",
    "Ann", "x", "7th",
]  # fmt: skip
tags = st.builds(
    lambda slash, name, attributes: f"<{slash}{' '.join([name, *attributes])}>",
    st.sampled_from(["", "", "/"]),
    st.sampled_from(TAGS),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=3),
)
markup = st.lists(st.one_of(tags, st.sampled_from(TEXTS)), max_size=60).map("".join)


@given(st.lists(st.text("ADadBannerSlot-_ 12\t\x1c\x02é", max_size=420), max_size=4), st.integers(0, 420))
def test_the_words_of_names_say_what_they_say_one_by_one(names, before):
    names = [*names, "x" * before + "adSlot", "advertorialTOPBanner"]
    written = np.frombuffer("".join(f"{name}\0" for name in names).encode(), dtype=np.uint8)
    assert _kinds(written).tolist() == list(map(kinds_of, names))


PIECES = [
    "https://", "//", "http:/", "www.", "example.org", "x.", "facebook.com", "m.facebook.co.uk", "/", "-", "_", "#",
    ":", "javascript:", "mailto:", "2024/", "2025", "12345", "/07/", "privacy", "Comments", "aff", "deals",
    "utm_source=", "utm_campaign", "story", " ", "\x1c", "é", "x" * 290,
]  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
            st.sampled_from(["", "nofollow sponsored", "é"]),
        ),
        max_size=4,
    ),
    st.sampled_from(["", "example.org", "org", "é.de"]),
)
def test_links_lead_where_they_lead_one_by_one(links, own):
    links = [*links, ("/a-b-c-d", "")]
    written = np.frombuffer("".join(f"{address}\0{rel}\0" for address, rel in links).encode(), dtype=np.uint8)
    assert _targets(written, own).tolist() == [targets(*link, own) for link in links]


HOSTILE = {
    "links": lambda n: "".join(f"<a href=/a-{i}>w</a> " for i in range(n)),
    "names": lambda n: "".join(f"<p class='c{i}'>w" for i in range(n)),
    "scripts": lambda n: "<script>a<!--</script>w" * n,
    "styles in pictures": lambda n: "<svg><style>a</style></svg>w" * n,
    "raw texts": lambda n: "<xmp>a</xmp>" * n,
    "comments": lambda n: "<!--" + "> -->-->" * n,
    "nested": lambda n: "<div>" * n + PROSE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_markup_takes_no_more_than_some_four_times_as_long(name):
    def seconds(n):
        html = HOSTILE[name](n)
        start = time.process_time()
        parse(html)
        return time.process_time() - start

    small, large = (min(seconds(n) for _ in range(3)) for n in (4_000, 16_000))  # the first may load or compile kernels
    assert large < 8 * small + 0.25  # a quadratic step takes 16 times as long; the rest is the clock's noise


@given(markup, st.booleans())
def test_the_places_of_blocks_are_those_that_numpy_finds(html, titled):
    body = body_of(tree := parse_tree(html))
    if body is None:
        return
    walk = read_blocks(body, texts_of(tree, body).split("\n"), False, "x.example")
    count = len(walk.text)
    bits = np.zeros((2, count, len(MARKUP_FEATURES)), np.float32)
    numbers = np.zeros((2, count, len(NUMBERS)))
    numbers[:, ::3, NUMBER["is_headline"]] = titled
    if count:
        places_plain(walk, *lengths(walk), bits[0], numbers[0])
        kernel.places(walk.elements, walk.blocks, *lengths(walk), bits[1], numbers[1])
    assert np.array_equal(*bits)
    assert np.array_equal(*numbers)
