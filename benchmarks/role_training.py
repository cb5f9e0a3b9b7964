"""The pages that `benchmarks.train_roles` learns from, as columns."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from dedupe.html import parse
from dedupe.model import ROLE_CODE, Article, Role
from dedupe.paragraphs import features, segment
from dedupe.text import repair

from . import role_pages
from .role_widgets import LINES, widget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEED = 1
JUDGED, CLEANED, BODY_KNOWN, PLAIN = range(4)  # kinds of pages
WEIGHT = (1.0, 0.45, 0.3, 0.35)
BODY, TITLE, ATTRIBUTION = ROLE_CODE[Role.BODY], ROLE_CODE[Role.TITLE], ROLE_CODE[Role.ATTRIBUTION]
CAPTION = ROLE_CODE[Role.CAPTION]
KEPT = {ROLE_CODE[role] for role in (Role.BODY, Role.TITLE, Role.CAPTION, Role.BYLINE, Role.ATTRIBUTION)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: an article, the role of each of its blocks (-1 unknown), which are known to be in its body."""

    article: Article
    roles: list[int]
    kind: int
    site: str
    in_body: list[bool]


class Pages:
    """Pages as columns over their blocks."""

    def __init__(self, pages: list[Page]) -> None:
        articles = [page.article for page in pages]
        blocks = segment(articles)
        self.first = blocks.first
        count = np.diff(blocks.first)
        assert count.tolist() == [len(page.roles) for page in pages], "a page does not segment into its blocks"
        once = np.ones(len(blocks.start), dtype=np.int32)
        self.columns, _ = features.measure(articles, blocks, once, once)
        evidence = [article.markup.evidence for article in articles if article.markup is not None]
        if evidence:
            self.columns = np.concatenate((self.columns, np.concatenate(evidence)), axis=1)
        self.roles = np.array([code for page in pages for code in page.roles])
        self.in_body = np.array([inside for page in pages for inside in page.in_body])
        self.kind = np.repeat([page.kind for page in pages], count)
        self.site = np.repeat([page.site for page in pages], count)
        self.weight = np.array(WEIGHT)[self.kind]
        self.characters = blocks.end - blocks.start


def text_pages(data: Path) -> Pages:
    """Return the judged pages as text, their cleaned variants, pages whose body is known, and plain news texts."""
    rng = np.random.default_rng(SEED)
    pages = []
    for row in role_pages.rows(data / "pages"):
        codes = [ROLE_CODE[Role(role)] for role in row["roles"]]
        lines = [repaired(block) for block in row["blocks"]]
        pages.append(_page(f"{row['id']}", lines, codes, JUDGED, row["source"]))
        for variant in range(3):
            kept = decorated(*cleaned(lines, codes, rng), rng)
            pages.append(_page(f"{row['id']}-{variant}", *kept, CLEANED, row["source"]))
    pages += [replace(page, article=replace(page.article, markup=None)) for page in pages_with_body(data / "pages")]
    return Pages([page for page in pages if page.roles] + plain_pages(data, rng))


def html_pages(data: Path) -> Pages:
    """Return the judged pages and those whose body is known, with the evidence of their markup."""
    articles, roles = role_pages.html_pages(data / "pages")
    pages = [
        Page(article, codes, JUDGED, article.source, [code == BODY for code in codes])
        for article, codes in zip(articles, roles, strict=True)
    ]
    return Pages(pages + pages_with_body(data / "pages"))


def _page(name: str, lines: list[str], codes: list[int], kind: int, site: str) -> Page:
    return Page(Article(name, "\n".join(lines)), codes, kind, site, [code == BODY for code in codes])


def repaired(line: str) -> str:
    """Return a line repaired as the pipeline repairs it, or as it is where it would no longer be one line."""
    better = " ".join(repair(line).split())
    return better if better else line


def cleaned(blocks: list[str], roles: list[int], rng: np.random.Generator) -> tuple[list[str], list[int]]:
    """Return a page as a careless cleaner leaves it: its reporting, and here and there a few lines of the rest."""
    kept: list[int] = []
    keeping, bare, untitled = 0, rng.random() < 0.25, rng.random() < 0.15
    for row, role in enumerate(roles):
        if role in KEPT:
            keeping = 0
            if not (bare and role not in (BODY, TITLE)) and not (untitled and role == TITLE):
                kept.append(row)
            continue
        if keeping == 0:
            keeping = int(rng.integers(1, 5)) if rng.random() < (0.0 if bare else 0.35) else -1
        elif keeping < 0 and rng.random() < 0.06:
            keeping = int(rng.integers(1, 6))
        if keeping > 0:
            kept.append(row)
            keeping = keeping - 1 or -1
    return [blocks[row] for row in kept], [roles[row] for row in kept]


