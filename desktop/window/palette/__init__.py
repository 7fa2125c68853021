"""The palette: a window with one line to type in, what was found, and a look into it.

`HitList` is the list alone, for other screens.
"""

from desktop.window.palette.hits import HitList
from desktop.window.palette.window import PaletteWindow

__all__ = ["HitList", "PaletteWindow"]
