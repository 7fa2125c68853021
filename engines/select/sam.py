"""The learned tier: MobileSAM (Zhang et al., 2023), encoder once per photo, decoder once per click; the same interface.

The contract is that of the files in the catalogue (`docs/models.md`): the encoder normalises and pads by itself, and the
caller shrinks the long side to 1024.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.runtime import Closing, DeviceName, Mode, Session, open_model
from engines.select.hints import Hints
from engines.select.maps import Maps
from homespun.progress import Cancel

MODEL = "mobile-sam"

LONG_SIDE = 1024
"""Pixels of the longer side that the encoder was trained on."""

ADD, REMOVE, CORNER_ONE, CORNER_TWO, PADDING = 1, 0, 2, 3, -1
"""What the decoder calls a click on the object, beside it, the corners of a box, and no point at all."""

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Sam(Closing):
    """Both networks, open. Use it as a context manager, or `close` it."""

    def __init__(self, encoder: Session, decoder: Session) -> None:
        self._encoder = encoder
        self._decoder = decoder

    @classmethod
    def open(cls, *, mode: Mode = Mode.EAGER, device: DeviceName | None = None) -> Self:
        """The catalogue's MobileSAM: encoder on `device`, decoder on the processor, which is quicker for 20 ms of work.

        Raises `NotFound` when it was not downloaded, `Damaged` when a file is broken.
        """
        encoder = open_model(MODEL, mode=mode, device=device, file="encoder.onnx")
        return cls(encoder, open_model(MODEL, mode=mode, file="decoder.onnx"))

    def selector(self, photo: Floats, *, cancel: Cancel | None = None) -> SamSelector:
        """Look at `photo`, float32 (H, W, 3) in 0..1, once. Raises `Cancelled`."""
        height, width = photo.shape[:2]
        scale = LONG_SIDE / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = Image.fromarray(np.round(np.clip(photo, 0, 1) * 255).astype(np.uint8))
        small = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0), np.float32)
        name = self._encoder.inputs[0].name
        found = self._encoder.run({name: small}, cancel=cancel).outputs
        return SamSelector(self._decoder, found[self._encoder.outputs[0].name], (width, height), size)

    def close(self) -> None:
        """Give back the memory of both."""
        self._encoder.close()
        self._decoder.close()


class SamSelector:
    """Like `Selector`, for a photo that the encoder has seen. Lives as long as its `Sam` is open."""

    def __init__(self, decoder: Session, embedding: Floats, size: tuple[int, int], seen: tuple[int, int]) -> None:
        self._decoder = decoder
        self._embedding = embedding
        self._size = size
        self._seen = seen

    def select(self, hints: Hints) -> Mask:
        """The object that `hints` point at, bool (H, W). Raises `WrongHints`."""
        width, height = self._size
        hints.check(width, height)
        maps = Maps(hints, self._size, (height, width))
        points, labels = self._points(hints, maps)
        given = {
            "image_embeddings": self._embedding,
            "point_coords": np.array([points], np.float32) * (np.array(self._seen) / self._size).astype(np.float32),
            "point_labels": np.array([labels], np.float32),
            "mask_input": np.zeros((1, 1, 256, 256), np.float32),
            "has_mask_input": np.zeros(1, np.float32),
            "orig_im_size": np.array([height, width], np.float32),
        }
        outputs = self._decoder.run(given).outputs
        best = int(outputs["iou_predictions"][0].argmax())
        mask: Mask = (outputs["masks"][0, best] > 0) & ~(maps.off & ~maps.on)
        return mask | maps.on

    def _points(self, hints: Hints, maps: Maps) -> tuple[list[tuple[float, float]], list[int]]:
        """Hints as the decoder's points: x, y in pixels of the photo, and what each means."""
        points = [*hints.include, *hints.scribble, *hints.exclude]
        labels = [ADD] * (len(hints.include) + len(hints.scribble)) + [REMOVE] * len(hints.exclude)
        box = hints.box
        if hints.lasso and box is None:
            xs, ys = zip(*hints.lasso, strict=True)
            box = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        if hints.lasso and not points and maps.region is not None and maps.region.any():
            rows, columns = np.nonzero(maps.region)
            middle = np.hypot(rows - rows.mean(), columns - columns.mean()).argmin()
            points, labels = [(float(columns[middle]), float(rows[middle]))], [ADD]
        if box is None:
            return [*points, (0.0, 0.0)], [*labels, PADDING]
        x, y, wide, high = box
        return [*points, (x, y), (x + wide, y + high)], [*labels, CORNER_ONE, CORNER_TWO]
