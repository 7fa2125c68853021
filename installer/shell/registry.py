"""The person's own part of Windows' registry (HKEY_CURRENT_USER), behind a few words that a dictionary can say too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol


class Registry(Protocol):
    r"""Keys are relative to HKEY_CURRENT_USER, with `\` between; the value named "" is a key's default one."""

    def get(self, key: str, name: str) -> str | int | None:
        """A value; None where there is none."""

    def set(self, key: str, name: str, value: str | int) -> None:
        """Write a text or a number; the keys above it come into being. Raises `OSError`."""

    def delete(self, key: str, name: str) -> None:
        """Delete a value; no matter if it isn't there. Raises `OSError`."""

    def names(self, key: str) -> tuple[str, ...]:
        """The names of a key's values; none where there is no such key."""

    def below(self, key: str) -> tuple[str, ...]:
        """The names of the keys below a key; none where there is no such key."""

    def delete_key(self, key: str) -> None:
        """Delete a key without keys below it, with its values; no matter if it isn't there. Raises `OSError`."""


class Remembered:
    """A registry in memory, for tests. As in the real one, neither keys nor names mind their case."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str | int]] = {}

    def get(self, key: str, name: str) -> str | int | None:
        return self._values(key).get(self._same(self._values(key), name))

    def set(self, key: str, name: str, value: str | int) -> None:
        parts = key.split("\\")
        for length in range(1, len(parts) + 1):
            whole = "\\".join(parts[:length])
            self.keys.setdefault(self._same(self.keys, whole), {})
        values = self._values(key)
        values[self._same(values, name)] = value

    def delete(self, key: str, name: str) -> None:
        values = self._values(key)
        values.pop(self._same(values, name), None)

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(self._values(key))

    def below(self, key: str) -> tuple[str, ...]:
        start = f"{key}\\".lower()
        found = (one[len(start) :] for one in self.keys if one.lower().startswith(start))
        return tuple(one for one in found if "\\" not in one)

    def delete_key(self, key: str) -> None:
        if self.below(key):
            raise PermissionError(key)
        self.keys.pop(self._same(self.keys, key), None)

    def _values(self, key: str) -> dict[str, str | int]:
        return self.keys.get(self._same(self.keys, key), {})

    @staticmethod
    def _same(known: dict[str, object] | dict[str, str | int] | dict[str, dict[str, str | int]], name: str) -> str:
        return next((one for one in known if one.lower() == name.lower()), name)


def notify() -> None:
    """Tell Explorer that menus have changed; elsewhere nothing."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(0x08000000, 0x1000, None, None)  # SHCNE_ASSOCCHANGED, SHCNF_FLUSH


if sys.platform == "win32":
    import winreg

    class CurrentUser:
        """The real one."""

        def get(self, key: str, name: str) -> str | int | None:
            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
                return value if isinstance(value, str | int) else None
            return None

        def set(self, key: str, name: str, value: str | int) -> None:
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, kind, value)

        def delete(self, key: str, name: str) -> None:
            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened,
            ):
                winreg.DeleteValue(opened, name)

        def names(self, key: str) -> tuple[str, ...]:
            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return tuple(_numbered(lambda index: winreg.EnumValue(opened, index)[0]))
            return ()

        def below(self, key: str) -> tuple[str, ...]:
            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return tuple(_numbered(lambda index: winreg.EnumKey(opened, index)))
            return ()

        def delete_key(self, key: str) -> None:
            with suppress(FileNotFoundError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)

    def _numbered(ask: Callable[[int], str]) -> Iterator[str]:
        index = 0
        while True:
            try:
                yield ask(index)
            except OSError:  # there are no more
                return
            index += 1


def current_user() -> Registry:
    """The registry of the person who runs this. Raises `OSError` elsewhere than on Windows."""
    if sys.platform == "win32":
        return CurrentUser()
    raise OSError("only Windows has a registry")
