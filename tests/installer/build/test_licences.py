"""The licences that go along: everything on the list does, anything else stops the build by its name."""

from __future__ import annotations

import json
import sysconfig
from pathlib import Path

import pytest

from installer import locks
from installer.build import licences, parts
from installer.build.packages import packages, plain
from installer.failure import Failure
from tests.installer.build.unpacked import add_package

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(sysconfig.get_path("purelib"))


def test_every_package_of_the_lock_that_is_installed_here_may_go_along() -> None:
    locked = {plain(one.partition("==")[0]) for one in locks.pins((ROOT / "requirements.lock").read_text("utf-8"))}
    found = [one for one in packages(HERE) if one.name in locked]
    assert len(found) > 40
    licences.judge(found, HERE)
    _, unknown = parts.inside(HERE, found)
    assert unknown == (), "libraries in wheels that installer/build/parts.py does not know"


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ("License-Expression: AGPL-3.0-only", "AGPL-3.0-only"),
        ("License: GPL-2.0-or-later", "GPL-2.0-or-later"),
        ("License: do what I say", "do what I say"),
        ("Keywords: secret", "nothing"),
        ("Classifier: License :: OSI Approved :: MIT License\nLicense-Expression: MIT AND SSPL-1.0", "SSPL-1.0"),
    ],
)
def test_a_licence_that_is_not_on_the_list_fails_the_build_with_the_packages_name(
    tmp_path: Path, headers: str, said: str
) -> None:
    add_package(tmp_path / "lib", "harmless")
    add_package(tmp_path / "lib", "viral", headers)
    with pytest.raises(Failure, match=r"viral 1\.0") as failed:
        licences.bundle(tmp_path / "lib", tmp_path / "out")
    assert said in failed.value.what


def test_classifiers_count_where_nothing_else_is_said(tmp_path: Path) -> None:
    add_package(tmp_path, "old", "Classifier: License :: OSI Approved :: MIT License")
    add_package(
        tmp_path, "both", "Classifier: License :: OSI Approved :: BSD License\nClassifier: License :: ISC License"
    )
    assert {one.name: one.licence for one in packages(tmp_path)} == {"old": "MIT", "both": "BSD-3-Clause AND ISC"}


def test_what_a_wheel_says_is_inside_it_is_judged_too(tmp_path: Path) -> None:
    told = {
        "bomFormat": "CycloneDX",
        "components": [{"name": "badger", "version": "2", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]}],
    }
    files = {"INFO/licenses/LICENSE": b"words", "INFO/sboms/parts.cdx.json": json.dumps(told).encode()}
    add_package(tmp_path, "box", files=files)
    with pytest.raises(Failure, match=r"box 1\.0 may not go along: it holds badger"):
        licences.judge(packages(tmp_path), tmp_path)


@pytest.mark.parametrize("there", [True, False])
def test_a_part_that_may_be_absent_is_looked_for_in_the_bytes(tmp_path: Path, there: bool) -> None:
    part = {"name": "libimagequant", "scope": "optional", "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    told = json.dumps({"bomFormat": "CycloneDX", "components": [part]}).encode()
    code = b"\x7fELF liq_attr_create" if there else b"\x7fELF"
    add_package(
        tmp_path, "pics", files={"INFO/sboms/a.json": told, "pics/_imaging.cpython-311-x86_64-linux-gnu.so": code}
    )
    if there:
        with pytest.raises(Failure, match="libimagequant"):
            licences.judge(packages(tmp_path), tmp_path)
    else:
        licences.judge(packages(tmp_path), tmp_path)


def test_the_bundle_holds_each_packages_words_ours_and_an_index(tmp_path: Path) -> None:
    lib = tmp_path / "lib"
    add_package(lib, "one", files={"INFO/licenses/deep/LICENSE": b"words", "INFO/licenses/NOTICE": b"note"})
    add_package(lib, "old-way", files={"INFO/COPYING": b"old words", "oldway/ThirdPartyNotices.txt": b"thirds"})
    add_package(lib, "bare", "License: Apache 2.0", files={"bare.py": b""})
    licences.bundle(lib, tmp_path / "out")
    out = tmp_path / "out"
    assert (out / "one-1.0" / "deep" / "LICENSE").read_bytes() == b"words"
    assert (out / "one-1.0" / "NOTICE").read_bytes() == b"note"
    assert (out / "old-way-1.0" / "COPYING").read_bytes() == b"old words"
    assert (out / "old-way-1.0" / "ThirdPartyNotices.txt").read_bytes() == b"thirds"
    assert (out / "Apache-2.0.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()
    index = (out / "README.txt").read_text(encoding="utf-8")
    assert "bare 1.0" in index
    assert index.index("bare 1.0") < index.index("old-way 1.0") < index.index("one 1.0")


def test_a_package_without_any_text_fails_unless_we_have_the_text(tmp_path: Path) -> None:
    add_package(tmp_path / "lib", "silent", files={"silent.py": b""})
    with pytest.raises(Failure, match=r"silent 1\.0 may not go along: it is under MIT and brings no text"):
        licences.bundle(tmp_path / "lib", tmp_path / "out")


def test_with_qt_goes_the_notice_that_the_lgpl_asks_for(tmp_path: Path) -> None:
    lib = tmp_path / "lib"
    headers = "License: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    files = {"PySide6/Qt/lib/libQt6Core.so.6": b"\x7fELF", "PySide6/Qt/lib/libicudata.so.73": b"\x7fELF"}
    add_package(lib, "PySide6_Essentials", headers, version="6.11.3", files=files)
    licences.bundle(lib, tmp_path / "out")
    index = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    for words in ("Qt 6.11.3 (in pyside6-essentials): LGPL-3.0-only", "ICU", "You may replace them", "download.qt.io"):
        assert words in index
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        assert "GNU" in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_a_model_that_may_not_be_handed_out_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "catalog.toml").write_text(
        '[[model]]\nid = "painter"\ntitle = "P"\nlicence = "CreativeML OpenRAIL-M"\nship = "with-terms"\nbundled = true\n',
        encoding="utf-8",
    )
    with pytest.raises(Failure, match="the model painter may not go along"):
        licences.bundle(tmp_path, tmp_path / "out")


def test_python_goes_along_with_its_own_words(tmp_path: Path) -> None:
    add_package(tmp_path / "lib", "one")
    (tmp_path / "python").mkdir()
    with pytest.raises(Failure, match=r"LICENSE\.txt"):
        licences.bundle(tmp_path / "lib", tmp_path / "out", tmp_path / "python")
    (tmp_path / "python" / "LICENSE.txt").write_text("PSF", encoding="utf-8")
    licences.bundle(tmp_path / "lib", tmp_path / "out", tmp_path / "python")
    assert (tmp_path / "out" / "Python.txt").read_text(encoding="utf-8") == "PSF"
