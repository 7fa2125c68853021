"""Repair: what it finds, what it mends by itself, and what it leaves to the person."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

import models
from desktop.cli import main
from desktop.repair import PARTS, Ask, Finding, Part, State, look
from desktop.updates.apply import archives
from homespun.folders import folders, make_private
from homespun.progress import Progress
from homespun.settings import save_value
from installer import filelist
from installer.shell import Did, Outcome, Status
from installer.shell import State as MenuState
from installer.versions import Installation, Kind, Pointer
from tests.desktop.updates import conftest as updates
from tests.desktop.updates.world import RELEASE, STRANGER, World, archive_of, make_version, signed
from tests.models import conftest as servers
from tests.models.conftest import Server

server, world = updates.server, updates.world
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the versions of these tests start by a shell script")


@pytest.fixture
def installed(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """1.0.0 is what runs here."""
    for place in ("desktop.repair.parts", "desktop.repair.program"):
        monkeypatch.setattr(f"{place}.this_installation", lambda: world.installation)
    return world


def found(part: Part, *, mend: bool = False, yes: bool = False) -> list[Finding]:
    return list(look([part], Ask(mend=mend, agree=lambda _question: yes)))


def only(part: Part, **how: bool) -> Finding:
    (one,) = found(part, **how)
    return one


def test_every_part_has_its_look() -> None:
    assert set(PARTS) == set(Part)


# the program


def test_a_whole_program_is_fine(installed: World) -> None:
    assert only(Part.PROGRAM, mend=True) == Finding(
        Part.PROGRAM, State.FINE, "Every file of Homespun 1.0.0 is as it was made."
    )


def test_what_another_version_has_is_put_back_without_a_network(installed: World, server: Server) -> None:
    make_version(installed.root / "versions" / "0.9.0", "0.9.0", installed.note)
    gone = installed.layout.folder("1.0.0") / "lib" / "shared.txt"
    gone.unlink()
    assert only(Part.PROGRAM).details == ("lib/shared.txt",)
    assert not gone.exists()
    assert only(Part.PROGRAM, mend=True).state is State.MENDED
    assert filelist.verify(installed.layout.folder("1.0.0")).whole
    assert installed.layout.leftovers() == ()
    assert server.seen == []


def test_a_copy_that_is_damaged_too_is_not_used(installed: World) -> None:
    other = make_version(installed.root / "versions" / "0.9.0", "0.9.0", installed.note)
    (other / "lib" / "shared.txt").write_text("the same in no version!!\n")
    changed = installed.layout.folder("1.0.0") / "lib" / "shared.txt"
    changed.write_text("edited\n")
    assert only(Part.PROGRAM, mend=True).state is State.BROKEN
    assert changed.read_text() == "edited\n"


def announce(world: World, server: Server) -> None:
    """Put the running version on the server, as whoever published it left it there."""
    world.archive = archive_of(world.layout.folder("1.0.0"), "1.0.0")
    name = "Homespun-1.0.0-windows-x64.zip"
    file = {"platform": "windows-x64", "name": name, "size": len(world.archive)}
    file["sha256"] = hashlib.sha256(world.archive).hexdigest()
    server.serve("/homespun/1.0.0.manifest", signed(world.manifest(version="1.0.0", files=[file])))
    server.serve(f"/homespun/{name}", world.archive)


def test_damaged_files_are_fetched_again_after_a_yes(installed: World, server: Server) -> None:
    announce(installed, server)
    folder = installed.layout.folder("1.0.0")
    (folder / "lib" / "big.bin").write_bytes(b"short")
    (folder / "python" / "python.exe").unlink()
    (installed.root / "homespun-launch.exe").unlink()
    assert only(Part.PROGRAM, mend=True).state is State.BROKEN
    assert server.seen == []
    mended = only(Part.PROGRAM, mend=True, yes=True)
    assert mended.state is State.MENDED
    assert mended.details == ("lib/big.bin", "python/python.exe", "homespun-launch.exe")
    assert installed.works() == "1.0.0"
    assert (installed.root / "homespun-launch.exe").read_bytes() == b"MZ launcher"
    assert archives(installed.cache) == ()
    assert installed.layout.leftovers() == ()


def test_a_damaged_list_is_fetched_again_with_all_that_differs(installed: World, server: Server) -> None:
    announce(installed, server)
    folder = installed.layout.folder("1.0.0")
    (folder / "files.json").write_text("{")
    (folder / "lib" / "shared.txt").write_text("edited\n")
    kept = (folder / "lib" / "big.bin").stat().st_ino
    told = only(Part.PROGRAM, mend=True, yes=True)
    assert (told.state, told.what[:36]) == (State.MENDED, "The list of the files of Homespun 1.")
    assert installed.works() == "1.0.0"
    assert (folder / "lib" / "big.bin").stat().st_ino == kept


def test_an_archive_by_a_stranger_mends_nothing(installed: World, server: Server) -> None:
    announce(installed, server)
    server.serve("/homespun/1.0.0.manifest", signed(installed.manifest(version="1.0.0"), STRANGER))
    gone = installed.layout.folder("1.0.0") / "lib" / "big.bin"
    gone.unlink()
    told = only(Part.PROGRAM, mend=True, yes=True)
    assert told.state is State.BROKEN
    assert "not signed by Homespun's key" in told.what
    assert not gone.exists()


def test_a_newer_version_is_no_repair(installed: World, server: Server) -> None:
    server.serve("/homespun/1.0.0.manifest", signed(installed.manifest(version="1.1.0")))
    (installed.layout.folder("1.0.0") / "lib" / "big.bin").unlink()
    told = only(Part.PROGRAM, mend=True, yes=True)
    assert told.state is State.BROKEN
    assert "no longer" in told.what
    assert "installer" in told.todo


def sign_list(world: World, key: SigningKey) -> None:
    folder = world.layout.folder("1.0.0")
    (folder / "files.json.sig").write_bytes(key.sign((folder / "files.json").read_bytes()).signature)


def test_a_signed_list_is_believed_only_with_its_signature(installed: World) -> None:
    sign_list(installed, RELEASE)
    assert only(Part.PROGRAM).state is State.FINE
    folder = installed.layout.folder("1.0.0")
    (folder / "lib" / "shared.txt").write_text("edited\n")
    filelist.write(folder, "1.0.0", "windows-x64")  # whoever edits a file may edit the list
    assert only(Part.PROGRAM).state is State.BROKEN
    sign_list(installed, STRANGER)
    assert only(Part.PROGRAM).state is State.BROKEN


def test_a_lost_pointer_is_written_again(installed: World) -> None:
    installed.layout.pointer.unlink()
    assert [one.state for one in found(Part.PROGRAM)] == [State.BROKEN, State.FINE]
    assert not installed.layout.pointer.exists()
    assert [one.state for one in found(Part.PROGRAM, mend=True)] == [State.MENDED, State.FINE]
    assert installed.layout.read() == Pointer("1.0.0")


def test_a_file_in_use_is_moved_out_of_the_way(installed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_version(installed.root / "versions" / "0.9.0", "0.9.0", installed.note)
    target = installed.layout.folder("1.0.0") / "lib" / "shared.txt"
    target.write_text("edited\n")
    real = os.replace

    def loaded(source: Any, into: Any) -> None:
        if Path(into) == target and target.exists():
            raise PermissionError(13, "it is loaded")
        real(source, into)

    monkeypatch.setattr(os, "replace", loaded)
    assert only(Part.PROGRAM, mend=True).state is State.MENDED
    assert installed.layout.leftovers() != ()  # it goes with the next tidy-up


def test_a_package_is_asked_of_dpkg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = Installation(Kind.DEB, tmp_path, "1.0.0", "linux-x64", {})
    monkeypatch.setattr("desktop.repair.program.this_installation", lambda: here)
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/dpkg")
    asked: list[list[str]] = []
    answers = iter(
        [
            ("", "", 0),
            ("??5??????   /opt/homespun/lib/x.py\nmissing   c /opt/homespun/y z\n", "", 0),
            ("", "no such", 1),
        ]
    )

    def run(command: list[str], **_how: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        out, errors, code = next(answers)
        return subprocess.CompletedProcess(command, code, out, errors)

    monkeypatch.setattr(subprocess, "run", run)
    assert only(Part.PROGRAM).state is State.FINE
    broken = only(Part.PROGRAM, mend=True)
    assert broken.details == ("/opt/homespun/lib/x.py", "/opt/homespun/y z")
    assert "sudo apt install --reinstall" in broken.todo
    assert "no such" in only(Part.PROGRAM).what
    assert asked == [["/usr/bin/dpkg", "--verify", "homespun"]] * 3


def test_a_wheel_is_compared_with_its_own_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = Installation(Kind.WHEEL, tmp_path, "1.0.0", "linux-x64", {})
    monkeypatch.setattr("desktop.repair.program.this_installation", lambda: here)
    monkeypatch.setattr("desktop.repair.program.PACKAGE", "hypothesis")  # a wheel that is really here
    assert only(Part.PROGRAM).state is State.FINE
    monkeypatch.setattr("desktop.repair.program.PACKAGE", "no-such-wheel")
    assert only(Part.PROGRAM).state is State.NOTE


# what lies around it


def test_leftovers_of_an_update_are_deleted(installed: World) -> None:
    make_private(installed.cache)
    (installed.cache / "Homespun-1.1.0-windows-x64.zip.part").write_bytes(b"x")
    (installed.root / "versions" / "1.1.0.tmp").mkdir()
    (installed.root / "starts-0.1.0").write_bytes(b"..")
    assert only(Part.UPDATES).state is State.NOTE
    assert len(only(Part.UPDATES, mend=True).details) == 3
    assert only(Part.UPDATES).state is State.FINE
    assert installed.works() == "1.0.0"


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are Unix's")
def test_folders_that_others_can_look_into_are_closed(home: Path) -> None:
    data = make_private(folders().data)
    data.chmod(0o755)
    assert only(Part.FOLDERS).state is State.BROKEN
    assert data.stat().st_mode & 0o777 == 0o755
    assert only(Part.FOLDERS, mend=True).state is State.MENDED
    assert data.stat().st_mode & 0o777 == 0o700
    assert only(Part.FOLDERS).state is State.FINE


def test_a_file_in_the_place_of_a_folder_is_named_and_left(home: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("mine")
    told = only(Part.FOLDERS, mend=True)
    assert (told.state, "is no folder" in told.what) == (State.BROKEN, True)
    assert (home / "cache").read_text() == "mine"


def test_settings_are_named_and_never_changed(home: Path) -> None:
    assert only(Part.SETTINGS).state is State.FINE
    make_private(folders().config)
    folders().settings.write_text("[search]\nlimit = 'many'\n")
    told = only(Part.SETTINGS, mend=True, yes=True)
    assert (told.state, "line 2" in told.what) == (State.BROKEN, True)
    assert folders().settings.read_text() == "[search]\nlimit = 'many'\n"
    folders().settings.write_text("[search]\nlimti = 7\n")
    assert only(Part.SETTINGS).details == ("line 2: search.limti",)


def test_menus_that_are_broken_are_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    states = {"thunar": MenuState.BROKEN, "nemo": MenuState.ABSENT}
    asked: list[Any] = []

    def install(names: list[str]) -> tuple[Outcome, ...]:
        asked.append(names)
        states["thunar"] = MenuState.PRESENT
        return (Outcome("thunar", Did.WRITTEN),)

    monkeypatch.setattr(
        "desktop.menus.status",
        lambda: tuple(Status(name, state, "It starts nothing.") for name, state in states.items()),
    )
    monkeypatch.setattr("desktop.menus.install", install)
    assert only(Part.MENUS).state is State.BROKEN
    assert asked == []
    assert only(Part.MENUS, mend=True).state is State.MENDED
    assert asked == [["thunar"]]  # what the person never had is not added
    assert only(Part.MENUS).state is State.FINE


def test_a_menu_that_was_left_alone_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.menus.status", lambda: (Status("thunar", MenuState.BROKEN, "It is changed."),))
    outcome = Outcome("thunar", Did.KEPT, why="The file is yours now.", todo="Delete it.")
    monkeypatch.setattr("desktop.menus.install", lambda _names: (outcome,))
    told = only(Part.MENUS, mend=True)
    assert (told.state, told.todo) == (State.BROKEN, "Delete it.")
    assert told.what.endswith("The file is yours now.")


@pytest.fixture
def thing(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model that was downloaded and is damaged now; its file."""
    body = b"weights" * 1000
    server.serve("/model.onnx", body)
    catalog = servers.plain_entry(f"{server.url}/model.onnx", body)
    store = models.Store(catalog, tmp_path / "models", tmp_path / "bundled", servers.QUICK)
    monkeypatch.setattr(models, "store", lambda: store)
    monkeypatch.setattr(models, "shipped", lambda: catalog)
    store.get("thing", consent=True, mirror=None, progress=Progress())
    assert only(Part.MODELS).state is State.FINE
    server.seen.clear()
    file = tmp_path / "models" / "thing" / "model.onnx"
    file.write_bytes(body[::-1])
    return file


