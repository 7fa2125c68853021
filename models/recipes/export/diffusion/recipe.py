"""The parts of a pipeline, one after another: what each is made of, and how."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from models.pipelines import DECODER, ENCODER, TEXT_KV, UNET
from models.pipelines import TEXT as TEXT_FILE
from models.recipes.export.diffusion import parts
from models.recipes.export.diffusion.attention import attentions_of
from models.recipes.export.diffusion.load import Origin
from models.recipes.export.diffusion.making import Facts, Say, Workshop, fingerprint
from models.recipes.export.diffusion.source import TEXT, VAE, tokens_of
from models.recipes.export.diffusion.source import UNET as UNET_FOLDER
from models.recipes.export.diffusion.write import LARGEST, export
from models.recipes.export.source import sha256

PACKAGES = ("torch", "diffusers", "transformers", "onnx", "onnxscript", "onnxruntime")

SINGLE = {DECODER}
"""Parts that stay float32 whatever is asked: autoencoders of this kind are known to overflow float16 (diffusion.md §2.2)."""


@dataclass
class Recipe:
    """What is asked for: an origin, pixels, and a precision (`fp32` or `fp16`)."""

    origin: Origin
    height: int
    width: int
    precision: str = "fp32"
    largest: int = LARGEST
    _hashes: dict[Path, str] = field(default_factory=dict)

    @property
    def latent(self) -> tuple[int, int]:
        """Height and width in latent pixels."""
        shrink = self.origin.hub.shrink
        return self.height // shrink, self.width // shrink

    def precision_of(self, part: str) -> str:
        """What a part is written in."""
        return "fp32" if part in SINGLE else self.precision

    def inputs_of(self, part: str) -> dict[str, Any]:
        """What the file of `part` hangs on, for its fingerprint."""
        origin, hub = self.origin, self.origin.hub
        known: dict[str, Any] = {
            "part": part,
            "precision": self.precision_of(part),
            "largest": self.largest,
            "versions": {name: version(name) for name in PACKAGES},
        }
        if part == TEXT_FILE:
            files = hub.weights(TEXT)[0]
            known |= {"config": hub.text, "skip": origin.clip_skip}
        elif part in (UNET, TEXT_KV):
            files = hub.weights(UNET_FOLDER)[0]
            known |= {"config": hub.unet, "size": (self.height, self.width), "tokens": tokens_of(hub)}
        else:
            files = sorted(origin.vae.glob("*.safetensors")) if origin.vae else hub.weights(VAE)[0]
            known |= {"config": hub.vae, "size": (self.height, self.width)}
        known["weights"] = [self._hash(file) for file in files]
        if part in (TEXT_FILE, UNET, TEXT_KV):
            known["loras"] = [(self._hash(lora.file), lora.scale) for lora in origin.loras]
        return known

    def make(self, shop: Workshop, say: Say) -> Facts:
        """Make every part that isn't kept; the facts that the manifest tells (`widths`, `bias`)."""
        facts: Facts = {}
        for part, maker in self.makers().items():
            facts |= shop.part(part, fingerprint(self.inputs_of(part)), partial(self._written, part, maker), say)
            gc.collect()
        return facts

    def makers(self) -> Mapping[str, Callable[[Path], Facts]]:
        """How each part is written in float32, smallest first: what fails then fails early."""
        return {
            TEXT_FILE: self.text_encoder,
            ENCODER: self.vae_encoder,
            DECODER: self.vae_decoder,
            TEXT_KV: self.text_kv,
            UNET: self.unet,
        }

    def _written(self, part: str, maker: Callable[[Path], Facts], file: Path) -> Facts:
        if self.precision_of(part) == "fp32":
            return maker(file)
        from models.recipes.export.diffusion.half import half

        single = file.with_name(f"fp32-{file.name}")
        facts = maker(single)
        gc.collect()
        half(single, file, largest=self.largest)
        for left in file.parent.glob(f"{single.name}*"):
            left.unlink()
        return facts

    def text_encoder(self, file: Path) -> Facts:
        """input_ids → last_hidden_state."""
        module = parts.TextEncoder(self.origin.text_encoder(), self.origin.clip_skip)
        ids = torch.zeros(1, tokens_of(self.origin.hub), dtype=torch.int64)
        export(module, [ids], ["input_ids"], ["last_hidden_state"], file, largest=self.largest)
        return {}

    def vae_encoder(self, file: Path) -> Facts:
        """pixels → latent."""
        pixels = torch.zeros(1, 3, self.height, self.width)
        module = parts.VaeEncoder(self.origin.autoencoder())
        export(module, [pixels], ["pixels"], ["latent"], file, largest=self.largest)
        return {}

    def vae_decoder(self, file: Path) -> Facts:
        """latent → pixels."""
        module = parts.VaeDecoder(self.origin.autoencoder())
        export(module, [torch.zeros(1, 4, *self.latent)], ["latent"], ["pixels"], file, largest=self.largest)
        return {}

    def text_kv(self, file: Path) -> Facts:
        """last_hidden_state → k, v."""
        unet = self.origin.unet()
        found = attentions_of(unet, self.sample(), tokens_of(self.origin.hub))
        module = parts.TextKeysValues(found)
        text = torch.zeros(1, tokens_of(self.origin.hub), unet.config.cross_attention_dim)
        export(module, [text], ["last_hidden_state"], ["k", "v"], file, largest=self.largest)
        return {}

    def unet(self, file: Path, *, biased: bool = True) -> Facts:
        """sample, timestep, k, v, biases → out_sample; `biased` False makes the twin without biases, for comparison."""
        unet = self.origin.unet()
        found = attentions_of(unet, self.sample(), tokens_of(self.origin.hub))
        bias = found.bias if biased else ()
        text = torch.zeros(1, tokens_of(self.origin.hub), sum(found.widths))
        example = [self.sample(), torch.ones(1), text, text.clone(), *(torch.zeros(1, 1, 1, n) for n in bias)]
        names = ["sample", "timestep", "k", "v", *(f"bias_{n}" for n in bias)]
        export(parts.Unet(unet, found, bias), example, names, ["out_sample"], file, largest=self.largest)
        return {"widths": list(found.widths), "bias": list(found.bias)}

    def sample(self) -> torch.Tensor:
        """Zeros in the shape that the UNet takes."""
        return torch.zeros(1, self.origin.hub.channels, *self.latent)

    def _hash(self, file: Path) -> str:
        if file not in self._hashes:
            self._hashes[file] = sha256(file)
        return self._hashes[file]
