"""What the recipe for NPUs writes into a model card and into the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.recipes.export.npu.shipping import MODELS, with_section, with_variants
from models.schema import parse

CATALOG = (MODELS / "catalog.toml").read_text(encoding="utf-8")


def npu_file(folder: Path, body: bytes = b"one") -> dict[str, Path]:
    file = folder / "x2-npu.onnx"
    file.write_bytes(body)
    return {"x2-int8.onnx": file}


def test_a_section_is_replaced_and_all_else_stays() -> None:
    card = "# Title\n\nBy hand.\n\n## Measured\n\n1\n\n## Credits\n\nAnna\n"
    once = with_section(card, "## For NPUs\n\nold")
    assert once == "# Title\n\nBy hand.\n\n## Measured\n\n1\n\n## For NPUs\n\nold\n\n## Credits\n\nAnna\n"
    assert with_section(once, "## For NPUs\n\nnew") == once.replace("old", "new")
    assert with_section("# Title\n", "## For NPUs\n\nnew") == "# Title\n\n## For NPUs\n\nnew\n"


def test_the_catalogue_gets_the_file_with_its_sum_and_the_variant(tmp_path: Path) -> None:
    text = with_variants(CATALOG, "enlarge-faithful", npu_file(tmp_path))
    model = parse(text)["enlarge-faithful"]
    (variant,) = [one for one in model.variants if "npu" in one.kinds]
    assert (variant.of, variant.file, variant.precision) == ("x2-int8.onnx", "x2-npu.onnx", "a16w8")
    (file,) = [one for one in model.files if one.name == "x2-npu.onnx"]
    assert (file.size, file.sha256[:8]) == (3, "7692c3ad")


def test_other_models_and_a_second_run_change_nothing(tmp_path: Path) -> None:
    once = with_variants(CATALOG, "enlarge-faithful", npu_file(tmp_path))
    assert with_variants(once, "enlarge-faithful", npu_file(tmp_path)) == once
    before, after = parse(CATALOG), parse(once)
    assert [model for model in after if model.id != "enlarge-faithful"] == [
        model for model in before if model.id != "enlarge-faithful"
    ]
    again = parse(with_variants(once, "enlarge-faithful", npu_file(tmp_path, b"another")))["enlarge-faithful"]
    assert [file.size for file in again.files if file.name == "x2-npu.onnx"] == [7]


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing"):
        with_variants(CATALOG, "nothing", npu_file(tmp_path))
