"""The recipe of the enlargers: exact bicubic at the start, kernels that multiply out, and gates that close.

Runs in the torch export environment: `pytest -m export`.
"""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from models.recipes.train.upscale.gates import Findings
    from models.recipes.train.upscale.network import Upscaler

pytestmark = pytest.mark.export
torch: Any = pytest.importorskip("torch")
onnx: Any = pytest.importorskip("onnx")


def smooth_picture() -> np.ndarray:
    """A picture of soft shapes, uint8 (48, 64, 3)."""
    random = np.random.default_rng(1).integers(0, 256, (8, 10, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(random).resize((64, 48), Image.Resampling.BICUBIC))


def network(scale: int = 2, seed: int = 0) -> Upscaler:
    """A small network whose body says something."""
    from models.recipes.train.upscale.network import Shape, Upscaler

    torch.manual_seed(seed)
    made = Upscaler(Shape(scale, 8, 2))
    torch.nn.init.normal_(made.last.weight, std=0.05)
    return made


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_skip_starts_as_pillows_bicubic(scale: int) -> None:
    from models.recipes.train.upscale.__main__ import tensor
    from models.recipes.train.upscale.network import Shape, Upscaler

    small = smooth_picture()
    with torch.no_grad():
        linear = Upscaler(Shape(scale)).linear(tensor(small[None]))
        found = torch.nn.functional.pixel_shuffle(linear, scale)[0].permute(1, 2, 0).numpy().clip(0, 1) * 255
    size = (small.shape[1] * scale, small.shape[0] * scale)
    expected = np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC), np.float32)
    edge = 3 * scale
    assert np.abs(np.rint(found) - expected)[edge:-edge, edge:-edge].max() <= 1  # Pillow rounds after each direction


def test_the_body_starts_alive_in_every_layer() -> None:
    from models.recipes.train.upscale.network import Shape, Upscaler

    with torch.no_grad():
        layers = list(Upscaler(Shape(2)).layers(torch.rand(2, 3, 40, 40), valid=True))
    for layer in layers[:-1]:
        assert (layer.std(dim=(0, 2, 3)) > 1e-3).float().mean() > 0.5
    assert 0.05 < float(layers[-2].std()) < 20


@pytest.mark.parametrize("half", [False, True])
def test_without_padding_the_middle_is_the_same(half: bool) -> None:
    made = network()
    picture = torch.rand(1, 3, 30, 26)
    edge = made.shape.radius * 2
    with torch.no_grad():
        padded = made(picture, half=half)[..., edge:-edge, edge:-edge]
        valid = made(picture, valid=True, half=half)
    assert float((padded - valid).abs().max()) < (0.02 if half else 1e-5)


