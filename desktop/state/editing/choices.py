"""How the tools are set, and what they start with."""

from __future__ import annotations

from dataclasses import dataclass, field

TOOLS = ("erase", "fill", "enlarge", "select")
"""In the order in which they stand; "fill" only where something here fills by words."""

QUALITIES = ("instant", "balanced", "best")
STYLES = ("faithful", "restore")
"""The enlarger's own: "faithful" changes nothing but the size, "restore" takes noise and blocks away as well."""

FACTORS = (2, 4)
LARGEST_FACTOR = 8
MOST_PIXELS = 300_000_000
"""What the picture room opens: a larger result could be saved, but never opened again."""

POINTERS = {
    "erase": ("brush", "click", "lasso", "box"),
    "fill": ("brush", "click", "lasso", "box"),
    "select": ("click", "box", "lasso", "brush"),
    "enlarge": (),
}
BRUSH = (1, 2000)
BRUSH_SHARE = 40
"""A brush at first: the picture's longer side by this."""

VARIANTS = (1, 2, 4)
"""How many results filling gives at once."""

LONGEST = 1000
"""Letters of what should be there; a network reads about 70 words of them, and says where it stopped."""

EXEMPLAR = "exemplar"
"""The filler that needs no model."""


@dataclass(frozen=True)
class Painter:
    """What fills by words here: its name, and the pixels that it paints at once."""

    name: str
    pixels: int

    @property
    def pace(self) -> str:
        """What the paces call it, apart from the same network as an eraser."""
        return f"fill {self.name}"


@dataclass
class Choices:
    """What is chosen now; one pointer for each tool is remembered."""

    tool: str = "erase"
    wanted: str = ""
    """A tool that was asked for before it was known whether it can be had."""
    pointers: dict[str, str] = field(
        default_factory=lambda: {"erase": "brush", "fill": "brush", "select": "click", "enlarge": "brush"}
    )
    brush: int = 64
    brush_is_mine: bool = False
    """The person has set the brush: it stays for the next picture."""
    quality: str = ""
    """"" = nothing chosen: the best that needs no more than is here."""
    factor: int = 2
    style: str = "faithful"
    prompt: str = ""
    """What should be there."""
    negative: str = ""
    """What should not."""
    negative_shown: bool = False
    variants: int = 1
    seed: int = 0
    """Of the next result: no two results of a window are the same by themselves."""
    painter: Painter | None = None
    """What fills by words; None = nothing that is known of."""
    colour: str = "a"
    compare: str = "off"
    fillers: tuple[str, ...] = ()
    """What can erase here, once it is known; and what each quality means."""
    qualities: dict[str, str] = field(default_factory=dict)

    @property
    def tools(self) -> tuple[str, ...]:
        """Those that can be had."""
        return tuple(one for one in TOOLS if one != "fill" or self.painter is not None)

    def use_painter(self, painter: Painter | None) -> None:
        """Something fills by words now, or nothing does any more."""
        self.painter = painter
        if painter is None and self.tool == "fill":
            self.tool = "erase"
        elif painter is not None and self.wanted:
            self.tool = self.wanted
        self.wanted = ""

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
