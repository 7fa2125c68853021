"""Why a device is not used, as a colleague would say it: what was seen, what it means, what can be done."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from engines.runtime.contract import Device, Reason, Refusal

if TYPE_CHECKING:
    from engines.runtime.proof import Quarantine, Verdict

SEEN: dict[Reason, str] = {
    Reason.TWO_RUNTIMES: "two runtimes are installed over each other, so nobody can tell which one would run",
    Reason.LIBRARY: "its library can't be loaded, or does not fit this runtime",
    Reason.NO_DEVICE: "its library is here, but finds no such hardware, or no driver for it",
    Reason.NO_BACKEND: "its library does not find the part that talks to the hardware",
    Reason.UNSUITABLE: "it runs models at fixed sizes only, and this one leaves a size open",
    Reason.SILENT_CPU: "it takes the model without complaint, and then leaves all of the work to the CPU",
    Reason.UNKNOWN_PLACEMENT: "nothing tells which part of the work it would really do",
    Reason.PARTIAL: "it would do only a part of the work, and the copies to the CPU and back cost more than that saves",
    Reason.COMPILE: "its compiler could not translate this model",
    Reason.STALE_CONTEXT: "what was compiled for it earlier does not fit any more",
    Reason.WRONG: "it gives other results than the CPU",
    Reason.SLOW: "it is no quicker than the CPU",
    Reason.NO_MEMORY: "it has not enough memory free for this model",
    Reason.DEVICE_LOST: "its driver lost it in the middle of the work",
    Reason.CRASH: "its driver crashed, in a process of its own, so that nothing else was harmed",
    Reason.HANG: "it did not answer in time, and its process was ended",
    Reason.FAILED: "it ended with an error that Homespun doesn't know",
    Reason.QUARANTINED: "it failed before, and is left alone for now",
    Reason.NOT_PROVED: "it was never tried with this model",
}
"""What was seen, and what it means."""

TODO: dict[Reason, str] = {
    Reason.TWO_RUNTIMES: "`homespun doctor` tells how to mend that.",
    Reason.LIBRARY: "`homespun doctor` tells which version would fit.",
    Reason.NO_DEVICE: "A newer driver may help.",
    Reason.NO_BACKEND: "Installing its package again may help.",
    Reason.UNSUITABLE: "The CPU runs it.",
    Reason.SILENT_CPU: "It is tried again when its driver, its package or the model changes.",
    Reason.UNKNOWN_PLACEMENT: "It is tried again when its package changes.",
    Reason.COMPILE: "It is tried again when its driver or its package changes.",
    Reason.STALE_CONTEXT: "It is compiled anew the next time.",
    Reason.WRONG: "It is not used until its driver or the model changes.",
    Reason.NO_MEMORY: "Close other programs that use it.",
    Reason.DEVICE_LOST: "If that happens often, look for a newer driver.",
    Reason.CRASH: "A newer driver may help; it is then tried again by itself.",
    Reason.HANG: "A newer driver may help; it is then tried again by itself.",
    Reason.FAILED: "`homespun doctor --report` writes down what it said.",
    Reason.NOT_PROVED: "`homespun probe` tries it now.",
}
"""What can be done, where something can."""

LEAST = re.compile(r"at least ([\d.]+) is asked for")
"""The gate in the text of a verdict."""

MOST_CROSSINGS, LEAST_SHARE, FASTER, FIRST_SECONDS = 4, 95, 0.8, 30
"""The gates, as a person is told them; a test holds them to those of the proof."""


def sentence(
    reason: Reason, device: Device, verdict: Verdict | None = None, quarantine: Quarantine | None = None
) -> str:
    """One or two sentences: why `device` is not used, with the figures of `verdict`, and what helps if anything does."""
    if reason is Reason.QUARANTINED and quarantine is not None:
        return _quarantined(device, quarantine)
    seen = SEEN[reason]
    if verdict is not None and verdict.reason is reason:
        seen = _with_figures(reason, verdict) or seen
    return " ".join(filter(None, [f"{device.title} is not used: {seen}.", TODO.get(reason, "")]))


def refusal(
    reason: Reason, device: Device, verdict: Verdict | None = None, quarantine: Quarantine | None = None
) -> Refusal:
    """`sentence` with what a program wants to know besides."""
    return Refusal(device.name, reason, sentence(reason, device, verdict, quarantine))


def _with_figures(reason: Reason, verdict: Verdict) -> str:
    """What was seen, with what was measured; nothing where nothing was."""
    if reason is Reason.PARTIAL and verdict.share is not None:
        return _partial(verdict.share, verdict.crossings or 0)
    if reason is Reason.WRONG and verdict.value is not None and verdict.measure:
        return _wrong(verdict.measure, verdict.value, verdict.text)
    if reason is Reason.SLOW and verdict.device_ms and verdict.cpu_ms:
        return slow(verdict.device_ms, verdict.cpu_ms, verdict.first_seconds or 0.0)
    return ""


def _partial(share: float, crossings: int) -> str:
    parts = []
    if share < LEAST_SHARE / 100:
        parts.append(f"it would do {share:.0%} of the work itself, where {LEAST_SHARE}% are needed".replace("%", " %"))
    if crossings > MOST_CROSSINGS:
        parts.append(f"the data would go to the CPU and back {crossings} times, where {MOST_CROSSINGS} are bearable")
    return "; ".join(parts)


def _wrong(measure: str, value: float, text: str) -> str:
    least = LEAST.search(text)
    if not value or least is None:
        cause = text.partition(". ")[0].rstrip(".")
        return f"{SEEN[Reason.WRONG]}{f' ({cause})' if cause else ''}"
    if measure.startswith("PSNR"):
        shown = f"{value:.1f} dB" if value >= 0 else "not even 0 dB"
        return f"{SEEN[Reason.WRONG]} ({shown} where {least[1]} are needed)"
    if value < float(least[1]):
        return f"{SEEN[Reason.WRONG]} ({measure} {value:.4f} where {least[1]} is needed)"
    return f"{SEEN[Reason.WRONG]} ({text.partition('. ')[0].rstrip('.')})"


def slow(device_ms: float, cpu_ms: float, first_seconds: float) -> str:
    """Why a device is too slow, in words."""
    if device_ms > FASTER * cpu_ms:
        return (
            f"a call takes {device_ms:.3g} ms on it and {cpu_ms:.3g} ms on the CPU, and it would have to save a fifth"
        )
    if first_seconds > FIRST_SECONDS:
        return f"it needs {first_seconds:.0f} s until its first answer, each time"
    return f"as a rule it is quicker ({device_ms:.3g} ms, the CPU {cpu_ms:.3g}), but its slow calls are slower than the CPU's"


def _quarantined(device: Device, quarantine: Quarantine) -> str:
    until = "until its driver changes"
    if quarantine.until is not None:
        until = time.strftime("until %d %B %Y", time.localtime(quarantine.until))
    cause = SEEN[quarantine.reason]
    return f"{device.title} is not used {until}: {cause}. `homespun devices --forgive {device.name}` tries it before."
