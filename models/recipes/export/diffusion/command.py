"""A diffusion pipeline from a hub folder, as ONNX files that Homespun runs.

    python -m models.recipes.export diffusion SOURCE OUT [--lora FILE]… [--size 512x512] [--precision fp16]

in the torch export environment. SOURCE is a local folder in diffusers' format; nothing is looked up on the network. What
was made before is kept while its inputs are the same, so the same command goes on where it stopped. At the end every part
and a whole picture are compared with PyTorch, and OUT/parity.json says how far they are; the exit code is 1 when too far.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from homespun.errors import UsageError
from models.pipelines import SCHEDULERS, UNET, Pipeline
from models.recipes.export.diffusion.failing import FAILED, told_of


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 0, 1 when the files are too far from PyTorch, or the exit code of what went wrong."""
    given = arguments(argv)
    teller = Teller(given.json)
    try:
        return run(given, teller)
    except Exception as error:  # noqa: BLE001  # a bug too must end in a line, for whoever waits for one
        told, code = told_of(error)
        if given.debug or code == FAILED:
            traceback.print_exception(error)
        teller.say("error", told.what, todo=told.todo, code=code)
        return code


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="models.recipes.export diffusion",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", type=Path, help="local folder in diffusers' format")
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--lora", type=Path, action="append", default=[], help="file or folder; fused into the weights")
    parser.add_argument("--lora-scale", type=float, default=1.0)
    parser.add_argument("--vae", type=Path, help="another autoencoder, for instance a distilled AutoencoderTiny")
    parser.add_argument("--clip-skip", type=int, default=0, help="layers of the text encoder to leave out at its end")
    parser.add_argument("--size", default="", help="width x height in pixels; default: what the UNet was trained for")
    parser.add_argument("--precision", choices=("fp32", "fp16"), default="fp32")
    parser.add_argument("--npu", choices=("a16w8", "a8w8"), help="also write unet-npu.onnx, quantised")
    parser.add_argument("--calibrate", type=int, default=64, metavar="N", help="runs of the UNet to calibrate on")
    parser.add_argument("--scheduler", choices=SCHEDULERS)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--guidance", type=float, help="1 = none")
    parser.add_argument("--id")
    parser.add_argument("--title")
    parser.add_argument("--origin", help="where it comes from; default: what the folder's README says")
    parser.add_argument("--licence", help="default: what the folder's README says")
    parser.add_argument(
        "--parity", choices=("whole", "parts", "none"), default="whole", help="what is compared at the end"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--debug", action="store_true", help="the traceback of every error, not of bugs alone")
    return parser.parse_args(argv)


def run(given: argparse.Namespace, teller: Teller) -> int:
    """Read, say what is needed, make, write, compare."""
    from models.recipes.export.diffusion import manifest, noise, place, source

    hub = source.read_hub(given.source, given.vae)
    named = tuple(name_of(path) for path in given.lora)
    sampling = noise.sampling_of(
        hub.scheduler,
        (*named, name_of(given.source), given.origin or ""),
        scheduler=given.scheduler,
        steps=given.steps,
        guidance=given.guidance,
    )
    noised = noise.noise_of(hub.scheduler, sampling.scheduler)
    label = label_of(given, hub, named)
    height, width = size_of(given.size, hub)
    place.require_place(given.source, given.out)
    manifest.text_part(hub)  # it is written last, but what it refuses is refused before anything is made
    for note in sampling.notes:
        teller.say("note", note)

    from models.recipes.export.diffusion import needs, parity
    from models.recipes.export.diffusion.findings import REPORT
    from models.recipes.export.diffusion.load import Origin, offline
    from models.recipes.export.diffusion.lora import find_lora
    from models.recipes.export.diffusion.making import Workshop
    from models.recipes.export.diffusion.recipe import Recipe

    offline()
    loras = [find_lora(path, given.lora_scale) for path in given.lora]
    wanted = needs.needs_of(hub, height, width, given.precision, given.npu)
    teller.say("needs", str(wanted), **asdict(wanted))
    needs.require(wanted, given.out)
    recipe = Recipe(Origin(hub, loras, given.vae, given.clip_skip), height, width, given.precision)
    shop = Workshop.at(given.out)
    facts = recipe.make(shop, teller.part)
    pipeline = manifest.write_manifest(recipe, shop, label, noised, sampling, facts, {})
    if given.npu:
        variant(given, recipe, shop, pipeline, teller)
        variants = {quantised_file(): given.npu}
        pipeline = manifest.write_manifest(recipe, shop, label, noised, sampling, facts, variants)
    size = sum(file.size for file in pipeline.files)
    teller.say("written", f"{given.out}: {needs.gigabytes(size)} in {len(pipeline.files)} files", bytes=size)
    if given.parity == "none":
        return 0
    _, found = parity.report(
        recipe,
        pipeline,
        lambda one: teller.say("parity", str(one), **asdict(one)),
        whole=given.parity == "whole",
    )
    failed = [one for one in found if not one.passed]
    if failed:
        what = f"{len(failed)} of {len(found)} comparisons are too far from PyTorch, {failed[0].part} for one."
        teller.say("error", what, todo=f"{given.out / REPORT} has all of them.", code=1)
        return 1
    teller.say("done", "Everything is as near to PyTorch as asked.")
    return 0


def variant(given: argparse.Namespace, recipe: Any, shop: Any, pipeline: Pipeline, teller: Teller) -> None:
    """Make the quantised UNet, unless it is kept."""
    from models.recipes.export.diffusion import quantise
    from models.recipes.export.diffusion.making import fingerprint

    file = quantised_file()
    inputs = {**recipe.inputs_of(UNET), "kind": given.npu, "calibrate": given.calibrate}
    inputs |= {"scheduler": pipeline.scheduler, "steps": pipeline.steps, "guidance": pipeline.guidance}

    def make(path: Path) -> dict[str, Any]:
        quantise.make_variant(recipe, pipeline, path, given.npu, given.calibrate)
        return {}

    shop.part(file, fingerprint(inputs), make, teller.part)


def quantised_file() -> str:
    """The name of the quantised UNet; asked for late, because its module imports the quantiser."""
    from models.recipes.export.diffusion.quantise import FILE

    return FILE


def label_of(given: argparse.Namespace, hub: Any, loras: Sequence[str]) -> Any:
    """The id, title, origin and licence: as told, or from the folder."""
    from models.recipes.export.diffusion.manifest import Label
    from models.recipes.export.diffusion.source import licence_of, origin_of

    name = "-".join((name_of(given.source), *loras))
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "pipeline"
    return Label(given.id or slug, given.title or name, origin_of(hub, given.origin), licence_of(hub, given.licence))


def name_of(path: Path) -> str:
    """What a file or folder is called; in the hub's cache, whose folders are called by a hash, what the hub calls it."""
    whole = path.resolve()
    for place in (whole, *whole.parents):
        if place.name.startswith("models--"):
            return place.name.split("--")[-1]
    return whole.stem if whole.is_file() else whole.name


def size_of(given: str, hub: Any) -> tuple[int, int]:
    """Height and width in pixels of `--size 640x512` (width first) or of the UNet's configuration.

    Raises `UsageError` for what the UNet can't halve as often as it does.
    """
    levels = len(hub.unet["block_out_channels"])
    step = hub.shrink * 2 ** (levels - 1)
    if not given:
        side = int(hub.unet.get("sample_size") or 64) * hub.shrink
        return side, side
    found = re.fullmatch(r"(\d+)(?:x(\d+))?", given.strip().lower())
    if not found:
        raise UsageError(f"--size {given} is no size.", "Write 512x512, the width first.")
    width, height = int(found[1]), int(found[2] or found[1])
    if not width or not height or width % step or height % step:
        raise UsageError(f"--size {given} can't be exported.", f"Both sides must be multiples of {step}.")
    return height, width


class Teller:
    """Says what happens, a line each: words, or an object with `event`, `seconds` and what belongs to it."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.start = time.monotonic()

    def say(self, event: str, words: str, **fields: Any) -> None:
        """One line on the standard output; errors in words go to the other."""
        seconds = time.monotonic() - self.start
        if self.as_json:
            from models.recipes.export.diffusion.findings import plain

            line = {"event": event, "seconds": round(seconds, 2), "words": words, **plain(fields)}
            print(json.dumps(line, default=str, allow_nan=False), flush=True)
        elif event == "error":
            print(words, fields["todo"], file=sys.stderr, flush=True)
        else:
            print(f"{seconds:7.1f} s  {words}", flush=True)

    def part(self, name: str, state: str) -> None:
        """A part is being made, was made, or is kept."""
        self.say("part", f"{name} {state}", part=name, state=state)


if __name__ == "__main__":
    sys.exit(main())
