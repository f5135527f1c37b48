"""Custody: what was there, when, who did what, and that nothing else has changed."""
