"""What is made when it is asked for, once: by a process that is at work on it already, or never, since few ask."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what gives make(), which is called when it is first asked for: of two threads that ask, one waits.

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
    """A sequence made when it is first looked into; it equals, and is pickled as, what it holds.

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
