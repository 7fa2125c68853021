"""The smallest cut of a graph between two ends (Boykov and Kolmogorov, 2004): which nodes stay with the first end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.compiled import kernel

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

FREE, SOURCE, SINK = 0, 1, 2
NONE, TERMINAL, ORPHAN = -1, -2, -3
FAR = 1 << 30


def smallest_cut(terminals: Floats, pairs: Ints, weights: Floats) -> Mask:
    """Which of n nodes are on the side of the source, bool (n,).

    `terminals` float32 (n,): what it costs to be away from the source (above 0) or from the sink (below); `pairs` int32
    (m, 2) and `weights` float32 (m,) ≥ 0: what it costs to separate two nodes. Ties go to the sink.
    """
    count = len(terminals)
    first, to, sister, capacity = _arcs(count, pairs, weights)
    tree = _cut(terminals.astype(np.float32), first, to, sister, capacity)  # astype copies: the kernel uses it up
    return np.equal(tree, SOURCE)


@kernel
def _arcs(count: int, pairs: Ints, weights: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    """Both directions of each pair, sorted by where they start: first arc of a node, end, opposite arc, capacity."""
    first = np.zeros(count + 1, np.int32)
    for i in range(len(pairs)):
        first[pairs[i, 0] + 1] += 1
        first[pairs[i, 1] + 1] += 1
    for node in range(count):
        first[node + 1] += first[node]
    place = first[:-1].copy()
    to = np.empty(2 * len(pairs), np.int32)
    sister = np.empty(2 * len(pairs), np.int32)
    capacity = np.empty(2 * len(pairs), np.float32)
    for i in range(len(pairs)):
        a, b = pairs[i, 0], pairs[i, 1]
        there, back = place[a], place[b]
        place[a] += 1
        place[b] += 1
        to[there], to[back] = b, a
        sister[there], sister[back] = back, there
        capacity[there] = capacity[back] = weights[i]
    return first, to, sister, capacity


@kernel
def _cut(excess: Floats, first: Ints, to: Ints, sister: Ints, capacity: Floats) -> Bytes:
    """Two trees grow towards each other; where they meet, flow is pushed, and what that cuts off looks for a new parent.

    Returns the tree of each node. `parent` is the arc from a node to its parent; `stamp` and `depth` remember at which
    push a node's distance to the end was last known, and what it was. `queue` is a ring of nodes that may still grow.
    """
    count = len(excess)
    tree = np.zeros(count, np.uint8)
    parent = np.full(count, NONE, np.int32)
    stamp = np.zeros(count, np.int32)
    depth = np.zeros(count, np.int32)
    queue = np.empty(count + 1, np.int32)
    queued = np.zeros(count, np.bool_)
    ends = np.zeros(2, np.int32)
    orphans = np.empty(count + 1, np.int32)
    for node in range(count):
        if excess[node] != 0:
            tree[node] = SOURCE if excess[node] > 0 else SINK
            parent[node] = TERMINAL
            depth[node] = 1
            _wake(node, queue, queued, ends)
    time = 0
    while ends[0] != ends[1]:
        node = queue[ends[0]]
        bridge = -1
        if tree[node] != FREE:
            bridge = _grow(node, first, to, sister, capacity, tree, parent, stamp, depth, queue, queued, ends)
        if bridge < 0:
            ends[0] = (ends[0] + 1) % (count + 1)
            queued[node] = False
            continue
        time += 1
        lost = _push(bridge, excess, to, sister, capacity, parent, orphans)
        i = 0
        while i < lost:
            orphan = orphans[i % (count + 1)]
            i += 1
            if not _adopted(orphan, time, first, to, sister, capacity, tree, parent, stamp, depth):
                lost = _freed(
                    orphan, lost, first, to, sister, capacity, tree, parent, orphans, queue, queued, ends
                )  # fmt: skip
    return tree


@kernel
def _wake(node: int, queue: Ints, queued: Mask, ends: Ints) -> None:
    """Let `node` grow again."""
    if not queued[node]:
        queue[ends[1]] = node
        ends[1] = (ends[1] + 1) % len(queue)
        queued[node] = True


@kernel
def _grow(
    node: int, first: Ints, to: Ints, sister: Ints, capacity: Floats,
    tree: Bytes, parent: Ints, stamp: Ints, depth: Ints, queue: Ints, queued: Mask, ends: Ints,
) -> int:  # fmt: skip
    """Take the free neighbours of `node` into its tree; returns the arc to the other tree where they touch, or -1."""
    side = tree[node]
    for arc in range(first[node], first[node + 1]):
        if (capacity[arc] if side == SOURCE else capacity[sister[arc]]) <= 0:
            continue
        other = to[arc]
        if tree[other] == FREE:
            tree[other] = side
            _wake(other, queue, queued, ends)
        elif tree[other] != side:
            return arc if side == SOURCE else sister[arc]
        elif stamp[other] > stamp[node] or depth[other] <= depth[node]:
            continue  # its own way to the end is as short
        parent[other] = sister[arc]
        stamp[other] = stamp[node]
        depth[other] = depth[node] + 1
    return -1


@kernel
def _adopted(
    orphan: int, time: int, first: Ints, to: Ints, sister: Ints, capacity: Floats,
    tree: Bytes, parent: Ints, stamp: Ints, depth: Ints,
) -> bool:  # fmt: skip
    """Give `orphan` the parent in its own tree that is nearest to the end; False when there is none."""
    best, shortest = NONE, FAR
    for arc in range(first[orphan], first[orphan + 1]):
        other = to[arc]
        if tree[other] != tree[orphan] or parent[other] == NONE:
            continue
        if (capacity[sister[arc]] if tree[orphan] == SOURCE else capacity[arc]) > 0:
            length = _rooted(other, to, parent, stamp, depth, time)
            if length < shortest:
                best, shortest = arc, length
    if best == NONE:
        return False
    parent[orphan] = best
    stamp[orphan] = time
    depth[orphan] = shortest + 1
    return True


@kernel
def _freed(
    orphan: int, lost: int, first: Ints, to: Ints, sister: Ints, capacity: Floats,
    tree: Bytes, parent: Ints, orphans: Ints, queue: Ints, queued: Mask, ends: Ints,
) -> int:  # fmt: skip
    """Take `orphan` out of its tree; its children are orphans now. Returns how many there were, with those."""
    for arc in range(first[orphan], first[orphan + 1]):
        other = to[arc]
        if tree[other] != tree[orphan]:
            continue
        if (capacity[sister[arc]] if tree[orphan] == SOURCE else capacity[arc]) > 0:
            _wake(other, queue, queued, ends)
        if parent[other] >= 0 and to[parent[other]] == orphan:
            parent[other] = ORPHAN
            orphans[lost % len(orphans)] = other
            lost += 1
    tree[orphan] = FREE
    parent[orphan] = NONE
    return lost


@kernel
def _push(bridge: int, excess: Floats, to: Ints, sister: Ints, capacity: Floats, parent: Ints, orphans: Ints) -> int:
    """Push as much as goes along the path through the arc `bridge`; returns how many nodes lost their parent."""
    amount = capacity[bridge]
    start, end = to[sister[bridge]], to[bridge]
    node = start
    while parent[node] >= 0:
        amount = min(amount, capacity[sister[parent[node]]])
        node = to[parent[node]]
    amount = min(amount, excess[node])
    node = end
    while parent[node] >= 0:
        amount = min(amount, capacity[parent[node]])
        node = to[parent[node]]
    amount = min(amount, -excess[node])
    capacity[bridge] -= amount
    capacity[sister[bridge]] += amount
    lost = 0
    node = start
    while parent[node] >= 0:
        arc = parent[node]
        above = to[arc]
        capacity[sister[arc]] -= amount
        capacity[arc] += amount
        if capacity[sister[arc]] <= 0:
            parent[node] = ORPHAN
            orphans[lost] = node
            lost += 1
        node = above
    excess[node] -= amount
    if excess[node] <= 0:
        parent[node] = ORPHAN
        orphans[lost] = node
        lost += 1
    node = end
    while parent[node] >= 0:
        arc = parent[node]
        above = to[arc]
        capacity[arc] -= amount
        capacity[sister[arc]] += amount
        if capacity[arc] <= 0:
            parent[node] = ORPHAN
            orphans[lost] = node
            lost += 1
        node = above
    excess[node] += amount
    if excess[node] >= 0:
        parent[node] = ORPHAN
        orphans[lost] = node
        lost += 1
    return lost


@kernel
def _rooted(node: int, to: Ints, parent: Ints, stamp: Ints, depth: Ints, time: int) -> int:
    """How far `node` is from its tree's end; `FAR` when it hangs on an orphan. What is found is remembered until `time`."""
    steps = 0
    at = node
    while True:
        if stamp[at] == time:
            steps += depth[at]
            break
        if parent[at] == TERMINAL:
            stamp[at] = time
            depth[at] = 1
            steps += 1
            break
        if parent[at] < 0:
            return FAR
        steps += 1
        at = to[parent[at]]
    length = steps
    at = node
    while stamp[at] != time:
        stamp[at] = time
        depth[at] = steps
        steps -= 1
        at = to[parent[at]]
    return length
