"""Enlarged pictures: fidelity and seconds per output megapixel, beside bicubic, Lanczos, SPAN and Real-ESRGAN.

    python -m benchmarks upscale [--shared ../shared] [--out FOLDER] [--rounds 5] [--large]

PSNR by the protocol of `data/sr/README.md`. Seconds: one window of a photo that gives a megapixel, every way in turn, all
on the same threads; the median of the rounds. The peers' windows count in full, without the overlap that tiles cost them;
ours run with everything around them. `--out` gets a contact sheet for `restore`; `--large` enlarges 24 to 96 megapixels in
a process of its own and tells its memory. The figures for `restore` are explained in `docs/upscale.md`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.machine import ROOT, describe, load, run
from benchmarks.photo_measures import Small, edges, grain, phone, sheet
from engines.pictures import Picture
from engines.runtime import Mode, cores_for
from engines.upscale.enlarge import enlarged, opened_network, runs
from engines.upscale.plan import Network, Plan, Style, network
from homespun.progress import Progress
from models.recipes.train.upscale.measure import psnr

Pixels = NDArray[np.uint8]
Enlarge = Callable[[Pixels], Pixels]

SETS = ("Set5", "Set14", "bsd18")
SHEET = (
    "grass-blades.jpg",
    "woman-road.jpg",
    "old-oak.jpg",
    "street-2991213583.jpg",
    "chiffchaff.jpg",
    "fox-statue.jpg",
)
"""Share-alike photos: our networks have never seen them."""


@dataclass
class Way:
    """One way to enlarge by `scale`, and what was measured of it."""

    name: str
    scale: int
    enlarge: Enlarge
    psnr: dict[str, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    @property
    def per_megapixel(self) -> float:
        """Seconds per megapixel of the result, the median."""
        return statistics.median(self.seconds) if self.seconds else float("nan")


def main(argv: Sequence[str]) -> int:
    """Print the tables; always 0."""
    given = arguments(argv)
    if given.enlarge_large:
        return enlarge_large()
    threads = cores_for(Mode.EAGER)
    print(f"{describe()}, load {load()}; {threads} threads for everyone")
    models = given.shared / "data" / "models"
    with ThreadPoolExecutor(threads) as workers:
        ways = [*filters(2), *filters(4), *ours(Style.FAITHFUL, workers), *peers(models, threads)]
        for way in ways:
            faithful(way, given.shared / "data" / "sr")
        clock(ways, given.shared / "data" / "photos" / "old-oak.jpg", given.rounds)
        print_faithful(ways)
        styled = [*filters(4), *ours(Style.RESTORE, workers, scales=(4,)), *(way for way in ways if "Real" in way.name)]
        print_restore(styled, given.shared / "data", given.out)
    if given.large:
        print_large()
    print(f"load after: {load()}")
    return 0


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        "benchmarks upscale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, help="folder for the contact sheet")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--enlarge-large", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def filters(scale: int) -> list[Way]:
    """Pillow's two filters."""

    def way(name: str, kind: Image.Resampling) -> Way:
        def enlarge(small: Pixels) -> Pixels:
            size = (small.shape[1] * scale, small.shape[0] * scale)
            return np.asarray(Image.fromarray(small).resize(size, kind))

        return Way(name, scale, enlarge)

    return [way("bicubic (Pillow)", Image.Resampling.BICUBIC), way("Lanczos (Pillow)", Image.Resampling.LANCZOS)]


def ours(style: Style, workers: ThreadPoolExecutor, scales: Sequence[int] = (2, 4)) -> list[Way]:
    """Both precisions of a style's networks, as the engine runs them."""
    return [
        engine(f"Homespun {style}, {'int8' if int8 else 'fp32'}", network(style, scale, int8=int8), workers)
        for scale in scales
        for int8 in (False, True)
    ]


def engine(name: str, one: Network, workers: ThreadPoolExecutor) -> Way:
    """The whole way from pixels to pixels; only opening the model is left out."""
    run_one = runs({one: opened_network(one)}, Progress())

    def enlarge(small: Pixels) -> Pixels:
        way = Plan((one,), small.shape[1] * one.scale, small.shape[0] * one.scale)
        return np.asarray(enlarged(small, False, way, run_one, workers, Progress()), np.uint8)

    return Way(name, one.scale, enlarge)


def peers(models: Path, threads: int) -> list[Way]:
    """SPAN and Real-ESRGAN general v3, whole pictures in one run."""
    return [
        peer("SPAN ch48, fp32", 2, models / "span-x2-ch48.onnx", threads),
        peer("SPAN ch48, fp32", 4, models / "span-x4-ch48.onnx", threads),
        peer("Real-ESRGAN general x4v3, fp32", 4, models / "realesr-general-x4v3.onnx", threads),
    ]


