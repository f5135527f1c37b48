"""How commands end."""

from vestige.cli.exits import EXIT_BUSY, EXIT_INTERNAL, EXIT_USAGE, code_of
from vestige.model import BusyError, RuleError, SealError, StoreError, UsageError


def test_every_error_has_its_exit_code() -> None:
    kinds = (UsageError, RuleError, StoreError, SealError, BusyError)
    assert [code_of(kind("x")) for kind in kinds] == [
        *(EXIT_USAGE, EXIT_USAGE, EXIT_INTERNAL, EXIT_INTERNAL, EXIT_BUSY)
    ]
