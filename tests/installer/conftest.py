"""A tiny project with a lock and a wheelhouse of its own, so that environments are built for real without a network."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer import environment, libraries, locks
from installer.environment import Builder, Environment
from installer.locks import Lock
from installer.pip import OLDEST_FOREIGN_PIP, system_pip
from installer.steps import Steps

RUN = Lock("requirements", "project")
TEST = Lock("requirements-test", "group:test", constraint="requirements")
PROJECT = """\
[project]
name = "homespun"
description = "A tiny one."
requires-python = ">=3.11"
dependencies = ["first>=1"]
optional-dependencies = { more = ["third; sys_platform == 'win32'"] }
[project.scripts]
homespun = "desktop.cli:main"
[dependency-groups]
test = ["second>=1"]
"""


def write_wheel(folder: Path, name: str, body: str = "") -> Path:
    """A wheel of one module `name`, version 1.0, in `folder`."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": body,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        for path, text in files.items()
    }
    record = "".join(f"{path},sha256={digests[path]},{len(text.encode())}\n" for path, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


@dataclass
class TinyProject:
    """A checkout in `root` whose lock names the wheels in `wheelhouse`; `said` collects the printed lines."""

    root: Path
    wheelhouse: Path
    said: io.StringIO

    def lock(self, lock: Lock, name: str) -> None:
        """Write `lock` as `installer lock` would: the digest of its inputs, and the hash of the wheel `name`."""
        sha256 = hashlib.sha256((self.wheelhouse / f"{name}-1.0-py3-none-any.whl").read_bytes()).hexdigest()
        lock.path(self.root).write_text(
            f"# made by a test\n{locks.DIGEST}{locks.inputs_digest(lock, self.root)}\n"
            f"{name}==1.0 \\\n    --hash=sha256:{sha256}\n",
            encoding="utf-8",
        )

    def builder(self, *, wheelhouse: bool = True) -> Builder:
        """A builder that prints into `said`."""
        return Builder(self.root, Steps(self.said), wheelhouse=self.wheelhouse if wheelhouse else None)

    def program(self, *smoke: str, prepare: str = "") -> Environment:
        """The environment with the run lock."""
        return Environment(".venv", (RUN,), 1000, "first", smoke or ("first", "desktop.cli"), prepare=prepare)

    def tests(self) -> Environment:
        """The same with the test lock on top."""
        return Environment(".venv", (RUN, TEST), 1000, "first", ("first", "second"))

    @property
    def environment(self) -> Path:
        """Where the environment goes."""
        return self.root / ".venv"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system's pip fill the environments where it can: that saves three seconds for each."""
    version = system_pip()
    if version is not None and version >= OLDEST_FOREIGN_PIP:
        monkeypatch.setattr(environment, "find_spec", lambda module: None if module == "ensurepip" else object())
        monkeypatch.setattr(libraries, "may_use_apt", lambda: False)


@pytest.fixture
def tiny(tmp_path: Path) -> TinyProject:
    """A tiny project in a folder whose name holds what breaks scripts: a space, an accent, a quote."""
    root = tmp_path / "a b'é"
    for folder, text in (
        ("homespun", '__version__ = "0.7"\n'),
        ("desktop", ""),
        ("desktop/cli", "def main():\n    print('started')\n    return 0\n"),
    ):
        (root / folder).mkdir(parents=True)
        (root / folder / "__init__.py").write_text(text, encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    wheelhouse = tmp_path / "wheels"
    wheelhouse.mkdir()
    project = TinyProject(root, wheelhouse, io.StringIO())
    for lock, name in ((RUN, "first"), (TEST, "second")):
        write_wheel(wheelhouse, name)
        project.lock(lock, name)
    return project
