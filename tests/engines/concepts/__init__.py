"""Tests of the concept guard: algebra on an encoder with random weights, which is enough for every invariant."""
