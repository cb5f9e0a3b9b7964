"""The largest of numbers: what numba brings for it takes two seconds to compile for each type of number."""

from ...compiling.load import step


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
