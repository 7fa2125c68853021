"""What the page Devices shows: a function of what was looked up, of each model's standing, and of what is under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.state import device_words as words_of
from desktop.state.model_cards import Do, Notice
from desktop.state.model_words import name_of
from desktop.words import language, say
from desktop.words.reasons import reason


@dataclass(frozen=True)
class Trial:
    """One size of one model on one device: the cells of a row; `reason` stands under it where it isn't used."""

    size: str
    here: str
    processor: str
    share: str
    same: str
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """One model on one device, in a sentence, and with `trials` the reasons."""

    key: str
    name: str
    words: str
    tone: str
    icon: str
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class DeviceCard:
    """One device. `state` is a word or two with its tone."""

    name: str
    icon: str
    title: str
    about: str
    state: str
    tone: str
    note: str = ""
    standings: tuple[Standing, ...] = ()
    actions: tuple[Do, ...] = ()


@dataclass(frozen=True)
class FindingCard:
    """One thing that the doctor found."""

    icon: str
    tone: str
    title: str
    todo: str
    detail: str
    action: Do | None = None


@dataclass(frozen=True)
class Doctor:
    """The examination: what it says now, and what it found."""

    title: str
    note: str
    working: bool
    well: str
    findings: tuple[FindingCard, ...]
    actions: tuple[Do, ...]


@dataclass(frozen=True)
class Progress:
    """What is under way; `share` is -1 while nobody knows."""

    words: str
    share: float
    stop: Do


@dataclass(frozen=True)
class DevicesSnapshot:
    """The whole page."""

    heading: str
    lead: str
    language: str
    loading: bool
    devices: tuple[DeviceCard, ...]
    calm: Notice | None
    doctor: Doctor
    main: Do
    progress: Progress | None = None
    notice: Notice | None = None
    notice_actions: tuple[Do, ...] = ()
    table: tuple[str, ...] = ()
    why: str = ""


@dataclass
class Known:
    """What the state has heard so far; `modelled` is each model's cases, None until they were told."""

    look: Mapping[str, Any] | None = None
    modelled: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    complete: bool = False
    examined: Mapping[str, Any] | None = None


_KINDS = {"cpu": "devices.kind_cpu", "gpu": "devices.kind_gpu", "npu": "devices.kind_npu"}
_ICONS = {"cpu": "chip", "gpu": "gpu", "npu": "npu"}


def cards(known: Known, today: date) -> tuple[DeviceCard, ...]:
    """The processor first, then every other device."""
    if known.look is None:
        return ()
    return (_processor(known), *(_device(one, known, today) for one in known.look["devices"]))


def real(known: Known) -> list[Mapping[str, Any]]:
    """The devices that may run something unasked."""
    return [one for one in (known.look or {}).get("devices", ()) if not one["simulated"]]


def untried(known: Known) -> int:
    """How many trials were never made."""
    return sum(line["reason"] == "not-proved" for line in _lines(known))


def _lines(known: Known) -> Iterator[Mapping[str, Any]]:
    for model in known.modelled.values():
        for case in model["cases"]:
            yield from case["lines"]


def _processor(known: Known) -> DeviceCard:
    assert known.look is not None
    told = known.look["processor"]
    about = [say("devices.kind_cpu"), say("devices.cores", count=int(told["cores"])), *_runtimes(told["runtime"])]
    alone = not real(known) or known.look["use"] == "cpu"
    names = sorted({name_of(m, str(one["title"])) for m, one in known.modelled.items() if _on_processor(one)})
    runs = ""
    if names:
        runs = say("devices.runs", names="; ".join(names))
    elif known.complete and not known.modelled:
        runs = say("devices.no_models")
    return DeviceCard(
        name="cpu",
        icon="chip",
        title=str(told["title"]),
        about=" · ".join(about),
        state=say("devices.runs_all") if alone else say("devices.always"),
        tone="good",
        note=runs,
    )


def _runtimes(owners: Sequence[str]) -> list[str]:
    return [owner.replace("onnxruntime", "ONNX Runtime") for owner in owners]


def _on_processor(model: Mapping[str, Any]) -> bool:
    """Whether the processor runs at least one graph of the model at one size."""
    return any(case["chosen"] == "cpu" for case in model["cases"])


def _device(told: Mapping[str, Any], known: Known, today: date) -> DeviceCard:
    name = str(told["name"])
    standings = tuple(_standings(name, known, today))
    state, tone = _state(told, standings, known)
    about = [say(_KINDS.get(str(told["kind"]), "devices.kind_cpu"))]
    about += [say("devices.by", provider=str(told["provider"]))] if told["provider"] else []
    about += [say("devices.driver", version=str(told["driver"]))] if told["driver"] else []
    about += [say("devices.elsewhere")] if told["elsewhere"] else []
    note = say("devices.simulated_note") if told["simulated"] else "" if told["proved"] else say("devices.experimental")
    held = any(line["quarantine"] for line in _lines(known) if line["device"] == name)
    forgive = Do(f"forgive {name}", say("devices.forgive"), say("devices.forgive_name", name=str(told["title"])))
    return DeviceCard(
        name=name,
        icon=_ICONS.get(str(told["kind"]), "chip"),
        title=str(told["title"]),
        about=" · ".join(about),
        state=state,
        tone=tone,
        note=note,
        standings=standings,
        actions=(forgive,) if held else (),
    )


