"""float32 UNet → QDQ for NPUs, calibrated on what the pipeline itself feeds its UNet while it paints.

Convolutions and matrix products are quantised; the rest stays float. With everything quantised the figures are no better
(diffusion.md §2.3), and a bias of -10,000 that hides a token would stretch or saturate the scale of the logits.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType
from onnxruntime.quantization.calibrate import TensorsData, create_calibrator
from onnxruntime.quantization.qdq_quantizer import QDQQuantizer
from onnxruntime.quantization.quant_utils import load_model_with_shape_infer

from models.pipelines import UNET, Pipeline
from models.recipes.export.diffusion import painting
from models.recipes.export.diffusion.painting import Feed
from models.recipes.export.diffusion.recipe import Recipe
from models.recipes.export.diffusion.write import LARGEST

ACTIVATIONS = {"a16w8": QuantType.QUInt16, "a8w8": QuantType.QUInt8}

MARGINS = {"a16w8": 1.5, "a8w8": 1.0}
"""How much wider than what was seen: what lies outside is cut off, and sixteen bits have digits to spare for more."""

FILE = "unet-npu.onnx"

OPERATORS = ["Conv", "MatMul", "Gemm"]

STEPS = 20
"""Of a trajectory, at most: times are spread over all of it."""

PROMPTS = (
    "a photo of a cat on a sofa",
    "an empty beach with blue sky",
    "a brick wall, seamless, sharp",
    "an oil painting of a garden",
)
NEGATIVE = "blurry, low quality, watermark"


class _Feeds(CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibrator one feed after the other."""

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._feeds = iter(feeds)

    def get_next(self) -> Feed | None:
        """The next feed, or None at the end."""
        return next(self._feeds, None)


def trajectory_feeds(recipe: Recipe, pipeline: Pipeline, unet: Path, count: int) -> list[Feed]:
    """`count` feeds of the UNet, spread over whole trajectories: every prompt, all times, with the text and without.

    The unconditional half is walked too where the pipeline runs without guidance, because a person may switch it on.
    """
    graphs = painting.Graphs(pipeline.folder, pipeline.bias)
    seen: list[Feed] = []
    graphs.watch = seen.append
    graphs.unet_file = str(unet)  # an absolute path stays what it is when it is joined to the folder
    case = painting.made_up_case(recipe.height, recipe.width, prompt="", negative=NEGATIVE)
    walks = [replace(case, prompt=prompt, seed=i) for i, prompt in enumerate(PROMPTS[: max(1, count // 8)])]
    # Two feeds a step, so a trajectory is as long as it has feeds to give, and no longer than a person would run it.
    steps = max(2, min(STEPS, max(pipeline.steps, -(-count // (2 * len(walks))))))
    guidance = max(pipeline.guidance, 1.5)
    for walk in walks:
        settings = replace(walk, steps=steps, guidance=guidance, scheduler=pipeline.scheduler)
        painting.paint(graphs, recipe.origin, pipeline.noise, settings)
    return list(spread(seen, count))


def spread(feeds: list[Feed], count: int) -> Iterator[Feed]:
    """`count` of `feeds` at even distances, in pairs: the two halves of a step stand side by side."""
    pairs = [feeds[i : i + 2] for i in range(0, len(feeds), 2)]
    wanted = max(1, count // 2)
    for i in range(min(wanted, len(pairs))):
        yield from pairs[i * len(pairs) // min(wanted, len(pairs))]


def quantise(fp32: Path, out: Path, kind: str, feeds: Iterable[Feed]) -> None:
    """Write the QDQ file of `kind` (`a16w8` or `a8w8`): weights int8 per channel, activations by the feeds' extremes."""
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice on preprocessing does not apply here
    large = size_of(fp32) > LARGEST
    with tempfile.TemporaryDirectory(dir=out.parent) as work:
        calibrator = create_calibrator(
            str(fp32),
            OPERATORS,
            augmented_model_path=str(Path(work) / "augmented.onnx"),
            calibrate_method=CalibrationMethod.MinMax,
            use_external_data_format=large,
            providers=["CPUExecutionProvider"],
        )
        calibrator.collect_data(_Feeds(feeds))
        ranges = widened(calibrator.compute_data(), MARGINS[kind])
        del calibrator
        quantizer = QDQQuantizer(
            load_model_with_shape_infer(fp32),
            True,  # per channel
            False,  # all eight bits
            QuantType.QInt8,
            ACTIVATIONS[kind],
            ranges,
            [],
            [],
            OPERATORS,
            {},
        )
        quantizer.quantize_model()
        model = quantizer.model.model
    model.producer_name = "homespun"
    weights = sum(len(tensor.raw_data) for tensor in model.graph.initializer)
    onnx.save(
        model, out, save_as_external_data=weights > LARGEST, all_tensors_to_one_file=True, location=f"{out.name}.data"
    )


def widened(ranges: TensorsData, margin: float) -> TensorsData:
    """Every range `margin` times as wide, about its middle."""
    made = {}
    for name, data in ranges.data.items():
        low, high = data.range_value
        more = (high - low) * (margin - 1) / 2
        made[name] = (np.asarray(low - more, np.float32), np.asarray(high + more, np.float32))
    return TensorsData(CalibrationMethod.MinMax, made)


def size_of(file: Path) -> int:
    """Bytes of a file with the data beside it."""
    return sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))


def make_variant(recipe: Recipe, pipeline: Pipeline, file: Path, kind: str, count: int) -> None:
    """Write `file`, the quantised UNet of `pipeline`; a float32 one is exported anew when the folder's own is halved."""
    if pipeline.precisions.get(UNET, "fp32") == "fp32":
        source = pipeline.folder / UNET
        quantise(source, file, kind, trajectory_feeds(recipe, pipeline, source, count))
        return
    with tempfile.TemporaryDirectory(dir=file.parent) as work:
        source = Path(work) / UNET
        recipe.unet(source)
        quantise(source, file, kind, trajectory_feeds(recipe, pipeline, source, count))
