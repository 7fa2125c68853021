"""Sentences → vectors: two texts that mean the same lie close together.

`Encoder.open` loads the bundled model; `encode` is for many passages, `encode_one` for the query a person waits for.
"""

from engines.text.encoder import Encoder

__all__ = ["Encoder"]
