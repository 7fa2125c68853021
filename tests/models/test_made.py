"""A model that is made here of others' weights: tools first, then the download that was agreed to, then the recipe."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import threading
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from homespun.errors import Damaged, HomespunError, NoConsent, NotFound
from homespun.progress import Cancelled, Progress, Report
from models import FileState, Source, Store, Wire, Witness
from models.making import SETTING
from models.pipelines import NEEDED, read_pipeline
from models.schema import parse
from tests.models.conftest import Served, Server
from tests.models.pipeline import told_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tools' stand-in is a script with a shebang")

WEIGHTS = b"weights" * 1000

CATALOGUE = """
[[model]]
id = "origin"
title = "The origin"
task = "fill-by-words"
licence = "OpenRAIL"
ship = "yes"
form = "weights"
origin = "loopback"
evidence = "made here"
precisions = ["fp32"]

[[model.file]]
name = "unet.safetensors"
url = "{url}/unet"
sha256 = "{sha256}"
size = {size}

[[model.graph]]
file = "unet.onnx"
inputs = [{{ name = "x", dtype = "float32", shape = [1] }}]
outputs = [{{ name = "y", dtype = "float32", shape = [1] }}]

[[model]]
id = "best"
title = "The made one"
task = "fill-by-words"
licence = "OpenRAIL"
ship = "with-terms"
terms = "Be good."
form = "made"
origin = "made here"
made_from = ["origin"]
recipe = ["diffusion", "{{origin}}", "{{out}}"]
about_mb = 1
precisions = ["fp32"]

[[model.file]]
name = "pipeline.json"
sha256 = "on-first-download"
"""

TOOLS = """
    #!{python}
    import hashlib, json, pathlib, sys
    sys.path.insert(0, {root!r})
    assert sys.argv[1:4] == ["-m", "models.recipes.export", "diffusion"], sys.argv
    assert sys.argv[-3:] == ["--parity", "parts", "--json"]
    source, out = map(pathlib.Path, sys.argv[4:6])
    weights = (source / "unet.safetensors").read_bytes()
    def tell(**told):
        print(json.dumps(told), flush=True)
    tell(event="part", state="making", words="reading")
    print("a line that is no object", flush=True)
"""

MAKE = """
    from models.pipelines import NEEDED
    from tests.models.pipeline import told_of
    for name in NEEDED:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(weights + name.encode())
    tell(event="part", state="made", words="text_encoder.onnx made")
    (out / "pipeline.json").write_text(json.dumps(told_of({name: (out / name).read_bytes() for name in NEEDED})))
