"""The papers of a Debian package: its control file, its copyright, its changelog, and what lintian is told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from installer.build import spdx
from installer.build.linux.libraries import Needs
from installer.build.packages import Package

COMMON = {
    "Apache-2.0": "Apache-2.0",
    "LGPL-2.1-or-later": "LGPL-2.1",
    "LGPL-3.0-only": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
    "CC0-1.0": "CC0-1.0",
}
"""SPDX → the text that every Debian has in /usr/share/common-licenses."""
DESCRIPTION = """\
finds files by meaning, erases things from photos, enlarges them
 Homespun finds the files on your computer by what they are about, erases
 things from photos, and enlarges them. It keeps one index on your disk,
 works without a download, and sends nothing anywhere.
 .
 A right click in the file manager erases something from a picture,
 enlarges it, or searches a folder. Originals stay as they are.
 .
 This package brings what it needs but for Python and the libraries of the
 desktop. It never asks for updates by itself unless you said so."""
OVERRIDES = """\
# The program and its libraries are one piece, tested together at exactly these versions; the free software in it is listed,
# with its licences, in /opt/homespun/sbom.cdx.json and /opt/homespun/licences. It is no part of Debian, hence /opt.
homespun: dir-or-file-in-opt
homespun: extra-license-file
# Qt, OpenBLAS, FreeType and others come as their makers built them, so that results are the same on every computer.
homespun: embedded-library
homespun: unstripped-binary-or-object
homespun: binary-has-unneeded-section
homespun: custom-library-search-path
homespun: executable-stack-in-shared-library
homespun: exit-in-shared-library
homespun: hardening-no-bindnow
homespun: hardening-no-fortify-functions
homespun: library-not-linked-against-libc
homespun: shared-library-lacks-prerequisites
homespun: spelling-error-in-binary
# Files of the wheels are left as they are: modules with the first line of a script, names in Latin-1, folders in folders.
homespun: national-encoding
homespun: package-contains-documentation-outside-usr-share-doc
homespun: repeated-path-segment
homespun: script-not-executable
homespun: unusual-interpreter
# Bytecode is made with the package and never compared with its source (PEP 552): /opt is no place that Debian compiles, and
# nothing is to be written there later.
homespun: package-installs-python-pycache-dir
# There is no bug in Debian's list that asks for it.
homespun: initial-upload-closes-no-bugs
"""
NO_ADDRESS = """\
# Whoever hands out a package sets DEBFULLNAME and DEBEMAIL. This one was built to be tried.
homespun: bogus-mail-host
homespun: bogus-mail-host-in-debian-changelog
"""


@dataclass(frozen=True)
class Build:
    """What all papers say: version, Debian's name of the processor, the Python (3, 11), and the time since 1970."""

    version: str
    architecture: str
    python: tuple[int, int]
    time: int

    @property
    def debian_version(self) -> str:
        """1.2.0rc1 → 1.2.0~rc1-1: before the final one."""
        return re.sub(r"(a|b|rc)(\d+)$", r"~\1\2", self.version) + "-1"

    @property
    def file_name(self) -> str:
        """The name of the package's file."""
        return f"homespun_{self.debian_version}_{self.architecture}.deb"


def maintainer() -> str:
    """Who made the package: DEBFULLNAME and DEBEMAIL, as Debian's own tools have it."""
    name = os.environ.get("DEBFULLNAME") or "The Homespun authors"
    return f"{name} <{os.environ.get('DEBEMAIL') or 'homespun@localhost.localdomain'}>"


def overrides() -> str:
    """What lintian is told, with reasons."""
    return OVERRIDES + ("" if os.environ.get("DEBEMAIL") else NO_ADDRESS)


def control(build: Build, needs: Needs, size: int) -> str:
    """The control file. `size` is in bytes."""
    major, minor = build.python
    python = (f"python3 (>= {major}.{minor})", f"python3 (<< {major}.{minor + 1})")
    rows = {
        "Package": "homespun",
        "Version": build.debian_version,
        "Architecture": build.architecture,
        "Maintainer": maintainer(),
        "Installed-Size": str((size + 1023) // 1024),
        "Depends": ", ".join((*python, *needs.depends)),
        "Recommends": ", ".join(("fonts-dejavu-core | fonts-noto-core", *needs.recommends, "xdg-utils")),
        "Suggests": "python3-nautilus, python3-caja",
        "Section": "graphics",
        "Priority": "optional",
        "Description": DESCRIPTION,
    }
    return "".join(f"{key}: {value}\n" for key, value in rows.items())


def changelog(build: Build) -> str:
    """Debian's changelog: the package alone; what changed in the program is told in the other one."""
    date = format_datetime(datetime.fromtimestamp(build.time, UTC))
    return (
        f"homespun ({build.debian_version}) unstable; urgency=medium\n\n"
        f"  * Homespun {build.version}; what is new in it is told in changelog.gz.\n\n -- {maintainer()}  {date}\n"
    )


def copyright_file(packages: Iterable[Package]) -> str:
    """The machine-readable copyright (DEP-5): ours, and each package's with the place of its words."""
    rows = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        "Upstream-Name: Homespun",
        "Comment: All licences, and where the source of Qt and others comes from, are in /opt/homespun/licences.",
        "",
        "Files: *",
        "Copyright: The Homespun authors",
        "License: Apache-2.0",
    ]
    names = {"Apache-2.0"}
    for one in packages:
        places = " ".join(f"opt/homespun/lib/{top}" for top in _tops(one.files))
        expression = _chosen(one.licence)
        names.update(spdx.names(expression))
        rows += [
            "",
            f"Files: {places}",
            f"Copyright: its authors, as /opt/homespun/licences/{one.name}-{one.version} tells",
            f"License: {_dep5(expression)}",
        ]
    for name in sorted(names):
        rows += ["", f"License: {_dep5(name)}", *_text(name)]
    return "\n".join(rows) + "\n"


def _chosen(expression: str) -> str:
    """Of a choice that Debian's form can't say briefly, the side that we take."""
    return "LGPL-3.0-only" if "LGPL-3.0-only OR" in expression else expression


def _dep5(expression: str) -> str:
    """SPDX's words in DEP-5's: AND and OR are written small, an exception is part of the name."""
    return (
        expression.replace(" AND ", " and ")
        .replace(" OR ", " or ")
        .replace(" WITH ", "-with-")
        .replace("(", "")
        .replace(")", "")
    )


def _text(name: str) -> Sequence[str]:
    if name in COMMON:
        return (f" On Debian systems the text is in /usr/share/common-licenses/{COMMON[name]}.",)
    return (f" The text of {name} is in /opt/homespun/licences, with the packages that are under it.",)


def _tops(files: Iterable[str]) -> list[str]:
    """The top entries of what a package brought."""
    found: dict[str, str] = {}
    for name in files:
        top, _, rest = name.partition("/")
        if top != "bin" and not top.endswith(".data"):
            found[top] = f"{top}/*" if rest else top
    return sorted(found.values())
