"""Detect: one observation and the catalog to hits."""
