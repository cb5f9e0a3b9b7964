"""The pages that `training.roles` learns from, as columns."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix

from dedupe.evaluate.corpora import rows_of
from dedupe.evaluate.pages import body_text, score
from dedupe.html.links import own_domain
from dedupe.model import ROLE_CODE, ROLES, Article, Markup, Role
from dedupe.model.codes import ATTRIBUTION, BODY, NAVIGATION, PROMO, TITLE
from dedupe.paragraphs import features, of_no_outlet, segment, wording
from dedupe.paragraphs.label import GROUPS
from dedupe.text import repair
from dedupe.words import block_tokens, tokenize
from dedupe.words.phrases import word_values

from . import role_pages
from .judged_roles import judged_roles
from .public_pages import public_pages
from .role_furniture import furnished, shortened
from .role_made import cleaned, decorated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe.model import Blocks

SEED, FOLDS = 1, 5
INNER = 3  # folds inside the training folds, for the second pass
JUDGED, CLEANED, PLAIN, WEAK, SHORT, WRITTEN, PUBLIC = range(7)  # kinds of pages
WEIGHT = (1.0, 0.45, 0.35, 0.5, 0.2, 1.0, 0.7)  # of a block; the invented ones shall not outweigh the judged ones
TAUGHT = 0.25  # of a weak page's block whose role a teacher told
LATER = 0.5  # as text, of a block of a weak page that was judged
BALANCE = {Role.BODY: 0.6, Role.PROMO: 1.6, Role.NAVIGATION: 1.6}  # times these: weak pages have more body than others
PLAIN_BLOCKS = 8  # a plain text counts as so many at most: it has nothing but body
SHORTENED = {JUDGED: 5, PLAIN: 4}  # short cuttings of each such page
VARIANTS = 2  # of each page with markup, with other widgets put in
MADE = 100_000  # the number of the first container that is made up


@dataclass(frozen=True, slots=True)
class Page:
    """A page: an article, the role of each of its blocks (-1 unknown), and of weak ones how much of each is body."""

    article: Article
    roles: list[int]
    kind: int
    site: str
    shares: tuple[float, ...] = ()


class Pages:
    """Pages as columns over their blocks."""

    def __init__(self, pages: list[Page], markup: bool) -> None:
        articles = [page.article for page in pages]
        cut = of_no_outlet(articles)
        blocks = cut.blocks
        self.first = blocks.first
        count = np.diff(blocks.first)
        assert count.tolist() == [len(page.roles) for page in pages], "a page does not segment into its blocks"
        self.columns, *_ = features.measure(cut)
        if markup:
            evidence = [article.markup.evidence for article in articles if article.markup is not None]
            self.columns = np.concatenate((self.columns, np.concatenate(evidence)), axis=1)
        self.roles = np.array([code for page in pages for code in page.roles])
        self.shares = np.array([share for page in pages for share in page.shares])
        self.words = np.diff(cut.words.first)
        self.cells = _worded(articles, blocks)
        self.kind = np.repeat([page.kind for page in pages], count)
        sites = [site_key(page.site) for page in pages]
        self.part = np.repeat(folds(sites, INNER), count)
        self.fold = np.repeat(folds(sites, FOLDS), count)
        self.weight = np.array(WEIGHT)[self.kind]
        of_page = np.repeat(count, count)
        self.weight *= np.where(self.kind == PLAIN, np.minimum(PLAIN_BLOCKS / of_page, 1), 1)
        self.characters = blocks.end - blocks.start

    def as_text(self) -> Pages:
        """Return these pages as their text alone."""
        other = copy(self)
        other.columns = self.columns[:, : len(features.FEATURES)]
        return other


def _worded(articles: list[Article], blocks: Blocks) -> Any:
    """Return the words of each block as a sparse matrix, see `dedupe.paragraphs.wording`."""
    tokens = tokenize([article.text for article in articles])
    first = block_tokens(blocks, tokens)
    word, pair = wording.cells(word_values(tokens), first)
    count = np.diff(first)
    block = np.repeat(np.arange(len(count)), count)
    row, cell = np.concatenate((block, block[pair >= 0])), np.concatenate((word, pair[pair >= 0]))
    value = 1 / np.sqrt(np.maximum(2 * count - 1, 1))
    return csr_matrix((value[row].astype(np.float32), (row, cell)), shape=(len(count), 2 * wording.CELLS))


def text_pages(data: Path) -> list[Page]:
    """Return the judged pages as text, their cleaned variants, and plain news texts."""
    rng = np.random.default_rng(SEED)
    pages = []
    for row in role_pages.rows(data / "pages"):
        codes = [ROLE_CODE[Role(role)] for role in row["roles"]]
        lines = [repaired(block) for block in row["blocks"]]
        pages.append(_page(f"{row['id']}", lines, codes, JUDGED, row["source"]))
        for variant in range(3):
            kept, roles, _ = decorated(*cleaned(lines, codes, rng), rng)
            pages.append(_page(f"{row['id']}-{variant}", kept, roles, CLEANED, row["source"]))
    pages = [page for page in pages if page.roles] + plain_pages(data, rng)
    return pages + written_pages() + short_pages(pages, rng)


def written_pages() -> list[Page]:
    """Return pages written by hand for `role_written.json`, in a dozen languages, each line with its role."""
    pages = []
    for name, rows in json.loads(Path(__file__).with_name("role_written.json").read_text("utf-8")).items():
        roles, lines = zip(*(row.split(": ", 1) for row in rows), strict=True)
        pages.append(_page(name, list(lines), [ROLE_CODE[Role(role)] for role in roles], WRITTEN, name))
    return pages


def short_pages(pages: list[Page], rng: np.random.Generator) -> list[Page]:
    """Return short cuttings of judged and plain pages, with a few lines of furniture, and some without.

    A page's furniture names the headlines of pages of its own fold, so that none is learnt from while it is tested.
    """
    pages = [page for page in pages if page.kind in (JUDGED, PLAIN)]
    fold = folds([site_key(page.site) for page in pages], FOLDS).tolist()
    headlines: dict[int, list[str]] = {}
    for page, at in zip(pages, fold, strict=True):
        if TITLE in page.roles[:20]:
            headlines.setdefault(at, []).append(_lines(page.article)[page.roles.index(TITLE)])
    made = []
    for page, at in zip(pages, fold, strict=True):
        for variant in range(SHORTENED[page.kind]):
            lines, codes = shortened(_lines(page.article), page.roles, rng)
            if variant % 3 < 2:
                lines, codes = furnished(lines, codes, headlines[at], rng)
            made.append(_page(f"{page.article.id}-short-{variant}", lines, codes, SHORT, page.site))
    return [page for page in made if page.roles and len(segment([page.article]).start) == len(page.roles)]


def _lines(article: Article) -> list[str]:
    """Return the blocks of an article, each on one line."""
    blocks = segment([article])
    return [
        " ".join(article.text[a:b].split()) for a, b in zip(blocks.start.tolist(), blocks.end.tolist(), strict=True)
    ]


def html_pages(data: Path) -> list[Page]:
    """Return the judged pages with the evidence of their markup, and variants of them with more widgets."""
    rng = np.random.default_rng(SEED)
    articles, roles = role_pages.html_pages(data / "pages")
    pages = [Page(article, codes, JUDGED, article.source) for article, codes in zip(articles, roles, strict=True)]
    fold = folds([site_key(page.site) for page in pages], FOLDS).tolist()
    mates = [[other for other, at in zip(pages, fold, strict=True) if at == mine] for mine in fold]
    made = [
        with_widgets(page, donors(near, page.site), rng)
        for _ in range(VARIANTS)
        for page, near in zip(pages, mates, strict=True)
    ]
    return pages + made


def weak_pages(data: Path) -> list[Page]:
    """Return the pages of zyte and fundus that are not in roles_dev; what is body is known of their blocks.

    Where `judged_roles` has their roles these are learnt from.
    """
    learnt = {row["id"] for row in role_pages.rows(data / "pages")}
    articles, shares = role_pages.body_pages(data / "pages")
    judged = judged_roles(articles)
    return [
        Page(article, judged[article.id], WEAK, article.source, tuple(own))
        for article, own in zip(articles, shares, strict=True)
        if article.id.partition("/")[2] not in learnt
    ]


def other_pages() -> list[Page]:
    """Return the pages that the tests of other tools ship, judged block by block."""
    return [Page(article, codes, PUBLIC, article.source) for article, codes in zip(*public_pages(), strict=True)]


def weak_labels(pages: Pages, rows: slice, taught: Any) -> tuple[Any, Any]:
    """Return (role, weight) of the blocks of weak pages: as judged, body as the gold says, or what a teacher says.

    A short line's place in the gold is chance, so that only long ones are told to be no body by it.
    """
    share, long = pages.shares, pages.words[rows] > 5
    body, none = share > 0.6, (share < 0.15) & long
    allowed = np.ones_like(taught)
    allowed[body] = 0.05
    allowed[body, BODY] = allowed[body, TITLE] = 1
    allowed[none, BODY] = 0.03
    odds = taught * allowed
    odds /= odds.sum(axis=1, keepdims=True)
    roles, sure = odds.argmax(axis=1), odds.max(axis=1)
    many = np.isin(roles, [NAVIGATION, PROMO])
    left_out = np.arange(len(roles)) % 5 > 1
    sure = np.where(many & left_out, 0, np.where(many, 2.5, 1) * sure**2 * (sure > 0.4))
    sure = np.where(roles == BODY, 0.5, 1) * sure  # there are so many of them that they would outweigh all else
    judged = pages.roles[rows] >= 0
    roles = np.where(judged, pages.roles[rows], np.where(sure > 0, roles, -1))
    balance = np.array([BALANCE.get(role, 1.0) for role in ROLES])
    return roles, np.where(judged, LATER * balance[roles], TAUGHT * sure)


def found_bodies(data: Path, pages: list[Page], first: NDArray[np.int64], roles: Any) -> list[dict[str, Any]]:
    """Return the figures of the bodies of the pages of zyte and of fundus among these, given the roles of blocks."""
    results = []
    for name in ("zyte", "fundus"):
        path = data / "pages" / name / "gold.json"
        gold = json.loads(path.read_bytes())
        bodies = {}
        for page, a, b in zip(pages, first[:-1].tolist(), first[1:].tolist(), strict=True):
            page_id = page.article.id.removeprefix(f"{name}/")
            if page_id in gold and page.kind in (JUDGED, WEAK):
                bodies[page_id] = _body(page.article, roles[a:b])
        results.append(score(path, bodies))
    return results


def _body(article: Article, roles: Any) -> str:
    assert article.markup is not None
    return body_text(article.text, article.markup.start, article.markup.end, roles)


def site_key(site: str) -> str:
    """Return one name for a site, whether it is named by its host or by its outlet.

    >>> site_key("www.thenation.com"), site_key("TheNation"), site_key("cbslocal.com"), site_key("plain-3")
    ('nation', 'nation', 'cbslocal', 'plain-3')
    """
    return own_domain(f"//{site.lower()}").partition(".")[0].removeprefix("the")


def folds(sites: Sequence[str], count: int) -> NDArray[np.int64]:
    """Return the number of the fold that each site is in, whatever other sites there are."""
    number = {site: crc32(f"{count} {site}".encode()) % count for site in dict.fromkeys(sites)}
    return np.array([number[site] for site in sites])


def donors(pages: list[Page], but: str) -> dict[int, list[NDArray[np.float32]]]:
    """Return for each role the evidence of its blocks, a list entry for each page, leaving out one site.

    Only pages of its own fold give evidence to a page, so that none is learnt from while it is being tested.
    """
    out: dict[int, list[NDArray[np.float32]]] = {}
    for page in pages:
        codes, markup = np.array(page.roles), page.article.markup
        if page.site != but and markup:
            for code in np.unique(codes[codes >= 0]).tolist():
                out.setdefault(code, []).append(markup.evidence[codes == code])
    return out


def with_widgets(page: Page, evidence_of: dict[int, list[NDArray[np.float32]]], rng: np.random.Generator) -> Page:
    """Return a page with widgets put in, each line of which has the evidence of some block of its role elsewhere."""
    markup = page.article.markup
    assert markup is not None
    text = page.article.text
    lines = [text[a:b] for a, b in zip(markup.start.tolist(), markup.end.tolist(), strict=True)]
    lines, codes, rows = decorated(lines, page.roles, rng)
    every = zip(lines, codes, rows, strict=True)
    held = [(line, code, row) for line, code, row in every if row >= 0 or code in evidence_of]
    lines, codes, rows = map(list, zip(*held, strict=True))
    evidence, given, start = [], None, 0
    for number, (code, row) in enumerate(zip(codes, rows, strict=True)):
        if row < 0 and (rows[number - 1] >= 0 or codes[number - 1] != code or given is None):
            given, start = evidence_of[code][int(rng.integers(len(evidence_of[code])))], number
        evidence.append(markup.evidence[row] if row >= 0 else given[int(rng.integers(len(given)))])  # type: ignore
        if row < 0:  # containers of its own
            evidence[-1] = np.append(evidence[-1][:-GROUPS], np.full(GROUPS, MADE + start))
    length = np.array([len(line) for line in lines])
    end = np.cumsum(length + 1) - 1
    marked = Markup((end - length).astype(np.int32), end.astype(np.int32), np.array(evidence, dtype=np.float32))
    article = Article(f"{page.article.id}-widgets", "\n".join(lines), markup=marked)
    return Page(article, codes, CLEANED, page.site)


def _page(name: str, lines: list[str], codes: list[int], kind: int, site: str) -> Page:
    return Page(Article(name, "\n".join(lines)), codes, kind, site)


def repaired(line: str) -> str:
    """Return a line repaired as the pipeline repairs it, or as it is where it would no longer be one line."""
    better = " ".join(repair(line).split())
    return better if better else line


def plain_pages(data: Path, rng: np.random.Generator) -> list[Page]:
    """Return news texts that are nothing but text, half of them under their headline."""
    reuters = rows_of(data / "near_duplicates/reuters_first_half.jsonl.gz")[:6000]
    found = [(row["title"], row["text"]) for row in reuters]
    found = [found[row] for row in rng.choice(len(found), 90, replace=False)]
    found += [(row["title"], row["text"]) for row in rows_of(data / "stories/allsides_train600.jsonl.gz")[:60]]
    found += [("", row["rewrite"]) for row in rows_of(data / "rewrites/sheepdog.jsonl.gz")[:40]]
    found += [("", row["source"]) for row in rows_of(data / "rewrites/sheepdog.jsonl.gz")[:60]]  # with interviews
    found += [("", row["text"]) for row in rows_of(data / "stories/wikinews_small.jsonl.gz")[:30]]
    found += [("", row["rewrite"]) for row in rows_of(data / "rewrites/raidar_gpt.jsonl.gz")[:30]]
    pages = []
    for number, (title, text) in enumerate(found):
        titled = bool(title) and number % 2 == 0
        article = Article(f"plain-{number}", f"{title}\n\n{text}" if titled else text)
        blocks = segment([article])
        lines = [article.text[a:b] for a, b in zip(blocks.start.tolist(), blocks.end.tolist(), strict=True)]
        codes = [ATTRIBUTION if "eporting by" in line and len(line) < 300 else BODY for line in lines]
        codes[: titled and 1] = [TITLE] * titled
        pages.append(Page(article, codes, PLAIN, article.id))
    return pages
