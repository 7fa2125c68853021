"""Whole pictures by our run time against diffusers' inpainting pipeline, from one and the same hub folder.

Both get the prompt as text, the picture, the mask and our noise. Two habits of diffusers are changed: the autoencoder gives
its mean instead of a sample, and noise is what we drew. It computes in float64, so that a difference is our rounding and not
the sum of both. Runs in the torch export environment: `pytest -m export`.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion.latents import drawn, sampled
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from models.pipelines import Pipeline, read_pipeline

pytestmark = [
    pytest.mark.export,
    pytest.mark.slow,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(
        importlib.util.find_spec("diffusers") is None or importlib.util.find_spec("optimum") is not None,
        reason="needs the torch export environment (python3 -m installer export-env)",
    ),
]

Floats = NDArray[np.float32]

CLASSES = {
    "ddim": "DDIMScheduler",
    "euler": "EulerDiscreteScheduler",
    "dpm++2m": "DPMSolverMultistepScheduler",
    "unipc": "UniPCMultistepScheduler",
    "lcm": "LCMScheduler",
    "tcd": "TCDScheduler",
}

SIZES = {9: "192x128", 4: "128x128"}
"""What the network of so many channels is exported for, width first."""

PROMPT, NEGATIVE = "An empty BEACH, with white sand… and 2 boats", "a dog, blurry"

STEPS = 5

CLOSE = 1e-5
"""The greatest difference of any value of a picture in 0..1."""


def cases() -> list[Any]:
    """Every scheduler with both networks; each network has each strength and each guidance with every scheduler."""
    found = []
    for number, name in enumerate(CLASSES):
        for channels, ways in {9: ((1.0, 7.5), (0.6, 1.0)), 4: ((1.0, 1.0), (0.6, 7.5))}.items():
            for strength, guidance in ways:
                wish = Wish(PROMPT, NEGATIVE, STEPS, guidance, strength, seed=number, scheduler=name)
                found.append(pytest.param(channels, wish, id=f"{channels}-{name}-{strength}-{guidance}"))
    return found


@dataclass(frozen=True)
class Both:
    """diffusers' pipeline in float64 with the scheduler that its folder names, and what our exporter made of that folder."""

    painter: Any
    scheduling: Any
    exported: Pipeline


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Both]:
    """Tiny pipelines of 9 and of 4 channels with random weights."""
    import diffusers
    import torch

    from models.recipes.export.diffusion import command, tiny

    found = {}
    for channels, size in SIZES.items():
        folder = tmp_path_factory.mktemp("channels") / str(channels)
        hub, out = folder / "hub", folder / "out"
        tiny.make(hub, channels=channels, seed=channels)
        assert command.main([str(hub), str(out), "--size", size, "--parity", "none"]) == 0
        painter = diffusers.StableDiffusionInpaintPipeline.from_pretrained(str(hub), local_files_only=True)
        painter.set_progress_bar_config(disable=True)
        found[channels] = Both(painter.to(torch.float64), painter.scheduler.config, read_pipeline(out))
    return found


def picture(pipeline: Pipeline) -> tuple[Floats, NDArray[np.bool_]]:
    """Smooth colours with some grain, and a hole of a box and a circle, which don't lie on squares of 8."""
    random = np.random.default_rng(1)
    y, x = np.mgrid[: pipeline.height, : pipeline.width] / 32
    waves = [np.sin(x * a + b) * np.cos(y * b + a) for a, b in random.random((3, 2)) * 2]
    pixels = np.clip(np.stack(waves, axis=2) / 3 + 0.5 + 0.05 * random.standard_normal((*x.shape, 3)), 0, 1)
    mask = (abs(x - 2) < 0.7) & (abs(y - 1.5) < 0.9) | ((x - 3) ** 2 + (y - 2.6) ** 2 < 0.6)
    return pixels.astype(np.float32), mask


@contextmanager
def noise_of_ours(pipeline: Pipeline, seed: int, module: Any) -> Iterator[list[int]]:
    """diffusers draws what we would draw, in the order in which it draws; what is yielded gets an item a draw."""
    import torch
    from diffusers.pipelines.stable_diffusion import pipeline_stable_diffusion_inpaint as painting

    draw, draws = drawn(pipeline, seed), []

    def ours(shape: Any, *_: Any, **__: Any) -> torch.Tensor:
        noise = torch.from_numpy(draw()).double()
        assert tuple(shape) == tuple(noise.shape)
        draws.append(1)
        return noise

    with ExitStack() as stack:
        for one in (painting, module):
            if hasattr(one, "randn_tensor"):
                stack.enter_context(mock.patch.object(one, "randn_tensor", ours))
        yield draws


