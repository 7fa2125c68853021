"""policy.toml: the one that ships, a person's over it, and every fault named by file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.concepts import Concept, Method, Policy, as_toml, policy_path, read_policy, save_measured
from engines.concepts.families import families, kinds, siblings
from engines.concepts.policy import Values
from homespun.errors import HomespunError, UsageError
from homespun.folders import folders


def write(text: str) -> Path:
    path = policy_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_one_that_ships_is_about_explicit_content_and_nobody_s_name() -> None:
    shipped = read_policy()

    assert [concept.name for concept in shipped.concepts] == ["explicit content", "real people"]
    assert [concept.name for concept in shipped.active] == ["explicit content"]  # the list of names comes empty
    assert shipped.concepts[0].texts == ("nude", "naked", "sexual", "erotic")
    assert {concept.method for concept in shipped.concepts} == {Method.SURGERY}
    assert not policy_path().exists()


def test_a_person_s_file_counts_key_by_key_and_the_rest_stays() -> None:
    write(
        '[concept."real people"]\ntexts = ["Ada Example"]\n\n[concept.car]\ntexts = ["car"]\nmethod = "closed form"\n'
    )

    decided = read_policy()

    people = next(one for one in decided.concepts if one.name == "real people")
    assert people.texts == ("Ada Example",)
    assert people.threshold == 0.28
    assert [one.name for one in decided.active] == ["car", "explicit content", "real people"]
    assert next(one for one in decided.concepts if one.name == "car").kept == ("bus", "bicycle", "boat")


def test_a_concept_or_the_whole_guard_can_be_switched_off() -> None:
    write('[concept."explicit content"]\non = false\n')
    assert read_policy().active == ()

    write("[guard]\non = false\n")
    assert read_policy().active == ()


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    decided = Policy(
        (
            *read_policy().concepts,
            Concept("\x7f b\t", ("\x7f",)),
            Concept('a "b" / ü', ("x",), keep=("y",), guide="art", method=Method.CLOSED_FORM, on=False),
        ),
        words=0.5,
        values=Values.OVERSTEER,
        measured={"sd-1.5": {"real people": 0.31}},
        gates={"sd-1.5": {"explicit content": 0.8}},
    )
    path.write_text(as_toml(decided), "utf-8")

    assert read_policy(path) == decided


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("[guard]\ntaau = 1\n", 2, "guard.taau: there is no such key. These exist: gamma, on"),
        ("[gard]\non = true\n", 1, "gard: there is no such key"),
        ("[guard]\non = 1\n", 2, "guard.on: 1 is neither true nor false."),
        ("[guard]\nwords = 2\n", 2, "guard.words: 2 is not a number from 0 to 1."),
        ("[guard]\ngamma = 0\n", 2, "guard.gamma: 0 is not a number"),
        ("[guard]\ntau = nan\n", 2, "guard.tau: nan is not a number"),
        ('[guard]\nvalues = "mine"\n', 2, 'guard.values: "mine" is not one of ours, oversteer, paper code.'),
        ("[guard]\n\n[concept.car]\nmethod = 'uce'\ntexts = ['car']\n", 4, "concept.car.method"),
        ("[concept.car]\n", 1, 'concept.car: it needs texts, for instance texts = ["car"].'),
        ("[concept.car]\ntexts = 'car'\n", 2, "concept.car.texts"),
        ('[concept.car]\ntexts = ["car", ""]\n', 2, "concept.car.texts"),
        ('[concept.car]\ntexts = [\n  "car",\n  3,\n]\n', 2, "concept.car.texts"),
        (
            '[concept."a b"]\ntexts = ["x"]\nthreshold = 3\n',
            3,
            'concept."a b".threshold: 3 is not a number from -1 to 1.',
        ),
        ("[concept.car]\ntexts = ['car']\nguide = 1\n", 3, "concept.car.guide"),
        (
            '[concept.car]\ntexts = []\nsynonyms = ["automobile"]\n',
            2,
            "concept.car.texts: without texts the words in synonyms would count for nothing: put at least one of them into texts.",
        ),
        ('[concept."real people"]\nother_languages = ["Ада"]\n', 2, "put at least one of them into texts."),
        (f"[guard]\ntau = 0x{'f' * 5000}\n", 2, "guard.tau: a number of that size is not a number from 0 to 1."),
        (f"[concept.car]\ntexts = [0x{'f' * 5000}]\n", 2, "concept.car.texts: [a number of that size] is not a list"),
        (f"[guard]\nvalues = {{a = 0x{'f' * 5000}}}\n", 2, "guard.values: a table is not one of"),
        ("concept = 3\n", 1, "concept: it must be a section: [concept]."),
        ("[measured.sd]\ncar = true\n", 2, "measured.sd.car: true is not a number"),
    ],
)
def test_a_fault_is_named_by_file_line_and_key(text: str, line: int, part: str) -> None:
    path = write(text)

    with pytest.raises(UsageError) as raised:
        read_policy()

    assert raised.value.what.startswith(f"{path}, line {line}, ")
    assert part in raised.value.what
    assert raised.value.todo


@pytest.mark.parametrize("content", [b"[guard\n", b"\xff\xfe\x00", b"x = " + b"[" * 100_000])
def test_what_is_no_toml_is_said(content: bytes) -> None:
    write("").write_bytes(content)

    with pytest.raises(HomespunError) as raised:
        read_policy()

    assert str(policy_path()) in raised.value.what


def test_the_closed_form_and_values_on_the_same_text_are_refused() -> None:
    write(
        '[concept.a]\ntexts = ["car"]\nmethod = "closed form"\n\n[concept.b]\ntexts = ["bus", "car"]\n'
        'method = "surgery+values"\n'
    )

    with pytest.raises(UsageError, match="would be its guide"):
        read_policy()
    assert not any(one.cleans and one is Method.CLOSED_FORM for one in Method)


def test_a_measured_threshold_is_kept_with_comments_and_order() -> None:
    write('# mine\n[concept.car]\ntexts = ["car"]  # a thing\n')

    save_measured("sd-1.5", "car", threshold=0.1234567)
    path = save_measured("sd-1.5", "explicit content", threshold=0.25, gate=0.7)

    assert path == folders().config / "policy.toml"
    text = path.read_text("utf-8")
    assert text.startswith('# mine\n[concept.car]\ntexts = ["car"]  # a thing\n')
    assert read_policy().measured == {"sd-1.5": {"car": 0.123457, "explicit content": 0.25}}
    assert read_policy().gates == {"sd-1.5": {"explicit content": 0.7}}
    assert read_policy().gate(read_policy().concepts[0], "sd-1.5") == 0.7
    assert read_policy().gate(read_policy().concepts[0], "other") == 0.86


def test_a_first_threshold_makes_the_file() -> None:
    save_measured("sd", "explicit content", threshold=0.2)

    assert read_policy().threshold(read_policy().concepts[0], "sd") == (0.2, True)
    assert read_policy().threshold(read_policy().concepts[0], "other") == (0.06, False)


def test_a_number_that_python_can_t_read_is_named_by_its_line() -> None:
    path = write(f"[guard]\n\ntau = {'9' * 5000}\n")

    with pytest.raises(UsageError) as raised:
        read_policy()

    assert raised.value.what == f"{path}, line 3: the number there is too long."


def test_a_concept_that_is_off_may_be_without_texts() -> None:
    write('[concept.car]\ntexts = []\nsynonyms = ["automobile"]\non = false\n')

    assert [one.name for one in read_policy().active] == ["explicit content"]


@pytest.mark.parametrize(
    "text",
    [
        "measured = {a = {car = 0.1}}\n",
        "measured = {}\n",
        "measured.a.car = 0.1\n",
        "[measured]\na = {car = 0.1}\n",
        "[measured.a]\ncar = 0.1\n[guard]\n[measured.b]\ncar = 0.2\n",
    ],
)
def test_a_threshold_is_written_however_the_file_is_laid_out(text: str) -> None:
    write(text)
    before = read_policy().measured

    save_measured("sd", "car", threshold=0.3, gate=0.4)
    save_measured("a", "car", threshold=0.2)

    assert read_policy().measured == {**before, "sd": {"car": 0.3}, "a": {"car": 0.2}}
    assert read_policy().gates == {"sd": {"car": 0.4}}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_never_written(value: float) -> None:
    path = write('# mine\n[concept.car]\ntexts = ["car"]\n')

    save_measured("sd", "car", threshold=value, gate=value)
    assert path.read_text("utf-8") == '# mine\n[concept.car]\ntexts = ["car"]\n'
    save_measured("sd", "car", threshold=value, gate=0.4)

    assert (read_policy().measured, read_policy().gates) == ({}, {"sd": {"car": 0.4}})


def test_a_file_that_can_t_be_understood_is_never_overwritten() -> None:
    path = write("[guard\n")

    with pytest.raises(UsageError):
        save_measured("sd", "explicit content", threshold=0.2)

    assert path.read_text("utf-8") == "[guard\n"


def test_every_family_has_four_kinds_that_are_each_other_s_siblings() -> None:
    assert len(families()) == 6
    for family in families().values():
        names = {kind.name for kind in family.kinds}
        assert len(names) == 4
        for kind in family.kinds:
            assert set(kind.siblings) == names - {kind.name}
            assert len(kind.synonyms) == 3
    assert siblings("Car ") == ("bus", "bicycle", "boat")
    assert siblings("cloud") == ()
    assert len(kinds()) == 24
