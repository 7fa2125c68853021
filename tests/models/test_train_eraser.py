"""The recipe of the small eraser: it trains, goes on, tells the rules apart, and exports what it learned.

Runs in the torch export environment: `pytest -m export`. What needs no torch is in `test_eraser_targets.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.models.eraser_photos import folder

if TYPE_CHECKING:
    from models.recipes.train.eraser.data import Scenes
    from models.recipes.train.eraser.network import Eraser

pytestmark = [pytest.mark.export, pytest.mark.slow]
torch: Any = pytest.importorskip("torch")
onnx: Any = pytest.importorskip("onnx")

SMALL = ["--channels", "8", "16", "16", "--batch", "4"]


def network(*, alive: bool = False) -> Eraser:
    """A small network, as it begins or with something to say."""
    from models.recipes.train.eraser.network import Eraser, Shape

    torch.manual_seed(0)
    made = Eraser(Shape(channels=(8, 16, 16)))
    if alive:
        for weight in made.parameters():
            if weight.dim() > 1 and not weight.any():
                torch.nn.init.normal_(weight, std=0.05)
    made.eval()
    return made


def scenes(count: int = 2) -> Scenes:
    """Noise for photos, a square for a thing."""
    from models.recipes.train.eraser.data import Scenes

    random = np.random.default_rng(1)
    photo = random.uniform(-1, 1, (count, 64, 64, 3)).astype(np.float32)
    shown, hole = photo.copy(), np.zeros((count, 64, 64), np.bool_)
    shown[:, 24:40, 24:40] = 0.9
    hole[:, 22:42, 22:42] = True
    return Scenes(photo, shown, hole)


def test_an_untrained_network_gives_back_the_smooth_fill() -> None:
    from models.recipes.train.eraser.compare import asked

    given = scenes()
    found = asked(network())(given.shown, given.known, given.hole, 700, 300)
    assert np.array_equal(found, given.known)


def test_places_look_at_each_other_at_16_and_below_only() -> None:
    from models.recipes.train.eraser.network import Attention, Eraser, Shape

    made = Eraser(Shape())
    looks = [isinstance(stage.look, Attention) for stage in [*made.down, made.middle, *made.up]]
    assert looks == [False, True, True, True, True, True, False]
    assert 3e6 <= sum(weight.numel() for weight in made.parameters()) <= 8e6


def test_both_times_are_heard() -> None:
    from models.recipes.train.eraser.compare import asked

    given, say = scenes(), asked(network(alive=True))
    first, later, shorter = (
        say(given.shown, given.known, given.hole, t, u) for t, u in ((700, 300), (400, 300), (700, 650))
    )
    assert np.abs(first - later).max() > 1e-4
    assert np.abs(first - shorter).max() > 1e-4


def test_every_rule_poses_its_own_question_and_agrees_where_there_is_no_thing() -> None:
    from models.recipes.train.eraser.data import Scenes
    from models.recipes.train.eraser.targets import Rule
    from models.recipes.train.eraser.train import posed

    given = scenes()
    noise = np.random.default_rng(3).standard_normal(given.photo.shape).astype(np.float32)
    t, u, free = np.array([600, 900]), np.array([350, 400]), np.array([0.9, 0.2])
    posed_by = {rule: posed(rule, given, t, u, free, noise) for rule in Rule}
    for rule, (_, wanted) in posed_by.items():
        assert np.array_equal(wanted, given.photo) == (rule is not Rule.CRO_STEP)
    shares = [float(np.abs(x - posed_by[Rule.PLAIN][0]).max()) for x, _ in posed_by.values()]
    assert shares[0] == 0
    assert min(shares[1:]) > 0.01
    empty = Scenes(given.photo, given.photo, given.hole)
    alike = [posed(rule, empty, t, u, free, noise) for rule in Rule]
    for x, wanted in alike:
        assert np.array_equal(x, alike[0][0])
        assert np.array_equal(wanted, given.photo)


def test_drawn_steps_go_down_and_every_length_comes_up() -> None:
    from models.recipes.train.eraser.targets import LAST
    from models.recipes.train.eraser.train import SHORTEST, drawn_times

    t, u = drawn_times(np.random.default_rng(1), 4000)
    assert (u < t).all()
    assert (u >= 0).all()
    assert t.max() == LAST
    assert t.min() < 5
    lengths = (t - u)[u > 0]
    assert lengths.min() >= SHORTEST
    assert (lengths < 100).mean() > 0.2
    assert lengths.max() > 800


def test_training_learns_goes_on_where_it_stopped_and_hands_on_to_a_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from models.recipes.train.eraser.__main__ import main

    common = ["--photos", str(folder(tmp_path, grid=(5, 6))), "--cases", str(tmp_path), "--work", str(tmp_path)]
    train = ["train", *common, *SMALL, "--rate", "2e-3"]
    assert main([*train, "--rule", "plain", "--name", "base", "--steps", "10"]) == 0
    assert main([*train, "--rule", "plain", "--name", "base", "--steps", "70"]) == 0
    curve = [json.loads(line) for line in (tmp_path / "base.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [point["step"] for point in curve] == [10, 70]
    assert curve[1]["loss"] < 0.95 * curve[0]["loss"]
    assert "from step 10" in capsys.readouterr().out
    assert main([*train, "--rule", "direct", "--from", str(tmp_path / "base.pt"), "--steps", "4"]) == 0
    base, direct = (torch.load(tmp_path / name, weights_only=True) for name in ("base.pt", "direct.pt"))
    assert (direct["step"], direct["rule"]) == (4, "direct")
    assert not torch.equal(base["smooth"]["enter.weight"], direct["smooth"]["enter.weight"])

    assert main(["compare", *common, "--scenes", "4"]) == 0
    table = capsys.readouterr().out
    assert "nothing               +1.000 1.000" in table
    for row in ("smooth fill", "direct, 1 steps", "direct, 4 steps", "direct, 8 steps"):
        assert row in table


def test_the_exported_files_compute_what_the_network_does(tmp_path: Path) -> None:
    from dataclasses import asdict

    from models.recipes.train.eraser.__main__ import main
    from models.recipes.train.eraser.compare import asked
    from models.recipes.train.eraser.export import OnnxEraser

    made, given = network(alive=True), scenes()
    torch.save({"shape": asdict(made.shape), "smooth": made.state_dict()}, tmp_path / "direct.pt")
    common = ["--photos", str(folder(tmp_path, grid=(5, 6))), "--cases", str(tmp_path), "--work", str(tmp_path)]
    assert main(["export", *common, "--rule", "direct", "--scenes", "2"]) == 0
    report = json.loads((tmp_path / "eraser-direct.json").read_text(encoding="utf-8"))
    assert report["fp32"]["largest difference to torch"] < 1e-4
    assert report["int8"]["bytes"] < report["fp32"]["bytes"]
    assert report["fp32"]["PSNR in the hole"] == pytest.approx(report["torch"]["PSNR in the hole"], abs=1e-3)

    model = onnx.load(tmp_path / "eraser-direct.onnx")
    shapes = {one.name: [size.dim_value for size in one.type.tensor_type.shape.dim] for one in model.graph.input}
    assert shapes == {
        "noisy": [1, 3, 64, 64], "known": [1, 3, 64, 64], "hole": [1, 1, 64, 64], "t": [1], "u": [1],
    }  # fmt: skip
    inputs = (given.shown, given.known, given.hole, 800, 400)
    wanted = asked(made)(*inputs)
    exact, quick = (OnnxEraser(tmp_path / f"eraser-direct{kind}.onnx")(*inputs) for kind in ("", "-int8"))
    assert np.abs(exact - wanted).max() < 1e-4
    assert 0 < np.abs(quick - wanted).mean() < 0.2 * np.abs(wanted - given.known).mean()


@pytest.mark.skipif(sys.platform == "win32", reason="the command that stands in for homespun is a script")
def test_the_exemplar_filler_is_asked_in_a_process_of_its_own_with_the_same_holes(tmp_path: Path) -> None:
    from models.recipes.train.eraser.cases import Wide
    from models.recipes.train.eraser.compare import bytes_of, copied

    command = tmp_path / "homespun"
    command.write_text(
        f"#!{sys.executable}\n"
        "import sys\nfrom pathlib import Path\nfrom PIL import Image\n"
        "shown, masks, out = (Path(sys.argv[at]) for at in (2, 4, sys.argv.index('--output') + 1))\n"
        "for file in shown.iterdir():\n"
        "    photo = Image.open(file)\n"
        "    photo.paste((255, 255, 255), mask=Image.open(masks / file.name))\n"
        "    photo.save(out / f'{file.stem}-erased.png')\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    given = scenes()
    around = []
    for shown in given.shown:
        whole = np.zeros((90, 100, 3), np.uint8)
        whole[11:75, 23:87] = bytes_of(shown)
        around.append(Wide(whole, 11, 23))
    filled = copied(command, given, around)
    assert (filled[given.hole] == 1).all()
    assert np.abs(filled - given.shown)[~given.hole].max() < 0.005


def test_a_loss_that_is_no_number_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.recipes.train.eraser import train
    from models.recipes.train.eraser.__main__ import main

    monkeypatch.setattr(train.Run, "one", lambda *_: float("nan"))
    common = ["--photos", str(folder(tmp_path, grid=(5, 6))), "--cases", str(tmp_path), "--work", str(tmp_path)]
    assert main(["train", *common, *SMALL, "--steps", "5"]) == 1
    assert not list(tmp_path.glob("*.pt"))
