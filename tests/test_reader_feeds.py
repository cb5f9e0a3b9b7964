"""Feeds and agencies' articles: what XML of news is read as, and what is refused."""

import base64
import gzip
import quopri
import subprocess
import sys
import zipfile

import pytest
from test_reader import read

import dedupe

RSS = """<?xml version="1.0" encoding="{}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Wire</title><link>https://w.example</link>
<item><media:title>A photo</media:title><title>Rates &amp; prices rose</title><link>https://w.example/1</link>
<guid isPermaLink="false">w-1</guid><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<source url="https://g.example">Gazette</source><description>Café prices rose.</description>
<media:content url="x.jpg"><media:title>A photo</media:title></media:content>
<content:encoded><![CDATA[<p>Café prices rose, the R&D office said.</p><p>It gave no reason.</p>]]></content:encoded>
</item><item><title>Ferry late</title><link>https://w.example/2</link>
<description>The ferry was late&nbsp;again, Smith & Sons said.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>Rates rose</title><link rel="self" href="https://w.example/self"/><link href="https://w.example/1"/>
<id>tag:w,1</id><updated>2026-03-03T10:00:00Z</updated>
<author><name>Ann Lee</name><uri>https://w.example/ann</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rates <b>rose</b>.</p><p>Again.</p></div></content>
</entry><entry><title>Ferry late</title><id>tag:w,2</id>
<summary type="html">&lt;p&gt;The ferry was late.</summary></entry>
</feed>"""
NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>slug</title>
<docdata><doc-id id-string="ap-7"/><date.issue norm="20260303T100000Z"/></docdata></head><body><body.head><hedline>
<hl1>Rates rose</hl1></hedline><byline>By Ann Lee</byline></body.head><body.content><p>Rates rose.</p><p>Again.</p>
</body.content></body></nitf>"""
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:n:1"><itemMeta>
<versionCreated>2026-03-03T10:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Rates rose</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content><p>Rates rose.</p><p>Again.</p>
</body.content></body></nitf></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_items_of_rss_are_articles_with_what_the_feed_says_of_them(tmp_path, encoding):
    (tmp_path / "wire.xml").write_bytes(RSS.format(encoding).encode(encoding))
    one, two = dedupe.read([tmp_path])
    assert (one.id, one.title, one.url, one.source, one.author, one.published) == (
        "w-1", "Rates & prices rose", "https://w.example/1", "Gazette", "Ann Lee", "2026-03-03T10:00:00+00:00",
    )  # fmt: skip
    assert one.text.split("\n") == ["Café prices rose, the R&D office said.", "It gave no reason."]
    assert (two.id, two.text) == ("https://w.example/2", "The ferry was late again, Smith & Sons said.")


def test_entries_of_atom_and_articles_of_agencies_are_read(tmp_path):
    for name, content in (("a.atom", ATOM), ("b.xml", NITF), ("c.nitf.xml.gz", NEWSML)):
        packed = gzip.compress(content.encode()) if name.endswith(".gz") else content.encode()
        (tmp_path / name).write_bytes(packed)
    told = [(a.id, a.title, a.url, a.author, a.published[:10], a.text.split("\n")) for a in dedupe.read([tmp_path])]
    both = ["Rates rose.", "Again."]
    assert told == [
        ("tag:w,1", "Rates rose", "https://w.example/1", "Ann Lee", "2026-03-03", both),
        ("tag:w,2", "Ferry late", "", "", "", ["The ferry was late."]),
        ("ap-7", "Rates rose", "", "Ann Lee", "2026-03-03", both),
        ("urn:n:1", "Rates rose", "", "", "2026-03-03", both),
    ]


def test_persons_of_a_byline_and_whose_text_an_agency_says_it_is(tmp_path):
    byline = "<byline>By <person>Ann Lee</person> and <person>Bo Ray</person><byttl>Staff Writer</byttl></byline>"
    (tmp_path / "a.xml").write_text(NITF.replace("<byline>By Ann Lee</byline>", byline))
    (tmp_path / "b.xml").write_text(
        NITF.replace("ap-7", "r-7").replace("<docdata>", '<docdata><doc.copyright holder="Reuters"/>')
    )
    (tmp_path / "c.xml").write_text(NEWSML.replace("<headline>", "<creditline>AFP</creditline><headline>"))
    told = [(article.author, article.source) for article in dedupe.read([tmp_path])]
    assert told == [("Ann Lee, Bo Ray", ""), ("Ann Lee", "Reuters"), ("", "AFP")]


def test_a_feed_is_read_as_far_as_it_is_sound_and_its_bombs_are_refused(tmp_path):
    (tmp_path / "cut.rss").write_text(RSS.format("utf-8")[:-40])
    (tmp_path / "bomb.rss").write_text('<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><item><title>&a;</title></item></rss>')
    (tmp_path / "deep.rss").write_text("<rss>" + "<a>" * 100_000)
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://w.example/1</loc></url></urlset>")
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == ["w-1"]
    said = {item.path.rsplit("/")[-1]: (item.reason, item.failed) for item in skipped}
    assert "not XML that can be read" in said["cut.rss"][0] and "entities" in said["bomb.rss"][0]
    assert "too deeply" in said["deep.rss"][0]
    assert said["map.xml"] == ("XML of <urlset>, which is no feed and no article we know", False)


def test_pages_that_a_crawler_saved_under_names_of_their_own_are_read(tmp_path):
    page = "<!DOCTYPE html><title>Rates</title><p>Rates rose again on Monday."
    for name in ("story", "story.php?id=7", "index.html?p=2", "story.aspx", "story.xhtml"):
        (tmp_path / name).write_text(page)
    (tmp_path / "photo.svg").write_text('<?xml version="1.0"?><svg><text>Rates rose</text></svg>')
    (tmp_path / "code.php").write_text("<?php echo '<html>'; ?>")
    (tmp_path / "notes").write_text("Rates rose < 5 %")
    (tmp_path / "data.gz").write_bytes(gzip.compress(page.encode()))
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("story", page)
        archive.writestr("logo.svg", "<svg/>")
    found, skipped = read(tmp_path)
    assert [record.id for record in found] == [
        "index.html?p=2", "site.zip/story", "story", "story.aspx", "story.php?id=7", "story.xhtml",
    ]  # fmt: skip
    assert {item.path.rsplit("/")[-1] for item in skipped} == {"photo.svg", "code.php", "notes", "data.gz", "logo.svg"}


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "text": "Rates rose."}\n',
        '[{"id": "a", "text": "Rates rose."}]',
        "<html><p>Rates rose.",
        "Rates rose.",
    ],
)
def test_standard_input_is_read_as_what_it_is(content):
    call = [sys.executable, "-m", "dedupe", "label", "-", "-f", "jsonl"]
    done = subprocess.run(call, input=content, capture_output=True, text=True, timeout=120, check=True)
    assert '"text":"Rates rose."' in done.stdout


def test_a_file_may_be_called_as_standard_input_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_text("Rates rose.")
    assert [article.text for article in dedupe.read(["./-"])] == ["Rates rose."]


def test_a_folder_of_nothing_we_read_says_what_is_there(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.docx").write_bytes(b"PK")
    call = [sys.executable, "-m", "dedupe", "report", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "a.pdf: its name ends in .pdf, which is no kind we read; 1 more was left out" in done.stderr


def test_a_record_without_text_is_told_which_fields_it_has(tmp_path):
    (tmp_path / "a.json").write_text('{"status": "ok", "articles": []}')
    (item,) = read(tmp_path)[1]
    assert item.reason.startswith("neither text nor html; name the field of the text with --field text=NAME;")
    assert item.reason.endswith("the fields here are 'status', 'articles'")


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://news.example/late-ferry
Date: Tue, 3 Mar 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x----"

------MultipartBoundary--x----
Content-Type: text/css

p {{ color: red }}
------MultipartBoundary--x----
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: {}
Content-Location: https://news.example/late-ferry

{}
------MultipartBoundary--x----
Content-Type: text/html
Content-Location: https://ads.example/frame

<p>Buy now.
------MultipartBoundary--x------
"""
FERRY = "<title>Café</title><p>The ferry was late again, the café on the pier said on Monday."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("coding", "page"),
    [
        ("quoted-printable", quopri.encodestring(FERRY.encode()).decode()),
        ("base64", base64.encodebytes(FERRY.encode()).decode()),
        ("binary", FERRY),
    ],
)
def test_a_page_that_a_browser_saved_in_one_file_is_read_with_its_address(tmp_path, end, coding, page):
    (tmp_path / "saved.mhtml").write_bytes(MHTML.format(coding, page).replace("\n", end).encode())
    (article,) = dedupe.read([tmp_path])
    assert article.text == "The ferry was late again, the café on the pier said on Monday."
    assert (article.title, article.url) == ("Café", "https://news.example/late-ferry")
    assert (article.source, article.crawled[:10]) == ("news.example", "2026-03-03")


