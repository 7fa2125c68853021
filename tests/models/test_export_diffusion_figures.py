"""The figures of the recipe of diffusion pipelines that come from PyTorch, in the torch export environment."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from models.pipelines import UNET


def there(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


pytestmark = [
    pytest.mark.export,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not there("torch", "diffusers", "onnxscript") or there("optimum"),
        reason="needs the torch export environment (python3 -m installer export-env)",
    ),
]


@pytest.mark.parametrize(("kind", "factor"), [("AutoencoderKL", 0.18215), ("AutoencoderTiny", 1.0)])
def test_a_scale_that_is_not_told_is_the_classs_own_in_the_manifest_and_in_the_graphs(
    tmp_path: Path, kind: str, factor: float
) -> None:
    import diffusers

    from models.recipes.export.diffusion.load import Origin
    from models.recipes.export.diffusion.parts import VaeDecoder, VaeEncoder
    from models.recipes.export.diffusion.source import read_hub
    from models.recipes.export.diffusion.tiny import make

    hub = tmp_path / "hub"
    make(hub, size=64)
    if kind == "AutoencoderKL":
        shutil.copytree(hub / "vae", tmp_path / "vae")
    else:
        diffusers.AutoencoderTiny().save_pretrained(tmp_path / "vae")
    config = json.loads((tmp_path / "vae" / "config.json").read_text())
    assert config.pop("scaling_factor") == factor
    (tmp_path / "vae" / "config.json").write_text(json.dumps(config))
    origin = Origin(read_hub(hub, tmp_path / "vae"), vae=tmp_path / "vae")
    found = origin.autoencoder()
    assert type(found).__name__ == kind
    assert origin.latent_factor() == VaeEncoder(found).factor == VaeDecoder(found).factor == factor


def test_a_report_of_figures_that_are_not_finite_is_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.recipes.export.diffusion import parity
    from models.recipes.export.diffusion.findings import compare

    recipe: Any = None  # whoever would ask it is replaced
    pipeline: Any = SimpleNamespace(folder=tmp_path, id="tiny", precisions={})
    none, some = np.full(4, np.nan, np.float32), np.zeros(4, np.float32)
    found = [compare(UNET, "noise, -Infinity", "fp32", ours, some) for ours in (none, some + 1, some + np.inf, some)]
    monkeypatch.setattr(parity, "references", lambda *_: [])
    monkeypatch.setattr(parity, "part_findings", lambda *_: found)
    passed, _ = parity.report(recipe, pipeline, lambda _: None, whole=False)
    told = json.loads((tmp_path / "parity.json").read_text(), parse_constant=pytest.fail)
    assert not passed
    assert not told["passed"]
    assert [one["snr_db"] for one in told["findings"]] == [None] * 4
    assert [one["passed"] for one in told["findings"]] == [False, False, False, True]
    assert told["findings"][0]["what"] == "noise, -Infinity"
