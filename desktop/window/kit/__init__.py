"""The controls that every screen is made of. They paint from the theme and hold no decisions."""

from desktop.window.kit.bars import Bar, ProgressLine, Tone, Wandering
from desktop.window.kit.buttons import button, entry_words, tool_button
from desktop.window.kit.choices import Segmented, Switch
from desktop.window.kit.labels import Chip, Elided, KeyCap, Sign, label, plain_tip
from desktop.window.kit.panels import Card, Rows, column, empty, row
from desktop.window.kit.sliders import Slider
from desktop.window.kit.ticks import Tick

__all__ = [
    "Bar",
    "Card",
    "Chip",
    "Elided",
    "KeyCap",
    "ProgressLine",
    "Rows",
    "Segmented",
    "Sign",
    "Slider",
    "Switch",
    "Tick",
    "Tone",
    "Wandering",
    "button",
    "column",
    "empty",
    "entry_words",
    "label",
    "plain_tip",
    "row",
    "tool_button",
]
