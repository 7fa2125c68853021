"""Makes what lies in `fixtures`; run in the torch export environment: `python -m tests.engines.diffusion.make_fixtures`.

- `tokenizer/`: a vocabulary in the form of CLIP's (256 bytes, 256 bytes at a word's end, merges, start, end), with merges
  learned from `prompts.py`; another run may learn others of equally frequent pairs. CLIP's own is not here: it came with no
  package that this house uses. The rules that turn text into pieces are the same for any vocabulary; with CLIP's own they
  were compared once, on 28 texts, in the design study.
- `clip_ids.json`: what `CLIPTokenizerFast` makes of every text of `prompts.py` with it, cut at 77 and not filled up.
- `schedulers.npz`: the walks of `walks.py` by diffusers, and the noise that both sides were given.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from models.pipelines import MERGES, VOCABULARY
from tests.engines.diffusion import walks
from tests.engines.diffusion.prompts import prompts

FIXTURES = Path(__file__).with_name("fixtures")
IDS = FIXTURES / "clip_ids.json"
SPECIAL = ("<|startoftext|>", "<|endoftext|>")
PIECES = 2_600


def write_vocabulary(folder: Path) -> None:
    """Learn merges from the prompts and write both files, in CLIP's order."""
    learned = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learned.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    words = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    learned.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(words, "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES, end_of_word_suffix="</w>", initial_alphabet=alphabet, show_progress=False
    )
    learned.train_from_iterator(prompts(), trainer)
    merges = [tuple(pair) for pair in json.loads(learned.to_str())["model"]["merges"]]
    pieces = [*alphabet, *(sign + "</w>" for sign in alphabet), *(left + right for left, right in merges), *SPECIAL]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    (folder / VOCABULARY).parent.mkdir(parents=True, exist_ok=True)
    (folder / VOCABULARY).write_text(json.dumps(vocabulary), encoding="utf-8")
    lines = ["#version: 0.2", *(f"{left} {right}" for left, right in merges)]
    (folder / MERGES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ids(file: Path) -> None:
    """Every prompt with its ids."""
    from tests.engines.diffusion.test_export_reference import reference_tokenizer  # it reads the vocabulary of above

    tokenizer = reference_tokenizer(FIXTURES)
    lines = [
        json.dumps([text, tokenizer(text, truncation=True, max_length=77)["input_ids"]], separators=(",", ":"))
        for text in prompts()
    ]
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def write_walks(file: Path) -> None:
    """Every case of `walks.CASES` by diffusers."""
    from tests.engines.diffusion.test_export_reference import reference_walk

    given = walks.Given.drawn(13, fresh=8)
    found: dict[str, Any] = {"clean": given.clean, "first": given.first, "fresh": given.fresh}
    for number, case in enumerate(walks.CASES):
        walk = reference_walk(case, given)
        found |= {
            f"{number} latents": walk.latents,
            f"{number} timesteps": walk.timesteps,
            f"{number} noised": walk.noised[[0, -1]],
            f"{number} scale": np.float64(walk.scale),
        }
    np.savez_compressed(file, **found)


if __name__ == "__main__":
    write_vocabulary(FIXTURES)
    write_ids(IDS)
    write_walks(walks.FIXTURE)
    for path in sorted(one for one in FIXTURES.rglob("*") if one.is_file()):
        print(path.relative_to(FIXTURES), path.stat().st_size)
