"""Which settings the page Settings shows, where, and with which control. A test holds it to `homespun.settings`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """What a person moves."""

    SWITCH = "switch"
    CHOICE = "choice"
    """A few words side by side."""
    MENU = "menu"
    """Words that would be too long for that."""
    NUMBER = "number"
    FOLDER = "folder"
    KEY = "key"
    LIST = "list"
    FILES = "files"
    """A list of programs, chosen in a dialog."""
    TEXT = "text"


@dataclass(frozen=True)
class Kind:
    """One setting as the page shows it; `words` and `note` are ids, `options` pairs of a value and the id of its word."""

    section: str
    name: str
    control: Control
    words: str
    note: str
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""

    @property
    def key(self) -> str:
        """As in the file."""
        return f"{self.section}.{self.name}"


SECTIONS: tuple[tuple[str, str, tuple[Kind, ...]], ...] = (
    ("folders", "settings.s_folders", ()),
    (
        "key",
        "settings.s_key",
        (
            Kind("app", "key", Control.KEY, "settings.key", "settings.key_note"),
            Kind("app", "keep_open", Control.SWITCH, "settings.keep_open", "settings.keep_open_note"),
        ),
    ),
    ("menus", "settings.s_menus", ()),
    (
        "look",
        "settings.s_look",
        (
            Kind(
                "app",
                "look",
                Control.CHOICE,
                "settings.look",
                "settings.look_note",
                (
                    ("system", "settings.look_system"),
                    ("light", "settings.look_light"),
                    ("dark", "settings.look_dark"),
                ),
            ),
            Kind(
                "app",
                "accent",
                Control.CHOICE,
                "settings.accent",
                "settings.accent_note",
                (("own", "settings.accent_own"), ("system", "settings.accent_system")),
            ),
            Kind("app", "touch", Control.SWITCH, "settings.touch", "settings.touch_note"),
        ),
    ),
    (
        "language",
        "settings.s_language",
        (
            Kind(
                "app",
                "language",
                Control.CHOICE,
                "settings.language",
                "settings.language_note",
                (
                    ("system", "settings.language_system"),
                    ("en", "settings.language_en"),
                    ("de", "settings.language_de"),
                ),
            ),
        ),
    ),
    (
        "save",
        "settings.s_save",
        (
            Kind(
                "app",
                "save",
                Control.CHOICE,
                "settings.save",
                "settings.save_note",
                (
                    ("copy", "settings.save_copy"),
                    ("ask", "settings.save_ask"),
                    ("replace", "settings.save_replace"),
                ),
            ),
            Kind("app", "mark", Control.SWITCH, "settings.mark", "settings.mark_note"),
        ),
    ),
    (
        "battery",
        "settings.s_battery",
        (Kind("index", "pause_on_battery", Control.SWITCH, "settings.pause", "settings.pause_note"),),
    ),
    (
        "search",
        "settings.s_search",
        (
            Kind(
                "search", "limit", Control.NUMBER, "settings.limit", "settings.limit_note", unit="settings.unit_files"
            ),
            Kind("search", "typo_repair", Control.SWITCH, "settings.typos", "settings.typos_note"),
            Kind("search", "dense_feedback", Control.SWITCH, "settings.feedback", "settings.feedback_note"),
            Kind("search", "recency", Control.SWITCH, "settings.recency", "settings.recency_note"),
        ),
    ),
    (
        "index",
        "settings.s_index",
        (
            Kind("index", "hidden", Control.SWITCH, "settings.hidden", "settings.hidden_note"),
            Kind("index", "gitignore", Control.SWITCH, "settings.gitignore", "settings.gitignore_note"),
            Kind("index", "exclude", Control.LIST, "settings.exclude", "settings.exclude_note"),
            Kind(
                "index",
                "max_file_mb",
                Control.NUMBER,
                "settings.max_file",
                "settings.max_file_note",
                unit="settings.unit_mb",
            ),
            Kind(
                "index",
                "threads",
                Control.NUMBER,
                "settings.threads",
                "settings.threads_note",
                unit="settings.unit_cores",
            ),
        ),
    ),
    (
        "devices",
        "settings.s_devices",
        (
            Kind(
                "devices",
                "use",
                Control.CHOICE,
                "settings.use",
                "settings.use_note",
                (("auto", "settings.use_auto"), ("cpu", "settings.use_cpu")),
            ),
            Kind(
                "devices",
                "policy",
                Control.MENU,
                "settings.policy",
                "settings.policy_note",
                (
                    ("auto", "settings.policy_auto"),
                    ("quality", "settings.policy_quality"),
                    ("balanced", "settings.policy_balanced"),
                    ("battery", "settings.policy_battery"),
                ),
            ),
            Kind(
                "devices",
                "prove",
                Control.CHOICE,
                "settings.prove",
                "settings.prove_note",
                (("background", "settings.prove_background"), ("ask", "settings.prove_ask")),
            ),
            Kind("devices", "pythons", Control.FILES, "settings.pythons", "settings.pythons_note"),
        ),
    ),
    (
        "models",
        "settings.s_models",
        (
            Kind(
                "models",
                "allow_downloads",
                Control.CHOICE,
                "settings.downloads",
                "settings.downloads_note",
                (("ask", "settings.downloads_ask"), ("never", "settings.downloads_never")),
            ),
            Kind("models", "mirror", Control.FOLDER, "settings.mirror", "settings.mirror_note"),
        ),
    ),
    (
        "updates",
        "settings.s_updates",
        (
            Kind(
                "updates",
                "check",
                Control.CHOICE,
                "settings.updates_check",
                "settings.updates_check_note",
                (("never", "settings.updates_never"), ("weekly", "settings.updates_weekly")),
            ),
            Kind("updates", "server", Control.TEXT, "settings.updates_server", "settings.updates_server_note"),
        ),
    ),
    ("diagnostics", "settings.s_diagnostics", ()),
)
"""Section, the id of its heading, and its settings, in the order of the page."""

LINKS: dict[str, tuple[str, str, str, str]] = {
    "folders": ("settings.to_folders", "settings.to_folders_note", "settings.to_folders_do", "folders"),
    "devices": ("settings.to_devices", "settings.to_devices_note", "settings.to_devices_do", "devices"),
    "models": ("settings.to_models", "settings.to_models_note", "settings.to_models_do", "models"),
}
"""By section, a row that leads to a page: words, note, button and the page."""