def decorated(lines: list[str], codes: list[int], rng: np.random.Generator) -> tuple[list[str], list[int]]:
    """Return a page with what few judged pages have between their paragraphs: tables, lists, loose captions, bylines.

    A table's cells and a list's items are made of the page's own sentences, so that they tell of the same things.
    """
    body = [row for row, code in enumerate(codes) if code == BODY and len(lines[row]) > 120]
    titles = [row for row, code in enumerate(codes) if code == TITLE]
    if len(body) < 3:
        return lines, codes
    after: dict[int, list[tuple[str, Role]]] = {}

    def put(row: int, *found: tuple[str, Role]) -> None:
        after.setdefault(row, []).extend(found)

    def pick(options: Sequence[str]) -> str:
        line = options[int(rng.integers(len(options)))]
        return line.replace("{}", LINES["people"][int(rng.integers(len(LINES["people"])))])

    inner = body[:-1]
    place = inner[-1] if rng.random() < 0.3 else int(rng.choice(inner))  # a table and a list often stand together
    for _ in range(int(rng.choice([0, 1, 1, 2]))):
        rows = [_cells(lines[int(rng.choice(body))], rng) for _ in range(int(rng.integers(2, 7)))]
        put(place if rng.random() < 0.5 else int(rng.choice(inner)), *((row, Role.BODY) for row in rows if row))
    if rng.random() < 0.5:
        mark = pick(LINES["bullets"])
        items = [part.strip() for row in rng.choice(body, 2) for part in re.split(r"[.!?。]\s+", lines[row])]
        items = [item for item in items if 20 < len(item) < 160][: int(rng.integers(2, 6))]
        put(place if rng.random() < 0.5 else int(rng.choice(inner)), *((mark + item, Role.BODY) for item in items))
    for where in (place, int(rng.choice(inner))):
        if rng.random() < 0.25:
            put(where, (str(rng.choice(LINES["headings"])).format(*_names(lines[where], rng)), Role.TITLE))
    for _ in range(int(rng.integers(0, 3))):
        words = lines[int(rng.choice(body))].split()
        start = int(rng.integers(max(len(words) - 6, 1)))
        few = " ".join(words[start : start + int(rng.integers(1, 6))]).strip(" .,;:")
        few = few.lower() if rng.random() < 0.5 else few
        put(int(rng.choice(inner)), *([(few, Role.CAPTION)] if few else []), (pick(LINES["credits"]), Role.CAPTION))
    if titles and rng.random() < 0.4:
        pieces = [f"By {pick(LINES['people'])}" if rng.random() < 0.5 else pick(LINES["people"]), pick(LINES["dates"])]
        pieces[1:1] = [pick("|•-/")] if rng.random() < 0.6 else []
        put(max(row for row in titles if row < body[0]) if titles[0] < body[0] else titles[0],
            *((piece, Role.BYLINE) for piece in pieces))  # fmt: skip
    for place, chance in ((body[0] - 1, 0.25), (int(rng.choice(inner)), 0.4)):
        if place >= 0 and rng.random() < chance:
            line = str(rng.choice(LINES["captions"])).format(*_names(" ".join(lines[row] for row in body[:6]), rng))
            line = line.rstrip(".") + "." * int(rng.random() < 0.6)
            credit = [(pick(LINES["credits"]), Role.CAPTION)] if rng.random() < 0.5 else []
            put(place, (line, Role.CAPTION), *credit)
    for kind, chance in (("attribution", 0.3), ("ad", 0.3)):
        if rng.random() < chance:
            put(int(rng.choice([titles[0] if titles else body[0], body[-1], *inner])), *_widget(kind, rng))
    below = len(lines) - 1
    for kind in rng.permutation(["bio", "legal", "comment", "ad", "other", "attribution", "navigation"]).tolist():
        if rng.random() < 0.3:
            put(body[-1] if rng.random() < 0.4 else below, *_widget(kind, rng))
    out: list[tuple[str, int]] = []
    for row, (line, code) in enumerate(zip(lines, codes, strict=True)):
        out.append((line, code))
        out += [(text, ROLE_CODE[role]) for text, role in after.get(row, ())]
    return [text for text, _ in out], [code for _, code in out]


def _widget(kind: str, rng: np.random.Generator) -> list[tuple[str, Role]]:
    return [(line, Role(role)) for role, line in widget(kind, rng)]


