"""Asking for a newer version: what is sent, and which answers are not believed."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.cli import main
from desktop.updates import Found, Verdict, check
from desktop.updates.keys import checked_address, trust
from desktop.updates.manifest import MAGIC, MOST, opened
from desktop.updates.memory import recall
from homespun.errors import Damaged, HomespunError, NetworkError, UsageError
from homespun.progress import Progress
from installer.versions import Installation, Kind, Pointer
from tests.desktop.updates.conftest import offer
from tests.desktop.updates.world import NOW, QUICK, RELEASE, STRANGER, SUCCESSOR, World, signed
from tests.models.conftest import Server

ADDRESS = "/homespun/stable.manifest"
KEYS = (bytes(RELEASE.verify_key), bytes(SUCCESSOR.verify_key))


def ask(world: World, **more: Any) -> Found:
    return check(world.installation, world.trust, world.memory, Progress(), wire=QUICK, **more)


def test_a_newer_version_is_found_with_its_file_and_notes(world: World) -> None:
    found = ask(world)
    assert (found.verdict, found.manifest.version) == (Verdict.NEWER, "1.1.0")
    assert found.url == f"{world.address}Homespun-1.1.0-windows-x64.zip"
    assert found.manifest.notes == {"en": "Better.", "de": "Besser."}
    assert recall(world.memory).newest == "1.1.0"


def test_a_check_is_one_get_that_says_nothing_of_the_computer(world: World, server: Server) -> None:
    ask(world)
    assert server.seen == [("GET", ADDRESS, "", "homespun")]


def test_the_running_version_is_the_newest_when_nothing_newer_is_announced(world: World, server: Server) -> None:
    for number, version in enumerate(("1.0.0", "0.9.9")):  # there is no going down, whoever signs it
        offer(world, server, version=version, min_from="0.1.0", serial=10 + number)
        assert ask(world).verdict is Verdict.NEWEST


def test_a_version_too_old_for_the_step_is_sent_to_the_installer(world: World, server: Server) -> None:
    offer(world, server, version="3.0.0", min_from="2.0.0")
    assert ask(world).verdict is Verdict.INSTALLER


def test_a_version_without_a_file_for_this_system_is_elsewhere(world: World, server: Server) -> None:
    offer(world, server, files=[])
    assert ask(world).verdict is Verdict.ELSEWHERE


def test_a_version_that_was_taken_back_is_not_offered_as_new(world: World) -> None:
    world.layout.write(Pointer("1.0.0", None, "1.1.0"))
    assert ask(world).verdict is Verdict.REFUSED


@pytest.mark.parametrize("kind", [Kind.DEB, Kind.WHEEL, Kind.CHECKOUT])
def test_other_installations_get_newer_versions_their_own_way(world: World, kind: Kind) -> None:
    here = replace(world.installation, kind=kind)
    assert check(here, world.trust, world.memory, Progress(), wire=QUICK).verdict is Verdict.BY_HAND


def test_a_manifest_of_a_stranger_is_not_believed(world: World, server: Server) -> None:
    server.serve(ADDRESS, signed(world.manifest(), STRANGER))
    with pytest.raises(Damaged, match="not signed by Homespun's key"):
        ask(world)
    assert not world.memory.exists()


def test_every_flipped_byte_of_a_manifest_is_noticed(world: World) -> None:
    good = signed(world.manifest())
    assert opened(good, KEYS).version == "1.1.0"
    for at in range(len(good)):
        wrong = bytearray(good)
        wrong[at] ^= 1
        with pytest.raises(Damaged):
            opened(bytes(wrong), KEYS)


def test_a_truncated_manifest_is_not_believed(world: World, server: Server) -> None:
    good = signed(world.manifest())
    server.serve(ADDRESS, good, cut_at=[len(good) // 2] * 9)
    with pytest.raises(NetworkError):
        ask(world)
    for length in range(0, len(good), 7):
        with pytest.raises(Damaged):
            opened(good[:length], KEYS)


def test_an_endless_answer_is_cut_off(world: World, server: Server) -> None:
    server.serve(ADDRESS, b"x" * (MOST + 500_000), pretend=1 << 40)
    with pytest.raises(NetworkError, match="sends more than it should"):
        ask(world)


def test_a_server_that_says_nothing_is_given_up(world: World, server: Server) -> None:
    server.serve(ADDRESS, b"x" * 70_000, hang_at=65_536)
    with pytest.raises(NetworkError, match="can't be found out"):
        check(world.installation, world.trust, world.memory, Progress(), wire=replace(QUICK, silence=0.2, pauses=()))


@pytest.mark.parametrize("to", ["http://localhost:{port}/x", "https://127.0.0.1:{port}/x", "http://127.0.0.1:1/x"])
def test_a_redirect_to_another_server_is_not_followed(world: World, server: Server, to: str) -> None:
    server.serve("/x", signed(world.manifest()))
    server.serve(ADDRESS, b"", status=302, location=to.format(port=server.port))
    with pytest.raises(NetworkError, match="which nobody agreed to"):
        ask(world)
    assert [path for _, path, _, _ in server.seen] == [ADDRESS]


def test_a_redirect_on_the_same_server_is_followed(world: World, server: Server) -> None:
    server.serve("/new/place", signed(world.manifest()))
    server.serve(ADDRESS, b"", status=302, location=f"{server.url}/new/place")
    assert ask(world).verdict is Verdict.NEWER


def test_an_older_serial_than_before_is_a_replay(world: World, server: Server) -> None:
    ask(world)
    offer(world, server, serial=4)
    with pytest.raises(NetworkError, match="an older day than before"):
        ask(world)
    assert recall(world.memory).serials[KEYS[0].hex()] == 5


def test_an_expired_manifest_means_that_nothing_can_be_said(world: World) -> None:
    with pytest.raises(NetworkError, match="was valid until"):
        ask(world, now=NOW + timedelta(days=31))


def test_a_clock_that_was_set_back_is_named(world: World) -> None:
    ask(world)
    with pytest.raises(NetworkError, match="clock of this computer is wrong"):
        ask(world, now=NOW - timedelta(days=400))


def test_a_manifest_of_the_future_is_not_believed(world: World, server: Server) -> None:
    offer(world, server, issued=(NOW + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    with pytest.raises(NetworkError, match="clock"):
        ask(world)


def test_once_the_successor_has_signed_the_release_key_is_refused_for_good(world: World, server: Server) -> None:
    server.serve(ADDRESS, signed(world.manifest(serial=900)))
    ask(world)
    server.serve(ADDRESS, signed(world.manifest(serial=2), SUCCESSOR))  # a thief of the release key can't outrun it
    assert ask(world).verdict is Verdict.NEWER
    server.serve(ADDRESS, signed(world.manifest(serial=901)))
    with pytest.raises(Damaged, match="no longer valid"):
        ask(world)
    server.serve(ADDRESS, signed(world.manifest(serial=3), SUCCESSOR))
    assert ask(world).verdict is Verdict.NEWER


def test_a_manifest_of_another_channel_is_not_believed(world: World, server: Server) -> None:
    offer(world, server, channel="beta")
    with pytest.raises(Damaged, match="another channel"):
        ask(world)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "../1.1.0"},
        {"version": "1.1.0 "},
        {"version": 11},
        {"serial": -1},
        {"serial": True},
        {"serial": 2**60},
        {"serial": "7"},
        {"expires": "soon"},
        {"min_from": "none"},
        {"notes": {"en": "x" * 9_000}},
        {"notes": ["en"]},
        {"files": [{"platform": "windows-x64", "name": "../../x.zip", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"platform": "windows-x64", "name": "https://x", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"platform": "windows-x64", "name": "x.zip?id=7", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"platform": "windows-x64", "name": "x.zip", "size": 2**60, "sha256": "0" * 64}]},
        {"files": [{"platform": "windows-x64", "name": "x.zip", "size": 1, "sha256": "0"}]},
        {"files": [7]},
        {"files": 7},
    ],
)
def test_a_signed_manifest_that_makes_no_sense_is_damaged(world: World, changed: dict[str, Any]) -> None:
    with pytest.raises(Damaged, match="makes no sense"):
        opened(signed(world.manifest(**changed)), KEYS)


def test_a_manifest_must_be_written_in_the_one_way(world: World) -> None:
    text = json.dumps(world.manifest()).encode()
    with pytest.raises(Damaged, match="makes no sense"):
        opened(signed(text), KEYS)
    with pytest.raises(Damaged, match="makes no sense"):
        opened(signed(b'{"schema":1,"schema":1}'), KEYS)
    for other in (b"[]", b"null", b"\xff", b"{" * 50_000):
        with pytest.raises(Damaged, match="makes no sense"):
            opened(signed(other), KEYS)


def test_a_manifest_of_a_later_form_is_said_to_be_one(world: World) -> None:
    with pytest.raises(UsageError, match="a form that this Homespun doesn't know"):
        opened(signed(world.manifest(schema=2)), KEYS)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda body: MAGIC + body))
def test_no_answer_is_anything_but_refused(noise: bytes) -> None:
    with pytest.raises(Damaged):
        opened(noise, KEYS)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    )
)
def test_signed_nonsense_is_named_and_never_a_bug(value: Any) -> None:
    from desktop.updates.manifest import canonical

    try:
        body = canonical(value)
    except UnicodeEncodeError:
        return
    with pytest.raises(HomespunError):
        opened(signed(body), KEYS)


# keys and addresses


def build(note: Any) -> Installation:
    return Installation(Kind.WINDOWS, NOWHERE, "1.0.0", "windows-x64", {"update": note} if note is not None else {})


NOWHERE: Any = None
GOOD = {"address": "https://example.com/homespun", "channel": "stable", "keys": [key.hex() for key in KEYS]}


@pytest.mark.parametrize("note", [None, {}, [], "x", {**GOOD, "keys": []}])
def test_a_build_without_keys_says_that_it_cannot_be_updated_by_itself(note: Any) -> None:
    with pytest.raises(UsageError, match="can't be updated by itself"):
        trust(build(note))


def test_a_build_without_an_address_asks_for_one() -> None:
    with pytest.raises(UsageError, match="doesn't know where updates are"):
        trust(build({"keys": GOOD["keys"]}))


@pytest.mark.parametrize(
    "keys", [["00"], [KEYS[0].hex()], [KEYS[0].hex()] * 2, ["zz" * 32, KEYS[1].hex()], 7, [7, 8], "ab"]
)
def test_damaged_keys_are_no_keys(keys: Any) -> None:
    with pytest.raises(UsageError, match="damaged"):
        trust(build({**GOOD, "keys": keys}))


def test_a_company_server_takes_the_place_of_ours_and_not_of_the_keys() -> None:
    believed = trust(build(GOOD), server="https://updates.example.org/h/")
    assert believed.manifest == "https://updates.example.org/h/stable.manifest"
    assert believed.keys == KEYS


@pytest.mark.parametrize(
    "address",
    ["", "http://example.com/", "ftp://example.com/", "https://", "https://u:p@example.com/", "https://example.com/?id=1",
     "https://example.com/#x", "file:///etc/", "//example.com/", "https://example.com:x/", "https://exämple.com/"],
)  # fmt: skip
def test_an_address_must_be_encrypted_and_say_nothing_of_the_person(address: str) -> None:
    with pytest.raises(UsageError):
        checked_address(address)


# consent


@pytest.fixture
def walled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket can be opened."""

    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise AssertionError("a socket was opened without a yes")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("words", [["update", "check"], ["update", "install"], ["update", "status"], ["update"]])
def test_no_socket_is_opened_without_a_yes(
    words: list[str], world: World, walled: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("installer.versions.this_installation", lambda: world.installation)
    code = main(words)
    told = capsys.readouterr()
    assert code == (9 if words[1:] in (["check"], ["install"]) else 0)
    if code:
        assert "127.0.0.1" in told.err
        assert "nothing about you or this computer" in told.err.lower()
