"""The volume of the demo."""

from pathlib import Path

import pytest

from vestige.model import UsageError
from vestige.run import demo


def test_a_demo_is_never_planted_over_another(tmp_path: Path) -> None:
    demo.plant(tmp_path)
    with pytest.raises(UsageError, match="demo volume already"):
        demo.plant(tmp_path)
