"""Messages of reports in other languages."""