@pytest.mark.parametrize("scale", [2, 4])
def test_the_exported_file_computes_what_the_network_does(scale: int, tmp_path: Path) -> None:
    from models.recipes.train.upscale.gates import Candidate, tiling
    from models.recipes.train.upscale.graph import onnx_model

    made = network(scale)
    model = onnx_model(made)
    assert {node.op_type for node in model.graph.node} == {"Conv", "Relu", "Add", "DepthToSpace"}
    onnx.save(model, tmp_path / "a.onnx")
    candidate = Candidate(tmp_path / "a.onnx", scale, made.shape.radius)
    picture = torch.rand(1, 3, 21, 33)
    with torch.no_grad():
        expected = made(picture).numpy()
    assert np.abs(candidate.run(picture.numpy()) - expected).max() < 1e-5
    differences = tiling(candidate)
    assert differences[made.shape.radius] == 0.0
    assert differences[made.shape.radius // 2] > 1e-4


def test_int8_keeps_the_skip_in_float_and_stays_near(tmp_path: Path) -> None:
    from models.recipes.train.upscale.gates import Candidate
    from models.recipes.train.upscale.graph import onnx_model, quantise

    made = network()
    onnx.save(onnx_model(made), tmp_path / "a.onnx")
    random = np.random.default_rng(0)
    windows = [random.random((1, 3, 32, 32), np.float32) for _ in range(4)]
    quantise(tmp_path / "a.onnx", tmp_path / "q.onnx", windows)
    nodes = {node.name: node for node in onnx.load(tmp_path / "q.onnx").graph.node}
    assert nodes["skip"].input[0] == "picture"
    assert nodes["sum"].input[0] == "plain"
    assert nodes["shuffle"].input[0] == "phases"
    assert nodes["conv1"].input[0] != "relu0"
    exact, quick = (Candidate(tmp_path / f"{name}.onnx", 2, made.shape.radius) for name in ("a", "q"))
    error = np.abs(exact.run(windows[0]) - quick.run(windows[0])).mean()
    assert 0 < error < 0.02 * np.abs(exact.run(windows[0])).max()


def findings(**changes: float) -> Findings:
    """What a good network of radius 8 is found to do, but for `changes` on Set14 or elsewhere."""
    from models.recipes.train.upscale.gates import Findings

    set14 = {"bicubic": 30.3, "Lanczos": 30.8, "fp32": 32.7, "int8": 32.68, **changes}
    return Findings(psnr={"Set14": set14}, tiling={0: 0.5, 4: 0.02, 7: 1e-3, 8: 0.0}, parity=1e-6, shift=0.1)


def test_a_good_network_passes_and_each_fault_is_told() -> None:
    from models.recipes.train.upscale.gates import faults

    assert faults(findings(), 8) == []
    assert "linear filter" in faults(findings(fp32=30.9, int8=30.9), 8)[0]
    assert "int8 loses 0.20 dB" in faults(findings(int8=32.5), 8)[0]
    dead = findings()
    dead.tiling[4] = 1e-6
    assert "body is dead" in faults(dead, 8)[0]
    shifted = findings()
    shifted.shift = 2.5
    assert "flat colour" in faults(shifted, 8)[0]
    inexact = findings()
    inexact.tiling[8] = 1e-7
    assert "tiles" in faults(inexact, 8)[0]


def photos(folder: Path) -> Path:
    """A folder of photos of our own making with their table of licences."""
    random = np.random.default_rng(2)
    rows = []
    for name, licence in (("a.jpg", "CC0-1.0"), ("b.jpg", "CC-BY-4.0"), ("c.jpg", "CC-BY-SA-4.0"), ("d.jpg", "GPL")):
        coarse = random.integers(0, 256, (60, 70, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((420, 440), Image.Resampling.BICUBIC).save(folder / name, quality=95)
        rows.append(f"| {name} | 420x440 | {name} | somebody | {licence} | here |")
    (folder / "CREDITS.md").write_text("# Credits\n\n" + "\n".join(rows), encoding="utf-8")
    return folder


def test_only_free_photos_are_trained_on_and_share_alike_ones_measure(tmp_path: Path) -> None:
    from models.recipes.train.upscale.photos import credited

    learn, measure = credited(photos(tmp_path))
    assert [one.path.name for one in learn] == ["a.jpg", "b.jpg"]
    assert [one.path.name for one in measure] == ["c.jpg", "d.jpg"]


@pytest.mark.parametrize("scale", [2, 4])
def test_crops_fit_together_and_are_turned_alike(scale: int, tmp_path: Path) -> None:
    from models.recipes.train.upscale.photos import Crops, credited, learned

    learn, _ = credited(photos(tmp_path))
    crops = Crops(learned(learn, scale)[:6], scale, 20, seed=1)
    small, large = crops.batch(12)
    assert (small.shape, large.shape) == ((12, 20, 20, 3), (12, 20 * scale, 20 * scale, 3))
    mean = large.reshape(12, 20, scale, 20, scale, 3).mean(axis=(2, 4))
    assert np.abs(mean - small)[:, 2:-2, 2:-2].mean() < 12


@pytest.mark.parametrize("scale", [2, 4])
def test_damage_keeps_the_place_of_things(scale: int) -> None:
    from models.recipes.train.upscale.damage import Damage

    large = np.asarray(Image.fromarray(smooth_picture()).resize((128, 96), Image.Resampling.BICUBIC))
    damage = Damage(scale, seed=1)
    small = [damage(large) for _ in range(30)]
    assert {one.shape for one in small} == {(96 // scale, 128 // scale, 3)}
    plain = np.asarray(Image.fromarray(large).resize((128 // scale, 96 // scale), Image.Resampling.BOX), np.float32)
    mean = np.mean(small, axis=0)
    near, aside = (np.abs(mean - np.roll(plain, by, axis=1))[:, 2:-2].mean() for by in (0, 1))
    assert near < 0.7 * aside
    assert any(np.abs(one - plain).mean() > 2 for one in small)


def test_training_goes_on_where_it_stopped_and_learns_more_than_its_skip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.recipes.train.upscale import __main__ as recipe

    # A clock of its own, so that a busy machine makes as many steps as a quiet one: 10 ms each.
    ticks = itertools.count()
    monkeypatch.setattr(recipe, "time", SimpleNamespace(monotonic=lambda: next(ticks) / 100))
    main = recipe.main
    (tmp_path / "photos").mkdir()
    common = ["--photos", str(photos(tmp_path / "photos")), "--work", str(tmp_path), "--channels", "8", "--depth", "2"]
    assert main([*common, "--minutes", "0.05", "--batch", "4"]) == 0
    first = torch.load(tmp_path / "faithful-C8N2x2.pt", weights_only=True)
    assert main([*common, "--minutes", "0.1", "--batch", "4", "--again"]) == 0
    then = torch.load(tmp_path / "faithful-C8N2x2.pt", weights_only=True)
    assert then["step"] > first["step"] > 0
    assert len(then["rounds"]) == 2
    curve = [json.loads(line) for line in (tmp_path / "faithful-C8N2x2.jsonl").read_text(encoding="utf-8").splitlines()]
    assert curve[-1]["gain"] > curve[0]["gain"] > 0
    assert {"kept", "kept_skip", "body_std", "live"} <= curve[-1].keys()


def test_a_run_whose_body_is_dead_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.recipes.train.upscale import __main__ as recipe

    (tmp_path / "photos").mkdir()
    monkeypatch.setattr(recipe, "CHECK_AFTER", 2)
    monkeypatch.setattr(recipe, "mean", lambda *_args, **_named: 30.0)
    common = ["--photos", str(photos(tmp_path / "photos")), "--work", str(tmp_path), "--channels", "8", "--depth", "2"]
    assert recipe.main([*common, "--minutes", "1", "--batch", "2"]) == 1


def test_the_catalogue_entry_is_put_in_its_old_place_or_at_the_end() -> None:
    from models.recipes.train.upscale.export import listed

    catalog = '[[model]]\nid = "a"\nx = 1\n\n[[model]]\nid = "b"\nx = 2\n\n[[model]]\nid = "c"\nx = 3\n'
    changed = listed(catalog, "b", '[[model]]\nid = "b"\nx = 9\n')
    assert changed == catalog.replace("x = 2", "x = 9")
    assert listed(catalog, "d", '[[model]]\nid = "d"\n').endswith('x = 3\n\n[[model]]\nid = "d"\n')


def test_jpeg_of_the_damage_is_jpeg() -> None:
    from models.recipes.train.upscale.damage import Damage

    picture = Image.fromarray(smooth_picture())
    spoilt = Damage(2, seed=1)._jpeg(picture, 40)
    again = io.BytesIO()
    spoilt.save(again, "PNG")
    assert spoilt.size == picture.size
    assert np.abs(np.asarray(spoilt, float) - np.asarray(picture, float)).mean() > 0.3
