"""Scores of labelled sets with the current settings, a module a task."""
