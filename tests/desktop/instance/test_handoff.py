"""What may be said to the running app, and that nothing else is taken or raises."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import handoff
from desktop.handoff import (
    Answer,
    Rejected,
    Request,
    asked,
    lines_of,
    packed_answer,
    packed_request,
    read_answer,
    read_request,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)
PATHS = st.lists(
    st.binary(min_size=1, max_size=80)
    .filter(lambda name: b"\0" not in name)
    .map(lambda name: os.fsdecode(b"/" + name)),
    max_size=12,
)


@given(do=st.sampled_from(sorted(handoff.JOINED - handoff.FACTORS.keys())), paths=PATHS)
def test_every_name_a_file_can_have_arrives_as_it_was(do: str, paths: list[str]) -> None:
    request = Request(do, tuple(paths), "token")

    assert read_request(packed_request(request)) == request


@given(st.binary(max_size=300))
def test_bytes_that_are_no_request_are_rejected_and_never_raise_anything_else(line: bytes) -> None:
    with pytest.raises(Rejected):
        read_request(line)


@given(st.dictionaries(st.sampled_from(["v", "do", "paths", "token", "else"]), ANYTHING, max_size=5))
def test_json_that_is_no_request_is_rejected_or_is_one_exactly(told: dict[str, object]) -> None:
    line = json.dumps(told).encode() + b"\n"
    try:
        request = read_request(line)
    except Rejected:
        return
    assert told["v"] == 1
    assert request.do in handoff.VERBS


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"v": 2, "do": "ping"}, "version"),
        ({"v": True, "do": "ping"}, "version"),
        ({"do": "ping"}, "version"),
        ({"v": 1, "do": "format"}, "verb"),
        ({"v": 1, "do": ["ping"]}, "verb"),
        ({"v": 1, "do": "edit", "paths": "/a"}, "no list"),
        ({"v": 1, "do": "edit", "paths": ["a"]}, "not absolute"),
        ({"v": 1, "do": "edit", "paths": ["/a\0b"]}, "no path"),
        ({"v": 1, "do": "edit", "paths": ["/\ud800"]}, "no path"),
        ({"v": 1, "do": "edit", "paths": [""]}, "no path"),
        ({"v": 1, "do": "edit", "paths": ["/" + "a" * 40_000]}, "no path"),
        ({"v": 1, "do": "edit", "paths": ["/a"] * 4097}, "4096"),
        ({"v": 1, "do": "enlarge-2", "paths": []}, "takes pictures"),
        ({"v": 1, "do": "enlarge-3", "paths": ["/a"]}, "verb"),
        ({"v": 1, "do": "search", "paths": []}, "exactly one folder"),
        ({"v": 1, "do": "search", "paths": ["/a", "/b"]}, "exactly one folder"),
        ({"v": 1, "do": "await", "paths": ["/a"]}, "takes no paths"),
        ({"v": 1, "do": "ping", "paths": ["/a"]}, "takes no paths"),
        ({"v": 1, "do": "ping", "run": "rm"}, "unknown field"),
        ({"v": 1, "do": "ping", "token": 5}, "token"),
    ],
)
def test_a_wrong_request_is_rejected_with_its_reason(told: object, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        read_request(json.dumps(told).encode() + b"\n")


@pytest.mark.parametrize(
    "line", [b"[" * 100_000 + b"\n", b"1\n", b"{}", b'{"v":1,"do":"ping"}\n\n', b"\xff\n", b"9" * 5000 + b"\n"]
)
def test_nesting_scalars_missing_ends_and_bad_text_are_rejected(line: bytes) -> None:
    with pytest.raises(Rejected):
        read_request(line)


def test_a_line_over_a_megabyte_is_rejected_at_both_ends() -> None:
    paths = tuple("/" + "a" * 4000 for _ in range(400))

    with pytest.raises(Rejected, match="too long"):
        packed_request(Request("edit", paths))


@settings(deadline=None, max_examples=40)
@given(
    count=st.integers(0, 12_000),
    long=st.lists(st.integers(1, 32_000), max_size=40),
    letter=st.sampled_from(["a", "é", "𝄞", "\udc80", '"', "\n"]),
)
def test_a_selection_of_any_size_is_said_whole_in_lines_that_are_taken(
    count: int, long: list[int], letter: str
) -> None:
    paths = tuple(f"/p{number}" for number in range(count)) + tuple("/" + letter * size for size in long)
    request = Request("erase", paths, "token")

    heard = [read_request(line) for line in lines_of(request)]

    assert tuple(path for one in heard for path in one.paths) == paths
    assert {(one.do, one.token) for one in heard} == {("erase", "token")}
    assert all(one.paths for one in heard) or not paths


def test_what_fits_in_one_line_is_one_line() -> None:
    assert lines_of(Request("ping")) == [packed_request(Request("ping"))]
    assert len(lines_of(Request("erase", tuple(f"/{n}" for n in range(4096))))) == 1
    assert len(lines_of(Request("erase", tuple(f"/{n}" for n in range(4097))))) == 2


def test_paths_are_made_absolute_where_the_person_typed_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert asked("edit", ["a.jpg", "/b/../c.jpg"]).paths == (str(tmp_path / "a.jpg"), "/c.jpg")


def test_the_desktops_token_goes_along_and_an_absurd_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "t1")
    assert asked("palette").token == "t1"
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "t" * 5000)
    assert asked("palette").token == ""


@pytest.mark.parametrize("answer", [Answer(True), Answer(False, "“too long”")])
def test_an_answer_is_read_as_it_was_said(answer: Answer) -> None:
    assert read_answer(packed_answer(answer)) == answer


@given(st.binary(max_size=200))
def test_what_is_no_answer_is_rejected(line: bytes) -> None:
    with pytest.raises(Rejected):
        read_answer(line)