def peer(name: str, scale: int, file: Path, threads: int) -> Way:
    """A peer's network, straight in ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def enlarge(small: Pixels) -> Pixels:
        window = np.ascontiguousarray(small.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
        (found,) = session.run(["output"], {"input": window})
        return np.asarray(np.clip(np.rint(found[0].transpose(1, 2, 0) * 255), 0, 255), np.uint8)

    return Way(name, scale, enlarge)


def pairs(folder: Path, scale: int) -> list[Small]:
    """Large pictures cut to a multiple of `scale`, and the small ones that bicubic makes of them."""
    found = []
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as opened:
            whole = opened.convert("RGB")
        size = (whole.width // scale, whole.height // scale)
        large = whole.crop((0, 0, size[0] * scale, size[1] * scale))
        found.append(Small(path.stem, np.asarray(large), np.asarray(large.resize(size, Image.Resampling.BICUBIC))))
    return found


def faithful(way: Way, sets: Path) -> None:
    """PSNR on every set."""
    for name in SETS:
        values = [psnr(one.large, way.enlarge(one.small), way.scale) for one in pairs(sets / name, way.scale)]
        way.psnr[name] = statistics.mean(values)


def clock(ways: Sequence[Way], photo: Path, rounds: int) -> None:
    """Seconds per output megapixel; every way in turn, so that what else goes on meets all."""
    with Image.open(photo) as opened:
        whole = np.asarray(opened.convert("RGB"))
    for turn in range(rounds + 1):
        for way in ways:
            side = 1024 // way.scale
            window = np.ascontiguousarray(whole[:side, :side])
            start = time.perf_counter()
            large = way.enlarge(window)
            if turn:  # the first run plans memory and is not counted
                way.seconds.append((time.perf_counter() - start) / (large.shape[0] * large.shape[1] / 1e6))


def print_faithful(ways: Sequence[Way]) -> None:
    """PSNR and time, and what ours gains and saves."""
    print(f"\n{'':>3} {'way':<32} {'Set5':>7} {'Set14':>7} {'bsd18':>7}  s per output MP")
    for way in sorted(ways, key=lambda one: one.scale):
        values = " ".join(f"{way.psnr[name]:7.2f}" for name in SETS)
        print(f"x{way.scale:<2} {way.name:<32} {values}  {way.per_megapixel:.3f}")
    by_name = {(way.name, way.scale): way for way in ways}
    for scale in (2, 4):
        best = by_name["Homespun faithful, int8", scale]
        plain = by_name["bicubic (Pillow)", scale]
        gain = ", ".join(f"{name} +{best.psnr[name] - plain.psnr[name]:.2f} dB" for name in SETS)
        span = by_name["SPAN ch48, fp32", scale].per_megapixel / best.per_megapixel
        real = by_name["Real-ESRGAN general x4v3, fp32", 4].per_megapixel / best.per_megapixel
        print(f"x{scale}, int8 over bicubic: {gain}; {span:.1f} times as quick as SPAN, {real:.1f} as Real-ESRGAN (x4)")
    per_input = by_name["Homespun faithful, int8", 2].per_megapixel * 4
    print(f"x2, int8: {per_input:.2f} s per input megapixel")


def print_restore(ways: Sequence[Way], data: Path, out: Path | None) -> None:
    """Measures on pictures that a phone has spoilt, and the contact sheet."""
    spoilt = [phone(one, 4) for one in pairs(data / "sr" / "Set14", 4)]
    print(f"\nx4 of spoilt Set14: {'':<12} PSNR-Y   true edges (1)   grain (0)")
    for way in ways:
        made = [(one, way.enlarge(one.small)) for one in spoilt]
        fidelity = statistics.mean(psnr(one.large, large, 4) for one, large in made)
        sharp = statistics.mean(edges(one.large, large) for one, large in made)
        noise = statistics.mean(grain(one.large, large) for one, large in made)
        print(f"{way.name:<32} {fidelity:6.2f}   {sharp:.3f}         {noise:.2f}")
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    photos = []
    for name in SHEET:
        with Image.open(data / "photos" / name) as opened:
            middle = opened.convert("RGB")
        left, top = (middle.width - 480) // 2, (middle.height - 480) // 2
        large = middle.crop((left, top, left + 480, top + 480))
        small = large.resize((120, 120), Image.Resampling.BICUBIC)
        photos.append(phone(Small(name, np.asarray(large), np.asarray(small)), 4))
    shown = [way for way in ways if "fp32" not in way.name or "Homespun" not in way.name]
    columns: list[tuple[str, Enlarge]] = [(way.name, way.enlarge) for way in shown]
    sheet(photos, columns, out / "upscale-restore.png")
    print(f"contact sheet: {out / 'upscale-restore.png'}")


def print_large() -> None:
    """24 megapixels to 96, in a process of its own."""
    done = run([sys.executable, "-m", "benchmarks", "upscale", "--enlarge-large"], sample=True)
    if done.code:
        raise RuntimeError(done.err[-2000:])
    told = json.loads(done.out)
    print(
        f"\n24 to 96 megapixels: {told['seconds']:.1f} s, {told['seconds'] / 24:.2f} s per input megapixel, "
        f"peak memory {done.peak.resident / 1e9:.2f} GB (both pictures and Python in it)"
    )


def enlarge_large() -> int:
    """What the process of `print_large` does."""
    from engines.upscale import upscale

    row = np.arange(6000, dtype=np.uint32)
    pixels = np.empty((4000, 6000, 3), np.uint8)
    for line in range(4000):
        pixels[line] = ((row * 7 + line * 13) >> 3).astype(np.uint8)[:, None] ^ np.array([0, 85, 170], np.uint8)
    made = upscale(Picture.new(pixels), factor=2)
    print(json.dumps({"seconds": made.seconds, "width": made.picture.width}))
    return 0
