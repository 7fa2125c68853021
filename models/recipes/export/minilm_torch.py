"""Route T: all-MiniLM-L6-v2 by `torch.onnx`, with pooling and normalisation in the graph.

The exporter is the TorchScript one. The newer one was measured beside it: its GELU is a pattern that ONNX Runtime does
not fuse below opset 20, which cost 6 % of the time, and DirectML wants opset 17.

    python -m models.recipes.export.minilm_torch OUT.onnx [--tokens N]
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

import torch
from transformers import AutoModel

from models.recipes.export.source import source_folder

OPSET = 17

MASKED = -10_000.0
"""Added to the score of padding before the softmax: exp() of it is 0 in float32, and it still fits float16."""


class SentenceEncoder(torch.nn.Module):  # type: ignore[misc]  # torch is not there when mypy runs
    """The network with mean pooling over real tokens and L2 normalisation. Token types are folded away as zeros."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(str(folder), attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Unit vectors [batch, 384] for int64 [batch, tokens] twice."""
        mask = attention_mask.to(torch.float32)
        # A four-dimensional mask is added as it is; from a two-dimensional one the library builds 60 nodes of its own.
        hidden = self.bert(
            input_ids=input_ids,
            attention_mask=(1.0 - mask[:, None, None, :]) * MASKED,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        weights = mask.unsqueeze(-1)
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        # Not functional.normalize: it expands the length to the vector's shape, which asks for that shape at run time.
        return mean / mean.norm(p=2, dim=1, keepdim=True).clamp(min=1e-12)


def export(folder: Path, out: Path, tokens: int | None = None) -> None:
    """Write float32 ONNX to `out`: any batch and length, or batch 1 and `tokens` long."""
    encoder = SentenceEncoder(folder).eval()
    size = (2, 16) if tokens is None else (1, tokens)
    example = (torch.full(size, 1_000), torch.ones(size, dtype=torch.int64))
    varying = {0: "batch", 1: "tokens"}
    axes = {"input_ids": varying, "attention_mask": varying, "sentence_vector": {0: "batch"}}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            encoder,
            example,
            str(out),
            input_names=["input_ids", "attention_mask"],
            # Not `embedding`: a module has that name, and ONNX Runtime refuses the file (search.md §5).
            output_names=["sentence_vector"],
            dynamic_axes=axes if tokens is None else None,
            opset_version=OPSET,
            dynamo=False,
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--tokens", type=int, help="fix batch 1 and this length")
    given = parser.parse_args()
    export(source_folder(given.source), given.out, given.tokens)


if __name__ == "__main__":
    main()
