"""Devices, seconds and results, as the editor says them."""

from __future__ import annotations

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
