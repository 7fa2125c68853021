"""Puts files for NPUs where Homespun ships them: the file, its part of the model card, its lines in the catalogue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

MODELS = Path(__file__).resolve().parents[3]


def ship(model: str, files: Mapping[str, Path], section: str) -> None:
    """Copy `files` (graph that each stands in for → the file) into the model's folder and tell of them."""
    bundled = MODELS / "bundled" / model
    for file in files.values():
        (bundled / file.name).write_bytes(file.read_bytes())
    card = bundled / "README.md"
    card.write_text(with_section(card.read_text(encoding="utf-8"), section), encoding="utf-8", newline="\n")
    catalog = MODELS / "catalog.toml"
    listed = with_variants(catalog.read_text(encoding="utf-8"), model, files)
    catalog.write_text(listed, encoding="utf-8", newline="\n")


def with_section(card: str, section: str) -> str:
    """`card` with `section` in place of the one with the same heading, before `## Credits`, or at the end."""
    heading = section.partition("\n")[0]
    card = re.sub(rf"{re.escape(heading)}\n.*?(?=^## |\Z)", "", card, flags=re.DOTALL | re.MULTILINE).rstrip("\n")
    head, thanks, rest = card.partition("\n## Credits\n")
    return f"{head.rstrip()}\n\n{section}\n{thanks}{rest}".rstrip("\n") + "\n"


def with_variants(catalog: str, model: str, files: Mapping[str, Path]) -> str:
    """`catalog` with the entry of `model` naming `files` as its variants for NPUs, and no others."""
    found = re.search(rf'\[\[model\]\]\nid = "{re.escape(model)}"\n.*?(?=\n\[\[model\]\]\n|\Z)', catalog, re.DOTALL)
    if found is None:
        raise ValueError(f"The catalogue has no {model}.")
    parts = found.group().rstrip("\n").split("\n\n")
    names = {file.name for file in files.values()}
    kept = [part for part in parts if not _is_for_npu(part) and not any(f'name = "{name}"' in part for name in names)]
    graphs = next(place for place, part in enumerate(kept) if part.startswith("[[model.graph]]"))
    kept[graphs:graphs] = [_file(file) for file in files.values()]
    kept += [
        f'[[model.variant]]\nof = "{of}"\nfile = "{file.name}"\nkinds = ["npu"]\nprecision = "a16w8"'
        for of, file in files.items()
    ]
    return catalog[: found.start()] + "\n\n".join(kept) + "\n" + catalog[found.end() :]


def _is_for_npu(part: str) -> bool:
    return part.startswith("[[model.variant]]") and 'kinds = ["npu"]' in part


def _file(file: Path) -> str:
    body = file.read_bytes()
    return f'[[model.file]]\nname = "{file.name}"\nsha256 = "{hashlib.sha256(body).hexdigest()}"\nsize = {len(body)}'
