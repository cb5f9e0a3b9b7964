"""Numbers put in order: what numba brings for it takes two seconds to compile for each type of number."""

from __future__ import annotations

from ...words.load import step


@step
def ascend(values):
    """Sort whole numbers in place, by insertion at distances that shrink to 1 (Gonnet and Baeza-Yates 1991)."""
    distance = len(values)
    while distance > 1:
        distance = max(1, (5 * distance - 1) // 11)
        for i in range(distance, len(values)):
            value, j = values[i], i
            while j >= distance and values[j - distance] > value:
                values[j] = values[j - distance]
                j -= distance
            values[j] = value


@step
def largest(values, number, space):
    """Return the `number`-th largest value (Hoare 1961); `space` has room for all."""
    for i in range(len(values)):
        space[i] = values[i]
    wanted, low, high = len(values) - number, 0, len(values) - 1
    while low < high:
        edge = space[(low + high) >> 1]
        i, j = low, high
        while i <= j:
            while space[i] < edge:
                i += 1
            while space[j] > edge:
                j -= 1
            if i <= j:
                space[i], space[j] = space[j], space[i]
                i += 1
                j -= 1
        if j < wanted < i:
            break
        low, high = (low, j) if wanted <= j else (i, high)
    return space[wanted]
