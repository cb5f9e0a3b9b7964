"""The walls of the house: imports point one way, nouns <- stages <- pipeline <- copies, index <- report, cli."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dedupe"
NOUNS = {"model", "config", "errors", "rows", "words", "compiling", "jobs", "resources"}
STAGES = {
    "reader", "text", "html", "paragraphs", "attribution", "metadata", "shingle", "minhash", "candidates", "tfidf",
    "similarity", "relation", "cluster", "misread", "alignment", "reuse", "facts", "provenance",
}  # fmt: skip
# It shingles again what it verifies: the shingles of a million texts are 2 GB.
BUILDS_ON = {"candidates": {"shingle", "minhash"}}
DISK_OR_SCREEN = {"reader", "index", "report", "cli", "scrapy", "config", "words", "resources"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms of the house that a module imports, wherever in the file it does so."""
    rooms = set()
    package = ("dedupe", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {parts[1] for name in names if (parts := name.split("."))[0] == "dedupe" and len(parts) > 1}
    return {name for name in rooms if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    here, rooms = room(path), imported_rooms(path)
    if here in NOUNS:
        assert rooms <= NOUNS
    elif here in STAGES:
        assert rooms <= NOUNS | {here} | BUILDS_ON.get(here, set())
    elif here == "pipeline":
        assert rooms <= NOUNS | STAGES | {here}
    elif here in ("copies", "index"):
        assert rooms <= NOUNS | STAGES | {here, "pipeline"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_edges_touch_disk_or_screen(path):
    if room(path) in DISK_OR_SCREEN:
        return
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input", "eval", "exec"}


def test_nothing_is_unpickled_or_fetched():
    for path in PACKAGE.rglob("*.py"):
        modules = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
        }
        assert not modules & {"pickle", "marshal", "shelve", "requests", "socket", "httpx"}, path
