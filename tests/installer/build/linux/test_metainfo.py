"""What software centres are told."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from installer.build.linux import metainfo
from installer.verbs import PICTURE_TYPES

ROOT = Path(__file__).resolve().parents[4]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
TIME = 1_700_000_000


def test_appstream_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    tool = shutil.which("appstreamcli")
    if tool is None:
        pytest.skip("there is no appstreamcli here (Debian's appstream)")
    path = tmp_path / f"{metainfo.ID}.metainfo.xml"
    path.write_text(metainfo.metainfo(CHANGELOG, "0.1.0", TIME), encoding="utf-8")
    said = subprocess.run([tool, "validate", "--no-net", str(path)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_it_names_the_entry_every_picture_type_and_the_version_with_its_day() -> None:
    told = ET.fromstring(metainfo.metainfo(CHANGELOG, "0.1.0", TIME).encode())
    assert told.findtext("launchable") == "homespun.desktop"
    assert {one.text for one in told.findall("provides/mediatype")} == set(PICTURE_TYPES.values())
    release = told.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == ("0.1.0", "2023-11-14")


def test_every_sentence_is_there_in_english_and_german() -> None:
    told = ET.fromstring(metainfo.metainfo(CHANGELOG, "0.1.0", TIME).encode())
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for tag in ("summary", "description/p"):
        found = [one.get(language) for one in told.findall(tag)]
        assert found.count(None) == found.count("de") > 0


def test_the_news_are_the_first_paragraph_below_the_versions_heading() -> None:
    changelog = "# C\n\n## 1.1.0\n\nNow with **right\nclick** and `erase`, see [x](y.md).\n\nMore.\n\n## 1.0.0\n\nOld & <good>.\n"
    assert metainfo.news(changelog, "1.1.0") == "Now with right click and erase, see x."
    assert metainfo.news(changelog, "3.0.0") == ""
    told = ET.fromstring(metainfo.metainfo(changelog, "1.0.0", TIME).encode())
    assert told.findtext("releases/release/description/p") == "Old & <good>."
