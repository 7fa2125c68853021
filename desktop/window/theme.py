"""The look of the whole app: Fusion, one palette and one stylesheet, both made from the tokens.

The palette is the application's; the stylesheet is worn by each window or page that `dress` was called for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window import tokens as t
from desktop.window.dressing import Dressing
from desktop.window.icons import Icons
from desktop.window.tokens import Tokens

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
}
_FAMILIES = {"win32": ["Segoe UI Variable Text", "Segoe UI"], "darwin": []}
_USUAL_POINTS = {"win32": 9.0, "darwin": 13.0}


class Theme(QObject):
    """The tokens in force, and the fonts, colours and icons made of them. One for the app; `changed` when they change."""

    changed = Signal()

    def __init__(self, app: QApplication, tokens: Tokens, *, motion: bool = True, touch: bool = False) -> None:
        super().__init__(app)
        self._app = app
        self.motion = motion
        self.target = t.TARGET_TOUCH if touch else t.TARGET
        """The least side of what is clicked; a widget that is made later takes it from here."""
        self.icons = Icons()
        self._base = self._system_font()
        self._scale = self._text_scale()
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._metrics: dict[tuple[int, int], QFontMetrics] = {}
        self._colours: dict[str, QColor] = {}
        self.dressing = Dressing(self)
        app.setStyle("Fusion")
        app.focusChanged.connect(_mark_focus)
        self.tokens = tokens
        app.setFont(self.font())
        self._apply()

    def dress(self, root: QWidget) -> None:
        """Have a window, a page or a menu of its own wear the stylesheet, from now on; so does all that belongs to it."""
        self.dressing.add(root)

    def use(self, tokens: Tokens, *, touch: bool = False) -> None:
        """Change to other tokens; what is seen changes at once. Larger targets are for widgets that are made from now on."""
        target = t.TARGET_TOUCH if touch else t.TARGET
        if (tokens, target) != (self.tokens, self.target):
            self.tokens, self.target = tokens, target
            self._apply()
            self.changed.emit()

    def colour(self, name: str) -> QColor:
        """The colour of that name; kept, because a delegate must not make any while it paints."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(getattr(self.tokens, name))
        return found

    def font(self, size: int = t.BODY, weight: int = t.REGULAR) -> QFont:
        """The system's font at `size` pixels, scaled as the person's system scales text."""
        found = self._fonts.get((size, weight))
        if found is None:
            found = QFont(self._base)
            found.setPixelSize(_pixels(size, self._scale))
            found.setWeight(QFont.Weight(weight))
            self._fonts[(size, weight)] = found
        return found

    def metrics(self, size: int = t.BODY, weight: int = t.REGULAR) -> QFontMetrics:
        """The metrics of that font; kept, as it is."""
        found = self._metrics.get((size, weight))
        if found is None:
            found = self._metrics[(size, weight)] = QFontMetrics(self.font(size, weight))
        return found

    def icon(self, name: str, colour: str = "text", size: int = 20) -> QIcon:
        """The icon in the token's colour."""
        return self.icons.icon(name, getattr(self.tokens, colour), size)

    def pixmap(self, name: str, colour: str, size: int = 20, density: float | None = None) -> QPixmap:
        """The same as a pixmap, for whoever paints it; kept."""
        return self.icons.pixmap(name, getattr(self.tokens, colour), size, density)

    def _apply(self) -> None:
        self._colours.clear()
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("edge"))
        self._app.setPalette(palette)
        self.dressing.change(stylesheet(self.tokens, self._scale, self.target))

    def _system_font(self) -> QFont:
        families = _FAMILIES.get(sys.platform)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        if families:
            font.setFamilies(families)
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        return font

    def _text_scale(self) -> float:
        usual = _USUAL_POINTS.get(sys.platform)
        points = self._base.pointSizeF()
        if usual is None or points <= 0:
            return 1.0
        return min(2.5, max(0.8, points / usual))


def shows_focus(widget: QWidget) -> bool:
    """Whether to draw that the keyboard is here: not after a click, which shows it already."""
    return widget.hasFocus() and bool(widget.property("keys"))


