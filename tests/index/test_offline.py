"""The main journey with every way to the network closed: nothing misses it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

import indexer
from homespun.progress import Progress


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Any socket of the internet families raises, and any look-up of a name; returns what was tried."""
    tried: list[str] = []

    class Closed(socket.socket):
        def __init__(self, family: int = -1, *rest: int, **more: int) -> None:
            if family in (-1, socket.AF_INET, socket.AF_INET6):
                tried.append(f"socket {family}")
                raise OSError("the network is closed in this test")
            super().__init__(family, *rest, **more)

    def no_names(host: str, *_rest: object, **_more: object) -> None:
        tried.append(f"look-up of {host}")
        raise OSError("the network is closed in this test")

    monkeypatch.setattr(socket, "socket", Closed)
    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    return tried


def test_adding_running_and_searching_work_without_a_network(no_network: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "lease.txt").write_text("The tenant pays the landlord 870 euros a month.")
    (folder / "page.html").write_text(
        '<p>penguins</p><img src="http://example.org/x.png"><script src="//example.org/y"></script>'
    )
    with indexer.open_index(create=True) as index:
        index.add(folder)
        report = indexer.run(index, progress=Progress())
        answer = indexer.searcher(index).search("how much is the rent for the flat")
    assert (report.new, report.problems) == (2, 0)
    assert Path(os.fsdecode(answer.hits[0].path)).name == "lease.txt"
    assert no_network == []


def test_the_closed_network_of_these_tests_is_really_closed(no_network: list[str]) -> None:
    with pytest.raises(OSError, match="closed"):
        socket.create_connection(("localhost", 9), timeout=1)
    assert no_network == ["look-up of localhost"]
