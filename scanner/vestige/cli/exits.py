"""How commands end: their exit codes, but those that tell of findings."""

from vestige.model import BusyError, SealError, StoreError, VestigeError

EXIT_USAGE, EXIT_INTERNAL, EXIT_BUSY, EXIT_INTERRUPTED = 2, 4, 75, 130
"""As of all commands; 75 says, as of mail, that another try later may do."""


def code_of(error: VestigeError) -> int:
    """The exit code of an error that ends a command."""
    if isinstance(error, BusyError):
        return EXIT_BUSY
    return EXIT_INTERNAL if isinstance(error, StoreError | SealError) else EXIT_USAGE
