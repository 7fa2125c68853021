"""Inner loops as machine code: the decorators for kernels, and the one place where what they compile is kept.

Importing this room imports Numba (half a second): only picture workers do, and only when they are needed. Compiling all
kernels takes many times as long, once for a version and a processor: `told` says so meanwhile, and
`python -m engines.compiled` does it in advance, as `python3 -m installer setup` has it.
"""

from engines.compiled.decorators import inlined, kernel, kernel_of
from engines.compiled.telling import told

__all__ = ["inlined", "kernel", "kernel_of", "told"]
