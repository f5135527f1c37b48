"""Clearances: exactly which files may leave, and whether what is there is what was cleared.

Here no file of a volume is read: this room knows the manifest, the listings of the far side, and
signatures.
"""
