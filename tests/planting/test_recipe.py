"""Recipes: all of ours load, and broken ones are refused by file and key."""

from pathlib import Path

import pytest

from vestige.model import UsageError, VestigeError
from vestige.planting import load, recipes

OURS = {
    "broken-files",
    "clean-export",
    "demo",
    "dirty-headers",
    "links-and-loops",
    "numbers-and-codes",
    "odd-encodings",
    "phantom-directory",
    "private-tags",
    "sequences",
}
ARCHIVE = '[[archives]]\npath = "a"\nform = "zip"\n'
FILES = '[[files]]\npath = "a"\nkind = "CT"\nheader = "clean"\n'


def test_our_recipes_are_known_by_name() -> None:
    assert set(recipes()) >= OURS
    assert list(recipes()) == sorted(recipes())


@pytest.mark.parametrize("name", recipes())
def test_our_recipes_load(name: str) -> None:
    recipe = load(name)
    assert recipe.name == name
    assert recipe.title
    assert recipe.plots


def test_a_recipe_of_this_name_must_exist() -> None:
    with pytest.raises(UsageError, match="no recipe 'nothing'; there are broken-files, "):
        load("nothing")


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(f'title = "t"\n{text}', encoding="utf-8")
    return file


def test_a_recipe_may_be_a_file(tmp_path: Path) -> None:
    recipe = load(written(tmp_path, f'persons = 2\nlocales = ["ka"]\n{FILES}'))
    assert (recipe.name, recipe.persons, recipe.locales) == ("mine", 2, ("ka",))
    assert len(recipe.plots) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("person = 1", "recipe.person: unknown key"),
        ("persons = 0", "recipe: needs a person"),
        ("locales = []", "recipe: needs a person"),
        ("files = 1", "recipe.files: must be an array of tables"),
        (FILES + "echa = 1", "recipe.files[0].echa: unknown key"),
        (FILES + "each = 0", "recipe.files[0]: persons counts from 0"),
        (FILES + 'mode = "r"', "recipe.files[0].mode: must be a whole number"),
        (FILES + 'syntax = "jpeg"', "recipe.files[0]: 'jpeg' is not a valid Syntax"),
        (FILES + 'form = "jpeg"', "recipe.files[0]: 'jpeg' is not a valid Form"),
        (FILES + 'charset = "latin"', "recipe.files[0]: 'latin' is no character set"),
        (FILES + 'last = "(0008)"', "recipe.files[0]: '(0008)' is no pointer"),
        (FILES + 'names = "latin-99"', "recipe.files[0]: 'latin-99' is no encoding"),
        (FILES.replace("CT", "XX"), "recipe.files[0].kind: 'XX' is not one of CT, MR, SR, US"),
        (FILES.replace("clean", "x"), "recipe.files[0].header: 'x' is not one of clean, dirty"),
        (FILES.replace('"a"', '"{a}"'), "recipe.files[0].path: {a} is no field"),
        (FILES + "elements = [{ at = '(0)', vr = 'LO' }]", "recipe.files[0].elements[0].at: "),
        (FILES + 'truth = [{ rule = "a", each = "once" }]', "recipe.files[0].truth[0].each: "),
        ('[[bytes]]\ntext = "a"', "recipe.bytes[0].path: is missing"),
        ('[[bytes]]\npath = "a"\nhex = "0"', "recipe.bytes[0]: non-hexadecimal"),
        ('[[bytes]]\npath = "a"\nlayout = [{ size = 1 }]', "recipe.bytes[0].layout[0].size: unkn"),
        ('[[bytes]]\npath = "a"\nattributes = { b = 1 }', "recipe.bytes[0].attributes: must be"),
        ('[[archives]]\npath = "a"\nform = "rar"', "recipe.archives[0]: 'rar' is not of"),
        (ARCHIVE + 'members = [{ text = "a" }]', "recipe.archives[0].members[0].path: is missing"),
        (ARCHIVE + 'members = [{ path = "a", header = "clean" }]', "recipe.archives[0].members[0]"),
        ('[[links]]\npath = "a"', "recipe.links[0].target: is missing"),
        ('[[special]]\npath = "a"\nwhat = "b"', "recipe.special[0]: 'b' is neither fifo nor"),
        ('[[folders]]\npath = "a"\ntext = "b"', "recipe.folders[0].text: unknown key"),
        ('[[truth]]\nrule = "a"', "recipe.truth[0].place: is missing"),
        ('[[truth]]\nrule = "a"\nplace = "{n}"', "recipe.truth[0].place: a truth for each file"),
        ('[[truth]]\nrule = "a"\nplace = "b"\neach = "c"', "recipe.truth[0]: 'c' is neither"),
        ("a = = 1", ""),
    ],
)
def test_broken_recipes_are_refused_by_file_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(VestigeError) as caught:
        load(written(tmp_path, text))
    assert str(caught.value).startswith(f"mine.toml: {message}")
