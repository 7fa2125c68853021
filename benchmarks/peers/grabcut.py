"""OpenCV's GrabCut (Rother et al., 2004) as a peer: one JSON request a line in, one answer a line out.

Started by `benchmarks select` with the Python of the peers' environment. A request is {"photo": FILE, "box": [x, y, w, h]}
or {"photo": FILE, "include": [[x, y], …], "exclude": […]}, and "out": FILE for the mask (PNG, 255 = object). The answer is
{"seconds": S}; the first line that is written is {"version": V}.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

ROUNDS = 5
"""As in OpenCV's own example."""

DISC = 6
"""Radius, in pixels, of the disc that is taken as certain around a click."""


def main() -> int:
    """Answer until the input ends."""
    import cv2
    import numpy as np

    print(json.dumps({"version": f"OpenCV {cv2.__version__}"}), flush=True)
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        photo = cv2.imread(asked["photo"], cv2.IMREAD_COLOR)
        start = time.perf_counter()
        colours = np.zeros((2, 1, 65))
        if "box" in asked:
            mask = np.zeros(photo.shape[:2], np.uint8)
            cv2.grabCut(photo, mask, tuple(asked["box"]), colours[0], colours[1], ROUNDS, cv2.GC_INIT_WITH_RECT)
        else:
            mask = np.full(photo.shape[:2], cv2.GC_PR_BGD, np.uint8)
            mask[[0, -1]] = mask[:, [0, -1]] = cv2.GC_BGD
            for kind, value in (("include", cv2.GC_FGD), ("exclude", cv2.GC_BGD)):
                for x, y in asked[kind]:
                    cv2.circle(mask, (x, y), DISC, value, -1)
            cv2.grabCut(photo, mask, None, colours[0], colours[1], ROUNDS, cv2.GC_INIT_WITH_MASK)
        seconds = time.perf_counter() - start
        cv2.imwrite(asked["out"], np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8) * 255)
        print(json.dumps({"seconds": seconds}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
