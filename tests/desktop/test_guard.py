"""`homespun guard`: what a prompt speaks of, with and without a text encoder; thresholds; the policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.concepts import Calibration, read_policy
from homespun.folders import folders
from tests.desktop.known_index import Said
from tests.engines.diffusion.tiny import tiny_pipeline

Homespun = Callable[..., Said]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with random weights, whose text encoder runs."""
    folder = tmp_path_factory.mktemp("guard") / "tiny"
    tiny_pipeline(folder)
    return folder


def write(text: str) -> Path:
    path = folders().config / "policy.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_without_an_encoder_the_words_are_checked_and_it_says_so(homespun: Homespun) -> None:
    said = homespun("guard", "check", "a photo of a nude woman and a n4k3d man")

    assert said.code == 0
    rows = said.out.splitlines()
    assert rows[0] == (
        "explicit content: “nude” and “n4k3d” (named, digits or signs for letters); taken out of the prompt"
    )
    assert rows[1] == "What is left: a photo of woman and man"
    assert rows[-1].startswith("Only the words were checked")


def test_a_prompt_that_names_nothing_is_said_to(homespun: Homespun) -> None:
    said = homespun("guard", "check", "a lighthouse at night", "--quiet")

    assert said.out == "explicit content: not spoken of\n"


def test_the_json_of_a_check_without_an_encoder_has_no_scores(homespun: Homespun) -> None:
    found = json.loads(homespun("guard", "check", "a nudist", "--json").out)

    assert (found["prompt"], found["left"], found["encoder"]) == ("a nudist", "", None)
    (concept,) = found["concepts"]
    assert concept == {
        "concept": "explicit content",
        "acts": True,
        "score": None,
        "threshold": None,
        "stage": "words",
        "how": "synonym",
        "removed": ["nudist"],
        "strength": 1.0,
    }


def test_with_a_pipeline_scores_and_thresholds_are_told(homespun: Homespun, tiny: Path) -> None:
    write('[concept.house]\ntexts = ["house"]\nthreshold = 1.0\nmethod = "surgery"\n')

    found = json.loads(homespun("guard", "check", "a house by the sea", "--model", str(tiny), "--json").out)

    assert found["encoder"] == "tiny"
    house = next(one for one in found["concepts"] if one["concept"] == "house")
    assert (house["stage"], house["removed"], house["threshold"]) == ("words", ["house"], 1.0)
    assert -1 <= house["score"] <= 1
    lines = homespun("guard", "check", "the sea", "--model", str(tiny)).out.splitlines()
    assert any(line.strip().startswith("score ") and line.endswith("counts from 1.000") for line in lines)


def test_an_implied_concept_is_subtracted_and_told(homespun: Homespun, tiny: Path) -> None:
    write('[concept."explicit content"]\non = false\n[concept.house]\ntexts = ["house"]\nthreshold = -1.0\n')

    said = homespun("guard", "check", "the sea", "--model", str(tiny))

    assert "house: implied; “house” is subtracted from the encoding, at strength" in said.out
    assert "What is left" not in said.out


def test_an_empty_prompt_speaks_of_nothing(homespun: Homespun, tiny: Path) -> None:
    found = json.loads(homespun("guard", "check", "", "--model", str(tiny), "--json").out)

    assert [(one["concept"], one["acts"]) for one in found["concepts"]] == [("explicit content", False)]


def test_a_folder_without_a_pipeline_is_refused(homespun: Homespun, tmp_path: Path) -> None:
    said = homespun("guard", "check", "a house", "--model", str(tmp_path))

    assert said.code == 3
    assert str(tmp_path) in said.err


def test_calibrating_needs_a_pipeline(homespun: Homespun) -> None:
    said = homespun("guard", "calibrate")

    assert said.code == 3
    assert "--model" in said.err


def test_where_nothing_tells_them_apart_nothing_is_switched_on(homespun: Homespun, tiny: Path) -> None:
    said = homespun("guard", "calibrate", "--model", str(tiny))  # random weights tell nothing apart

    assert said.code == 0
    assert "explicit content: no threshold tells with from without; nothing is changed." in said.out
    assert not (folders().config / "policy.toml").exists()


def test_a_threshold_that_was_found_goes_into_the_policy(
    homespun: Homespun, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('[concept.house]\ntexts = ["house"]\nmethod = "surgery+values"\n')
    import engines.concepts

    monkeypatch.setattr(
        engines.concepts, "calibrate", lambda concept, *_: Calibration(concept.name, 0.4, 0.2, 0.3, 0.75), raising=False
    )

    looked = homespun("guard", "calibrate", "--model", str(tiny), "--concept", "house", "--no-save")
    assert "house: threshold 0.300" in looked.out
    assert "house: gate for values 0.300" in looked.out
    assert "it catches 75 of 100 with other words" in looked.out
    assert read_policy().measured == {}
    saved = json.loads(homespun("guard", "calibrate", "--model", str(tiny), "--concept", "house", "--json").out)
    assert saved["saved"] == str(folders().config / "policy.toml")
    assert read_policy().measured == read_policy().gates == {"tiny": {"house": 0.3}}


def test_scores_that_are_no_numbers_are_told_and_written_nowhere(
    homespun: Homespun, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engines.concepts import Guard

    monkeypatch.setattr(Guard, "presence", lambda *_, **__: float("nan"))

    said = homespun("guard", "calibrate", "--model", str(tiny))
    found = json.loads(homespun("guard", "calibrate", "--model", str(tiny), "--json").out)

    assert "explicit content: no threshold could be measured; nothing is changed." in said.out
    assert found["concepts"][0]["score"] == {"present": None, "absent": None, "threshold": None, "variants": None}
    assert not (folders().config / "policy.toml").exists()


def test_a_concept_that_isn_t_there_is_named_with_those_that_are(homespun: Homespun, tiny: Path) -> None:
    said = homespun("guard", "calibrate", "--model", str(tiny), "--concept", "cars")

    assert said.code == 3
    assert "cars" in said.err
    assert "explicit content" in said.err


def test_the_policy_is_printed_as_a_file_that_can_be_read_back(homespun: Homespun, tmp_path: Path) -> None:
    said = homespun("guard", "policy")

    path = tmp_path / "copy.toml"
    path.write_text(said.out, "utf-8")
    assert said.out.startswith(f"# {folders().config / 'policy.toml'} (not there yet")
    assert read_policy(path) == read_policy()
    written = write(said.out)
    found = json.loads(homespun("guard", "policy", "--json").out)
    assert (found["path"], found["exists"]) == (str(written), True)


def test_a_fault_in_the_policy_stops_every_command_and_names_its_line(homespun: Homespun) -> None:
    path = write("[guard]\nsecond_lok = 1\n")

    for arguments in (["check", "x"], ["policy"], ["calibrate"]):
        said = homespun("guard", *arguments)
        assert said.code == 2
        assert f"{path}, line 2, guard.second_lok: there is no such key" in said.err


def test_a_policy_that_looks_for_nothing_says_so(homespun: Homespun) -> None:
    write("[guard]\non = false\n")

    assert homespun("guard", "check", "a nude", "--quiet").out == "Your policy names no concept that is on.\n"
    assert homespun("guard", "calibrate").code == 3
