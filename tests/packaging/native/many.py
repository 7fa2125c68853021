"""Starts many programs one after the other without waiting, as Explorer does, then prints their exit codes.

python many.py FILE: a JSON list of lists, each a program and its arguments.
"""

from __future__ import annotations

import json
import subprocess
import sys

with open(sys.argv[1], encoding="utf-8") as stream:
    wanted = json.load(stream)
started = [subprocess.Popen(words) for words in wanted]
sys.stdout.write(json.dumps([one.wait() for one in started]) + "\n")
