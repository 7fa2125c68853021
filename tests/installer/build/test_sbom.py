"""The SBOM: whole, the same bytes twice, and of the form that CycloneDX 1.6 asks for."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer.build import sbom
from installer.failure import Failure
from tests.installer.build.unpacked import add_package

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    lib = tmp_path / "lib"
    add_package(lib, "one", "License-Expression: MIT\nRequires-Dist: Two_Words>=1\nRequires-Dist: absent")
    add_package(lib, "two-words", "License: BSD\nRequires-Dist: one; extra == 'loop'")
    qt = {"PySide6/Qt/lib/libQt6Core.so.6": b"\x7fELF", "PySide6/QtCore.abi3.so": b"\x7fELF"}
    add_package(lib, "PySide6_Essentials", "License: LGPL-3.0-only OR GPL-3.0-only", version="6.11.3", files=qt)
    add_package(lib, "strange", files={"INFO/licenses/LICENSE": b"", "strange.libs/libwho-1.so.3": b"\x7fELF who"})
    (lib / "models").mkdir()
    shutil.copyfile(ROOT / "models" / "catalog.toml", lib / "models" / "catalog.toml")
    return lib


def made(lib: Path, **more: Any) -> dict[str, Any]:
    text = sbom.sbom(lib, "linux-x64", version="1.2.0", time=1_700_000_000, **more)
    assert text == sbom.sbom(lib, "linux-x64", version="1.2.0", time=1_700_000_000, **more)
    told: dict[str, Any] = json.loads(text)
    return told


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from walk(one.get("components", []))


def test_it_has_the_form_of_cyclonedx_1_6(lib: Path) -> None:
    told = made(lib)
    assert (told["bomFormat"], told["specVersion"], told["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", told["serialNumber"]
    )
    assert told["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    everything = [told["metadata"]["component"], *walk(told["components"])]
    refs = [one["bom-ref"] for one in everything]
    assert len(refs) == len(set(refs))
    for one in everything:
        assert one["type"] in ("application", "library", "file", "platform", "machine-learning-model")
        assert one["name"]
        assert all(set(choice) in ({"license"}, {"expression"}) for choice in one.get("licenses", []))
        assert len(one.get("licenses", [])) <= 1
        assert all(re.fullmatch(r"[0-9a-f]{64}", each["content"]) for each in one.get("hashes", []))
    assert {row["ref"] for row in told["dependencies"]} <= set(refs)
    assert {ref for row in told["dependencies"] for ref in row["dependsOn"]} <= set(refs)


def test_packages_have_a_purl_a_licence_and_the_hash_of_their_wheel(lib: Path, tmp_path: Path) -> None:
    (tmp_path / "two_words-1.0-py3-none-any.whl").write_bytes(b"a wheel")
    found = {one["name"]: one for one in made(lib, wheelhouse=tmp_path)["components"]}
    two = found["two-words"]
    assert two["purl"] == "pkg:pypi/two-words@1.0"
    assert two["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert two["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"a wheel").hexdigest()}]
    assert found["pyside6-essentials"]["licenses"] == [{"expression": "LGPL-3.0-only OR GPL-3.0-only"}]


def test_who_needs_whom_without_extras_and_without_what_is_not_there(lib: Path) -> None:
    needs = {row["ref"]: row["dependsOn"] for row in made(lib)["dependencies"]}
    assert needs["pkg:pypi/one@1.0"] == ["pkg:pypi/two-words@1.0"]
    assert needs["pkg:pypi/two-words@1.0"] == []
    assert "pkg:pypi/one@1.0" in needs["homespun"]
    assert "pkg:pypi/two-words@1.0" not in needs["homespun"]


def test_every_native_library_is_somewhere(lib: Path) -> None:
    told = made(lib)
    told_of = {
        place["location"]
        for one in walk(told["components"])
        for place in one.get("evidence", {}).get("occurrences", [])
    }
    told_of |= {one["name"] for one in walk(told["components"]) if one["type"] == "file"}
    there = {path.relative_to(lib).as_posix() for path in lib.rglob("*") if ".so" in path.name}
    assert there
    assert there <= told_of
    inside = {one["name"]: one for one in walk(told["components"])}
    assert inside["Qt"]["version"] == "6.11.3"
    assert inside["strange.libs/libwho-1.so.3"]["hashes"][0]["content"] == hashlib.sha256(b"\x7fELF who").hexdigest()


def test_the_bundled_models_are_listed_with_the_hashes_of_their_files(lib: Path) -> None:
    models = {one["name"]: one for one in made(lib)["components"] if one["type"] == "machine-learning-model"}
    assert "all-minilm-l6-v2" in models
    assert "multilingual-e5-small" not in models
    for name, one in models.items():
        for file in one["components"]:
            path = ROOT / "models" / "bundled" / name / file["name"]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == file["hashes"][0]["content"]


def test_a_python_that_goes_along_is_listed_with_what_it_brings(lib: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.mkdir()
    for name in ("python313.dll", "python.exe", "libcrypto-3.dll", "_ssl.pyd", "sqlite3.dll", "select.pyd"):
        (python / name).write_bytes(b"MZ")
    (one,) = [one for one in made(lib, python=("3.13.2", python))["components"] if one["type"] == "platform"]
    assert one["version"] == "3.13.2"
    assert {part["name"] for part in one["components"]} == {"OpenSSL", "SQLite"}
    own = {place["location"] for place in one["evidence"]["occurrences"]}
    assert own == {"python.exe", "python313.dll", "select.pyd"}


def test_another_content_has_another_number(lib: Path) -> None:
    first = made(lib)["serialNumber"]
    add_package(lib, "new")
    assert made(lib)["serialNumber"] != first


def test_a_licence_that_may_not_go_along_fails_it_too(lib: Path) -> None:
    add_package(lib, "viral", "License-Expression: GPL-3.0-only")
    with pytest.raises(Failure, match="viral"):
        made(lib)
