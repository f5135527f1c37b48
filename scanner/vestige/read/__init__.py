"""Read: one entry of a volume to observations and problems."""