def test_a_saved_page_is_told_by_how_it_opens_where_its_name_does_not_say(tmp_path):
    (tmp_path / "late-ferry").write_text(MHTML.format("binary", FERRY), "utf-8")
    (article,) = dedupe.read([tmp_path / "late-ferry"])
    assert (article.title, article.url) == ("Café", "https://news.example/late-ferry")


def test_a_saved_page_is_read_whatever_encoding_it_names(tmp_path):
    page = MHTML.format("binary", FERRY).replace("charset=utf-8", "charset*=a%00b''c")
    (tmp_path / "saved.mhtml").write_text(page, "utf-8")
    assert [article.title for article in dedupe.read([tmp_path])] == ["Café"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no header", "an MHTML file that holds no page"),
        (MHTML.format("base64", "<p>A").encode(), "its page says base64, but is not"),
        (b"Content-Type: multipart/related; boundary=a\n\n" + b"--a\n" * 100_000, "an MHTML file that holds no page"),
        (b"Content-Type: text/html\n\n<p>\0\0\0", "binary data, not text"),
        (b"Content-Type: multipart/related; boundary*=a\0b''c\n\n--c\n\n", "an MHTML file that holds no page"),
    ],
)
def test_a_saved_page_that_is_none_is_left_out_by_name(tmp_path, content, why):
    (tmp_path / "saved.mht").write_bytes(content)
    found, skipped = read(tmp_path)
    assert not found and [item.reason for item in skipped] == [why]
