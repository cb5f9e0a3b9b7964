"""Train what tells a plain text's headline, dedupe/data/headline_weights.json: `python -m training.headlines`.

Pages: those of roles_dev and of the tests of other tools (`public_pages`) by the judged title that their markup names,
or else the first; zyte's and fundus's where a line is the title that the markup names. Each again without the lines
that say its title, whose headline is none. Only those count that have furniture above the report. A choice between the
candidates of a page and "none" (a conditional logit); printed is how often it is right on sites it did not learn from.
`--write` writes the weights of all pages.
"""

from __future__ import annotations

import argparse
import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from dedupe.metadata.bylines import dated_lines, report_of
from dedupe.metadata.headline import SIGNS, candidates, near, signs_of
from dedupe.model.codes import TITLE

from . import role_pages
from .public_pages import check, public_pages
from .role_training import folds, site_key, weak_pages
from .roles import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

OUT = Path(__file__).parent.parent / "dedupe" / "data" / "headline_weights.json"
FOLDS = 5
UNTITLED = 0.1  # weight of a page without its title: with more, one page in five that has a title gets none
PENALTY = 1.0  # on half the squared weights
ALIKE = 0.6  # of its letters: a line that shares so much with a title says it


class Choice(NamedTuple):
    """A page: its set and site, the signs of its candidates and of "none", which of them is right, and its weight."""

    set: str
    site: str
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float


def titled(data: Path) -> Iterator[tuple[str, str, list[str], str]]:
    """Yield set, site, lines and headline of the pages that have one."""
    for row in role_pages.rows(data / "pages"):
        lines = [" ".join(block.split()) for block in row["blocks"]]
        if titles := [line for line, role in zip(lines, row["roles"], strict=True) if role == "title"]:
            yield "roles_dev", row["source"], lines, titles[0]
    public = (public_pages(pages=pages) for pages in ("pages", "kept_apart"))
    for article, codes in chain.from_iterable(zip(*pages, strict=True) for pages in public):
        lines, name = article.text.split("\n"), fold(article.title)
        titles = [line for line, code in zip(lines, codes, strict=True) if code == TITLE and fold(line)]
        if named := [line for line in titles if name and (fold(line) in name or name in fold(line))]:
            yield "other tools", article.source, lines, max(named, key=len)
    for page in weak_pages(data):
        lines, name = page.article.text.split("\n"), fold(page.article.title)
        if named := [line for line in lines if name and fold(line) == name]:
            yield "zyte, fundus", page.site, lines, named[0]


def choices(data: Path) -> list[Choice]:
    """Return the choices: of each page, and of it without what says its title."""
    made = []
    for name, site, lines, title in titled(data):
        lines = [line.strip() for line in lines if line.strip()]
        bare = [line for line in lines if not alike(line, title)]
        made.append(_choice(name, site, lines, fold(title), 1.0))
        made.append(_choice(f"{name}, none", site, bare, "", UNTITLED))
    return [choice for choice in made if choice.right.any()]


def _choice(name: str, site: str, lines: list[str], title: str, weight: float) -> Choice:
    first, end = report_of(lines)
    rows = candidates(lines, first)
    signs = np.zeros((len(rows) + 1, len(SIGNS) + 1))
    if rows:
        signs[:-1, :-1] = signs_of(lines, rows, first, end, dated_lines(lines, near(lines, first)))
    signs[-1, -1] = 1.0
    right = np.array([fold(lines[row]) == title for row in rows] + [not title])
    return Choice(name, site, signs, right, weight)


def alike(line: str, title: str) -> bool:
    """Return whether a line says a title, or much of it."""
    short, long = sorted((fold(line), fold(title)), key=len)
    return short == long or (len(short) > 12 and short in long and len(short) > ALIKE * len(long))


def fold(line: str) -> str:
    """Return the letters and digits of a line."""
    return "".join(filter(str.isalnum, line.casefold()))


def fit(learnt: Sequence[Choice]) -> NDArray[np.float64]:
    """Return the weights of the signs and of "none"."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, Any]:
        total, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for choice in learnt:
            score = choice.signs @ weights
            odds = np.exp(score - score.max())
            odds /= odds.sum()
            right = odds[choice.right].sum()
            total -= choice.weight * np.log(right)
            slope = slope + choice.weight * (choice.signs.T @ (odds - odds * choice.right / right))
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(SIGNS) + 1), jac=True, method="L-BFGS-B").x).round(3)


def main() -> None:
    """Print how often the headline is found on other sites; write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    writing = parser.parse_args().write
    check()
    pages = choices(DATA)
    fold_of = folds([site_key(page.site) for page in pages], FOLDS)
    found: dict[str, list[bool]] = {}
    for number in range(FOLDS):
        weights = fit([page for page, own in zip(pages, fold_of, strict=True) if own != number])
        for page, own in zip(pages, fold_of, strict=True):
            if own == number:
                found.setdefault(page.set, []).append(bool(page.right[np.argmax(page.signs @ weights)]))
    for name, right in sorted(found.items()):
        print(f"{name:19}{len(right):5} pages, right {np.mean(right):.3f}")
    if writing:
        *weights, none = fit(pages).tolist()
        known = {"weights": dict(zip(SIGNS, weights, strict=True)), "none": none}
        OUT.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
