"""Conclusion: a review to the exit code of the command."""

from vestige.gate import exit_code
from vestige.model import Review


def conclusion(review: Review) -> int:
    """0 nothing found and all read, 1 findings that count, 3 something was not read."""
    return exit_code(review.verdict)