def _names(text: str, rng: np.random.Generator) -> list[str]:
    """Return three names that a text tells of: runs of words with capitals, or any words."""
    found = re.findall(r"\b[^\W\d_a-z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}", text) or text.split()
    return [str(rng.choice(found)) for _ in range(3)]


def _cells(sentence: str, rng: np.random.Generator) -> str:
    """Return a row of a table: two or three runs of a sentence's words, each starting with a capital."""
    words = [word.strip('.,;:!?"“”') for word in sentence.split()]
    cells, titled = [], float(rng.choice([0.1, 0.5, 1.0]))
    for _ in range(int(rng.integers(2, 4))):
        start = int(rng.integers(max(len(words) - 4, 1)))
        cell = " ".join(word for word in words[start : start + int(rng.integers(1, 5))] if word)
        cells.append(cell.title() if rng.random() < titled else cell[:1].upper() + cell[1:])
    return " ".join(cells)


def plain_pages(data: Path, rng: np.random.Generator) -> list[Page]:
    """Return news texts that are nothing but text, half of them under their headline."""
    found = [(row["title"], row["text"]) for row in read(data / "near_duplicates/reuters_first_half.jsonl.gz", 6000)]
    found = [found[row] for row in rng.choice(len(found), 90, replace=False)]
    found += [(row["title"], row["text"]) for row in read(data / "stories/allsides_train600.jsonl.gz", 60)]
    found += [("", row["rewrite"]) for row in read(data / "rewrites/sheepdog.jsonl.gz", 40)]
    found += [("", row["rewrite"]) for row in read(data / "rewrites/raidar_gpt.jsonl.gz", 30)]
    pages = []
    for number, (title, text) in enumerate(found):
        titled = bool(title) and number % 2 == 0
        article = Article(f"plain-{number}", f"{title}\n\n{text}" if titled else text)
        blocks = segment([article])
        lines = [article.text[a:b] for a, b in zip(blocks.start.tolist(), blocks.end.tolist(), strict=True)]
        codes = [ATTRIBUTION if "eporting by" in line and len(line) < 300 else BODY for line in lines]
        codes[: titled and 1] = [TITLE] * titled
        pages.append(Page(article, codes, PLAIN, article.id, [code == BODY for code in codes]))
    return pages


def read(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    """Return the first rows of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, islice(file, limit))


def pages_with_body(folder: Path) -> list[Page]:
    """Return the pages of zyte and fundus on sites that none of the judged pages is of, with their body marked."""
    judged = {name for row in role_pages.rows(folder) for name in (site_of(row["url"]), site_of(row["source"]))}
    pages = []
    for path, url, body in bodies(folder):
        if site_of(url) in judged:
            continue
        page = parse(role_pages.read_page(path), url)
        lines = page.text.split("\n") if page.text else []
        known = shingles(body)
        inside = [told(shingles(line), known, line, body) for line in lines]
        if lines and any(inside):
            article = Article(str(path.name), page.text, markup=page.markup)
            pages.append(Page(article, [-1] * len(lines), BODY_KNOWN, site_of(url), inside))
    return pages


def bodies(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Return (path, url, body) of the pages of both collections."""
    for name, value in sorted(json.loads((folder / "zyte" / "gold.json").read_bytes()).items()):
        yield folder / "zyte" / "html" / f"{name}.html.gz", value["url"], value["articleBody"]
    for name, value in sorted(json.loads((folder / "fundus" / "gold.json").read_bytes()).items()):
        yield folder / "fundus" / "html" / name, name.split("_")[0], "\n".join(value["body"])


def site_of(url: str) -> str:
    """Return the name of a site: what stands before the last part of its host, or the outlet's name as it is.

    >>> site_of("https://www.cnbc.com/2019/x.html"), site_of("CNBC")
    ('cnbc', 'cnbc')
    """
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or url).lower()
    parts = host.removesuffix(".uk").removesuffix(".br").split(".")
    return parts[-2] if len(parts) > 1 and parts[-2] != "co" else parts[0] if len(parts) < 3 else parts[-3]


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words of a text, or the text's words where it has fewer."""
    words = re.findall(r"\w+", text)
    return {tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1))}


def told(own: set[tuple[str, ...]], known: set[tuple[str, ...]], line: str, body: str) -> bool:
    """Return whether a line stands in the body."""
    return len(own & known) >= 0.8 * len(own) if len(line.split()) >= 4 else len(line) > 12 and line in body
