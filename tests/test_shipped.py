import tomllib
from importlib.resources.abc import Traversable

import pytest

from vestige import shipped

ROOMS = [
    (shipped.rules, ("names", "elements", "policies", "tables", "lexicons")),
    (shipped.templates, ("report.html.j2",)),
    (shipped.locales, ("es.po",)),
    (shipped.fixtures, ("recipes", "people.toml")),
]


@pytest.mark.parametrize(
    ("room", "inside"), ROOMS, ids=lambda value: getattr(value, "__name__", "")
)
def test_each_folder_is_there_with_what_it_is_for(room: object, inside: tuple[str, ...]) -> None:
    assert callable(room)
    folder = room()
    assert isinstance(folder, Traversable)
    assert {item.name for item in folder.iterdir()} >= set(inside)


def test_the_rules_can_be_read_where_they_lie() -> None:
    raw = (shipped.rules() / "names" / "person-name.toml").read_text("utf-8")
    assert tomllib.loads(raw)["severity"] == "critical"
    assert shipped.rules() == shipped.rules()
