"""What the recipe of diffusion pipelines refuses before it makes anything, what it keeps, and how it says what stopped it.

No export environment is needed.
"""

from __future__ import annotations

import errno
import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homespun.errors import HomespunError, NotFound, UsageError
from models import receipt
from models.pipelines import NAME, PARTS, TEXT, UNET, Pipeline, verify_pipeline
from models.recipes.export.diffusion import command
from models.recipes.export.diffusion.failing import FAILED
from models.recipes.export.diffusion.findings import Finding, compare, plain
from models.recipes.export.diffusion.making import STATE, Facts, Workshop, recorded, room
from models.recipes.export.diffusion.manifest import Label, text_part, write_manifest
from models.recipes.export.diffusion.noise import noise_of, sampling_of
from models.recipes.export.diffusion.place import require_place
from models.recipes.export.diffusion.source import read_hub
from models.recipes.export.diffusion.words import END, write_tokenizer
from models.recipes.export.source import sha256

CONFIGS: dict[str, dict[str, Any]] = {
    "text_encoder": {"architectures": ["CLIPTextModel"], "hidden_size": 48, "max_position_embeddings": 77},
    "unet": {
        "_class_name": "UNet2DConditionModel",
        "in_channels": 9,
        "cross_attention_dim": 48,
        "block_out_channels": [8, 8],
    },
    "vae": {"_class_name": "AutoencoderKL", "block_out_channels": [8, 8, 8, 8]},
}

