from tests.read.beside.given import MUTANTS, given, survived

TRACKS = (
    "mrtrix tracks\ndatatype: Float32LE\ncount: 2\ncommand_history: tckgen /data/quintero/dwi.mif\n"
    "PatientID: 4711\nfile: . 120\nEND\nPatientName: not this"
)


def test_keys_up_to_the_end() -> None:
    found = given(TRACKS, "MRtrix")
    assert found.texts == {
        "MRtrix": ["command_history: tckgen /data/quintero/dwi.mif"],
        "MRtrix PatientID": ["4711"],
    }
    assert found.losses == []


def test_names_and_reserved_bytes_of_trackvis() -> None:
    data = bytearray(1000)
    data[:6], data[38:40], data[600:614] = b"TRACK\0", b"fa", b"Maria Quintero"
    found = given(bytes(data), "TrackVis")
    assert found.texts == {"TrackVis scalar": ["fa"], "TrackVis reserved": ["Maria Quintero"]}


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(TRACKS) == MUTANTS


def test_comments_are_told_without_their_key() -> None:
    header = "mrtrix image\ndim: 4,4,4\ncomments: Quintero Maria\ncomments: \nEND\n"
    assert given(header, "MRtrix").texts == {"MRtrix comment": ["Quintero Maria"]}
