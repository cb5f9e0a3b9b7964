"""The two passes of the model over some blocks; `model.predict_plain` is the oracle."""

from functools import partial

import numpy as np

from ...compiling.load import kernel, maker, step
from ...model import ROLES
from ...model.codes import BODY
from ..model import CHUNK, GRAIN, LANES, LEAF, MARK, OFFSETS, SURE, WINDOWS
from .place import around, copy, together

_ROLES = len(ROLES)
_OFFSETS, _WINDOWS = np.array(OFFSETS), np.array(WINDOWS)


@kernel
def predict(parts, linear, groups, first, asked, trees, likely):
    """Write how likely each role is for the blocks that are asked for; see `model.predict`.

    `linear`: low, high, weight and intercept. `trees`: see `model._packed`.
    """
    grains, (roots, nodes, votes) = _grains(parts, linear), trees
    left = np.empty(len(asked), dtype=np.int64)
    count = 0
    for row in range(len(asked)):
        copy(grains[asked[row]], likely[row])
        left[count] = row
        count += not _sure(grains[asked[row]])
    left = left[:count]
    rows = asked[left]
    near = _near(grains, groups, first, rows)
    for low in range(0, count, CHUNK):
        sums = _vote(roots, nodes, votes, _columns(parts, near, rows, low, min(low + CHUNK, count)))
        for row in range(len(sums)):
            for role in range(_ROLES):
                likely[left[low + row], role] = sums[row, MARK + role] / (LEAF * len(roots))


@maker
def _grains(parts, linear):
    """Return how likely each role is by the first pass, in multiples of 1 / GRAIN; see `model.in_grains`."""
    low, high, weight, intercept = linear
    out = np.empty((len(parts[0]), _ROLES), dtype=np.float32)
    within, odds = np.empty((2, len(low)), dtype=np.float64), np.empty((2, _ROLES), dtype=np.float64)
    for row in range(0, len(out), 2):
        other = min(row + 1, len(out) - 1)  # the last of an odd number is its own
        _bound(parts, row, low, high, within[0])
        _bound(parts, other, low, high, within[1])
        _products(weight, within[0], within[1], odds)
        _share(odds[0], intercept, out[row])
        _share(odds[1], intercept, out[other])
    return out


@step
def _bound(parts, row, low, high, within):
    """Write a row of the parts side by side, none lower or higher than these."""
    at = 0
    for part in parts:
        end = at + part.shape[1]
        own, here, least, most = within[at:end], part[row], low[at:end], high[at:end]
        for column in range(len(here)):
            own[column] = min(max(here[column], least[column]), most[column])
        at = end


@partial(step, fastmath={"reassoc", "contract", "nsz"})
def _products(weight, one, other, out):
    """Write the products of two rows with the weights of each role, of which there are an even number.

    Two by two: what is read is used twice. Sums in any order: these numbers are rounded to grains.
    """
    for role in range(0, len(weight), 2):
        a = b = c = d = 0.0
        for column in range(len(one)):
            first, second = weight[role, column], weight[role + 1, column]
            a += one[column] * first
            b += one[column] * second
            c += other[column] * first
            d += other[column] * second
        out[0, role], out[0, role + 1], out[1, role], out[1, role + 1] = a, b, c, d


@step
def _share(odds, intercept, out):
    """Write the shares of the roles by their scores, in multiples of 1 / GRAIN. Changes `odds`."""
    best = -np.inf
    for role in range(_ROLES):
        odds[role] += intercept[role]
        best = max(best, odds[role])
    total = 0.0
    for role in range(_ROLES):
        odds[role] = np.exp(odds[role] - best)
        total += odds[role]
    for role in range(_ROLES):
        out[role] = np.rint(odds[role] / total * GRAIN) / GRAIN


@step
def _sure(grains):
    """Return whether a block is told well enough by the first pass; see `model.sure`."""
    best = 0
    for role in range(_ROLES):
        if grains[role] > grains[best]:
            best = role
    return best != BODY and grains[best] >= SURE


@maker
def _near(grains, groups, first, rows):
    """Return what `model.around` does."""
    kinds = groups.shape[1]
    out = np.empty((len(rows), _ROLES * (1 + len(_OFFSETS) + len(_WINDOWS) + kinds)), dtype=np.float32)
    for row in range(len(rows)):
        copy(grains[rows[row]], out[row, :_ROLES])
    around(grains, _OFFSETS, _WINDOWS, first, rows, out, _ROLES)
    for kind in range(kinds):
        means, at = together(grains, groups[:, kind], first), _ROLES * (1 + len(_OFFSETS) + len(_WINDOWS) + kind)
        for row in range(len(rows)):
            copy(means[rows[row]], out[row, at : at + _ROLES])
    return out


@maker
def _columns(parts, near, rows, low, high):
    """Return all columns of some of the rows side by side."""
    width = near.shape[1]
    for part in parts:
        width += part.shape[1]
    out = np.empty((high - low, width), dtype=np.float32)
    for row in range(low, high):
        own, at = out[row - low], 0
        for part in parts:
            copy(part[rows[row]], own[at : at + part.shape[1]])
            at += part.shape[1]
        copy(near[row], own[at:])
    return out


@maker
def _vote(roots, nodes, votes, columns):
    """Return the sum of the leaves that each row comes to, uint16 of shape (rows, LANES), given few rows.

    `roots`, `nodes`, `votes`: see `model._packed`. A tree stays in the first cache while all rows go through it. Each
    goes its way alone: rows that follow each other often go the same way, which the processor foresees. Places are
    unsigned: those that may be negative are tested at each step, since they would count from the end.
    """
    sums = np.zeros((len(columns), LANES), dtype=np.uint16)
    for root in roots:
        for row in range(len(columns)):
            at = np.uint64(root)
            while nodes[at].column >= 0:
                onward = columns[row, np.uint64(nodes[at].column)] <= nodes[at].threshold
                at += np.uint64(1) if onward else np.uint64(nodes[at].other)
            leaf = at * np.uint64(8)
            for lane in range(LANES):
                sums[row, lane] += votes[leaf + np.uint64(lane)]
    return sums
