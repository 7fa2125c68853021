"""A pipeline's folder is read back as it was told, and whatever is wrong with it is said with the file's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homespun.errors import Damaged, HomespunError, NotFound
from models.pipelines import NAME, NEEDED, read_pipeline, told, verify_pipeline
from tests.models.pipeline import pipeline_of, told_of

FILES = {name: name.encode() for name in (*NEEDED, "unet.onnx.data", "unet-npu.onnx")}


def written(folder: Path, data: Any = None) -> Path:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / NAME).write_text(json.dumps(told_of(FILES) if data is None else data), encoding="utf-8")
    return folder


def test_what_was_told_is_read_back(tmp_path: Path) -> None:
    pipeline = read_pipeline(written(tmp_path))
    assert pipeline == pipeline_of(FILES, tmp_path)
    assert pipeline.latent == (1, 4, 8, 8)
    assert pipeline.size_of("unet.onnx") == len("unet.onnx" + "unet.onnx.data")
    verify_pipeline(pipeline)


def test_a_part_for_one_kind_of_device_is_a_variant_of_it(tmp_path: Path) -> None:
    data = told_of(FILES) | {"precisions": {"unet-npu.onnx": "a16w8"}}
    (variant,) = read_pipeline(written(tmp_path, data)).model().variants
    assert (variant.of, variant.file, variant.kinds, variant.precision) == (
        "unet.onnx",
        "unet-npu.onnx",
        ("npu",),
        "a16w8",
    )


def test_a_folder_without_one_says_which_folder_is_meant(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no pipeline\.json") as error:
        read_pipeline(tmp_path)
    assert "models.recipes.export" in error.value.todo


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_is_missing_or_short_is_named(tmp_path: Path, name: str) -> None:
    written(tmp_path)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(Damaged, match=name):
        read_pipeline(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(Damaged, match=f"{name} is missing"):
        read_pipeline(tmp_path)


def test_a_file_of_the_right_size_with_other_bytes_is_found_by_its_hash(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "unet.onnx").write_bytes(b"UNET.onnx")
    pipeline = read_pipeline(tmp_path)
    with pytest.raises(Damaged, match=r"unet\.onnx is damaged"):
        verify_pipeline(pipeline)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("format", 2, "format"),
        ("channels", 5, "channels is 5"),
        ("channels", True, "channels is True"),
        ("height", 65, "can't be divided"),
        ("scheduler", "magic", "none of ddim"),
        ("widths", "many", "not a list"),
        ("widths", [0], "whole number"),
        ("guidance", "high", "not a number"),
        ("title", "", "not a text"),
        ("files", [], "names no text_encoder"),
        ("files", [{"name": "../x", "sha256": "0", "size": 1}], "no name of a file inside"),
        ("text", {}, "lacks 'width'"),
    ],
)
def test_nonsense_is_said(tmp_path: Path, key: str, value: Any, words: str) -> None:
    with pytest.raises(Damaged, match=words):
        read_pipeline(written(tmp_path, told_of(FILES) | {key: value}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 10_000, '"pipeline"'])
def test_what_is_no_description_is_said(tmp_path: Path, text: str) -> None:
    written(tmp_path)
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match=r"pipeline\.json"):
        read_pipeline(tmp_path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), st.lists, max_leaves=4
)


@given(key=st.sampled_from(sorted(told_of(FILES))), value=JSON)
def test_no_value_of_a_key_raises_anything_but_words(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any
) -> None:
    folder = tmp_path_factory.getbasetemp() / "hostile"
    written(folder, told_of(FILES) | {key: value})
    try:
        pipeline = read_pipeline(folder)
    except HomespunError:
        return
    assert told(pipeline)["format"] == 1
