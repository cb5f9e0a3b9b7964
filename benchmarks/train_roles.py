"""Train the weights that tell a block's role: `python -m benchmarks.train_roles [--html]` prints the figures.

`--write` then trains on all pages and writes dedupe/data/role_weights.json (or role_weights_html.json).

Learns from
- ../shared/data/pages/roles_dev, a role for every block; as text also with most of its boilerplate left out, because
  scraped text has often been cleaned;
- as text, plain news texts, which are nothing but a headline and body.
Five folds by site: a page is judged by a model that saw nothing of its site.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

from dedupe.evaluate.roles import measure, table
from dedupe.html import MARKUP_FEATURES
from dedupe.model import ROLES
from dedupe.paragraphs import features
from dedupe.paragraphs.decide import decide
from dedupe.paragraphs.model import FARTHEST, around

from .role_training import FOLDS, JUDGED, PLAIN, SEED, Pages, folds, html_pages, text_pages

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
WEIGHTS = Path(__file__).parent.parent / "dedupe" / "data"
INNER = 3  # folds inside the training folds, for the second pass
TREES, LEAVES = 40, 500
STEPS = 60  # of the optimiser; twice as many change the figures by less than 0.002


class Linear:
    """A multinomial logistic regression over standardised columns."""

    def __init__(self, strength: float) -> None:
        self.strength = strength

    def fit(self, columns: Any, roles: Any, weight: Any) -> Linear:
        self.mean = np.average(columns, axis=0, weights=weight).round(5)
        self.scale = (np.sqrt(np.average((columns - self.mean) ** 2, axis=0, weights=weight)) + 1e-2).round(5)
        self.fitted = LogisticRegression(C=self.strength, max_iter=STEPS)
        self.fitted.fit(self._scaled(columns), roles, sample_weight=weight)
        return self

    def _scaled(self, columns: Any) -> Any:
        return ((columns - self.mean) / self.scale).clip(-FARTHEST, FARTHEST).astype(np.float32)

    def predict(self, columns: Any) -> Any:
        out = np.zeros((len(columns), len(ROLES)))
        out[:, self.fitted.classes_] = self.fitted.predict_proba(self._scaled(columns))
        return out

    def written(self, names: list[str]) -> dict[str, Any]:
        weight, intercept = np.zeros((len(ROLES), len(names))), np.full(len(ROLES), -30.0)
        weight[self.fitted.classes_], intercept[self.fitted.classes_] = self.fitted.coef_, self.fitted.intercept_
        rows = np.concatenate((self.mean[:, None], self.scale[:, None], weight.T), axis=1).round(5)
        return {"columns": dict(zip(names, rows.tolist(), strict=True)), "intercept": intercept.round(5).tolist()}


class Trees:
    """Extremely randomised trees, rare roles weighed up."""

    def fit(self, columns: Any, roles: Any, weight: Any) -> Trees:
        total = np.bincount(roles, weights=weight, minlength=len(ROLES))
        rare = np.sqrt(total.max() / np.maximum(total, 1))  # half way, in logarithms, to all roles alike
        self.fitted = ExtraTreesClassifier(
            TREES, max_leaf_nodes=LEAVES, min_samples_leaf=4, max_features=0.25, random_state=SEED
        )
        self.fitted.fit(columns, roles, sample_weight=weight * rare[roles])
        return self

    def predict(self, columns: Any) -> Any:
        out = np.zeros((len(columns), len(ROLES)))
        out[:, self.fitted.classes_] = self.fitted.predict_proba(columns)
        return out

    def written(self) -> list[dict[str, Any]]:
        return [_written_tree(tree.tree_, self.fitted.classes_) for tree in self.fitted.estimators_]


def _written_tree(tree: Any, classes: Any) -> dict[str, Any]:
    """Return a tree in preorder, so that the left child of a node is the next one; leaves sum to about 250."""
    order, stack = [], [0]
    while stack:
        node = stack.pop()
        order.append(node)
        if tree.children_left[node] >= 0:
            stack += [tree.children_right[node], tree.children_left[node]]
    place = {node: number for number, node in enumerate(order)}
    inner = [tree.children_left[node] >= 0 for node in order]
    share = np.zeros((tree.node_count, len(ROLES)))
    share[:, classes] = tree.value[:, 0] / tree.value[:, 0].sum(axis=1, keepdims=True)
    leaf = np.cumsum([not is_inner for is_inner in inner]) - 1
    return {
        "column": [int(tree.feature[n]) if i else -1 for n, i in zip(order, inner, strict=True)],
        "threshold": [
            float(np.float32(tree.threshold[n]).round(5)) if i else 0 for n, i in zip(order, inner, strict=True)
        ],
        "other": [
            place[tree.children_right[n]] if i else int(k) for n, i, k in zip(order, inner, leaf, strict=True)
        ],
        "leaf": [
            np.rint(share[n] * 250).astype(int).tolist() for n, i in zip(order, inner, strict=True) if not i
        ],
    }  # fmt: skip


class Model:
    """The two passes of `dedupe.paragraphs.model`, trained."""

    def fit(self, pages: Pages, learn: Any) -> Model:
        """Learn from the rows of some pages whose role is known."""
        roles, rows = pages.roles, np.flatnonzero(learn & (pages.roles >= 0))
        part = folds(pages.site, INNER)
        odds = np.zeros((len(roles), len(ROLES)))
        for fold in range(INNER):  # what the second pass learns from must not have been learnt by heart
            some, others = rows[part[rows] != fold], np.flatnonzero(learn & (part == fold))
            fitted = Linear(0.004).fit(pages.columns[some], roles[some], pages.weight[some])
            odds[others] = fitted.predict(pages.columns[others])
        self.first = Linear(0.004).fit(pages.columns[rows], roles[rows], pages.weight[rows])
        both = np.concatenate((pages.columns[rows], around(odds, pages.first)[rows]), axis=1)
        self.seen = seen(pages.columns.shape[1], both.shape[1])
        self.second = Linear(0.003).fit(both, roles[rows], pages.weight[rows])
        self.trees = Trees().fit(both[:, self.seen], roles[rows], pages.weight[rows])
        return self

    def predict(self, pages: Pages) -> Any:
        both = np.concatenate((pages.columns, around(self.first.predict(pages.columns), pages.first)), axis=1)
        return self.second.predict(both) + self.trees.predict(both[:, self.seen])


def seen(columns: int, all_columns: int) -> Any:
    """Return the columns that trees see: a block's own, its markup's, and what the first pass says around it."""
    return np.r_[0 : len(features.BASE), len(features.FEATURES) : columns, columns:all_columns]


def cross_validate(pages: Pages) -> Any:
    """Return how likely each role is for each block, by models that saw nothing of the block's site."""
    fold = folds(pages.site, FOLDS)
    odds = np.zeros((len(pages.roles), len(ROLES)))
    for number in range(FOLDS):
        test = fold == number
        odds[test] = Model().fit(pages, ~test).predict(pages)[test]
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return odds


