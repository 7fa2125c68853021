"""How much memory a part takes, and how much is free: parts that don't fit beside each other are opened one after another."""

from __future__ import annotations

from homespun.errors import NoSpace
from homespun.files import size_text
from models.pipelines import DECODER, ENCODER, UNET, Pipeline

GIVEN = {"fp16": 3.2, "a16w8": 5.3, "a8w8": 5.3}
INSIDE, BESIDE = 1.8, 1.1
"""What a byte of a part's files becomes in memory while it is opened and run, by precision; in float32 by whether the weights
are inside the file or in one beside it. Measured on the processor, which computes half floats and int8 in float32 and keeps
both: 40 matrices of 2048 x 2048, ONNX Runtime 1.32. BESIDE is the UNet of SD 1.5, 3.44 GB (diffusion.md §3.5)."""

ENCODER_PIXEL, DECODER_PIXEL = 4_500, 8_100
"""Bytes for each pixel while the encoder and the decoder run: 1.31 and 2.26 GiB at 512 × 512 pixels (diffusion.md §3.5)."""

PAIR, TOKEN = 96, 100_000
"""Bytes for each pair of tokens of the largest self-attention (8 heads of three float32 arrays), and for each token, while
the UNet runs: together the 2 GB that SD 1.5 took at 4096 tokens (diffusion.md §3.5)."""

LEAST = 64_000_000
"""Bytes of any part besides: the runtime's own."""


def free_memory() -> int:
    """Bytes that can be had without another program being swapped out."""
    import psutil

    return int(psutil.virtual_memory().available)


def needed_memory(pipeline: Pipeline, part: str) -> int:
    """Bytes that `part` takes at its peak, about."""
    beside = any(file.name == f"{part}.data" for file in pipeline.files)
    factor = GIVEN.get(pipeline.precisions.get(part, ""), BESIDE if beside else INSIDE)
    pixels, tokens = pipeline.height * pipeline.width, pipeline.latent[2] * pipeline.latent[3]
    working = {
        ENCODER: ENCODER_PIXEL * pixels,
        DECODER: DECODER_PIXEL * pixels,
        UNET: TOKEN * tokens + PAIR * max(pipeline.bias, default=tokens) ** 2,
    }
    return int(pipeline.size_of(part) * factor) + working.get(part, 0) + LEAST


def no_memory(pipeline: Pipeline, part: str) -> NoSpace:
    """What is raised when a part doesn't fit though nothing else of the pipeline is open."""
    return NoSpace(
        f"There is not enough memory for {part} of {pipeline.title}: it takes about "
        f"{size_text(needed_memory(pipeline, part))}, and {size_text(free_memory())} are free.",
        "Close other programs and try again, or erase with --quality balanced.",
    )
