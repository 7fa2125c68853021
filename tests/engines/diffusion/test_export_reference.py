"""Tokenizer and schedulers against transformers and diffusers themselves, on what hypothesis thinks of.

`make_fixtures.py` takes the reference from here too: only tests marked `export` may import what only an export environment has.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engines.diffusion import ClipTokenizer
from homespun.errors import UsageError
from models.pipelines import BETAS, MERGES, PREDICTIONS, SCHEDULERS, SPACINGS, VOCABULARY, Noise
from tests.engines.diffusion.folders import END_PIECE, FIXTURES, START_PIECE, VOCABULARY_OF_FIXTURES, text_pipeline
from tests.engines.diffusion.walks import TOLERANCE, Case, Given, Walk, distance, stand_in, walked

needs_both = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("diffusers", "transformers", "torch")),
    reason="needs an export environment (python3 -m installer export-env)",
)

pytestmark = [pytest.mark.export, pytest.mark.timeout(900), needs_both]

KINDS = {
    "ddim": ("ddim", "DDIMScheduler"),
    "euler": ("euler_discrete", "EulerDiscreteScheduler"),
    "dpm++2m": ("dpmsolver_multistep", "DPMSolverMultistepScheduler"),
    "unipc": ("unipc_multistep", "UniPCMultistepScheduler"),
    "lcm": ("lcm", "LCMScheduler"),
    "tcd": ("tcd", "TCDScheduler"),
}


def reference_scheduler(case: Case) -> tuple[Any, Any]:
    """diffusers' scheduler for `case` with its timesteps set, and the module that it comes from."""
    module = importlib.import_module(f"diffusers.schedulers.scheduling_{KINDS[case.name][0]}")
    noise = case.noise
    made: dict[str, object] = {
        "num_train_timesteps": noise.train_steps,
        "beta_start": noise.beta_start,
        "beta_end": noise.beta_end,
        "beta_schedule": noise.betas,
        "prediction_type": noise.prediction,
        "timestep_spacing": noise.spacing,
        "steps_offset": noise.offset,
        "rescale_betas_zero_snr": noise.zero_snr,
    }
    if case.name in ("ddim", "lcm", "tcd"):
        made |= {"clip_sample": False, "set_alpha_to_one": noise.alpha_one}
    found = getattr(module, KINDS[case.name][1])(**made)
    found.set_timesteps(case.steps)
    return found, module


def reference_walk(case: Case, given_noise: Given) -> Walk:
    """`case` as `StableDiffusionInpaintPipeline` walks it: the list is cut by strength after it was made."""
    import torch

    found, module = reference_scheduler(case)
    skipped = case.steps - min(int(case.steps * case.strength), case.steps)
    timesteps = found.timesteps[skipped:]
    if hasattr(found, "set_begin_index"):
        found.set_begin_index(skipped)
    clean, first = torch.from_numpy(given_noise.clean), torch.from_numpy(given_noise.first)
    start = found.add_noise(clean, first, timesteps[:1])
    x = start if case.strength < 1 else first * found.init_noise_sigma
    latents, noised = [x], []
    with our_chance(module, given_noise):
        for timestep in timesteps:
            noised.append(found.add_noise(clean, first, timestep[None]))
            seen = found.scale_model_input(x, timestep)
            answer = torch.from_numpy(stand_in(seen.numpy(), float(timestep)))
            x = found.step(answer, timestep, x, return_dict=False)[0]
            latents.append(x)
    return Walk(
        torch.stack(latents).numpy(),
        timesteps.numpy().astype(np.float64),
        torch.stack(noised).numpy(),
        float(found.init_noise_sigma),
    )


@contextmanager
def our_chance(module: Any, given_noise: Given) -> Iterator[None]:
    """Whoever draws noise in `module` gets ours, one after another."""
    import torch

    if not hasattr(module, "randn_tensor"):
        yield
        return
    with mock.patch.object(module, "randn_tensor", side_effect=map(torch.from_numpy, given_noise.fresh)):
        yield


def reference_tokenizer(folder: Path, pad: str = END_PIECE) -> Any:
    """transformers' tokenizer for the files in `folder`, configured as Stable Diffusion 1.5 (2, with the pad "!") is."""
    from transformers import CLIPTokenizerFast

    def special(content: str) -> dict[str, object]:
        flags = {"lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
        return {"__type": "AddedToken", "content": content, **flags}

    config = {
        "add_prefix_space": False,
        "bos_token": special(START_PIECE),
        "eos_token": special(END_PIECE),
        "unk_token": special(END_PIECE),
        "pad_token": pad,
        "model_max_length": 77,
        "tokenizer_class": "CLIPTokenizer",
    }
    with tempfile.TemporaryDirectory() as made:
        for name in (VOCABULARY, MERGES):
            (Path(made) / Path(name).name).write_bytes((folder / name).read_bytes())
        (Path(made) / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
        return CLIPTokenizerFast.from_pretrained(made)


cases = st.builds(
    Case,
    name=st.sampled_from(SCHEDULERS),
    noise=st.builds(
        Noise,
        betas=st.sampled_from(BETAS),
        beta_start=st.floats(0.0001, 0.001),
        beta_end=st.floats(0.008, 0.02),
        train_steps=st.sampled_from([500, 1000]),
        prediction=st.sampled_from(PREDICTIONS),
        spacing=st.sampled_from(SPACINGS),
        offset=st.integers(0, 1),
        alpha_one=st.booleans(),
        zero_snr=st.booleans(),
    ),
    steps=st.integers(1, 50),
    strength=st.just(1.0) | st.floats(0.02, 1.0),
)

PIECES = ("<|endoftext|>", "<|startoftext|>", "<|STARTOFTEXT|>", "<|end", "|>", "cat", "CAT's", " ", "\t", "!", "7")
SIGNS = ("\u0301", "e", "\u200d", "\ufe0f", "\u732b", "\U0001f431", "\u0130", "\x00", "\ufeff", "\u05e9\u05c1")

pieces = st.sampled_from([*PIECES, *SIGNS, "\u1112\u1161\u11ab"])


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases, seed=st.integers(0, 2**32))
def test_walks_are_those_of_diffusers(case: Case, seed: int) -> None:
    # Nothing but v says anything of a picture where noise alone is left (Lin et al. 2023).
    assume(not case.noise.zero_snr or case.noise.prediction == "v_prediction")
    given_noise = Given.drawn(seed)
    try:
        ours = walked(case, given_noise)
    except UsageError:
        assert not int(case.steps * case.strength)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = reference_walk(case, given_noise)
    np.testing.assert_array_equal(ours.timesteps, theirs.timesteps)
    assert ours.scale == pytest.approx(theirs.scale, rel=1e-5)
    assert distance(ours.latents, theirs.latents) <= TOLERANCE
    assert distance(ours.noised, theirs.noised) <= TOLERANCE


@cache
def both(pad: str) -> tuple[ClipTokenizer, Any]:
    """Our tokenizer and theirs for the same files."""
    return ClipTokenizer.of(text_pipeline(pad=VOCABULARY_OF_FIXTURES[pad])), reference_tokenizer(FIXTURES, pad)


@pytest.mark.parametrize("pad", [END_PIECE, "!"])
@settings(max_examples=600, deadline=None)
@given(text=st.text(max_size=120) | st.lists(pieces, max_size=120).map("".join))
def test_ids_are_those_of_transformers(pad: str, text: str) -> None:
    ours, theirs = both(pad)
    expected = theirs(text, truncation=True, max_length=77, padding="max_length")["input_ids"]
    assert ours.tokens(text).ids.tolist() == expected
