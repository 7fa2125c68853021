"""From picture to larger picture: what is kept, what is refused, and that it can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engines.pictures import Picture
from engines.runtime import CPU, DeviceName, Reason, Refusal, Result, Session
from engines.upscale import Fit, Style, shrink, upscale
from engines.upscale.enlarge import enlarged, groups, require_memory
from engines.upscale.plan import plan
from homespun.errors import NoSpace, UsageError
from homespun.progress import Cancel, Cancelled, Progress, Report
from tests.engines.upscale.conftest import noise


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Decibels between two uint8 pictures, all channels."""
    error = np.mean((one.astype(np.float64) - other.astype(np.float64)) ** 2)
    return float(10 * np.log10(255**2 / error))


def shrunk(pixels: np.ndarray, times: int, kind: Image.Resampling = Image.Resampling.BICUBIC) -> np.ndarray:
    """`pixels` made smaller."""
    height, width = pixels.shape[:2]
    return np.asarray(Image.fromarray(pixels).resize((width // times, height // times), kind))


def test_a_device_that_fails_in_the_middle_is_named_in_the_notes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = Refusal(DeviceName("fake:npu"), Reason.CRASH, "Fake NPU is not used: its driver crashed.")
    plainly = Session.run

    def failing(session: Session, *given: Any, **named: Any) -> Result:
        return replace(plainly(session, *given, **named), fell_back_from=refusal)

    small = Picture.new(noise(40, 50))
    assert upscale(small, factor=2).notes == ()
    monkeypatch.setattr(Session, "run", failing)
    done = upscale(small, factor=2)
    assert done.device == CPU
    assert done.notes == ("Fake NPU is not used: its driver crashed. Another device took over in the middle.",)


@pytest.mark.parametrize(("factor", "better"), [(2, 0.7), (4, 0.3), (3, 0.3), (2.5, 0.3)])
def test_the_enlarged_photo_is_nearer_to_the_truth_than_lanczos(
    photo: np.ndarray, factor: float, better: float
) -> None:
    truth = photo[:120, :180] if factor == 3 else photo[:140, :200]
    size = (truth.shape[1], truth.shape[0])
    small_size = (round(size[0] / factor), round(size[1] / factor))
    small = Image.fromarray(truth).resize(small_size, Image.Resampling.BICUBIC)
    ours = upscale(Picture.new(np.asarray(small)), size=size).picture.pixels
    lanczos = np.asarray(small.resize(size, Image.Resampling.LANCZOS))
    assert ours.shape == truth.shape
    assert psnr(truth, ours) > psnr(truth, lanczos) + better


def test_restore_is_nearer_to_the_truth_than_lanczos_on_a_spoilt_photo(photo: np.ndarray, tmp_path: Path) -> None:
    truth = photo[:144, :200]
    Image.fromarray(shrunk(truth, 2)).save(tmp_path / "spoilt.jpg", quality=50)
    spoilt = Picture.open(tmp_path / "spoilt.jpg")
    ours = upscale(spoilt, factor=2, style=Style.RESTORE).picture.pixels
    lanczos = np.asarray(Image.fromarray(np.asarray(spoilt.pixels)).resize((200, 144), Image.Resampling.LANCZOS))
    assert psnr(truth, ours) > psnr(truth, lanczos) + 0.3


def test_restore_cleans_at_the_pictures_own_size(photo: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(photo).save(tmp_path / "spoilt.jpg", quality=40)
    spoilt = Picture.open(tmp_path / "spoilt.jpg")
    cleaned = upscale(spoilt, factor=1, style=Style.RESTORE).picture.pixels
    assert cleaned.shape == photo.shape
    assert not np.array_equal(cleaned, spoilt.pixels)


@pytest.mark.parametrize(("fit", "size"), [(Fit.INSIDE, (60, 20)), (Fit.COVER, (60, 60)), (Fit.STRETCH, (60, 60))])
def test_a_square_is_made_of_a_broad_picture_as_asked_for(fit: Fit, size: tuple[int, int]) -> None:
    pixels = np.zeros((20, 60, 3), np.uint8)
    pixels[:, :20] = 255  # what a square from the middle does not hold
    done = upscale(Picture.new(pixels), size=(60, 60), fit=fit).picture
    assert (done.width, done.height) == size
    assert bool((done.pixels > 200).any()) is (fit is not Fit.COVER)
    left, right = done.pixels[:, :18], done.pixels[:, 22:]
    if fit is not Fit.COVER:
        assert left.min() > 200
        assert right.max() < 60


def test_faithful_leaves_a_picture_of_the_asked_size_alone_and_says_so() -> None:
    picture = Picture.new(noise(20, 30))
    done = upscale(picture, size=(30, 20))
    assert done.picture is picture
    assert "restore" in done.notes[0]


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize(("dtype", "white"), [("uint8", 255), ("uint16", 65535), ("float32", 1)])
def test_every_kind_of_pixel_is_enlarged_in_its_own_kind(channels: int, dtype: str, white: int) -> None:
    pixels = (np.full((24, 36, channels), 0.6) * white).astype(dtype)
    large = upscale(Picture.new(pixels, format="TIFF"), factor=2).picture.pixels
    assert (large.shape, large.dtype) == ((48, 72, channels), pixels.dtype)
    assert np.abs(large.astype(float) / white - 0.6).max() < 0.012


def test_cmyk_keeps_its_four_channels() -> None:
    pixels = np.empty((20, 30, 4), np.uint8)
    pixels[...] = (10, 200, 90, 60)
    picture = replace(Picture.new(noise(20, 30)), pixels=pixels, space="CMYK")
    large = upscale(picture, factor=2).picture
    assert (large.space, large.pixels.shape) == ("CMYK", (40, 60, 4))
    assert np.abs(large.pixels.astype(int) - pixels[0, 0]).max() <= 3
    assert groups(4) == [slice(0, 3), slice(3, 4)]


def test_sixteen_bits_are_not_reduced_to_eight() -> None:
    ramp = np.linspace(20000, 22000, 64).astype(np.uint16)
    pixels = np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (40, 64, 3)))
    large = upscale(Picture.new(pixels, format="PNG"), factor=2).picture.pixels
    assert len(np.unique(large)) > 64
    assert np.abs(large[20:60, 40, 0].astype(int) - 20635).max() < 300


def test_what_is_no_number_in_a_float_picture_stays_where_it_is_and_light_above_white_is_kept() -> None:
    pixels = np.full((60, 60, 3), 0.5, np.float32)
    pixels[5, 5] = np.nan
    pixels[8, 8] = np.inf
    pixels[30:] = 3.0
    large = upscale(Picture.new(pixels, format="TIFF"), factor=2).picture.pixels
    assert np.isfinite(large).all()
    assert np.abs(large[40, 40] - 0.5).max() < 0.02
    assert np.abs(large[100, 60] - 3.0).max() < 0.1


def test_what_stands_in_transparent_pixels_is_not_seen_in_the_edge(photo: np.ndarray) -> None:
    red = np.zeros((60, 60, 4), np.uint8)
    red[..., :3] = (0, 255, 0)  # arbitrary: invisible
    red[15:45, 15:45] = (200, 40, 40, 255)
    large = upscale(Picture.new(red), factor=2).picture.pixels
    seen = large[..., 3] > 0
    assert np.abs(large[seen][:, :3].astype(int) - (200, 40, 40)).max() < 12
    assert large[60, 60, 3] == 255
    assert large[5, 5, 3] == 0


def test_a_picture_without_transparent_pixels_stays_opaque() -> None:
    pixels = np.dstack([noise(20, 20), np.full((20, 20), 255, np.uint8)])
    assert (upscale(Picture.new(pixels), factor=2).picture.pixels[..., 3] == 255).all()


def test_colours_do_not_depend_on_transparency_elsewhere(photo: np.ndarray) -> None:
    opaque = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
    holed = opaque.copy()
    holed[:5, :5, 3] = 0
    one, other = (upscale(Picture.new(pixels), factor=2).picture.pixels for pixels in (opaque, holed))
    assert np.array_equal(one[80:], other[80:])


def test_a_file_comes_out_larger_with_its_profile(photo: np.ndarray, tmp_path: Path) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(photo).save(tmp_path / "a.png", icc_profile=profile)
    done = upscale(Picture.open(tmp_path / "a.png"), factor=2)
    saved = done.picture.save(tmp_path / "b.png")
    with Image.open(saved) as again:
        assert again.size == (400, 300)
        assert again.info["icc_profile"] == profile
    assert done.device == "cpu"


def test_the_chain_reaches_eight_times_and_odd_sizes() -> None:
    assert upscale(Picture.new(noise(9, 13)), factor=8).picture.pixels.shape == (72, 104, 3)
    assert upscale(Picture.new(noise(1, 1)), factor=8).picture.pixels.shape == (8, 8, 3)
    assert upscale(Picture.new(noise(21, 7)), factor=3.3).picture.pixels.shape == (69, 23, 3)


def test_more_than_eight_times_is_refused() -> None:
    with pytest.raises(UsageError, match="from 1 to 8"):
        upscale(Picture.new(noise(4, 4)), factor=9)


def test_a_result_that_does_not_fit_into_memory_is_refused_before_the_work() -> None:
    way = plan(10_000, 10_000, Style.FAITHFUL, factor=8)
    with pytest.raises(NoSpace, match="80000x80000"):
        require_memory(way, np.zeros((1, 1, 3), np.uint8), lambda: 4_000_000_000)
    require_memory(way, np.zeros((1, 1, 3), np.uint8), lambda: 40_000_000_000)


def test_the_same_picture_gives_the_same_bytes_on_any_number_of_cores(
    photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for cores in (1, 3):
        monkeypatch.setattr("engines.upscale.enlarge.cores_for", lambda _mode, cores=cores: cores)
        made.append(upscale(Picture.new(photo), factor=2).picture.pixels)
    assert np.array_equal(made[0], made[1])


def test_progress_grows_to_its_end() -> None:
    reports: list[Report] = []
    upscale(Picture.new(noise(700, 600)), factor=2, progress=Progress(reports.append))
    assert reports[-1].done == reports[-1].total > 1
    assert [one.done for one in reports] == sorted(one.done for one in reports)


def test_it_stops_soon_after_cancel() -> None:
    cancel = Cancel()
    threading.Timer(0.3, cancel.cancel).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        upscale(Picture.new(noise(3000, 3000)), factor=4, progress=Progress(cancel=cancel))
    assert time.monotonic() - start < 4


def test_a_fault_in_a_tile_is_not_swallowed() -> None:
    def broken(window: np.ndarray) -> np.ndarray:
        raise RuntimeError("no such tile")

    way = plan(30, 30, Style.FAITHFUL, factor=2)
    run: dict[object, Callable[[np.ndarray], np.ndarray]] = dict.fromkeys(way.networks, broken)
    with pytest.raises(RuntimeError, match="no such tile"):
        enlarged(noise(30, 30), False, way, run, None, Progress())  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_a_picture_is_made_smaller_in_its_own_kind(dtype: str) -> None:
    values = np.linspace(0.1, 0.9, 60)[None, :, None] * np.ones((40, 1, 4))
    scale = 1 if dtype == "float32" else np.iinfo(dtype).max
    picture = Picture.new((values * scale).astype(dtype))
    small = shrink(picture, (30, 20))
    assert (small.width, small.height, small.pixels.dtype) == (30, 20, picture.pixels.dtype)
    wanted = picture.pixels[::2].reshape(20, 30, 2, 4).mean(axis=2)
    assert np.abs(small.pixels[:, 2:-2] - wanted[:, 2:-2]).max() <= 0.01 * scale
    assert shrink(picture, (60, 40)) is picture


def test_a_larger_size_is_no_shrinking() -> None:
    with pytest.raises(UsageError, match="not smaller"):
        shrink(Picture.new(np.zeros((4, 4, 3), np.uint8)), (5, 4))
