"""Devices in plain words: why one isn't used, what was measured, and what the doctor found."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.state.sizes import day_words
from desktop.words import number, say

REASONS: Mapping[str, str] = {
    "two-runtimes": "devices.two_runtimes",
    "library": "devices.library",
    "no-device": "devices.no_device",
    "no-backend": "devices.no_backend",
    "unsuitable": "devices.unsuitable",
    "silent-cpu": "devices.silent_cpu",
    "unknown-placement": "devices.unknown_placement",
    "partial": "devices.partial",
    "compile": "devices.compile",
    "stale-context": "devices.stale_context",
    "wrong": "devices.wrong",
    "slow": "devices.slow",
    "no-memory": "devices.no_memory",
    "device-lost": "devices.device_lost",
    "crash": "devices.crash",
    "hang": "devices.hang",
    "failed": "devices.failed",
    "quarantined": "devices.quarantined",
    "not-proved": "devices.not_proved",
}
"""By reason, what was seen. The runtime has sentences of its own for the command line; these name no commands."""

FINDINGS: Mapping[str, tuple[str, str, str]] = {
    "two-runtimes": ("devices.f_two_runtimes", "devices.f_two_runtimes_todo", ""),
    "no-runtime": ("devices.f_no_runtime", "devices.f_no_runtime_todo", ""),
    "settings": ("devices.f_settings", "devices.f_settings_todo", "settings"),
    "emulated": ("devices.f_emulated", "devices.f_emulated_todo", ""),
    "python": ("devices.f_python", "devices.f_python_todo", ""),
    "switched-off": ("devices.f_switched_off", "devices.f_switched_off_todo", "settings"),
    "no-driver": ("devices.f_no_driver", "devices.f_no_driver_todo", "look"),
    "no-package": ("devices.f_no_package", "devices.f_no_package_todo", "look"),
    "runtime-too-old": ("devices.f_runtime_too_old", "devices.f_runtime_too_old_todo", ""),
    "ledger": ("devices.f_ledger", "devices.f_ledger_todo", ""),
    "interrupted": ("devices.f_interrupted", "devices.f_interrupted_todo", "probe"),
    "quarantine": ("devices.f_quarantine", "devices.f_quarantine_todo", ""),
    "compiled-cache": ("devices.f_compiled", "devices.f_compiled_todo", "mend"),
    "model": ("devices.f_model", "devices.f_model_todo", "models"),
    "space": ("devices.f_space", "devices.f_space_todo", "models"),
}
"""By finding: headline, remedy, and the button that does it or leads there ("" = outside of Homespun)."""

IN_A_TERMINAL = frozenset({"no-package", "two-runtimes", "no-runtime", "runtime-too-old", "emulated", "python"})
"""Findings whose remedy is a command, so that the doctor's own words are needed."""

PROVIDER = ("devices.f_provider", "devices.f_provider_todo", "look")
"""The same for a provider that offers no device; their findings are named after the reason."""

LEAST = re.compile(r"at least ([\d.]+) is asked for")
"""The gate in what a trial said."""


def finding_words(name: str) -> tuple[str, str, str]:
    """Ids of headline and remedy of a finding, and the act; empty ids for one that is younger than these words."""
    if name.startswith("provider-"):
        return PROVIDER
    return FINDINGS.get(name, ("", "", ""))


def seen(reason: str, verdict: Mapping[str, Any] | None, quarantine: Mapping[str, Any] | None) -> str:
    """Why a device isn't used, with what was measured."""
    if reason == "quarantined" and quarantine is not None:
        cause = say(REASONS.get(str(quarantine["reason"]), "devices.failed"))
        until = quarantine["until"]
        if until is None:
            return say("devices.quarantined_driver", cause=cause)
        return say("devices.quarantined_until", cause=cause, day=day_words(_day(until)))
    if verdict is not None and verdict["reason"] == reason:
        return _with_figures(reason, verdict) or say(REASONS.get(reason, "devices.failed"))
    return say(REASONS.get(reason, "devices.failed"))


def _with_figures(reason: str, verdict: Mapping[str, Any]) -> str:
    if reason == "slow" and verdict["device_ms"] and verdict["cpu_ms"]:
        if verdict["device_ms"] > 0.8 * verdict["cpu_ms"]:
            return say(
                "devices.slow_by", here=milliseconds(verdict["device_ms"]), there=milliseconds(verdict["cpu_ms"])
            )
        return say("devices.slow_start") if (verdict["first_seconds"] or 0) > 30 else say("devices.slow_at_times")
    if reason == "partial" and verdict["share"] is not None:
        return say("devices.partial_by", share=percent(verdict["share"]))
    least = LEAST.search(str(verdict["text"]))
    if reason == "wrong" and verdict["value"] is not None and least is not None:
        measure, _, unit = str(verdict["measure"]).partition(" ")
        wanted = f"{_with_point(least[1])} {unit}".strip()
        found = f"{_round(verdict['value'])} {unit}".strip()
        return say("devices.wrong_by", measure=measure, found=found, wanted=wanted)
    return ""


def faster(ratios: Sequence[float]) -> str:
    """How much faster than the processor, as one figure or a range."""
    low, high = round(min(ratios), 1), round(max(ratios), 1)
    if low == high:
        return say("devices.faster", times=low)
    return say("devices.faster_range", low=low, high=high)


def checked(at: float, today: date) -> str:
    """When it was measured."""
    day = _day(at)
    if day == today:
        return say("devices.today")
    if (today - day).days == 1:
        return say("devices.yesterday")
    return say("devices.on_day", day=day_words(day))


def sizes_words(sizes: Mapping[str, int]) -> str:
    """The sizes of a trial: 128 × 128, up to 64 word pieces."""
    if "height" in sizes and "width" in sizes:
        return say("devices.size_picture", width=str(sizes["width"]), height=str(sizes["height"]))
    for name in ("tokens", "sequence"):
        if name in sizes:
            return say("devices.size_text", count=int(sizes[name]))
    if not sizes:
        return say("devices.size_fixed")
    return ", ".join(f"{name} {size}" for name, size in sizes.items())


def precision_words(precision: str) -> str:
    """What kind of numbers it computes with."""
    return say("devices.exact") if precision in ("fp32", "fp16") else say("devices.compact")


def milliseconds(value: float) -> str:
    """A call's time with three figures at most: 4.7 ms, 128 ms, 2.1 s."""
    if value >= 1000:
        return f"{number(float(value / 1000))} s"
    return f"{number(round(value))} ms" if value >= 100 else f"{number(float(value))} ms"


def percent(share: float) -> str:
    """A share as per cent."""
    return say("devices.percent", share=round(share * 100))


def same_words(verdict: Mapping[str, Any]) -> str:
    """How near its result came to the processor's: "PSNR 64.7 dB"; a dash where it was not compared."""
    if verdict["value"] is None or not verdict["measure"]:
        return "–"
    name, _, unit = str(verdict["measure"]).partition(" ")
    return f"{name} {_round(verdict['value'])} {unit}".strip()


def _day(at: float) -> date:
    now = time.localtime(at)
    return date(now.tm_year, now.tm_mon, now.tm_mday)


def _with_point(figure: str) -> str:
    """A figure of a text, with the language's sign between whole and parts."""
    return figure.replace(".", str(number(0.5))[1])


def _round(value: float) -> str:
    """A figure near 1 keeps four places, others one."""
    return str(number(float(value))) if value >= 10 else _with_point(f"{value:.4f}")
