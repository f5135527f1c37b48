from benchmarks.imaging_files import stl
from tests.read.beside.given import MUTANTS, given, survived


def test_words_before_the_numbers() -> None:
    vtk = "# vtk DataFile Version 3.0\nof Quintero\nASCII\nDATASET POLYDATA\n"
    assert given(vtk, "VTK").texts == {"VTK title": ["of Quintero"]}
    assert given(stl("of Quintero"), "STL").texts == {"STL header": ["of Quintero"]}
    text = "solid Quintero\n facet normal 0 0 1\n  outer loop\n"
    assert given(text, "STL").texts == {"STL header": ["Quintero"]}
    ply = "ply\nformat ascii 1.0\ncomment of Quintero\nelement vertex 0\nend_header\ncomment no\n"
    assert given(ply, "PLY").texts == {"PLY comment": ["of Quintero"]}


def test_surfaces_of_freesurfer_name_their_maker() -> None:
    data = b"\xff\xff\xfecreated by quintero on Sat Mar  2 10:11:12 2019\n\n" + bytes(64)
    (told,) = given(data, "FreeSurfer surface").texts["FreeSurfer created by"]
    assert told.startswith("created by quintero on")


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(stl("of Quintero")) == MUTANTS
