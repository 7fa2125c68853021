"""The commands for pictures: what is chosen, where results go, and what a person is told when it can't be done."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.cli.photos import Targets, _named, chosen, numbers, points
from desktop.cli.program import run
from desktop.demo_pictures import SAMPLES
from homespun.errors import ExitCode, NotFound, UsageError
from homespun.progress import Progress, Report

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def meadow(tmp_path: Path) -> Path:
    """A small photo of grass with a red ball in it."""
    noise = np.random.default_rng(1).normal(0, 12, (90, 120, 1))
    pixels = np.clip(np.array([70, 130, 60]) + noise, 0, 255)
    y, x = np.mgrid[:90, :120]
    pixels[(x - 60) ** 2 + (y - 45) ** 2 < 100] = (200, 30, 30)
    path = tmp_path / "meadow.png"
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return path


def red(path: Path) -> int:
    """How many pixels of a picture are as red as the ball."""
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    return int(((pixels[..., 0] > 150) & (pixels[..., 1] < 90)).sum())


def objects(captured: Captured) -> list[dict[str, object]]:
    """What was printed as JSON, an object a line."""
    return [json.loads(row) for row in captured.readouterr().out.splitlines()]


def test_a_box_erases_and_the_original_stays(meadow: Path, capsys: Captured) -> None:
    before = meadow.read_bytes()

    assert run(["erase", str(meadow), "--box", "48,33,24,24"]) == 0

    result = meadow.with_name("meadow (erased).png")
    assert str(result) in capsys.readouterr().out
    assert meadow.read_bytes() == before
    assert red(meadow) > 250
    assert red(result) == 0


def test_outside_the_grown_mask_nothing_changes(meadow: Path) -> None:
    assert run(["erase", str(meadow), "--box", "48,33,24,24", "--grow", "2"]) == 0

    old, new = (np.asarray(Image.open(path)) for path in (meadow, meadow.with_name("meadow (erased).png")))
    changed = (old != new).any(axis=2)
    changed[31:59, 46:74] = False
    assert not changed.any()


def test_a_click_finds_the_thing_and_erases_it(meadow: Path) -> None:
    assert run(["erase", str(meadow), "--click", "60,45"]) == 0
    assert red(meadow.with_name("meadow (erased).png")) == 0


def test_what_select_writes_is_what_erase_takes(meadow: Path, tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"

    assert run(["select", str(meadow), "--click", "60,45", "-o", str(mask)]) == 0
    assert run(["erase", str(meadow), "--mask", str(mask), "-o", str(tmp_path / "out.png")]) == 0

    white = np.asarray(Image.open(mask)) > 127
    assert abs(int(white.sum()) - red(meadow)) < 60
    assert red(tmp_path / "out.png") == 0


def test_an_empty_mask_is_done_without_a_result(meadow: Path, tmp_path: Path, capsys: Captured) -> None:
    Image.new("L", (120, 90)).save(tmp_path / "none.png")

    assert run(["erase", str(meadow), "--mask", str(tmp_path / "none.png")]) == 0

    assert "Nothing to erase" in capsys.readouterr().out
    assert not meadow.with_name("meadow (erased).png").exists()


def test_a_mask_of_another_size_is_refused_with_both_sizes_and_taken_when_asked(
    meadow: Path, tmp_path: Path, capsys: Captured
) -> None:
    mask = Image.new("L", (60, 45))
    mask.paste(255, (23, 16, 37, 30))
    mask.save(tmp_path / "half.png")

    assert run(["erase", str(meadow), "--mask", str(tmp_path / "half.png")]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "60 × 45" in said
    assert "120 × 90" in said
    assert "--fit-mask" in said
    assert run(["erase", str(meadow), "--mask", str(tmp_path / "half.png"), "--fit-mask"]) == 0
    assert red(meadow.with_name("meadow (erased).png")) == 0


def test_a_folder_of_masks_gives_each_photo_its_own(meadow: Path, tmp_path: Path) -> None:
    photos, masks, results = tmp_path / "photos", tmp_path / "masks", tmp_path / "results"
    photos.mkdir()
    masks.mkdir()
    for name in ("a", "b"):
        shutil.copyfile(meadow, photos / f"{name}.png")
        mask = Image.new("L", (120, 90))
        mask.paste(255, (48, 33, 72, 57))
        mask.save(masks / f"{name}.png")

    assert run(["erase", str(photos), "--mask", str(masks), "-o", str(results)]) == 0

    assert {path.name: red(path) for path in results.iterdir()} == {"a.png": 0, "b.png": 0}


def test_a_picture_that_fails_stops_nothing_and_is_said_at_the_end(
    meadow: Path, tmp_path: Path, capsys: Captured
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(meadow.read_bytes()[:200])

    code = run(["erase", str(broken), str(meadow), "--box", "48,33,24,24"])

    out, err = capsys.readouterr()
    assert code not in (ExitCode.OK, ExitCode.BUG)
    assert "broken.png" in err
    assert "1 picture of 2" in err
    assert "meadow (erased).png" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.png", "meadow (erased).png", "meadow.png"]


def test_when_all_fail_nobody_says_that_others_were_done(tmp_path: Path, capsys: Captured) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"no picture")

    assert run(["upscale", str(tmp_path)]) not in (ExitCode.OK, ExitCode.BUG)

    said = capsys.readouterr().err
    assert "None of the 2 pictures" in said
    assert said.count("a.png") == 1


def test_json_is_an_object_for_each_picture(meadow: Path, tmp_path: Path, capsys: Captured) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")

    run(["erase", str(broken), str(meadow), "--box", "48,33,24,24", "--json"])

    first, second = objects(capsys)
    assert first["photo"] == str(broken)
    assert {"error", "todo", "code"} <= first.keys()
    assert second["result"] == str(meadow.with_name("meadow (erased).png"))
    assert second["regions"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["erase", "{photo}"], "what to erase"),
        (["erase", "{photo}", "--box", "1,2,3"], "4 numbers"),
        (["erase", "{photo}", "--box", "500,500,4,4"], "outside"),
        (["erase", "{photo}", "--click", "500,5"], "outside"),
        (["erase", "{photo}", "--polygon", "1,1 5,5"], "corners"),
        (["erase", "{photo}", "--mask", "nowhere.png"], "nowhere.png"),
        (["erase", "nowhere.jpg", "--box", "1,2,3,4"], "nowhere.jpg"),
        (["erase", "no*where", "--box", "1,2,3,4"], "no*where"),
        (["upscale", "{photo}", "--factor", "9"], "8"),
        (["upscale", "{photo}", "--factor", "0"], "0"),
        (["upscale", "{photo}", "--size", "large"], "not a size"),
        (["upscale", "{photo}", "--size", "2x2", "--factor", "2"], "one of them"),
        (["upscale", "{photo}", "--size", "0x200"], "smaller than the picture"),
        (["upscale", "{photo}", "--size", "100x500"], "smaller than the picture"),
        (["upscale", "{photo}", "--factor", "2", "--fit", "cover"], "--size"),
        (["select", "{photo}"], "where the object is"),
        (["select", "{photo}", "--not", "3,3"], "where the object is"),
    ],
)
def test_what_can_not_be_asked_for_is_said_in_a_sentence(
    meadow: Path, words: list[str], told: str, capsys: Captured
) -> None:
    code = run([word.format(photo=meadow) for word in words])

    assert code in (ExitCode.USAGE, ExitCode.NOT_FOUND)
    assert told in capsys.readouterr().err
    assert [path.name for path in meadow.parent.iterdir()] == ["meadow.png"]


def test_upscale_doubles_by_itself_and_takes_a_size(meadow: Path, tmp_path: Path) -> None:
    assert run(["upscale", str(meadow)]) == 0
    assert run(["upscale", str(meadow), "--size", "300x225", "--style", "restore", "-o", str(tmp_path / "x.png")]) == 0

    assert Image.open(meadow.with_name("meadow (enlarged).png")).size == (240, 180)
    assert Image.open(tmp_path / "x.png").size == (300, 225)


def test_a_size_of_other_proportions_holds_the_whole_picture_unless_asked_otherwise(
    meadow: Path, tmp_path: Path, capsys: Captured
) -> None:
    for fit, size in ((None, (160, 120)), ("cover", (160, 160)), ("stretch", (160, 160))):
        target = tmp_path / f"{fit}.png"
        assert (
            run(["upscale", str(meadow), "--size", "160x160", "-o", str(target), *(["--fit", fit] if fit else [])]) == 0
        )
        assert Image.open(target).size == size
        said = capsys.readouterr()
        assert f"120 × 90 → {size[0]} × {size[1]}" in said.out
        assert ("--fit cover" in said.out + said.err) is (fit is None)


def test_an_original_is_replaced_only_when_it_is_named_and_that_is_allowed(meadow: Path) -> None:
    before = meadow.read_bytes()

    assert run(["erase", str(meadow), "--box", "48,33,24,24", "-o", str(meadow)]) == ExitCode.USAGE
    assert meadow.read_bytes() == before
    assert run(["erase", str(meadow), "--box", "48,33,24,24", "-o", str(meadow.parent), "--overwrite"]) == 0
    assert meadow.read_bytes() == before
    assert run(["erase", str(meadow), "--box", "48,33,24,24", "-o", str(meadow), "--overwrite"]) == 0
    assert red(meadow) == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(meadow: Path) -> None:
    meadow.parent.chmod(0o500)
    try:
        assert run(["erase", str(meadow), "--box", "48,33,24,24"]) == ExitCode.NO_PERMISSION
    finally:
        meadow.parent.chmod(0o700)


def test_a_folder_stands_for_its_pictures_and_a_pattern_for_what_it_matches(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "empty").mkdir()

    assert [path.name for path in chosen([str(tmp_path)])] == ["a.png", "b.JPG"]
    assert [path.name for path in chosen([f"{tmp_path}/*.png", str(tmp_path / "a.png")])] == ["a.png"]
    with pytest.raises(NotFound, match="no picture"):
        chosen([str(tmp_path / "empty")])


def test_many_results_go_into_a_folder_or_beside_their_originals(tmp_path: Path) -> None:
    one, two = tmp_path / "1.jpg", tmp_path / "2.jpg"
    one.touch()
    two.touch()

    assert Targets(None, [one, two], "erased", overwrite=False).of(one) == tmp_path / "1 (erased).jpg"
    assert Targets(tmp_path / "new", [one, two], "erased", overwrite=False).of(two) == tmp_path / "new" / "2.jpg"
    assert Targets(tmp_path / "x.jpg", [one], "erased", overwrite=False).of(one) == tmp_path / "x.jpg"
    with pytest.raises(UsageError, match="is a file"):
        Targets(one, [one, two], "erased", overwrite=False)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "1,x", "1;2", "nan"])
def test_points_that_are_none_are_refused(text: str) -> None:
    if text:
        with pytest.raises(UsageError):
            points([text])
    else:
        assert points([text]) == ()


def test_what_is_done_is_named_as_long_as_there_is_no_share_to_show() -> None:
    seen: list[Report] = []
    progress = _named(Progress(show=seen.append), "Erasing beach.jpg")
    progress.report(0, 0, "looking")
    progress.report(3, 3, "filling")
    assert seen == [Report(0, 0, "Erasing beach.jpg: looking"), Report(3, 3, "Erasing beach.jpg")]


def test_numbers_may_have_blanks_between_them() -> None:
    assert numbers("1, 2,3 ,4", 4, "1,2,3,4") == (1, 2, 3, 4)


def test_the_samples_of_the_demo_are_there_and_credited() -> None:
    credits_page = (SAMPLES / "CREDITS.md").read_text("utf-8")
    names = [path.name for path in SAMPLES.iterdir() if path.suffix != ".md"]
    assert names
    assert [name for name in names if f"`{name}`" not in credits_page] == []