def test_a_damaged_model_is_downloaded_again_only_after_a_yes(thing: Path, server: Server) -> None:
    told = only(Part.MODELS, mend=True)
    assert (told.state, told.details) == (State.BROKEN, ("model.onnx",))
    assert only(Part.MODELS, yes=True).state is State.BROKEN  # a look is no repair
    assert server.seen == []
    assert only(Part.MODELS, mend=True, yes=True).state is State.MENDED
    assert only(Part.MODELS).state is State.FINE


def test_a_damaged_model_comes_from_the_mirror_without_a_network(thing: Path, server: Server, tmp_path: Path) -> None:
    (tmp_path / "mirror" / "thing").mkdir(parents=True)
    (tmp_path / "mirror" / "thing" / "model.onnx").write_bytes(b"weights" * 1000)
    make_private(folders().config)
    save_value(folders().settings, "models.mirror", str(tmp_path / "mirror"))
    assert only(Part.MODELS, mend=True).state is State.MENDED
    assert server.seen == []


def test_downloads_that_are_switched_off_stay_off(thing: Path, server: Server) -> None:
    make_private(folders().config)
    save_value(folders().settings, "models.allow_downloads", "never")
    assert only(Part.MODELS, mend=True, yes=True).state is State.BROKEN
    assert server.seen == []


