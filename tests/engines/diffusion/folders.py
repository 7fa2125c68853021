"""A pipeline that is nothing but its tokenizer."""

from __future__ import annotations

import json
from pathlib import Path

from models.pipelines import VOCABULARY, Pipeline, TextPart
from tests.engines.diffusion.walks import SD

FIXTURES = Path(__file__).with_name("fixtures")
VOCABULARY_OF_FIXTURES: dict[str, int] = json.loads((FIXTURES / VOCABULARY).read_text(encoding="utf-8"))
START_PIECE, END_PIECE = "<|startoftext|>", "<|endoftext|>"
START, END = VOCABULARY_OF_FIXTURES[START_PIECE], VOCABULARY_OF_FIXTURES[END_PIECE]


def text_pipeline(folder: Path = FIXTURES, *, tokens: int = 77, end: int = END, pad: int = END) -> Pipeline:
    """The parts that the tokenizer asks about are as they would be; of the others only the form."""
    return Pipeline(
        folder=folder,
        id="tiny",
        title="Tiny",
        origin="a test",
        licence="CC0-1.0",
        channels=9,
        height=64,
        width=64,
        shrink=8,
        latent_factor=0.18215,
        text=TextPart(width=32, tokens=tokens, start=START, end=end, pad=pad),
        widths=(32,),
        bias=(64,),
        noise=SD,
        scheduler="ddim",
        steps=4,
        guidance=1.0,
        precisions={},
        files=(),
    )
