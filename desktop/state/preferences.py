"""The page Settings: the one settings file, shown, changed at once, and never overwritten while it can't be understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from desktop.state.diagnostics import Diagnostics, words_of
from desktop.state.doors import Doors
from desktop.state.model_cards import Do, Notice
from desktop.state.observed import Observed
from desktop.state.preference_faults import allowed, fault_of
from desktop.state.preference_parts import LinkRow, Part, PreferenceRow, PreferencesSnapshot, Row, Section
from desktop.state.preference_rows import LINKS, SECTIONS, Kind
from desktop.state.sizes import screen_text
from desktop.words import language, say
from desktop.words.reasons import reason
from homespun.errors import HomespunError, UsageError
from homespun.folders import make_private
from homespun.settings import Settings, Value, from_text, load, reset_value, rule_of, save_value, unknown_keys, value_of

Hotkey = Callable[[str], str | None]
"""Takes the key for the app; what is said when that can't be, None when all is well."""


class PreferencesState(Observed):
    """`path` is the settings file. `applied` is called with each key whose value has changed, whoever changed it."""

    def __init__(
        self,
        path: Path,
        doors: Doors,
        *,
        applied: Callable[[str], None] = lambda _key: None,
        hotkey: Hotkey = lambda _key: None,
        logs: Path | None = None,
        begun: Settings | HomespunError | None = None,
        parts: Sequence[Part] = (),
    ) -> None:
        """`begun`: what the file held when the app began, or why it could not be read; without it, it is read now."""
        super().__init__()
        self._path, self._doors, self._applied, self._hotkey = path, doors, applied, hotkey
        self._settings = Settings()
        self._fault: Notice | None = None
        self._notice: Notice | None = None
        self._errors: dict[str, tuple[str, str]] = {}
        self._diagnostics = Diagnostics(path, logs)
        self._said = ""
        self._parts = {part.name: part for part in parts}
        for part in parts:
            part.subscribe(self.changed)
        if begun is None:
            self._read()
        else:
            self._hold(begun)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    # --- what a person can do ---

    def refresh(self) -> None:
        """Read the file again: when the page is shown, and after it was changed elsewhere."""
        before = self._settings
        self._notice, self._said = None, ""
        self._errors.clear()
        self._read()
        key = self._settings.app.key
        if key != before.app.key and (refusal := self._hotkey(key)) is not None:
            self._errors["app.key"] = (key, refusal)
        for key in _keys():
            if value_of(before, key) != value_of(self._settings, key):
                self._applied(key)
        for part in self._parts.values():
            part.refresh()
        self.changed()

    def choose(self, key: str, value: Value) -> None:
        """Set a value, at once."""
        if self._fault is None and value != value_of(self._settings, key):
            self._save(key, value)
        elif key in self._errors:
            self.undo(key)

    def type(self, key: str, text: str) -> None:
        """Set a value from what was typed; what isn't allowed stays in the field, with the reason, and changes nothing."""
        try:
            value = from_text(key, text)
        except UsageError:
            self._errors[key] = (text, allowed(key))
            self.changed()
            return
        if value == value_of(self._settings, key):
            self.undo(key)
        else:
            self._save(key, value)

    def record(self, key: str) -> None:
        """Take another key for the palette ("" = none); one that somebody else has is not taken."""
        if key == self._settings.app.key:
            self.undo("app.key")
            return
        refusal = self._hotkey(key)
        if refusal is not None:
            self._errors["app.key"] = (key, refusal)
            self.changed()
            return
        before = self._settings.app.key
        self._save("app.key", key)
        if self._settings.app.key != key:
            self._hotkey(before)  # it could not be kept, so it doesn't hold either

    def undo(self, key: str) -> None:
        """Forget a value that was refused."""
        if self._errors.pop(key, None) is not None:
            self.changed()

    def reset(self, key: str) -> None:
        """Take a setting out of the file, so that its default holds."""
        if key == "app.key" and (refusal := self._hotkey(Settings().app.key)) is not None:
            self._errors[key] = (Settings().app.key, refusal)
            self.changed()
            return
        self._write(key, lambda: reset_value(self._path, key))

    def add(self, key: str, text: str) -> None:
        """Add a line to a list."""
        there = value_of(self._settings, key)
        assert isinstance(there, tuple)
        wanted = text.strip()
        if wanted and wanted not in there:
            self._save(key, (*there, wanted))

    def drop(self, key: str, text: str) -> None:
        """Take a line out of a list."""
        there = value_of(self._settings, key)
        assert isinstance(there, tuple)
        self._save(key, tuple(one for one in there if one != text))

    def do(self, act: str) -> None:
        """Press a button of the page."""
        word, _, rest = act.partition(" ")
        if word in self._parts:
            self._parts[word].do(rest)
            return
        acts: dict[str, Callable[[], None]] = {
            "open": self._open,
            "again": self.refresh,
            "reset": lambda: self.reset(rest),
            "show": lambda: self._doors.show(rest),
            "details": self._copy_details,
            "logs": self._show_logs,
            "delete_logs": self._delete_logs,
        }
        acts[word]()

    def prepare(self) -> None:
        """Load the writer of the file (27 ms) before somebody waits for it."""
        import tomlkit  # noqa: F401 - for `homespun.settings`, which imports it at the first change

    # --- the file ---

    def _read(self) -> None:
        try:
            self._hold(load(self._path))
        except HomespunError as error:
            self._hold(error)

    def _hold(self, found: Settings | HomespunError) -> None:
        if isinstance(found, Settings):
            self._settings, self._fault = found, None
        else:
            self._settings, self._fault = Settings(), fault_of(found)

    def _save(self, key: str, value: Value) -> None:
        self._write(key, lambda: save_value(self._path, key, value))

    def _write(self, key: str, write: Callable[[], None]) -> None:
        """Change the file and what holds; a file that was broken meanwhile is left as it is."""
        try:
            write()
            before, self._settings = self._settings, load(self._path)
        except UsageError:
            self._read()  # the fault is shown, and everything is still in the file
            self.changed()
            return
        except HomespunError as error:
            self._fail(error)
            return
        self._notice = None
        self._errors.pop(key, None)
        for one in _keys():  # somebody else may have changed more of the file
            if value_of(before, one) != value_of(self._settings, one):
                self._applied(one)
        self.changed()

    def _open(self) -> None:
        with suppress(HomespunError):
            if not self._path.exists():  # an empty file is as good as none, and can be opened
                make_private(self._path.parent)
                self._path.touch(mode=0o600)
        self._attempt(lambda: self._doors.open_file(self._path))

    def _attempt(self, what: Callable[[], None]) -> None:
        try:
            what()
        except HomespunError as error:
            self._fail(error)

    def _fail(self, error: HomespunError) -> None:
        self._notice = Notice("danger", reason(error.what), reason(error.todo))
        self.changed()

    # --- diagnostics ---

    def _copy_details(self) -> None:
        self._doors.copy_text(self._diagnostics.text())
        self._said = say("common.details_copied")
        self.changed()

    def _show_logs(self) -> None:
        folder = self._diagnostics.folder
        if folder is not None:
            self._attempt(lambda: self._doors.show_in_folder(folder))

    def _delete_logs(self) -> None:
        many = self._diagnostics.delete()
        self._said = say("settings.logs_deleted", count=many) if many else say("settings.logs_none")
        self.changed()

    # --- what is shown ---

    def snapshot(self) -> PreferencesSnapshot:
        """The page as it is now."""
        broken = self._fault is not None
        return PreferencesSnapshot(
            heading=say("settings.heading"),
            lead=say("settings.lead"),
            language=language(),
            sections=tuple(
                Section(name, say(heading), rows)
                for name, heading, kinds in SECTIONS
                if (rows := tuple(self._rows(name, kinds)))
            ),
            fault=self._fault,
            fault_actions=(Do("open", say("settings.open")), Do("again", say("settings.again"))) if broken else (),
            notice=self._notice or self._unknown(),
            file=Do("open", say("settings.open")),
            words={
                "add": say("settings.add"),
                "add_hint": say("settings.add_hint"),
                "choose": say("settings.choose"),
                "choose_program": say("settings.choose_program"),
                "clear": say("settings.clear"),
                "remove": say("settings.remove", name="{name}"),
                "none": say("settings.none"),
                "undo": say("settings.undo"),
                "record": say("settings.record"),
                "recording": say("settings.recording"),
                "no_key": say("settings.no_key"),
                "cancel": say("common.cancel"),
            },
        )

    def _unknown(self) -> Notice | None:
        """Keys in the file that Homespun doesn't know: most are typing errors."""
        if self._fault is not None:
            return None
        with suppress(HomespunError):
            found = unknown_keys(self._path)
            if found:
                names = ", ".join(say("settings.in_line", key=one.key, line=str(one.line)) for one in found)
                return Notice("warn", say("settings.unknown", count=len(found)), names)
        return None

    def _rows(self, section: str, kinds: Sequence[Kind]) -> Iterator[Row]:
        if section in self._parts:
            yield from self._parts[section].rows()
        for kind in kinds:
            yield self._row(kind)
        if section in LINKS:
            words, note, do, page = LINKS[section]
            yield LinkRow(say(words), say(note), (Do(f"show {page}", say(do)),))
        if section == "diagnostics":
            yield from self._diagnosing()

    def _diagnosing(self) -> Iterator[LinkRow]:
        yield LinkRow(
            say("settings.details"),
            self._said or say("settings.details_note"),
            (Do("details", say("common.copy_details")),),
            "good" if self._said else "text2",
        )
        if self._diagnostics.folder is not None:
            acts = (Do("logs", say("settings.logs_show")), Do("delete_logs", say("settings.logs_delete")))
            logs = self._diagnostics.there
            yield LinkRow(say("settings.logs"), words_of(logs), acts if logs else acts[:1])
        yield LinkRow(say("settings.file"), screen_text(str(self._path)), (Do("open", say("settings.open")),))

    def _row(self, kind: Kind) -> PreferenceRow:
        value = value_of(self._settings, kind.key)
        standard = value_of(Settings(), kind.key)
        wrong, error = self._errors.get(kind.key, ("", ""))
        rule = rule_of(kind.key)
        words = say(kind.words)
        reset = Do(f"reset {kind.key}", say("settings.reset"), say("settings.reset_name", name=words))
        return PreferenceRow(
            key=kind.key,
            control=kind.control,
            words=words,
            note=say(kind.note),
            value=value,
            shown=wrong or (", ".join(value) if isinstance(value, tuple) else str(value)),
            options=tuple((name, say(word)) for name, word in kind.options),
            unit=say(kind.unit) if kind.unit else "",
            least=rule.least,
            most=rule.most,
            default=value == standard,
            error=error,
            reset=None if value == standard or self._fault is not None else reset,
        )


def _keys() -> Iterator[str]:
    for _, _, kinds in SECTIONS:
        for kind in kinds:
            yield kind.key
