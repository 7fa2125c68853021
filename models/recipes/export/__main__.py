"""The recipes that make Homespun's models out of what others published.

    python -m models.recipes.export NAME …

runs one in its export environment; without a name they are listed. `NAME --help` says what it takes.
"""

from __future__ import annotations

import runpy
import sys

RECIPES = {
    "diffusion": (
        "models.recipes.export.diffusion.command",
        "an inpainting pipeline in diffusers' format → ONNX files",
    ),
    "unet-surgery": (
        "models.recipes.export.diffusion.surgery",
        "a UNet that somebody else exported → one with our inputs",
    ),
    "minilm": ("models.recipes.export.minilm", "all-MiniLM-L6-v2 → the sentence encoder that comes with Homespun"),
    "clip": ("models.recipes.export.clip", "a CLIP or TinyCLIP in transformers' format → a file for each tower"),
    "realesrgan": ("models.recipes.export.realesrgan", "the author's compact network → ONNX for one size or any"),
    "migan": ("models.recipes.export.migan", "the author's MI-GAN pipeline → its generator alone, with fixed shapes"),
    "npu": ("models.recipes.export.npu", "bundled models → 8-bit files for NPUs"),
}
"""What each is called, the module that does it, and what it makes."""


def main(argv: list[str]) -> int:
    """Run the recipe that is named; 2 when there is none of that name."""
    if argv and argv[0] in RECIPES:
        module = RECIPES[argv[0]][0]
        sys.argv = [module, *argv[1:]]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    asked = bool(argv) and argv[0] not in ("-h", "--help")
    if asked:
        print(f"There is no recipe {argv[0]!r}.", file=sys.stderr)
    print((__doc__ or "").strip())
    print()
    for name, (_, words) in RECIPES.items():
        print(f"  {name:12} {words}")
    return 2 if asked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
