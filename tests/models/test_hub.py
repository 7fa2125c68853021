"""Downloads from a hub, whose metadata tells commit, size and hash: here a hub of our own on loopback."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from homespun.errors import Damaged, NetworkError, NoConsent, NotFound
from homespun.progress import Progress
from models import FileState, Source, Store, Wire, Witness

if TYPE_CHECKING:
    from tests.models.conftest import Shop

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40


def fetch(store: Store) -> Source:
    return store.get("thing", consent=True, mirror=None, progress=Progress()).source


def with_revision(hub: Shop, revision: str) -> Store:
    """The same store with a catalogue of another revision."""
    (model,) = hub.store.catalog.models
    return replace(hub.store, catalog=replace(hub.store.catalog, models=(replace(model, revision=revision),)))


def test_hashes_come_from_the_hub_and_are_recorded(hub: Shop) -> None:
    assert hub.store.listing()[0].hashes == "on first download"
    assert fetch(hub.store) is Source.DOWNLOAD
    assert hub.target.read_bytes() == hub.body
    assert (hub.folder / "vocab" / "words.txt").read_bytes() == b"one\ntwo\n"
    receipt = json.loads((hub.folder / "receipt.json").read_text())
    assert receipt["revision"] == COMMIT
    assert {one["witness"] for one in receipt["files"].values()} == {"hub"}
    assert hub.store.listing()[0].hashes == "first download (hub)"
    assert [one.state for one in hub.store.verify("thing", Progress())] == [FileState.OK, FileState.OK]


def test_a_branch_is_pinned_to_the_commit_that_the_hub_names(hub: Shop) -> None:
    fetch(hub.store)
    paths = [path for method, path, _, _ in hub.server.seen if method == "GET" and "/resolve/" in path]
    assert paths
    assert all(f"/resolve/{COMMIT}/" in path for path in paths)
    assert [path for _, path, _, _ in hub.server.seen].count("/acme/thing/resolve/main/onnx/model.onnx") == 1


def test_recorded_hashes_are_checked_ever_after(hub: Shop) -> None:
    fetch(hub.store)
    hub.target.write_bytes(b"x" + hub.body[1:])
    first, second = hub.store.verify("thing", Progress())
    assert (first.state, first.witness, second.state) == (FileState.WRONG_HASH, Witness.HUB, FileState.OK)
    assert fetch(hub.store) is Source.DOWNLOAD
    assert hub.target.read_bytes() == hub.body


def test_a_file_that_changes_at_the_hub_after_the_first_download_is_refused(hub: Shop) -> None:
    fetch(hub.store)
    hub.target.unlink()
    hub.server.serve_in_hub("onnx/model.onnx", hub.body[::-1])
    with pytest.raises(Damaged) as caught:
        fetch(hub.store)
    assert "model.onnx from 127.0.0.1 is not the file that was promised" in caught.value.what
    assert not hub.target.exists()


def test_a_small_file_is_checked_by_the_hash_that_git_gives_it(hub: Shop) -> None:
    served = hub.server.serve_in_hub("words.txt", b"one\ntwo\n", large=False)
    served.body = b"one\nTWO\n"
    with pytest.raises(Damaged, match=r"words\.txt"):
        fetch(hub.store)
    assert not (hub.folder / "vocab" / "words.txt").exists()


def test_a_file_without_any_hash_is_refused(hub: Shop) -> None:
    served = hub.server.serve_in_hub("words.txt", b"one\n", large=False)
    served.headers["ETag"] = '"v1"'
    with pytest.raises(NetworkError, match="no hash"):
        fetch(hub.store)


def test_a_cut_in_the_hubs_store_is_resumed_there(hub: Shop) -> None:
    hub.served.cut_at = [3_000_000]
    fetch(hub.store)
    assert "/store/onnx/model.onnx bytes=3000000-" in hub.server.gets()


def test_what_the_hub_lacks_is_told(hub: Shop) -> None:
    del hub.server.files["/acme/thing/resolve/main/onnx/model.onnx"]
    with pytest.raises(NetworkError, match="any more"):
        fetch(hub.store)


def test_a_hub_that_is_not_there_is_told(hub: Shop) -> None:
    store = replace(hub.store, wire=Wire(hub="http://127.0.0.1:9", silence=1.0, pauses=()))
    with pytest.raises(NetworkError, match="does not answer"):
        fetch(store)


def test_a_busy_hub_is_asked_again(hub: Shop) -> None:
    hub.server.files["/acme/thing/resolve/main/onnx/model.onnx"].status = 503
    hub.server.files["/acme/thing/resolve/main/onnx/model.onnx"].location = ""
    with pytest.raises(NetworkError, match="busy"):
        fetch(hub.store)
    assert len(hub.server.seen) == 3


def test_a_download_much_larger_than_announced_is_not_begun(hub: Shop) -> None:
    (model,) = hub.store.catalog.models
    small = replace(hub.store.catalog, models=(replace(model, about_mb=3),))
    with pytest.raises(NoConsent, match="much more"):
        fetch(replace(hub.store, catalog=small))
    assert hub.server.gets() == []


def test_a_commit_with_known_hashes_needs_no_metadata(hub: Shop) -> None:
    fetch(hub.store)
    receipt = json.loads((hub.folder / "receipt.json").read_text())
    (model,) = hub.store.catalog.models
    files = tuple(
        replace(file, sha256=receipt["files"][file.name]["sha256"], size=receipt["files"][file.name]["size"])
        for file in model.files
    )
    pinned = replace(model, files=files, revision=COMMIT)
    hub.store.remove("thing")
    hub.server.seen.clear()
    fetch(replace(hub.store, catalog=replace(hub.store.catalog, models=(pinned,))))
    assert {method for method, *_ in hub.server.seen} == {"GET"}


def test_a_newer_catalogue_does_not_take_the_files_of_the_old_revision(hub: Shop) -> None:
    fetch(hub.store)
    assert with_revision(hub, COMMIT).locate("thing")
    with pytest.raises(NotFound, match="models get thing"):
        with_revision(hub, OTHER).locate("thing")


def test_the_hub_learns_no_more_than_our_name_and_no_token(hub: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_this_is_not_sent")
    fetch(hub.store)
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    agents = {agent for _, _, _, agent in hub.server.seen}
    assert all(agent.startswith("homespun/") for agent in agents)
    assert not any("torch" in agent or "agent/" in agent for agent in agents)


def test_a_hub_that_names_another_hash_than_the_catalogue_is_refused_before_the_first_byte(hub: Shop) -> None:
    (model,) = hub.store.catalog.models
    files = (replace(model.files[0], sha256="0" * 64), model.files[1])
    wrong = replace(hub.store.catalog, models=(replace(model, files=files),))
    with pytest.raises(Damaged, match="has another") as caught:
        fetch(replace(hub.store, catalog=wrong))
    assert "models remove thing" in caught.value.todo
    assert hub.server.gets() == []


def test_a_receipt_that_cannot_be_read_vouches_for_nothing(hub: Shop) -> None:
    fetch(hub.store)
    (hub.folder / "receipt.json").write_text("{ half")
    with pytest.raises(NotFound):
        hub.store.locate("thing")
    assert hub.store.verify("thing", Progress())[0].state is FileState.UNKNOWN