def _state(told: Mapping[str, Any], standings: Sequence[Standing], known: Known) -> tuple[str, str]:
    if told["simulated"]:
        return say("devices.simulated"), "text2"
    if (known.look or {}).get("use") == "cpu":
        return say("devices.off"), "text2"
    if any(one.tone == "good" for one in standings):
        return say("devices.in_use"), "good"
    if any(one.tone == "text2" for one in standings):
        return say("devices.not_used"), "text2"
    if standings:
        return say("devices.new"), "warn"
    return (say("devices.no_work"), "text2") if known.complete else ("", "text2")


def _standings(device: str, known: Known, today: date) -> Iterator[Standing]:
    """A row for each model that the device could run; an enlarger has one for each factor."""
    for model, told in known.modelled.items():
        grouped: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
        for case in told["cases"]:
            factor = case["file"][:2] if case["file"][:1] == "x" and case["file"][1:2].isdigit() else ""
            for line in case["lines"]:
                if line["device"] == device:
                    grouped.setdefault(factor, []).append((case, line))
        for factor, found in grouped.items():
            name = name_of(model, str(told["title"]))
            name = say("devices.with_factor", name=name, factor=factor[1:]) if factor else name
            yield _standing(f"{device} {model} {factor}", name, found, today)


def _standing(
    key: str, name: str, found: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], today: date
) -> Standing:
    measured = any(line["verdict"] for _, line in found)
    trials = tuple(_trial(case, line) for case, line in found) if measured else ()
    proved = [line["verdict"] for _, line in found if not line["reason"] and line["verdict"]]
    ratios = [one["cpu_ms"] / one["device_ms"] for one in proved if one["device_ms"]]
    if proved:
        parts = [words_of.faster(ratios)] if ratios else [say("devices.proved")]
        if len(proved) < len(found):
            parts.append(say("devices.at_sizes", some=str(len(proved)), all=str(len(found))))
        parts.append(words_of.checked(max(one["at"] for one in proved), today))
        return Standing(key, name, ", ".join(parts), "good", "check", trials)
    tried = [line for _, line in found if line["reason"] != "not-proved"]
    if not tried:
        return Standing(key, name, say("devices.not_tried"), "warn", "clock", trials)
    reasons = [line["reason"] for line in tried]
    common = max(dict.fromkeys(reasons), key=reasons.count)
    line = next(one for one in tried if one["reason"] == common)
    told = words_of.seen(common, line["verdict"], line["quarantine"])
    words = say("devices.not_used_because", why=told)
    # What the sentence says already needn't stand under each size.
    trials = tuple(replace(one, reason="") if one.reason == told else one for one in trials)
    return Standing(key, name, words, "text2", "minus", trials)


def _trial(case: Mapping[str, Any], line: Mapping[str, Any]) -> Trial:
    verdict = line["verdict"]
    size = f"{words_of.sizes_words(case['sizes'])}, {words_of.precision_words(str(line['precision']))}"
    reason = words_of.seen(str(line["reason"]), verdict, line["quarantine"]) if line["reason"] else ""
    if verdict is None:
        return Trial(size, "–", "–", "–", "–", reason)
    return Trial(
        size,
        words_of.milliseconds(verdict["device_ms"]) if verdict["device_ms"] else "–",
        words_of.milliseconds(verdict["cpu_ms"]) if verdict["cpu_ms"] else "–",
        words_of.percent(verdict["share"]) if verdict["share"] is not None else "–",
        words_of.same_words(verdict),
        reason,
    )


def finding(told: Mapping[str, Any]) -> FindingCard:
    """One finding of the doctor: the window's words first, its own sentences below."""
    title, todo, act = words_of.finding_words(str(told["name"]))
    own = _own_words(told)
    do = {
        "settings": Do("settings", say("devices.to_settings")),
        "models": Do("models", say("devices.to_models")),
        "mend": Do("mend", say("devices.mend")),
        "look": Do("look", say("devices.look_again")),
        "probe": Do("probe", say("devices.probe")),
    }.get(act)
    return FindingCard(
        icon="warn" if told["urgent"] else "info",
        tone="danger" if told["urgent"] else "warn",
        title=say(title) if title else reason(str(told["what"])),
        todo=say(todo) if todo else reason(str(told["todo"])),
        detail=own if title else "",
        action=do,
    )


def _own_words(told: Mapping[str, Any]) -> str:
    """The doctor's own sentences: they name the chip, the file, the command. English, where nobody has translated them."""
    parts = [str(told["what"])]
    if told["name"] in words_of.IN_A_TERMINAL:
        parts.append(str(told["todo"]))
    said = [reason(one) for one in parts]
    own = " ".join(said).strip()
    return own if language() == "en" or said != parts else say("devices.own_words", text=own)


def table_heads() -> tuple[str, ...]:
    """What stands over the columns of the explanation."""
    return (
        say("devices.col_size"),
        say("devices.col_here"),
        say("devices.col_processor"),
        say("devices.col_share"),
        say("devices.col_same"),
    )