SIZES = {"widths": [8, 8], "bias": [64]}


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A hub folder with everything but weights that mean anything."""
    folder = tmp_path / "hub"
    for name, config in CONFIGS.items():
        put(folder / name / "config.json", config)
        stem = "model" if name == "text_encoder" else "diffusion_pytorch_model"
        (folder / name / f"{stem}.safetensors").write_bytes(b"")
    put(folder / "scheduler" / "scheduler_config.json", {"_class_name": "DDIMScheduler", "clip_sample": False})
    write_tokenizer(folder / "tokenizer", 77)
    (folder / "README.md").write_text("---\nlicense: mit\norigin: here\n---\n")
    return folder


def put(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def make(out: Path, name: str, mark: str = "x", *, data: bool = False, facts: Facts | None = None) -> Workshop:
    """A part in `out`, with data beside it or without."""

    def written(file: Path) -> Facts:
        file.write_bytes(f"{name} {mark}".encode())
        if data:
            file.with_name(f"{name}.data").write_bytes(b"weights")
        return facts or {}

    shop = Workshop.at(out)
    shop.part(name, mark, written, lambda *_: None)
    return shop


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def described(hub: Path, out: Path) -> Pipeline:
    """What the manifest of the parts in `out` says."""
    read = read_hub(hub)
    recipe: Any = SimpleNamespace(
        origin=SimpleNamespace(hub=read, latent_factor=lambda: 0.5),
        precision_of=lambda _: "fp32",
        height=64,
        width=64,
    )
    sampling = sampling_of(read.scheduler, ())
    label = Label("tiny", "Tiny", "here", "mit")
    return write_manifest(recipe, Workshop.at(out), label, noise_of(read.scheduler, "ddim"), sampling, SIZES, {})


def spoken(capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    """The last line of the command, which is an error, and what went to the other output."""
    heard = capsys.readouterr()
    line: dict[str, Any] = json.loads(heard.out.splitlines()[-1], parse_constant=pytest.fail)
    assert line["event"] == "error"
    assert line["words"].endswith(".")
    assert line["todo"].endswith(".")
    return line, heard.err


def test_a_part_that_is_made_without_data_leaves_no_old_data(hub: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for part in PARTS:
        make(out, part, data=True)
    assert {file.name for file in described(hub, out).files} > {UNET, f"{UNET}.data"}
    make(out, UNET, "y")
    assert f"{UNET}.data" not in files(out)
    assert f"{TEXT}.data" in files(out)
    found = described(hub, out)
    assert f"{UNET}.data" not in {file.name for file in found.files}
    verify_pipeline(found)


def test_old_data_goes_even_when_nothing_is_known_of_it(tmp_path: Path) -> None:
    make(tmp_path / "out", UNET, data=True)
    (tmp_path / "out" / STATE).write_text("{")
    make(tmp_path / "out", UNET, "y")
    assert files(tmp_path / "out") == {UNET, STATE}


def test_the_manifest_names_what_was_made_and_nothing_that_lies_about(hub: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for part in PARTS:
        make(out, part)
    (out / f"{UNET}.data").write_bytes(b"somebody's")
    found = described(hub, out)
    assert {file.name for file in found.files} == {*PARTS, "tokenizer/vocab.json", "tokenizer/merges.txt"}
    assert {file.name: file.sha256 for file in found.files}[UNET] == sha256(out / UNET)
    assert found.latent_factor == 0.5
    verify_pipeline(found)


records = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["fingerprint", "files", "facts", UNET, "../x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.one_of(records, st.builds(lambda one: {"made": {UNET: one}}, records)))
def test_whatever_stands_in_the_state_is_read_or_counts_as_not_made(
    tmp_path_factory: pytest.TempPathFactory, state: object
) -> None:
    out = tmp_path_factory.mktemp("out")
    put(out / STATE, state)
    assert not Workshop.at(out).kept(UNET, "x")
    assert room(out) == 0
    assert make(out, UNET).digests(UNET).keys() == {UNET}
    assert Workshop.at(out).kept(UNET, "x")


def test_a_state_that_names_files_elsewhere_touches_none_of_them(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "mine"
    other.write_bytes(b"mine")
    for name in ("../mine", "mine", f"{UNET}/../../mine"):
        state = {"fingerprint": "x", "files": {UNET: "0", name: "0"}, "facts": {}}
        put(out / STATE, {"made": {UNET: state}})
        assert recorded(out) == {}
        make(out, UNET, "y")
        assert other.read_bytes() == b"mine"


def test_only_what_an_export_made_counts_as_room(tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out, UNET, data=True)
    put(out / "photos" / "one", "much")
    (out / "film").write_bytes(bytes(1000))
    assert room(out) == len(f"{UNET} x") + len("weights")
    assert room(tmp_path / "nowhere") == 0


@pytest.mark.parametrize("out", ["hub", "hub/out", "hub/deep/er/out", ".", "elsewhere/../hub", "link", "link/out"])
def test_source_and_out_lie_in_neither_of_each_other(hub: Path, tmp_path: Path, out: str) -> None:
    try:
        (tmp_path / "link").symlink_to(hub, target_is_directory=True)
    except OSError:
        if "link" in out:
            pytest.skip("no links can be made here")
    (tmp_path / "elsewhere").mkdir()
    before = files(hub)
    with pytest.raises(UsageError, match="lies in the other"):
        require_place(hub, tmp_path / out)
    assert files(hub) == before


@pytest.mark.parametrize(
    "name", [*PARTS, NAME, "parity.json", "unet-npu.onnx", "unet.onnx.data", "tokenizer/vocab.json"]
)
def test_what_no_export_made_is_not_written_over(hub: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    put(out / name, "somebody's")
    with pytest.raises(UsageError) as caught:
        require_place(hub, out)
    assert name in caught.value.what
    assert "another folder" in caught.value.todo


def test_new_empty_and_own_folders_are_written_to(hub: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    require_place(hub, out)
    out.mkdir()
    put(out / "notes.txt", "of no concern")
    require_place(hub, out)
    receipt.write(out, receipt.Receipt())
    require_place(hub, out)
    make(out, UNET)
    require_place(hub, out)
    (out / "a file").write_bytes(b"")
    with pytest.raises(UsageError, match="is no folder"):
        require_place(hub, out / "a file")


def test_a_folder_is_an_exports_before_its_first_part_is_whole(hub: Path, tmp_path: Path) -> None:
    shop = Workshop.at(tmp_path / "out")
    (shop.out / TEXT).write_bytes(b"moved, and not yet written down")
    require_place(hub, shop.out)


def test_a_pipeline_from_a_mirror_is_mended_in_its_place(hub: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out / TEXT, "cut off")
    put(out / "tokenizer" / "vocab.json", "cut off")
    other = receipt.Recorded("0" * 64, 1, receipt.Witness.HUB)
    receipt.write(out, receipt.Receipt().adding("tokenizer/vocab.json", other))
    with pytest.raises(UsageError):  # of another model
        require_place(hub, out)
    receipt.write(out, receipt.Receipt().adding(TEXT, other))
    require_place(hub, out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--steps", "0"), "0 steps"),
        (("--steps", "-3"), "-3 steps"),
        (("--guidance", "nan"), "nan is no guidance"),
        (("--guidance", "inf"), "inf is no guidance"),
        (("--guidance=-1",), "-1 is no guidance"),
    ],
)
def test_bad_labels_fail_at_the_start(
    hub: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert command.main([str(hub), str(tmp_path / "out"), *words, "--json"]) == 2
    line, other = spoken(capsys)
    assert says in line["words"]
    assert line["code"] == 2
    assert other == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("token", ["", {"content": ""}, {"content": None}, "<none>", {"content": "<null>"}])
def test_a_token_that_the_vocabulary_lacks_fails_at_the_start(
    hub: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], token: object
) -> None:
    vocabulary = hub / "tokenizer" / "vocab.json"
    put(vocabulary, {**json.loads(vocabulary.read_text(encoding="utf-8")), "<null>": None})
    put(hub / "tokenizer" / "tokenizer_config.json", {"pad_token": token})
    if token == {"content": None}:  # says nothing, so the usual one is taken
        assert text_part(read_hub(hub)).pad == read_hub(hub).vocabulary()[END]
        return
    assert command.main([str(hub), str(tmp_path / "out"), "--json"]) == 2
    assert "pad_token" in spoken(capsys)[0]["words"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("factor", [None, 0, -1.0, "much", True])
def test_an_autoencoder_without_a_scale_is_refused(hub: Path, factor: object) -> None:
    put(hub / "vae" / "config.json", {**CONFIGS["vae"], "scaling_factor": factor})
    with pytest.raises(UsageError, match="scaling_factor"):
        read_hub(hub)


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 6, "The disk became full"),
        (RuntimeError("writing: No space left on device"), 6, "The disk became full"),
        (PermissionError(errno.EACCES, "Permission denied", "unet.onnx"), 7, "unet.onnx"),
        (OSError(errno.EIO, "Input/output error"), FAILED, "Input/output error"),
        (MemoryError(), FAILED, "The memory was not enough"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), FAILED, "The memory was not enough"),
        (ValueError("unet.onnx takes a and gives b\nand more"), FAILED, "ValueError: unet.onnx takes a and gives b."),
        (RuntimeError(), FAILED, "RuntimeError"),
        (KeyError("widths"), FAILED, "widths"),
        (NotFound("It is gone.", "Look for it."), 3, "It is gone."),
    ],
)
def test_whatever_stops_an_export_becomes_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int, says: str
) -> None:
    def stops(*_: object) -> int:
        raise error

    monkeypatch.setattr(command, "run", stops)
    assert command.main(["source", "out", "--json"]) == code != 1
    line, other = spoken(capsys)
    assert says in line["words"]
    assert "\n" not in line["words"]
    assert line["code"] == code
    assert ("Traceback" in other) == (code == FAILED)
    assert command.main(["source", "out", "--json", "--debug"]) == code
    assert "Traceback" in spoken(capsys)[1]
    assert command.main(["source", "out"]) == code
    assert says in capsys.readouterr().err


def test_stopping_by_hand_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", stops)
    with pytest.raises(KeyboardInterrupt):
        command.main(["source", "out"])


floats = st.lists(st.floats(width=32), min_size=3, max_size=3).map(lambda some: np.array(some, np.float32))


@given(floats, floats, st.sampled_from(["fp32", "fp16", "a16w8"]), st.booleans())
def test_any_two_arrays_are_judged_and_told_in_json(ours: Any, theirs: Any, precision: str, spread: bool) -> None:
    found = compare(UNET, "painting, all", precision, ours, theirs, spread=spread)
    text = json.dumps(plain(vars(found)), allow_nan=False)
    assert json.loads(text, parse_constant=pytest.fail)["passed"] is found.passed
    if not np.isfinite(ours).all():
        assert not found.passed


@pytest.mark.parametrize(
    ("ours", "theirs", "snr"),
    [(1.0, 0.0, -math.inf), (1.0, 1.0, math.inf), (math.inf, 1.0, -math.inf), (math.nan, 1.0, None)],
)
def test_nothing_and_too_much_have_their_decibels(ours: float, theirs: float, snr: float | None) -> None:
    found = compare(UNET, "noise", "fp32", np.full(3, ours, np.float32), np.full(3, theirs, np.float32))
    assert found.snr_db == snr if snr is not None else math.isnan(found.snr_db)
    assert plain(vars(found))["snr_db"] is None
    assert found.passed == (ours == theirs)


def test_figures_that_are_not_finite_are_told_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    one = Finding(UNET, "-Infinity and NaN", "fp32", math.nan, math.inf, -math.inf, None, passed=False)
    command.Teller(as_json=True).say("parity", str(one), **vars(one))
    line = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert (line["max_abs"], line["relative"], line["snr_db"]) == (None, None, None)
    assert (line["what"], line["passed"]) == ("-Infinity and NaN", False)


def test_every_error_of_the_house_keeps_its_words() -> None:
    from models.recipes.export.diffusion.failing import told_of

    error = HomespunError("It broke.", "Mend it.")
    assert told_of(error) == (error, 1)
