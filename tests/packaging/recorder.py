"""Stands for the program in a menu: writes the words of its start, all but the first, to the file that the first names."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

path = Path(sys.argv[1])
part = path.with_suffix(".part")
part.write_text(json.dumps(sys.argv[2:]), encoding="utf-8")
os.replace(part, path)
