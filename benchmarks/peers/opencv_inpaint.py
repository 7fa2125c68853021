"""OpenCV's inpainting as a peer: one JSON request a line in, one answer a line out.

Started by `benchmarks erase` with the Python of the peers' environment. A request is {"photo": FILE, "mask": FILE (255 =
fill), "way": "telea" | "ns" | "shift-map", "out": FILE}; the answer is {"seconds": S}, or {"error": TEXT}; the first line
that is written is {"version": V}.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

RADIUS = 5
"""Pixels around each point that Telea's and Navier-Stokes' methods look at (OpenCV's examples use 3 to 5)."""


def main() -> int:
    """Answer until the input ends."""
    import cv2
    import numpy as np

    print(json.dumps({"version": f"OpenCV {cv2.__version__}"}), flush=True)
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        photo = cv2.imread(asked["photo"], cv2.IMREAD_COLOR)
        mask = cv2.imread(asked["mask"], cv2.IMREAD_GRAYSCALE)
        started = time.perf_counter()
        try:
            if asked["way"] == "shift-map":  # it wants Lab, and a mask of what is known
                lab = cv2.cvtColor(photo, cv2.COLOR_BGR2Lab)
                filled = np.zeros_like(lab)
                cv2.xphoto.inpaint(lab, 255 - mask, filled, cv2.xphoto.INPAINT_SHIFTMAP)
                filled = cv2.cvtColor(filled, cv2.COLOR_Lab2BGR)
            else:
                how = cv2.INPAINT_TELEA if asked["way"] == "telea" else cv2.INPAINT_NS
                filled = cv2.inpaint(photo, mask, RADIUS, how)
        except cv2.error as error:
            print(json.dumps({"error": str(error)}), flush=True)
            continue
        seconds = time.perf_counter() - started
        cv2.imwrite(asked["out"], filled)
        print(json.dumps({"seconds": seconds}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
