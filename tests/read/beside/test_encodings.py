"""Encodings of texts, found by their bytes."""

import pytest

from vestige.read.beside.encodings import STRETCH, codec_of, held, is_text, stretches
from vestige.read.beside.parts import Held

TEXTS = {
    "cp1252": "apellidos;nombre\nMuñoz;José\nPeña;Íñigo\nIbáñez;Lucía\n",
    "cp1250": "příjmení;jméno\nDvořák;Jiří\nŽižka;Aleš\nNěmec;Božena\n",
    "cp1251": "Фамилия;Имя\nИванов;Сергей\nКузнецова;Ольга\n",
    "cp1253": "Επώνυμο;Όνομα\nΠαπαδόπουλος;Γιώργος\n",
    "cp1254": "soyadı;adı\nYıldız;Gülşen\nÇağlar;Uğur\n",
    "cp1255": "שם משפחה,שם\nכהן,דוד\nלוי,שרה\n",
    "cp1256": "الاسم\nمحمد علي\nفاطمة حسن\n",
    "cp932": "患者氏名,生年月日\n山田太郎,昭和\n佐藤花子,平成\n",
    "gb18030": "姓名,出生日期\n王小明,北京\n李娜,上海\n",
    "big5": "姓名,生日\n陳大文,台北\n林美玲,高雄\n",
    "cp949": "환자명,생년월일\n김철수,서울\n이영희,부산\n",
    "mac_roman": "Nom;Prénom\nLefèvre;Chloé\nGarçon;André\n",
    "koi8_r": "Фамилия;Имя\nИванов;Сергей\nКузнецова;Ольга\n",
    "utf-8-sig": "Größe;Nachname\n",
    "utf-16": "Nachname;Größe\n",
    "utf-16-le": "Nachname;Größe\n",
    "utf-16-be": "Nachname;Größe\n",
    "utf-32": "Nachname;Größe\n",
    "utf-32-be": "Nachname;Größe\n",
}


@pytest.mark.parametrize("codec", TEXTS)
def test_short_tables_of_names_are_read_in_their_encoding(codec: str) -> None:
    data = TEXTS[codec].encode(codec)
    assert is_text(data)
    assert "".join(stretches(Held(data))) == TEXTS[codec]


def test_what_holds_control_characters_is_no_text() -> None:
    assert not is_text(bytes(range(256)))
    assert not is_text(b"\x00\x01\x02\x03" * 100)
    assert not is_text(b"")
    assert is_text(b"a log whose end was never written" + bytes(200))


def test_what_begins_in_ascii_is_looked_at_further_on() -> None:
    text = "plain\n" * 3000 + "Müller\n"
    assert codec_of(text.encode("cp1252"))[0] == "cp1252"
    assert "".join(stretches(Held(text.encode("cp1252")))) == text


def test_no_line_is_cut_and_no_word_of_a_long_one() -> None:
    lines = Held(b"a line of a text\n" * (STRETCH // 8))
    assert all(one.endswith("\n") for one in stretches(lines))
    long = Held(b"word " * (STRETCH // 2))
    assert all(one.endswith(" ") for one in stretches(long))


def test_bytes_that_the_encoding_does_not_have_are_replaced() -> None:
    data = "x" * 5000 + "ñ"
    assert "".join(stretches(Held(data.encode() + b"\xff\n"))).startswith(data)
    assert held(Held(b"abc"), 2) is None
    assert held(Held(b"abc"), 3) == "abc"
