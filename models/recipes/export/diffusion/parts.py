"""The parts of a pipeline as modules that take and give what `models/pipelines.py` says."""

from __future__ import annotations

import torch
from torch import Tensor

from models.recipes.export.diffusion.attention import Attentions, Given, Hand, take_hold


class TextEncoder(torch.nn.Module):  # type: ignore[misc]  # torch is not there when mypy runs
    """int64 [1, tokens] → [1, tokens, D], as diffusers' pipelines read it.

    `skip` layers are left out at the end; the final normalisation stays, as in `encode_prompt(clip_skip=…)`.
    """

    def __init__(self, encoder: torch.nn.Module, skip: int = 0) -> None:
        super().__init__()
        self.encoder = encoder
        inner = getattr(encoder, "text_model", encoder)  # older releases of transformers wrap it once more
        layers = len(inner.encoder.layers)
        if not 0 <= skip < layers:
            raise ValueError(f"{skip} of the text encoder's {layers} layers can't be left out")
        del inner.encoder.layers[layers - skip :]

    def forward(self, input_ids: Tensor) -> Tensor:
        """See the class."""
        return self.encoder(input_ids).last_hidden_state


class TextKeysValues(torch.nn.Module):  # type: ignore[misc]
    """[1, tokens, D] → keys and values [1, tokens, W] of every cross-attention, side by side in the order they run."""

    def __init__(self, found: Attentions) -> None:
        super().__init__()
        self.keys = torch.nn.ModuleList(module.to_k for module in found.cross)
        self.values = torch.nn.ModuleList(module.to_v for module in found.cross)

    def forward(self, last_hidden_state: Tensor) -> tuple[Tensor, Tensor]:
        """See the class."""
        k = torch.cat([key(last_hidden_state) for key in self.keys], dim=-1)
        v = torch.cat([value(last_hidden_state) for value in self.values], dim=-1)
        return k, v


class Unet(torch.nn.Module):  # type: ignore[misc]
    """sample [1, channels, h, w], timestep [1], k and v [1, tokens, W], biases [1, 1, 1, N] → [1, 4, h, w].

    `bias` are the token counts that there is a bias for, in the order of the arguments; none makes the unbiased twin.
    """

    def __init__(self, unet: torch.nn.Module, found: Attentions, bias: tuple[int, ...]) -> None:
        super().__init__()
        self.unet = unet
        self.bias = bias
        self.hand = Hand()
        take_hold(found, self.hand)

    def forward(self, sample: Tensor, timestep: Tensor, k: Tensor, v: Tensor, *biases: Tensor) -> Tensor:
        """See the class."""
        self.hand.given = Given(k, v, dict(zip(self.bias, biases, strict=True)))
        try:
            return self.unet(sample, timestep, encoder_hidden_states=None, return_dict=False)[0]
        finally:
            self.hand.given = None


class VaeEncoder(torch.nn.Module):  # type: ignore[misc]
    """pixels [1, 3, H, W] in -1..1 → the mean of the latent [1, 4, h, w], moved and scaled as the UNet wants it."""

    def __init__(self, vae: torch.nn.Module) -> None:
        super().__init__()
        self.vae = vae
        self.factor = float(vae.config.scaling_factor)
        self.shift = float(getattr(vae.config, "shift_factor", None) or 0.0)

    def forward(self, pixels: Tensor) -> Tensor:
        """See the class."""
        found = self.vae.encode(pixels)
        mean = found.latents if hasattr(found, "latents") else found.latent_dist.mean
        return (mean - self.shift) * self.factor


class VaeDecoder(torch.nn.Module):  # type: ignore[misc]
    """latent [1, 4, h, w] as the UNet gives it → pixels [1, 3, H, W] in about -1..1."""

    def __init__(self, vae: torch.nn.Module) -> None:
        super().__init__()
        self.vae = vae
        self.factor = float(vae.config.scaling_factor)
        self.shift = float(getattr(vae.config, "shift_factor", None) or 0.0)

    def forward(self, latent: Tensor) -> Tensor:
        """See the class."""
        return self.vae.decode(latent / self.factor + self.shift, return_dict=False)[0]
