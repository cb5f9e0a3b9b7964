"""What was decoded lately, so that articles that many others are near are not decoded for each of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by number, those asked for last, of at most so much together. A number's value has to be always the same.

    >>> recent = Recent[str](most=5)
    >>> recent.put(1, "ab", 2), recent.put(2, "cde", 3), recent.get(1), recent.put(3, "f", 1)
    (None, None, 'ab', None)
    >>> recent.get(1), recent.get(2), recent.get(3)
    ('ab', None, 'f')
    """

    def __init__(self, most: int) -> None:
        self._held: OrderedDict[int, tuple[T, int]] = OrderedDict()
        self._room = most

    def get(self, number: int) -> T | None:
        """Return the value of a number, if it is still held."""
        held = self._held.get(number)
        if held is None:
            return None
        self._held.move_to_end(number)
        return held[0]

    def put(self, number: int, value: T, size: int) -> None:
        """Hold a value that is not held, and let go of those asked for longest ago."""
        self._held[number] = value, size
        self._room -= size
        while self._room < 0:
            _, (_, freed) = self._held.popitem(last=False)
            self._room += freed
