"""`homespun fill` from the command line to the files on the disk, with a tiny pipeline of known numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.cli.fill import _sides
from desktop.cli.program import run
from homespun.errors import ExitCode, UsageError
from tests.engines.diffusion.installed import install

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    path = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (90, 120, 3)).astype(np.uint8)).save(path)
    return path


def test_a_box_is_painted_the_original_stays_and_the_result_says_what_made_it(photo: Path, capsys: Captured) -> None:
    install()
    before = photo.read_bytes()
    assert run(["fill", str(photo), "--box", "30,20,40,30", "--prompt", 'a "red" bench & more', "--seed", "7"]) == 0
    result = photo.with_name("photo (filled).png")
    assert str(result) in capsys.readouterr().out
    assert photo.read_bytes() == before
    with Image.open(photo) as one, Image.open(result) as other:
        changed = (np.asarray(one) != np.asarray(other)).any(axis=2)
        told = other.info["xmp"].decode()
    assert changed[20:50, 30:70].mean() > 0.9
    assert not changed[:10].any()
    assert "compositeWithTrainedAlgorithmicMedia" in told
    assert "a &quot;red&quot; bench &amp; more; seed 7; tiny" in told
    assert "Homespun with Tiny" in told


def test_without_a_mark_nothing_of_it_stands_there(photo: Path) -> None:
    install()
    assert run(["fill", str(photo), "--box", "30,20,40,30", "--prompt", "secret", "--no-mark"]) == 0
    assert b"secret" not in photo.with_name("photo (filled).png").read_bytes()


def test_several_results_lie_beside_each_other_each_with_its_seed(photo: Path, capsys: Captured) -> None:
    install()
    assert run(["fill", str(photo), "--box", "30,20,40,30", "--prompt", "x", "-n", "3", "--seed", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    names = [Path(name).name for name in told["results"]]
    assert names == ["photo (filled).png", "photo (filled) 2.png", "photo (filled) 3.png"]
    assert told["seeds"] == [5, 6, 7]
    assert len({Path(name).read_bytes() for name in told["results"]}) == 3


def test_the_guard_says_what_it_took_out(photo: Path, capsys: Captured) -> None:
    install()
    assert run(["fill", str(photo), "--box", "30,20,40,30", "--prompt", "a nude on a bench"]) == 0
    printed = capsys.readouterr()
    assert "The guard took “nude” out of the prompt (explicit content)." in printed.out + printed.err


def test_a_picture_grows_and_keeps_what_it_was(photo: Path) -> None:
    install()
    assert run(["fill", str(photo), "--extend", "left=25%,bottom=20", "--prompt", "sea"]) == 0
    with Image.open(photo) as one, Image.open(photo.with_name("photo (filled).png")) as other:
        assert other.size == (150, 110)
        assert np.array_equal(np.asarray(other)[:84, 36:], np.asarray(one)[:84, 6:])


@pytest.mark.parametrize(
    ("line", "words", "code"),
    [
        (["--prompt", "x"], "Nothing says where to paint", ExitCode.USAGE),
        (["--prompt", "  ", "--box", "1,1,9,9"], "The prompt is empty", ExitCode.USAGE),
        (["--prompt", "x", "--box", "1,1,9,9"], "Nothing that fills by words is on this computer", ExitCode.NOT_FOUND),
        (["--prompt", "x", "--box", "1,1,9,9", "--model", "nowhere"], "holds no pipeline.json", ExitCode.NOT_FOUND),
        (["--prompt", "x", "--extend", "up=3"], "is not a side and how much", ExitCode.USAGE),
        (["--box", "1,1,9,9"], "--prompt", ExitCode.USAGE),
    ],
)
def test_what_can_not_be_done_is_said(photo: Path, capsys: Captured, line: list[str], words: str, code: int) -> None:
    assert run(["fill", str(photo), *line]) == code
    assert words in capsys.readouterr().err
    assert [one.name for one in photo.parent.iterdir() if one.suffix == ".png"] == ["photo.png"]


def test_a_name_that_is_taken_is_said_before_anything_is_painted(
    photo: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    install()
    monkeypatch.setattr("engines.diffusion.filling.Parts", lambda *_a, **_k: pytest.fail("it was painted"))
    there = photo.with_name("there.png")
    there.write_bytes(b"mine")
    for out, words in (
        ("there.png", "is there already"),
        ("new.xyz", "does not end like"),
        ("no/where.png", "not there"),
    ):
        line = [
            "fill",
            str(photo),
            "--box",
            "30,20,40,30",
            "--prompt",
            "x",
            "-o",
            str(photo.with_name("x").parent / out),
        ]
        assert run(line) != 0
        assert words in capsys.readouterr().err
    assert there.read_bytes() == b"mine"


def test_a_gif_is_painted_into_a_png_again_and_again(photo: Path) -> None:
    install()
    gif = photo.with_suffix(".gif")
    Image.open(photo).convert("P").save(gif)
    for _ in range(2):
        assert run(["fill", str(gif), "--box", "30,20,40,30", "--prompt", "x"]) == 0
        assert run(["erase", str(gif), "--box", "30,20,40,30"]) == 0
    names = sorted(one.name for one in gif.parent.iterdir() if "(" in one.name)
    assert names == ["photo (erased 2).png", "photo (erased).png", "photo (filled 2).png", "photo (filled).png"]


def test_with_overwrite_further_results_replace_nothing(photo: Path) -> None:
    install()
    out = photo.with_name("r.png")
    line = ["fill", str(photo), "--box", "30,20,40,30", "--prompt", "x", "-n", "2", "-o", str(out), "--overwrite"]
    assert run([*line, "--seed", "1"]) == 0
    second = photo.with_name("r 2.png").read_bytes()
    assert run([*line, "--seed", "5"]) == 0
    assert photo.with_name("r 2.png").read_bytes() == second
    assert photo.with_name("r 3.png").is_file()


def test_sides_are_shares_or_pixels() -> None:
    assert _sides("left=25%, top=100") == (("left", 0.25), ("top", 100.0))
    assert _sides("right=100%,bottom=30px") == (("right", 1.0), ("bottom", 30.0))
    for wrong in ("left", "left=1", "left=200%", "left=5%,left=5%", "left=-3", ""):
        with pytest.raises(UsageError):
            _sides(wrong)
