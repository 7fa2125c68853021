"""The filler that runs a network once per hole: MI-GAN (Sargsyan et al., 2023) or LaMa (Suvorov et al., 2022).

Both work on 512 x 512 pixels: the surroundings of a hole are averaged down to that, or used as they are when they are
small, and what the network paints is brought back to their size. The contracts, which differ in every point, were
collected in `docs/models.md`'s catalogue; `network_of` reads from the open model which one it meets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import models
from engines.pictures import Box
from engines.pictures.fitting import nearest_known, resized, slid
from engines.pictures.grain import matched
from engines.runtime import Closing, DeviceName, Explanation, Mode, Result, Session, open_model
from homespun.errors import Damaged
from homespun.progress import Cancel, Progress

SIDE = 512
"""Pixels of a side that the networks were trained on, and fixed to for accelerators."""

LARGEST_SHARE = 0.4
"""How much of the crop the hole's box may take: above it the networks have too little to go by (erase.md §6)."""

CONTEXT = 3.5
"""Side of the crop as a multiple of the side of a square as large as the hole's box. With 2.3, MI-GAN invented objects (a wheel
and a cap before the pillar box); with more, paint only gets softer. Looked at on ten of the shared cases."""

LEAST_CONTEXT = 1.4
"""The same as a multiple of the box's longer side, for long thin holes: a lamp-post needs sharpness more than a view."""

GENERATOR = "generator.onnx"
"""MI-GAN's inner network, cut out of the downloaded pipeline by models/recipes/export/migan.py: it has fixed shapes."""

REPORT_EVERY = 0.1
"""Seconds between two looks at whether the run is over."""

Photo = NDArray[np.float32]
Hole = NDArray[np.bool_]
Network = Callable[[Photo, Hole, Cancel], Photo]
"""(512, 512, 3) in 0..1 and the hole in, the same with something in the hole out."""


class OnePass(Closing):
    """A `Filler` that paints a hole with one run of a network. Use it as a context manager, or `close` it."""

    channels = frozenset({1, 3})

    def __init__(self, name: str, session: Session) -> None:
        self.name = name
        self._session = session
        self._watched = _Watched(session)
        self._network = network_of(name, self._watched)

    @classmethod
    def open(cls, model_id: str = "mi-gan", *, mode: Mode = Mode.EAGER, device: DeviceName | None = None) -> Self:
        """The catalogue's `mi-gan` or `lama`. Raises `NotFound` when it was not downloaded, `Damaged` when it is broken."""
        located = models.locate(model_id)
        cut_out = located.folder / GENERATOR
        file = GENERATOR if cut_out.is_file() else located.model.graphs[0].file
        return cls(model_id, open_model(model_id, mode=mode, device=device, file=file))

    def crop(self, box: Box, size: tuple[int, int]) -> Box:
        """The square around `box` that the network should see, inside a photo of `size` (width, height).

        At least 512 pixels wide, so that small holes are painted at full sharpness, and with `box` on at most 40 % of it;
        narrower where the photo ends.
        """
        longer, middling = max(box.width, box.height), (box.width * box.height) ** 0.5
        wanted = max(SIDE, CONTEXT * middling, LEAST_CONTEXT * longer, middling / LARGEST_SHARE**0.5)
        side = int(np.ceil(wanted))
        left, width = slid(box.x, box.width, side, size[0])
        top, height = slid(box.y, box.height, side, size[1])
        return Box(left, top, width, height)

    def fill(self, photo: Photo, hole: Hole, *, seed: int, progress: Progress) -> Photo:
        """`photo` (height, width, 1 or 3), float32 in 0..1, with the pixels of `hole` (height, width) painted.

        All other pixels come back as they are. The network decides alone; `seed` only seeds the grain that is added
        where it paints too smoothly. Raises `Cancelled`.
        """
        progress.report(0, 1, self.name)
        if not hole.any():
            return photo.copy()
        colours = np.repeat(photo, 3, axis=2) if photo.shape[2] == 1 else photo
        square, square_hole = squared(colours, hole)
        small, small_hole = shrunk(square, square_hole)
        painted = self._painted(small, small_hole, progress)
        large = resized(painted, square.shape[0], square.shape[1], Image.Resampling.LANCZOS)[
            : hole.shape[0], : hole.shape[1]
        ]
        filled = np.where(hole[..., None], np.clip(large, 0, 1), colours)
        filled = matched(filled, hole, seed=seed)
        if photo.shape[2] == 1:
            filled = np.where(hole[..., None], filled.mean(axis=2, keepdims=True), photo)
        progress.report(1, 1, self.name)
        return np.ascontiguousarray(filled, dtype=np.float32)

    def _painted(self, photo: Photo, hole: Hole, progress: Progress) -> Photo:
        """What the network makes of the hole, with the known pixels as they were; reports while it runs."""
        with ThreadPoolExecutor(1, "homespun-fill") as pool:
            running = pool.submit(self._network, photo, hole, progress.cancel)
            while wait([running], REPORT_EVERY).not_done:
                progress.report(0, 1, self.name)
            return np.where(hole[..., None], np.clip(running.result(), 0, 1), photo)

    @property
    def ran_on(self) -> tuple[str, str]:
        """The device of the last run, and the one that should have run it and failed ("" = none)."""
        result = self._watched.last
        if result is None:
            return self._session.why().device, ""
        return result.device, "" if result.fell_back_from is None else result.fell_back_from.device

    def why(self) -> Explanation:
        """Which device runs the network, and why."""
        return self._session.why()

    def close(self) -> None:
        """Give back the network's memory."""
        self._session.close()


