"""Inner loops as machine code: the decorators for kernels, and the one place where what they compile is kept.

Importing this room imports Numba (half a second): only picture workers do, and only when they are needed.
"""

from engines.compiled.decorators import inlined, kernel, kernel_of

__all__ = ["inlined", "kernel", "kernel_of"]
