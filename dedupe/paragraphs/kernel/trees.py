"""The two passes of the model over some blocks; `model.predict_plain` is the oracle."""

from __future__ import annotations

import numpy as np

from ...model import ROLE_CODE, ROLES, Role
from ...words.load import kernel, maker, step
from ..model import CHUNK, GRAIN, LANES, LEAF, SURE
from .places import around, copy, together

_ROLES, _BODY = len(ROLES), ROLE_CODE[Role.BODY]


@kernel
def bounded(parts, start, end, low, high):
    """Return the rows start:end of the parts side by side, float64, none lower or higher than these."""
    out, at = np.empty((end - start, len(low))), 0
    for part in parts:
        least, most = low[at : at + part.shape[1]], high[at : at + part.shape[1]]
        for row in range(end - start):
            own, here = out[row, at : at + part.shape[1]], part[start + row]
            for column in range(part.shape[1]):
                own[column] = min(max(here[column], least[column]), most[column])
        at += part.shape[1]
    return out


@kernel
def told(scores, intercept, parts, groups, first, asked, beside, trees):
    """Return how likely each role is for the blocks that are asked for; see `model.predict`.

    `scores`: of the first pass, less the intercept. `beside`: offsets and windows. `trees`: root, nodes and leaf.
    """
    grains, (root, nodes, leaf) = _grains(scores, intercept), trees
    likely = np.empty((len(asked), _ROLES), dtype=np.float64)
    left = np.empty(len(asked), dtype=np.int64)
    count = 0
    for row in range(len(asked)):
        copy(grains[asked[row]], likely[row])
        left[count] = row
        count += not _sure(grains[asked[row]])
    left = left[:count]
    rows = asked[left]
    near = _near(grains, groups, first, rows, beside)
    for low in range(0, count, CHUNK):
        votes = vote(root, nodes, leaf, _columns(parts, near, rows, low, min(low + CHUNK, count)))
        for row in range(len(votes)):
            for role in range(_ROLES):
                likely[left[low + row], role] = votes[row, role] / (LEAF * len(root))
    return likely


@maker
def _grains(scores, intercept):
    """Return how likely each role is by the first pass, in multiples of 1 / GRAIN; see `model.in_grains`."""
    out, odds = np.empty(scores.shape, dtype=np.float32), np.empty(_ROLES, dtype=np.float64)
    for row in range(len(scores)):
        best = -np.inf
        for role in range(_ROLES):
            odds[role] = scores[row, role] + intercept[role]
            best = max(best, odds[role])
        total = 0.0
        for role in range(_ROLES):
            odds[role] = np.exp(odds[role] - best)
            total += odds[role]
        for role in range(_ROLES):
            out[row, role] = np.rint(odds[role] / total * GRAIN) / GRAIN
    return out


@step
def _sure(grains):
    """Return whether a block is told well enough by the first pass; see `model.sure`."""
    best = 0
    for role in range(_ROLES):
        if grains[role] > grains[best]:
            best = role
    return best != _BODY and grains[best] >= SURE


@maker
def _near(grains, groups, first, rows, beside):
    """Return what `model.around` does."""
    offsets, windows = beside
    kinds = groups.shape[1]
    out = np.empty((len(rows), _ROLES * (1 + len(offsets) + len(windows) + kinds)), dtype=np.float32)
    for row in range(len(rows)):
        copy(grains[rows[row]], out[row, :_ROLES])
    around(grains, offsets, windows, first, rows, out, np.int64(_ROLES))  # a constant would be a type of its own
    for kind in range(kinds):
        means, at = together(grains, groups[:, kind], first), _ROLES * (1 + len(offsets) + len(windows) + kind)
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


@kernel
def vote(root, nodes, leaf, columns):
    """Return the sum of the leaves that each row comes to, uint16 of shape (rows, LANES), given few rows.

    `nodes`, `leaf`: see `model._packed`. A tree stays in the first cache while all rows go through it. Each goes its
    way alone: rows that follow each other often go the same way, which the processor foresees. Places are unsigned:
    those that may be negative are tested at each step, since they would count from the end.
    """
    sums = np.zeros((len(columns), LANES), dtype=np.uint16)
    for start in root:
        for row in range(len(columns)):
            at = np.uint64(start)
            while nodes[at].column >= 0:
                onward = columns[row, np.uint64(nodes[at].column)] <= nodes[at].threshold
                at += np.uint64(1) if onward else np.uint64(nodes[at].other)
            for lane in range(LANES):
                sums[row, lane] += leaf[at, lane]
    return sums
