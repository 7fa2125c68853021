"""Wheels as they lie in a package's folder, made small."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def add_package(
    lib: Path,
    name: str,
    headers: str = "License-Expression: MIT",
    *,
    version: str = "1.0",
    files: Mapping[str, bytes] | None = None,
) -> Path:
    """Put the package `name` into `lib`, with `headers` in its metadata and `files` (`INFO` stands for its dist-info)."""
    info = lib / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    head = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nSummary: A small one.\n"
    (info / "METADATA").write_text(f"{head}{headers}\n\nWords.\n", encoding="utf-8")
    brought = {"INFO/licenses/LICENSE": b"Do what you like.\n"} if files is None else files
    rows = []
    for told, data in brought.items():
        path = lib / told.replace("INFO", info.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        rows.append(f"{path.relative_to(lib).as_posix()},,\n")
    (info / "RECORD").write_text("".join(rows) + f"{info.name}/METADATA,,\n{info.name}/RECORD,,\n", encoding="utf-8")
    return info