class _Watched:
    """A session that remembers its last result but for the arrays."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.inputs, self.outputs = session.inputs, session.outputs
        self.last: Result | None = None

    def run(self, inputs: Mapping[str, NDArray[Any]], *, cancel: Cancel | None = None) -> Result:
        result = self._session.run(inputs, cancel=cancel)
        self.last = replace(result, outputs={})
        return result


def squared(photo: Photo, hole: Hole) -> tuple[Photo, Hole]:
    """Both mirrored at the bottom and right edge until they are square. A mirrored hole is a hole too."""
    height, width = hole.shape
    side = max(height, width)
    more = ((0, side - height), (0, side - width))
    return np.pad(photo, (*more, (0, 0)), mode="symmetric"), np.pad(hole, more, mode="symmetric")


def shrunk(photo: Photo, hole: Hole) -> tuple[Photo, Hole]:
    """A square brought to 512 pixels: averaged over known pixels alone, and a pixel with any hole in it is hole.

    So nothing of the object's colour leaks into what the network believes. Inside the hole stand the colours of the
    nearest known pixels: the pipeline of MI-GAN blends 2 pixels of them into its paint (black, it drew an outline there).
    """
    if photo.shape[0] <= SIDE:
        whole = resized(nearest_known(photo, hole), SIDE, SIDE, Image.Resampling.BICUBIC)
        share = resized(hole[..., None].astype(np.float32), SIDE, SIDE, Image.Resampling.BOX)
        return np.clip(whole, 0, 1), share[..., 0] > 0
    known = (~hole[..., None]).astype(np.float32)
    share = resized(known, SIDE, SIDE, Image.Resampling.BOX)
    total = resized(photo * known, SIDE, SIDE, Image.Resampling.BOX)
    small_hole = share[..., 0] < 1 - 1e-4
    return nearest_known(np.clip(total / np.maximum(share, 1e-6), 0, 1), small_hole), small_hole


def network_of(name: str, session: _Watched) -> Network:
    """How to call the open model. Raises `Damaged` when it takes and gives nothing that a known one does."""
    taken = {port.name: (port.dtype.name, len(port.shape) == 4 and port.shape[1]) for port in session.inputs}
    given = session.outputs[0].name
    contracts: tuple[tuple[dict[str, tuple[str, int]], Callable[[_Watched, str], Network]], ...] = (
        ({"input": ("float32", 4)}, generator),
        ({"image": ("uint8", 3), "mask": ("uint8", 1)}, pipeline),
        ({"image": ("float32", 3), "mask": ("float32", 1)}, lama),
    )
    for contract, network in contracts:
        if taken == contract:
            return network(session, given)
    raise Damaged(
        f"The file of {name} is no eraser that Homespun knows: it takes {', '.join(sorted(taken))}.",
        f"Remove it and get it again: homespun models remove {name}.",
    )


def generator(session: _Watched, output: str) -> Network:
    """MI-GAN's inner network: known - 0.5 and colours in -1..1 times known in, colours in -1..1 out."""

    def run(photo: Photo, hole: Hole, cancel: Cancel) -> Photo:
        known = (~hole[None]).astype(np.float32)
        stacked = np.concatenate([known - 0.5, (planes(photo) * 2 - 1) * known])
        result: Photo = session.run({"input": stacked[None]}, cancel=cancel).outputs[output]
        return pixels(result[0]) * 0.5 + 0.5

    return run


def pipeline(session: _Watched, output: str) -> Network:
    """MI-GAN as its authors publish it: bytes in and out, and 255 = known, the opposite of our masks.

    It blends its paint with the pixels around the hole, so the caller must put those back.
    """

    def run(photo: Photo, hole: Hole, cancel: Cancel) -> Photo:
        image = np.round(planes(photo) * 255).astype(np.uint8)
        mask = np.where(hole, 0, 255).astype(np.uint8)
        result = session.run({"image": image[None], "mask": mask[None, None]}, cancel=cancel).outputs[output]
        return pixels(result[0].astype(np.float32)) / np.float32(255)

    return run


def lama(session: _Watched, output: str) -> Network:
    """LaMa: colours in 0..1 and 1 = hole in, colours in 0..255 out."""

    def run(photo: Photo, hole: Hole, cancel: Cancel) -> Photo:
        given = {"image": planes(photo)[None], "mask": hole[None, None].astype(np.float32)}
        result: Photo = session.run(given, cancel=cancel).outputs[output]
        return pixels(result[0]) / np.float32(255)

    return run


def planes(photo: Photo) -> Photo:
    """(height, width, channels) → (channels, height, width)."""
    return np.ascontiguousarray(photo.transpose(2, 0, 1))


def pixels(array: Photo) -> Photo:
    """(channels, height, width) → (height, width, channels)."""
    return np.ascontiguousarray(array.transpose(1, 2, 0))
