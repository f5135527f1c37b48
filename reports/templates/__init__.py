"""The templates of the reports: data, no code."""
