"""Enlarging a picture: opens the networks of the plan, stacks the stages, and writes the rows of the result."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import psutil

from engines.pictures import Picture
from engines.runtime import CPU, DeviceName, Mode, Refusal, Result, Session, cores_for, open_model
from engines.upscale.plan import Fit, Network, Plan, Style, inside, middle, plan
from engines.upscale.rows import Bled, Floats, Pixels, Rows, Stored, peak
from engines.upscale.stages import TILE, Resized, Run, Tiled, strips
from homespun.errors import NoSpace, UsageError
from homespun.files import size_text
from homespun.progress import Progress

PATIENCE = 3.0
"""Seconds that a proved device may take to be up before a picture is begun on the processor."""

SPARE = 500_000_000
"""Bytes of memory that must stay free beside the result: the networks and the rows under way take them."""


@dataclass(frozen=True)
class Enlarged:
    """The result, the seconds it took, the device that ran the networks, and what a person should know of it."""

    picture: Picture
    seconds: float
    device: DeviceName
    notes: tuple[str, ...] = ()


def upscale(
    picture: Picture,
    *,
    factor: float | None = None,
    size: tuple[int, int] | None = None,
    fit: Fit = Fit.INSIDE,
    style: Style = Style.FAITHFUL,
    device: DeviceName | None = None,
    progress: Progress | None = None,
) -> Enlarged:
    """`picture` with each side `factor` times as long, or `size` (width, height) pixels large; `picture` is unchanged.

    `fit` says what becomes of a picture whose proportions are not those of `size`, `device` what must run the networks
    (None: whatever is proved best).
    Depth, colour space, transparency and everything else that the file carries are kept. Raises `UsageError` for what
    can't be asked for (see `plan`), `DeviceRefused` for a `device` that can't do it, `NoSpace` where the result does not
    fit into memory, and `Cancelled`.
    """
    start = time.perf_counter()
    progress = progress or Progress()
    if size is not None and fit is Fit.INSIDE:
        size = inside(picture.width, picture.height, size)
    elif size is not None and fit is Fit.COVER:
        picture = picture.with_pixels(picture.pixels[middle(picture.width, picture.height, size).slices])
    way = plan(picture.width, picture.height, style, factor=factor, size=size)
    if not way.networks:
        note = "The picture has this size already, and the faithful style changes nothing; the restore style would clean it."
        return Enlarged(picture, time.perf_counter() - start, CPU, (note,))
    require_memory(way, picture.pixels)
    with ExitStack() as opened:
        workers = opened.enter_context(ThreadPoolExecutor(cores_for(Mode.EAGER), thread_name_prefix="homespun-tiles"))
        opened.callback(workers.shutdown, wait=True, cancel_futures=True)
        sessions = {one: opened.enter_context(opened_network(one, device)) for one in way.networks}
        for session in sessions.values():
            # One picture, one device: two of them would not agree to the last bit, and a seam could show.
            opened.enter_context(session.job({"height": TILE, "width": TILE}, patience=PATIENCE))
        used: Counter[DeviceName] = Counter()
        failed: dict[DeviceName, Refusal] = {}

        def seen(result: Result) -> None:
            used[result.device] += 1
            if result.fell_back_from is not None:
                failed[result.fell_back_from.device] = result.fell_back_from

        pixels = enlarged(picture.pixels, picture.alpha, way, runs(sessions, progress, seen), workers, progress)
    (most, _), *_ = used.most_common()
    took_over = "Another device took over in the middle."
    notes = tuple(f"{one.sentence} {took_over}" for one in failed.values())
    return Enlarged(picture.with_pixels(pixels), time.perf_counter() - start, most, notes)


def shrink(picture: Picture, size: tuple[int, int], progress: Progress | None = None) -> Picture:
    """`picture` brought down to `size` (width, height) by Lanczos, in its own depth, with its transparency.

    Raises `UsageError` for a size that is larger than the picture, and `Cancelled`.
    """
    width, height = size
    if not (0 < width <= picture.width and 0 < height <= picture.height):
        raise UsageError(
            f"{width} × {height} pixels is not smaller than {picture.width} × {picture.height}.",
            "Choose a smaller size, or enlarge the picture.",
        )
    if size == (picture.width, picture.height):
        return picture
    way = Plan((), width, height)
    return picture.with_pixels(enlarged(picture.pixels, picture.alpha, way, {}, None, progress or Progress()))


def opened_network(one: Network, device: DeviceName | None = None) -> Session:
    """The network on `device`, or the best; a processor runs a tile a core, which leaves no core waiting."""
    return open_model(one.model, threads=1, at_once=cores_for(Mode.EAGER), file=one.file, halo=one.halo, device=device)


def runs(
    sessions: dict[Network, Session], progress: Progress, seen: Callable[[Result], None] = lambda _result: None
) -> dict[Network, Run]:
    """For each network, the function that runs it once and shows `seen` what came out."""

    def runner(session: Session) -> Run:
        (given,), (made,) = session.inputs, session.outputs

        def run(window: Floats) -> Floats:
            result = session.run({given.name: window}, cancel=progress.cancel)
            seen(result)
            found: Floats = result.outputs[made.name]
            return found

        return run

    return {one: runner(session) for one, session in sessions.items()}


def enlarged(
    pixels: Pixels,
    alpha: bool,
    way: Plan,
    run: dict[Network, Run],
    workers: ThreadPoolExecutor | None,
    progress: Progress,
) -> Pixels:
    """`pixels` [h, w, channels] enlarged as `way` says, in their own dtype; the last channel is transparency if `alpha`."""
    count = Count(progress)
    colours = pixels.shape[2] - alpha
    visible = pixels[..., -1] if alpha else None
    seen = visible is not None and bool(visible.min() < peak(pixels.dtype))
    parts: list[tuple[slice, Rows]] = []
    for channels in groups(colours):
        source: Rows = Stored(pixels, channels)
        if visible is not None and seen:
            source = Bled(source, visible)
        grey = channels.stop - channels.start == 1
        stage: Rows = Repeated(source) if grey else source
        for one in way.networks:
            stage = count.counted(Tiled(stage, one.scale, one.halo, run[one], count.step, workers))
        parts.append((channels, Resized(stage, way.width, way.height)))
    result = np.empty((way.height, way.width, pixels.shape[2]), pixels.dtype)
    if visible is not None:
        whole = slice(colours, colours + 1)
        if seen:
            parts.append((whole, Resized(Stored(pixels, whole), way.width, way.height)))
        else:
            result[..., whole] = pixels.flat[colours]
    for channels, rows in parts:
        for top, bottom in strips(way.height):
            found = rows.rows(top, bottom)
            if found.shape[2] > channels.stop - channels.start:
                found = found.mean(axis=2, keepdims=True, dtype=np.float32)
            store(found, result[top:bottom, :, channels])
            progress.cancel.check()
    return result


class Repeated:
    """One channel as three, for a network that knows colours."""

    def __init__(self, source: Rows) -> None:
        self._source = source
        self.width, self.height = source.width, source.height

    def rows(self, top: int, bottom: int) -> Floats:
        """As `Rows` says."""
        return self._source.rows(top, bottom).repeat(3, axis=2)


class Count:
    """Counts tiles, of all stages together."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._total = 0
        self._done = 0

    def counted(self, stage: Tiled) -> Tiled:
        """`stage`, whose tiles are part of the total from now on."""
        self._total += stage.tiles
        return stage

    def step(self) -> None:
        """One more is done. Raises `Cancelled` if somebody asked."""
        self._done += 1
        self._progress.report(self._done, self._total, "enlarging")


def groups(colours: int) -> Sequence[slice]:
    """Channels that are run together: three as colours, the fourth (the black of CMYK) or a single one as grey."""
    return [slice(0, 1)] if colours == 1 else [slice(0, 3), slice(3, 4)][: colours - 2]


def store(found: Floats, into: Pixels) -> None:
    """Write 0..1 into pixels of any depth: clipped and rounded to whole levels, floats as they are."""
    if into.dtype == np.float32:
        into[...] = found
        return
    white = peak(into.dtype)
    scaled = found * np.float32(white)
    np.rint(scaled, out=scaled)
    np.clip(scaled, 0, white, out=scaled)
    into[...] = scaled.astype(into.dtype)


def require_memory(
    way: Plan, pixels: Pixels, free: Callable[[], int] = lambda: int(psutil.virtual_memory().available)
) -> None:
    """Raise `NoSpace` when the result and the work on it would not fit into the free memory."""
    needed = way.width * way.height * pixels.shape[2] * pixels.itemsize + SPARE
    if needed > free():
        raise NoSpace(
            f"A picture of {way.width}x{way.height} pixels needs {size_text(needed)} of memory, and {size_text(free())} are free.",
            "Close other programs, or choose a smaller factor.",
        )
