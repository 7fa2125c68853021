"""What the page Models shows: a function of the list, of the settings, and of what goes on with each model."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.state.doors import Asked
from desktop.state.model_words import USED, Trouble, gives, name_of
from desktop.state.sizes import size_words
from desktop.words import language, say

SPEAKS_AFTER = 2.0
"""Seconds of a download before a speed is named: earlier ones are guesses."""


class Phase(StrEnum):
    """What goes on with one model."""

    IDLE = "idle"
    ASKING = "asking"
    ASKING_REMOVE = "asking remove"
    WAITING = "waiting"
    LOADING = "loading"
    STOPPING = "stopping"
    CHECKING = "checking"
    REMOVING = "removing"


class Group(StrEnum):
    """The parts of the page."""

    HERE = "here"
    ADD = "add"
    LATER = "later"


@dataclass(frozen=True)
class Do:
    """One button; `act` is what the state is told, `name` what a screen reader says."""

    act: str
    words: str
    name: str = ""
    accent: bool = False
    danger: bool = False
    below: bool = False
    """Whether it belongs to what is said, not to the model."""


@dataclass(frozen=True)
class Notice:
    """What is said below the words of a card; `tone` is a colour of the tokens."""

    tone: str
    words: str
    more: str = ""


@dataclass(frozen=True)
class ModelCard:
    """One model. `share` is None without a bar, -1 while nobody knows how far it is; `actions[0]` is the likeliest."""

    id: str
    group: Group
    icon: str
    name: str
    gives: str
    meta: str
    title: str
    share: float | None = None
    doing: str = ""
    question: str = ""
    question_more: str = ""
    notice: Notice | None = None
    actions: tuple[Do, ...] = ()


@dataclass(frozen=True)
class ModelsSnapshot:
    """The whole page; each group is (group, heading, note, cards)."""

    heading: str
    lead: str
    folder_words: str
    groups: tuple[tuple[Group, str, str, tuple[ModelCard, ...]], ...]
    loading: bool
    language: str
    notice: Notice | None = None
    notice_actions: tuple[Do, ...] = ()
    summary: str = ""


@dataclass
class One:
    """What goes on with a model, beside what the list says of it.

    `drop`: the part is deleted once the download has stopped; `again`: the next step after a failure is to bring it anew;
    `agreed`: the person said yes to the download, since the app runs.
    """

    phase: Phase = Phase.IDLE
    mirror: str = ""
    done: int = 0
    total: int = 0
    began: float = 0.0
    seen: deque[tuple[float, int]] = field(default_factory=deque)
    ticket: Asked | None = None
    drop: bool = False
    notice: Notice | None = None
    failed: Trouble | None = None
    again: bool = False
    agreed: bool = False


_ICONS = {
    "sentence-vectors": "search",
    "image-text-vectors": "similar",
    "enlarge": "enlarge",
    "fill": "erase",
    "fill-by-words": "fill",
    "select": "select",
    "read-text": "text",
}
_NOTHING = One()
_BUSY = (Phase.WAITING, Phase.LOADING, Phase.STOPPING, Phase.CHECKING, Phase.REMOVING)


def shown(
    listed: Sequence[Mapping[str, Any]] | None,
    rules: Mapping[str, Any],
    ones: Mapping[str, One],
    now: float,
    notice: Notice | None,
    failed: Trouble | None,
) -> ModelsSnapshot:
    """The page as it is now; `now` is the clock's time. `notice` is newer than `failed`, which is only tried again then."""
    cards = [_card(entry, rules, ones.get(entry["id"], _NOTHING), now) for entry in listed or ()]
    words = {
        Group.HERE: (say("models.here"), ""),
        Group.ADD: (say("models.add"), ""),
        Group.LATER: (say("models.later"), say("models.later_note")),
    }
    groups = tuple(
        (group, *words[group], found) for group in Group if (found := tuple(one for one in cards if one.group is group))
    )
    actions: tuple[Do, ...] = ()
    if rules.get("downloads") == "never" and not rules.get("mirror") and notice is None:
        notice = Notice("text2", say("models.switched_off"))
        actions = (Do("settings", say("models.to_settings")),)
    if failed is not None:
        actions = (Do("retry", say("common.retry")),)
        if notice is None:
            notice = Notice("danger", failed.what, failed.todo)
            actions = (*actions, Do("details", say("common.copy_details")))
    taken = sum(int(one["size"]) for one in listed or () if one["source"] == "local")
    return ModelsSnapshot(
        heading=say("models.heading"),
        lead=say("models.lead"),
        folder_words=say("models.from_folder"),
        groups=groups,
        loading=listed is None and failed is None,
        language=language(),
        notice=notice,
        notice_actions=actions,
        summary=_summary(rules, taken) if listed is not None else "",
    )