def test_an_index_that_is_damaged_is_moved_aside_only_after_a_yes(home: Path) -> None:
    import indexer

    assert only(Part.INDEX).what == "There is no index yet."
    with indexer.open_index(create=True):
        pass
    assert only(Part.INDEX).state is State.FINE
    folders().index.write_bytes(b"not a database" * 500)
    assert only(Part.INDEX, mend=True).state is State.BROKEN
    assert folders().index.read_bytes().startswith(b"not a database")
    mended = only(Part.INDEX, mend=True, yes=True)
    assert mended.state is State.MENDED
    assert [path.name for path in folders().data.glob("index.sqlite.damaged-*")] != []
    assert only(Part.INDEX).state is State.FINE


# the command


def test_the_command_says_what_it_found_and_its_exit_code_what_is_left(
    installed: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.menus.status", lambda: ())
    assert main(["repair", "--only", "program", "--only", "folders"]) == 0
    (installed.layout.folder("1.0.0") / "lib" / "big.bin").unlink()
    assert main(["repair", "--check", "--only", "program"]) == 5
    told = capsys.readouterr()
    assert "lib/big.bin" in told.out
    assert "One thing is not as it should be." in told.err
    assert main(["repair", "--json", "--only", "program"]) == 5
    (data,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert data["whole"] is False
    assert data["findings"][0]["details"] == ["lib/big.bin"]


def test_the_command_fetches_with_yes_alone(
    installed: World, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(installed, server)
    gone = installed.layout.folder("1.0.0") / "lib" / "big.bin"
    gone.unlink()
    assert main(["repair", "--only", "program"]) == 5
    assert server.seen == []
    assert main(["repair", "--yes", "--only", "program"]) == 0
    assert gone.exists()
    capsys.readouterr()


def test_one_part_that_cannot_be_looked_at_hides_no_other(home: Path) -> None:
    make_private(folders().config)
    folders().settings.write_text("[")
    assert [one.state for one in look([Part.SETTINGS, Part.UPDATES], Ask())] == [State.BROKEN, State.FINE]


def test_a_company_server_is_asked_instead(installed: World, server: Server) -> None:
    announce(installed, server)
    server.serve("/company/1.0.0.manifest", server.files["/homespun/1.0.0.manifest"].body)
    server.serve("/company/Homespun-1.0.0-windows-x64.zip", installed.archive)
    make_private(folders().config)
    save_value(folders().settings, "updates.server", f"{server.url}/company")
    (installed.layout.folder("1.0.0") / "lib" / "big.bin").unlink()
    assert only(Part.PROGRAM, mend=True, yes=True).state is State.MENDED
    assert {path.split("/")[1] for _, path, _, _ in server.seen} == {"company"}
