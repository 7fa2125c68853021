"""A service for the tests: it answers, tells parts, waits, fails in each way, and dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import Any

from desktop.workers import Call, make_sheet, open_sheet
from homespun.errors import NotFound


def echo(call: Call) -> dict[str, Any]:
    return dict(call.arguments)


def parts(call: Call) -> dict[str, Any]:
    for number in range(3):
        call.tell({"number": number})
    return {"number": 3}


def wait(call: Call) -> None:
    call.tell({"begun": True})
    while True:
        call.progress.report(1, 10, "waiting")
        time.sleep(0.01)


def missing(_call: Call) -> None:
    raise NotFound("It is not there.", "Look elsewhere.")


def full(_call: Call) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def bug(_call: Call) -> None:
    raise ZeroDivisionError("nobody expected this")


def die(_call: Call) -> None:
    os._exit(9)


def deaf(call: Call) -> None:
    call.tell({"begun": True})
    time.sleep(60)


def prints(_call: Call) -> dict[str, Any]:
    sys.stdout.write("a library that prints\n")
    sys.stdout.flush()
    os.write(1, b"and one in C\n")
    return {"printed": True}


def turn(call: Call) -> dict[str, Any]:
    sheet = open_sheet(call.arguments["path"])
    sheet.memory[:] = bytes(255 - value for value in sheet.memory[:])
    return {"size": sheet.size}


def large(_call: Call) -> dict[str, Any]:
    return {"text": "ü" * 500_000}


def sheet(_call: Call) -> dict[str, Any]:
    return {"path": str(make_sheet(1000).path)}


def sheet_and_forget(_call: Call) -> dict[str, Any]:
    made = make_sheet(100_000)
    made.memory[:] = bytes(100_000)
    made.path.unlink()
    return {}


def open_service() -> dict[str, Any]:
    handlers = (
        echo, parts, wait, missing, full, bug, die, deaf, prints, turn, large, sheet, sheet_and_forget,
    )  # fmt: skip
    return {one.__name__: one for one in handlers}
