"""Models in plain words: what a person calls them, what they give, and how errors of their work are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.words import say
from desktop.words.reasons import reason
from homespun.errors import ExitCode

NAMES: Mapping[str, str] = {
    "all-minilm-l6-v2": "models.minilm",
    "multilingual-e5-small": "models.e5",
    "tinyclip-8m": "models.tinyclip",
    "realesr-general-x4v3": "models.realesr",
    "mi-gan": "models.migan",
    "lama": "models.lama",
    "erase-best": "models.erase_best",
    "mobile-sam": "models.sam",
    "sd-1.5-inpainting": "models.sd",
    "lcm-lora-sd-1.5": "models.lcm",
    "pp-ocr-v6-small": "models.ocr",
    "enlarge-faithful": "models.faithful",
    "enlarge-restore": "models.restore",
}
"""By model, the words that stand for it; a model that came later is called by the catalogue's title."""

GIVES: Mapping[str, str] = {
    "all-minilm-l6-v2": "models.minilm_gives",
    "multilingual-e5-small": "models.e5_gives",
    "tinyclip-8m": "models.tinyclip_gives",
    "realesr-general-x4v3": "models.realesr_gives",
    "mi-gan": "models.migan_gives",
    "lama": "models.lama_gives",
    "erase-best": "models.erase_best_gives",
    "mobile-sam": "models.sam_gives",
    "sd-1.5-inpainting": "models.sd_gives",
    "lcm-lora-sd-1.5": "models.lcm_gives",
    "pp-ocr-v6-small": "models.ocr_gives",
    "enlarge-faithful": "models.faithful_gives",
    "enlarge-restore": "models.restore_gives",
}

USED = frozenset(
    {"all-minilm-l6-v2", "mi-gan", "lama", "erase-best", "mobile-sam", "enlarge-faithful", "enlarge-restore"}
)
"""What something in Homespun runs today; the others can be fetched, and wait."""


def name_of(model: str, title: str = "") -> str:
    """What a person calls the model."""
    return say(NAMES[model]) if model in NAMES else title or model


def gives(model: str) -> str:
    """What it is good for, in a sentence; nothing for a model without words of its own."""
    return say(GIVES[model]) if model in GIVES else ""


@dataclass(frozen=True)
class Trouble:
    """What went wrong and what to do, for the place where it happened; `details` are for the clipboard."""

    what: str
    todo: str = ""
    details: str = ""


def trouble(told: Mapping[str, Any]) -> Trouble:
    """What a FAILED or DIED event says, for a person."""
    details = str(told.get("details") or f"{told.get('error', '')}: {told.get('what', '')} {told.get('todo', '')}")
    if told.get("error") == "Died":
        return Trouble(say("common.died"), "", details)
    if told.get("code") == ExitCode.BUG:
        return Trouble(say("common.bug"), "", details)
    return Trouble(reason(str(told.get("what", ""))), reason(str(told.get("todo", ""))), details)
