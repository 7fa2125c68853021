"""A worker's pipes are its own."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.house.imports import ROOT

BEGIN = "import sys; sys.path.insert(0, {root!r}); from homespun.streams import take_streams; "


def child(script: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", BEGIN.format(root=str(ROOT)) + script]
    return subprocess.run(command, input=told, capture_output=True, timeout=60, check=False)


def test_what_is_printed_goes_to_standard_error_and_the_answer_alone_into_the_pipe() -> None:
    ran = child(
        "source, out = take_streams(); print('noise', flush=True); out.write(source.read()[::-1]); out.flush()", b"abc"
    )
    assert ran.stdout == b"cba"
    assert ran.stderr.strip() == b"noise"


def test_where_nothing_may_be_printed_it_goes_nowhere() -> None:
    ran = child("_, out = take_streams(prints=False); print('noise', flush=True); out.write(b'x'); out.flush()")
    assert (ran.stdout, ran.stderr) == (b"x", b"")


def test_an_unbuffered_answer_needs_no_flush_and_standard_input_is_empty() -> None:
    ran = child("import os; _, out = take_streams(buffered=False); out.write(str(os.read(0, 9)).encode())", b"abc")
    assert ran.stdout == b"b''"


@pytest.mark.parametrize("program", ["python.exe", "pythonw.exe"] if sys.platform == "win32" else ["python"])
def test_a_library_is_loaded_while_a_thread_waits_for_the_next_call(program: str) -> None:
    """On Windows the loader asked what kind of file standard input is, and waited for ever."""
    script = (
        "import threading; source, out = take_streams(buffered=False); "
        "threading.Thread(target=source.readline, daemon=True).start(); import time; time.sleep(0.2); "
        "import PIL._imaging, numpy, scipy.ndimage, lxml.etree; out.write(b'loaded')"
    )
    python = sys.executable if program == "python" else sys.executable.replace("python.exe", program)
    process = subprocess.Popen(
        [python, "-c", BEGIN.format(root=str(ROOT)) + script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    patience = threading.Timer(60, process.kill)
    patience.start()
    try:
        assert process.stdout.read() == b"loaded"
    finally:
        patience.cancel()
        process.kill()
        process.communicate()
