"""The page Devices as a widget: what it shows of a state, by keyboard and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.state.devices import DevicesState
from desktop.window.main.devices_page import DevicesPage
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT
from desktop.words import speak
from desktop.workers.client import Ended
from tests.desktop.devices.controls import controls, out_of_order, said_name, stray_windows, unnamed, unreached
from tests.desktop.devices.known import ARC, BOOST, ENLARGER, GPU, case, knowing, line, model, verdict
from tests.desktop.devices.scripted import ScriptedWorker
from tests.desktop.main.fakes import KnownDoors

MODELS = (ENLARGER,)


def shown(qtbot: QtBot, theme: Theme, worker: ScriptedWorker) -> tuple[DevicesPage, DevicesState]:
    state = DevicesState(worker, KnownDoors())
    page = DevicesPage(theme, state)
    qtbot.addWidget(page)
    page.resize(700, 900)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: bool(page.devices), timeout=5_000)
    return page, state


def test_every_control_has_a_name_and_the_keyboard_reaches_it(qtbot: QtBot, theme: Theme) -> None:
    worker = knowing((ARC, BOOST), MODELS)
    worker.answers["examine"] = [
        (
            Ended.DONE,
            {
                "well": False,
                "findings": [{"name": "space", "urgent": True, "what": "A.", "todo": "B."}],
                "report": "{}",
            },
        )
    ]
    page, state = shown(qtbot, theme, worker)
    state.do("examine")
    qtbot.waitUntil(lambda: bool(page.doctor.findings), timeout=5_000)

    assert len(controls(page)) >= 6
    assert stray_windows(page) == []
    assert unnamed(page) == []
    assert unreached(qtbot, page) == []
    assert out_of_order(qtbot, page) == []


def test_why_is_unfolded_and_folded_by_the_keyboard_and_says_of_what(qtbot: QtBot, theme: Theme) -> None:
    page, _ = shown(qtbot, theme, knowing((ARC,), MODELS))
    row = page.devices[GPU].standings[0]

    assert said_name(row.why).startswith("Why? Enlarge, true to the picture ×2: 3.2× faster")
    assert not row.unfolded
    row.why.setFocus()
    seen = []
    for _ in range(2):
        qtbot.keyClick(row.why, Qt.Key.Key_Space)
        seen.append(row.unfolded)
    assert seen == [True, False]


def test_an_unfolded_explanation_stays_so_when_the_page_is_brought_up_to_date(qtbot: QtBot, theme: Theme) -> None:
    page, state = shown(qtbot, theme, knowing((ARC,), MODELS))
    page.devices[GPU].standings[0].why.setChecked(True)
    state.refresh()
    qtbot.wait(20)

    assert page.devices[GPU].standings[0].unfolded


def test_the_progress_stands_in_place_of_the_button_and_goes_with_the_work(qtbot: QtBot, theme: Theme) -> None:
    tried = model("enlarge-faithful", case("x2.onnx", [line(GPU, "", verdict(passed=True))]))
    worker = knowing((ARC,), (tried,))
    page, state = shown(qtbot, theme, worker)
    assert list(page.main.buttons) == ["again"]
    state.do("again")
    worker.last.say(Ended.PROGRESS, {"done": 50, "total": 400, "note": '["enlarge-faithful", "Intel Arc"]'})
    qtbot.waitUntil(lambda: "1 of 4" in page.progress.words, timeout=5_000)

    assert page.main.buttons == {}
    worker.last.say(Ended.DONE, {"tried": 4, "passed": 4, "total": 4})
    qtbot.waitUntil(lambda: page.progress.words == "", timeout=5_000)
    assert page.notice.startswith("Tried 4 cases")
    assert list(page.main.buttons) == ["again"]


def test_there_is_one_accent_button(qtbot: QtBot, theme: Theme) -> None:
    page, _ = shown(qtbot, theme, knowing((ARC, BOOST), MODELS))

    assert [said_name(one) for one in controls(page) if one.property("accent")] == ["Try them now"]


def test_another_language_and_another_scheme_change_every_word_and_break_nothing(qtbot: QtBot, theme: Theme) -> None:
    page, state = shown(qtbot, theme, knowing((ARC,), MODELS))
    theme.use(DARK)
    speak("de")
    state.changed()
    qtbot.waitUntil(lambda: page.devices[GPU].pill.accessibleName() == "Wird genutzt", timeout=5_000)
    theme.use(LIGHT)

    assert page.accessibleName() == "Geräte"
    assert page.devices[GPU].standings[0].words.startswith("3,2× schneller")
