"""Downloads from a plain address, on good and bad days."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from homespun.errors import Busy, Damaged, ExitCode, NetworkError, NoConsent, NoPermission, NoSpace, UsageError
from homespun.progress import Cancel, Cancelled, Progress, Report
from models import FileState, Source, Store, Wire
from models.schema import parse

if TYPE_CHECKING:
    from tests.models.conftest import Shop

SIXTY_PERCENT = 3_000_000


def fetch(shop: Shop, *, progress: Progress | None = None, store: Store | None = None) -> Source:
    got = (store or shop.store).get("thing", consent=True, mirror=None, progress=progress or Progress())
    assert shop.target.read_bytes() == shop.body
    assert not shop.part.exists()
    return got.source


def unpaused(shop: Shop) -> Store:
    """The same store, but it tries only once."""
    return replace(shop.store, wire=Wire(silence=5.0, pauses=()))


def test_a_download_brings_the_file_and_then_it_is_local(shop: Shop) -> None:
    reports: list[Report] = []
    assert fetch(shop, progress=Progress(reports.append)) is Source.DOWNLOAD
    assert reports[-1] == Report(len(shop.body), len(shop.body), "model.onnx")
    assert shop.store.locate("thing").source is Source.LOCAL
    assert fetch(shop) is Source.LOCAL
    assert shop.server.gets() == ["/model.onnx"]


def test_nothing_is_asked_or_written_without_consent(shop: Shop) -> None:
    with pytest.raises(NoConsent) as caught:
        shop.store.get("thing", consent=False, mirror=None, progress=Progress())
    assert caught.value.code is ExitCode.NO_CONSENT
    assert "5.0 MB from 127.0.0.1, licence MIT" in caught.value.what
    assert shop.server.seen == []
    assert not shop.store.local.exists()


def test_a_cut_at_60_percent_is_resumed_within_the_same_call(shop: Shop) -> None:
    shop.served.cut_at = [SIXTY_PERCENT]
    fetch(shop)
    assert shop.server.gets() == ["/model.onnx", f"/model.onnx bytes={SIXTY_PERCENT}-"]


def test_a_cut_at_60_percent_is_resumed_by_the_next_call(shop: Shop) -> None:
    shop.served.cut_at = [SIXTY_PERCENT]
    with pytest.raises(NetworkError) as caught:
        fetch(shop, store=unpaused(shop))
    assert "goes on where it stopped" in caught.value.todo
    assert shop.part.stat().st_size == SIXTY_PERCENT
    assert not shop.target.exists()
    assert shop.store.listing()[0].partial == SIXTY_PERCENT
    first: list[Report] = []
    fetch(shop, progress=Progress(first.append))
    assert shop.server.gets()[1:] == [f"/model.onnx bytes={SIXTY_PERCENT}-"]


def test_a_server_that_ignores_ranges_is_read_from_the_start(shop: Shop) -> None:
    shop.served.cut_at = [SIXTY_PERCENT]
    shop.served.ranges = False
    fetch(shop)
    assert len(shop.server.gets()) == 2


@pytest.mark.parametrize("status", [416, 206])
def test_a_server_that_refuses_to_go_on_or_goes_on_elsewhere_is_read_from_the_start(shop: Shop, status: int) -> None:
    shop.served.cut_at = [SIXTY_PERCENT]
    shop.served.range_status = status
    shop.served.headers = {"Content-Range": "bytes 7-8/9"} if status == 206 else {}
    fetch(shop)
    assert shop.server.gets()[-1] == "/model.onnx"


def test_tries_that_bring_enough_do_not_use_up_the_patience(shop: Shop) -> None:
    shop.served.cut_at = [1_100_000, 2_200_000, 3_300_000, 4_400_000]
    fetch(shop)
    assert len(shop.server.gets()) == 5


def test_tries_that_bring_nothing_do(shop: Shop) -> None:
    shop.served.cut_at = [1000] * 9
    with pytest.raises(NetworkError):
        fetch(shop)
    assert len(shop.server.gets()) == 3


def test_a_wrong_file_is_deleted_and_named(shop: Shop) -> None:
    shop.served.body = b"x" + shop.body[1:]
    with pytest.raises(Damaged) as caught:
        fetch(shop)
    assert "model.onnx from 127.0.0.1" in caught.value.what
    assert "deleted" in caught.value.what
    assert os.listdir(shop.folder) == []


def test_an_old_part_that_does_not_fit_is_dropped_and_the_file_fetched_anew(shop: Shop) -> None:
    shop.folder.mkdir(parents=True)
    shop.part.write_bytes(b"yesterday's file" * 100)
    fetch(shop)
    assert shop.server.gets() == ["/model.onnx bytes=1600-", "/model.onnx"]


@pytest.mark.parametrize("extra", [0, 10])
def test_a_part_as_long_as_the_file_or_longer_is_handled(shop: Shop, extra: int) -> None:
    shop.folder.mkdir(parents=True)
    shop.part.write_bytes(shop.body + bytes(extra))
    fetch(shop)
    assert len(shop.server.gets()) == (1 if extra else 0)


def test_more_bytes_than_promised_are_not_taken(shop: Shop) -> None:
    shop.served.body = shop.body + b"!"
    with pytest.raises(Damaged):
        fetch(shop)
    assert not shop.part.exists()


def test_an_announced_length_that_never_comes_is_told_and_kept(shop: Shop) -> None:
    shop.served.body = shop.body[:SIXTY_PERCENT]
    shop.served.pretend = len(shop.body) - SIXTY_PERCENT
    with pytest.raises(NetworkError):
        fetch(shop, store=unpaused(shop))
    assert shop.part.read_bytes() == shop.body[:SIXTY_PERCENT]


@pytest.mark.parametrize(
    ("status", "words", "tries"),
    [(404, "any more", 1), (403, "not give", 1), (401, "terms", 1), (503, "busy", 3), (418, "418", 1)],
)
def test_a_refusal_is_told_in_words_and_only_passing_ones_are_tried_again(
    shop: Shop, status: int, words: str, tries: int
) -> None:
    shop.served.status = status
    with pytest.raises(NetworkError) as caught:
        fetch(shop)
    assert words in str(caught.value)
    assert len(shop.server.gets()) == tries
    assert not shop.part.exists()


def test_a_server_that_is_not_there_is_told(shop: Shop) -> None:
    dead = parse(_text_of(shop).replace(f":{shop.server.port}/", ":9/"))
    with pytest.raises(NetworkError) as caught:
        replace(unpaused(shop), catalog=dead).get("thing", consent=True, mirror=None, progress=Progress())
    assert "does not answer" in caught.value.what
    assert caught.value.code is ExitCode.NETWORK


def _text_of(shop: Shop) -> str:
    (file,) = shop.store.catalog["thing"].files
    return textwrap.dedent(f"""
        [[model]]
        id = "thing"
        title = "A thing"
        task = "fill"
        licence = "MIT"
        ship = "yes"
        form = "onnx"
        origin = "acme"
        precisions = ["fp32"]
        evidence = "made for a test"
        [[model.file]]
        name = "model.onnx"
        url = "{file.url}"
        sha256 = "{file.sha256}"
        size = {file.size}
        [[model.graph]]
        file = "model.onnx"
        inputs = [{{ name = "x", dtype = "float32", shape = [1] }}]
        outputs = [{{ name = "y", dtype = "float32", shape = [1] }}]
    """)


def test_a_silent_server_is_given_up_after_its_time(shop: Shop) -> None:
    shop.served.hang_at = 1 << 20
    begun = time.monotonic()
    with pytest.raises(NetworkError):
        fetch(shop, store=replace(shop.store, wire=Wire(silence=0.5, pauses=())))
    assert time.monotonic() - begun < 5
    assert shop.part.stat().st_size == 1 << 20


def test_a_slow_server_is_reported_at_least_four_times_a_second(shop: Shop) -> None:
    shop.served.hang_at = 1 << 20
    times: list[float] = []
    with pytest.raises(NetworkError):
        fetch(
            shop,
            progress=Progress(lambda _: times.append(time.monotonic())),
            store=replace(shop.store, wire=Wire(silence=1.5, pauses=())),
        )
    assert len(times) >= 6


def test_cancelling_leaves_only_a_part_that_can_be_resumed(shop: Shop) -> None:
    cancel = Cancel()
    shop.served.pause = 0.01

    def show(report: Report) -> None:
        if report.done > 500_000:
            cancel.cancel()

    with pytest.raises(Cancelled):
        fetch(shop, progress=Progress(show, cancel))
    assert os.listdir(shop.folder) == ["model.onnx.part"]
    kept = shop.part.read_bytes()
    assert shop.body.startswith(kept)
    shop.served.pause = 0.0
    fetch(shop)
    assert shop.server.gets()[-1] == f"/model.onnx bytes={len(kept)}-"


def test_cancelling_works_while_the_server_says_nothing(shop: Shop) -> None:
    shop.served.hang_at = 1 << 20
    cancel = Cancel()
    threading.Timer(0.5, cancel.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        fetch(shop, progress=Progress(cancel=cancel))
    assert time.monotonic() - begun < 2


def test_a_killed_download_is_resumed(shop: Shop, tmp_path: Path) -> None:
    shop.served.pause = 0.02
    catalog = tmp_path / "catalog.toml"
    catalog.write_text(_text_of(shop))
    code = (
        "import sys; from pathlib import Path; from homespun.progress import Progress; from models import Store;"
        "from models.schema import read;"
        "Store(read(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]))"
        ".get('thing', consent=True, mirror=None, progress=Progress())"
    )
    command = [sys.executable, "-c", code, str(catalog), str(shop.store.local), str(shop.store.bundled)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as process:
        until = time.monotonic() + 20
        while not (shop.part.exists() and shop.part.stat().st_size > 300_000) and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(Busy):  # the other one still works on it
            fetch(shop)
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    kept = shop.part.stat().st_size
    assert 300_000 < kept < len(shop.body)
    assert not shop.target.exists()
    shop.served.pause = 0.0
    fetch(shop)
    assert shop.server.gets()[-1] == f"/model.onnx bytes={kept}-"


def test_a_disk_that_is_too_small_is_noticed_before_the_first_byte(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 4_000_000))
    with pytest.raises(NoSpace) as caught:
        fetch(shop)
    assert "4.0 MB free" in caught.value.what
    assert shop.server.seen == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a file on a full disk")
def test_a_disk_that_fills_up_is_told(shop: Shop) -> None:
    shop.folder.mkdir(parents=True)
    shop.part.symlink_to("/dev/full")
    with pytest.raises(NoSpace) as caught:
        fetch(shop)
    assert caught.value.code is ExitCode.NO_SPACE
    assert "goes on" in caught.value.todo


@pytest.mark.skipif(os.name != "posix", reason="folders without write permission as Unix has them")
def test_a_folder_that_cannot_be_written_is_told(shop: Shop, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        closed = Path("/sys/homespun-models")  # root may write everywhere else
    else:
        closed = tmp_path / "closed"
        closed.mkdir(0o555)
        closed /= "models"
    with pytest.raises(NoPermission) as caught:
        fetch(shop, store=replace(shop.store, local=closed))
    assert "HOMESPUN_HOME" in caught.value.todo
    assert shop.server.seen == []


def test_a_disk_error_of_another_kind_stays_an_error_with_a_traceback(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_source: object, _target: object) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr("models.fetch.os.replace", broken)
    with pytest.raises(OSError, match="I/O error"):
        fetch(shop)


def test_an_encrypted_address_is_never_left_for_an_open_one() -> None:
    import httpx

    from models.fetch import _stay_secure

    hook = _stay_secure("https://example.org/model.onnx")
    hook(httpx.Request("GET", "https://store.example.org/x"))
    with pytest.raises(NetworkError, match="not encrypted"):
        hook(httpx.Request("GET", "http://store.example.org/x"))


def test_a_damaged_file_is_found_and_replaced_by_get(shop: Shop) -> None:
    fetch(shop)
    shop.target.write_bytes(b"x" + shop.body[1:])
    (checked,) = shop.store.verify("thing", Progress())
    assert checked.state is FileState.WRONG_HASH
    with pytest.raises(NoConsent):
        shop.store.get("thing", consent=False, mirror=None, progress=Progress())
    assert fetch(shop) is Source.DOWNLOAD
    (checked,) = shop.store.verify("thing", Progress())
    assert checked.state is FileState.OK


def test_a_file_that_is_too_short_is_not_taken_for_the_model(shop: Shop) -> None:
    fetch(shop)
    shop.target.write_bytes(shop.body[:-1])
    assert shop.store.installed() == []
    (checked,) = shop.store.verify("thing", Progress())
    assert checked.state is FileState.WRONG_SIZE


def test_a_model_that_we_may_not_hand_on_is_not_downloaded_even_with_consent(shop: Shop) -> None:
    text = _text_of(shop).replace('ship = "yes"', 'ship = "no"\nterms = "For research only."')
    with pytest.raises(UsageError) as caught:
        replace(shop.store, catalog=parse(text)).get("thing", consent=True, mirror=None, progress=Progress())
    assert "For research only" in caught.value.what
    assert "--mirror" in caught.value.todo
    assert shop.server.seen == []


def test_removing_deletes_everything_and_says_how_much(shop: Shop) -> None:
    fetch(shop)
    assert shop.store.remove("thing") >= len(shop.body)
    assert not shop.folder.exists()
    assert shop.store.installed() == []


def test_removing_takes_a_part_too(shop: Shop) -> None:
    shop.served.cut_at = [SIXTY_PERCENT]
    with pytest.raises(NetworkError):
        fetch(shop, store=unpaused(shop))
    assert shop.store.remove("thing") == SIXTY_PERCENT
