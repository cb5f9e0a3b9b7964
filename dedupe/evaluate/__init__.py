"""Scores of labelled sets with the current settings, a module a task.

Each has `evaluate(gold_path, config, jobs)`, which returns the figures by name, and `table`, which returns these as
text. `jobs`: threads and processes at most; the figures do not depend on it.
"""
