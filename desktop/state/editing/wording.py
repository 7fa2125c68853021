"""Devices, seconds and results, as the editor says them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.state.editing.choices import EXEMPLAR
from desktop.state.model_words import name_of
from desktop.words import say


def device_words(device: str) -> str:
    """Where something runs, as the beginning of a sentence."""
    kind = device.rpartition(":")[2].rstrip("0123456789")
    names = {"npu": say("editor.on_npu"), "gpu": say("editor.on_gpu"), "cpu": say("editor.on_cpu")}
    return names.get(kind, say("editor.on_device", device=device)) if device else ""


def in_sentence(device: str) -> str:
    """The same within a sentence."""
    kind = device.rpartition(":")[2].rstrip("0123456789")
    names = {"npu": say("editor.by_npu"), "gpu": say("editor.by_gpu"), "cpu": say("editor.by_cpu")}
    return names.get(kind, say("editor.by_device", device=device))


def about(seconds: float) -> str:
    """A time that is only known roughly."""
    if seconds >= 90:
        return say("common.minutes", count=round(seconds / 60))
    if seconds < 1:
        return say("editor.under_a_second")
    rounded = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
    return say("editor.about_seconds", seconds=rounded)


def estimate_words(device: str, seconds: float | None) -> str:
    """Where it will run, and how long it will take if that was ever measured."""
    where = device_words(device)
    if seconds is None or not where:
        return where
    return say("editor.estimate", where=where, time=about(seconds))


def done_words(device: str, seconds: float) -> str:
    """How long it took, and where."""
    took = round(seconds, 1) if seconds < 10 else round(seconds)
    return say("editor.done", seconds=took, where=in_sentence(device))


LONG_WORD = 32
"""Letters of a word that is shown whole in a sentence."""

_PAINTING = re.compile(
    r"(?:step (?P<step>\d+) of (?P<of>\d+)(?: of picture (?P<picture>\d+))?"
    r"|(?P<opening>opening the network)|(?P<reading>reading the prompt)|(?P<looking>looking at the picture)|(?P<finishing>finishing the picture))"
    r"(?:, about (?P<time>\d+) (?P<unit>s|min) left)?"
)


def painting_words(note: str) -> str:
    """What a network that paints in steps is doing, and how long the rest takes; nothing for any other note."""
    found = _PAINTING.fullmatch(note)
    if found is None:
        return ""
    doing = _doing(found)
    if not found["time"]:
        return doing
    return say(
        "editor.painting.left", doing=doing, time=about(int(found["time"]) * (60 if found["unit"] == "min" else 1))
    )


def _doing(found: re.Match[str]) -> str:
    if found["opening"]:
        return say("editor.painting.opening")
    if found["reading"]:
        return say("editor.painting.reading")
    if found["looking"]:
        return say("editor.painting.looking")
    if found["finishing"]:
        return say("editor.painting.finishing")
    if found["picture"]:
        return say("editor.painting.result", number=found["picture"])
    return say("editor.painting.step", step=found["step"], of=found["of"])


def guard_words(told: Mapping[str, Any]) -> str:
    """What the guard did because of one concept."""
    concept = {
        "explicit content": say("editor.guard.explicit"),
        "real people": say("editor.guard.people"),
    }.get(str(told["concept"]), str(told["concept"]))
    if told["stage"] == "words":
        words = ", ".join(shortened(str(one)) for one in told["removed"])
        return say("editor.guard.words", words=words, concept=concept)
    return say("editor.guard.weakened", concept=concept)


def shortened(word: str) -> str:
    """A word that a line has room for."""
    return word if len(word) <= LONG_WORD else f"{word[: LONG_WORD - 1]}…"


def filler_words(name: str) -> str:
    """A filler, as a way to fill."""
    return say("editor.way_surroundings") if name == EXEMPLAR else say("editor.way_model", model=name_of(name))


def quality_tip(filler: str, device: str) -> str:
    """What a quality means here: the model, and where it runs."""
    if filler == EXEMPLAR:
        return say("editor.tip_surroundings")
    if not device:
        return say("editor.tip_model", model=name_of(filler))
    return say("editor.tip_model_on", model=name_of(filler), where=in_sentence(device))