def by_diffusers(both: Both, wish: Wish) -> tuple[Floats, int]:
    """The picture by diffusers, float32 [height, width, 3], and how often it drew noise."""
    import diffusers
    import torch
    from diffusers.models.autoencoders.vae import DiagonalGaussianDistribution

    painter, pipeline = both.painter, both.exported
    assert wish.scheduler is not None
    kind = getattr(diffusers, CLASSES[wish.scheduler])
    painter.scheduler = kind.from_config(both.scheduling)
    pixels, mask = picture(pipeline)
    mean = mock.patch.object(DiagonalGaussianDistribution, "sample", lambda self, generator=None: self.mean)
    with mean, noise_of_ours(pipeline, wish.seed, sys.modules[kind.__module__]) as draws, torch.no_grad():
        found = painter(
            prompt=wish.prompt,
            negative_prompt=wish.negative,
            image=torch.from_numpy(pixels.transpose(2, 0, 1)[None].copy()),
            mask_image=torch.from_numpy(mask[None, None].astype(np.float32)),
            height=pipeline.height,
            width=pipeline.width,
            num_inference_steps=wish.steps,
            guidance_scale=wish.guidance,
            strength=wish.strength,
            eta=0.3 if wish.scheduler == "tcd" else 0.0,  # TCD's gamma; the pipeline's own 0 is meant for DDIM
            output_type="np",
        )
    return np.asarray(found.images[0], np.float32), len(draws)


@pytest.mark.parametrize(("channels", "wish"), cases())
def test_a_picture_is_what_diffusers_paints(
    both: dict[int, Both], channels: int, wish: Wish, record_property: Any
) -> None:
    pipeline = both[channels].exported
    pixels, mask = picture(pipeline)
    reference, draws = by_diffusers(both[channels], wish)
    with Parts(pipeline) as parts:
        painted = inpaint(parts, pixels, mask, wish, shrinking=sampled)
    difference = float(np.abs(painted.pixels[0] - reference).max())
    record_property("difference", difference)
    print(
        f"{channels} channels, {wish.scheduler}, strength {wish.strength}, guidance {wish.guidance}: {difference:.2e}"
    )
    noisy = len(painted.steps) - 1 if wish.scheduler in ("lcm", "tcd") else 0
    assert draws == 1 + noisy
    assert reference.std() > 0.05
    assert difference <= CLOSE


def test_the_prompt_the_hole_and_the_seed_matter(both: dict[int, Both]) -> None:
    """Else the comparison above would prove little."""
    for one in both.values():
        pipeline = one.exported
        pixels, mask = picture(pipeline)
        with Parts(pipeline) as parts:
            plain, prompt, negative, seed = (
                inpaint(parts, pixels, mask, wish).pixels[0]
                for wish in (
                    Wish(PROMPT, NEGATIVE, STEPS),
                    Wish("a cat", NEGATIVE, STEPS),
                    Wish(PROMPT, "a cat", STEPS),
                    Wish(PROMPT, NEGATIVE, STEPS, seed=1),
                )
            )
        for other in (prompt, negative, seed):
            assert np.abs(plain - other).max() > 1000 * CLOSE


def test_painting_imports_neither_torch_nor_its_relatives(both: dict[int, Both]) -> None:
    code = (
        "import sys; from pathlib import Path; import numpy as np\n"
        "from engines.diffusion import Parts, Wish, inpaint; from models.pipelines import read_pipeline\n"
        "pipeline = read_pipeline(Path(sys.argv[1])); size = (pipeline.height, pipeline.width)\n"
        "with Parts(pipeline) as parts:\n"
        "    painted = inpaint(parts, np.full((*size, 3), 0.5, np.float32), np.ones(size, bool), Wish('sand', steps=2))\n"
        "assert np.isfinite(painted.pixels[0]).all()\n"
        "print(sorted({'torch', 'diffusers', 'transformers', 'onnx', 'optimum'} & set(sys.modules)))\n"
    )
    folder = both[9].exported.folder
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=root, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