def write(model: Model, figures: dict[str, Any], path: Path, markup: bool) -> None:
    """Write weights and figures, a column or a tree a line."""
    names = [*features.FEATURES, *(MARKUP_FEATURES if markup else ())]
    around_names = [f"said:{place}:{role}" for place in range(13) for role in ROLES]
    parts = {
        "made_by": "python -m benchmarks.train_roles --write" + (" --html" if markup else ""),
        "figures": figures,
        "seen": model.seen.tolist(),
        "first": model.first.written(names),
        "second": model.second.written(names + around_names),
        "trees": model.trees.written(),
    }
    lines = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    for mark in ('"figures":', '"seen":', '"first":', '"second":', '"trees":', '{"column"', '],"'):
        lines = lines.replace(mark, ("],\n" + mark[2:]) if mark == '],"' else "\n" + mark)
    path.write_text(lines + "\n", encoding="utf-8")


def main() -> None:
    """Print the figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--html", action="store_true", help="with the evidence of the markup")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    pages = (html_pages if options.html else text_pages)(options.data)
    odds = cross_validate(pages)
    chosen = decide(odds, pages.columns[:, : len(features.FEATURES)], pages.first, plain=not options.html)
    figures = {}
    for name, rows in (("judged", pages.kind == JUDGED), ("plain", pages.kind == PLAIN)):
        rows &= pages.roles >= 0
        if rows.any():
            figures[name] = measure(pages.roles[rows], chosen[rows], pages.characters[rows])
            print(f"{name} pages, five-fold by site\n{table(figures[name])}\n")
    if options.write:
        path = WEIGHTS / ("role_weights_html.json" if options.html else "role_weights.json")
        write(Model().fit(pages, np.ones(len(pages.roles), dtype=np.bool_)), figures["judged"], path, options.html)


if __name__ == "__main__":
    main()
