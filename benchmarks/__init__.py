"""What Homespun is measured by. `python -m benchmarks` lists the benchmarks; docs/benchmarks.md says how each measures."""
