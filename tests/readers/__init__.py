"""Tests of the readers and of the process that they run in."""
