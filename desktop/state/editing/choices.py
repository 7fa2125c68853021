"""How the tools are set, and what they start with."""

from __future__ import annotations

from dataclasses import dataclass, field

TOOLS = ("erase", "enlarge", "select")
QUALITIES = ("instant", "balanced", "best")
STYLES = ("faithful", "restore")
"""The enlarger's own: "faithful" changes nothing but the size, "restore" takes noise and blocks away as well."""

FACTORS = (2, 4)
LARGEST_FACTOR = 8
MOST_PIXELS = 300_000_000
"""What the picture room opens: a larger result could be saved, but never opened again."""

POINTERS = {"erase": ("brush", "click", "lasso", "box"), "select": ("click", "box", "lasso", "brush"), "enlarge": ()}
BRUSH = (1, 2000)
BRUSH_SHARE = 40
"""A brush at first: the picture's longer side by this."""

EXEMPLAR = "exemplar"
"""The filler that needs no model."""


@dataclass
class Choices:
    """What is chosen now; one pointer for each tool is remembered."""

    tool: str = "erase"
    pointers: dict[str, str] = field(default_factory=lambda: {"erase": "brush", "select": "click", "enlarge": "brush"})
    brush: int = 64
    brush_is_mine: bool = False
    """The person has set the brush: it stays for the next picture."""
    quality: str = ""
    """"" = nothing chosen: the best that needs no more than is here."""
    factor: int = 2
    style: str = "faithful"
    colour: str = "a"
    compare: str = "off"
    fillers: tuple[str, ...] = ()
    """What can erase here, once it is known; and what each quality means."""
    qualities: dict[str, str] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        """The tool's."""
        return self.pointers[self.tool]

    @property
    def qualities_off(self) -> frozenset[str]:
        """Those that would give what a quicker one gives."""
        if not self.qualities:
            return frozenset({"balanced", "best"})
        seen: set[str] = set()
        off = set()
        for one in QUALITIES:
            if self.qualities[one] in seen:
                off.add(one)
            seen.add(self.qualities[one])
        return frozenset(off)

    @property
    def effective_quality(self) -> str:
        """The chosen one if it can be had, else Better, else Quick."""
        off = self.qualities_off
        for wanted in (self.quality, "balanced"):
            if wanted and wanted not in off:
                return wanted
        return "instant"

    @property
    def filler(self) -> str:
        """What would erase now."""
        return self.qualities.get(self.effective_quality, EXEMPLAR)

    def fit_brush(self, width: int, height: int) -> None:
        """A brush that fits the picture, unless the person has set one."""
        if not self.brush_is_mine:
            self.brush = max(8, round(max(width, height) / BRUSH_SHARE))

    def factors(self, width: int, height: int) -> tuple[int, ...]:
        """Those whose result can be opened again."""
        return tuple(one for one in FACTORS if width * height * one * one <= MOST_PIXELS)


def below(quality: str) -> str:
    """The next lower quality; the lowest has none below it."""
    return QUALITIES[max(0, QUALITIES.index(quality) - 1)]
