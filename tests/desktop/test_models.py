"""`homespun models` against the real catalogue, a real folder of models and no network."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import models
from homespun.errors import NoConsent
from homespun.folders import folders
from homespun.progress import Progress
from models import Located, ModelId, Source
from tests.desktop.known_index import Said
from tests.desktop.test_index import Person

Homespun = Callable[..., Said]

BUNDLED = "all-minilm-l6-v2"
ABSENT = "mi-gan"


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A mirror folder with the bundled encoder in it."""
    folder = tmp_path / "mirror"
    shutil.copytree(models.locate(BUNDLED).folder, folder / BUNDLED)
    return folder


def test_the_list_says_for_each_model_size_licence_and_where_it_is(homespun: Homespun) -> None:
    rows = homespun("models", "list").out.splitlines()

    known = models.catalog()
    assert rows[0].startswith(f"{BUNDLED} · ")
    assert rows[0].endswith("Apache-2.0 · comes with Homespun")
    assert sum(" · not here" in row for row in rows) == sum(not model.bundled for model in known)
    listed = json.loads(homespun("models", "list", "--json").out)["models"]
    assert [each["model"] for each in listed] == [model.id for model in known]
    assert {
        "model",
        "title",
        "task",
        "licence",
        "terms",
        "origin",
        "bytes",
        "source",
        "hashes",
        "partial_bytes",
    } == set(listed[0])


def test_what_is_here_is_not_fetched_again(homespun: Homespun) -> None:
    said = homespun("models", "get", BUNDLED)

    assert said.code == 0
    assert said.out.startswith("Ready. It comes with Homespun: ")


def test_a_download_names_server_size_and_licence_and_needs_a_yes(homespun: Homespun) -> None:
    said = homespun("models", "get", ABSENT)

    assert said.code == 9
    offer = models.offer(ABSENT)
    assert str(offer) in said.err
    assert said.err.splitlines()[-1] == "Add --yes to agree."
    assert not (folders().models / ABSENT).exists()


def test_a_no_at_the_question_downloads_nothing(homespun: Homespun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Person("n\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    said = homespun("models", "get", ABSENT)

    assert said.code == 9
    assert f"Download {ABSENT}? It is {models.offer(ABSENT)}" in said.err
    assert "Nothing was downloaded." in said.err


@pytest.mark.parametrize("arguments", [["--yes"], []])
def test_only_a_yes_becomes_consent(
    homespun: Homespun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str]
) -> None:
    consents: list[bool] = []

    def get(model_id: ModelId, *, consent: bool, mirror: Path | None, progress: Progress) -> Located:
        consents.append(consent)
        if not consent:
            raise NoConsent("It is not here.", "Agree.")
        return Located(tmp_path, models.catalog()[model_id], Source.DOWNLOAD)

    monkeypatch.setattr(models, "get", get)
    monkeypatch.setattr(sys, "stdin", Person("y\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    said = homespun("models", "get", ABSENT, *arguments)

    assert said.code == 0
    assert consents == ([True] if arguments else [False, True])
    assert said.out == f"Ready. Downloaded: {tmp_path}\n"


def test_a_mirror_needs_no_consent_and_gets_none(
    homespun: Homespun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[bool, Path | None]] = []

    def get(model_id: ModelId, *, consent: bool, mirror: Path | None, progress: Progress) -> Located:
        asked.append((consent, mirror))
        return Located(tmp_path, models.catalog()[model_id], Source.MIRROR)

    monkeypatch.setattr(models, "get", get)
    monkeypatch.chdir(tmp_path)

    said = homespun("models", "get", ABSENT, "--mirror", "stick", "--yes", "--json")

    assert asked == [(False, tmp_path / "stick")]
    assert json.loads(said.out) == {"model": ABSENT, "folder": str(tmp_path), "source": "mirror"}


def test_downloads_that_are_switched_off_stay_off(homespun: Homespun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went to the network"))
    homespun("settings", "set", "models.allow_downloads", "never")

    said = homespun("models", "get", ABSENT, "--yes")

    assert said.code == 9
    assert "switched off" in said.err
    assert homespun("models", "get", BUNDLED).code == 0


def test_the_mirror_of_the_settings_is_used(homespun: Homespun, mirror: Path) -> None:
    homespun("settings", "set", "models.mirror", str(mirror))

    said = homespun("models", "get", ABSENT)

    assert said.code == 3
    assert str(mirror) in said.err


def test_what_a_mirror_lacks_is_never_fetched_from_the_network(
    homespun: Homespun, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went to the network"))

    said = homespun("models", "get", ABSENT, "--mirror", str(mirror), "--yes")

    assert said.code == 3
    assert ABSENT in said.err


def test_verifying_says_ok_file_by_file(homespun: Homespun) -> None:
    said = homespun("models", "verify")

    rows = said.out.splitlines()
    assert said.code == 0
    bundled = [model for model in models.catalog() if model.bundled]
    assert [row for row in rows if not row.startswith("  ok ")] == [model.id for model in bundled]
    assert len(rows) == sum(1 + len(model.files) for model in bundled)


def test_a_damaged_model_is_named_and_the_exit_code_tells(homespun: Homespun, mirror: Path) -> None:
    homespun_models = folders().models
    shutil.copytree(mirror, homespun_models)
    broken = homespun_models / BUNDLED / models.catalog()[BUNDLED].files[0].name
    broken.write_bytes(broken.read_bytes()[:-1] + b"?")

    said = homespun("models", "verify", BUNDLED)

    assert said.code == 5
    assert f"{BUNDLED}/{broken.name}" in said.err
    assert f"homespun models get {BUNDLED}" in said.err
    told = homespun("models", "verify", BUNDLED, "--json")
    assert told.code == 5
    assert json.loads(told.out)["models"][0]["files"][0]["state"] == "wrong hash"


def test_removing_says_what_it_frees(homespun: Homespun) -> None:
    local = folders().models / ABSENT
    local.mkdir(parents=True)
    (local / "half.part").write_bytes(b"x" * 1500)

    assert homespun("models", "remove", ABSENT).out == f"Removed {ABSENT}; that frees 1.5 KB.\n"
    assert not local.exists()


def test_a_part_of_homespun_is_not_removed(homespun: Homespun) -> None:
    assert homespun("models", "remove", BUNDLED).code == 2


def test_an_unknown_model_is_not_found_and_the_known_are_named(homespun: Homespun) -> None:
    for action in ("get", "remove", "verify"):
        said = homespun("models", action, "nix")

        assert said.code == 3
        assert BUNDLED in said.err
