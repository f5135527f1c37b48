from vestige.detect.labelled import told_beside
from vestige.model import Band, Claim

OF_HEADER = Claim("elements/x", "A date in the header: Study Date", Band.HIGH, 0.9, "quasi", ())


def test_a_title_tells_of_the_file_and_not_of_a_header() -> None:
    told = told_beside(OF_HEADER, "DA")
    assert told.title == "A date in a file beside the images: Study Date"
    assert told.severity is Band.HIGH


def test_a_time_of_the_day_alone_hardly_tells_of_anyone() -> None:
    assert told_beside(OF_HEADER, "TM").severity is Band.LOW
