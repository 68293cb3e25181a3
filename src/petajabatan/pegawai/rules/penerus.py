"""What became of a unit or post: following successors over any number of reorganisations. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


def successor_paths(start: int, penerus: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """The ways from ``start`` to what it is today, shortest first, each ending where nothing follows.

    ``penerus``: successors of everything that has ended. A path leaves ``start`` out; what nobody followed
    gives no path, and so does a circle nobody leaves. Every end is named once, by its shortest way (with
    equal lengths the one whose successors were named first).
    """
    paths: list[tuple[int, ...]] = []
    seen = {start}
    queue: deque[tuple[int, tuple[int, ...]]] = deque([(start, ())])
    while queue:
        node, path = queue.popleft()
        following = penerus.get(node, ())
        if not following and path:
            paths.append(path)
        for one in following:
            if one not in seen:
                seen.add(one)
                queue.append((one, (*path, one)))
    return paths
