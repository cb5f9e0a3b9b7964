"""Where everything is: one small value, written with every change, that all else in the file is reached from."""

from __future__ import annotations

import msgspec

from .counts import Level
from .postings import Run

STORY, FIRST_RUN = 1, 16  # numbers of arrays


class State(msgspec.Struct, frozen=True):
    """What of an index is where.

    Articles are numbered from 1 as they come, to `last`; those up to `settled` are in runs and in the arrays, the
    others are pending, each in a row of its own.
    """

    version: int = 0  # grows with every change
    epoch: int = 0  # grows with every change that is not only an arrival
    last: int = 0
    settled: int = 0
    live: int = 0  # articles that were not removed
    merges: int = 0  # entries of the record of stories that became part of another, or were parted from it again
    moves: int = 0  # times that articles went to another story since they last settled
    divided: int = 0  # parts that stories were divided into, beyond the first of each
    next_array: int = FIRST_RUN
    runs: tuple[Run, ...] = ()  # oldest first
    counts: tuple[Level, ...] = ()  # of words, oldest first
    documents: int = 0  # articles they were counted in
    gone: int = 0  # articles that were removed and whose words are still to be taken back
    faded: int = 0  # the last article that came before counts were last halved

    def to_json(self) -> str:
        """Return the state as text."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> State:
        """Return the state of a text.

        >>> State.from_json(State(last=3).to_json()).last
        3
        """
        return msgspec.json.decode(text, type=cls)
