"""The app's windows, each built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.state.editor_line import EditorLine
from desktop.window.bound import later
from desktop.window.platform.memory import give_back
from desktop.window.platform.summon import summon
from desktop.window.renewal import Renewal
from homespun.folders import folders

if TYPE_CHECKING:
    from desktop.state.editor import EditorState
    from desktop.state.welcome import WelcomeState
    from desktop.window.app import App
    from desktop.window.editor import EditorWindow
    from desktop.window.main import MainWindow, Page
    from desktop.window.palette import PaletteWindow
    from desktop.window.queue import QueueWindow
    from desktop.window.welcome import WelcomeWindow


LET_GO = 1.0
"""Seconds after the end of an editor in which its window is taken apart."""


SPARE = 4.0
"""Seconds after an editor was opened before the process for the next one starts: not beside the picture's own loading."""


class Windows:
    """Builds, shows and lets go of windows. `token` is the desktop's permission to come to the front, if it gave one."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._palette: PaletteWindow | None = None
        self._main: MainWindow | None = None
        self.queue: QueueWindow | None = None
        self.welcome: WelcomeWindow | None = None
        self._welcomes: WelcomeState | None = None
        self.editors: dict[EditorWindow, EditorState] = {}
        self.line = EditorLine(self.edit, self._open_editors, self._has, later)
        self._unsaid: tuple[str, str] | None = None  # the newest of what nobody could be told yet
        self._renewal = Renewal(self._built, self._successor, _let_go)
        self.token = ""

    # the palette

    def toggle_palette(self) -> None:
        """Show it, or hide it if it is there."""
        if self._palette is not None and self._palette.isVisible() and self._palette.isActiveWindow():
            self._palette.dismiss()
        else:
            self.summon_palette()

    def summon_palette(self) -> None:
        """Show it, ready for typing."""
        self.palette().summon()
        summon(self.palette(), self._taken_token())

    def search_in(self, folder: Path) -> None:
        """Show it, for what is in one folder."""
        self.palette().summon(folder)
        summon(self.palette(), self._taken_token())

    def palette(self) -> PaletteWindow:
        """The window, built if it isn't yet; showing it then costs milliseconds."""
        if self._palette is None:
            from desktop.window.palette import PaletteWindow

            state = self._app.palette
            state.keep_open = self._app.settings.app.keep_open
            self._palette = PaletteWindow(self._app.theme, state, self._app.pixmaps)
        return self._palette

    def settings_changed(self) -> None:
        """What the palette takes from the settings."""
        self._app.palette.keep_open = self._app.settings.app.keep_open

    # the main window

    def show_main(self, place: str = "") -> None:
        """Show the main window at that page."""
        window = self.main(place)
        window.bring_up(place)
        summon(window, self._taken_token())

    def main(self, first: str = "") -> MainWindow:
        """The window, built with that page if it isn't yet; its other pages follow."""
        if self._main is None:
            from desktop.window.main import MainWindow

            app = self._app
            self._main = MainWindow(app.theme, self._pages(), app, first=first, on_close=self._main_closes)
            if self._unsaid is not None:
                self._main.say(*self._unsaid)
                self._unsaid = None
        return self._main

    def _pages(self) -> list[Page]:
        from desktop.state.pictures import PicturesState
        from desktop.window.main import Page
        from desktop.window.main.devices_page import DevicesPage
        from desktop.window.main.folders_page import FoldersPage
        from desktop.window.main.models_page import ModelsPage
        from desktop.window.main.pictures_page import PicturesPage
        from desktop.window.main.search_page import SearchPage
        from desktop.window.main.settings_page import SettingsPage

        app = self._app
        services = app.services
        pictures = PicturesState(services.worker("chores"), services.worker("search"), later, app)
        make: dict[str, Callable[[], QWidget]] = {
            "search": lambda: SearchPage(app.theme, app.browse, app.pixmaps, folders=self._folder_names),
            "pictures": lambda: PicturesPage(app.theme, pictures, app, app.pixmaps),
            "folders": lambda: FoldersPage(app.theme, app.folders),
            "devices": lambda: DevicesPage(app.theme, app.devices),
            "models": lambda: ModelsPage(app.theme, app.models),
            "settings": lambda: SettingsPage(app.theme, app.preferences),
        }
        return [
            Page("search", "search", "main.search", make["search"]),
            Page("pictures", "picture", "main.pictures", make["pictures"]),
            Page("folders", "folder", "main.folders", make["folders"]),
            Page("devices", "chip", "main.devices", make["devices"]),
            Page("models", "cube", "main.models", make["models"]),
            Page("settings", "settings", "main.settings", make["settings"]),
        ]

    def _folder_names(self) -> list[str]:
        return [one.name for one in self._app.folders.snapshot().rows]

    def _main_closes(self) -> bool:
        later(0, self._app.window_closed)
        return False

    # the queue

    def show_queue(self) -> None:
        """Show the queue."""
        summon(self._queue(), self._taken_token())

    def _queue(self) -> QueueWindow:
        if self.queue is None:
            from desktop.window.queue import QueueWindow

            self.queue = QueueWindow(self._app.theme, self._app.queue, self._app.pixmaps)
            self._watch(self.queue)
        return self.queue

    # editors

    def edit(self, path: Path | None, tool: str = "erase") -> EditorWindow:
        """One more editor, with that picture, or one that is still empty."""
        for window, state in self.editors.items():
            shown = state.snapshot()
            free = shown.stage == "empty" and shown.notice is None  # else it says why another could not be opened
            if path is not None and (shown.path == str(path) or free):
                if shown.stage == "empty":
                    state.open(path)
                state.set_tool(tool)
                summon(window, self._taken_token())
                return window
        window, state = self._new_editor()
        if path is not None:
            state.open(path)
        state.set_tool(tool)
        summon(window, self._taken_token())
        return window

    def _open_editors(self) -> int:
        return sum(not window.isHidden() for window in self.editors)

    def _has(self, path: Path) -> bool:
        return any(state.snapshot().path == str(path) for state in self.editors.values())

    def choose_picture(self) -> None:
        """An empty editor, which asks for a picture."""
        self.edit(None).do("open")

    def offer_recovery(self) -> None:
        """If work was not saved when the app last ended, say so in an editor of its own."""
        with suppress(OSError):
            if any(self.editing.iterdir()):
                _, state = self._new_editor()

                def looked() -> None:
                    window = next((one for one, its in self.editors.items() if its is state), None)
                    if window is None:  # the app is leaving
                        return
                    others = {one.path for one in self.editors.values() if one is not state}  # they offer their own
                    if any(left.path not in others for left in state.left):
                        window.show()
                    elif window.isHidden() and state.stage == "empty":  # else a picture was opened in it meanwhile
                        del self.editors[window]
                        window.close()

                state.look_back(None, looked)

    @property
    def editing(self) -> Path:
        """Where the editors keep what was not saved."""
        return folders().data / "editing"

    def models_changed(self) -> None:
        """A model came or went: the editors look again at what they can do."""
        for state in self.editors.values():
            state.look_at_models()

    def _new_editor(self) -> tuple[EditorWindow, EditorState]:
        from desktop.state.editor import EditorState

        app = self._app
        worker = app.services.document()
        worker.start()  # while the window is built
        state = EditorState(worker, later, app, lambda: app.settings, folders().data)
        state.on_written = app.thumbnails.forget
        later(SPARE, app.services.prepare_document)
        return self._editor_of(state), state

    def _editor_of(self, state: EditorState) -> EditorWindow:
        from desktop.window.editor import EditorWindow

        app = self._app
        window = EditorWindow(app.theme, state, app, line=self.line)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editors[window] = state
        window.closed.connect(lambda: self._editor_closed(window))
        window.stays.connect(app.stay)
        return window

    def _editor_closed(self, window: EditorWindow) -> None:
        state = self.editors.pop(window, None)
        if state is not None:
            state.close()
            if not self._app.wants_to_leave:
                self.line.step()
            later(0, self._app.window_closed)
            later(LET_GO, give_back)  # its parts know each other, and hold the picture until somebody looks

    # the first run

    @property
    def is_new(self) -> bool:
        """Whether nobody has seen the first run's window yet."""
        return not self.welcome_state().seen

    def key_pressed(self) -> bool:
        """The key was pressed; whether the first run's window, in which it is being tried, has taken it."""
        if self.welcome is not None and self.welcome.isVisible():
            return self.welcome_state().pressed()
        return False

    def show_welcome(self) -> None:
        """Show the first run's window."""
        summon(self._welcome(), self._taken_token())

    def _welcome(self) -> WelcomeWindow:
        if self.welcome is None:
            from desktop.window.welcome import WelcomeWindow

            self.welcome = WelcomeWindow(self._app.theme, self.welcome_state())
            self._watch(self.welcome)
        return self.welcome

    def welcome_state(self) -> WelcomeState:
        """What the first run's window shows."""
        if self._welcomes is None:
            from desktop.state.welcome import WelcomeState

            app = self._app
            self._welcomes = WelcomeState(
                app.services.worker("welcome", "chores"),
                app.folders,
                app.preferences,
                later,
                app,
                hotkey=app.hotkey.set,
                menus=app.menus,
            )
        return self._welcomes

    # all of them

    @property
    def any_shown(self) -> bool:
        """Whether a window is there. The palette counts: the first run ends by showing it alone."""
        return any(window.isVisible() for window in self._built())

    def may_close(self) -> bool:
        """Close the editors; each that holds unsaved work asks, and False says that one still does."""
        return all(window.close() for window in list(self.editors))

    def say_in_main(self, words: str, details: str = "") -> None:
        """Say something that belongs to no screen, where the person looks now."""
        for window in self.editors:
            if window.isActiveWindow():
                window.say_here(words, "warning")
                return
        if self._main is not None:
            self._main.say(words, details)
        else:
            self._unsaid = (words, details)

    def build_anew(self) -> None:
        """Build the windows anew, in another language or for fingers; what they show is in the states, and stays."""
        self._renewal.begin()

    @property
    def renewing(self) -> bool:
        """Whether a window is still to be built anew."""
        return self._renewal.runs

    def _successor(self, old: QWidget) -> QWidget | None:
        for window, state in list(self.editors.items()):
            if window is old:
                del self.editors[window]
                new = self._editor_of(state)
                state.changed()
                return new
        if old is self._palette:
            self._palette = None
            self.palette().query.setFocus()
            return self.palette()  # seen or not: it must be there within milliseconds
        seen = old.isVisible()
        if old is self._main and self._main is not None:
            page, self._main = self._main.page, None
            return self.main(page) if seen else None
        if old is self.queue:
            self.queue = None
            return self._queue() if seen else None
        self.welcome = None
        return self._welcome() if seen else None

    def close(self) -> None:
        """Let go of all."""
        self._renewal.stop()
        for state in self.editors.values():
            state.close()
        for window in self._built():
            window.hide()
            window.deleteLater()
        self.editors.clear()

    def _built(self) -> list[QWidget]:
        every: list[QWidget | None] = [self._palette, self._main, self.queue, self.welcome, *self.editors]
        return [window for window in every if window is not None]

    def _watch(self, window: QWidget) -> None:
        """Tell the app when this window is closed."""
        window.installEventFilter(_Closing(window, self._app.window_closed))

    def _taken_token(self) -> str:
        token, self.token = self.token, ""
        return token


def _let_go(old: QWidget) -> None:
    """Put away a window whose state another one shows from now on."""
    from desktop.window.editor import EditorWindow

    if isinstance(old, EditorWindow):
        old.let_go()
    else:
        old.hide()
        old.deleteLater()


class _Closing(QObject):
    """Calls a function after a window was hidden."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what happens to the window, and let it happen."""
        if event.type() == QEvent.Type.Hide:
            later(0, self._then)
        return super().eventFilter(watched, event)
