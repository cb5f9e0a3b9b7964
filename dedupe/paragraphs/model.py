"""The trained weights, and how likely each role is for a block.

Two passes. The first is a multinomial logistic regression over a block's features, of which what its words alone say
is one. The second, asked where the first is not sure, sees these features again, with what the first pass says of the
block's neighbours, of its page and of its containers in the markup (stacking, Wolpert 1992; a cheap stand-in for a
chain model, which would go block by block), and is a forest of extremely randomised trees (Geurts et al. 2006). All
numbers that are added up are multiples of 1/1024, so that sums do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import ROLES
from ..model.codes import BODY
from ..resources import load_json, numbers
from ..rows import bounds_of
from . import place
from .wording import Wording, wording

Columns = Sequence[NDArray[np.float32]]

OFFSETS = (-3, -2, -1, 1, 2, 3)
WINDOWS = ((-5, -1), (1, 5), (-15, -1), (1, 15), (-(1 << 30), -1), (1, 1 << 30))
FARTHEST = 8.0  # standard deviations; a column that is farther from its mean counts as this far
GRAIN = 1024.0
SURE = 0.9  # how likely the first pass finds a role of which the second is not asked
# Blocks: numpy takes a third of a second longer for so many than the kernels, which load in half a second; where
# there is one such batch there mostly are others.
LARGE = 6000
COLD = 10  # numpy takes three seconds longer for so many times as many, and compiling this room's kernels ten seconds
PARTS = 3  # that the columns come in, for which the kernels are compiled: one may be empty
# Of what kind the numbers of a tree are in a file of weights, see `numbers`: the fields of `Trees` of that tree alone.
TREE = {"column": "<i2", "threshold": "<f4", "other": "<u2", "leaf": "u1"}
LEAF = 250.0  # what the votes of a leaf sum to, about
LANES = 16  # bytes of a leaf in the kernel: MARK that say that it is one, the roles' votes and zeros, added up at once
MARK = 2
CHUNK = 112  # blocks at a time: their columns stay in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression: `low`, `high` float32 of shape (columns,), `weight` float64 (columns, roles)."""

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    weight: NDArray[np.float64]
    intercept: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Trees as columns over all their nodes; the node after an inner one is its left child, `low` side first.

    `root`: int32 of shape (trees,). `column`: int32 (nodes,), -1 at a leaf. `threshold`: float32 (nodes,). `other`:
    int32 (nodes,), the right child; of a leaf its row in `leaf`, uint8 (leaves, roles), which sums to about 250.
    """

    root: NDArray[np.int32]
    column: NDArray[np.int32]
    threshold: NDArray[np.float32]
    other: NDArray[np.int32]
    leaf: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What `python -m training.roles` wrote: names of columns, what words say, the first pass, the second."""

    columns: tuple[str, ...]
    wording: Wording
    first: Linear
    trees: Trees


@cache
def weights(name: str) -> Weights:
    """Return the weights of a file in `dedupe/data`."""
    table = load_json(name)
    first, trees = _linear(table["first"]), _trees(table["trees"], np.array(table["seen"]))
    return Weights(tuple(table["first"]["columns"]), wording(table["wording"]), first, trees)


def _linear(table: dict[str, Any]) -> Linear:
    """Return a regression over columns as they are, from one over columns scaled to mean 0 and deviation 1."""
    rows = np.array(list(table["columns"].values()), dtype=np.float64)
    mean, scale, weight = rows[:, 0], rows[:, 1], rows[:, 2:]
    return Linear(
        (mean - FARTHEST * scale).astype(np.float32),
        (mean + FARTHEST * scale).astype(np.float32),
        weight / scale[:, None],
        np.array(table["intercept"]) - (mean / scale) @ weight,
    )


