"""What a pipeline was trained with and is sampled with, from its scheduler's configuration."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homespun.errors import UsageError
from models.pipelines import BETAS, PREDICTIONS, SCHEDULERS, SPACINGS, Noise

CLASSES = {
    "ddim": "DDIMScheduler",
    "euler": "EulerDiscreteScheduler",
    "dpm++2m": "DPMSolverMultistepScheduler",
    "unipc": "UniPCMultistepScheduler",
    "lcm": "LCMScheduler",
    "tcd": "TCDScheduler",
}
"""diffusers' names."""

PLAIN_STEPS, PLAIN_GUIDANCE = 20, 7.5
FEW_STEPS, NO_GUIDANCE = 4, 1.0

WHEN_UNSAID = {"ddim": "leading", "euler": "linspace", "dpm++2m": "linspace", "unipc": "linspace"}
"""How each lays its steps when the configuration doesn't say (diffusers' defaults); the other two have their own rule."""


@dataclass(frozen=True)
class Sampling:
    """What a pipeline is made for; `notes` say what was decided here."""

    scheduler: str
    steps: int
    guidance: float
    notes: tuple[str, ...] = ()


def sampling_of(
    config: Mapping[str, Any],
    names: tuple[str, ...],
    *,
    scheduler: str | None = None,
    steps: int | None = None,
    guidance: float | None = None,
) -> Sampling:
    """The scheduler, steps and guidance: as told, else by what the LoRAs are called, else by the configuration.

    `names` are the names of the LoRAs and of the folder. A distilled pipeline takes few steps and no guidance. Raises
    `UsageError` for what no pipeline can be run with.
    """
    notes: list[str] = []
    joined = " ".join(names).lower()
    few = next(
        (kind for kind in ("lcm", "hyper", "tcd", "turbo") if re.search(rf"(?<![a-z]){kind}(?![a-z])", joined)), None
    )
    chosen = scheduler or {"lcm": "lcm", "hyper": "tcd", "tcd": "tcd"}.get(few or "") or _of_class(config)
    if scheduler is None and few:
        notes.append(f"The name says {few}: {chosen}, few steps, no guidance.")
    if chosen not in SCHEDULERS:
        raise UsageError(f"There is no scheduler {chosen!r}.", f"Give one of {', '.join(SCHEDULERS)}.")
    is_few = few is not None or chosen in ("lcm", "tcd")
    counted = re.search(r"(\d+)[-_ ]?steps?", joined) if is_few else None
    plain = (FEW_STEPS, NO_GUIDANCE) if is_few else (PLAIN_STEPS, PLAIN_GUIDANCE)
    steps = steps if steps is not None else int(counted[1]) if counted else plain[0]
    guidance = guidance if guidance is not None else plain[1]
    if steps < 1:
        raise UsageError(f"A picture can't be painted in {steps} steps.", "Give --steps a whole number from 1.")
    if not math.isfinite(guidance) or guidance < 0:
        raise UsageError(f"{guidance:g} is no guidance.", "Give --guidance a number from 0; 1 is none.")
    return Sampling(chosen, steps, guidance, tuple(notes))


def noise_of(config: Mapping[str, Any], scheduler: str) -> Noise:
    """The noise that a scheduler's configuration describes, with diffusers' defaults for what it leaves out.

    Raises `UsageError` for what the run time doesn't know: betas one by one, clipped or thresholded samples.
    """
    for key, sentence in REFUSED.items():
        if config.get(key):
            raise UsageError(f"The scheduler's configuration asks for {sentence} ({key}).", "Such a one can't be run.")
    return Noise(
        betas=_known(config.get("beta_schedule", "linear"), BETAS, "beta_schedule"),
        beta_start=_number(config, "beta_start", 0.0001),
        beta_end=_number(config, "beta_end", 0.02),
        train_steps=int(_number(config, "num_train_timesteps", 1000)),
        prediction=_known(config.get("prediction_type", "epsilon"), PREDICTIONS, "prediction_type"),
        spacing=_known(
            config.get("timestep_spacing", WHEN_UNSAID.get(scheduler, "leading")), SPACINGS, "timestep_spacing"
        ),
        offset=int(_number(config, "steps_offset", 0)),
        alpha_one=bool(config.get("set_alpha_to_one", True)),
        zero_snr=bool(config.get("rescale_betas_zero_snr", False)),
    )


REFUSED = {
    "trained_betas": "betas one by one",
    "clip_sample": "clipped samples",
    "thresholding": "thresholded samples",
    "use_karras_sigmas": "Karras' steps",
    "use_exponential_sigmas": "exponential steps",
    "use_beta_sigmas": "beta steps",
}


def diffusers_config(noise: Noise) -> dict[str, Any]:
    """The configuration that makes diffusers' schedulers do what `noise` says."""
    return {
        "beta_schedule": noise.betas,
        "beta_start": noise.beta_start,
        "beta_end": noise.beta_end,
        "num_train_timesteps": noise.train_steps,
        "prediction_type": noise.prediction,
        "timestep_spacing": noise.spacing,
        "steps_offset": noise.offset,
        "set_alpha_to_one": noise.alpha_one,
        "rescale_betas_zero_snr": noise.zero_snr,
        "clip_sample": False,
    }


def _of_class(config: Mapping[str, Any]) -> str:
    """Our name of the configuration's class; DDIM for those that aren't ours, PNDM among them: it has the same steps."""
    by_class = {name: ours for ours, name in CLASSES.items()}
    return by_class.get(str(config.get("_class_name")), "ddim")


def _known(value: Any, allowed: tuple[str, ...], key: str) -> str:
    if value not in allowed:
        raise UsageError(f"The scheduler's {key} is {value!r}.", f"It must be one of {', '.join(allowed)}.")
    return str(value)


def _number(config: Mapping[str, Any], key: str, default: float) -> float:
    value = config.get(key, default)
    if not isinstance(value, int | float) or not value >= 0:
        raise UsageError(f"The scheduler's {key} is {value!r}.", "It must be a number from 0.")
    return value