def _summary(rules: Mapping[str, Any], taken: int) -> str:
    free = size_words(int(rules.get("free", 0)))
    if not taken:
        return say("models.free", free=free)
    return say("models.taken", taken=size_words(taken), free=free)


def _card(entry: Mapping[str, Any], rules: Mapping[str, Any], one: One, now: float) -> ModelCard:
    model = str(entry["id"])
    here = bool(entry["source"])
    group = Group.HERE if here else Group.ADD if model in USED else Group.LATER
    name = name_of(model, str(entry["title"]))
    question, more = _question(entry, one, name)
    return ModelCard(
        id=model,
        group=group,
        icon=_ICONS.get(str(entry["task"]), "cube"),
        name=name,
        gives=gives(model) or str(entry["title"]),
        meta=_meta(entry),
        title=str(entry["title"]),
        share=_share(one),
        doing=_doing(one, now),
        question=question,
        question_more=more,
        notice=one.notice or _standing(entry, one),
        actions=_actions(entry, rules, one, name),
    )


def _meta(entry: Mapping[str, Any]) -> str:
    """Size, licence, where it comes from, and what those who know models call it."""
    size = int(entry["size"])
    shown_size = size_words(size) if size else say("models.size_unknown")
    if entry["estimated"] and size:
        shown_size = say("models.about", size=shown_size)
    if entry["source"] == "bundled" or (entry["bundled"] and not entry["hosts"]):
        source = say("models.comes_with")
    else:
        source = say("models.from", hosts=", ".join(entry["hosts"])) if entry["hosts"] else str(entry["origin"])
    return " · ".join((shown_size, say("models.licence", licence=str(entry["licence"])), source, str(entry["id"])))


def _question(entry: Mapping[str, Any], one: One, name: str) -> tuple[str, str]:
    """What is asked inside the card, and what belongs to it."""
    size = size_words(int(entry["size"]))
    if one.phase is Phase.ASKING:
        size = say("models.about", size=size) if entry["estimated"] else size
        hosts = ", ".join(entry["hosts"])
        more = say("models.ask_download_more", licence=str(entry["licence"]))
        terms = say("models.terms", terms=str(entry["terms"])) if entry["terms"] else ""
        return say("models.ask_download", size=size, hosts=hosts), f"{more} {terms}".strip()
    if one.phase is Phase.ASKING_REMOVE:
        return say("models.ask_remove", name=name, size=size), say("models.ask_remove_more")
    return "", ""


def _share(one: One) -> float | None:
    if one.phase in (Phase.LOADING, Phase.CHECKING, Phase.STOPPING) and one.total:
        return min(1.0, one.done / one.total)
    return -1.0 if one.phase in _BUSY else None


def _doing(one: One, now: float) -> str:
    """What goes on, in a line."""
    if one.phase is Phase.LOADING:
        return _loading(one, now)
    words = {
        Phase.WAITING: "models.waiting",
        Phase.STOPPING: "models.stopping",
        Phase.CHECKING: "models.checking",
        Phase.REMOVING: "models.removing",
    }
    return say(words[one.phase]) if one.phase in words else ""


