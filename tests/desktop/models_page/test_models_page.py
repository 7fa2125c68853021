"""The page Models as a widget: what it shows of a state, by keyboard and for screen readers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.window.main.models_page import ModelsPage
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT
from desktop.words import speak
from desktop.workers.client import Ended
from tests.desktop.devices.controls import controls, out_of_order, said_name, stray_windows, unnamed, unreached
from tests.desktop.models_page.test_models_state import MB, Shop, entry


class Window:
    """The page over a `Shop`."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.qtbot, self.theme, self.shop = qtbot, theme, Shop()
        self.page = ModelsPage(theme, self.shop.state)
        qtbot.addWidget(self.page)
        self.page.resize(700, 900)
        self.page.show()
        self.page.shown()

    def press(self, model: str, act: str) -> None:
        card = self.page.cards[model]
        buttons = {**card.buttons.buttons, **card.answers.buttons, **card.said.actions_row.buttons}
        buttons[act].setFocus()
        self.qtbot.keyClick(buttons[act], Qt.Key.Key_Space)
        self.qtbot.wait(5)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Window:
    return Window(qtbot, theme)


def test_every_control_has_a_name_and_the_keyboard_reaches_it_in_the_order_of_the_page(window: Window) -> None:
    window.shop.listed[2]["partial"] = MB
    window.shop.look()
    window.press("mobile-sam", "ask_remove")

    assert len(controls(window.page)) >= 7
    assert stray_windows(window.page) == []
    assert unnamed(window.page) == []
    assert unreached(window.qtbot, window.page) == []
    assert out_of_order(window.qtbot, window.page) == []
    names = [said_name(one) for one in controls(window.page)]
    assert len(set(names)) == len(names), "each says of which model it is"


def test_the_focus_goes_to_the_answer_and_back_to_where_it_was_asked(window: Window) -> None:
    window.press("mi-gan", "ask")
    card = window.page.cards["mi-gan"]
    assert card.answers.buttons["download"].hasFocus()

    window.press("mi-gan", "no")
    assert card.buttons.buttons["ask"].hasFocus()


def test_there_is_one_accent_button_and_it_is_the_answer(window: Window) -> None:
    assert [one for one in controls(window.page) if one.property("accent")] == []
    window.press("mi-gan", "ask")
    accents = [said_name(one) for one in controls(window.page) if one.property("accent")]
    assert accents == ["Download 28.0 MB: Erase from pictures, better"]


def test_what_is_not_used_yet_is_behind_a_button(window: Window) -> None:
    assert "tinyclip-8m" not in window.page.cards
    toggle = next(one for one in controls(window.page) if said_name(one) == "Show 1 more")
    toggle.setFocus()
    window.qtbot.keyClick(toggle, Qt.Key.Key_Space)

    assert window.page.cards["tinyclip-8m"].isVisible()


def test_a_card_that_changes_its_group_keeps_what_it_says(window: Window) -> None:
    window.press("mi-gan", "ask")
    window.press("mi-gan", "download")
    call = window.shop.fetcher.last
    call.say(Ended.PROGRESS, {"done": MB, "total": 28 * MB, "note": ""})
    window.qtbot.wait(5)
    card = window.page.cards["mi-gan"]
    assert card.doing == "1.0 MB of 28.0 MB"
    window.shop.listed[2]["source"] = "local"
    window.shop.look()
    call.say(Ended.DONE, {"source": "download"})
    window.qtbot.wait(5)

    assert window.page.cards["mi-gan"] is card
    assert card.notice.startswith("Ready.")
    assert card.doing == ""


def test_another_language_and_another_scheme_change_every_word_and_break_nothing(window: Window) -> None:
    window.theme.use(DARK)
    speak("de")
    window.shop.state.changed()
    window.qtbot.waitUntil(lambda: window.page.accessibleName() == "Modelle", timeout=5_000)
    window.theme.use(LIGHT)

    assert window.page.cards["mi-gan"].accessibleName() == "Aus Bildern entfernen, besser"


def test_the_page_says_one_moment_until_the_list_is_there(qtbot: QtBot, theme: Theme) -> None:
    shop = Shop()
    shop.worker.answers.clear()
    fresh = type(shop.state)(shop.worker, shop.fetcher, shop.doors)
    page = ModelsPage(theme, fresh)
    qtbot.addWidget(page)
    page.show()

    assert page.cards == {}
    assert fresh.snapshot().loading


def test_a_word_without_end_does_not_make_the_page_wider_than_its_window(window: Window) -> None:
    window.shop.listed[2] = entry("brand-new", title="T" * 300, licence="L" * 200, terms="x" * 300)
    window.page._toggle_later()
    window.shop.look()
    window.qtbot.waitUntil(lambda: "brand-new" in window.page.cards, timeout=5_000)
    window.press("brand-new", "ask")

    rows = window.page.frame.rows
    inside = rows.widget()
    assert inside is not None
    assert inside.width() <= rows.viewport().width()
