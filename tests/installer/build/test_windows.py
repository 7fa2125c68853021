"""What `build windows` is made of, without Windows: the Python that somebody brings, the lines for NSIS, archive, signing."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.window.platform.chrome import APP_ID as CHROME_ID
from installer import filelist
from installer.build import tree
from installer.build.msix import NAME as PACKAGE
from installer.build.windows import deliver, portable, setup, signing
from installer.build.windows.runtime import LEFT_OUT, MODULES, NEEDED, copy_runtime, read_runtime
from installer.build.windows.stage import PROGRAMS, SBOM, Stage, check_names
from installer.build.windows_native import ICONS
from installer.failure import ExitCode, Failure
from installer.shell import windows
from installer.verbs import LANGUAGES
from tests.installer.build.binary import pe

ROOT = Path(__file__).resolve().parents[3]
FINAL = (3, 13, 2150, 1013)


def python_for(folder: Path, machine: str = "x64", version: tuple[int, int, int, int] = FINAL) -> Path:
    """A Python for Windows, as far as anybody looks at it."""
    folder.mkdir()
    stem = f"python{version[0]}{version[1]}"
    for name in (*NEEDED, *MODULES, "_wmi.pyd", "winsound.pyd"):
        (folder / name).write_bytes(pe(machine))
    (folder / f"{stem}.dll").write_bytes(pe(machine, version=version))
    (folder / f"{stem}.zip").write_bytes(b"PK")
    (folder / f"{stem}._pth").write_text(f"{stem}.zip\n.\nimport site\n")
    (folder / "LICENSE.txt").write_text("PSF")
    return folder


def test_version_and_processor_are_read_from_the_library_itself(tmp_path: Path) -> None:
    found = read_runtime(python_for(tmp_path / "py", "arm64"), "arm64")
    assert (found.version, found.arch, found.short, found.stem) == ((3, 13, 2), "arm64", "3.13", "python313")


@pytest.mark.parametrize(
    ("machine", "version", "arch", "words"),
    [
        ("x64", FINAL, "arm64", "for x64 processors, not for arm64"),
        ("x86", FINAL, "x64", "for x86 processors"),
        ("x64", (3, 10, 11150, 1013), "x64", "Python 3.10"),
        ("arm64", (3, 11, 9150, 1013), "arm64", "Python 3.11"),
        ("x64", (3, 14, 150, 1013), "x64", "Python 3.14"),
        ("x64", (3, 13, 120, 1013), "x64", "test version"),
    ],
)
def test_a_python_of_another_kind_is_refused_in_words(
    tmp_path: Path, machine: str, version: tuple[int, int, int, int], arch: str, words: str
) -> None:
    with pytest.raises(Failure, match=re.escape(words)) as caught:
        read_runtime(python_for(tmp_path / "py", machine, version), arch)
    assert caught.value.code is ExitCode.PYTHON


@pytest.mark.parametrize("missing", ["python.exe", "_ssl.pyd", "python313.zip", "python313.dll"])
def test_half_a_python_is_refused(tmp_path: Path, missing: str) -> None:
    (python_for(tmp_path / "py") / missing).unlink()
    with pytest.raises(Failure) as caught:
        read_runtime(tmp_path / "py", "x64")
    assert caught.value.code is ExitCode.PYTHON


def test_a_library_for_another_processor_among_the_right_ones_is_found(tmp_path: Path) -> None:
    folder = python_for(tmp_path / "py")
    (folder / "_queue.pyd").write_bytes(pe("arm64"))
    with pytest.raises(Failure, match=r"_queue\.pyd"):
        read_runtime(folder, "x64")


def test_the_python_is_copied_without_what_nobody_needs_and_finds_our_packages(tmp_path: Path) -> None:
    runtime = read_runtime(python_for(tmp_path / "py"), "x64")
    copy_runtime(runtime, tmp_path / "out")
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert "_wmi.pyd" in LEFT_OUT
    assert not {"_wmi.pyd", "winsound.pyd"} & left
    assert (tmp_path / "out" / "python313._pth").read_bytes() == b"python313.zip\r\n.\r\n..\\lib\r\n"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A program folder of a few files."""
    made = Stage(tmp_path / "stage", "1.2.0rc1", tree.WINDOWS_X64, tmp_path / "art", 1_700_000_000)
    for name in ("lib/a b/x.py", "python/python.exe", SBOM):
        (made.home / name).parent.mkdir(parents=True, exist_ok=True)
        (made.home / name).write_text(name)
    for name in PROGRAMS:
        (made.folder / name).write_text(name)
    filelist.write(made.home, made.version, made.platform.name)
    return made


def test_every_file_of_the_version_is_in_the_installer_once(stage: Stage) -> None:
    lines = setup.files(stage).splitlines()
    named = [line[6:-1] for line in lines if line.startswith('File "')]
    assert named == [str(path) for path in stage.files()]
    assert 'SetOutPath "$Into\\lib\\a b"' in lines
    assert sum("Place" in line for line in lines) == len(PROGRAMS)


def test_the_lines_for_the_registry_are_the_entries_and_nothing_else() -> None:
    for language in LANGUAGES:
        lines = list(setup.menus(language))
        wanted = windows.entries("$INSTDIR", language)
        assert len(lines) == 2 + 2 * len(wanted)
        told = [re.findall(r'"((?:[^"$]|\$.)*)"', line.replace('$\\"', "$'")) for line in lines[1 + len(wanted) : -1]]
        assert told == [[one.key, one.name, str(one.value).replace('"', "$'")] for one in wanted]
        assert all("HKCU" in line for line in lines[1:-1])
        assert not any("Classes\\*" in line for line in lines)


