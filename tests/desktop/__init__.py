"""Tests of what a person meets: the command line."""
