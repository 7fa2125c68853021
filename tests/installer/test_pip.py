"""What pip says, put into words with an exit code."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from installer.failure import ExitCode
from installer.pip import Pip, entry, explain, python_environment

# As pip 23 and 26 print them.
TAMPERED = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, \
please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.
    tomlkit==0.15.2 from file:///wheels/tomlkit-0.15.2-py3-none-any.whl:
        Expected sha256 05562412163a3037b94497385fb7f9204c637bc605af7a48199e41cf2272f437
             Got        e32f3e4e870ba4e8409c3f61bcbbf812b7f47ed365541d5bff44f14cab976790
"""
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
CUT = (
    "WARNING: Connection timed out while downloading.\n"
    "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='x', port=443): Read timed out.\n"
)
LACKS = "ERROR: Could not find a version that satisfies the requirement a==1\nERROR: No matching distribution found for a==1\n"


@pytest.mark.parametrize(
    ("words", "wheelhouse", "code", "sentence"),
    [
        (TAMPERED, None, ExitCode.HASH, "is not the one"),
        (TAMPERED, Path("wheels"), ExitCode.HASH, "is not the one"),
        (FULL, None, ExitCode.DISK, "full"),
        (CUT, None, ExitCode.NETWORK, "broke off"),
        (LACKS, None, ExitCode.NETWORK, "no file of a==1"),
        (LACKS, Path("wheels"), ExitCode.NETWORK, "wheelhouse wheels has no file of a==1"),
        ("ERROR: something new\n", None, ExitCode.FAILED, "could not install"),
    ],
)
def test_each_failure_of_pip_has_its_code_and_sentence(
    words: str, wheelhouse: Path | None, code: ExitCode, sentence: str
) -> None:
    failure = explain(words, wheelhouse)
    assert failure.code == code
    assert sentence in failure.what
    assert words.strip().splitlines()[-1] in failure.detail


def test_a_mirror_stays_and_what_would_send_packages_elsewhere_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {
        "PIP_INDEX_URL": "https://mirror.example/simple",
        "PIP_CERT": "/etc/company.pem",
        "HTTPS_PROXY": "http://p:1",
    }
    dropped = {"PIP_TARGET": "/elsewhere", "PYTHONPATH": "/foreign", "PYTHONHOME": "/foreign", "PIP_PREFIX": "/usr"}
    for name, value in {**kept, **dropped, "PIP_USER": "1"}.items():
        monkeypatch.setenv(name, value)
    environment = python_environment()
    assert kept.items() <= environment.items()
    assert not dropped.keys() & environment.keys()
    assert environment["PIP_USER"] == "0"


def test_the_probe_asks_for_one_entry_with_its_hashes() -> None:
    lock = "# c\na==1 \\\n    --hash=sha256:aa\nab==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\nb==3\n"
    assert entry(lock, "ab") == "ab==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    assert entry(lock, "a") == "a==1 \\\n    --hash=sha256:aa\n"
    assert entry(lock, "none").strip() == ""


def test_with_a_wheelhouse_no_network_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    Pip(("no-such-program",), wheelhouse=tmp_path).probe("a", tmp_path / "no.lock")
