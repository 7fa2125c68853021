"""`python -m tests.desktop.monkey --events 10000 --seed 7`: let the monkey loose; 1 when it broke something."""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import sys
import tempfile
from pathlib import Path

SOMETHING = 20_261_130


def main(argv: list[str]) -> int:
    """Run in a home of its own, print what happened as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SOMETHING)
    parser.add_argument(
        "--warm", type=int, default=3_000, help="events after which memory and objects are counted first"
    )
    parser.add_argument("--home", type=Path, help="a folder to work in (default: a temporary one)")
    given = parser.parse_args(argv)
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="monkey-", ignore_cleanup_errors=True) as folder:
        home = given.home or Path(folder)
        at_home(home)
        from tests.desktop.monkey.cage import furnish
        from tests.desktop.monkey.run import run

        print(f"seed {given.seed}, {given.events} events in {home}", file=sys.stderr, flush=True)
        report = run(furnish(home), given.seed, given.events, min(given.warm, given.events))
    print("TOLD " + json.dumps(report), flush=True)
    return 1 if report["faults"] else 0


def at_home(home: Path) -> None:
    """Nothing that the monkey does reaches a place outside `home`."""
    home.mkdir(parents=True, exist_ok=True)
    root = Path(__file__).resolve().parents[3]
    os.environ.setdefault("NUMBA_CACHE_DIR", str(root / ".pytest_cache" / "numba"))
    os.environ.update(
        HOME=str(home),
        USERPROFILE=str(home),
        XDG_CACHE_HOME=str(home / "cache"),
        XDG_CONFIG_HOME=str(home / "config"),
        HOMESPUN_HOME=str(home / "homespun"),
        HTTPS_PROXY="http://127.0.0.1:9",  # nobody answers there: downloads fail at once
        DBUS_SESSION_BUS_ADDRESS="disabled:",
        QT_QPA_PLATFORM="offscreen",
    )
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        os.environ.pop(name, None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
