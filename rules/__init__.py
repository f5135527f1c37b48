"""The rules, tables and lexicons that ship with Vestige: data, no code."""
