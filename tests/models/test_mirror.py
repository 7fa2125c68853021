"""Models out of a mirror folder, for machines without internet, and models that come with Homespun."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import models
from homespun.errors import Damaged, NoSpace, NotFound, UsageError
from homespun.progress import Cancel, Cancelled, Progress, Report
from models import FileState, Source, Store, Witness

if TYPE_CHECKING:
    from tests.models.conftest import Shop


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    (folder / "thing").mkdir(parents=True)
    return folder


def fetch(store: Store, mirror: Path | None, progress: Progress | None = None) -> Source:
    return store.get("thing", consent=False, mirror=mirror, progress=progress or Progress()).source


def test_a_mirror_needs_neither_consent_nor_network(shop: Shop, mirror: Path) -> None:
    (mirror / "thing" / "model.onnx").write_bytes(shop.body)
    assert fetch(shop.store, mirror) is Source.MIRROR
    assert shop.target.read_bytes() == shop.body
    assert shop.server.seen == []
    assert [located.source for located in shop.store.installed()] == [Source.LOCAL]


def test_a_wrong_file_in_a_mirror_is_refused(shop: Shop, mirror: Path) -> None:
    (mirror / "thing" / "model.onnx").write_bytes(shop.body[:-1] + b"x")
    with pytest.raises(Damaged, match="not the file"):
        fetch(shop.store, mirror)
    assert os.listdir(shop.folder) == []


def test_a_mirror_that_lacks_a_file_is_told(shop: Shop, mirror: Path) -> None:
    with pytest.raises(NotFound, match=r"lacks model\.onnx"):
        fetch(shop.store, mirror)


def test_a_mirror_that_lacks_the_model_is_told_when_there_is_no_consent(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="has no folder thing"):
        fetch(shop.store, tmp_path / "empty")


def test_a_mirror_that_lacks_the_model_gives_way_to_a_download_with_consent(shop: Shop, tmp_path: Path) -> None:
    got = shop.store.get("thing", consent=True, mirror=tmp_path / "empty", progress=Progress())
    assert got.source is Source.DOWNLOAD


def test_a_mirror_that_is_larger_than_the_disk_is_told_first(
    shop: Shop, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mirror / "thing" / "model.onnx").write_bytes(shop.body)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 1000))
    with pytest.raises(NoSpace):
        fetch(shop.store, mirror)
    assert not shop.part.exists()


def test_cancelling_a_copy_leaves_no_model(shop: Shop, mirror: Path) -> None:
    (mirror / "thing" / "model.onnx").write_bytes(shop.body)
    cancel = Cancel()

    def show(_report: Report) -> None:
        cancel.cancel()

    with pytest.raises(Cancelled):
        fetch(shop.store, mirror, Progress(show, cancel))
    assert not shop.target.exists()
    assert fetch(shop.store, mirror) is Source.MIRROR


def test_the_models_folder_of_another_computer_is_a_mirror_with_the_hubs_word(hub: Shop, tmp_path: Path) -> None:
    hub.store.get("thing", consent=True, mirror=None, progress=Progress())
    offline = replace(hub.store, local=tmp_path / "offline")
    asked = len(hub.server.seen)
    assert fetch(offline, hub.store.local) is Source.MIRROR
    assert len(hub.server.seen) == asked
    assert {one.witness for one in offline.verify("thing", Progress())} == {Witness.HUB}


def test_that_word_is_held_against_the_mirrors_files(hub: Shop, tmp_path: Path) -> None:
    hub.store.get("thing", consent=True, mirror=None, progress=Progress())
    hub.target.write_bytes(hub.body[::-1])
    with pytest.raises(Damaged):
        fetch(replace(hub.store, local=tmp_path / "offline"), hub.store.local)


def test_files_that_nobody_vouches_for_are_taken_from_a_mirror_and_said_to_be(hub: Shop, mirror: Path) -> None:
    (mirror / "thing" / "vocab").mkdir()
    (mirror / "thing" / "model.onnx").write_bytes(hub.body)
    (mirror / "thing" / "vocab" / "words.txt").write_bytes(b"one\n")
    assert fetch(hub.store, mirror) is Source.MIRROR
    assert hub.store.listing()[0].hashes == "first download (mirror)"
    hub.target.write_bytes(hub.body[::-1])
    assert hub.store.verify("thing", Progress())[0].state is FileState.WRONG_HASH


def bundled(shop: Shop) -> Store:
    """A store whose model comes with the program, and from nowhere else."""
    (model,) = shop.store.catalog.models
    files = tuple(replace(file, url="") for file in model.files)
    shop.store.bundled.joinpath("thing").mkdir(parents=True)
    shop.store.bundled.joinpath("thing", "model.onnx").write_bytes(shop.body)
    changed = replace(model, files=files, bundled=True)
    return replace(shop.store, catalog=replace(shop.store.catalog, models=(changed,)))


def test_a_bundled_model_is_there_at_once(shop: Shop) -> None:
    store = bundled(shop)
    assert store.locate("thing").source is Source.BUNDLED
    assert fetch(store, None) is Source.BUNDLED
    assert [one.state for one in store.verify("thing", Progress())] == [FileState.OK]
    assert shop.server.seen == []


def test_a_bundled_model_cannot_be_removed(shop: Shop) -> None:
    with pytest.raises(UsageError, match="part of Homespun"):
        bundled(shop).remove("thing")


def test_a_bundled_model_whose_files_are_gone_is_a_broken_installation(shop: Shop) -> None:
    store = bundled(shop)
    shutil.rmtree(store.bundled)
    for act in (lambda: store.locate("thing"), lambda: fetch(store, None)):
        with pytest.raises(Damaged, match="comes with Homespun") as caught:
            act()
        assert "Install" in caught.value.todo
    with pytest.raises(Damaged):
        store.get("thing", consent=True, mirror=Path("nowhere"), progress=Progress())
    with pytest.raises(NotFound):
        store.verify("thing", Progress())


def test_what_is_not_here_is_told_with_the_command_that_brings_it(shop: Shop) -> None:
    for act in (shop.store.locate, shop.store.remove, lambda name: shop.store.verify(name, Progress())):
        with pytest.raises(NotFound) as caught:
            act("thing")
        assert caught.value.todo == "Run homespun models get thing."
    with pytest.raises(NotFound, match="no model called 'thong'"):
        shop.store.locate("thong")


def test_the_door_uses_the_folders_of_this_person(home: Path) -> None:
    located = models.locate("all-minilm-l6-v2")
    assert located.source is Source.BUNDLED
    assert located.folder.name == "all-minilm-l6-v2"
    assert models.get("all-minilm-l6-v2", consent=False, mirror=None, progress=Progress()) == located
    bundled = ["all-minilm-l6-v2", "enlarge-faithful", "enlarge-restore"]
    assert sorted(one.model.id for one in models.installed()) == bundled
    assert len(models.listing()) == len(models.catalog())
    assert "28.1 MB from huggingface.co, licence MIT." in str(models.offer("mi-gan"))
    (home / "models" / "mi-gan").mkdir(parents=True)
    assert models.remove("mi-gan") == 0
    assert not (home / "models" / "mi-gan").exists()


def test_the_bundled_files_are_those_of_the_catalogue() -> None:
    for model in models.catalog():
        if model.bundled:
            assert [one.state for one in models.verify(model.id)] == [FileState.OK] * len(model.files)
