"""What each system does its own way: keys, tray, task bar, notifications, file managers, looks, and what is left of a crash.

Every file is a door that works everywhere, or says in words why it doesn't; `*_x11`, `*_windows`, `*_macos` and
`*_portal` are the ways behind it. Nothing here decides what a screen shows.
"""
