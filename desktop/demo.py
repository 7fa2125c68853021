"""`python3 -m installer demo`: the main jobs on real files, by the very commands that a person types.

A sample photo loses a sign and another becomes larger; then a household's documents, made by `desktop.demo_documents`, and this project's own pages are indexed in a folder that is
deleted afterwards. The pictures stay, to be looked at; nothing of the person's own is read or changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from desktop.cli import main as homespun
from desktop.demo_documents import write_demo_documents
from desktop.demo_pictures import SHEET, show_pictures

SENTENCES = (
    "the contract for the flat",
    "how much did the heating cost last winter",
    "photos from summer 2019",
    "slides about penguins",
    "why is a file not found",
)
"""Plain language, each found by another road: meaning, meaning and a number, date and kind, kind, the project's docs."""

HITS = "3"

PICTURES = "homespun-demo"
"""The folder, in the current one, that the pictures are written to."""


def main(arguments: list[str]) -> int:
    """Show the demonstration, then answer the sentences given instead of the five, if any. Returns an exit code."""
    # Before the home is another one: what is compiled for the pictures stays in the person's own cache, for the first real use.
    code = 0 if arguments else _pictures()
    with tempfile.TemporaryDirectory(prefix="homespun-demo-") as scratch:
        folder = Path(scratch)
        os.environ["HOMESPUN_HOME"] = str(folder / "home")
        documents = folder / "Documents"
        written = write_demo_documents(documents)
        pages = Path(__file__).resolve().parents[1] / "docs"
        if not code:
            sys.stdout.write(f"\nMade {len(written)} everyday documents in {documents}.\n")
        code = code or _command("index", "add", str(documents), str(pages))
        for sentence in arguments or SENTENCES:
            code = code or _command("search", sentence, "--limit", HITS)
        if not code:
            sys.stdout.write(
                "\nYour own files: .venv/bin/homespun index add FOLDER, then .venv/bin/homespun search …"
                "\nYour own photos: .venv/bin/homespun erase PHOTO --click X,Y; .venv/bin/homespun upscale PHOTO"
                "\nAll of it in a window: .venv/bin/homespun app"
                "\nIn the file manager's right-click menu: .venv/bin/homespun shell install\n"
            )
        return code


def _pictures() -> int:
    folder = Path(PICTURES).absolute()
    code = show_pictures(folder, _command)
    if not code:
        sys.stdout.write(f"\nLook at them side by side: {folder / SHEET}\n")
    return code


def _command(*words: str) -> int:
    """Run one command of the command line in this process, shown as it would be typed."""
    typed = " ".join(f'"{word}"' if " " in word else word for word in words)
    sys.stdout.write(f"\n$ homespun {typed}\n")
    sys.stdout.flush()
    return homespun(list(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
