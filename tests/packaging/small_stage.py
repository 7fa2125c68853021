"""A program folder of a few files, with programs that note how they were called, for tests of the installer itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from installer import filelist
from installer.build import tree
from installer.build.windows.stage import PROGRAMS, Stage
from tests.packaging.windows_python import COMPILER, Unavailable

RECORDER = r"""
#include <windows.h>
#include <stdio.h>
/* Appends its arguments, one a line in UTF-8, to calls.txt in %TEMP%; ends with the code in %HOMESPUN_TEST_CODE%. */
int wmain(int count, wchar_t **words) {
    wchar_t path[MAX_PATH], code[16];
    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"calls.txt");
    FILE *file = _wfopen(path, L"ab");
    for (int i = 0; i < count; i++) {
        char text[4096];
        WideCharToMultiByte(CP_UTF8, 0, words[i], -1, text, sizeof text, NULL, NULL);
        fprintf(file, "%s\n", text);
    }
    fprintf(file, ".\n");
    fclose(file);
    return GetEnvironmentVariableW(L"HOMESPUN_TEST_CODE", code, 16) ? _wtoi(code) : 0;
}
"""
STARTER = r"""
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
/* line FILE: start the command line in FILE as it stands, end with its code.
   verb CLASSKEY VERB FILE: what Explorer does for a verb below HKEY_CURRENT_USER\CLASSKEY. */
int wmain(int count, wchar_t **words) {
    if (count == 3) {
        static char text[8192];
        static wchar_t line[8192];
        FILE *file = _wfopen(words[2], L"rb");
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        MultiByteToWideChar(CP_UTF8, 0, text, -1, line, 8192);
        STARTUPINFOW how = {sizeof how};
        PROCESS_INFORMATION what;
        DWORD code;
        if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &how, &what)) return 99;
        WaitForSingleObject(what.hProcess, INFINITE);
        GetExitCodeProcess(what.hProcess, &code);
        return code;
    }
    SHELLEXECUTEINFOW how = {sizeof how};
    how.fMask = SEE_MASK_CLASSKEY | SEE_MASK_NOCLOSEPROCESS | SEE_MASK_FLAG_NO_UI;
    if (RegOpenKeyW(HKEY_CURRENT_USER, words[2], &how.hkeyClass)) return 98;
    how.lpVerb = words[3];
    how.lpFile = words[4];
    how.nShow = SW_SHOWNORMAL;
    if (!ShellExecuteExW(&how)) return 97;
    WaitForSingleObject(how.hProcess, 60000);
    return 0;
}
"""
TIME = 1_700_000_000


def compiled(folder: Path, name: str, source: str) -> Path:
    """The program `name` made of `source`, once in `folder`. Raises `Unavailable`."""
    target = folder / f"{name}.exe"
    if not target.is_file():
        if shutil.which(COMPILER) is None:
            raise Unavailable("no compiler for Windows (Debian: apt-get install gcc-mingw-w64-x86-64)")
        text = folder / f"{name}.c"
        text.write_text(source, encoding="utf-8")
        words = ["-municode", "-O1", "-s", "-Wl,--no-insert-timestamp", "-o", str(target), str(text)]
        subprocess.run([COMPILER, *words], check=True)
    return target


def recorder(folder: Path) -> Path:
    """The program that notes how it was called."""
    return compiled(folder, "recorder", RECORDER)


def starter(folder: Path) -> Path:
    """The program that starts others as Explorer does."""
    return compiled(folder, "starter", STARTER)


def small_stage(folder: Path, version: str, program: Path, art: Path, *, more: dict[str, str] | None = None) -> Stage:
    """A stage of `version` in `folder`; `program` stands in for all programs, `more` are further files of the version."""
    made = Stage(folder, version, tree.WINDOWS_X64, art, TIME)
    contents = {
        "lib/homespun/__init__.py": f'__version__ = "{version}"\n',
        "lib/homespun/deep/er/thing.txt": "x" * 3000,
        "python/python313._pth": "..\\lib\r\n",
        "licences/README.txt": "none\n",
        "menu/homespunmenu.txt": version,
        **(more or {}),
    }
    for name, text in contents.items():
        path = made.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    for path in (*(folder / name for name in PROGRAMS), made.home / "python" / "pythonw.exe"):
        shutil.copyfile(program, path)
    filelist.write(made.home, version, made.platform.name)
    return made
