"""Random work against the simplest possible model: a list of everything that ever was."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.state.editing.boxes import Box
from desktop.workers.editing.keeping import DocumentFolder
from desktop.workers.editing.steps import Steps
from engines.pictures import Box as PixelBox
from tests.desktop.editor.fake_process import SIZE, Stage

WIDTH, HEIGHT = SIZE


class StateHistory(RuleBasedStateMachine):
    """Strokes, clearing, turning round, erasing, undo and redo, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stage = Stage(self.folder)
        self.stage.open()
        self.seen = [(bytes(WIDTH * HEIGHT), 0)]
        self.place = 0

    def teardown(self) -> None:
        self.stage.process.sweep()
        shutil.rmtree(self.folder)

    def _new(self, mask: bytes, edits: int) -> None:
        if (mask, edits) != self.seen[self.place]:
            del self.seen[self.place + 1 :]
            self.seen.append((mask, edits))
            self.place += 1

    @rule(
        x=st.integers(-2, WIDTH), y=st.integers(-2, HEIGHT), w=st.integers(1, 5), h=st.integers(1, 5), on=st.booleans()
    )
    def stroke(self, x: int, y: int, w: int, h: int, on: bool) -> None:
        mask = self.stage.state.mask
        assert mask is not None
        model = np.frombuffer(self.seen[self.place][0], np.uint8).reshape(HEIGHT, WIDTH).copy()
        box = Box(x, y, x + w, y + h)
        inside = box.within(WIDTH, HEIGHT)
        model[inside.top : inside.bottom, inside.left : inside.right] = 255 if on else 0
        for row in range(inside.top, inside.bottom):
            start = row * mask.stride
            mask.memory[start + inside.left : start + inside.right] = bytes([255 if on else 0]) * inside.width
        self.stage.state.painted(box)
        self._new(model.tobytes(), self.seen[self.place][1])

    @rule()
    def clear(self) -> None:
        self.stage.state.clear_mask()
        self._new(bytes(WIDTH * HEIGHT), self.seen[self.place][1])

    @rule()
    def invert(self) -> None:
        self.stage.state.invert_mask()
        mask, edits = self.seen[self.place]
        self._new(bytes(255 - value for value in mask), edits)

    @precondition(lambda self: any(self.seen[self.place][0]))
    @rule()
    def erase(self) -> None:
        self.stage.state.act()
        self.stage.process.pump()
        self._new(bytes(WIDTH * HEIGHT), self.seen[self.place][1] + 1)

    @rule()
    def undo(self) -> None:
        assert self.stage.state.snapshot().can_undo == (self.place > 0)
        self.stage.state.undo()
        self.stage.process.pump()
        self.place = max(0, self.place - 1)

    @rule()
    def redo(self) -> None:
        assert self.stage.state.snapshot().can_redo == (self.place < len(self.seen) - 1)
        self.stage.state.redo()
        self.stage.process.pump()
        self.place = min(len(self.seen) - 1, self.place + 1)

    @invariant()
    def is_as_the_model_says(self) -> None:
        state = self.stage.state
        assert state.mask is not None
        mask, edits = self.seen[self.place]
        assert state.mask.cut(state.mask.whole) == mask
        assert state.mask.memory == state.mask.committed
        assert state.mask.marked == sum(value >= 128 for value in mask)
        assert len(state.history.edits) == edits
        assert state.changes == edits


