"""What each paragraph of a page is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLE_CODE, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks


def label(
    articles: Sequence[Article], blocks: Blocks, on: NDArray[np.int32], of: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], list[str]]:
    """Return (role, reason) of each block; a role is an index into `model.ROLES`."""
    roles, reasons = [], []
    for row, article in enumerate(articles):
        for k in range(blocks.first[row], blocks.first[row + 1]):
            text = article.text[blocks.start[k] : blocks.end[k]]
            if text.casefold() in {"advertisement", "anzeige", "sponsored"}:
                role, reason = Role.AD, "an advertising marker"
            elif on[k] >= 3 and on[k] * 2 > of[k]:
                role, reason = Role.NAVIGATION, f"repeated in {on[k]} of {of[k]} stories of this outlet"
            elif len(text.split()) >= 12 or len(text) >= 80:
                role, reason = Role.BODY, "a paragraph of prose"
            else:
                role, reason = Role.NAVIGATION, "a short line"
            roles.append(ROLE_CODE[role])
            reasons.append(reason)
    return np.array(roles, dtype=np.uint8), reasons
