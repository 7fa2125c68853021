"""Noise under every name: the process stays up and always has an answer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.document import State
from indexer.kinds import _EXTENSIONS
from indexer.readers import Readers
from tests.readers.make_documents import all_documents

EXTENSIONS = sorted({word for words in _EXTENSIONS.values() for word in words.split()})
HEADS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"{\\rtf1 ", b"<?xml version='1.0'?>", b"<html>",
         bytes.fromhex("d0cf11e0a1b11ae1"), b"ID3\x04", b"GIF89a", b"II*\0", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic", b"From a ", b"OggS",
         b"\0\0\0\x18ftypmp42", b"fLaC", b"8BPS\0\x01", b"\0\0\x01\0", b"\x1aE\xdf\xa3", b"BM"]  # fmt: skip
DOCUMENTS = all_documents()


@given(
    extension=st.sampled_from(EXTENSIONS),
    head=st.sampled_from(HEADS),
    body=st.binary(max_size=3_000),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_never_ends_the_process(
    readers: Readers, tmp_path: Path, extension: str, head: bytes, body: bytes
) -> None:
    path = tmp_path / f"noise.{extension}"
    path.write_bytes(head + body)
    pid = readers.pid
    outcome = readers.read(bytes(path))
    assert readers.pid == pid or outcome.document.state is not State.ERROR
    assert "the reader failed" not in outcome.document.reason, outcome.document.reason
    assert "crashed" not in outcome.document.reason
    outcome.document.text.encode()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_real_file_with_some_bytes_changed_never_ends_the_process(
    readers: Readers, tmp_path: Path, name: str
) -> None:
    dice = random.Random(name)
    paths = []
    for number in range(25):
        data = bytearray(DOCUMENTS[name])
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / f"{number} {name}"
        path.write_bytes(bytes(data))
        paths.append(bytes(path))
    for outcome in readers.read_all(paths):
        assert "the reader failed" not in outcome.document.reason, outcome.document.reason
        assert "crashed" not in outcome.document.reason
        assert "took longer" not in outcome.document.reason
