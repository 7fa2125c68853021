"""Diffusion on the person's own machine: words and a hole in, a picture out, without torch.

`inpaint` fills a hole with an exported pipeline (`models.pipelines`), whose files `Parts` opens one after another;
`ClipTokenizer` and `scheduler` are what diffusers and transformers would do for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from homespun.doors import lazily

if TYPE_CHECKING:
    from engines.diffusion.filler import Diffusion
    from engines.diffusion.filling import Filled, extended, fill, pipeline_here
    from engines.diffusion.parts import Parts
    from engines.diffusion.pipeline import Painted, Wish, estimate, inpaint
    from engines.diffusion.rectify import Rectify
    from engines.diffusion.schedulers import Scheduler, scheduler
    from engines.diffusion.tokenizer import ClipTokenizer, Tokens

__all__ = [
    "ClipTokenizer",
    "Diffusion",
    "Filled",
    "Painted",
    "Parts",
    "Rectify",
    "Scheduler",
    "Tokens",
    "Wish",
    "estimate",
    "extended",
    "fill",
    "inpaint",
    "pipeline_here",
    "scheduler",
]

_WHERE = {
    "ClipTokenizer": "engines.diffusion.tokenizer",
    "Diffusion": "engines.diffusion.filler",
    "Filled": "engines.diffusion.filling",
    "Painted": "engines.diffusion.pipeline",
    "Parts": "engines.diffusion.parts",
    "Rectify": "engines.diffusion.rectify",
    "Scheduler": "engines.diffusion.schedulers",
    "Tokens": "engines.diffusion.tokenizer",
    "Wish": "engines.diffusion.pipeline",
    "estimate": "engines.diffusion.pipeline",
    "extended": "engines.diffusion.filling",
    "fill": "engines.diffusion.filling",
    "inpaint": "engines.diffusion.pipeline",
    "pipeline_here": "engines.diffusion.filling",
    "scheduler": "engines.diffusion.schedulers",
}
"""Where each name is. It is imported when somebody asks for it: reading a prompt needs no runtime."""

__getattr__ = lazily(__name__, _WHERE)
