"""The catalogue: what stands in it, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import models
from homespun.errors import Damaged, ExitCode, NotFound
from models import Form, Ship, Task, Variant
from models.schema import is_safe_name, parse, read

ROOT = Path(__file__).resolve().parents[2]

GOOD = """
[[model]]
id = "thing"
title = "A thing"
task = "fill"
licence = "MIT"
ship = "yes"
form = "onnx"
origin = "acme"
hub = "acme/thing"
revision = "0123456789abcdef0123456789abcdef01234567"
precisions = ["fp32"]
limits = { multiple_of = 8 }
evidence = "made for a test"

[[model.file]]
name = "model.onnx"
path = "onnx/model.onnx"
sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
size = 12

[[model.graph]]
file = "model.onnx"
inputs = [{ name = "x", dtype = "float32", shape = [1, "height"] }]
outputs = [{ name = "y", dtype = "float32", shape = [1, "height"] }]
static = [{ height = 512 }]
"""


VARIANT = """
[[model.file]]
name = "model-npu.onnx"
path = "onnx/model-npu.onnx"
sha256 = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
size = 12

[[model.variant]]
of = "model.onnx"
file = "model-npu.onnx"
kinds = ["npu"]
precision = "a16w8"
"""


def test_a_good_entry_becomes_frozen_data() -> None:
    (model,) = parse(GOOD)
    assert (model.task, model.ship, model.form, model.size) == (Task.FILL, Ship.YES, Form.ONNX, 12)
    assert model.inputs[0].shape == (1, "height")
    assert model.outputs[0].name == "y"
    assert model.static == ({"height": 512},)
    assert model.limits == {"multiple_of": 8}
    with pytest.raises(AttributeError):
        model.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('licence = "MIT"', "", "licence"),
        ('licence = "MIT"', 'licence = ""', "licence"),
        ('licence = "MIT"', "licence = 3", "licence"),
        ('ship = "yes"', 'ship = "maybe"', "ship"),
        ('ship = "yes"', 'ship = "no"', "terms"),
        ('ship = "yes"', 'ship = "with-terms"', "terms"),
        ('task = "fill"', 'task = "paint"', "task"),
        ('form = "onnx"', 'form = "adapter"', "adapts"),
        ('form = "onnx"', 'form = "onnx"\nadapts = "thing"', "adapts"),
        ('form = "onnx"', 'form = "onnx"\ncolour = "red"', "colour"),
        ('id = "thing"', 'id = "Thing"', "id"),
        ('hub = "acme/thing"', 'hub = "thing"', "hub"),
        ('hub = "acme/thing"', "", "hub"),
        ('revision = "0123456789abcdef0123456789abcdef01234567"', "", "revision"),
        ('precisions = ["fp32"]', 'precisions = ["fp12"]', "precisions"),
        ('precisions = ["fp32"]', "", "precisions"),
        ("{ multiple_of = 8 }", "{ multiple_of = 0 }", "limits"),
        ("{ multiple_of = 8 }", "{ speed = 8 }", "limits"),
        ("{ multiple_of = 8 }", "8", "limits"),
        ('evidence = "made for a test"', "", "evidence"),
        ("aaaa", "AAAA", "sha256"),
        ("aaaa", "aaa", "sha256"),
        ("size = 12", "size = -1", "size"),
        ("size = 12", "size = true", "size"),
        ("size = 12", "", "about_mb"),
        ("size = 12", 'size = 12\ncolour = "red"', "colour"),
        ('name = "model.onnx"\n', 'name = "../model.onnx"\n', "name"),
        ('path = "onnx/model.onnx"', "", "file"),
        ('path = "onnx/model.onnx"', 'path = "a"\nurl = "https://example.org/a"', "url"),
        ('path = "onnx/model.onnx"', 'url = "http://example.org/a"', "url"),
        (
            'path = "onnx/model.onnx"\nsha256 = "' + "a" * 64,
            'url = "https://e.org/a"\nsha256 = "on-first-download',
            "sha256",
        ),
        ('file = "model.onnx"', 'file = "other.onnx"', "graph"),
        ('file = "model.onnx"', "", "file"),
        ("[[model.graph]]", "[[model.graf]]", "graph"),
        ('inputs = [{ name = "x", dtype = "float32", shape = [1, "height"] }]', "", "inputs"),
        ('outputs = [{ name = "y", dtype = "float32", shape = [1, "height"] }]', "outputs = []", "outputs"),
        ('inputs = [{ name = "x", dtype = "float32"', 'inputs = [{ name = "x", dtype = "double"', "dtype"),
        ('shape = [1, "height"] }]\noutputs', "shape = [0] }]\noutputs", "shape"),
        (', shape = [1, "height"] }]\noutputs', " }]\noutputs", "shape"),
        ("static = [{ height = 512 }]", "static = [{ depth = 512 }]", "static"),
        ("static = [{ height = 512 }]", "static = [512]", "static"),
        ('task = "fill"', 'task = "sentence-vectors"', "text"),
        ('task = "fill"', 'task = "fill"\ntext = { pooling = "max" }', "pooling"),
        ('task = "fill"', 'task = "fill"\ntext = { pooling = "mean", speed = 1 }', "speed"),
    ],
)
def test_an_entry_that_is_not_right_is_refused_with_its_name_and_key(old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(Damaged) as caught:
        parse(GOOD.replace(old, new, 1), "catalog.toml")
    assert caught.value.code is ExitCode.DAMAGED
    assert caught.value.what.startswith("catalog.toml, model ")
    assert f"key {key!r}" in caught.value.what


def test_an_entry_without_a_name_is_refused() -> None:
    with pytest.raises(Damaged, match="a model without a name, key 'id'"):
        parse(GOOD.replace('id = "thing"', ""))


def test_two_entries_of_one_name_are_refused() -> None:
    with pytest.raises(Damaged, match="two models"):
        parse(GOOD + GOOD)


def test_an_adapter_of_nothing_is_refused() -> None:
    adapter = GOOD.replace('form = "onnx"', 'form = "adapter"\nadapts = "nobody"')
    with pytest.raises(Damaged, match="no model 'nobody'"):
        parse(adapter[: adapter.index("[[model.graph]]")])


def test_two_files_that_differ_in_case_alone_are_refused() -> None:
    twin = '[[model.file]]\nname = "Model.onnx"\npath = "b"\nsha256 = "on-first-download"\n[[model.graph]]'
    with pytest.raises(Damaged, match="same name"):
        parse(GOOD.replace("[[model.graph]]", twin))


def test_an_unknown_key_at_the_top_an_empty_catalogue_and_broken_toml_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="key 'version'"):
        parse(f"version = 1\n{GOOD}")
    with pytest.raises(Damaged, match="key 'model'"):
        parse("")
    with pytest.raises(Damaged, match="line 2"):
        parse("a = 1\nb = = 2\n")
    with pytest.raises(Damaged, match="can't be read"):
        read(tmp_path / "nothing.toml")


def test_a_variant_says_which_devices_run_which_file_in_place_of_a_graph() -> None:
    (model,) = parse(GOOD + VARIANT)
    assert model.variants == (Variant("model.onnx", "model-npu.onnx", ("npu",), "a16w8"),)
    assert parse(GOOD).models[0].variants == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('of = "model.onnx"', 'of = "other.onnx"', "variant"),
        ('of = "model.onnx"', "", "of"),
        ('file = "model-npu.onnx"', 'file = "other.onnx"', "variant"),
        ('kinds = ["npu"]', 'kinds = ["tpu"]', "kinds"),
        ('kinds = ["npu"]', "kinds = []", "kinds"),
        ('kinds = ["npu"]', "", "kinds"),
        ('precision = "a16w8"', 'precision = "fp12"', "precision"),
        ('precision = "a16w8"', 'precision = "a16w8"\nspeed = 3', "speed"),
    ],
)
def test_a_variant_that_is_not_right_is_refused(old: str, new: str, key: str) -> None:
    assert old in VARIANT
    with pytest.raises(Damaged) as caught:
        parse(GOOD + VARIANT.replace(old, new, 1), "catalog.toml")
    assert f"key {key!r}" in caught.value.what


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "../x", "a/../b", "a//b", "./a", "a\\b", "C:x", "con", "aux.txt", "a.", "a ", "x.part", "a/"]
)
def test_names_that_could_leave_the_folder_or_fail_on_windows_are_not_safe(name: str) -> None:
    assert not is_safe_name(name)


@pytest.mark.parametrize("name", ["model.onnx", "unet/config.json", "a.b/c-d_e.txt", "console.txt"])
def test_ordinary_names_are_safe(name: str) -> None:
    assert is_safe_name(name)


def test_the_shipped_catalogue_has_what_later_issues_use() -> None:
    tasks = {task: [model.id for model in models.catalog() if model.task is task] for task in Task}
    assert tasks[Task.SENTENCE_VECTORS] == ["all-minilm-l6-v2", "multilingual-e5-small"]
    assert tasks[Task.FILL] == ["mi-gan", "lama"]
    assert all(tasks.values())


def test_every_shipped_model_is_one_that_we_may_offer() -> None:
    for model in models.catalog():
        assert model.ship in {Ship.YES, Ship.WITH_TERMS}
        assert model.size > 0
        assert model.bundled or model.made_from or len(model.revision) == 40 or all(file.url for file in model.files)


def test_a_model_is_found_by_name_and_a_wrong_name_lists_the_right_ones() -> None:
    assert models.catalog()["mi-gan"].licence == "MIT"
    assert "mi-gan" in models.catalog()
    with pytest.raises(NotFound) as caught:
        models.catalog()["mi-gone"]
    assert "mi-gan" in caught.value.todo


def test_importing_the_room_brings_no_network_library() -> None:
    code = "import sys, models; models.listing(); print(sorted({'httpx', 'huggingface_hub', 'tomlkit'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"


def test_every_model_stands_in_the_docs_with_its_licence() -> None:
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(): cells for line in text.splitlines() if len(cells := line.split("|")) > 5}
    for model in models.catalog():
        row = rows[f"`{model.id}`"]
        assert model.licence in row[3]
        assert str(model.ship) in row[4]
        assert model.hub in "".join(row) or not model.hub
    for command in ("list", "get", "remove", "verify"):
        assert f"`homespun models {command}" in text