def _mark_focus(_old: QWidget | None, new: QWidget | None) -> None:
    """Note on the widget whether a key brought the focus there; the stylesheet asks for it."""
    if new is None:
        return
    mark(new, "keys", new.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange))


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Set a property that the stylesheet asks for, and have it ask again."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def _pixels(size: int, scale: float) -> int:
    return max(9, round(size * scale))


def stylesheet(tokens: Tokens, scale: float = 1.0, target: int = t.TARGET) -> str:
    """The one stylesheet: plain controls. What has rows or states of its own is painted by its widget."""
    c = tokens
    px = lambda size: f"{_pixels(size, scale)}px"  # noqa: E731
    return f"""
QWidget {{ font-size: {px(t.BODY)}; outline: none; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: 6px 8px; font-size: {px(t.NOTE)}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge};
  border-radius: {t.RADIUS}px; padding: 6px 10px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus {{ border: 2px solid {c.accent}; padding: 5px 9px; }}
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus {{ background: transparent; border: none; padding: 0; }}
QPushButton {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px;
  padding: 0 16px; min-height: {target - 2}px; font-size: {px(t.BUTTON)}; font-weight: {t.MEDIUM}; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.sunken}; }}
QPushButton[keys="true"]:focus {{ border: 2px solid {c.accent}; padding: 0 15px; }}
QPushButton:disabled {{ color: {c.edge}; background: {c.sunken}; border-color: {c.line}; }}
QPushButton[accent="true"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; font-weight: {t.SEMIBOLD}; }}
QPushButton[accent="true"]:hover {{ background: {t.mixed(c.accent, c.text, 0.12)}; }}
QPushButton[accent="true"]:pressed {{ background: {t.mixed(c.accent, c.text, 0.22)}; }}
QPushButton[accent="true"][keys="true"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[accent="true"]:disabled {{ background: {c.sunken}; color: {c.edge}; border-color: {c.line}; }}
QPushButton[quiet="true"] {{ background: transparent; border: 1px solid transparent; padding: 0 10px; }}
QPushButton[quiet="true"]:hover {{ background: {c.hover}; }}
QPushButton[quiet="true"][keys="true"]:focus {{ border: 2px solid {c.accent}; padding: 0 9px; }}
QPushButton[danger="true"] {{ color: {c.danger}; }}
QToolButton {{ background: transparent; color: {c.text}; border: 1px solid transparent; border-radius: {t.RADIUS}px;
  padding: 5px 9px; min-height: {target - 12}px; font-size: {px(t.BUTTON)}; font-weight: {t.MEDIUM}; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.sunken}; }}
QToolButton:checked {{ background: {c.accent_bg}; color: {c.accent}; }}
QToolButton[keys="true"]:focus {{ border: 2px solid {c.accent}; padding: 4px 8px; }}
QToolButton:disabled {{ color: {c.edge}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.select}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.edge}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 6px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.mixed(c.surface, c.edge, 0.6)}; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; height: 0; width: 0; }}
QProgressBar {{ background: {c.sunken}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QComboBox {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; border-radius: {t.RADIUS}px;
  padding: 0 10px; min-height: {target - 2}px; font-size: {px(t.BUTTON)}; }}
QComboBox:focus {{ border: 2px solid {c.accent}; padding: 0 9px; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line}; selection-background-color: {c.select};
  selection-color: {c.text}; outline: none; padding: 4px; }}
QListView, QTableView, QTreeView, QScrollArea {{ background: transparent; border: none; outline: none; }}
QCheckBox {{ spacing: 10px; }}
QLabel {{ background: transparent; }}
{_labels(c, px)}"""


def _labels(tokens: Tokens, px: Callable[[int], str]) -> str:
    """A rule for each ink, size and weight that `kit.label` can be asked for."""
    inks = [f'QLabel[ink="{name}"] {{ color: {colour}; }}' for name, colour in t.colours(tokens).items()]
    sizes = (t.KEYCAP, t.NOTE, t.BUTTON, t.BODY, t.HEAD, t.QUERY, t.TITLE)
    letters = [f'QLabel[letters="{size}"] {{ font-size: {px(size)}; }}' for size in sizes]
    weights = [f'QLabel[weight="{one}"] {{ font-weight: {one}; }}' for one in (t.REGULAR, t.MEDIUM, t.SEMIBOLD)]
    return "\n".join([*inks, *letters, *weights])
