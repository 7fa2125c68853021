"""A program folder, and a real server on loopback that has an update for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.desktop.updates.world import World, signed
from tests.models import conftest as servers

server = servers.server

if os.name == "nt":
    collect_ignore_glob = ["test_apply*.py", "test_killed.py"]  # their versions start by a shell script


@pytest.fixture
def world(tmp_path: Path, home: Path, server: servers.Server) -> World:
    """1.0.0 installed, 1.1.0 announced."""
    made = World(tmp_path / "program folder ä", f"{server.url}/homespun/", home)
    made.build(tmp_path)
    offer(made, server)
    return made


def offer(world: World, server: servers.Server, **changed: object) -> servers.Served:
    """Put the announcement (with `changed` fields) and the archive on the server; the archive as it is served."""
    server.serve("/homespun/stable.manifest", signed(world.manifest(**changed)))
    return server.serve("/homespun/Homespun-1.1.0-windows-x64.zip", world.archive)