class PixelHistory(RuleBasedStateMachine):
    """The pixels of the steps: patches, new sizes, other results, undo, redo, leaving memory, and being built again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.random = np.random.default_rng(0)
        self.opened = self._pixels(7, 5)
        source = self.folder / "picture.bin"
        source.write_bytes(self.opened.tobytes())
        self.kept = DocumentFolder(self.folder / "editing", 1, source)
        self.steps = Steps(self.opened.copy(), self.kept, most_bytes=600, most_steps=3)
        self.seen: list[list[Any]] = [[self.opened]]
        """For each step the pixels of each of its results; the first is the opened file."""
        self.chosen = [0]
        self.place = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _pixels(self, width: int, height: int) -> Any:
        return self.random.integers(0, 65536, (height, width, 3), np.uint16)

    def _now(self) -> Any:
        return self.seen[self.place][self.chosen[self.place]]

    def _new(self, pixels: Any) -> None:
        del self.seen[self.place + 1 :], self.chosen[self.place + 1 :]
        self.seen.append([pixels])
        self.chosen.append(0)
        self.place += 1

    def _patch(self, data: st.DataObject, pixels: Any) -> tuple[Any, list[PixelBox], Any]:
        height, width = pixels.shape[:2]
        boxes, after = [], pixels.copy()
        for _ in range(data.draw(st.integers(1, 3))):
            x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
            box = PixelBox(x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y)))
            boxes.append(box)
            after[box.slices] = self.random.integers(0, 65536, after[box.slices].shape, np.uint16)
        rows = np.concatenate([after[box.slices].reshape(-1, 3) for box in boxes])
        return after, boxes, rows

    @rule(data=st.data())
    def patch(self, data: st.DataObject) -> None:
        after, boxes, rows = self._patch(data, self._now())
        assert self.steps.add_patch("erase", boxes, rows)
        self._new(after)

    @rule(width=st.integers(1, 12), height=st.integers(1, 12))
    def enlarge(self, width: int, height: int) -> None:
        pixels = self._pixels(width, height)
        assert self.steps.add_whole("enlarge", pixels.copy())
        self._new(pixels)

    @precondition(lambda self: self.place and not self.steps[self.place - 1].whole and len(self.seen[self.place]) < 4)
    @rule(data=st.data(), same=st.booleans())
    def try_again(self, data: st.DataObject, same: bool) -> None:
        before = self.seen[self.place - 1][self.chosen[self.place - 1]]
        if same:
            boxes = list(self.steps[self.place - 1].boxes)
            after = before.copy()
            for box in boxes:
                after[box.slices] = self.random.integers(0, 65536, after[box.slices].shape, np.uint16)
            rows = np.concatenate([after[box.slices].reshape(-1, 3) for box in boxes])
        else:
            after, boxes, rows = self._patch(data, before)
        assert (self.steps.pixels_before() == before).all()
        assert self.steps.add_result(rows, boxes)
        del self.seen[self.place + 1 :], self.chosen[self.place + 1 :]
        self.seen[self.place].append(after)
        self.chosen[self.place] = len(self.seen[self.place]) - 1

    @precondition(lambda self: self.place and len(self.seen[self.place]) > 1)
    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        current = data.draw(st.integers(0, len(self.seen[self.place]) - 1))
        self.steps.choose(current)
        if current != self.chosen[self.place]:  # what was undone went on from other pixels
            del self.seen[self.place + 1 :], self.chosen[self.place + 1 :]
        self.chosen[self.place] = current

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.steps.undo()
        self.place -= 1

    @precondition(lambda self: self.place < len(self.seen) - 1)
    @rule()
    def redo(self) -> None:
        self.steps.redo()
        self.place += 1

    @precondition(lambda self: len(self.seen) > 1)
    @rule()
    def build_again(self) -> None:
        """As after a kill: only the folder is left."""
        self.kept = DocumentFolder.reopened(self.folder / "editing", self.kept.number, 1)
        opened = np.frombuffer(self.kept.base.read_bytes(), np.uint16).reshape(self.opened.shape).copy()
        self.steps = Steps(opened, self.kept, most_bytes=600, most_steps=3)
        assert self.steps.replay(list(self.kept.told["steps"]), int(self.kept.told["position"])) == 0

    @invariant()
    def is_as_the_model_says(self) -> None:
        assert self.steps.position == self.place
        assert np.array_equal(self.steps.pixels, self._now())
        assert np.array_equal(self.steps.opened(), self.opened)


TestStateHistory = StateHistory.TestCase
TestStateHistory.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
TestPixelHistory = PixelHistory.TestCase
TestPixelHistory.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
