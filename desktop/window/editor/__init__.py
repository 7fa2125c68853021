"""The picture editor: a window for each picture, its canvas, and its tools."""

from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.window import EditorWindow

__all__ = ["CanvasView", "EditorWindow"]
