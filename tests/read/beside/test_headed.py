from vestige.read.beside.headed import place_of_heading


def test_headings_announce_attributes_in_many_languages() -> None:
    for heading, keyword, vr in (
        ("Apellidos", "PatientName", "PN"),
        ("geburtsdatum", "PatientBirthDate", "DA"),
        ("MRN", "PatientID", "LO"),
        ("Institution", "InstitutionName", "LO"),
    ):
        place = place_of_heading("column", heading)
        assert (place.pointer, place.vr) == (f"column {keyword}", vr)


def test_a_heading_that_somebody_chose_is_in_no_pointer() -> None:
    place = place_of_heading("column", "Zebrinsky Anna")
    assert (place.pointer, place.tag, place.vr) == ("column", 0, "UT")
