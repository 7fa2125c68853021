"""What an answer that is none, or the end of a worker, means: which exception the caller gets."""

from __future__ import annotations

import re
import signal
from contextlib import suppress

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.failures import NO_MEMORY
from engines.runtime.providers import provider
from engines.runtime.workers.frames import Message
from homespun.errors import Damaged, HomespunError, NotFound
from homespun.progress import Cancelled

OF_THE_FILE: dict[str, type[HomespunError]] = {kind.__name__: kind for kind in (Damaged, NotFound)}
"""Sentences for a person that pass as they are while a model is loading: they are about a file, not about the device."""


def meaning(answer: Message, name: str, words: str, *, loading: bool) -> Exception | None:
    """What to raise for an answer of a worker of the provider `name`; None when it is a good one.

    `words` is what the worker wrote to its standard error meanwhile: the real cause often stands only there.
    """
    if "cancelled" in answer:
        return Cancelled()
    if "broken" in answer:
        return DeviceFailed(Reason.FAILED, f"the worker did not take what it was told: {answer['broken']}")
    if "failed" in answer:
        return DeviceFailed(_reason(answer["failed"]), str(answer.get("text", "")))
    if answer.get("told") in OF_THE_FILE and loading:
        return OF_THE_FILE[answer["told"]](str(answer.get("what", "")), str(answer.get("todo", "")))
    if "told" in answer:
        return _sorted(name, str(answer["told"]), str(answer.get("what", "")), words)
    if "raised" in answer:
        return _sorted(name, str(answer["raised"]), str(answer.get("text", "")), words)
    return None


def ending(code: int) -> str:
    """What an exit code means: `signal SEGV`, `exit code 3221225477`."""
    if code < 0:
        with suppress(ValueError):
            return f"signal {signal.Signals(-code).name.removeprefix('SIG')}"
    return f"exit code {code}"


def _sorted(name: str, kind: str, text: str, words: str) -> DeviceFailed:
    """An exception of the provider, sorted by the provider's own list: first what it says itself, then `words`."""
    whole = f"{kind}: {text}"
    for place in (whole, words):
        for pattern, reason in provider(name).failures:
            if re.search(pattern, place, re.IGNORECASE):
                return DeviceFailed(reason, _with(whole, words))
    if kind == "MemoryError" or NO_MEMORY.search(text) or "not enough memory" in text:
        return DeviceFailed(Reason.NO_MEMORY, whole)
    return DeviceFailed(Reason.FAILED, _with(whole, words))


def _with(text: str, words: str) -> str:
    """`text`, and below it the last of `words`."""
    return f"{text}\n{words[-1_000:].strip()}".strip()


def _reason(value: object) -> Reason:
    """The reason that a worker named."""
    try:
        return Reason(str(value))
    except ValueError:
        return Reason.FAILED
