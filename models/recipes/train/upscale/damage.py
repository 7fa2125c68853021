"""What a phone, a messenger and a web page do to a photo: blur, resizing, noise and JPEG, in one or two passes.

Source of the chain: Wang et al. 2021, "Real-ESRGAN", §3, with milder strengths and without its sinc filter.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter

from models.recipes.train.upscale.photos import BICUBIC, BOX, LANCZOS, Pixels

FILTERS = (BICUBIC, LANCZOS, BOX, Image.Resampling.BILINEAR)
UNTOUCHED = 0.05
"""Share of crops that are only made smaller: what is fine already has to stay fine."""


class Damage:
    """Makes the small, spoilt picture that belongs to a large, good one."""

    def __init__(self, scale: int, seed: int) -> None:
        self.scale = scale
        self.random = np.random.default_rng(seed)

    def __call__(self, large: Pixels) -> Pixels:
        """[scale*h, scale*w, 3] → [h, w, 3]."""
        picture = Image.fromarray(large)
        small = (picture.width // self.scale, picture.height // self.scale)
        if self.random.random() < UNTOUCHED:
            return np.asarray(picture.resize(small, BICUBIC))
        between = self._size(picture.size, small)
        picture = self._noisy(self._blurred(picture, 0.65 * self.scale).resize(between, self._filter()), 15.0)
        twice = self.random.random() < 0.5
        if twice:
            picture = self._jpeg(picture, 60) if self.random.random() < 0.5 else picture
            picture = self._noisy(self._blurred(picture, 0.8).resize(small, self._filter()), 5.0)
        else:
            picture = picture.resize(small, self._filter())
        return np.asarray(self._jpeg(picture, 40) if self.random.random() < 0.9 else picture)

    def _size(self, large: tuple[int, int], small: tuple[int, int]) -> tuple[int, int]:
        """The small size, or in half of the cases one up to twice as large, from which it is resized once more."""
        if self.random.random() < 0.5:
            return small
        times = float(self.random.uniform(1.0, 2.0))
        return (min(large[0], round(small[0] * times)), min(large[1], round(small[1] * times)))

    def _filter(self) -> Image.Resampling:
        return FILTERS[int(self.random.integers(len(FILTERS)))]

    def _blurred(self, picture: Image.Image, most: float) -> Image.Image:
        """Blurred by a Gaussian of 0.2..`most` pixels, in a third of the cases more in one direction."""
        across = float(self.random.uniform(0.2, most))
        down = float(self.random.uniform(0.2, most)) if self.random.random() < 0.33 else across
        return picture.filter(ImageFilter.GaussianBlur((across, down)))

    def _noisy(self, picture: Image.Image, most: float) -> Image.Image:
        """With noise of up to `most` levels: equal everywhere or growing with the light, in grey or in colour."""
        strength = float(self.random.uniform(0, most))
        pixels = np.asarray(picture, np.float32)
        channels = 1 if self.random.random() < 0.4 else 3
        noise = self.random.standard_normal((*pixels.shape[:2], channels), np.float32) * strength
        if self.random.random() < 0.4:
            noise = noise * np.sqrt(pixels.mean(axis=2, keepdims=True) / 128.0)
        return Image.fromarray(np.clip(np.rint(pixels + noise), 0, 255).astype(np.uint8))

    def _jpeg(self, picture: Image.Image, least: int) -> Image.Image:
        """Through JPEG at quality `least`..95, mostly with halved colour."""
        stream = io.BytesIO()
        halved = 2 if self.random.random() < 0.7 else 0
        picture.save(stream, "JPEG", quality=int(self.random.integers(least, 96)), subsampling=halved)
        return Image.open(stream).convert("RGB")
