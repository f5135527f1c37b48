from vestige.account import NO_BYTES, Account


def test_accounts_add_up() -> None:
    one, other = Account(1, 2, 3, 4), Account(parsed=10, opaque=5)
    assert one + other == Account(11, 2, 3, 9)
    assert one.total == 10
    assert (one + other).total == one.total + other.total
    assert sum((one, other), NO_BYTES) == one + other