def _trees(table: list[dict[str, str]], seen: NDArray[np.int64]) -> Trees:
    """Return trees whose columns are numbered among all that there are, from trees that saw some of them."""
    columns, thresholds, others, leaves = ([numbers(tree[name], kind) for tree in table] for name, kind in TREE.items())
    sizes = [len(column) for column in columns]
    root = bounds_of(sizes)[:-1]
    column, leaf = np.concatenate(columns), np.concatenate(leaves).reshape(-1, len(ROLES))
    first_leaf = bounds_of([len(own) // len(ROLES) for own in leaves])[:-1]
    base = np.where(column < 0, np.repeat(first_leaf, sizes), np.repeat(root, sizes))
    return Trees(
        root.astype(np.int32),
        np.where(column < 0, -1, seen[column]).astype(np.int32),
        np.concatenate(thresholds),
        (np.concatenate(others) + base).astype(np.int32),
        leaf,
    )


def predict(
    parts: Columns,
    first: NDArray[np.int64],
    name: str,
    groups: NDArray[np.float32] | None = None,
    rows: NDArray[np.int64] | None = None,
) -> NDArray[np.float64]:
    """Return how likely each role is for each block, float64 of shape (m, roles), given their features.

    `parts`: float32 of shape (m, any), which side by side are all columns. `groups`: float32 of shape (m, kinds), the
    numbers on its page of the containers that a block of markup stands in. `rows`: of the blocks that are asked for,
    where not for all.
    """
    asked = np.arange(len(parts[0])) if rows is None else rows
    if compiled(len(parts[0]), __package__, LARGE, COLD):
        return _predict(parts, first, weights(name), groups, asked)
    return predict_plain(parts, first, weights(name), groups, asked)


def _predict(
    parts: Columns,
    first: NDArray[np.int64],
    table: Weights,
    groups: NDArray[np.float32] | None,
    asked: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return what `predict_plain` does, with one kernel."""
    kernel = kernel_of(__package__)
    m = len(parts[0])
    parts = tuple(map(np.ascontiguousarray, (*parts, np.empty((m, 0), dtype=np.float32))[:PARTS]))
    kinds = np.empty((m, 0), dtype=np.int64) if groups is None else groups.astype(np.int64)
    likely = np.empty((len(asked), len(ROLES)))
    kernel.predict(parts, _by_role(table.first), kinds, first, asked, _packed(table.trees), likely)
    return likely


def predict_plain(
    parts: Columns,
    first: NDArray[np.int64],
    table: Weights,
    groups: NDArray[np.float32] | None,
    asked: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return what `predict` does of the blocks that are asked for."""
    grains = in_grains(_regress(table.first, parts))
    likely = grains[asked].astype(np.float64)
    left = ~sure(likely)
    asked = asked[left]
    near = around(grains, first, groups, asked)
    votes = vote_plain(table.trees, np.concatenate([*(part[asked] for part in parts), near], axis=1))
    likely[left] = votes / (LEAF * len(table.trees.root))
    return likely


def sure(likely: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which blocks are told well enough by the first pass: any but body, of which the shares count.

    Of the blocks of whole pages six in ten are so; what the second pass says of them changes no figure by 0.0001.
    """
    return (likely.max(axis=1) >= SURE) & (likely.argmax(axis=1) != BODY)


def _regress(linear: Linear, parts: Columns) -> NDArray[np.float64]:
    """Return how likely each role is by a regression over the columns."""
    scores = np.empty((len(parts[0]), len(ROLES)))
    for low in range(0, len(scores), CHUNK):
        own = slice(low, low + CHUNK)
        within = np.maximum(np.concatenate([part[own] for part in parts], axis=1), linear.low)
        np.matmul(np.minimum(within, linear.high).astype(np.float64), linear.weight, out=scores[own])
    scores += linear.intercept
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def in_grains(odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return numbers as multiples of 1 / GRAIN."""
    return (np.rint(odds * GRAIN) / GRAIN).astype(np.float32)


def around(
    grains: NDArray[np.float32], first: NDArray[np.int64], groups: NDArray[np.float32] | None, rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return what the first pass says of some blocks, their neighbours and, on average, stretches and containers.

    `grains`: what it says of all blocks, in multiples of 1 / GRAIN. `rows`: the numbers of those asked for, in order.
    """
    kinds = groups.T if groups is not None else ()
    together = [place.together(grains, group, first)[rows] for group in kinds]
    return np.concatenate((grains[rows], place.around(grains, OFFSETS, WINDOWS, first)[rows], *together), axis=1)


@cache
def _by_role(linear: Linear) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[Any], NDArray[Any]]:
    """Return the regression for the kernel, its weights of shape (roles, columns)."""
    return linear.low, linear.high, np.ascontiguousarray(linear.weight.T), linear.intercept


@cache
def _packed(trees: Trees) -> tuple[NDArray[np.int64], NDArray[np.void], NDArray[np.uint8]]:
    """Return (roots, nodes, votes) for the kernel: eight bytes a node, `other` how much farther; sixteen a leaf.

    A leaf's first two bytes are the column -1, the others its votes, so that they lie beside the node above; `votes`
    are the same bytes, of which those of a leaf at place i start at 8 * i.
    """
    inner = trees.column >= 0
    place = np.cumsum(np.where(inner, 1, 2)) - np.where(inner, 1, 2)
    nodes = np.zeros(place[-1] + 2, dtype=[("column", "<i2"), ("other", "<u2"), ("threshold", "<f4")])
    own = place[inner]
    nodes["column"][place] = trees.column
    nodes["threshold"][own], nodes["other"][own] = trees.threshold[inner], place[trees.other[inner]] - own
    votes = nodes.view(np.uint8)
    roles = 8 * place[~inner, np.newaxis] + np.arange(MARK, MARK + trees.leaf.shape[1])
    votes[roles] = trees.leaf[trees.other[~inner]]
    return place[trees.root], nodes, votes


def vote_plain(trees: Trees, columns: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the sum of the leaves that each row comes to, int64 of shape (rows, roles): all trees, level by level."""
    total = np.zeros((len(columns), trees.leaf.shape[1]), dtype=np.int64)
    row = np.repeat(np.arange(len(columns)), len(trees.root))
    node = np.tile(trees.root, len(columns)).astype(np.int64)
    while len(node):
        column = trees.column[node]
        ended = column < 0
        for role in range(trees.leaf.shape[1]):
            leaves = trees.leaf[trees.other[node[ended]], role]
            total[:, role] += np.bincount(row[ended], weights=leaves, minlength=len(columns)).astype(np.int64)
        row, node, column = row[~ended], node[~ended], column[~ended]
        node = np.where(columns[row, column] <= trees.threshold[node], node + 1, trees.other[node])
    return total
