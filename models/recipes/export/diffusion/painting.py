"""Runs an exported pipeline with diffusers' own schedulers, and diffusers' pipeline in the same way: for comparison alone.

The run time has its own schedulers and none of this; here both sides share everything but the networks, so a difference is
the export's. Both draw from `torch.Generator(seed)` in the same order. Two things are not diffusers' habit and are done to
its pipeline too: the autoencoder's mean is taken instead of a sample, and the first noise is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Noise
from models.recipes.export.diffusion.load import Origin
from models.recipes.export.diffusion.noise import CLASSES, diffusers_config
from models.recipes.export.diffusion.parts import VaeDecoder, VaeEncoder

TCD_ETA = 0.3
"""How much noise TCD puts back at each step (diffusers' default)."""

Feed = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Case:
    """One picture to paint: pixels [1, 3, H, W] in 0..1, mask [1, 1, H, W] with 1 = repaint, and how."""

    pixels: Tensor
    mask: Tensor
    prompt: str
    negative: str = ""
    steps: int = 4
    guidance: float = 7.5
    strength: float = 1.0
    seed: int = 0
    scheduler: str = "ddim"


def made_up_case(height: int, width: int, **others: Any) -> Case:
    """A smooth picture with some grain, a third of it to repaint."""
    random = torch.Generator().manual_seed(7)
    small = torch.rand(1, 3, 6, 6, generator=random)
    smooth = torch.nn.functional.interpolate(small, (height, width), mode="bicubic", align_corners=False)
    pixels = (smooth + 0.03 * torch.randn(1, 3, height, width, generator=random)).clamp(0, 1)
    mask = torch.zeros(1, 1, height, width)
    mask[:, :, height // 4 : height * 3 // 4, width // 5 : width * 4 // 5] = 1
    return Case(pixels, mask, **others)


def scheduler_of(name: str, noise: Noise) -> Any:
    """diffusers' scheduler of that name for that noise."""
    import diffusers

    kind = getattr(diffusers, CLASSES[name])
    return kind.from_config(diffusers_config(noise))


def session(file: Path) -> onnxruntime.InferenceSession:
    """A file on the processor, with as many threads as torch has."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


@dataclass
class Graphs:
    """The files of an exported folder. One is open at a time: the largest may need all the memory there is.

    `watch` hears every feed of the UNet.
    """

    folder: Path
    bias: tuple[int, ...]
    unet_file: str = UNET
    watch: Callable[[Feed], None] | None = None
    _open: tuple[str, Any] = ("", None)

    def run(self, name: str, feed: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """The outputs of `name`."""
        if self._open[0] != name:
            self._open = ("", None)
            self._open = (name, session(self.folder / name))
        return list(self._open[1].run(None, dict(feed)))

    def text(self, ids: Tensor) -> tuple[NDArray[Any], NDArray[Any]]:
        """Keys and values of a text's ids."""
        (embedding,) = self.run(TEXT, {"input_ids": ids.numpy()})
        k, v = self.run(TEXT_KV, {"last_hidden_state": embedding})
        return k, v

    def unet(self, sample: Tensor, timestep: float, text: tuple[NDArray[Any], NDArray[Any]]) -> Tensor:
        """The noise that the UNet sees, without a bias."""
        feed: Feed = {
            "sample": sample.numpy(),
            "timestep": np.array([timestep], np.float32),
            "k": text[0],
            "v": text[1],
            **{f"bias_{n}": np.zeros((1, 1, 1, n), np.float32) for n in self.bias},
        }
        if self.watch:
            self.watch(feed)
        return torch.from_numpy(self.run(self.unet_file, feed)[0])

    def encode(self, pixels: Tensor) -> Tensor:
        """A latent of pixels in -1..1."""
        return torch.from_numpy(self.run(ENCODER, {"pixels": pixels.numpy()})[0])

    def decode(self, latent: Tensor) -> Tensor:
        """Pixels in -1..1 of a latent."""
        return torch.from_numpy(self.run(DECODER, {"latent": latent.numpy()})[0])


@dataclass
class Modules:
    """The same by PyTorch with diffusers' own attention: what the files are compared with.

    `watch` hears the sample, the time, the text's state and the noise of every run of the UNet.
    """

    origin: Origin
    watch: Callable[[Tensor, float, Tensor, Tensor], None] | None = None

    def __post_init__(self) -> None:
        self.encoder = self.origin.text_encoder()
        self.vae = self.origin.autoencoder()
        self.network = self.origin.unet()

    def text(self, ids: Tensor) -> Tensor:
        """The state [1, tokens, D] of a text's ids."""
        return embedded(self.encoder, ids, self.origin.clip_skip)

    def unet(self, sample: Tensor, timestep: float, text: Tensor) -> Tensor:
        """The noise that the UNet sees."""
        noise = self.network(sample, torch.tensor([timestep]), encoder_hidden_states=text).sample
        if self.watch:
            self.watch(sample, timestep, text, noise)
        return noise

    def encode(self, pixels: Tensor) -> Tensor:
        """A latent of pixels in -1..1."""
        return VaeEncoder(self.vae)(pixels)

    def decode(self, latent: Tensor) -> Tensor:
        """Pixels in -1..1 of a latent."""
        return VaeDecoder(self.vae)(latent)


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is not there when mypy runs
def paint(graphs: Graphs | Modules, origin: Origin, noise: Noise, case: Case) -> NDArray[np.float32]:
    """Paint `case` with the exported files, or with PyTorch; [H, W, 3] in 0..1, nothing pasted back."""
    shrink, channels = origin.hub.shrink, origin.hub.channels
    scheduler = scheduler_of(case.scheduler, noise)
    scheduler.set_timesteps(case.steps)
    first = max(case.steps - min(int(case.steps * case.strength), case.steps), 0)
    times = scheduler.timesteps[first * scheduler.order :]
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first * scheduler.order)
    positive = graphs.text(origin.ids(case.prompt))
    negative = graphs.text(origin.ids(case.negative)) if case.guidance > 1 else None
    pixels = case.pixels * 2 - 1
    known = torch.cat([case.mask[:, :, ::shrink, ::shrink], graphs.encode(pixels * (case.mask < 0.5))], 1)
    picture = graphs.encode(pixels) if channels == 4 or case.strength < 1 else None
    start = first_noise(case, shrink)
    if picture is None or case.strength >= 1:
        x = start * scheduler.init_noise_sigma
    else:
        x = scheduler.add_noise(picture, start, times[:1])
    generator = torch.Generator().manual_seed(case.seed)
    for i, t in enumerate(times):
        scaled = scheduler.scale_model_input(x, t)
        sample = torch.cat([scaled, known], 1) if channels == 9 else scaled
        e = graphs.unet(sample, float(t), positive)
        if negative is not None:
            plain = graphs.unet(sample, float(t), negative)
            e = plain + case.guidance * (e - plain)
        x = scheduler.step(e, t, x, **accepted(scheduler, generator)).prev_sample
        if channels == 4:
            assert picture is not None
            kept = scheduler.add_noise(picture, start, times[i + 1 : i + 2]) if i + 1 < len(times) else picture
            x = (1 - known[:, :1]) * kept + known[:, :1] * x
    return np.asarray(((graphs.decode(x) / 2 + 0.5).clamp(0, 1))[0].permute(1, 2, 0).numpy(), np.float32)


def painted_by_diffusers(origin: Origin, noise: Noise, case: Case) -> NDArray[np.float32]:
    """The same case by diffusers' inpainting pipeline; [H, W, 3] in 0..1."""
    from diffusers import StableDiffusionInpaintPipeline
    from transformers import CLIPTokenizer

    from models.recipes.export.diffusion.source import TOKENIZER

    encoder = origin.text_encoder()
    texts = {
        "prompt_embeds": embedded(encoder, origin.ids(case.prompt), origin.clip_skip),
        "negative_prompt_embeds": embedded(encoder, origin.ids(case.negative), origin.clip_skip),
    }
    pipeline = StableDiffusionInpaintPipeline(
        vae=origin.autoencoder(),
        text_encoder=encoder,
        tokenizer=CLIPTokenizer.from_pretrained(str(origin.hub.folder / TOKENIZER), local_files_only=True),
        unet=origin.unet(),
        scheduler=scheduler_of(case.scheduler, noise),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    take_mean(pipeline.vae)
    # Its own way for a strength below 1 scales given latents as if they were pure noise, so there it draws them itself.
    start = first_noise(case, origin.hub.shrink)
    pipeline.prepare_latents = prepared(pipeline, start, case.strength)
    found = pipeline(
        **texts,
        image=case.pixels,
        mask_image=case.mask,
        height=case.pixels.shape[2],
        width=case.pixels.shape[3],
        num_inference_steps=case.steps,
        guidance_scale=case.guidance,
        strength=case.strength,
        eta=TCD_ETA if case.scheduler == "tcd" else 0.0,  # the pipeline's 0 would replace the scheduler's own
        generator=torch.Generator().manual_seed(case.seed),
        output_type="np",
    )
    return np.asarray(found.images[0], np.float32)


def prepared(pipeline: Any, start: Tensor, strength: float) -> Callable[..., Any]:
    """diffusers' `prepare_latents` with the first noise given."""

    def prepare(*_: Any, image: Tensor, timestep: Tensor, return_image_latents: bool, **__: Any) -> tuple[Tensor, ...]:
        latents = start * pipeline.scheduler.init_noise_sigma
        picture = pipeline._encode_vae_image(image, None) if return_image_latents or strength < 1 else None  # noqa: SLF001
        if strength < 1:
            latents = pipeline.scheduler.add_noise(picture, start, timestep)
        return (latents, start, picture) if return_image_latents else (latents, start)

    return prepare


def first_noise(case: Case, shrink: int) -> Tensor:
    """The noise to begin with, of the case's seed."""
    shape = (1, 4, case.pixels.shape[2] // shrink, case.pixels.shape[3] // shrink)
    return torch.randn(shape, generator=torch.Generator().manual_seed(case.seed + 1))


def embedded(encoder: torch.nn.Module, ids: Tensor, skip: int) -> Tensor:
    """What diffusers makes of a text: the last state, or an earlier one behind the final normalisation."""
    with torch.no_grad():
        if not skip:
            return encoder(ids)[0]
        inner = getattr(encoder, "text_model", encoder)
        states = encoder(ids, output_hidden_states=True).hidden_states
        return inner.final_layer_norm(states[-(skip + 1)])


def take_mean(vae: torch.nn.Module) -> None:
    """Make every latent that `vae` encodes its mean, whoever asks for a sample."""
    encode = vae.encode

    def mean(pixels: Tensor) -> Any:
        found = encode(pixels)
        if hasattr(found, "latent_dist"):
            found.latent_dist.sample = lambda generator=None: found.latent_dist.mean  # noqa: ARG005
        return found

    vae.encode = mean


def accepted(scheduler: Any, generator: torch.Generator) -> dict[str, Any]:
    """The generator, for a scheduler that draws noise."""
    import inspect

    return {"generator": generator} if "generator" in inspect.signature(scheduler.step).parameters else {}
