"""Colours and sizes of the window, as data. `docs/desktop.md` shows them; a test computes their contrast."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Tokens:
    """One scheme. Colours are "#RRGGBB"."""

    dark: bool
    window: str
    surface: str
    sunken: str
    canvas: str
    line: str
    hover: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    accent_bg: str
    select: str
    danger: str
    warn: str
    good: str
    mask_a: str = "#2684FF"
    mask_b: str = "#E5484D"


LIGHT = Tokens(
    dark=False,
    window="#F6F6F4",
    surface="#FFFFFF",
    sunken="#EDEDEA",
    canvas="#E6E6E2",
    line="#E0E0DC",
    hover="#F1F1EE",
    edge="#8A8A83",
    text="#1B1B19",
    text2="#55554F",
    text3="#63635D",
    accent="#0B6B5B",
    on_accent="#FFFFFF",
    accent_bg="#DDEFEA",
    select="#E8F2EF",
    danger="#B3261E",
    warn="#8A5300",
    good="#1C6B34",
)
DARK = Tokens(
    dark=True,
    window="#1C1D1D",
    surface="#242525",
    sunken="#171818",
    canvas="#121313",
    line="#353737",
    hover="#2C2E2E",
    edge="#7F8583",
    text="#F0F1EF",
    text2="#B8BCB9",
    text3="#A9AEAB",
    accent="#5FCDB6",
    on_accent="#06241E",
    accent_bg="#1E3A35",
    select="#29403B",
    danger="#FF8A80",
    warn="#F2B84B",
    good="#7FD79A",
)

MASK_OPACITY = {"a": 0.47, "b": 0.43}
"""How strongly each of the mask's colours covers the picture."""
RADIUS_KEY, RADIUS_THUMB, RADIUS, RADIUS_WINDOW, RADIUS_BAR = 5, 6, 8, 12, 14
NOTE, BUTTON, BODY, HEAD, QUERY, TITLE = 12, 13, 14, 16, 20, 24
"""Sizes of type in pixels at the system's usual text scale."""
KEYCAP = 11
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
TARGET = 32
"""The least side of what is clicked."""
TARGET_TOUCH = 44
"""The same for fingers (the setting `app.touch`)."""


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def with_accent(tokens: Tokens, wanted: str) -> Tokens:
    """The scheme with the person's own accent, moved in lightness until it can be read (≥ 4.5) on every ground."""
    end = "#FFFFFF" if tokens.dark else "#000000"
    grounds = (tokens.window, tokens.surface, tokens.sunken, tokens.hover, tokens.select)
    chosen = wanted
    for step in range(101):
        chosen = mixed(wanted, end, step / 100)
        if min(contrast(chosen, ground) for ground in grounds) >= 4.5:
            break
    black, white = contrast(chosen, "#000000"), contrast(chosen, "#FFFFFF")
    on_accent = "#000000" if black > white else "#FFFFFF"
    return replace(tokens, accent=chosen, on_accent=on_accent, accent_bg=mixed(tokens.surface, chosen, 0.16))


def high_contrast(tokens: Tokens) -> Tokens:
    """The scheme for people who asked their system for more contrast: lines that are seen, and no faint text."""
    return replace(tokens, line=tokens.text2, edge=tokens.text, text2=tokens.text, text3=tokens.text2)


def colours(tokens: Tokens) -> dict[str, str]:
    """Every colour by its name."""
    return {one.name: getattr(tokens, one.name) for one in fields(tokens) if one.name != "dark"}


def mixed(colour: str, other: str, share: float) -> str:
    """`colour`, moved to `other` by `share`."""
    parts = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in parts)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _rgb(colour)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
