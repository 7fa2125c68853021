"""The folder of packages: the lock cut for one platform, wheels unpacked as pip would, our own packages, and what is left out."""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path

import pytest

from installer.build import tree, trim
from installer.failure import ExitCode, Failure
from tests.installer.build.binary import pe

ROOT = Path(__file__).resolve().parents[3]
LOCK = """\
# a comment
a==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via something
b-c==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:cc
b-c==3.0 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
"""


def wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(member, text)
    return path


def test_the_lock_is_cut_to_the_versions_of_one_platform_without_markers() -> None:
    assert tree.cut(LOCK, {"a": "1.0", "b-c": "3.0"}) == [
        *("a==1.0 \\", "    --hash=sha256:aa \\", "    --hash=sha256:bb"),
        *("b-c==3.0 \\", "    --hash=sha256:dd"),
    ]
    assert tree.cut(LOCK, {}) == []


def test_the_real_lock_is_cut_to_lines_that_pip_takes() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = tree.cut(text, {"numpy": "2.5.5", "tomlkit": "0.15.2"})
    assert [line for line in lines if not line.startswith("    --hash=sha256:")] == [
        "numpy==2.5.5 \\",
        "tomlkit==0.15.2 \\",
    ]
    assert not lines[-1].endswith("\\")


def test_wheels_are_unpacked_without_scripts_headers_and_data(tmp_path: Path) -> None:
    contents = {
        "thing/__init__.py": "1",
        "thing-1.0.dist-info/METADATA": "x",
        "thing-1.0.data/purelib/more.py": "2",
        "thing-1.0.data/scripts/thing.exe": "3",
        "thing-1.0.data/data/share/man/thing.1": "4",
    }
    wheel(tmp_path, "thing-1.0-py3-none-any.whl", contents)
    wheel(tmp_path, "other-1.0-py3-none-any.whl", {"other.py": "5"})
    lib = tmp_path / "lib"
    assert tree.unpack(tmp_path, lib, ["thing==1.0 \\", "    --hash=sha256:aa"]) == ("thing-1.0-py3-none-any.whl",)
    found = {path.relative_to(lib).as_posix() for path in lib.rglob("*") if path.is_file()}
    assert found == {"thing/__init__.py", "thing-1.0.dist-info/METADATA", "more.py"}


@pytest.mark.parametrize("name", ["../out.py", "/etc/out.py", "a/../../out.py", "a\\out.py", "C:out.py"])
def test_a_wheel_that_writes_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    wheel(tmp_path, "bad-1.0-py3-none-any.whl", {name: "x"})
    with pytest.raises(Failure) as caught:
        tree.unpack(tmp_path, tmp_path / "lib")
    assert caught.value.code is ExitCode.HASH


def test_two_wheels_may_not_write_over_each_other(tmp_path: Path) -> None:
    wheel(tmp_path, "a-1.0-py3-none-any.whl", {"same.py": "1", "equal.py": "3"})
    wheel(tmp_path, "b-1.0-py3-none-any.whl", {"same.py": "2", "equal.py": "3"})
    with pytest.raises(Failure, match=r"same\.py"):
        tree.unpack(tmp_path, tmp_path / "lib")


def test_our_packages_go_along_without_what_only_builds(tmp_path: Path) -> None:
    tree.copy_program(ROOT, tmp_path, "windows", "windows-x64")
    assert {path.name for path in tmp_path.iterdir()} == {*tree.PACKAGES, tree.BUILD_FILE}
    told = json.loads((tmp_path / tree.BUILD_FILE).read_text(encoding="utf-8"))
    assert (told["schema"], told["kind"], told["platform"]) == (1, "windows", "windows-x64")
    assert not list(tmp_path.rglob("__pycache__"))
    assert (tmp_path / "desktop/samples/welcome-sign.jpg").is_file()
    assert (tmp_path / "models/bundled/all-minilm-l6-v2/model.onnx").is_file()
    assert not (tmp_path / "installer/build").exists()
    assert not (tmp_path / "installer/checks.py").exists()


