"""Correlate: the whole stored tree to families and findings across places."""
