"""The pages of ../shared/data/pages/roles_dev with our own blocks of their HTML and the roles judged for them.

`python -m training.role_pages` prints how many of the judged blocks our own blocks meet.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dedupe.evaluate.corpora import page_of, rows_of
from dedupe.evaluate.pages import paragraphs
from dedupe.html import parse
from dedupe.metadata import outlet_of_url
from dedupe.model import ROLE_CODE, Article, Role
from dedupe.words import words

PAGES = Path(__file__).parent.parent.parent / "shared" / "data" / "pages"


def rows(data: Path = PAGES) -> list[dict[str, Any]]:
    """Return the judged pages as they stand in the file."""
    return rows_of(data / "roles_dev.jsonl.gz")


def html_pages(data: Path = PAGES) -> tuple[list[Article], list[list[int]]]:
    """Return the articles with markup, and for each a role code for each of its blocks, -1 where none was judged.

    The blocks of article i are `zip(markup.start, markup.end)`, in order.
    """
    articles, roles = [], []
    for row in rows(data):
        page = parse(page_of(data / row["html"]), row["url"])
        blocks = page.text.split("\n") if page.text else []
        judged = [ROLE_CODE[Role(role)] for role in row["roles"]]
        articles.append(
            Article(
                id=row["id"], text=page.text, source=row["source"], url=row["url"], markup=page.markup,
                title=page.metadata.get("title", ""), author=page.metadata.get("author", ""),
                published=page.metadata.get("published", ""), canonical=page.metadata.get("canonical", ""),
                syndication=page.syndication,
            )
        )  # fmt: skip
        roles.append([judged[other] if other >= 0 else -1 for other in align_blocks(blocks, row["blocks"])])
    return articles, roles


def body_pages(data: Path = PAGES) -> tuple[list[Article], list[list[float]]]:
    """Return the articles of zyte and fundus, and how much of each of their blocks stands in the gold body, 0 to 1.

    The share is of the block's word 3-grams (of its words, where it has fewer than three); a short line counts only
    where the gold has it as a line, or as part of a line between two other blocks of the body.
    """
    articles, shares = [], []
    for name, key in (("zyte", "articleBody"), ("fundus", "body")):
        gold = json.loads((data / name / "gold.json").read_bytes())
        for page_id in sorted(gold):
            file = page_id if page_id.endswith(".gz") else f"{page_id}.html.gz"
            page = parse(page_of(data / name / "html" / file), gold[page_id].get("url", ""))
            blocks = page.text.split("\n") if page.text else []
            articles.append(
                Article(
                    id=f"{name}/{page_id}", text=page.text, url=gold[page_id].get("url", ""), markup=page.markup,
                    title=page.metadata.get("title", ""), author=page.metadata.get("author", ""),
                    source=outlet_of_url(gold[page_id].get("url", "")),
                )
            )  # fmt: skip
            shares.append(_shares(blocks, "\n".join(paragraphs(gold[page_id][key]))))
    return articles, shares


def _shares(blocks: list[str], body: str) -> list[float]:
    lines = {" ".join(words(line)) for line in body.split("\n")}
    held = words(body)
    grams = {size: {tuple(held[i : i + size]) for i in range(len(held) - size + 1)} for size in (1, 2, 3)}
    found = []
    for block in blocks:
        own = words(block)
        size = min(len(own), 3)
        parts = [tuple(own[i : i + size]) for i in range(len(own) - size + 1)] if own else []
        share = sum(part in grams[size] for part in parts) / len(parts) if parts else 0.0
        found.append(1.0 if " ".join(own) in lines and own else share if len(own) > 5 else -share)
    for place, share in enumerate(found):
        if share < 0:  # a short line, part of a longer one of the gold: body if its neighbours are
            near = found[max(place - 1, 0) : place] + found[place + 1 : place + 2]
            found[place] = -share if near and min(near) > 0.6 else 0.0
    return found


def align_blocks(blocks: list[str], judged: list[str]) -> list[int]:
    """Return for each of our blocks the number of the judged block it is, -1 for none.

    Some judged pages were read as Latin-1 instead of UTF-8; blocks are then compared by what ASCII they hold. Between
    two that meet, equally many of both are taken to be the same in order.

    >>> align_blocks(["Home", "One.", "Two!", "Three."], ["Home", "One", "Two", "Three."])
    [0, 1, 2, 3]
    """
    ours, theirs = list(map(_key, blocks)), list(map(_key, judged))
    to = [-1] * len(blocks)
    for kind, a, a_end, b, b_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and a_end - a == b_end - b):
            to[a:a_end] = range(b, b_end)
        elif kind == "replace":
            for place in range(a, a_end):  # a block that one side cut in two
                inside = [
                    other
                    for other in range(b, b_end)
                    if len(ours[place]) > 10
                    and len(theirs[other]) > 10
                    and (ours[place] in theirs[other] or theirs[other] in ours[place])
                ]
                to[place] = max(inside, key=lambda other: len(theirs[other]), default=-1)
    return to


def _key(block: str) -> str:
    ascii_only = "".join(character for character in block if "!" <= character <= "~")
    return ascii_only or f"~{len(block.encode('utf-8', 'replace'))}"


def main() -> None:
    """Print how many blocks met."""
    judged = sum(len(row["roles"]) for row in rows())
    _, roles = html_pages()
    ours, met = sum(map(len, roles)), sum(code >= 0 for page in roles for code in page)
    print(f"{judged} judged blocks, {ours} of ours, {met} met: {met / judged:.3f} of theirs, {met / ours:.3f} of ours")


if __name__ == "__main__":
    main()
