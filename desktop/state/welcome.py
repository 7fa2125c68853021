"""The first run: which folders, which key, and the first thing erased. Every step may be skipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop.state.doors import Asked, Doors, Later, Worker
from desktop.state.folder_rows import name_of
from desktop.state.folders import FoldersState
from desktop.state.notices import Notice, of_end
from desktop.state.observed import Observed
from desktop.state.sizes import place_words, screen_text
from desktop.state.welcome_parts import FolderChoice, Keeping, MenuOffer, Menus, Sheets, WelcomeSnapshot
from desktop.words import number, say
from desktop.workers import Ended, Event
from homespun.errors import HomespunError
from homespun.files import atomic_write
from homespun.folders import folders, make_private

FOLDERS, KEY, TRY = range(3)


class WelcomeState(Observed):
    """`hotkey` tries to register a key and gives words if that can't be."""

    def __init__(
        self,
        chores: Worker,
        searched: FoldersState,
        preferences: Keeping,
        later: Later,
        doors: Doors,
        *,
        hotkey: Callable[[str], str | None],
        places: Callable[[], Sequence[tuple[str, str]]] | None = None,
        menus: Menus | None = None,
    ) -> None:
        super().__init__()
        self._chores, self._searched, self._preferences = chores, searched, preferences
        self._later, self._doors, self._hotkey = later, doors, hotkey
        self._places = places or usual_places
        self._step = FOLDERS
        self._choices: tuple[FolderChoice, ...] = ()
        self._counting: Asked | None = None
        self._key_words: tuple[str, str] = ("", "text2")
        self._stage = "loading"
        self._share: float | None = None
        self._seconds = 0.0
        self._sheets = Sheets()
        self._erasing: Asked | None = None
        self._notice: Notice | None = None
        self._left = False
        self._run = 0
        self._menus, self._wants_menus = menus, False
        if menus is not None:
            menus.subscribe(self.changed)

    # what is seen

    @property
    def seen(self) -> bool:
        """Whether somebody has been through it, or closed it."""
        return _memory().exists()

    def snapshot(self) -> WelcomeSnapshot:
        """What the window shows now."""
        key = self._preferences.settings.app.key
        words, note = self._words()
        return WelcomeSnapshot(
            step=self._step,
            head=(say("welcome.folders_title"), say("welcome.key_title"), say("welcome.try_title"))[self._step],
            lead=self._lead(),
            choices=self._choices,
            key=key,
            key_words=self._key_words[0],
            key_tone=self._key_words[1],
            menus=self._offer(),
            stage=self._stage,
            share=self._share,
            words=words,
            note=note,
            sheets=self._sheets,
            next=self._accent(),
            skip="" if self._stage == "done" and self._step == TRY else say("welcome.skip"),
            can_go_back=self._step > FOLDERS,
            notice=self._notice,
            left=self._left,
        )

    def _offer(self) -> MenuOffer | None:
        titles = self._menus.titles if self._menus is not None else ()
        if not titles:
            return None
        note = say("welcome.menus_note", names=", ".join(titles))
        return MenuOffer(say("welcome.menus"), note, self._wants_menus)

    def _accent(self) -> tuple[str, bool]:
        if self._step == FOLDERS:
            count = sum(one.ticked for one in self._choices)
            return say("welcome.search_these", count=max(1, count)), count > 0
        if self._step == KEY:
            return say("welcome.next"), True
        if self._stage == "done":
            return say("welcome.open"), True
        if self._stage == "working":
            return say("common.stop"), True
        return say("welcome.erase"), self._stage == "ready"

    def _words(self) -> tuple[str, str]:
        if self._stage == "working":
            return say("welcome.working"), say("welcome.working_note")
        if self._stage == "done":
            return say("welcome.done", seconds=str(number(self._seconds))), say("welcome.done_note")
        if self._stage == "ready":
            return say("welcome.ready"), say("welcome.ready_note")
        return ("" if self._notice is not None else say("welcome.loading")), ""

    def _lead(self) -> str:
        if self._step == TRY and self._stage == "done":
            return say("welcome.done_lead")
        return (say("welcome.folders_lead"), say("welcome.key_lead"), say("welcome.try_lead"))[self._step]

    # from step to step

    def begin(self) -> None:
        """The window is shown: count the folders, and have the first erasing ready by the time that it is wanted."""
        self._run += 1
        run = self._run
        self._step, self._left, self._notice = FOLDERS, False, None
        self._stage, self._share, self._sheets = "loading", None, Sheets()
        self._wants_menus = False
        if self._menus is not None:
            self._menus.refresh()
        known = {row.path for row in self._searched.snapshot().rows}
        self._choices = tuple(_choice(path, name, searched=path in known) for path, name in self._places())
        self._counting = self._chores.ask(
            "count_folders", {"paths": [one.path for one in self._choices]}, self._counted
        )
        self._chores.ask("sample", {}, lambda event: self._sampled(event) if run == self._run else None)
        self._chores.ask("prepare_erasing", {}, lambda _event: None)
        self.changed()

    def next(self) -> None:
        """Do what the accent button says."""
        if self._step == FOLDERS:
            self._searched.add([one.path for one in self._choices if one.ticked])
            self._go(KEY)
        elif self._step == KEY:
            if self._wants_menus and self._menus is not None:
                self._menus.add_everywhere()
            self._wants_menus = False
            self._go(TRY)
        elif self._stage == "done":
            self.finish()
            self._doors.show("palette")
        elif self._stage == "working" and self._erasing is not None:
            self._erasing.cancel()
        elif self._stage == "ready":
            self._erase()

    def skip(self) -> None:
        """Go on without; after the last step to the search, or nobody would know where the app is."""
        if self._step == TRY:
            self.finish()
            self._doors.show("search")
        else:
            self._go(self._step + 1)

    def back(self) -> None:
        """To the step before."""
        self._go(max(FOLDERS, self._step - 1))

    def finish(self) -> None:
        """The window is closed, however it was: it doesn't come by itself again."""
        if self._erasing is not None:
            self._erasing.cancel()
        with suppress(HomespunError, OSError):  # a full disk would only show it once more
            make_private(_memory().parent)
            with atomic_write(_memory()) as stream:
                stream.write(json.dumps({"seen": True}).encode())
        if not self._left:
            self._left = True
            self.changed()

    def _go(self, step: int) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
        self._step, self._notice = step, None
        if step == KEY:
            self._try_key(self._preferences.settings.app.key)
        self.changed()

    # folders

    def tick(self, path: str, *, on: bool) -> None:
        """Take a folder in, or leave it out."""
        self._choices = tuple(
            replace(one, ticked=on) if one.path == path and not one.searched else one for one in self._choices
        )
        self.changed()

    def add(self, path: str) -> None:
        """One more folder, ticked: the person has just chosen it."""
        if all(one.path != path for one in self._choices):
            one = _choice(path, name_of(path), searched=False)
            self._choices = (*self._choices, replace(one, ticked=True))
            self._chores.ask("count_folders", {"paths": [path]}, self._counted)
            self.changed()
        else:
            self.tick(path, on=True)

    def _counted(self, event: Event) -> None:
        if event.how is not Ended.PART:
            return
        path, files = str(event.told["path"]), event.told["files"]
        if files is None:  # not on this computer
            self._choices = tuple(one for one in self._choices if one.path != path)
        else:
            words = say("welcome.over" if event.told["more"] else "common.files", count=int(files))
            self._choices = tuple(replace(one, count=words) if one.path == path else one for one in self._choices)
        self.changed()

    # the menus and the key

    def tick_menus(self, *, on: bool) -> None:
        """Want entries in the right-click menus, or not: they are written by Next."""
        self._wants_menus = on
        self.changed()

    def record(self, key: str) -> None:
        """Take another key ("" = none), if it can be had."""
        if self._try_key(key):
            self._preferences.choose("app.key", key)
        self.changed()

    def pressed(self) -> bool:
        """The key was pressed, here or anywhere: the app tells. Whether it was only tried here."""
        trying = self._step == KEY and not self._left
        if trying:
            self._key_words = (say("welcome.key_pressed"), "good")
            self.changed()
        return trying

    def _try_key(self, key: str) -> bool:
        refusal = self._hotkey(key)
        if refusal is not None:
            self._key_words = (refusal, "warn")
        elif key:
            self._key_words = (say("welcome.key_works"), "text2")
        else:
            self._key_words = (say("welcome.key_none"), "text2")
        return refusal is None

    # the first erasing

    def _sampled(self, event: Event) -> None:
        if event.how is Ended.DONE:
            self._sheets = Sheets(before=event.told["picture"], mask=event.told["mask"])
            self._stage = "ready"
        elif event.last:
            self._trouble(event)
        self.changed()

    def _erase(self) -> None:
        self._stage, self._share, self._notice = "working", None, None
        self._erasing = self._chores.ask("erase_sample", {}, self._erased)
        self.changed()

    def _erased(self, event: Event) -> None:
        if event.how is Ended.PROGRESS:
            total = int(event.told["total"])
            self._share = min(1.0, int(event.told["done"]) / total) if total else None
            self.changed()
            return
        if not event.last:
            return
        self._erasing = None
        self._stage = "ready"
        if event.how is Ended.DONE:
            self._stage, self._seconds = "done", float(event.told["seconds"])
            self._sheets = replace(self._sheets, after=event.told["picture"])
        elif event.how is not Ended.CANCELLED:
            self._trouble(event)
        self.changed()

    def _trouble(self, event: Event) -> None:
        self._notice = of_end(event, ("again", say("common.retry")))

    def act(self, action: str) -> None:
        """What a button of the notice stands for."""
        details = self._notice.details if self._notice is not None else ""
        self._notice = None
        if action == "details":
            self._doors.copy_text(details)
        elif self._sheets.before is None:
            self._chores.ask("sample", {}, self._sampled)
        else:
            self._erase()
        self.changed()


def usual_places() -> list[tuple[str, str]]:
    """(path, name) of the folders that people keep their things in, as this system has them."""
    import platformdirs

    named = [
        (platformdirs.user_documents_path(), say("welcome.documents")),
        (platformdirs.user_pictures_path(), say("welcome.pictures")),
        (platformdirs.user_desktop_path(), say("welcome.desktop")),
        (platformdirs.user_downloads_path(), say("welcome.downloads")),
    ]
    found: dict[str, str] = {}
    for path, name in named:
        if path != Path.home() and path.is_dir():  # some systems send all of them home
            found.setdefault(str(path), name)
    return list(found.items())


def _choice(path: str, name: str, *, searched: bool) -> FolderChoice:
    count = say("welcome.searched") if searched else say("welcome.counting")
    return FolderChoice(path, name, screen_text(place_words(path)), count, ticked=False, searched=searched)


def _memory() -> Path:
    return folders().data / "app" / "first-run.json"
