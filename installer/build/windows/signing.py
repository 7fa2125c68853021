"""Signing programs and libraries with osslsigncode, where whoever builds has a certificate.

A signature holds a time, so a signed file is never the same twice; compare builds before they are signed. Without a
certificate nothing is signed and the installer says so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "Homespun"
_HARMLESS = re.compile(r"[A-Za-z0-9_./+-]+")
CONFIG = "signing.json"


class NotSigned(Exception):
    """osslsigncode failed; the text is what it said."""


@dataclass(frozen=True)
class Signing:
    """A certificate with its key (`pfx`), a file with its password, and a server for time stamps (RFC 3161)."""

    pfx: str
    password_file: str = ""
    timestamp: str = ""

    def sign(self, path: Path) -> None:
        """Sign `path` in its place. Raises `NotSigned`."""
        program = shutil.which("osslsigncode")
        if program is None:
            raise NotSigned("osslsigncode is not here (Debian: sudo apt-get install osslsigncode)")
        signed = path.with_name(f"{path.name}.signed")
        signed.unlink(missing_ok=True)
        words = ["sign", "-pkcs12", self.pfx, "-h", "sha256", "-n", NAME]
        words += ["-readpass", self.password_file] if self.password_file else []
        words += ["-ts", self.timestamp] if self.timestamp else []
        ended = subprocess.run(
            [program, *words, "-in", str(path), "-out", str(signed)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if ended.returncode or not signed.is_file():
            raise NotSigned(ended.stdout)
        os.replace(signed, path)

    def uninstaller_command(self, work: Path) -> str:
        """The line by which makensis signs the uninstaller that it has just made: this module, with its words in `work`.

        makensis hands the line to a shell, so it may hold nothing that a shell would change. Raises `NotSigned` for a Python or
        a folder with such a name.
        """
        script = work / "signing.py"
        shutil.copyfile(__file__, script)
        (work / CONFIG).write_text(json.dumps(asdict(self)), encoding="utf-8")
        for part in (sys.executable, str(script)):
            if not _HARMLESS.fullmatch(part):
                raise NotSigned(f"the path {part} has signs that a shell would change; build in another folder")
        return f'{sys.executable} -I {script} "%1"'


def main(words: Sequence[str]) -> int:
    """Sign the files that are named, as `signing.json` beside this file says."""
    told = json.loads((Path(__file__).parent / CONFIG).read_text(encoding="utf-8"))
    try:
        for word in words:
            Signing(**told).sign(Path(word))
    except NotSigned as why:
        sys.stderr.write(f"{why}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