def test_a_version_becomes_four_numbers_and_the_file_says_what_it_is_for(stage: Stage) -> None:
    made = setup.Setup(stage, stage.folder)
    assert made.name == "Homespun-1.2.0rc1-x64-Setup.exe"
    assert '!define VERSION4 "1.2.0.0"' in setup.defines(made, Path("x.exe")).splitlines()


def test_an_unsigned_build_says_so_and_a_signed_one_does_not(stage: Stage) -> None:
    assert "not signed" in setup.defines(setup.Setup(stage, stage.folder), Path("x.exe"))
    assert "not signed" not in setup.defines(setup.Setup(stage, stage.folder, signed=True), Path("x.exe"))


@pytest.mark.parametrize("name", ["lib/ü.py", "lib/" + "x" * 160])
def test_names_that_windows_has_trouble_with_stop_the_build(stage: Stage, name: str) -> None:
    check_names(replace(stage, folder=stage.folder / "none"))
    (stage.home / "lib" / "a b" / "x.py").unlink()
    check_names(stage)
    (stage.home / name).write_text("x")
    with pytest.raises(Failure, match="too long or odd"):
        check_names(stage)


def test_the_archive_is_the_same_every_time_and_holds_the_folder(stage: Stage, tmp_path: Path) -> None:
    first = portable.make_portable(stage, tmp_path / "1").read_bytes()
    for path in stage.folder.rglob("*"):
        path.touch()
    second = portable.make_portable(stage, tmp_path / "2")
    assert second.read_bytes() == first
    with zipfile.ZipFile(second) as archive:
        names = archive.namelist()
        assert archive.getinfo("Homespun/homespun.exe").date_time == (2023, 11, 14, 22, 13, 20)
    assert names == sorted(names)
    assert "Homespun/versions/1.2.0rc1/files.json" in names


def test_a_missing_makensis_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(Failure, match="apt-get install nsis") as caught:
        setup.makensis()
    assert caught.value.code is ExitCode.LIBRARY


def test_the_names_that_two_rooms_share_are_the_same() -> None:
    assert setup.APP_ID == CHROME_ID
    assert {name: -number for name, number in ICONS.items()} == windows.ICONS


@pytest.fixture
def certificate(tmp_path: Path) -> signing.Signing:
    """A certificate that nobody trusts."""
    if shutil.which("osslsigncode") is None or shutil.which("openssl") is None:
        pytest.skip("no osslsigncode or openssl (Debian: apt-get install osslsigncode openssl)")
    key, crt, pfx, word = (tmp_path / name for name in ("k.pem", "c.pem", "c.pfx", "word"))
    word.write_text("secret")
    subject = ["-subj", "/CN=Nobody", "-addext", "extendedKeyUsage=codeSigning"]
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(crt), *subject]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    words = ["pkcs12", "-export", "-inkey", str(key), "-in", str(crt), "-out", str(pfx), "-passout", f"file:{word}"]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    return signing.Signing(str(pfx), str(word))


def test_a_program_is_signed_and_a_changed_byte_shows(certificate: signing.Signing, tmp_path: Path) -> None:
    program = tmp_path / "a.exe"
    program.write_bytes(pe("x64", needs=["kernel32.dll"]) + bytes(4096))
    certificate.sign(program)
    told = subprocess.run(["osslsigncode", "verify", str(program)], capture_output=True, text=True, check=False).stdout
    assert "Nobody" in told
    assert "MISMATCH" not in told
    content = bytearray(program.read_bytes())
    content[1500] ^= 1
    program.write_bytes(content)
    told = subprocess.run(["osslsigncode", "verify", str(program)], capture_output=True, text=True, check=False).stdout
    assert "MISMATCH" in told


def test_a_wrong_password_is_told(certificate: signing.Signing, tmp_path: Path) -> None:
    program = tmp_path / "a.exe"
    program.write_bytes(pe("x64") + bytes(4096))
    before = program.read_bytes()
    Path(certificate.password_file).write_text("wrong")
    with pytest.raises(signing.NotSigned):
        certificate.sign(program)
    assert program.read_bytes() == before


def test_installer_and_uninstaller_are_signed(stage: Stage, certificate: signing.Signing, tmp_path: Path) -> None:
    if shutil.which("makensis") is None:
        pytest.skip("no makensis (Debian: apt-get install nsis)")
    draw_nothing(stage.icons)
    (stage.home / "menu").mkdir()
    (stage.home / "menu" / PACKAGE).write_text("a package")  # with it goes what tells Windows of it
    made = deliver(stage, tmp_path / "out", "zlib", certificate, tmp_path / "nsis")
    assert [path.suffix for path in made] == [".exe", ".zip", ".json", ".sha256"]
    told = subprocess.run(["osslsigncode", "verify", str(made[0])], capture_output=True, text=True, check=False).stdout
    assert "Nobody" in told
    assert (tmp_path / "nsis" / signing.CONFIG).is_file()
    sums = made[-1].read_text().splitlines()
    assert [line.split()[1] for line in sums] == [path.name for path in made[:-1]]


def draw_nothing(icons: Path) -> None:
    """Pictures of one colour in the place of ours."""
    from PySide6.QtGui import QImage

    from desktop.window import art

    icons.mkdir()
    for name, size in (("side", (164, 314)), ("header", (150, 57))):
        image = QImage(*size, QImage.Format.Format_RGB888)
        image.fill(0)
        assert image.save(str(icons / f"{name}.bmp"))
    (icons / "homespun.ico").write_bytes(art.ico([art.app_icon(32)]))
