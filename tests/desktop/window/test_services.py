"""The app's processes: started when needed, one in reserve for the next editor, let go when nobody needs them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from desktop.window import services as room
from desktop.window.services import Services


@pytest.fixture
def services() -> Iterator[Services]:
    made = Services(lambda function: function(), None)
    yield made
    made.close()


def test_the_process_in_reserve_is_the_next_editors_and_is_given_away_once(services: Services) -> None:
    services.prepare_document()
    services.prepare_document()
    spare = services.pids()["spare"]
    first, second = services.document(), services.document()
    assert first.pid == spare
    assert second is not first
    assert "spare" not in services.pids()


def test_a_reserve_that_nobody_took_is_let_go(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    services.prepare_document()
    services.rest()
    assert "spare" in services.pids()
    spare = services._spare
    monkeypatch.setattr(room, "IDLE", 0.0)
    time.sleep(0.01)
    services.rest()
    assert services.pids() == {}
    assert spare is not None
    assert spare.wait(10)


def test_the_end_takes_the_reserve_with_it(services: Services) -> None:
    services.prepare_document()
    services.close()
    assert services.pids() == {}
