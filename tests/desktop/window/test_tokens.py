"""Colours can be read on every ground that they stand on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.window.tokens import DARK, LIGHT, Tokens, contrast, high_contrast, with_accent

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "surface", "sunken", "select", "hover", "canvas")


@SCHEMES
@pytest.mark.parametrize("ink", ["text", "text2", "text3", "accent", "danger", "warn", "good"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ground", ["window", "surface", "hover"])
def test_the_edge_of_a_control_can_be_seen(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.edge, getattr(tokens, ground)) >= 3


@SCHEMES
def test_the_words_on_the_accent_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.accent, tokens.accent_bg) >= 4.5


@SCHEMES
def test_more_contrast_is_more_everywhere(tokens: Tokens) -> None:
    more = high_contrast(tokens)
    for name in ("line", "edge", "text2", "text3"):
        assert contrast(getattr(more, name), more.window) > contrast(getattr(tokens, name), tokens.window)


@SCHEMES
@given(colour=st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}"))
def test_any_accent_of_the_system_is_made_readable(tokens: Tokens, colour: str) -> None:
    mine = with_accent(tokens, colour)
    assert contrast(mine.on_accent, mine.accent) >= 4.5
    for ground in ("window", "surface", "sunken", "hover", "select"):
        assert contrast(mine.accent, getattr(mine, ground)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)
