"""The running app: its states, and what its windows may ask of each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop.handoff import Request
from desktop.state.notices import of_error
from desktop.state.starts import PROVED, confirm_start, taken_back
from desktop.state.thumbnails import Thumbnails
from desktop.state.tray import TrayState
from desktop.window.art import emblem
from desktop.window.bound import Poster, later
from desktop.window.platform.crash import CrashLog, log_folder
from desktop.window.platform.ending import Ending
from desktop.window.platform.handoff import Handoff
from desktop.window.platform.hotkey import Hotkey
from desktop.window.platform.looks import Looks
from desktop.window.platform.notifications import Notifications
from desktop.window.platform.openwith import open_file, open_with
from desktop.window.platform.reveal import reveal
from desktop.window.platform.taskbar import TaskBar
from desktop.window.platform.tray import Tray
from desktop.window.requests import Requests
from desktop.window.services import Services
from desktop.window.start import Application, collect_when_idle, make_application, speak_qt
from desktop.window.states import States
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.window.tokens import Tokens
from desktop.window.urls import data_of
from desktop.window.windows import Windows
from desktop.words import say, speak
from desktop.workers import sweep_sheets
from homespun.errors import HomespunError
from homespun.folders import folders, make_private
from homespun.settings import Settings, load

if TYPE_CHECKING:
    from desktop.instance import Server

RESTING = 60_000
"""Milliseconds between two looks for workers that nobody needs."""

SETTLING = 400
"""Milliseconds after the start before that begins which nobody waits for: the tray, the key, reading files."""


def run(request: Request, server: Server) -> int:
    """Be the app until the person leaves it; the exit code. `request` is what this start was asked to do."""
    qt = make_application()
    app = App(qt, server)
    app.take(request)
    if request.do == "await":
        app.requests.expect()
    code = qt.exec()
    app.close()
    if code == 0:
        confirm_start()
    return code


class App(States):
    """Everything that runs, built when it is first needed. Implements `Doors`."""

    def __init__(self, qt: QApplication, server: Server) -> None:
        super().__init__(qt)
        self._qt = qt
        self._doors = self
        self.poster = Poster(self)
        self._crash = CrashLog(self.poster, self._show_bug)
        self._crash.install()
        make_private(folders().data)
        self.services = Services(self.poster.post, log_folder())
        self.hotkey = Hotkey(self.poster, self._key_pressed, self._key_refused)
        self._begun = _settings_now()
        speak_qt(speak(self._language))
        self.looks = Looks(parent=self)
        self.theme = Theme(qt, self._tokens(), motion=self.looks.motion, touch=self.settings.app.touch)
        qt.setWindowIcon(emblem())
        self.looks.changed.connect(self._look_again)
        self.thumbnails = Thumbnails(self.services.worker("thumbnails"), later)
        self.pixmaps = Pixmaps(self.thumbnails)
        self.windows = Windows(self)
        self.requests = Requests(self)
        self._tray: Tray | None = None
        self._task_bar = TaskBar()
        self._notifications: Notifications | None = None
        self._background = False
        self._leaving = self._wants_to_leave = False
        self._handoff = Handoff(server, self.poster, self.take, self)
        self._ending = Ending(self.leave, self)
        if isinstance(qt, Application):
            qt.quit_wanted = self.leave
        self._timers = [QTimer(self)]
        self._timers[0].timeout.connect(self._rest)
        self._timers[0].start(RESTING)
        QTimer.singleShot(SETTLING, self, self._settle)
        QTimer.singleShot(round(1000 * PROVED), self, self._prove)

    @cached_property
    def tray_state(self) -> TrayState:
        """What the tray's menu says."""
        return TrayState(self, open_picture=self.windows.choose_picture, pause=self._pause_reading, leave=self.leave)

    # requests from outside

    def take(self, request: Request) -> None:
        """Do what this start, or a later one, was asked to do."""
        self.requests.take(request)

    def stay_in_background(self) -> None:
        """Be there without a window: closing the last one doesn't end the app."""
        self._background = True

    # Doors

    def open_file(self, path: Path) -> None:
        """See `Doors`."""
        open_file(path)

    def open_with(self, path: Path) -> None:
        """See `Doors`."""
        open_with(path, self._failed_later)

    def show_in_folder(self, path: Path) -> None:
        """See `Doors`."""
        reveal([path], self._failed_later)

    def copy_files(self, paths: Sequence[Path]) -> None:
        """See `Doors`."""
        data = data_of(paths)
        data.setText("\n".join(map(str, paths)))
        self._qt.clipboard().setMimeData(data)

    def copy_text(self, text: str) -> None:
        """See `Doors`."""
        self._qt.clipboard().setText(text)

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        """See `Doors`: one picture opens an editor, several the queue, which asks once what should be done."""
        if len(paths) > 1 and tool != "edit":
            self.enqueue(paths)
            return
        if not paths:
            self.windows.edit(None, tool)
        for path in paths:
            self.windows.edit(path, tool)

    def enqueue(self, paths: Sequence[Path]) -> None:
        """See `Doors`."""
        self.queue.add(paths)
        self.show("queue")

    def show(self, place: str) -> None:
        """See `Doors`."""
        if place == "palette":
            self.windows.summon_palette()
        elif place == "queue":
            self.windows.show_queue()
        elif place == "welcome":
            self.windows.show_welcome()
        else:
            self.windows.show_main(place)

    def notify(self, title: str, words: str) -> None:
        """See `Doors`."""
        if self._notifications is None:
            icon: QSystemTrayIcon | None = self._tray.icon if self._tray is not None else None
            self._notifications = Notifications(icon, lambda: self.show("queue"), parent=self)
        self._notifications.show(title, words)

    # the end

    def window_closed(self) -> None:
        """A window is gone: without a tray and without work the app ends with its last one."""
        tray = self._tray is not None and self._tray.available
        if self._wants_to_leave or (
            not self._background and not self.windows.any_shown and self.tray_state.closing_leaves(tray)
        ):
            self.leave()

    def leave(self) -> None:
        """End, once no editor holds anything that the person wants to keep: each asks, and the last answer ends the app."""
        self._wants_to_leave = True
        if not self._leaving and self.windows.may_close():
            self._leaving = True
            self._handoff.leave()
            self._qt.exit()  # quit() asks every window once more, and one that only hides refuses for the whole app

    def stay(self) -> None:
        """The person wanted to leave, and now doesn't."""
        self._wants_to_leave = False
        self.windows.line.step()

    @property
    def wants_to_leave(self) -> bool:
        """Whether the editors are being asked to close for good."""
        return self._wants_to_leave

    def close(self) -> None:
        """Put everything away; the event loop has ended."""
        self._handoff.close()
        self._ending.close()
        if isinstance(self._qt, Application):
            self._qt.quit_wanted = None
        self.hotkey.close()
        if "jobs" in self.__dict__:
            self.jobs.close()
        if self._tray is not None:
            self._tray.close()
        self.windows.close()
        self.services.close()
        self._crash.close()

    # what happens by itself

    def _settle(self) -> None:
        """What nobody waits for."""
        if self._leaving:
            return
        self._tray = Tray(self.theme, self.tray_state, self, self)
        if words := self.hotkey.set(self.settings.app.key):
            self._key_refused(words)
        sweep_sheets()
        self.windows.palette()
        self.palette.prepare()
        self.folders.start()
        if not self._background:
            self.services.prepare_document()
        self.windows.offer_recovery()
        if self.jobs.table.jobs:
            self._jobs_moved()
        if (words := self._crash.crash_words()) is not None:
            self.windows.say_in_main(words)
        if words := taken_back():
            self.windows.say_in_main(words)
        self._timers.append(collect_when_idle(self._qt))

    def _prove(self) -> None:
        """The app was up for a while: this version works."""
        confirm_start()
        self.updating.begin()

    def _update_found(self, version: str) -> None:
        self.windows.say_in_main(say("updates.told", version=version))

    def _rest(self) -> None:
        self.services.rest(keep=frozenset({"index"}))
        self.looks.look_again()
        if not self.windows.any_shown:
            self.pixmaps.clear()

    def _jobs_moved(self) -> None:
        running, share = self.queue.activity()
        self.tray_state.jobs(running)
        self._task_bar.show(share, running)

    def _reading_moved(self) -> None:
        self.tray_state.reading(self.folders.paused)

    def _pause_reading(self, paused: bool) -> None:
        if paused:
            self.folders.pause()
        else:
            self.folders.resume()

    # settings

    @property
    def _language(self) -> str:
        wanted = self.settings.app.language
        return "" if wanted == "system" else wanted

    def _tokens(self) -> Tokens:
        app = self.settings.app
        return self.looks.tokens(app.look, app.accent)

    def _look_again(self) -> None:
        self.theme.motion = self.looks.motion
        self.theme.use(self._tokens(), touch=self.settings.app.touch)

    def _applied(self, key: str) -> None:
        """A setting has another value: it holds from now on."""
        if key in ("app.look", "app.accent"):
            self._look_again()
        elif key == "app.language":
            speak_qt(speak(self._language))
            self.windows.build_anew()
        elif key == "app.touch":
            self._look_again()
            self.windows.build_anew()
        elif key == "app.keep_open":
            self.windows.settings_changed()

    # troubles

    def _key_pressed(self) -> None:
        self.requests.wanted()
        if not self.windows.key_pressed():
            self.windows.toggle_palette()

    def _key_refused(self, words: str) -> None:
        self.windows.say_in_main(words)

    def _failed_later(self, error: HomespunError) -> None:
        self.windows.say_in_main(of_error(error).words)
        if not self.windows.any_shown:  # it was asked for in the palette, which has gone
            self.windows.show_main()

    def _show_bug(self, details: str) -> None:
        self.windows.say_in_main(say("common.bug"), details)


def _settings_now() -> Settings | HomespunError:
    """What the settings file holds, or why it can't be read."""
    try:
        return load(folders().settings)
    except HomespunError as error:
        return error
