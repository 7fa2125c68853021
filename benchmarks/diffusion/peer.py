"""diffusers' own inpainting pipeline on the same weights, steps and picture; runs in the torch export environment.

PYTHON peer.py HUB_FOLDER STEPS
"""

from __future__ import annotations

import json
import resource
import sys
import time


def main(folder: str, steps: int) -> None:
    """Load and paint twice; prints one JSON object."""
    import numpy as np
    import torch
    from diffusers import AutoencoderKL, LCMScheduler, StableDiffusionInpaintPipeline, UNet2DConditionModel
    from PIL import Image
    from transformers import CLIPTextModel, CLIPTokenizer

    began = time.perf_counter()
    pipe = StableDiffusionInpaintPipeline(  # of its parts: a folder as the catalogue names it has no index of them
        vae=AutoencoderKL.from_pretrained(folder, subfolder="vae"),
        text_encoder=CLIPTextModel.from_pretrained(folder, subfolder="text_encoder"),
        tokenizer=CLIPTokenizer.from_pretrained(f"{folder}/tokenizer", model_max_length=77),
        unet=UNet2DConditionModel.from_pretrained(folder, subfolder="unet"),
        scheduler=LCMScheduler.from_pretrained(folder, subfolder="scheduler"),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipe.set_progress_bar_config(disable=True)
    loaded = time.perf_counter() - began
    side = pipe.unet.config.sample_size * pipe.vae_scale_factor
    rows, columns = np.mgrid[:side, :side]
    waves = np.stack([np.sin(rows / 17), np.cos(columns / 23), np.sin((rows + columns) / 31)], axis=2)
    picture = Image.fromarray(((waves * 0.4 + 0.5) * 255).astype(np.uint8))
    hole = np.zeros((side, side), np.uint8)
    hole[side // 3 : side // 2, side // 3 : side // 2] = 255
    took = []
    for seed in range(2):
        began = time.perf_counter()
        pipe(
            prompt="a wooden bench under an old oak tree, morning light",
            image=picture,
            mask_image=Image.fromarray(hole),
            height=side,
            width=side,
            num_inference_steps=steps,
            guidance_scale=1.0,
            generator=torch.Generator().manual_seed(seed),
            output_type="np",
        )
        took.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(
        json.dumps(
            {"load": loaded, "first": took[0], "warm": took[1], "peak": peak, "threads": torch.get_num_threads()}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
