"""Reports: one Review to HTML, CSV and JSON."""
