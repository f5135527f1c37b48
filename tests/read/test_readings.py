from collections.abc import Iterator
from pathlib import Path

import pytest
from pydicom.data import get_charset_files

from tests.detect.objects import CATALOG
from tests.read.build import explicit, header_of, part_10, private
from tests.read.sources import folders
from vestige.catalog import policy
from vestige.detect.judge import Judge
from vestige.model import Declaration, Observation, Place, Where
from vestige.read.charset import codecs_of, decoded
from vestige.read.dicom import observations, vr_of
from vestige.read.header import read_header
from vestige.read.pages import Held
from vestige.read.readings import LONGEST, readings
from vestige.sensitive import Sensitive

RUSSIAN, CHINESE = "Иванов Иван", "王小东"
JAPANESE, KOREAN, GERMAN = "山田太郎", "김희중", "Müller, Jürgen"

LIES = [
    (RUSSIAN, "cp1251", ""),
    (RUSSIAN.upper(), "cp1251", "ISO_IR 100"),
    (RUSSIAN, "cp1251", "ISO_IR 144"),
    (RUSSIAN, "cp1251", "ISO_IR 192"),
    (RUSSIAN, "cp1251", "GB18030"),
    (RUSSIAN, "koi8_r", "ISO_IR 100"),
    (RUSSIAN, "iso8859_5", "ISO_IR 100"),
    (RUSSIAN, "utf_8", "ISO_IR 144"),
    (CHINESE, "gb18030", ""),
    (CHINESE, "gb18030", "ISO_IR 100"),
    (CHINESE, "gb18030", "ISO_IR 192"),
    (CHINESE, "utf_8", "GB18030"),
    (JAPANESE, "shift_jis", "ISO_IR 100"),
    (JAPANESE, "shift_jis", "ISO_IR 192"),
    (JAPANESE, "iso2022_jp", "ISO_IR 192"),
    (KOREAN, "euc_kr", "ISO_IR 100"),
    (KOREAN, "euc_kr", ""),
    (GERMAN, "latin_1", "ISO_IR 192"),
    (GERMAN, "latin_1", "GB18030"),
    (GERMAN, "utf_8", "ISO_IR 100"),
    (GERMAN, "utf_8", "ISO_IR 6"),
]

TRUE = [
    ("Größe 12 µm ±3°", "latin_1", "ISO_IR 100"),
    ("éclairée à l'été", "latin_1", "ISO_IR 100"),
    ("Łódź żółć", "iso8859_2", "ISO_IR 101"),
    ("Διονυσιος", "iso8859_7", "ISO_IR 126"),
    ("שרון", "iso8859_8", "ISO_IR 138"),
    ("قباني", "iso8859_6", "ISO_IR 127"),
    (RUSSIAN, "iso8859_5", "ISO_IR 144"),
    (CHINESE, "gb18030", "GB18030"),
    (CHINESE, "utf_8", "ISO_IR 192"),
    (JAPANESE, "shift_jis", "ISO_IR 13"),
    (JAPANESE, "iso2022_jp", "\\ISO 2022 IR 87"),
]

ORDINARY = {
    "gb18030": "头部 胸部 腹部平扫 颅脑增强 肝脏 膝关节 腰椎 盆腔 冠状位 平扫 左侧 门诊 急诊",
    "shift_jis": "頭部 胸部 造影 単純 膝関節 腰椎 骨盤 心臓 冠状断 両側 外来 救急 スカウト",
    "euc_kr": "두부 흉부 복부 조영 무릎 요추 골반 심장 관상면 좌측 양측 소아 외래 스카우트",
    "cp1251": "голова контраст колено таз сердце печень левый правый взрослый рентген ГОЛОВА срез",
}
"""Words of radiology, which name nobody."""


def read(text: str, codec: str, declared: str) -> tuple[str, tuple[str, ...]]:
    """How a text reads as declared, and how else."""
    value, codecs = text.encode(codec), codecs_of(declared.encode())
    first = decoded(value, codecs, name=False)
    return first, readings(value, first, codecs)


