"""Is this Python one that Homespun's wheels exist for?"""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from dataclasses import dataclass

from installer.failure import ExitCode, Failure

OLDEST_WINDOWS_ARM = (3, 12)  # PyYAML, which huggingface-hub needs, has Windows Arm64 wheels from 3.12 on
NEWEST_TESTED = (3, 13)
OLDEST_GLIBC = (2, 34)  # PySide6's Linux wheel is manylinux_2_34
ARM = ("arm64", "aarch64")


@dataclass(frozen=True)
class Interpreter:
    """What decides which wheels fit: the Python, and the machine that it runs on."""

    version: tuple[int, int]
    release: str
    bits: int
    platform: str
    """As wheels name it (`sysconfig.get_platform()`): linux-x86_64, win-amd64, win-arm64, macosx-11.0-arm64."""
    machine: str
    """As markers in the lock name it (`platform.machine()`): x86_64, AMD64, ARM64, arm64."""
    glibc: tuple[int, int] | None
    """None where there is no GNU C library: Windows, macOS, Alpine."""


def this_interpreter() -> Interpreter:
    """The Python that runs this."""
    return Interpreter(
        version=sys.version_info[:2],
        release=platform.python_version(),
        bits=64 if sys.maxsize > 2**32 else 32,
        platform=sysconfig.get_platform(),
        machine=platform.machine(),
        glibc=_glibc(),
    )


def base_python() -> str:
    """The Python behind this one when this one belongs to a virtual environment, which may be about to be replaced."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def check(python: Interpreter) -> str:
    """Raise `Failure` (10, or 12 for the C library) when no wheels fit `python`; else the line to print."""
    _check_version(python)
    _check_machine(python)
    note = "" if python.version <= NEWEST_TESTED else ", newer than the newest that Homespun is tested on (3.13)"
    return f"{python.release}, 64 bit, {python.platform}{note}"


def _check_version(python: Interpreter) -> None:
    # That Python is 3.11 or newer was asked in __main__, before this file was read.
    if python.platform == "win-arm64" and python.version < OLDEST_WINDOWS_ARM:
        raise Failure(
            ExitCode.PYTHON,
            f"On Windows for Arm, Homespun needs Python 3.12 or newer, and this is Python {python.release}.",
            "Install a newer Python and start the same command with it.",
        )
    if python.bits != 64:
        raise Failure(
            ExitCode.PYTHON,
            "This Python is a 32-bit one, and Homespun's parts exist for 64 bit only.",
            "Install the 64-bit Python and start the same command with it.",
        )


def _check_machine(python: Interpreter) -> None:
    arm_machine = python.machine.lower() in ARM
    if python.platform == "win-amd64" and arm_machine:
        # The lock's markers ask the machine (Arm64: no DirectML), pip asks the Python (x64 wheels): together they
        # would install a mixture that nobody tested.
        raise Failure(
            ExitCode.PYTHON,
            "This is an x64 Python that Windows emulates on an Arm64 computer.",
            "Install the Arm64 Python (the download page of Python calls it 'Windows installer (ARM64)') and use that.",
        )
    if python.platform.startswith("macosx") and not arm_machine:
        raise Failure(
            ExitCode.PYTHON,
            "This Python is for Intel Macs (or runs under Rosetta), and ONNX Runtime has no files for those any more.",
            "On a Mac with Apple silicon, install the arm64 or universal2 Python and start it without Rosetta.",
        )
    if python.platform.startswith("linux") and (python.glibc is None or python.glibc < OLDEST_GLIBC):
        found = "another C library" if python.glibc is None else f"version {python.glibc[0]}.{python.glibc[1]}"
        raise Failure(
            ExitCode.LIBRARY,
            f"Homespun needs the GNU C library {OLDEST_GLIBC[0]}.{OLDEST_GLIBC[1]} or newer, and this system has {found}.",
            "Use a system as new as Debian 12, Ubuntu 22.04 or Fedora 35.",
        )


def _glibc() -> tuple[int, int] | None:
    confstr = getattr(os, "confstr", None)
    if confstr is None:
        return None
    try:
        words = (confstr("CS_GNU_LIBC_VERSION") or "").split()
    except (OSError, ValueError):
        return None
    if len(words) != 2 or words[0] != "glibc":
        return None
    major, minor = words[1].split(".")[:2]
    return int(major), int(minor)
