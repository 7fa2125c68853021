"""What comes through the pipe is believed only as far as it can be true."""

from __future__ import annotations

import io
import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engines.runtime.workers import tensors
from engines.runtime.workers.frames import MOST, BrokenFrame, read_frame, write_frame
from engines.runtime.workers.slots import LARGEST, Seen, Slot

DTYPES = st.sampled_from(sorted(tensors.DTYPES))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NUMBERS = st.integers(-10, 10) | st.sampled_from([-(1 << 63), 1 << 31, 1 << 63, 1 << 200, 64, 128, 4096])
TENSORS = st.fixed_dictionaries(
    {
        "name": st.text(max_size=5) | st.none(),
        "dtype": DTYPES | st.sampled_from(["object", "O", ">f4", "str", ""]) | st.integers(),
        "shape": st.lists(NUMBERS, max_size=4) | st.none() | st.text(max_size=3),
        "offset": NUMBERS | st.none() | st.booleans() | st.floats(),
    }
)


def frame(body: bytes, length: int | None = None) -> io.BytesIO:
    return io.BytesIO(struct.pack("!I", len(body) if length is None else length) + body)


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_a_message_arrives_as_it_was_sent(message: dict[str, Any]) -> None:
    stream = io.BytesIO()
    write_frame(stream, message)
    write_frame(stream, {"next": 1})
    stream.seek(0)
    assert read_frame(stream) == message
    assert read_frame(stream) == {"next": 1}
    assert read_frame(stream) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_an_end_or_broken(noise: bytes) -> None:
    try:
        message = read_frame(io.BytesIO(noise))
    except BrokenFrame:
        return
    assert message is None or isinstance(message, dict)


def test_a_frame_longer_than_any_message_is_refused_before_it_is_read() -> None:
    with pytest.raises(BrokenFrame, match="a frame of 4294967295 bytes"):
        read_frame(frame(b"{}", length=0xFFFFFFFF))


def test_a_message_longer_than_any_frame_is_not_sent() -> None:
    stream = io.BytesIO()
    with pytest.raises(BrokenFrame):
        write_frame(stream, {"text": "x" * MOST})
    assert stream.getvalue() == b""


@pytest.mark.parametrize("body", [b"[1]", b"1", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_broken(body: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(frame(body))


@given(
    st.lists(
        arrays.arrays(DTYPES.map(np.dtype), arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)),
        max_size=4,
    )
)
def test_tensors_come_out_of_memory_as_they_went_in(given_arrays: list[np.ndarray[Any, Any]]) -> None:
    named = {f"t{index}": array for index, array in enumerate(given_arrays)}
    places, needed = tensors.lay_out(named)
    memory = bytearray(max(1, needed))
    tensors.fill(memoryview(memory), places, named)
    heard = tensors.heard(json.loads(json.dumps(tensors.told(places))), needed)
    for place in heard:
        found = tensors.view(memoryview(memory), place)
        assert found.dtype == named[place.name].dtype
        np.testing.assert_array_equal(found, named[place.name])
        assert place.offset % tensors.ALIGNED == 0


@given(st.lists(TENSORS, max_size=4) | PLAIN, st.integers(0, 5_000))
def test_no_description_of_tensors_reaches_beyond_the_memory(described: Any, size: int) -> None:
    try:
        places = tensors.heard(described, size)
    except BrokenFrame:
        return
    taken = bytearray(size)
    for place in places:
        assert place.offset >= 0
        assert place.offset + place.size <= size
        assert not any(taken[place.offset : place.offset + place.size]), "two tensors lie over each other"
        taken[place.offset : place.offset + place.size] = b"\1" * place.size
        assert tensors.view(memoryview(taken), place).shape == place.shape


GOOD = {"name": "x", "dtype": "float32", "shape": [2, 3], "offset": 64}


@pytest.mark.parametrize(
    "wrong",
    [
        {"shape": [-1, 3]},
        {"shape": [2, 1 << 62]},
        {"shape": [1 << 62, 0]},
        {"shape": [True, 3]},
        {"shape": [2.0, 3]},
        {"shape": [1] * 33},
        {"shape": "23"},
        {"offset": -64},
        {"offset": 65},
        {"offset": 1 << 62},
        {"offset": 192},
        {"offset": None},
        {"dtype": "object"},
        {"dtype": "float128"},
        {"dtype": ["float32"]},
        {"name": 7},
        {"name": "x" * 1_001},
    ],
    ids=str,
)
def test_a_tensor_that_can_not_be_is_refused(wrong: dict[str, Any]) -> None:
    assert tensors.heard([GOOD], 200)[0].shape == (2, 3)
    with pytest.raises(BrokenFrame):
        tensors.heard([GOOD | wrong], 200)


def test_tensors_that_overlap_or_share_a_name_are_refused() -> None:
    with pytest.raises(BrokenFrame, match="begins before"):
        tensors.heard([GOOD, GOOD | {"name": "y"}], 200)
    with pytest.raises(BrokenFrame, match="one name"):
        tensors.heard([GOOD, GOOD | {"offset": 128}], 200)


def test_texts_do_not_travel() -> None:
    with pytest.raises(BrokenFrame, match="'words' of"):
        tensors.lay_out({"words": np.array(["a", "b"])})


def test_a_slot_grows_and_both_ends_see_the_same_bytes() -> None:
    slot, seen = Slot(), Seen()
    slot.memory[:3] = b"one"
    assert bytes(seen.follow(slot.described())[:3]) == b"one"
    before = slot.size
    slot.fit(10 * before)
    slot.memory[-3:] = b"two"
    there = seen.follow(slot.described())
    assert len(there) == slot.size >= 10 * before
    assert bytes(there[-3:]) == b"two"
    slot.fit(5)
    assert slot.size >= 10 * before
    slot.close()


@pytest.mark.parametrize(
    "wrong",
    [{"size": 0}, {"size": -1}, {"size": LARGEST + 1}, {"size": 1 << 30}, {"size": "x"}, {"file": None}, {"tag": 1}],
)
def test_a_slot_that_can_not_be_is_not_mapped(wrong: dict[str, Any]) -> None:
    slot = Slot()
    with pytest.raises(BrokenFrame):
        Seen().follow(slot.described() | wrong)
    with pytest.raises(BrokenFrame):
        Seen().follow(None)
    with pytest.raises(BrokenFrame):
        slot.fit(LARGEST + 1)
    slot.close()


def test_a_file_that_is_none_of_ours_is_not_mapped() -> None:
    with pytest.raises(BrokenFrame, match="can't be opened"):
        Seen().follow({"size": 4096, "file": 9_999, "tag": ""})