def _loading(one: One, now: float) -> str:
    parts = [say("models.amount", done=size_words(one.done), total=size_words(one.total))]
    if one.mirror:
        return parts[0]
    seconds = one.seen[-1][0] - one.seen[0][0] if one.seen else 0.0
    if seconds > 0 and now - one.began >= SPEAKS_AFTER:
        speed = (one.seen[-1][1] - one.seen[0][1]) / seconds
        if speed > 0:
            parts.append(say("models.speed", speed=size_words(speed)))
            parts.append(_left((one.total - one.done) / speed))
        else:
            parts.append(say("models.stalled"))
    return " · ".join(parts)


def _left(seconds: float) -> str:
    if seconds < 60:
        return say("models.seconds_left", count=max(1, round(seconds)))
    return say("models.minutes_left", count=round(seconds / 60))


def _standing(entry: Mapping[str, Any], one: One) -> Notice | None:
    """What is always true of a model as it stands."""
    if one.phase is not Phase.IDLE or entry["source"]:
        return None
    if entry["partial"]:
        words = say("models.partly", done=size_words(int(entry["partial"])), total=size_words(int(entry["size"])))
        return Notice("text2", words)
    if not entry["given"]:
        return Notice("text2", say("models.not_given"), str(entry["terms"]))
    if entry["bundled"] and not entry["hosts"]:
        return Notice("danger", say("models.bundled_broken"), say("models.bundled_broken_todo"))
    return None


def _actions(entry: Mapping[str, Any], rules: Mapping[str, Any], one: One, name: str) -> tuple[Do, ...]:
    """The buttons of a card, the likeliest first."""
    if one.phase is Phase.ASKING:
        words = say("models.download_size", size=size_words(int(entry["size"])))
        return (Do("download", words, f"{words}: {name}", accent=True), Do("no", say("models.not_now")))
    if one.phase is Phase.ASKING_REMOVE:
        words = say("models.remove")
        return (Do("remove", words, f"{words}: {name}", accent=True), Do("no", say("models.keep")))
    if one.phase in (Phase.WAITING, Phase.LOADING):
        cancel = _named("cancel", say("common.cancel"), name)
        return (cancel,) if one.mirror else (_named("pause", say("models.pause"), name), cancel)
    if one.phase is Phase.CHECKING:
        return (_named("pause", say("common.stop"), name),)
    if one.phase in _BUSY:
        return ()
    return _still(entry, rules, one, name)


def _still(entry: Mapping[str, Any], rules: Mapping[str, Any], one: One, name: str) -> tuple[Do, ...]:
    """The buttons while nothing goes on."""
    details = (Do("details", say("common.copy_details"), below=True),) if one.failed is not None else ()
    if entry["source"]:
        verify = _named("verify", say("models.verify"), name)
        remove = _named("ask_remove", say("models.remove"), name, danger=True)
        if one.failed is not None and one.again and entry["source"] == "local":
            return (*_bringing(entry, rules, one, name), *details, remove)
        return (*details, verify) if entry["source"] == "bundled" else (*details, verify, remove)
    words = say("models.drop_part")
    drop = (Do("cancel", words, f"{words}: {name}", below=True),) if entry["partial"] else ()
    return (*_bringing(entry, rules, one, name), *drop, *details)


def _bringing(entry: Mapping[str, Any], rules: Mapping[str, Any], one: One, name: str) -> tuple[Do, ...]:
    """The button that brings a model, or says where it may be allowed."""
    if rules.get("mirror"):
        return (_named("mirror", say("models.from_mirror"), name),)
    if not entry["given"] or not entry["hosts"]:
        return ()
    if rules.get("downloads") == "never":
        return ()  # the page says it once, with the way to Settings
    if entry["partial"]:
        return (_named("download", say("models.go_on"), name),)  # it was agreed to when it began
    if one.failed is not None and one.again:
        return (_named("download" if one.agreed else "ask", say("models.bring_again"), name),)
    return (_named("ask", say("models.download"), name),)


def _named(act: str, words: str, name: str, *, danger: bool = False) -> Do:
    return Do(act, words, f"{words}: {name}", danger=danger)
