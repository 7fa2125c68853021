"""The launcher's plain C on this machine, under sanitizers: damaged input, and the same answers as the Python beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.handoff import LEAVING, Answer, Rejected, Request, packed_answer, read_answer, read_request
from installer.build.windows_native import SOURCES
from installer.versions import Layout, is_version, order

pytestmark = pytest.mark.packaging
HERE = Path(__file__).parent / "native"
PARTS = ("flat.c", "pointer.c", "names.c", "request.c", "challenge.c")
ROUNDS = 1_000_000


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program `portable`, with everything that sanitizers can check."""
    if shutil.which("gcc") is None:
        pytest.skip("no C compiler (Debian: apt-get install gcc libc6-dev)")
    program = tmp_path_factory.mktemp("portable") / "portable"
    words = [
        "-std=c11",
        "-O1",
        "-g",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover",
    ]
    sources = [HERE / "portable.c", *(SOURCES / part for part in PARTS)]
    subprocess.run(["gcc", *words, "-I", SOURCES, "-o", program, *sources], check=True)
    return program


def asked(portable: Path, *words: str, data: bytes = b"") -> tuple[int, bytes]:
    """Exit code and output. A sanitizer's finding fails the test."""
    done = subprocess.run([portable, *words], input=data, capture_output=True, check=False)
    assert done.stderr == b"", done.stderr.decode(errors="replace")
    return done.returncode, done.stdout


def test_a_million_damaged_messages_break_nothing(portable: Path) -> None:
    code, told = asked(portable, "fuzz", str(ROUNDS), "14")
    assert code == 0
    counts = [int(word) for word in told.decode().split() if word.isdigit()]
    assert counts[0] == ROUNDS
    assert all(count > 100 for count in counts[1:5])  # the damage left enough whole to get past the first check


VERSIONS = st.sampled_from(
    ["1.2.0", "1.10.0", "1.2", "1.2.0rc1", "1.2.0a3", "1.2.0b2", "0.9.9.9", "1.2.0.0", "999999.0"]
)
JUNK = st.sampled_from(
    ["", "..", "1", "1.2.0\n", "v1.2", "1.2.0rc", "1.2.0rc1234", "1234567.0", "1.2.3.4.5", "CON", "1/2.0", "１.2"]
)


@given(first=VERSIONS | JUNK, second=VERSIONS | JUNK)
@settings(max_examples=150, deadline=None)
def test_versions_are_told_from_junk_and_sorted_as_in_python(portable: Path, first: str, second: str) -> None:
    _, told = asked(portable, "order", data=f"{first} {second}".encode())
    good, also_good, sign = map(int, told.split())
    assert (bool(good), bool(also_good)) == (is_version(first), is_version(second))
    if good and also_good:
        assert sign == (order(first) > order(second)) - (order(first) < order(second))


TWINS = ("1.2", "1.2.0.0")
"""As new as 1.2.0: which of them is the newest would be chance."""
VALUES = VERSIONS | JUNK | st.none() | st.integers(0, 3) | st.booleans()
POINTERS = st.fixed_dictionaries(
    {},
    optional={
        "schema": st.just(1) | VALUES,
        "version": VALUES,
        "previous": VALUES,
        "refused": VALUES,
        "by_hand": VALUES,
    },
)


@given(
    pointer=POINTERS,
    there=st.sets(VERSIONS.filter(lambda one: one not in TWINS), max_size=4),
    starts=st.integers(0, 3),
    cut=st.integers(0, 200),
)
@settings(max_examples=300, deadline=None)
def test_the_launcher_chooses_the_version_that_python_chooses(
    portable: Path,
    tmp_path_factory: pytest.TempPathFactory,
    pointer: dict[str, object],
    there: set[str],
    starts: int,
    cut: int,
) -> None:
    if pointer.get("schema") is True:
        pointer["schema"] = 2  # for Python, True is 1
    told = json.dumps(pointer).encode()
    told = told[: cut or None] if cut < 40 else told
    layout = Layout(tmp_path_factory.mktemp("layout"))
    for version in there:
        layout.folder(version).mkdir(parents=True)
    layout.pointer.write_bytes(told)
    named = layout.read()
    if named is not None:
        (layout.root / f"starts-{named.version}").write_bytes(b"." * starts)

    _, chosen = asked(portable, "choose", str(starts), *sorted(there), data=told)
    expected = layout.choose()

    back = "back" if layout.pointer.read_bytes() != told else "stay"
    assert chosen.decode().split() == [expected or "-", back]
    if back == "back":
        assert layout.read() is not None


@given(taken=st.booleans(), why=st.text(max_size=1200) | st.just(LEAVING))
@settings(max_examples=100, deadline=None)
def test_what_the_app_answers_is_read_as_python_reads_it(portable: Path, taken: bool, why: str) -> None:
    line = packed_answer(Answer(taken, why))
    code, told = asked(portable, "answer", data=line)
    assert code == 0
    assert told.split() == [str(int(taken)).encode(), str(int(read_answer(line).why == LEAVING)).encode()]


@given(
    data=st.binary(max_size=60)
    | st.sampled_from([b'{"v":1,"taken":1}\n', b'{"v":2,"taken":true}\n', b'{"taken":true}\n'])
)
@settings(max_examples=100, deadline=None)
def test_what_is_no_answer_to_python_is_none_to_the_launcher(portable: Path, data: bytes) -> None:
    code, _ = asked(portable, "answer", data=data)
    try:
        read_answer(data)
    except Rejected:
        assert code != 0


NAMES = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=40).map("/".__add__)
LONE = st.sampled_from(["/\ud83d", "/\udc80 x", "/\udfff\ud800"])


@given(names=st.lists(NAMES | LONE, min_size=1, max_size=30, unique=True))
@settings(max_examples=150, deadline=None)
def test_names_are_said_as_python_would_say_them(portable: Path, names: list[str]) -> None:
    packed = b"".join(name.encode("utf-8", "surrogatepass") + b"\0" for name in names)
    code, line = asked(portable, "request", "erase", data=packed)
    assert code == 0
    assert json.loads(line) == {"v": 1, "do": "erase", "paths": names}
    if all("\ud83d" not in name and "\ud800" not in name and "\udfff" not in name for name in names):
        assert read_request(line) == Request("erase", tuple(names))
