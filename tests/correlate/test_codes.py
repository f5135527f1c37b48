"""Codes as tables and names of entries write them."""

import pytest

from vestige.correlate.codes import codes_in, is_code, plain, spellings


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sub-001_ses-01_T1w.nii.gz", "sub-001"),
        ("sub-001", "001"),
        ("sub-042", "42"),
        ("anon-0042_CT", "ANON_0042"),
        ("3F2504E0-4F89-41D3-9A0C-0305E82C3301.zip", "3f2504e04f8941d39a0c0305e82c3301"),
        ("1.2.840.113619.2.5.dcm", "1.2.840.113619.2.5"),
    ],
)
def test_a_code_stands_in_a_name_however_it_is_written(name: str, code: str) -> None:
    own = plain(code)
    assert own in set(codes_in(name, frozenset({len(own)}), folder=True))
    assert own not in set(codes_in("other-999", frozenset({len(own)}), folder=True))


def test_short_numbers_of_files_are_no_codes() -> None:
    assert not list(codes_in("1.dcm", frozenset({1}), folder=False))
    assert list(codes_in("017", frozenset({2}), folder=True)) == ["17"]


def test_what_a_header_may_hold_of_a_code() -> None:
    assert spellings("sub-001") == ("sub-001", "001")
    assert spellings("001") == ("001", "sub-001")


def test_figures_and_dates_are_no_codes() -> None:
    assert [
        one
        for one in ("12", "1.50", "2020-01-02", "a note of 3 words here", "S-0017", "77310")
        if is_code(one)
    ] == [
        "S-0017",
        "77310",
    ]
