"""`python -m benchmarks.erase.large PHOTO WIDTH HEIGHT PIXELS`: one erasure in a large photo, to be watched from outside.

The photo is enlarged to WIDTH × HEIGHT and an ellipse of about PIXELS pixels in its middle is erased. Prints seconds.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from PIL import Image

from engines.erase import erase
from engines.pictures import Picture


def main(argv: list[str]) -> int:
    """Erase twice, the first time in a small part so that kernels are loaded; print the seconds of both."""
    photo, width, height, pixels = argv[0], int(argv[1]), int(argv[2]), int(argv[3])
    with Image.open(photo) as opened:
        picture = Picture.new(np.asarray(opened.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)))
    rows, columns = np.ogrid[:height, :width]
    radius = (pixels / np.pi) ** 0.5
    mask = ((columns - width / 2) / (1.4 * radius)) ** 2 + ((rows - height / 2) / (radius / 1.4)) ** 2 <= 1
    small = picture.with_pixels(np.ascontiguousarray(picture.pixels[:300, :300]))
    spot = np.zeros((300, 300), np.bool_)
    spot[140:160, 140:160] = True
    started = time.perf_counter()
    erase(small, spot)
    warm = time.perf_counter()
    erase(picture, mask)
    print(json.dumps({"first": warm - started, "seconds": time.perf_counter() - warm, "pixels": int(mask.sum())}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
