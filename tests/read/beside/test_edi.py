"""Messages of insurers and hospitals, segment by segment."""

from tests.read.beside.given import MUTANTS, given, survived

ISA = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240305*1011*^*00501*"
    "000000001*0*P*:~"
)
CLAIM = (
    f"{ISA}GS*HC*A*B*20240305*1011*1*X*005010X222A1~ST*837*0001~NM1*85*2*KLINIK LINDENAU*****XX*1~"
    "NM1*IL*1*QUINTERO*MARIA*E***MI*H4711233~N3*HAUPTSTR 4~N4*LINDENAU*XX*04177~DMG*D8*19500102*F~"
    "NM1*82*1*VEXLEY*OWEN****XX*2~REF*EA*MRN88123~CLM*PCN4711*100~PER*IC*ROWAN DOE*TE*5551234567~"
    "NTE*ADD*PATIENT WAS CALLED~SE*9*0001~GE*1*1~IEA*1*000000001~"
)
REPORT = (
    "UNA:+.? 'UNB+UNOC:3+A+B+240305:1011+1'UNH+1+MEDRPT:D:96A:UN'"
    "PNA+PAT+4711233+++SU:Quintero+FO:Maria'DTM+329:19500102:102'"
    "NAD+PO+++Vexley:Owen'FTX+AAA+++Signed by O?'Hara'UNT+5+1'"
)


def test_persons_of_a_claim() -> None:
    found = given(CLAIM, "EDI").texts
    assert found["X12 PatientName"] == ["QUINTERO^MARIA E"]
    assert found["X12 PatientID"] == ["H4711233", "MRN88123", "PCN4711"]
    assert found["X12 PatientBirthDate"] == ["19500102"]
    assert found["X12 PatientAddress"] == ["HAUPTSTR 4", "LINDENAU XX 04177"]
    assert found["X12 PersonName"] == ["VEXLEY^OWEN", "ROWAN DOE"]
    assert found["X12 text"] == ["KLINIK LINDENAU", "ADD", "PATIENT WAS CALLED"]


def test_segments_may_end_with_lines() -> None:
    assert given(CLAIM.replace("~", "\n"), "EDI").texts["X12 PatientName"] == ["QUINTERO^MARIA E"]


def test_persons_of_a_report() -> None:
    found = given(REPORT, "EDI").texts
    assert found["EDIFACT PatientName"] == ["Quintero^Maria"]
    assert found["EDIFACT PatientID"] == ["4711233"]
    assert found["EDIFACT PatientBirthDate"] == ["19500102"]
    assert found["EDIFACT PersonName"] == ["Vexley Owen"]
    assert "Signed by O'Hara" in found["EDIFACT text"]


def test_marks_may_be_others() -> None:
    other = REPORT.replace("UNA:+.? '", "UNA#|.! ~").replace(":", "#").replace("+", "|")
    found = given(other.replace("?'", "!~").replace("'", "~"), "EDI").texts
    assert found["EDIFACT PatientName"] == ["Quintero^Maria"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(CLAIM) + survived(REPORT) == 2 * MUTANTS
