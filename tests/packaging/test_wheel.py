"""The wheel, as pipx takes it: into an environment of its own, where the program works."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installer.build import linux, tree
from installer.build.linux import wheel
from installer.environment import Builder, Environment
from installer.pip import Pip, python_environment
from installer.steps import Steps

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
PIP = (sys.executable, "-I", "-m", "pip")


class Ready(Builder):
    """The environment that these tests run in is the one that builds."""

    def ensure(self, wanted: Environment) -> Path:
        """It is there."""
        return Path(sys.executable)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel and the source archive, made by the command."""
    out = tmp_path_factory.mktemp("wheel") / "out"
    assert linux.build(Ready(ROOT, Steps()), ["--format", "wheel", "--out", str(out)]) == 0
    sums = dict(line.split("  ")[::-1] for line in (out / "homespun-linux.sha256").read_text("utf-8").splitlines())
    found = [out / next(name for name in sums if name.endswith(ending)) for ending in (".whl", ".tar.gz")]
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found} == sums
    return found


def test_two_builds_give_the_same_wheel_and_the_same_archive(made: list[Path], tmp_path: Path) -> None:
    again = wheel.make(
        ROOT,
        Path(sys.executable),
        Pip(PIP),
        tree.commit_time(ROOT),
        tmp_path / "work",
        tmp_path / "out",
        lambda _note: None,
    )
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made]


def test_it_holds_samples_models_words_and_icons_and_nothing_that_only_builds(made: list[Path]) -> None:
    with zipfile.ZipFile(made[0]) as archive:
        names = set(archive.namelist())
    for name in (
        "desktop/samples/welcome-sign.jpg", "desktop/words/editor.de.ts", "desktop/window/icons/erase.svg",
        "desktop/window/emblem/app.svg", "models/catalog.toml", "models/bundled/all-minilm-l6-v2/model.onnx",
        "installer/verbs.py", "installer/shell/extension.txt",
    ):  # fmt: skip
        assert name in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(tree.PACKAGES)
    assert not [
        name for name in names if name.startswith(("installer/build", "installer/native", "installer/commands"))
    ]


def test_in_an_environment_of_its_own_with_the_locks_packages_it_works(made: list[Path], tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", str(venv)], check=True)
    into = [*PIP, "--python", str(venv / "bin" / "python"), "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run(
        [*into, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, env=python_environment()
    )
    subprocess.run([*into, str(made[0])], check=True, env=python_environment())
    for name in ("welcome-sign.jpg", "welcome-sign.mask.png"):
        shutil.copyfile(ROOT / "desktop" / "samples" / name, tmp_path / name)
    home = {**python_environment(), "HOMESPUN_HOME": str(tmp_path / "home")}
    home.pop("PYTHONPATH", None)

    def homespun(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(venv / "bin" / "homespun"), *words]
        return subprocess.run(command, cwd=tmp_path, env=home, capture_output=True, text=True, check=False, timeout=600)

    assert homespun("--version").stdout.startswith("homespun ")
    erased = homespun("erase", "welcome-sign.jpg", "--mask", "welcome-sign.mask.png")
    assert erased.returncode == 0, erased.stderr
    assert (tmp_path / "welcome-sign (erased).jpg").is_file()
    checked = subprocess.run(
        [*PIP, "--python", str(venv / "bin" / "python"), "check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert os.listdir(venv / "bin").count("homespun") == 1
