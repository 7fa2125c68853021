"""Whether the computer runs on its battery."""

from __future__ import annotations


def on_battery() -> bool:
    """Whether no mains power is plugged in. False where nobody can tell, and on computers without a battery."""
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, NotImplementedError):
        return False
    return battery is not None and battery.power_plugged is False
