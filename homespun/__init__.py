"""Homespun's ground floor: the few words that all floors share."""

__version__ = "0.1.0"
