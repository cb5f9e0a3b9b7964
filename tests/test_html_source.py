"""Pages read from their source: what is seen of a regular one is what the parser's tree holds."""

import gzip
import time
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

import dedupe.html.kernel  # noqa: F401  (from here on the kernels are taken)
from dedupe.html.blocks import read_blocks, texts_of
from dedupe.html.construction import NAMED, rules_of
from dedupe.html.head import SAYING, read_head
from dedupe.html.nodes import divide
from dedupe.html.page import holding
from dedupe.html.source import read_source
from dedupe.html.tree import body_of, parse_tree
from dedupe.reader.decode import decode

HEADS = [
    "", "<!doctype html>", "<!DOCTYPE HTML PUBLIC 'x'>", "<html lang=en>", "<!doctype html><html lang=fr><head>",
    "<html><head><title>T &amp; t</title><meta name=author content='A &amp; B'></head><body class=q>",
    "<head><script>a<b</script><noscript><style>x</style></noscript><link rel=canonical href=//x.example></head>",
    "<title>x</title><body itemprop=author>", "<noscript><script></script>",
    "<base href=x><noscript><title>x</title>", "<head><noscript><img></noscript></head><body id=z>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"H &amp; h\"}</script>",
]  # fmt: skip
HELD = {
    "table": ["tr", "tbody", "td"], "tbody": ["tr"], "tr": ["td", "th"], "ul": ["li"], "dl": ["dt", "dd"],
    "select": ["option", "optgroup"], "svg": ["g", "path", "title"],
}  # fmt: skip
FREE = [name for name in NAMED if name not in ("frameset", "plaintext")] + ["span", "label", "x-y", "time", "noscript"]
EMPTY = [*(name for name in NAMED if rules_of(name)[1] == rules_of("br")[1]), "hr"]
ATTRIBUTES = [
    "", "", "", " class=x", " class='a b' id=y", ' href="/a?b=1&amp;c=2"', " hidden", " HREF=x/y", " class=a class=b",
    " style='display:none'", " rel='tag author'", " itemprop=author", " itemprop=headline content='a&b'", " role=main/",
    " a=\"b>c\" d='e\"f'", " href='?a&copy=1&lt&gt;x'", " class='&eacute;&notit;'", "/", " /", " itemprop", " class=",
    ' class="\n a\tb "', " style='x:\"a\"'", " title=<b>", " =x", " id = z", " datetime=2020-01-02", " style='a&b'",
    " type=application/ld+json",
]  # fmt: skip
TEXTS = [
    "x", "x", " ", "\n", "  y z ", "a &amp; b", "&eacute;&nbsp;&notit; &ampx &#65;&#x80;&#0;&#xD800;", "<", "< 3", "&",
    "a\tb", "\r\n", "é", "</", "<!", "<?pi?>", "<!-- c -->", "<!---->", "<!-->", "<!doctype html>", "<![if IE]>", "-->",
    "&#10;&#9;", "&nGt;&NotEqualTilde;", "<!--[if IE]><p>x</p><![endif]-->", "</p>", "</br>", "<![CDATA[x]]>", "'\"",
    "<!-- a --!> b -->", "</b>", "</div>", "</td>",
]  # fmt: skip

attributes = st.builds("{}{}".format, st.sampled_from(ATTRIBUTES), st.sampled_from(ATTRIBUTES))
texts = st.sampled_from(TEXTS)
closed = st.sampled_from([True] * 6 + [False])


def element(name, attributes, inner, closed):
    return f"<{name}{attributes}>" + ("" if name in EMPTY else inner + f"</{name}>" * closed)


def elements(names, inner):
    return st.builds(element, st.sampled_from(names), attributes, inner, closed)


def grown(inner):
    """Return pieces that hold others: mostly such as may stand there, so that many pages are regular."""
    held = [
        st.builds(element, st.just(name), attributes, st.lists(elements(parts, inner), max_size=3).map("".join), closed)
        for name, parts in HELD.items()
    ]
    free = elements(FREE, inner), elements(["div", "p", "a", "b", "h1", "li", "section", "pre"], inner)
    return st.lists(st.one_of(texts, *free, *held), max_size=4).map("".join)


pages = st.builds("{}{}".format, st.sampled_from(HEADS), st.recursive(texts, grown, max_leaves=12))


def assert_blocks_are_the_same(one, other):
    assert (one.text, one.hidden_characters) == (other.text, other.hidden_characters)
    names = (walk.elements.names for walk in (one, other))  # numbers that are equal for equal names
    a, b = (np.unique(column, return_inverse=True)[1] for column in names)
    assert np.array_equal(a[:, None] == a, b[:, None] == b)
    assert np.array_equal(one.elements.names == 0, other.elements.names == 0)
    elements = (walk.elements._replace(names=a) for walk in (one, other))
    for mine, theirs in (tuple(elements), (one.blocks, other.blocks)):
        for name, column, expected in zip(mine._fields, mine, theirs, strict=True):
            assert np.array_equal(column, expected), name


