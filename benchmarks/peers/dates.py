"""dateparser as a peer, run by the Python that has it: JSON sentences on standard input, JSON findings on standard output.

This file is a script of its own, so that the peer needs nothing of ours.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from importlib.metadata import version


def main() -> None:
    """Print {"version", "found"}: for each sentence the dates in it as ISO days, [] for none."""
    from dateparser.search import search_dates  # type: ignore[import-not-found,import-untyped,unused-ignore]  # the peer's own Python

    asked = json.load(sys.stdin)
    base = datetime.fromisoformat(asked["today"])  # naive, as dateparser's RELATIVE_BASE has to be
    found = []
    for sentence in asked["sentences"]:
        dates = search_dates(sentence, languages=["en"], settings={"RELATIVE_BASE": base}) or []
        found.append([date.date().isoformat() for _, date in dates])
    json.dump({"version": version("dateparser"), "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
