"""The Debian package, in a clean Debian: it installs, works offline for an ordinary person, is upgraded, and goes without a trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.build import linux, tree
from installer.build.linux import deb, opt, papers
from installer.pip import Pip
from installer.uv import find_uv
from tests.packaging.debian import Debian, Unavailable, clean_debian, give

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"


def recipe() -> opt.Recipe:
    """For the Python of this Debian."""
    return opt.Recipe(
        root=ROOT,
        platform=tree.LINUX_X64,
        python=(PYTHON, "-I"),
        version=linux.python_version(PYTHON),
        uv=find_uv(Path(sys.executable).parent),
        pip=Pip((sys.executable, "-I", "-m", "pip")),
        time=tree.commit_time(ROOT),
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[deb.Package, Path]:
    """The package, and the folder it was made in. Packed quickly: level 0 of xz stores what the others press."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("there is no dpkg-deb here (Debian's dpkg)")
    work = tmp_path_factory.mktemp("deb")
    linux.render(ROOT, Path(sys.executable), work / "art")
    return deb.make(recipe(), work / "art", work / "work", work / "out", level=0), work


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Debian:
    """A clean Debian of this module's own, with samples in Ann's home and Python installed as on any desktop."""
    folder = tmp_path_factory.mktemp("debian")
    try:
        clean = clean_debian(folder / "made")
    except Unavailable as why:
        pytest.skip(str(why))
    own = clean.diverge(folder / "own")
    give(own, [path for path in (ROOT / "desktop" / "samples").iterdir() if path.is_file()])
    assert own.as_root("apt-get", "update", "-q").rc == 0
    return own


def test_two_builds_give_the_same_package(built: tuple[deb.Package, Path], tmp_path: Path) -> None:
    package, work = built
    wheels = Pip((sys.executable, "-I", "-m", "pip"), work / "work" / "wheels")
    again = deb.make(
        opt.Recipe(**{**vars(recipe()), "pip": wheels}),
        work / "art",
        tmp_path / "elsewhere" / "work",
        tmp_path / "out",
        level=0,
    )
    same = subprocess.run(["cmp", str(package.path), str(again.path)], capture_output=True, text=True, check=False)
    shutil.rmtree(tmp_path / "elsewhere")
    assert same.returncode == 0, same.stdout


def test_lintian_finds_no_error(built: tuple[deb.Package, Path], tmp_path: Path) -> None:
    if shutil.which("lintian") is None:
        pytest.skip("there is no lintian here (Debian's lintian)")
    words = ["lintian", "--fail-on", "error", "--tag-display-limit", "0", str(built[0].path)]
    said = subprocess.run(
        words, capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert said.returncode == 0, said.stdout
    assert not [line for line in said.stdout.splitlines() if line.startswith(("E:", "W:"))]


def test_the_sbom_is_what_the_schema_of_cyclonedx_asks_for(built: tuple[deb.Package, Path], tmp_path: Path) -> None:
    target = tmp_path / "validator"
    words = [sys.executable, "-I", "-m", "pip", "install", "--quiet", "--target", str(target)]
    fetched = subprocess.run(
        [*words, "cyclonedx-python-lib[json-validation]>=9"], capture_output=True, text=True, check=False
    )
    if fetched.returncode:
        pytest.skip("the validator of CycloneDX can't be fetched here")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from cyclonedx.schema import SchemaVersion\n"
        "from cyclonedx.validation.json import JsonStrictValidator\n"
        "wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[2], encoding='utf-8').read())\n"
        "sys.exit(repr(wrong)[:2000] if wrong else 0)"
    )
    listed = built[1] / "work" / "stage" / "opt" / "homespun" / "sbom.cdx.json"
    said = subprocess.run(
        [sys.executable, "-I", "-c", code, str(target), str(listed)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr


@pytest.mark.timeout(2400)
def test_it_installs_works_offline_for_an_ordinary_person_is_upgraded_and_leaves_nothing(
    built: tuple[deb.Package, Path], debian: Debian
) -> None:
    package, work = built
    older = _older(work)
    for path in (older, package.path):
        shutil.copyfile(path, debian.root / "root" / path.name)
    # What it asks of the system comes first, so that what follows is the package's own doing.
    needs = _field(package.path, "Depends")
    words = ["satisfy", "-y", "-q", "--no-install-recommends", needs]
    satisfied = debian.as_root("apt-get", *words)
    assert satisfied.rc == 0, satisfied.output
    before = debian.files()

    first = debian.as_root("apt-get", "install", "-y", "-q", "--no-install-recommends", f"/root/{older.name}")
    assert first.rc == 0, first.output
    assert (debian.root / "opt/homespun/lib/of-the-older-one.py").is_file()
    second = debian.as_root("apt-get", "install", "-y", "-q", "--no-install-recommends", f"/root/{package.path.name}")
    assert second.rc == 0, second.output
    assert not (debian.root / "opt/homespun/lib/of-the-older-one.py").exists()

    assert (debian.root / "usr/share/applications/homespun.desktop").is_file()
    assert (debian.root / "usr/share/icons/hicolor/48x48/apps/homespun.png").is_file()
    there = debian.files()
    version = debian.as_ann("homespun", "--version")
    assert version.output.startswith("homespun "), version.output
    erased = debian.as_ann("homespun", "erase", "welcome-sign.jpg", "--mask", "welcome-sign.mask.png")
    assert erased.rc == 0, erased.output
    assert (debian.root / "home/ann/welcome-sign (erased).jpg").stat().st_size > 10_000
    found = debian.as_ann(
        "sh", "-c", "homespun index add /usr/share/doc/homespun && homespun search 'what the licence asks'"
    )
    assert found.rc == 0, found.output
    assert "/usr/share/doc/homespun/" in found.output
    window = debian.as_ann("timeout", "20", "homespun", "app", QT_QPA_PLATFORM="offscreen")
    assert window.rc == 124, window.output  # it ran until it was stopped
    assert debian.files() == there, "using it wrote outside Ann's home"

    removed = debian.as_root("apt-get", "purge", "-y", "-q", "homespun")
    assert removed.rc == 0, removed.output
    # dpkg takes an empty /opt along, which no package owns; Debian makes it when it is installed, and packages when they need it.
    assert before - debian.files() <= {"opt"}
    assert debian.files() - before == set()
    assert (debian.root / "home/ann/welcome-sign (erased).jpg").is_file()
    shutil.rmtree(debian.root / "home/ann/.cache", ignore_errors=True)


def test_it_refuses_another_python(built: tuple[deb.Package, Path]) -> None:
    major, minor = (int(part) for part in recipe().version.split("."))
    assert f"python3 (<< {major}.{minor + 1})" in _field(built[0].path, "Depends")


def _field(package: Path, name: str) -> str:
    return subprocess.run(
        ["dpkg-deb", "-f", str(package), name], capture_output=True, text=True, check=True
    ).stdout.strip()


def _older(work: Path) -> Path:
    """A small package of an older version, with a file that the new one lacks."""
    stage = work / "older"
    for name, text in {"usr/bin/homespun": deb.LAUNCHER, "opt/homespun/lib/of-the-older-one.py": ""}.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(text)
    control = (work / "work" / "stage" / "DEBIAN" / "control").read_text(encoding="utf-8")
    now = _field(next((work / "out").glob("*.deb")), "Version")
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN" / "control").write_text(control.replace(f"Version: {now}", "Version: 0.0.1-1"), encoding="utf-8")
    deb.settle(stage, papers.Build("0.0.1", "amd64", (3, 11), tree.commit_time(ROOT)).time)
    return deb.pack(stage, work / "older_0.0.1.deb", tree.commit_time(ROOT))