"""


@pytest.fixture
def store(server: Server, tmp_path: Path) -> Store:
    server.files["/unet"] = Served(WEIGHTS)
    text = CATALOGUE.format(url=server.url, sha256=hashlib.sha256(WEIGHTS).hexdigest(), size=len(WEIGHTS))
    wire = Wire(hub=server.url, silence=5.0, pauses=(0.01,))
    return Store(parse(text), tmp_path / "models", tmp_path / "bundled", wire)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts tools there that do `body`."""

    def put(body: str) -> None:
        begin = dedent(TOOLS).format(python=sys.executable, root=os.fspath(Path(__file__).parents[2]))
        path = tmp_path / "tools"
        path.write_text(f"{begin.strip()}\n{dedent(body).strip()}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv(SETTING, os.fspath(path))

    return put


def get(store: Store, *, consent: bool = True, mirror: Path | None = None, progress: Progress | None = None) -> Any:
    return store.get("best", consent=consent, mirror=mirror, progress=progress or Progress())


def test_without_the_tools_nothing_is_downloaded(
    store: Store, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SETTING, os.fspath(tmp_path / "none"))
    with pytest.raises(NotFound, match="tools for that are not here") as told:
        get(store)
    assert "installer export-env" in told.value.todo
    assert server.seen == []


def test_without_a_yes_nothing_is_downloaded_and_the_question_is_about_what_it_is_made_of(
    store: Store, server: Server, tools: Any
) -> None:
    tools(MAKE)
    with pytest.raises(NoConsent, match=r"127\.0\.0\.1"):
        get(store, consent=False)
    assert server.seen == []
    offer = store.offer("best")
    assert (offer.hosts, offer.size, offer.licence, offer.terms) == (
        ("127.0.0.1",),
        len(WEIGHTS),
        "OpenRAIL",
        "Be good.",
    )


def test_it_is_made_noted_found_and_checked(store: Store, tools: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tools(MAKE)
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)
    told: list[Report] = []
    here = get(store, progress=Progress(told.append))

    assert here.source is Source.MADE
    assert {file.name for file in here.model.files} == {"pipeline.json", *NEEDED}
    assert any("made" in one.note and one.done == 1 for one in told)
    assert store.locate("best").source is Source.LOCAL
    assert read_pipeline(here.folder).id == "tiny"
    checked = store.verify("best", Progress())
    assert {(one.state, one.witness) for one in checked} == {(FileState.OK, Witness.RECIPE)}
    assert [one.hashes for one in store.listing() if one.model.id == "best"] == ["first download (recipe)"]
    again = get(store, consent=False)
    assert again.source is Source.LOCAL


def test_a_changed_part_is_found_and_made_again(store: Store, tools: Any) -> None:
    tools(MAKE)
    folder = get(store).folder
    whole = (folder / "unet.onnx").read_bytes()
    (folder / "unet.onnx").write_bytes(whole[:-1] + b"!")
    assert [one.name for one in store.verify("best", Progress()) if one.state is FileState.WRONG_HASH] == ["unet.onnx"]
    assert get(store, consent=False).source is Source.MADE  # the origin is here: nothing has to be agreed to
    assert (folder / "unet.onnx").read_bytes() == whole


def test_it_can_be_copied_from_a_computer_that_has_it(
    store: Store, tools: Any, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools(MAKE)
    get(store)
    seen = len(server.seen)
    monkeypatch.setenv(SETTING, os.fspath(tmp_path / "none"))
    other = Store(store.catalog, tmp_path / "other", store.bundled, store.wire)
    here = get(other, consent=False, mirror=store.local)
    assert here.source is Source.MIRROR
    assert {file.name for file in other.locate("best").model.files} == {"pipeline.json", *NEEDED}
    assert len(server.seen) == seen


def test_a_part_that_is_missing_is_missed_and_brought_again(store: Store, tools: Any, tmp_path: Path) -> None:
    tools(MAKE)
    get(store)
    other = Store(store.catalog, tmp_path / "other", store.bundled, store.wire)
    here = get(other, consent=False, mirror=store.local).folder
    (here / "unet.onnx").unlink()
    with pytest.raises(NotFound):
        other.locate("best")
    assert "unet.onnx" in [one.name for one in other.verify("best", Progress()) if one.state is FileState.MISSING]
    assert get(other, consent=False, mirror=store.local).source is Source.MIRROR
    assert other.locate("best").folder == here


def test_a_mirror_that_is_not_whole_is_refused_and_completed_later(store: Store, tools: Any, tmp_path: Path) -> None:
    tools(MAKE)
    whole = get(store).folder
    shelf = tmp_path / "stick" / "best"
    shutil.copytree(whole, shelf)
    (shelf / "unet.onnx").unlink()
    other = Store(store.catalog, tmp_path / "other", store.bundled, store.wire)
    with pytest.raises(NotFound, match=r"lacks unet\.onnx"):
        get(other, consent=False, mirror=shelf.parent)
    with pytest.raises(NotFound):
        other.locate("best")
    shutil.copy(whole / "unet.onnx", shelf)
    assert get(other, consent=False, mirror=shelf.parent).source is Source.MIRROR


def test_a_broken_description_is_never_a_whole_model_and_another_pipeline_takes_its_place(
    store: Store, tools: Any, tmp_path: Path
) -> None:
    tools(MAKE)
    here = get(store).folder
    size = (here / "pipeline.json").stat().st_size
    (here / "pipeline.json").write_text("x" * size)
    with pytest.raises(NotFound):
        store.locate("best")
    shelf = tmp_path / "stick" / "best"
    files = {name: b"another " + name.encode() for name in NEEDED}
    for name, data in files.items():
        (shelf / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_bytes(data)
    (shelf / "pipeline.json").write_text(json.dumps(told_of(files)))
    assert get(store, consent=False, mirror=shelf.parent).source is Source.MIRROR
    assert (store.locate("best").folder / "unet.onnx").read_bytes() == files["unet.onnx"]


def test_weights_in_a_mirror_folder_are_made_into_it_without_a_network(
    store: Store, tools: Any, server: Server, tmp_path: Path
) -> None:
    tools(MAKE)
    shelf = tmp_path / "stick" / "origin"
    shelf.mkdir(parents=True)
    (shelf / "unet.safetensors").write_bytes(WEIGHTS)
    assert get(store, consent=False, mirror=shelf.parent).source is Source.MADE
    assert server.seen == []


def test_what_the_recipe_says_is_what_the_person_reads(store: Store, tools: Any) -> None:
    tools(
        'tell(event="error", words="There is not enough memory for the UNet.", todo="Close other programs.")\nsys.exit(1)'
    )
    with pytest.raises(HomespunError, match="not enough memory") as told:
        get(store)
    assert told.value.todo == "Close other programs."


def test_a_recipe_that_dies_says_its_last_words(store: Store, tools: Any) -> None:
    tools("raise SystemError('the tools are broken')")
    with pytest.raises(HomespunError, match="the tools are broken"):
        get(store)
    with pytest.raises(NotFound):
        store.locate("best")


def test_a_recipe_that_made_half_of_it_is_not_believed(store: Store, tools: Any) -> None:
    tools(dedent(MAKE) + "(out / 'vae_decoder.onnx').unlink()")
    with pytest.raises(Damaged, match=r"vae_decoder\.onnx"):
        get(store)


def test_a_cancel_stops_the_recipe(store: Store, tools: Any, tmp_path: Path) -> None:
    mark = tmp_path / "lives"
    tools(f"import time\npathlib.Path({os.fspath(mark)!r}).write_text('yes')\ntime.sleep(60)")
    progress = Progress()

    def stop() -> None:
        _until(mark)
        progress.cancel.cancel()

    timer = threading.Thread(target=stop)
    timer.start()
    with pytest.raises(Cancelled):
        get(store, progress=progress)
    timer.join()


def _until(mark: Path) -> None:
    waiting = threading.Event()
    for _ in range(1000):
        if mark.exists():
            return
        waiting.wait(0.02)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('made_from = ["origin"]', 'made_from = ["nobody"]', "made_from"),
        ('made_from = ["origin"]', 'made_from = ["best"]', "made_from"),
        ('made_from = ["origin"]', "", "made_from"),
        ('form = "made"', 'form = "adapter"', "adapts"),
    ],
)
def test_an_entry_that_is_made_of_nothing_that_there_is_is_refused(old: str, new: str, key: str) -> None:
    text = CATALOGUE.format(url="https://h", sha256="0" * 64, size=1)
    with pytest.raises(Damaged, match=f"'{key}'"):
        parse(text.replace(old, new))


def test_the_shipped_pipeline_is_made_of_what_the_catalogue_has() -> None:
    import models

    best = models.catalog()["erase-best"]
    assert [models.catalog()[one].form for one in best.made_from] == [models.Form.WEIGHTS, models.Form.ADAPTER]
    assert {f"{{{one}}}" for one in best.made_from} | {"{out}"} == {one for one in best.recipe if one.startswith("{")}


def test_what_is_told_of_a_pipeline_is_json() -> None:
    assert json.loads(json.dumps(told_of({})))["files"] == []
