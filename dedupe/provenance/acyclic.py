"""What keeps derivations from going in a circle, in time linear in their number."""

from __future__ import annotations

from collections.abc import Iterable


def components(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the strongly connected component of each node of directed edges, named by one of its nodes.

    A cycle lies within one component. (Tarjan 1972, without recursion.)

    >>> found = components([(0, 1), (1, 2), (2, 0), (3, 2)])
    >>> found[0] == found[1] == found[2] != found[3]
    True
    """
    out: dict[int, list[int]] = {}
    for one, other in edges:
        out.setdefault(one, []).append(other)
        out.setdefault(other, [])
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    component: dict[int, int] = {}
    waiting: list[int] = []  # nodes reached whose component is not known yet
    for start in sorted(out):
        path = [(start, 0)] if start not in number else []
        while path:
            node, at = path.pop()
            if node not in number:
                number[node] = low[node] = len(number)
                waiting.append(node)
            while at < len(out[node]):
                other = out[node][at]
                if other not in number:
                    break
                if other not in component:
                    low[node] = min(low[node], low[other])
                at += 1
            if at < len(out[node]):
                path += [(node, at), (out[node][at], 0)]  # comes back to the same place, by then with its low
            elif low[node] == number[node]:
                member = -1
                while member != node:
                    member = waiting.pop()
                    component[member] = node
    return component


def root_of(tree: dict[int, int], node: int) -> int:
    """Return the root of the tree a node hangs on, given the node above each; the way there becomes half as long.

    >>> root_of({3: 2, 2: 1}, 3), root_of({}, 7)
    (1, 7)
    """
    while node in tree:
        above = tree[node]
        tree[node] = tree.get(above, above)
        node = above
    return node
