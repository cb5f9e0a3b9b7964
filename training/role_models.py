"""The models that `training.roles` fits, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

from dedupe.html import MARKUP_FEATURES
from dedupe.model import ROLES
from dedupe.paragraphs import features
from dedupe.paragraphs.label import GROUPS
from dedupe.paragraphs.model import FARTHEST, LEAF, TREE, around, in_grains, sure
from dedupe.paragraphs.wording import CELLS, GRAIN, WEIGHT, grained
from dedupe.resources import as_text

from .role_training import INNER, SEED

if TYPE_CHECKING:
    from .role_training import Pages

OF_TEXT, OF_MARKUP = (80, 1500), (64, 500)  # trees, and leaves of each; half of what HTML costs is its trees
SHARE = 0.12  # of the columns, looked at for each split
STEPS = 45  # of the optimiser; twice as many change the figures by less than 0.002


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

    def __init__(self, trees: int, leaves: int) -> None:
        self.trees, self.leaves = trees, leaves

    def fit(self, columns: Any, roles: Any, weight: Any) -> Trees:
        self.fitted = ExtraTreesClassifier(
            self.trees, max_leaf_nodes=self.leaves, min_samples_leaf=4, max_features=SHARE, random_state=SEED
        )
        self.fitted.fit(columns, roles, sample_weight=weight * rarity(roles, weight)[roles])
        return self

    def predict(self, columns: Any) -> Any:
        out = np.zeros((len(columns), len(ROLES)))
        out[:, self.fitted.classes_] = self.fitted.predict_proba(columns)
        return out

    def written(self) -> list[dict[str, str]]:
        return [_written_tree(tree.tree_, self.fitted.classes_) for tree in self.fitted.estimators_]


def _written_tree(tree: Any, classes: Any) -> dict[str, str]:
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
    columns = {
        "column": [tree.feature[n] if i else -1 for n, i in zip(order, inner, strict=True)],
        "threshold": [np.float32(tree.threshold[n]).round(5) if i else 0 for n, i in zip(order, inner, strict=True)],
        "other": [place[tree.children_right[n]] if i else k for n, i, k in zip(order, inner, leaf, strict=True)],
        "leaf": [np.rint(share[n] * LEAF) for n, i in zip(order, inner, strict=True) if not i],
    }
    return {name: as_text(np.array(columns[name]), kind) for name, kind in TREE.items()}


class Wording:
    """A multinomial logistic regression over hashed words, rare roles weighed up."""

    def fit(self, cells: Any, roles: Any, weight: Any) -> Wording:
        self.fitted = LogisticRegression(C=1.0, max_iter=40)
        self.fitted.fit(cells, roles, sample_weight=weight * rarity(roles, weight)[roles])
        return self

    def predict(self, cells: Any) -> Any:
        out = np.zeros((cells.shape[0], len(ROLES)))
        out[:, self.fitted.classes_] = self.fitted.predict_proba(cells)
        return grained(out)

    def written(self) -> dict[str, Any]:
        weight, intercept = np.zeros((len(ROLES), 2 * CELLS)), np.full(len(ROLES), -30.0)
        weight[self.fitted.classes_], intercept[self.fitted.classes_] = self.fitted.coef_, self.fitted.intercept_
        return {"intercept": intercept.round(5).tolist(), "weight": as_text(np.rint(weight.T * GRAIN), WEIGHT)}


class Model:
    """The two passes of `dedupe.paragraphs.model`, trained."""

    def fit(self, pages: Pages, learn: Any, roles: Any, weight: Any) -> Model:
        """Learn from the blocks of some pages whose role is known."""
        columns, groups = parted(pages)
        rows = np.flatnonzero(learn & (roles >= 0))
        said = np.zeros((len(roles), len(ROLES)), dtype=np.float32)
        for some, others in _inner(pages, learn, rows):
            said[others] = Wording().fit(pages.cells[some], roles[some], weight[some]).predict(pages.cells[others])
        self.wording = Wording().fit(pages.cells[rows], roles[rows], weight[rows])
        columns = np.concatenate((columns, said), axis=1)
        odds = np.zeros((len(roles), len(ROLES)))
        for some, others in _inner(pages, learn, rows):
            odds[others] = Linear(0.004).fit(columns[some], roles[some], weight[some]).predict(columns[others])
        self.first = Linear(0.004).fit(columns[rows], roles[rows], weight[rows])
        near = around(in_grains(odds), pages.first, groups, rows)
        self.seen = seen(columns.shape[1], columns.shape[1] + near.shape[1])
        both = np.concatenate((columns[rows], near), axis=1)
        trees = Trees(*(OF_TEXT if groups is None else OF_MARKUP))
        self.trees = trees.fit(both[:, self.seen], roles[rows], weight[rows])
        return self

    def predict(self, pages: Pages) -> Any:
        columns, groups = parted(pages)
        columns = np.concatenate((columns, self.wording.predict(pages.cells)), axis=1)
        grains = in_grains(self.first.predict(columns))
        near = around(grains, pages.first, groups, np.arange(len(grains)))
        odds = self.trees.predict(np.concatenate((columns, near), axis=1)[:, self.seen])
        told = near[:, : len(ROLES)]
        return np.where(sure(told)[:, None], told, odds)

    def written(self, markup: bool) -> dict[str, Any]:
        names = [*features.FEATURES, *(MARKUP_FEATURES[:-GROUPS] if markup else ())]
        names += [f"wording:{role}" for role in ROLES]
        return {
            "seen": self.seen.tolist(),
            "wording": self.wording.written(),
            "first": self.first.written(names),
            "trees": self.trees.written(),
        }


def _inner(pages: Pages, learn: Any, rows: Any) -> list[tuple[Any, Any]]:
    """Return (rows to learn from, rows to tell) of each inner fold: the second pass must not learn what was learnt."""
    return [(rows[pages.part[rows] != part], np.flatnonzero(learn & (pages.part == part))) for part in range(INNER)]


def rarity(roles: Any, weight: Any) -> Any:
    """Return a factor for each role, half way (in logarithms) to all roles alike."""
    total = np.bincount(roles, weights=weight, minlength=len(ROLES))
    return np.sqrt(total.max() / np.maximum(total, 1))


def parted(pages: Pages) -> tuple[Any, Any]:
    """Return the columns, and of pages with markup the numbers of the containers, None of others."""
    if pages.columns.shape[1] == len(features.FEATURES):
        return pages.columns, None
    return pages.columns[:, :-GROUPS], pages.columns[:, -GROUPS:]


def seen(columns: int, all_columns: int) -> Any:
    """Return the columns that trees see: a block's own, its markup's, and what the first pass says around it."""
    return np.r_[0 : len(features.BASE), len(features.FEATURES) : columns, columns:all_columns]
