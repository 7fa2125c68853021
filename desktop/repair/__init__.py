"""What keeps Homespun from working as it should, looked for part by part, and mended where that needs nobody's help.

A person's own files are never changed: settings that can't be understood are named, and a damaged index is moved aside only
after a yes. Nothing is fetched without one.
"""

from __future__ import annotations

from desktop.repair.finding import Ask, Finding, Part, State
from desktop.repair.parts import PARTS, look

__all__ = ["PARTS", "Ask", "Finding", "Part", "State", "look"]
