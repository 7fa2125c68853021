"""The papers of the Debian package."""

from __future__ import annotations

import email.parser
from pathlib import Path

import pytest

from installer.build.linux import papers
from installer.build.linux.libraries import Needs
from installer.build.packages import packages
from tests.installer.build.unpacked import add_package

BUILD = papers.Build("1.2.0", "amd64", (3, 11), 1_700_000_000)


def test_it_depends_on_exactly_the_python_that_it_was_built_for() -> None:
    told = email.parser.Parser().parsestr(
        papers.control(BUILD, Needs(("libc6 (>= 2.34)",), ("libwayland-client0",)), 2048)
    )
    assert str(told["Depends"]).startswith("python3 (>= 3.11), python3 (<< 3.12), libc6")
    assert "libwayland-client0" in str(told["Recommends"])
    assert told["Installed-Size"] == "2"
    assert told["Architecture"] == "amd64"


@pytest.mark.parametrize(
    ("version", "debian"), [("1.2.0", "1.2.0-1"), ("1.2.0rc1", "1.2.0~rc1-1"), ("0.3.0a12", "0.3.0~a12-1")]
)
def test_a_version_before_the_final_one_sorts_before_it(version: str, debian: str) -> None:
    assert papers.Build(version, "amd64", (3, 11), 0).debian_version == debian
    assert papers.Build(version, "arm64", (3, 11), 0).file_name == f"homespun_{debian}_arm64.deb"


def test_the_changelog_has_debians_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBFULLNAME", "Ann Weaver")
    monkeypatch.setenv("DEBEMAIL", "ann@weaver.example")
    lines = papers.changelog(BUILD).splitlines()
    assert lines[0] == "homespun (1.2.0-1) unstable; urgency=medium"
    assert lines[2].startswith("  * ")
    assert lines[-1] == " -- Ann Weaver <ann@weaver.example>  Tue, 14 Nov 2023 22:13:20 +0000"
    assert "bogus" not in papers.overrides()
    monkeypatch.delenv("DEBEMAIL")
    assert "bogus-mail-host" in papers.overrides()


def test_every_override_stands_below_a_reason() -> None:
    lines = papers.OVERRIDES.splitlines()
    assert lines[0].startswith("#")
    assert all(line.startswith(("#", "homespun: ")) for line in lines)
    tags = [line.split()[1] for line in lines if not line.startswith("#")]
    assert len(tags) == len(set(tags))


def test_the_copyright_names_each_package_and_defines_each_licence_once(tmp_path: Path) -> None:
    add_package(tmp_path, "one")
    add_package(
        tmp_path,
        "big",
        "License-Expression: MIT AND Apache-2.0 WITH LLVM-exception",
        files={"big/x.py": b"", "b.py": b""},
    )
    add_package(tmp_path, "qt", "License: LGPL-3.0-only OR GPL-3.0-only")
    told = papers.copyright_file(packages(tmp_path))
    assert "Files: opt/homespun/lib/b.py opt/homespun/lib/big-1.0.dist-info/* opt/homespun/lib/big/*" in told
    assert "License: MIT and Apache-2.0-with-LLVM-exception" in told
    defined = [line for block in told.split("\n\n") if block.startswith("License:") for line in block.splitlines()[:1]]
    assert len(defined) == len(set(defined))
    assert {"License: Apache-2.0", "License: MIT", "License: LGPL-3.0-only"} <= set(defined)
    assert "/usr/share/common-licenses/LGPL-3" in told
    assert "GPL-3.0-only\n" not in told.replace("LGPL-3.0-only", "")
