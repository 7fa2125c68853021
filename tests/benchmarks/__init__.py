"""Tests of the benchmarks: their scores and tables, not their figures."""
