"""The main window: everything at leisure, one page for each noun."""

from desktop.window.main.page import Page, PageFrame
from desktop.window.main.window import MainWindow

__all__ = ["MainWindow", "Page", "PageFrame"]
