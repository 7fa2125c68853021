"""Makes the files for NPUs, measures them, and ships none that fails a gate.

    python -m models.recipes.export.npu encoder --collections ../shared/data/ir --simulator .devices-qnn/bin/python --write
    python -m models.recipes.export.npu faithful --photos ../shared/data/photos --sets ../shared/data/sr \
        --simulator .devices-qnn/bin/python --write

runs in the torch export environment. Run it again after the recipe of the float files: that one writes the model card and
the catalogue's entry anew. Without `--write` the bundled files stay as they are.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from models.recipes.export.npu.shipping import MODELS, ship

WHAT = ("encoder", "faithful", "restore")


def main() -> int:
    """The command line; 1 when a gate is not passed (nothing is written then)."""
    given = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        return encoder(given, work) if given.what == "encoder" else enlarger(given, work)


def encoder(given: argparse.Namespace, work: Path) -> int:
    """The sentence encoder."""
    from models.recipes.export.npu import encoder as recipe

    file = recipe.make(work, given.source)
    tokenizer = MODELS / "bundled" / recipe.FOLDER / "tokenizer.json"
    found = recipe.measure(file, tokenizer, given.collections, given.simulator, given.source)
    if found.passed and given.write:
        ship(recipe.FOLDER, {"model.onnx": file}, recipe.section(file, found))
    return int(not found.passed)


def enlarger(given: argparse.Namespace, work: Path) -> int:
    """Both networks of a style."""
    from models.recipes.export.npu import enlargers as recipe

    model = f"enlarge-{given.what}"
    made = recipe.make(given.what, MODELS / "bundled" / model, work, given.photos, given.sets, given.simulator)
    passed = all(one.passed for one in made)
    if passed and given.write:
        files = {f"{one.stem}-int8.onnx": work / f"{one.stem}-npu.onnx" for one in made}
        ship(model, files, recipe.section(given.what, made))
    return int(not passed)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="models.recipes.export.npu", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--simulator", type=Path, required=True, help="the Python of .devices-qnn")
    parser.add_argument("--source", type=Path, help="folder of the encoder's weights; else the installed package's")
    parser.add_argument("--collections", type=Path, help="folder that holds cacm and cranfield")
    parser.add_argument("--photos", type=Path, help="folder of photos with CREDITS.md")
    parser.add_argument("--sets", type=Path, help="folder with Set14")
    parser.add_argument("--work", type=Path, help="keep what is made there")
    parser.add_argument("--write", action="store_true", help="put the files where Homespun ships them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
