"""Train the weights that tell a block's role: `python -m training.roles` prints the figures.

`--write` then trains on all pages and writes dedupe/data/role_weights.json and role_weights_html.json.

Learns from
- ../shared/data/pages/roles_dev, a role for every block; as text also with most of its boilerplate left out, because
  scraped text has often been cleaned, and both as text and as HTML with more widgets put in;
- as HTML, 150 pages of zyte and fundus that are not in roles_dev and were judged later (`judged_roles.json`);
- as text, all pages of these two that are not in roles_dev, weighed down so that the balance of the roles stays that of
  roles_dev: 150 as they were judged; of the others what is body is known, and the other roles are those that a model of
  markup gives which has learnt from roles_dev alone, and only from its training folds;
- 124 pages of other sites that the tests of other tools ship (`public_pages`, which says where to put their archives);
- as text, some thirty pages written by hand (`role_written.json`), plain news texts, which are nothing but a headline
  and body, and short cuttings of these and of judged pages with lines of furniture.
Five folds by site, the same for all of these: a page is judged by a model that saw nothing of its site, and learnt from
no label that another model gave which saw something of its site.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from dedupe.evaluate.pages import table as pages_table
from dedupe.evaluate.roles import measure, table
from dedupe.html import MARKUP_FEATURES
from dedupe.model import ROLES
from dedupe.paragraphs import features
from dedupe.paragraphs.decide import decide
from dedupe.paragraphs.decide_markup import FEWEST, better_told_by_text, weigh_markup, with_text

from .public_pages import check
from .role_models import Model
from .role_training import (
    FOLDS,
    JUDGED,
    PLAIN,
    PUBLIC,
    WEAK,
    Pages,
    found_bodies,
    html_pages,
    other_pages,
    text_pages,
    weak_labels,
    weak_pages,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
WEIGHTS = Path(__file__).parent.parent / "dedupe" / "data"


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def teach(judged: Pages, weak: Pages) -> list[Any]:
    """Return how likely each role is for each block of the weak pages, by models without a fold, and by one of all."""
    taught = []
    for number in range(FOLDS + 1):
        taught.append(Model().fit(judged, judged.fold != number, judged.roles, judged.weight).predict(weak))
        note(f"teacher {number + 1} of {FOLDS + 1}")
    return taught


def labels(pages: Pages, taught: Any, markup: bool) -> tuple[Any, Any]:
    """Return (role, weight) of each block; as text, of weak pages (the last ones), by what a teacher says of them."""
    if markup:
        return pages.roles, pages.weight
    roles, weight = pages.roles.copy(), pages.weight.copy()
    rows = slice(len(roles) - len(taught), len(roles))
    roles[rows], weight[rows] = weak_labels(pages, rows, taught)
    return roles, weight


def cross_validate(pages: Pages, taught: list[Any], markup: bool, others: Sequence[Pages] = ()) -> list[Any]:
    """Return how likely each role is for each block, by models that saw nothing of its site; and of others'."""
    every = [pages, *others]
    odds = [np.zeros((len(asked.roles), len(ROLES))) for asked in every]
    for number in range(FOLDS):
        model = Model().fit(pages, pages.fold != number, *labels(pages, taught[number], markup))
        for asked, found in zip(every, odds, strict=True):
            test = asked.fold == number
            found[test] = model.predict(asked)[test]
        note(f"fold {number + 1} of {FOLDS}")
    return odds


def settled(pages: Pages, odds: Any, told: Any) -> Any:
    """Return the role of each block, given how likely the model finds each; `told`: of markup what that of text says.

    That of text is asked for all blocks of pages of fewer than FEWEST, too.
    """
    own, evidence = np.split(pages.columns, [len(features.FEATURES)], axis=1)
    if told is None:
        return decide(odds, own, pages.first, plain=True)
    few = np.repeat(np.diff(pages.first) < FEWEST, np.diff(pages.first))
    rows = np.flatnonzero(few | better_told_by_text(odds))
    odds = odds.copy()
    odds[rows] = with_text(odds[rows], told[rows], few[rows])
    return decide(weigh_markup(odds, own, evidence, MARKUP_FEATURES, pages.first), own, pages.first, plain=False)


def report(pages: Pages, odds: Any, ruled: Any, markup: bool) -> dict[str, Any]:
    """Print the figures of the judged pages and of plain texts; return those of the pages of roles_dev."""
    figures = {}
    for name, kind, chosen in (
        ("judged pages, rules left out", JUDGED, odds.argmax(axis=1)),
        ("plain pages", PLAIN, ruled),
        ("pages judged later", WEAK, ruled),
        ("pages of other tools' tests", PUBLIC, ruled),
        ("judged pages", JUDGED, ruled),
    ):
        rows = (pages.kind == kind) & (pages.roles >= 0)
        if rows.any():
            figures = measure(pages.roles[rows], chosen[rows], pages.characters[rows])
            print(f"{'HTML' if markup else 'text'}, {name}, five-fold by site\n{table(figures)}\n", flush=True)
    return figures


def write(model: Model, figures: dict[str, Any], path: Path, markup: bool) -> None:
    """Write weights and figures, a column or a tree a line."""
    parts = {"made_by": "python -m training.roles --write", "figures": figures, **model.written(markup)}
    lines = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    for mark in ('"figures":', '"seen":', '"wording":', '"first":', '"trees":', '{"column"', '],"'):
        lines = lines.replace(mark, ("],\n" + mark[2:]) if mark == '],"' else "\n" + mark)
    path.write_text(lines + "\n", encoding="utf-8")


def train(data: Path, writing: bool) -> None:
    """Print the figures of both models, of text and of markup; write their weights if asked to."""
    weak = weak_pages(data)
    judged = html_pages(data) + other_pages()
    taught = teach(Pages(judged, markup=True), Pages(weak, markup=True))
    of_markup = Pages(judged + weak, markup=True)
    told = None
    for markup, name in ((False, "role_weights"), (True, "role_weights_html")):
        pages = of_markup if markup else Pages(text_pages(data) + other_pages() + weak, markup)
        odds, *others = cross_validate(pages, taught, markup, [] if markup else [of_markup.as_text()])
        roles = settled(pages, odds, told)
        figures = report(pages, odds, roles, markup)
        (told,) = others or (None,)
        if markup:
            for result in found_bodies(data, judged + weak, pages.first, roles):
                print(f"five-fold by site: {pages_table(result)}")
        if writing:
            every = np.ones(len(pages.roles), dtype=np.bool_)
            model = Model().fit(pages, every, *labels(pages, taught[-1], markup))
            write(model, figures, WEIGHTS / f"{name}.json", markup)


def main() -> None:
    """Print the figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    check()
    with threadpool_limits(1):  # threads of one product wait busily for one another: five times as long on busy cores
        train(options.data, options.write)


if __name__ == "__main__":
    main()
