"""An encrypted archive is read by its recipient, and by nobody else."""

import io

import pyrage
import pytest

from vestige.custody import sealed_for
from vestige.model import UsageError


def test_the_recipient_alone_reads_it() -> None:
    one, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    made = io.BytesIO()
    sealed_for.encrypted(io.BytesIO(b"Zargothy" * 100_000), made, str(one.to_public()))
    assert b"Zargothy" not in made.getvalue()
    assert pyrage.decrypt(made.getvalue(), [one]) == b"Zargothy" * 100_000
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made.getvalue(), [other])


@pytest.mark.parametrize("text", ["", "age1", "age1xyz", "nobody"])
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no recipient"):
        sealed_for.demand_recipient(text)
