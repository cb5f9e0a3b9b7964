"""Measurements and the programs that make what ships in `dedupe/data`: run each with `python -m benchmarks.NAME`."""