def assert_same(html):
    """Check that the source of a page, if it is regular, says and shows what its tree does; return whether it is."""
    source = read_source(html)
    if source is None:
        return False
    tree = parse_tree(html)
    (nodes, told), saying = source, tree.css(SAYING)
    said = [(node.tag, node.attributes, node.text) for node in saying]
    items = partial(holding, tree.css("[itemprop]"))
    assert read_head(told, items, "", "") == read_head(said, partial(holding, saying), "", "")
    html_tag = next((known for tag, known, _ in told if tag == "html"), {})
    assert (html_tag.get("lang") or "") == (tree.root.attributes.get("lang") or "")
    texts = texts_of(tree, body := body_of(tree))
    assert nodes.texts.split("\n") == texts.split("\n")
    for show_hidden in (False, True):
        walk = read_blocks(body, texts.split("\n"), show_hidden, "x.example")
        assert_blocks_are_the_same(divide(nodes, texts, show_hidden, "x.example"), walk)
    return True


@given(pages)
@settings(max_examples=400)
def test_a_regular_page_is_seen_as_its_tree_is_whatever_the_markup(html):
    assert_same(html)


def test_most_pages_on_the_web_are_regular_and_all_are_seen_as_their_trees_are(shared_data):
    paths = sorted(path for site in ("zyte", "fundus") for path in (shared_data / "pages" / site / "html").glob("*.gz"))
    regular = [assert_same(decode(gzip.decompress(path.read_bytes()), markup=True)) for path in paths]
    assert sum(regular) > 0.8 * len(paths)


@pytest.mark.parametrize(
    "html",
    [
        "<p>one<p>two", "<ul><li>one<li>two</ul>", "<dl><dt>a<dd>b<dt>c</dl>", "<p>a<div>b</div>", "<h1>a</h1></p>b",
        "<table><tr><td>a<td>b<tr><td>c</table>", "<table><td>a</table>", "<!doctype html><p>a<table><td>b</table>",
        "<a href=x><div>a</div></a>", "<b><span>a</b>", "<div></section>a</div>", "<form><input><p>a</form>",
        "<select><option>a<option>b</select>", "<svg><g><path d=x /></g></svg>", "<p>a</body>b</html><!-- c -->",
        "<script>if (a<b) '<!--<p>--><script'</script><p>a", "<p>a<script>'<!-- </p>'</script>b</p>",
        "<title>a</title><svg><style>p > a {}</style><title>&lt;b></title></svg>c", "<p>a<!-- > -- > -->b</p>",
        '<p title="</p><p>">a &quot;&lt;b&gt;&quot;&nbsp;c</p>', "<p>a<img><br>b<embed>c</p>", "<pre>\n\na</pre>",
        "<title>a</title><img><body class=b>",
        "<TABLE><TR><TD>a</TD></TR></TABLE>", "<p><template><p>a</p></template>", "<span><dialog>a</span>b",
    ],
)  # fmt: skip
def test_what_a_stack_of_elements_tells_is_regular(html):
    assert assert_same(html)


@pytest.mark.parametrize(
    "html",
    [
        "<b><p>a</b>b</p>", "<p><b>a<p>b", "<a>a<a>b</a>", "<table>a</table>", "<table><form></table>", "<?a?>",
        "<div><form></div></form>", "<form><form>", "<button><button>", "<div><body id=a><body id=b>", "<frameset>",
        "<svg><p>a</svg>", "<svg><title>a</title></svg>", "<math><mi>a</math>", "<select><p>a</select>", "<!-->a-->",
        "<script>'<!--<script>'</script>", "<style>a", "<p class='a", "<!-- a", "</br>", "<ruby>a<rt>b</ruby>",
        "<plaintext>a", "<p " + " ".join(f"a{n}" for n in range(65)) + ">", "<i>" * 513, "<br>" * 10_001, "<!",
        "<p title='<b " + "a " * 2000 + "'>a</p>",
        "<script type='application/ld+json'>" + "<option>" * 1001 + "</script>",
        "<div style='a:\"b\"'>a</div>", "<table><caption>a</table>", "<p>b<title>c</title>", "<p>a<table></table>",
    ],
)  # fmt: skip
def test_what_it_does_not_tell_is_left_to_the_parser(html):
    assert read_source("<p>a" + html) is None


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("<p>a", 2000), ("<!--a-->", 2000), ("</p>", 2000), ("<script><!--</script>", 1000), ("<script>-->", 2000),
        ("<svg><g>", 200), ("<li><b>", 200), ("<", 200_000), ("&amp;", 200_000), ("&", 200_000), ("<p b=", 200_000),
        ("<p b='", 2000), ("&#", 200_000), ("<style></", 2000), ("<select><option>", 1000),
    ],
)  # fmt: skip
def test_four_times_the_source_takes_no_more_than_some_four_times_as_long(piece, times):
    def seconds(times):
        html, best = "<p>" + piece * times, 1.0
        for _ in range(5):
            start = time.process_time()
            read_source(html)
            best = min(best, time.process_time() - start)
        return best

    seconds(1)
    assert seconds(4 * times) < 8 * seconds(times) + 0.005
