"""The sentence encoder for NPUs: one file, made static for each length by the names of its dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from models.recipes.export import minilm_torch
from models.recipes.export.encode import OnnxEncoder, ReferenceEncoder
from models.recipes.export.npu.quantise import quantise, shrink_tables
from models.recipes.export.npu.rewrite import for_npu
from models.recipes.export.npu.simulator import Inputs, cosine, simulate
from models.recipes.export.quantise import AFTER_LAST_WORD, FIRST_WORD
from models.recipes.export.retrieval import COLLECTIONS, Verdict, collection, judge
from models.recipes.export.source import LONGEST, source_folder
from models.recipes.export.variants import BUCKETS

FILE = "model-npu.onnx"
FOLDER = "all-minilm-l6-v2"

LEAST_COSINE = 0.999
"""Between the simulator and the processor, on the same file (dispatch design, §6)."""

LEAST_SHARE = 0.95

TEXTS = (
    "The slides about penguins.",
    "rent contract flat Vienna 2023, signed",
    "How do I change the oil of a bread machine?",
    "Überweisung an die Gemeinde, naïve café",
)


@dataclass(frozen=True)
class Found:
    """What was measured: retrieval against float32, and by length the share that was placed and the least cosine."""

    verdicts: tuple[Verdict, ...]
    simulated: dict[int, tuple[float, float]]

    @property
    def passed(self) -> bool:
        """Whether every gate is passed."""
        return all(one.passed for one in self.verdicts) and all(
            share >= LEAST_SHARE and least >= LEAST_COSINE for share, least in self.simulated.values()
        )


def make(work: Path, source: Path | None) -> Path:
    """Write the file into `work`; its path."""
    exported, tables, rewritten = work / "exported.onnx", work / "tables.onnx", work / "rewritten.onnx"
    minilm_torch.export(source_folder(source), exported)
    shrink_tables(exported, tables)
    model = onnx.load(tables)
    for_npu(model)
    onnx.save(model, rewritten)
    quantise(rewritten, work / FILE, samples(), per_channel=False)
    for passed in (exported, tables, rewritten):
        passed.unlink()
    return work / FILE


def samples() -> list[Inputs]:
    """Random words of five lengths, padded as on the NPU: ranges hardly depend on the text, and none was used."""
    random = np.random.default_rng(0)
    found: list[Inputs] = []
    for length in (6, 20, 60, 120, 200) * 8:
        words = np.concatenate(([101], random.integers(FIRST_WORD, AFTER_LAST_WORD, length), [102]))
        found.append(padded(words.tolist(), LONGEST))
    return found


def padded(pieces: list[int], size: int) -> Inputs:
    """Both inputs of one text of word-pieces, filled up to `size`."""
    ids, mask = np.zeros((2, 1, size), np.int64)
    kept = pieces[:size]
    ids[0, : len(kept)] = kept
    mask[0, : len(kept)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def measure(file: Path, tokenizer: Path, collections: Path, simulator: Path, source: Path | None) -> Found:
    """Retrieval on the processor, then every length on the simulator."""
    from tokenizers import Tokenizer

    simulated = {}
    words = Tokenizer.from_file(str(tokenizer))
    for size in BUCKETS:
        cases = {f"text{place}": padded(words.encode(text).ids, size) for place, text in enumerate(TEXTS)}
        cases["full"] = padded(words.encode("word " * LONGEST).ids, size)
        done = simulate(simulator, file, {"batch": 1, "tokens": size}, cases)
        simulated[size] = (done.share, min(cosine(*pair) for pair in done.pairs.values()))
        print(f"{file.name} at {size}: {done.share:.1%} placed, least cosine {simulated[size][1]:.5f}", flush=True)
    reference = ReferenceEncoder(source_folder(source))
    verdicts = []
    for name in COLLECTIONS:
        verdicts.append(judge(collection(collections / name), reference, OnnxEncoder(file, tokenizer)))
        print(f"{file.name}: {verdicts[-1]}", flush=True)
    return Found(tuple(verdicts), simulated)


def section(file: Path, found: Found) -> str:
    """The part of the model card."""
    rows = [f"| {size} | {share:.1%} | {least:.5f} |" for size, (share, least) in sorted(found.simulated.items())]
    lost = [
        f"| {one.collection} | {one.reference:.4f} | {one.found:.4f} | {one.found / one.reference - 1:+.2%} | "
        f"{one.mean_cosine:.4f}, {one.least_cosine:.4f} |"
        for one in found.verdicts
    ]
    return "\n".join(
        [
            "## For NPUs",
            "",
            f"`{file.name}`, {file.stat().st_size:,} bytes, has the same inputs and output, 16-bit activations and 8-bit weights (QDQ,",
            "opset 21). It is one file for every length: the runtime fixes `batch` to 1 and `tokens` to 32, 64, 128 or 256 when it",
            "opens it. Made in the torch export environment, with Qualcomm's simulator beside it (`test --devices` makes that):",
            "",
            "```",
            "python -m models.recipes.export.npu encoder --collections ../shared/data/ir --simulator .devices-qnn/bin/python --write",
            "```",
            "",
            "The float32 export is rewritten first, without changing what it computes: GELU as one operator (QNN has no erf); -60",
            "in place of -10,000 as mask (it would set the scale of all scores); every matrix with columns of like size, and a",
            "multiplication behind it (QNN's MatMul takes one scale a matrix); mean pooling as one product of matrices. The",
            "embedding tables are looked up on the processor, the rest runs on the NPU.",
            "",
            "On the simulator (onnxruntime-qnn 2.7.0), against the processor on the same file; five texts at each length:",
            "",
            "| word-pieces | MatMul on the NPU | least cosine |",
            "|---|---|---|",
            *rows,
            "",
            "Against float32, on the processor (gate: at most 1 % of nDCG@10 less):",
            "",
            "| collection | float32 | this file | change | cosine to float32: mean, least |",
            "|---|---|---|---|---|",
            *lost,
            "",
            "It has not run on a real NPU yet. The simulator proves numbers and placement, not speed.",
        ]
    )
