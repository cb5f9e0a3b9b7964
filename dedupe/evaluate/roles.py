"""How well the roles of blocks are told, on data in the form of `pages/roles_dev.jsonl.gz`.

F1 of every role and of the four groups of roles, by block and by character, with the confusions. The blocks are given:
a page is its blocks joined by newlines, and each line is labelled. The shipped weights were trained on all of
roles_dev, so figures on that file flatter them; the honest ones are those of `python -m training.roles`,
five-fold by site, which stand in the weights' files under "figures".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import Config
from ..errors import InputError
from ..model import ROLE_CODE, ROLE_GROUP, ROLES, Article, Role, RoleGroup, count
from ..paragraphs import label, of_no_outlet
from ..rows import lengths
from ..text import repair
from .corpora import rows_of

_GROUPS = tuple(RoleGroup)
_GROUP = np.array(ROLE_GROUP)


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return the scores of the roles of labelled pages.

    `config` and `jobs` are not used: no setting touches the roles, and pages are labelled in a second.
    """
    articles, gold = [], []
    for row in rows_of(gold_path):
        try:
            codes = [ROLE_CODE[Role(role)] for role in row["roles"]]
            article = _plain(row)
        except (KeyError, ValueError, TypeError) as error:
            raise InputError(f"{gold_path}: a row needs an id, blocks and their roles: {error!r}") from error
        articles.append(article)
        gold.append(codes)
    pages = of_no_outlet(articles)
    blocks, (roles, _) = pages.blocks, label(pages)
    for article, codes, size in zip(articles, gold, lengths(blocks.first).tolist(), strict=True):
        if len(codes) != size:
            raise InputError(
                f"{gold_path}: page {article.id} has {count(len(codes), 'role')} for {count(size, 'line')} of text"
            )
    true = np.array([code for codes in gold for code in codes], dtype=np.int64)
    return measure(true, roles, blocks.end - blocks.start)


def _plain(row: dict[str, Any]) -> Article:
    lines = [" ".join(repair(block).split()) or block for block in row["blocks"]]
    return Article(str(row["id"]), "\n".join(lines))


def measure(
    gold: NDArray[np.int64], found: NDArray[np.integer[Any]], characters: NDArray[np.integer[Any]]
) -> dict[str, Any]:
    """Return F1 of the roles and groups by block and by character, macro averages, accuracy and confusions.

    >>> result = measure(np.array([0, 1, 1]), np.array([0, 1, 0]), np.array([5, 20, 5]))
    >>> round(result["roles"]["body"]["f1"], 3), round(result["roles"]["body"]["f1_characters"], 3)
    (0.667, 0.889)
    >>> result["confusions"]["body"]
    {'title': 1, 'body': 1}
    """
    roles = _scores(gold, found, characters, [str(role) for role in ROLES])
    groups = _scores(_GROUP[gold], _GROUP[found], characters, [str(group) for group in _GROUPS])
    counts = np.zeros((len(ROLES), len(ROLES)), dtype=np.int64)
    np.add.at(counts, (gold, found), 1)
    return {
        "blocks": len(gold),
        "accuracy": float((gold == found).mean()) if len(gold) else 0.0,
        "body_characters": roles["body"]["f1_characters"],
        "macro_roles": float(np.mean([score["f1"] for score in roles.values() if score["blocks"]] or [0])),
        "macro_groups": float(np.mean([score["f1"] for score in groups.values() if score["blocks"]] or [0])),
        "roles": roles,
        "groups": groups,
        "confusions": {
            str(ROLES[row]): {str(ROLES[column]): int(counts[row, column]) for column in np.flatnonzero(counts[row])}
            for row in np.flatnonzero(counts.any(axis=1))
        },
    }


def _scores(
    gold: NDArray[np.integer[Any]],
    found: NDArray[np.integer[Any]],
    characters: NDArray[np.integer[Any]],
    names: list[str],
) -> dict[str, dict[str, float]]:
    out = {}
    for code, name in enumerate(names):
        true, said = gold == code, found == code
        both = true & said
        out[name] = {
            "blocks": int(true.sum()),
            "precision": round(float(both.sum() / max(said.sum(), 1)), 4),
            "recall": round(float(both.sum() / max(true.sum(), 1)), 4),
            "f1": round(float(2 * both.sum() / max(true.sum() + said.sum(), 1)), 4),
            "f1_characters": round(
                float(2 * characters[both].sum() / max(characters[true].sum() + characters[said].sum(), 1)), 4
            ),
        }
    return out


def table(result: dict[str, Any]) -> str:
    """Return the scores as text."""
    lines = [
        f"{count(result['blocks'], 'block')}: body {result['body_characters']:.4f} by characters; by block macro "
        f"{result['macro_roles']:.3f} over roles, {result['macro_groups']:.3f} over groups, "
        f"accuracy {result['accuracy']:.3f}",
        f"{'':12} {'blocks':>7} {'precision':>9} {'recall':>7} {'F1':>7} {'F1 chars':>8}  taken for",
    ]
    for kind in ("roles", "groups"):
        for name, score in result[kind].items():
            wrong = result["confusions"].get(name, {}) if kind == "roles" else {}
            others = sorted(((count, other) for other, count in wrong.items() if other != name), reverse=True)[:3]
            lines.append(
                f"{name:12} {score['blocks']:7} {score['precision']:9.3f} {score['recall']:7.3f} {score['f1']:7.3f} "
                f"{score['f1_characters']:8.3f}  {', '.join(f'{other} {count}' for count, other in others)}".rstrip()
            )
    return "\n".join(lines)
