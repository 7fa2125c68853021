"""The page Models: a card for each, with its question, its progress and its result inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLayout, QWidget

from desktop.state.model_cards import Group, ModelCard, ModelsSnapshot
from desktop.state.models import ModelsState
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Card, Elided, button, column, empty, label, row
from desktop.window.main.page_parts import Actions, LivePage, Said, Tile, Track, flowing, heading
from desktop.window.theme import Theme
from desktop.words import say


class ModelsPage(LivePage):
    """What is here and what can be added; every decision is `ModelsState`'s."""

    def __init__(self, theme: Theme, state: ModelsState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = state
        self._cards: dict[str, _Card] = {}
        self._shape: tuple[object, ...] = ()
        self._later_open = False
        self._folder = button("")
        self._folder.clicked.connect(self._choose_folder)
        self.aside.addWidget(self._folder)
        self.asked.connect(state.do_notice)
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._show)
        self._show()

    @property
    def cards(self) -> dict[str, _Card]:
        """The cards by model."""
        return self._cards

    def shown(self) -> None:
        """What is here may have changed while the page was away."""
        self._state.refresh()

    def _show(self) -> None:
        page = self._state.snapshot()
        self.show_head(page.heading, page.lead)
        self._folder.setText(page.folder_words)
        self.show_notice(page.notice, page.notice_actions)
        shape = (
            page.language,
            page.loading,
            self._later_open,
            *((group, [one.id for one in cards]) for group, _, _, cards in page.groups),
        )
        if shape != self._shape:
            self._shape = shape
            self._build(page)
        for _, _, _, cards in page.groups:
            for one in cards:
                if one.id in self._cards:
                    self._cards[one.id].show_card(one)
        if page.groups:
            self._summary.setText(page.summary)
        self.order_focus()

    def _build(self, page: ModelsSnapshot) -> None:
        """The cards in their groups; a card that stays keeps its widget, and so the focus."""
        kept = self._cards
        for old in kept.values():
            old.setParent(self)  # else it would go with its layout
            old.hide()
        empty(self.body)
        self._cards = {}
        if page.loading:
            self.body.addWidget(label(self.theme, say("common.moment"), colour="text2"))
        for group, words, note, cards in page.groups:
            self.body.addLayout(heading(self.theme, words, note))
            if group is Group.LATER:
                self.body.addLayout(self._later(len(cards)))
                if not self._later_open:
                    continue
            for one in cards:
                made = kept.pop(one.id, None) or self._made(one)
                self._cards[one.id] = made
                self.body.addWidget(made)
                made.show()
        for gone in kept.values():
            gone.deleteLater()
        self._summary = label(self.theme, size=t.NOTE, colour="text3")
        self.body.addSpacing(4)
        self.body.addWidget(self._summary)

    def _made(self, one: ModelCard) -> _Card:
        made = _Card(self.theme, one, self)
        made.done.connect(self._state.do)
        return made

    def _later(self, count: int) -> QHBoxLayout:
        words = say("models.hide_later") if self._later_open else say("models.show_later", count=count)
        toggle = button(words)
        toggle.clicked.connect(self._toggle_later)
        self._toggle = toggle
        return row(toggle, None)

    def _toggle_later(self) -> None:
        self._later_open = not self._later_open
        self._show()
        self._toggle.setFocus()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("models.choose_folder"))
        if chosen:
            self._state.add_from(Path(chosen))


class _Card(Card):
    """One model."""

    done = Signal(str, str)

    def __init__(self, theme: Theme, one: ModelCard, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self._id = one.id
        self._name = flowing(theme, weight=t.SEMIBOLD)
        self._gives = flowing(theme, size=t.BUTTON, colour="text2")
        self._meta = Elided(theme, size=t.NOTE, colour="text3")
        self.buttons = Actions(theme)
        self.buttons.done.connect(lambda act: self.done.emit(self._id, act))
        self._question = flowing(theme, weight=t.MEDIUM)
        self._question_more = flowing(theme, size=t.BUTTON, colour="text2")
        self.answers = Actions(theme)
        self.answers.done.connect(lambda act: self.done.emit(self._id, act))
        self._track = Track(theme)
        self._doing = label(theme, size=t.NOTE, colour="text2")
        self._asking = _held(column(self._question, self._question_more, 4, row(self.answers, None), space=4))
        self._working = _held(column(self._track, self._doing, space=6))
        self.said = Said(theme)
        self.said.done.connect(lambda act: self.done.emit(self._id, act))
        words = column(self._name, self._gives, space=2)
        tile = Tile(theme, one.icon)
        top = row(tile, words, self.buttons, space=16)
        top.setStretch(1, 1)
        top.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        top.setAlignment(self.buttons, Qt.AlignmentFlag.AlignTop)
        below = column(self._asking, self._working, self.said, space=8, margins=(56, 8, 0, 0))
        self._below = _held(below)
        self.setLayout(column(top, row(56, self._meta, space=0), self._below, space=4, margins=(16, 16, 16, 16)))

    @property
    def notice(self) -> str:
        """What it says below its words; "" while nothing."""
        return self.said.words

    @property
    def doing(self) -> str:
        """What goes on."""
        return self._doing.text() if self._working.isVisibleTo(self) else ""

    def show_card(self, one: ModelCard) -> None:
        """The model as it is now."""
        self._name.setText(one.name)
        self._gives.setText(one.gives)
        self._meta.set_text(one.meta)
        self.setAccessibleName(one.name)
        asking = bool(one.question)
        had_focus = self.buttons.has_focus or self.answers.has_focus
        self.buttons.show_actions(() if asking else [do for do in one.actions if not do.below])
        self.answers.show_actions(one.actions if asking else ())
        self._question.setText(one.question)
        self._question_more.setText(one.question_more)
        self._asking.setVisible(asking)
        self._working.setVisible(one.share is not None)
        if one.share is not None:
            self._track.show_share(one.share)
            self._track.setAccessibleName(f"{one.name}: {say('models.progress')}")
            self._doing.setText(one.doing)
        notice = one.notice if not asking else None
        self.said.say(notice, [do for do in one.actions if do.below])
        self._below.setVisible(asking or one.share is not None or notice is not None)
        if had_focus:
            shown = self.answers if asking else self.buttons
            shown.take_focus()


def _held(layout: QLayout) -> QWidget:
    """A layout that can be hidden as a whole."""
    holder = QWidget()
    holder.setLayout(layout)
    return holder
