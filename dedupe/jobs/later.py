"""Values that are made when they are first asked for, and only once; many are never asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that gives make(), which is called the first time: of two threads that ask, one waits.

    >>> given = once(lambda: [1])
    >>> given() is given()
    True
    """
    making, made = Lock(), list[T]()
    left: Callable[[], T] | None = make

    def given() -> T:
        nonlocal left
        with making:
            if left:
                made.append(left())
                left = None  # and all that it holds
        return made[0]

    return given


class Later(Sequence[T]):
    """A sequence that is made when it is first looked into. It equals what it holds, and is pickled as a tuple of it.

    >>> Later(lambda: (1, 2)) == (1, 2), Later(lambda: (1, 2))
    (True, (1, 2))
    """

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._every = once(make)  # two threads that read what a process sends would each get a part of it

    def __getitem__(self, place: Any) -> Any:
        return self._every()[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())

    def __eq__(self, other: object) -> bool:
        return self._every() == (other._every() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._every())

    def __repr__(self) -> str:
        return repr(self._every())

    def __reduce__(self) -> Any:
        return tuple, (tuple(self),)
