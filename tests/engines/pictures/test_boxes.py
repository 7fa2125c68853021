"""Boxes of whole pixels."""

from __future__ import annotations

from engines.pictures import Box


def test_boxes_touch_where_they_share_an_edge_or_a_corner() -> None:
    box = Box(10, 10, 5, 5)
    assert box.touches(Box(15, 15, 2, 2))
    assert not box.touches(Box(16, 10, 2, 2))
    assert box.joined(Box(20, 3, 2, 2)) == Box(10, 3, 12, 12)
    assert Box(-5, 90, 10, 20).within(100, 95) == Box(0, 90, 5, 5)