def test_what_goes_along_of_the_installer_imports_nothing_that_stays_at_home(tmp_path: Path) -> None:
    tree.copy_program(ROOT, tmp_path, "windows", "windows-x64")
    modules = {
        ".".join(path.relative_to(tmp_path).with_suffix("").parts).removesuffix(".__init__")
        for path in (tmp_path / "installer").rglob("*.py")
    }
    wanted: set[str] = set()
    for path in tmp_path.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "installer":
                inside = {f"{node.module}.{one.name}" for one in node.names}
                wanted |= (inside & modules) or {node.module}
            elif isinstance(node, ast.Import):
                wanted |= {one.name for one in node.names if one.name.split(".")[0] == "installer"}
    assert wanted
    assert wanted - modules - {"installer"} == set()


def test_qt_is_cut_to_what_is_linked_to_our_modules_and_plugins(tmp_path: Path) -> None:
    libraries = {
        "QtCore.pyd": ["Qt6Core.dll", "pyside6.abi3.dll"],
        "QtWidgets.pyd": ["Qt6Widgets.dll"],
        "QtQml.pyd": ["Qt6Qml.dll"],
        "Qt6Core.dll": ["kernel32.dll"],
        "Qt6Widgets.dll": ["Qt6Gui.dll"],
        "Qt6Gui.dll": [],
        "Qt6Qml.dll": ["Qt6Core.dll"],
        "Qt6OpenGL.dll": [],
        "pyside6.abi3.dll": ["MSVCP140.dll"],
        "msvcp140.dll": [],
        "opengl32sw.dll": [],
        "plugins/platforms/qwindows.dll": ["Qt6Gui.dll"],
        "plugins/platforms/qdirect2d.dll": ["Qt6OpenGL.dll"],
        "plugins/sqldrivers/qsqlite.dll": [],
    }
    qt = tmp_path / "PySide6"
    for name, needs in libraries.items():
        (qt / name).parent.mkdir(parents=True, exist_ok=True)
        (qt / name).write_bytes(pe("x64", needs=needs))
    for name in ("__init__.py", "QtCore.pyi", "designer.exe", "qml/Qt/a.qml", "support/deprecated.py", "include/a.h"):
        (qt / name).parent.mkdir(parents=True, exist_ok=True)
        (qt / name).write_text("x")
    parts = trim.trim(tmp_path, unused=())
    left = {path.relative_to(qt).as_posix() for path in qt.rglob("*") if path.is_file()}
    assert left == {
        *(
            "QtCore.pyd",
            "QtWidgets.pyd",
            "Qt6Core.dll",
            "Qt6Widgets.dll",
            "Qt6Gui.dll",
            "pyside6.abi3.dll",
            "msvcp140.dll",
        ),
        *("plugins/platforms/qwindows.dll", "__init__.py", "support/deprecated.py"),
    }
    (part,) = parts
    assert part.name == "PySide6"
    assert part.after == sum(path.stat().st_size for path in qt.rglob("*") if path.is_file()) < part.before


def test_the_modules_of_qt_that_are_kept_are_those_that_the_window_imports() -> None:
    found: set[str] = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add(str(node.module).split(".")[1])
    assert found == set(trim.QT_MODULES)


def test_tests_sources_and_unused_parts_go_and_licences_stay(tmp_path: Path) -> None:
    for name in (
        *("numpy/__init__.py", "numpy/tests/test_a.py", "numpy/testing/__init__.py", "numpy/core.pyi", "numpy/a.h"),
        *("sympy/__init__.py", "sympy-1.0.dist-info/METADATA", "a-1.0.dist-info/licenses/COPYING.c"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    trim.trim(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"numpy/__init__.py", "numpy/testing/__init__.py", "a-1.0.dist-info/licenses/COPYING.c"}


def test_nothing_of_ours_imports_what_is_left_out() -> None:
    unused = [name.removesuffix(".py").replace("/", ".") for name in trim.UNUSED if "*" not in name]
    assert "scipy.stats" in unused
    for package in tree.PACKAGES:
        for path in tree.program_files(ROOT / package):
            if path.suffix == ".py" and "recipes" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found = [name for name in unused if f"import {name}" in text or f"from {name}" in text]
                assert found == [], path
