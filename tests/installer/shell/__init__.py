"""Tests of `installer.shell`: menus of a person's own, in a home of their own."""
