"""The palette: its state without a window, its widgets, and real searches."""
