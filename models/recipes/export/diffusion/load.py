"""The parts of a hub folder as torch modules in float32, from the folder alone: nothing is looked up anywhere."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from models.recipes.export.diffusion.lora import Lora, fuse
from models.recipes.export.diffusion.source import TEXT, TOKENIZER, UNET, VAE, Hub, tokens_of


@dataclass(frozen=True)
class Origin:
    """What is exported: a hub folder, the LoRAs that are fused into it, and an autoencoder instead of its own."""

    hub: Hub
    loras: Sequence[Lora] = ()
    vae: Path | None = None
    clip_skip: int = 0

    def text_encoder(self) -> torch.nn.Module:
        """The text encoder, whole: `clip_skip` is for whoever runs it."""
        from transformers import CLIPTextModel

        offline()
        variant = self.hub.weights(TEXT)[1]
        module = CLIPTextModel.from_pretrained(
            str(self.hub.folder / TEXT),
            attn_implementation="eager",
            local_files_only=True,
            use_safetensors=True,
            variant=variant,
            dtype=torch.float32,
        ).eval()
        for lora in self.loras:
            fuse(module, lora, "text_encoder")
        return module

    def unet(self) -> torch.nn.Module:
        """The UNet with the LoRAs in its weights."""
        from diffusers import UNet2DConditionModel

        offline()
        variant = self.hub.weights(UNET)[1]
        module = UNet2DConditionModel.from_pretrained(
            str(self.hub.folder / UNET),
            local_files_only=True,
            use_safetensors=True,
            variant=variant,
            torch_dtype=torch.float32,
            low_cpu_mem_usage=False,
        ).eval()
        for lora in self.loras:
            fuse(module, lora, "unet")
        return module

    def autoencoder(self) -> torch.nn.Module:
        """The autoencoder: AutoencoderKL, or a distilled AutoencoderTiny."""
        import diffusers

        offline()
        kind = getattr(diffusers, self.hub.vae["_class_name"])
        variant = None if self.vae else self.hub.weights(VAE)[1]
        return kind.from_pretrained(
            str(self.vae or self.hub.folder / VAE),
            local_files_only=True,
            use_safetensors=True,
            variant=variant,
            torch_dtype=torch.float32,
            low_cpu_mem_usage=False,
        ).eval()

    def latent_factor(self) -> float:
        """What latents are multiplied by: as the configuration says, else what its class takes. Reads no weights."""
        import diffusers

        offline()
        kind = getattr(diffusers, self.hub.vae["_class_name"])
        with torch.device("meta"):
            return float(kind.from_config(dict(self.hub.vae)).config.scaling_factor)

    def ids(self, text: str) -> torch.Tensor:
        """int64 [1, tokens]: a text as diffusers' pipelines cut and fill it."""
        from transformers import CLIPTokenizer

        offline()
        tokenizer = CLIPTokenizer.from_pretrained(str(self.hub.folder / TOKENIZER), local_files_only=True)
        found = tokenizer(
            text, padding="max_length", max_length=tokens_of(self.hub), truncation=True, return_tensors="pt"
        )
        return found.input_ids


def offline() -> None:
    """Before anything of the hub's libraries is used: no network, and no advice about packages that aren't needed."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    warnings.filterwarnings("ignore", module="diffusers|transformers|huggingface_hub")
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
