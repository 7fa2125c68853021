"""The document service inside the test's own process, with a small picture to open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from desktop.workers import make_sheet
from desktop.workers.calls import Call, Handler
from desktop.workers.document import open_service
from engines.pictures import Picture
from homespun.progress import Progress


class Service:
    """The handlers, with the place of the documents."""

    def __init__(self, folder: Path) -> None:
        self.handlers: dict[str, Handler] = open_service()
        self.place = folder / "editing"
        self.photo = folder / "photo.png"
        pixels = np.random.default_rng(2).integers(0, 256, (64, 80, 3), np.uint8)
        Picture.new(pixels).save(self.photo, mark_edited=False)

    def ask(self, do: str, **told: Any) -> Mapping[str, Any]:
        answer = self.handlers[do](Call(told, Progress()))
        return answer or {}

    def open(self) -> None:
        answer = self.ask("open", path=str(self.photo), place=str(self.place), owner=os.getpid())
        Path(answer["display"]["sheet"]).unlink()

    def erase(self) -> Mapping[str, Any]:
        sheet = make_sheet(100)
        sheet.memory[:100] = b"\xff" * 100
        return self.ask("erase", sheet=str(sheet.path), box=[30, 30, 40, 40], quality="instant", attempt=0)
