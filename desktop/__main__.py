"""`python -m desktop` is `homespun`, for a shell that has the package but not its scripts on the path."""

from desktop.cli import leave

leave()