@pytest.mark.parametrize(("text", "codec", "declared"), LIES)
def test_a_name_is_read_whatever_set_is_declared(text: str, codec: str, declared: str) -> None:
    first, further = read(text, codec, declared)
    assert text in (first, *further)
    assert first not in further
    assert len(further) <= 2


@pytest.mark.parametrize(("text", "codec", "declared"), TRUE)
def test_what_reads_well_as_declared_is_read_once(text: str, codec: str, declared: str) -> None:
    assert read(text, codec, declared) == (text, ())


def test_plain_and_very_long_texts_are_read_once() -> None:
    assert readings(b"Mueller", "Mueller", ("utf_8",)) == ()
    value = RUSSIAN.encode("cp1251") * LONGEST
    assert readings(value, value.decode("latin_1"), ("latin_1",)) == ()


def rules(text: str) -> set[str]:
    place = Place(Where.PRIVATE, "(0029,xx10) MAKER", 0x00291010, "")
    found = Judge(CATALOG, policy("gdpr")).judge(Observation(place, Sensitive(text)), Declaration())
    return {hit.claim.rule for hit in found.hits}


@pytest.mark.parametrize("codec", ORDINARY)
def test_no_name_arises_from_reading_ordinary_words_in_another_set(codec: str) -> None:
    for word in ORDINARY[codec].split():
        for declared in ("", "ISO_IR 100", "ISO_IR 192"):
            _, further = read(word, codec, declared)
            assert all(not rules(text) for text in further if text != word), (word, further)


def found_in(data: bytes) -> set[tuple[str, str]]:
    header = header_of(data, vr_of)
    judge = Judge(CATALOG, policy("gdpr"))
    return {
        (one.place.pointer, hit.claim.rule)
        for one in observations(header)
        for hit in judge.judge(one, Declaration()).hits
    }


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (RUSSIAN, "cp1251", b""),
        (CHINESE, "gb18030", b"ISO_IR 100"),
        (JAPANESE, "shift_jis", b"ISO_IR 100"),
        (GERMAN, "utf_8", b"ISO_IR 100"),
        (GERMAN, "latin_1", b"ISO_IR 192"),
    ],
)
def test_names_in_files_that_declare_another_set_are_found(
    text: str, codec: str, declared: bytes
) -> None:
    value = text.encode(codec)
    head = explicit(0x00080005, "CS", declared)
    comment = explicit(0x00204000, "LT", value)
    unknown = private(b"MAKER ", explicit(0x00291010, "UN", value + b" " * (len(value) % 2)))
    found = found_in(part_10(head + comment + unknown))
    assert ("(0020,4000)", "names/person-name") in found
    assert any(rule == "names/person-name" and "(0029," in pointer for pointer, rule in found)


def test_tables_judge_the_declared_reading_alone() -> None:
    head = explicit(0x00080005, "CS", b"ISO_IR 100")
    data = part_10(head + explicit(0x00104000, "LT", RUSSIAN.encode("cp1251")))
    header = header_of(data, vr_of)
    first, further = (one for one in observations(header) if one.place.tag == 0x00104000)
    judge = Judge(CATALOG, policy("gdpr"))
    by_table = [hit.claim.rule for hit in judge.judge(first, Declaration()).hits]
    assert "elements/free-text" in by_table
    assert {hit.claim.rule for hit in judge.judge(further, Declaration()).hits} == {
        "names/person-name"
    }


def test_each_group_of_a_name_has_a_set_of_its_own() -> None:
    value = b"Wang^XiaoDong=" + "王^小东".encode() + b"=" + "Müller".encode("latin_1")
    assert decoded(value, ("latin_1",), name=True) == "Wang^XiaoDong=王^小东=Müller"


def real() -> Iterator[Path]:
    for folder in folders():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_real_file_is_read_otherwise_than_it_declares() -> None:
    charset = {Path(path).name for path in get_charset_files("*.dcm")}
    for path in real():
        header = read_header(Held(path.read_bytes()), vr_of)
        if header is not None:
            charset.discard(path.name)
            further = [o for o in observations(header) if not o.place.vr and o.place.tag]
            assert further == [], path.name
    assert charset == set()
