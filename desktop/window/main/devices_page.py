"""The page Devices: a card for each, with what it runs and why; below them, what keeps a device from helping."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.state.device_cards import DevicesSnapshot, Progress
from desktop.state.devices import DevicesState
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Card, column, empty, label, row
from desktop.window.main.device_widgets import DeviceWidget, DoctorWidget
from desktop.window.main.page_parts import Actions, LivePage, Said, Track, card, flowing
from desktop.window.theme import Theme
from desktop.words import say


class DevicesPage(LivePage):
    """What there is and how each does; every decision is `DevicesState`'s."""

    def __init__(self, theme: Theme, state: DevicesState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = state
        self._shape: tuple[object, ...] = ()
        self._widgets: dict[str, DeviceWidget] = {}
        self.main = Actions(theme)
        self.main.done.connect(state.do)
        self.aside.addWidget(self.main)
        self.progress = _ProgressCard(theme)
        self.progress.stop.done.connect(state.do)
        self._calm_card, calm = card(theme)
        self.calm = Said(theme)
        calm.addWidget(self.calm)
        self._moment = label(theme, colour="text2")
        self._cards = column(space=12)
        self.doctor = DoctorWidget(theme)
        self.doctor.done.connect(state.do)
        for part in (self.progress, self._moment):
            self.body.addWidget(part)
        self.body.addLayout(self._cards)
        self.body.addWidget(self._calm_card)
        self.body.addSpacing(12)
        self.body.addWidget(self.doctor)
        self.asked.connect(state.do)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()

    @property
    def devices(self) -> dict[str, DeviceWidget]:
        """The cards by the device's name."""
        return self._widgets

    def shown(self) -> None:
        """What an earlier look found; nothing is tried."""
        self._state.refresh()

    def _show(self) -> None:
        page = self._state.snapshot()
        self.show_head(page.heading, page.lead)
        self.show_notice(page.notice, page.notice_actions)
        self.main.show_actions(() if page.progress is not None or page.loading else (page.main,))
        self.progress.show_progress(page.progress)
        self._moment.setText(say("common.moment"))
        self._moment.setVisible(page.loading)
        self._calm_card.setVisible(page.calm is not None)
        self.calm.say(page.calm)
        shape = (page.language, *(one.name for one in page.devices))
        if shape != self._shape:
            self._shape = shape
            self._build(page)
        for one in page.devices:
            self._widgets[one.name].show_device(one, page.table, page.why)
        self.doctor.show_doctor(page.doctor)
        self.order_focus()

    def _build(self, page: DevicesSnapshot) -> None:
        empty(self._cards)
        self._widgets = {}
        for one in page.devices:
            made = self._widgets[one.name] = DeviceWidget(self.theme, one)
            made.done.connect(self._state.do)
            self._cards.addWidget(made)


class _ProgressCard(Card):
    """What is under way, and a way to stop it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words = flowing(theme, weight=t.MEDIUM)
        self._track = Track(theme)
        self.stop = Actions(theme)
        inside = row(column(self._words, self._track, space=10), self.stop, space=24, margins=(16, 14, 16, 14))
        inside.setStretch(0, 1)
        self.setLayout(inside)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; "" while nothing is under way."""
        return "" if self.isHidden() else self._words.text()

    def show_progress(self, progress: Progress | None) -> None:
        """Show it, or nothing."""
        self.setVisible(progress is not None)
        if progress is not None:
            self._words.setText(progress.words)
            self._track.setAccessibleName(progress.words)
            self._track.show_share(progress.share)
            self.stop.show_actions((progress.stop,))
