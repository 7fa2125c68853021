"""The page Models as its state sees it: questions, downloads, checks and removals, without a window or a network."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

import models
from desktop.state.model_cards import Group, ModelCard
from desktop.state.model_words import GIVES, NAMES, USED, name_of
from desktop.state.models import ModelsState
from desktop.words import LANGUAGES, say, speak
from desktop.workers.client import Ended
from homespun.errors import ExitCode
from tests.desktop.devices.scripted import ScriptedWorker
from tests.desktop.main.fakes import KnownDoors

MB = 1_000_000


def entry(name: str, **told: Any) -> dict[str, Any]:
    standard = {
        "id": name,
        "title": f"Title of {name}",
        "task": "fill",
        "licence": "MIT",
        "terms": "",
        "origin": "acme",
        "size": 28 * MB,
        "estimated": False,
        "hosts": ["models.example"],
        "source": "",
        "bundled": False,
        "partial": 0,
        "given": True,
        "pinned": True,
    }
    return {**standard, **told}


class Shop:
    """A state with its two workers, a clock, and a list that the test changes."""

    def __init__(self) -> None:
        self.rules: dict[str, Any] = {"downloads": "ask", "mirror": "", "free": 9_000 * MB}
        self.listed = [
            entry("all-minilm-l6-v2", source="bundled", bundled=True, hosts=[]),
            entry("mobile-sam", source="local"),
            entry("mi-gan"),
            entry("tinyclip-8m"),
        ]
        self.worker, self.fetcher, self.doors = ScriptedWorker(), ScriptedWorker(), KnownDoors()
        self.now, self.changes = 100.0, 0
        self.state = ModelsState(self.worker, self.fetcher, self.doors, on_change=self._changed, clock=lambda: self.now)
        self.look()

    def _changed(self) -> None:
        self.changes += 1

    def look(self) -> None:
        self.worker.answers["list"] = [(Ended.DONE, {"models": self.listed, **self.rules})]
        self.state.refresh()

    def card(self, name: str) -> ModelCard:
        return next(one for *_, cards in self.state.snapshot().groups for one in cards if one.id == name)

    def acts(self, name: str) -> list[str]:
        return [do.act for do in self.card(name).actions]

    def said(self, name: str) -> str:
        notice = self.card(name).notice
        return notice.words if notice is not None else ""

    def failing(self, error: str, what: str, code: ExitCode = ExitCode.NETWORK) -> dict[str, Any]:
        return {"error": error, "what": what, "todo": "Run it again.", "code": int(code)}


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_models_stand_in_groups_by_what_can_be_done_with_them(shop: Shop) -> None:
    groups = {group: [one.id for one in cards] for group, _, _, cards in shop.state.snapshot().groups}

    assert groups == {
        Group.HERE: ["all-minilm-l6-v2", "mobile-sam"],
        Group.ADD: ["mi-gan"],
        Group.LATER: ["tinyclip-8m"],
    }


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_model_of_the_catalogue_has_words_that_are_not_its_jargon(spoken: str) -> None:
    speak(spoken)
    for model in models.catalog():
        assert model.id in NAMES, model.id
        assert say(NAMES[model.id]) != model.title
        assert say(GIVES[model.id]).endswith(".")


def test_what_is_called_used_is_what_the_engines_open() -> None:
    opened = {
        importlib.import_module("engines.text.encoder").MODEL,
        importlib.import_module("engines.select.sam").MODEL,
        *{one for some in importlib.import_module("engines.erase.door").NETWORKS.values() for one in some},
        *{model.id for model in models.catalog() if model.id.startswith("enlarge-")},
    }
    assert opened == USED


def test_a_download_asks_first_inside_the_card_and_nothing_is_fetched_before_the_yes(shop: Shop) -> None:
    shop.state.do("mi-gan", "ask")
    card = shop.card("mi-gan")

    assert card.question == "Download 28.0 MB from models.example?"
    assert "MIT" in card.question_more
    assert [(do.act, do.accent) for do in card.actions] == [("download", True), ("no", False)]
    assert shop.fetcher.calls == []

    shop.state.do("mi-gan", "no")
    assert shop.card("mi-gan").question == ""
    assert shop.fetcher.calls == []


def test_only_one_question_is_open_at_a_time_so_that_there_is_one_accent_button(shop: Shop) -> None:
    shop.state.do("mi-gan", "ask")
    shop.state.do("mobile-sam", "ask_remove")

    accents = [do for *_, cards in shop.state.snapshot().groups for one in cards for do in one.actions if do.accent]
    assert [do.act for do in accents] == ["remove"]


def test_terms_of_a_licence_are_part_of_the_question(shop: Shop) -> None:
    shop.listed[2]["terms"] = "Use limits go along."
    shop.look()
    shop.state.do("mi-gan", "ask")

    assert "Terms: Use limits go along." in shop.card("mi-gan").question_more


def start(shop: Shop) -> None:
    shop.state.do("mi-gan", "ask")
    shop.state.do("mi-gan", "download")


def test_a_download_says_how_far_it_is_how_quick_and_what_is_left(shop: Shop) -> None:
    start(shop)
    assert shop.fetcher.last.told == {"model": "mi-gan", "mirror": "", "agreed": True}
    assert shop.card("mi-gan").doing == "Waiting for its turn"

    for done in (0, 2 * MB, 4 * MB, 6 * MB):
        shop.fetcher.last.say(Ended.PROGRESS, {"done": done, "total": 28 * MB, "note": "model.onnx"})
        shop.now += 1
    card = shop.card("mi-gan")

    assert card.share == pytest.approx(6 / 28)
    assert card.doing == "6.0 MB of 28.0 MB · 2.0 MB a second · about 11 s left"
    assert [do.act for do in card.actions] == ["pause", "cancel"]


def test_no_time_is_named_before_two_seconds_have_passed(shop: Shop) -> None:
    start(shop)
    shop.fetcher.last.say(Ended.PROGRESS, {"done": 0, "total": 28 * MB, "note": ""})
    shop.now += 0.5
    shop.fetcher.last.say(Ended.PROGRESS, {"done": MB, "total": 28 * MB, "note": ""})

    assert shop.card("mi-gan").doing == "1.0 MB of 28.0 MB"


def test_a_silent_server_is_called_silent(shop: Shop) -> None:
    start(shop)
    for _ in range(9):
        shop.fetcher.last.say(Ended.PROGRESS, {"done": 5 * MB, "total": 28 * MB, "note": ""})
        shop.now += 1

    assert shop.card("mi-gan").doing.endswith("the server is silent")


def test_the_end_of_a_download_is_said_and_told_to_others(shop: Shop) -> None:
    start(shop)
    shop.listed[2]["source"] = "local"
    shop.look()
    shop.fetcher.last.say(Ended.DONE, {"source": "download"})

    assert shop.card("mi-gan").group is Group.HERE
    assert shop.said("mi-gan") == "Ready. It works without internet from now on."
    assert shop.changes == 1


def test_a_pause_keeps_what_has_come_and_goes_on_without_another_question(shop: Shop) -> None:
    start(shop)
    shop.fetcher.last.say(Ended.PROGRESS, {"done": 6 * MB, "total": 28 * MB, "note": ""})
    shop.state.do("mi-gan", "pause")
    assert shop.fetcher.last.cancelled
    assert shop.acts("mi-gan") == []

    shop.listed[2]["partial"] = 6 * MB
    shop.look()
    shop.fetcher.last.say(Ended.CANCELLED)

    assert shop.said("mi-gan") == "Paused: 6.0 MB of 28.0 MB are here."
    assert shop.worker.count("remove") == 0
    assert shop.acts("mi-gan") == ["download", "cancel"]
    shop.state.do("mi-gan", "download")
    assert shop.fetcher.count("get") == 2


def test_a_cancel_deletes_the_part_once_the_download_has_stopped(shop: Shop) -> None:
    start(shop)
    shop.state.do("mi-gan", "cancel")
    assert shop.worker.count("remove") == 0
    shop.fetcher.last.say(Ended.CANCELLED)

    assert shop.worker.count("remove") == 1
    assert [call.told for call in shop.worker.calls if call.do == "remove"] == [{"model": "mi-gan"}]


def test_a_cancel_while_a_damaged_model_is_brought_again_does_not_delete_the_model(shop: Shop) -> None:
    shop.worker.answers["verify"] = [(Ended.DONE, {"files": 2, "wrong": ["encoder.onnx"]})]
    shop.state.do("mobile-sam", "verify")
    assert shop.acts("mobile-sam")[0] == "ask"
    shop.state.do("mobile-sam", "ask")
    shop.state.do("mobile-sam", "download")
    shop.state.do("mobile-sam", "cancel")
    shop.fetcher.last.say(Ended.CANCELLED)

    assert shop.worker.count("remove") == 0


@pytest.mark.parametrize(
    ("error", "code", "begins"),
    [
        ("NetworkError", ExitCode.NETWORK, "The download broke off"),
        ("Damaged", ExitCode.DAMAGED, "The file that came is not the one promised"),
        ("NoSpace", ExitCode.NO_SPACE, "The disk is full"),
        ("NoPermission", ExitCode.NO_PERMISSION, "The folder for models"),
        ("Busy", ExitCode.BUSY, "Something else works on it"),
    ],
)
def test_a_failure_stands_in_its_card_with_a_next_step(shop: Shop, error: str, code: ExitCode, begins: str) -> None:
    start(shop)
    shop.fetcher.last.say(Ended.FAILED, shop.failing(error, "What exactly was wrong.", code))
    notice = shop.card("mi-gan").notice

    assert notice is not None
    assert notice.tone == "danger"
    assert notice.words.startswith(begins)
    assert notice.more == "What exactly was wrong."
    assert shop.acts("mi-gan") == ["download", "details"], "the person agreed already"
    shop.state.do("mi-gan", "details")
    assert "What exactly was wrong." in shop.doors.copied
    assert shop.changes == 0


def test_a_bug_and_a_dead_worker_have_words_of_their_own(shop: Shop) -> None:
    start(shop)
    shop.fetcher.last.say(Ended.FAILED, {"what": "KeyError: 'x'", "code": 1, "error": "KeyError", "details": "trace"})
    assert shop.said("mi-gan") == say("common.bug")
    start(shop)
    shop.fetcher.last.say(Ended.DIED, {"what": "", "code": 1, "error": "Died"})
    assert shop.said("mi-gan") == say("common.died")


def test_switched_off_downloads_are_said_once_and_no_card_offers_one(shop: Shop) -> None:
    shop.rules["downloads"] = "never"
    shop.look()
    page = shop.state.snapshot()

    assert page.notice is not None
    assert page.notice.words == "Downloads are switched off in Settings."
    assert shop.acts("mi-gan") == []
    shop.state.do_notice(page.notice_actions[0].act)
    assert shop.doors.asked == [("show", "settings")]


def test_with_a_folder_in_the_settings_models_come_from_there_without_a_question(shop: Shop) -> None:
    shop.rules.update(mirror="/media/stick", downloads="never")
    shop.look()

    assert shop.acts("mi-gan") == ["mirror"]
    shop.state.do("mi-gan", "mirror")
    assert shop.fetcher.last.told == {"model": "mi-gan", "mirror": "/media/stick", "agreed": False}


def test_a_check_says_that_all_is_as_it_should_be(shop: Shop) -> None:
    shop.state.do("all-minilm-l6-v2", "verify")
    shop.worker.last.say(Ended.PROGRESS, {"done": 1, "total": 4, "note": ""})
    assert shop.card("all-minilm-l6-v2").share == 0.25
    shop.worker.last.say(Ended.DONE, {"files": 3, "wrong": []})

    assert shop.said("all-minilm-l6-v2") == "Checked just now: all 3 files are as they should be."


def test_a_damaged_model_of_our_own_is_not_offered_for_download(shop: Shop) -> None:
    shop.worker.answers["verify"] = [(Ended.DONE, {"files": 3, "wrong": ["model.onnx"]})]
    shop.state.do("all-minilm-l6-v2", "verify")

    assert shop.said("all-minilm-l6-v2").endswith("Install Homespun again.")
    assert shop.acts("all-minilm-l6-v2") == ["details", "verify"]


def test_removing_asks_and_says_what_is_free_again(shop: Shop) -> None:
    shop.state.do("mobile-sam", "ask_remove")
    assert shop.card("mobile-sam").question.endswith("That frees 28.0 MB.")
    assert shop.worker.count("remove") == 0
    shop.state.do("mobile-sam", "remove")
    call = shop.worker.last
    shop.listed[1]["source"] = ""
    shop.look()
    call.say(Ended.DONE, {"bytes": 44_700_000})

    assert shop.said("mobile-sam") == "Removed. 44.7 MB are free again."
    assert shop.card("mobile-sam").group is Group.ADD
    assert shop.changes == 1


def test_what_comes_with_homespun_is_not_removed(shop: Shop) -> None:
    assert shop.acts("all-minilm-l6-v2") == ["verify"]


def test_a_folder_brings_each_model_that_it_holds(shop: Shop) -> None:
    told = {"folder": "/media/stick", "models": ["mi-gan", "tinyclip-8m"], "known": ["mi-gan", "tinyclip-8m"]}
    shop.worker.answers["shelf"] = [(Ended.DONE, told)]
    shop.state.add_from(Path("/media/stick"))

    assert [(one.told["model"], one.told["mirror"]) for one in shop.fetcher.calls] == [
        ("mi-gan", "/media/stick"),
        ("tinyclip-8m", "/media/stick"),
    ]
    assert shop.acts("tinyclip-8m") == ["cancel"], "a copy has nothing to go on with"


def test_a_folder_whose_name_is_no_text_is_looked_in_under_a_name_that_can_be_shown(shop: Shop) -> None:
    shop.worker.answers["shelf"] = []
    shop.state.add_from(Path(os.fsdecode(b"/media/st\xefck\n")))
    notice = shop.state.snapshot().notice
    assert notice is not None
    assert "st\\xefck\\x0a" in notice.words


@pytest.mark.parametrize(("known", "begins"), [([], "There is no model in this folder"), (["lama"], "Every model")])
def test_a_folder_without_a_model_for_us_says_so(shop: Shop, known: list[str], begins: str) -> None:
    shop.worker.answers["shelf"] = [(Ended.DONE, {"folder": "/x", "models": [], "known": known})]
    shop.state.add_from(Path("/x"))
    notice = shop.state.snapshot().notice

    assert notice is not None
    assert notice.words.startswith(begins)


def test_a_list_that_fails_says_why_and_can_be_tried_again(shop: Shop) -> None:
    shop.worker.answers["list"] = [
        (Ended.FAILED, shop.failing("Damaged", "The catalogue is broken.", ExitCode.DAMAGED))
    ]
    shop.state.refresh()
    page = shop.state.snapshot()

    assert page.notice is not None
    assert page.notice.words == "The catalogue is broken."
    shop.worker.answers["list"] = [(Ended.DONE, {"models": shop.listed, **shop.rules})]
    shop.state.do_notice("retry")
    assert shop.state.snapshot().notice is None


def test_closing_stops_what_is_under_way(shop: Shop) -> None:
    start(shop)
    shop.state.close()
    assert shop.fetcher.last.cancelled


def test_a_model_without_words_is_called_by_its_title() -> None:
    assert name_of("brand-new", "A new thing") == "A new thing"


def test_on_a_failed_page_it_is_said_that_the_details_were_copied_and_it_can_be_tried_again(shop: Shop) -> None:
    shop.worker.answers["list"] = [(Ended.DIED, {"error": "Died", "what": "The models process stopped.", "todo": ""})]
    shop.state.refresh()
    shop.state.do_notice("details")
    assert shop.doors.copied.startswith("Died: The models process stopped.")
    page = shop.state.snapshot()
    assert page.notice is not None
    assert page.notice.words == say("common.details_copied")
    assert [do.act for do in page.notice_actions] == ["retry"]
    shop.state.do_notice("retry")
    page = shop.state.snapshot()
    assert page.notice is not None
    assert page.notice.words == say("common.died"), "it failed again, and that is newer"


def test_when_the_list_comes_after_a_failure_nothing_is_said_of_it_any_more(shop: Shop) -> None:
    shop.worker.answers["list"] = [(Ended.DIED, {"error": "Died", "what": "The models process stopped.", "todo": ""})]
    shop.state.refresh()
    shop.state.do_notice("details")
    shop.worker.answers["list"] = [(Ended.DONE, {"models": shop.listed, **shop.rules})]
    shop.state.refresh()
    assert shop.state.snapshot().notice is None
