"""Trains the small eraser, compares what it learned, and exports it.

    python -m models.recipes.train.eraser train --rule plain --name base --steps 4000 --work DIR --photos PHOTOS --cases CASES
    python -m models.recipes.train.eraser train --rule direct --from DIR/base.pt --steps 1200 --work DIR --photos PHOTOS --cases CASES

    python -m models.recipes.train.eraser compare --work DIR --photos PHOTOS --cases CASES --homespun COMMAND
    python -m models.recipes.train.eraser export --rule direct --work DIR --photos PHOTOS --cases CASES

Training may be stopped at any time; the same command goes on where it stopped.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from models.recipes.train.eraser.compare import compare
from models.recipes.train.eraser.targets import Rule
from models.recipes.train.eraser.train import Run


def main(argv: list[str]) -> int:
    """Do what is asked; 0, or 1 when the network turns out not to learn."""
    options = _options(argv)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.part == "export":
        from models.recipes.train.eraser.export import export  # onnx is not needed before

        return export(options)
    return compare(options) if options.part == "compare" else Run(options).train()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models.recipes.train.eraser", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    train, table, export = (parts.add_parser(name) for name in ("train", "compare", "export"))
    for part in (train, table, export):
        part.add_argument("--photos", type=Path, required=True, help="folder of photos with CREDITS.md")
        part.add_argument(
            "--cases", type=Path, required=True, help="folder with cases.json: its photos are never learned"
        )
        part.add_argument("--work", type=Path, required=True, help="folder for checkpoints and curves")
        part.add_argument("--threads", type=int, default=1)
        part.add_argument("--seed", type=int, default=1)
    for part in (train, export):
        part.add_argument("--rule", choices=[str(rule) for rule in Rule], default=str(Rule.DIRECT))
    train.add_argument("--name", help="of the checkpoint; the rule's, if not given")
    train.add_argument("--from", dest="start", type=Path, help="checkpoint to take weights from")
    train.add_argument("--channels", type=int, nargs="+", default=[48, 96, 192], help="from fine to coarse")
    train.add_argument("--steps", type=int, default=4000)
    train.add_argument("--rate", type=float, default=5e-4)
    train.add_argument("--batch", type=int, default=16)
    train.add_argument("--exact", action="store_true", help="float32 inside, not bfloat16")
    for part in (table, export):
        part.add_argument("--scenes", type=int, default=96, help="to measure on")
    table.add_argument(
        "--homespun", type=Path, help="the command of another environment: the exemplar filler is beside it"
    )
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
