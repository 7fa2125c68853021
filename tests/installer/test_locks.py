"""The locks: pure, up to date, wheels and hashes for all, and how an outdated or leaking one is found."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from installer import locks
from installer.failure import ExitCode, Failure
from installer.locks import LOCKS, Lock
from installer.uv import clean_environment, find_uv

from .conftest import RUN

if TYPE_CHECKING:
    from .conftest import TinyProject

ROOT = Path(__file__).resolve().parents[2]
ALL = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)


def _text(lock: Lock) -> str:
    return lock.path(ROOT).read_text(encoding="utf-8")


@ALL
def test_every_lock_is_up_to_date_and_names_no_place(lock: Lock) -> None:
    locks.check_current(lock, ROOT)
    assert not re.search(r"://|--index|--extra-index|--find-links|\+cpu|@ file", _text(lock))


@ALL
def test_every_entry_is_one_exact_version(lock: Lock) -> None:
    pins = locks.pins(_text(lock))
    assert pins
    assert all(re.match(r"[a-z0-9-]+==[^*\s]+( ; .+)?$", pin) for pin in pins)


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.hashed], ids=lambda lock: lock.name)
def test_every_entry_has_hashes(lock: Lock) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", _text(lock), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(locks.pins(_text(lock)))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_two_onnx_runtimes_never_meet_in_one_environment() -> None:
    markers = {
        pin.partition(" ; ")[0].partition("==")[0]: pin.partition(" ; ")[2] for pin in locks.pins(_text(locks.RUN))
    }
    assert markers["onnxruntime-directml"] == "platform_machine == 'AMD64' and sys_platform == 'win32'"
    assert markers["onnxruntime"] == "platform_machine != 'AMD64' or sys_platform != 'win32'"


def test_the_test_lock_keeps_the_versions_of_the_run_lock() -> None:
    run = {pin.partition("==")[0]: pin for pin in locks.pins(_text(locks.RUN)) if not pin.startswith("numpy")}
    shared = [pin for pin in locks.pins(_text(locks.TEST)) if pin.partition("==")[0] in run]
    assert shared
    assert [pin for pin in shared if pin.split()[0] != run[pin.partition("==")[0]].split()[0]] == []


@pytest.mark.parametrize("name", ["optimum", "torch"])
def test_the_export_locks_keep_the_measured_versions_and_no_cuda(name: str) -> None:
    lock = Lock(f"requirements-export-{name}", f"requirements-export-{name}.in")
    pins = [pin.split()[0] for pin in locks.pins(_text(lock))]
    assert [wanted for wanted in locks.wanted(lock, ROOT) if wanted not in pins] == []
    assert all("==" in wanted for wanted in locks.wanted(lock, ROOT))
    assert not re.search(r"^(nvidia|cuda|triton)", _text(lock), re.MULTILINE)


def test_a_lock_made_from_other_requirements_is_out_of_date(tiny: TinyProject) -> None:
    locks.check_current(RUN, tiny.root)
    text = (tiny.root / "pyproject.toml").read_text(encoding="utf-8")
    (tiny.root / "pyproject.toml").write_text(text.replace("first>=1", "first>=2"), encoding="utf-8")
    with pytest.raises(Failure, match="out of date") as failure:
        locks.check_current(RUN, tiny.root)
    assert failure.value.code == ExitCode.LOCK
    assert "installer lock" in failure.value.todo


def test_a_test_lock_is_out_of_date_when_the_run_lock_moved(tiny: TinyProject) -> None:
    lock = Lock("requirements-test", "group:test", constraint="requirements")
    locks.check_current(lock, tiny.root)
    path = RUN.path(tiny.root)
    path.write_text(path.read_text(encoding="utf-8").replace("first==1.0", "first==1.1"), encoding="utf-8")
    with pytest.raises(Failure, match="out of date"):
        locks.check_current(lock, tiny.root)


def test_a_missing_lock_is_told(tiny: TinyProject) -> None:
    RUN.path(tiny.root).unlink()
    with pytest.raises(Failure, match="missing") as failure:
        locks.check_current(RUN, tiny.root)
    assert failure.value.code == ExitCode.LOCK


@pytest.mark.parametrize(
    "leak",
    [
        "--extra-index-url https://wheels.example/simple",
        "--find-links /mnt/wheels",
        "first @ file:///tmp/first.whl",
        "torch==2.13.0+cpu",
    ],
)
def test_a_lock_that_names_a_place_is_refused(tiny: TinyProject, leak: str) -> None:
    path = RUN.path(tiny.root)
    path.write_text(path.read_text(encoding="utf-8") + leak + "\n", encoding="utf-8")
    with pytest.raises(Failure) as failure:
        locks.check_current(RUN, tiny.root)
    assert failure.value.code == ExitCode.LOCK


def test_windows_line_ends_do_not_change_the_digest_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a\nb\n")
    (tmp_path / "windows").write_bytes(b"a\r\nb\r\n")
    assert locks.file_digest(tmp_path / "unix") == locks.file_digest(tmp_path / "windows")


class FakeUv:
    """Writes `answer` where uv was told to, and remembers how it was called."""

    def __init__(self, answer: str, code: int = 0) -> None:
        self.answer = answer
        self.code = code
        self.command: list[str] = []
        self.found = ""

    def __call__(self, command: list[str], *, cwd: str, **_more: Any) -> subprocess.CompletedProcess[str]:
        self.command = command
        target = Path(cwd) / command[command.index("--output-file") + 1]
        self.found = target.read_text(encoding="utf-8") if target.exists() else ""
        target.write_text(self.answer, encoding="utf-8")
        return subprocess.CompletedProcess(command, self.code, "", "no such version")


def test_making_a_lock_starts_from_the_old_one_unless_upgraded(tiny: TinyProject) -> None:
    uv = FakeUv("first==1.0 \\\n    --hash=sha256:00\n")
    assert locks.make(RUN, tiny.root, Path("uv"), upgrade=False, run=uv)
    locks.check_current(RUN, tiny.root)
    assert "first==1.0" in uv.found
    assert {"--universal", "--generate-hashes", "--no-config"} <= set(uv.command)
    assert not locks.make(RUN, tiny.root, Path("uv"), upgrade=True, run=uv), "nothing changed"
    assert uv.found == ""
    assert "--upgrade" in uv.command


def test_a_lock_that_leaks_is_not_written(tiny: TinyProject) -> None:
    before = RUN.path(tiny.root).read_text(encoding="utf-8")
    with pytest.raises(Failure):
        locks.make(RUN, tiny.root, Path("uv"), upgrade=False, run=FakeUv("first @ https://example.org/first.whl\n"))
    assert RUN.path(tiny.root).read_text(encoding="utf-8") == before


def test_uvs_refusal_is_told_with_its_words(tiny: TinyProject) -> None:
    with pytest.raises(Failure) as failure:
        locks.make(RUN, tiny.root, Path("uv"), upgrade=False, run=FakeUv("", code=1))
    assert failure.value.code == ExitCode.LOCK
    assert failure.value.detail == "no such version"


def test_an_export_lock_leaves_out_cuda(tiny: TinyProject) -> None:
    lock = Lock("requirements-export-x", "x.in", hashed=False)
    (tiny.root / "x.in").write_text("# why\ntorch==2.13.0  # the CPU\n", encoding="utf-8")
    body = "nvidia-cublas==1 ; sys_platform == 'linux'\nsympy==1.14.0\ntorch==2.13.0\ntriton==3.7.1\n"
    locks.make(lock, tiny.root, Path("uv"), upgrade=False, run=FakeUv(body))
    assert locks.wanted(lock, tiny.root) == ["torch==2.13.0"]
    assert locks.pins(lock.path(tiny.root).read_text(encoding="utf-8")) == ["sympy==1.14.0", "torch==2.13.0"]


def test_uv_runs_without_extra_indexes_and_with_pips_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_FIND_LINKS", "/mnt/wheels")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    environment = clean_environment()
    assert "UV_FIND_LINKS" not in environment
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://other.example/simple")
    assert clean_environment()["UV_DEFAULT_INDEX"] == "https://other.example/simple"


def test_without_uv_the_way_to_get_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name, path=None: None)
    with pytest.raises(Failure) as failure:
        find_uv(tmp_path)
    assert failure.value.code == ExitCode.LIBRARY
    assert "installer test" in failure.value.todo
