"""Encodings: in which one a text is written, by its bytes alone, and its text in stretches.

Of short texts, as tables of names are, letters tell more than statistics of long ones do: those
that languages write often, one script in a word, and no capital behind a small letter.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from vestige.read.beside.parts import Readable

STRETCH = 1 << 20
"""Bytes that are decoded at once."""

LONGEST_LINE = 1 << 16
"""Characters of a line at most; a longer one is read in pieces, cut between words."""

_SAMPLE = 64 << 10
_LEAST_TOLD = 4 << 10
"""Bytes of lines with other letters than ASCII's that are looked at."""

_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OFTEN = {
    "cp1252": "éäöüáíóúñçãèàêâôßåøæïëîûùòìõœýÿÉÄÖÜÁÍÓÚÑÇÈÀØÅÆÂÊÎÔÛº«»–’‘“”…°µ€·¿¡ª´",
    "cp1250": "áíéýčřžšěůúóćęłąśńżźőűăâîţşďťňäöüôçđľŁŚŻŽŠČŘĆÁÍÉÖÜĎŇŐ–’“”„°",
    "cp1254": "ıçşğüöİÇŞĞÜÖâîû–’“”",
    "cp850": "éäöüáíóúñçãèàêâôßåøæïëîûÉÄÖÜÑÇÅ°",
    "mac_roman": "éäöüáíóúñçãèàêâôßåøæïëîûÉÄÖÜÑÇÅ–’“”°",
    "cp1251": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёієїґОЕАИНТСРВЛКМДПУЯЗБГЧЙХЖШЮЦЩЭФ№",
    "koi8_r": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯЗБГЧЙХЖШЮЦЩЭФ",
    "cp1253": "αοιετσνηυρπκμλωςγδόίάέθήχφύβώξζψϊΑΟΙΕΤΣΝΗΥΡΠΚΜΛΩΓΔΘΧΦΒΞΖΨΆΈΉΊΌΎΏ",
    "cp1255": "יוהלאמרתבשנדחקעפגטצסםןךץזכףְִֵֶַָֹ״׳",
    "cp1256": "اليمنوترهبدسعقفحكجطشصزخضثذغظءأإآةىؤئپچگژ",
}
"""Letters that are written often in the languages of each encoding, the commonest first."""

_WIDE = ("cp932", "gb18030", "big5", "cp949", "euc_jp")
_WIDE_SCRIPTS = {
    "cp932": ("HIRAGANA", "KATAKANA"),
    "euc_jp": ("HIRAGANA", "KATAKANA"),
    "cp949": ("HANGUL",),
}
_COMMON_HAN = frozenset(
    "姓名出生日期患者氏年月男女王李张張陈陳林刘劉杨黄黃号号號病历歷院医醫东東山田中本木"
)
_LAST_HAN = "\u9fa6"
"""Behind it stand those that hardly anyone writes."""

_OTHER = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_RARE = -2.0
_BROKEN = re.compile(r"(?<=[^\W\d_])[a-z\u00df-\u024f][A-Z\u00c0-\u00d6\u00d8-\u00de]")
_ACCENTED = frozenset("άέήίόύώΆΈΉΊΌΎΏ")
"""Greek is hardly written without them: what has none may be Hebrew."""

_CYRILLIC = frozenset({"cp1251", "koi8_r"})
_VOWELS = frozenset("аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ")
_LEAST_VOWELS = 0.25
_LATIN = frozenset({"cp1252", "cp1250", "cp1254", "cp850", "mac_roman"})
_ALONE = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
"""Letters with marks alone: in Latin words others stand between them."""

_LEAST_NULS = 0.3
_MOSTLY = 0.9


def is_text(first: bytes) -> bool:
    """Whether bytes are the beginning of a text in some encoding."""
    if not first:
        return False
    if b"\0" in first or first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return bool(_wide_codec(first)) or _is_strewn(first)
    return len(first.translate(None, _CONTROLS)) == len(first)


def _is_strewn(first: bytes) -> bool:
    """Whether bytes are a text with a few zeros in it, or with nothing else behind it."""
    plain = first.replace(b"\0", b"")
    mostly = len(plain) >= _MOSTLY * len(first.rstrip(b"\0"))
    return len(plain) > 1 and mostly and plain.translate(None, _CONTROLS) == plain


def codec_of(first: bytes) -> tuple[str, int]:
    """The encoding of a text that begins with these bytes, and the length of its mark."""
    for mark, codec in _MARKS:
        if first.startswith(mark):
            return codec, len(mark)
    wide = _wide_codec(first)
    if wide:
        return wide, 0
    if not first.isascii():
        sample = first[:_SAMPLE]
        try:
            sample.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 3:
                other = b"\n".join(_OTHER.findall(sample))[:_LEAST_TOLD]
                return _likeliest(other), 0
    return "utf-8", 0


def _wide_codec(first: bytes) -> str:
    """UTF-16 or UTF-32, by their marks or by where their zeros stand; "" for neither."""
    sample = first[:4096]
    for mark, codec in _MARKS[1:]:
        if sample.startswith(mark):
            return codec if _reads(sample[len(mark) :], codec) else ""
    if b"\0" not in sample:
        return ""
    quarters = [sample[n::4].count(0) for n in range(4)]
    most = max(len(sample) // 4, 1)
    for codec, zeros in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(quarters[n] >= most - 1 for n in zeros) and _reads(sample, codec):
            return codec
    odd, even = quarters[1] + quarters[3], quarters[0] + quarters[2]
    for codec, mine, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if not other and mine >= _LEAST_NULS * 2 * most and _reads(sample, codec):
            return codec
    return ""


def _reads(sample: bytes, codec: str) -> bool:
    width = 4 if "32" in codec else 2
    try:
        text = sample[: len(sample) // width * width].decode(codec)
    except UnicodeDecodeError as error:
        text = sample[: error.start].decode(codec) if error.start > len(sample) - 2 * width else ""
    return bool(text) and all(c.isprintable() or c.isspace() for c in text.lstrip("\ufeff"))


@lru_cache(maxsize=1024)
def _likeliest(sample: bytes) -> str:
    """The encoding that makes the likeliest letters of bytes that are no UTF-8."""
    found = [(_likelihood(sample, codec), -n, codec) for n, codec in enumerate((*_OFTEN, *_WIDE))]
    return max(found)[2]


def _likelihood(sample: bytes, codec: str) -> float:
    """How likely the letters of a text are in an encoding, on average; very low if it fails."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return -9.0
        text = sample[: error.start].decode(codec)
    others = [c for c in text if not c.isascii()]
    if not others:
        return -9.0
    if codec in _WIDE:
        return sum(_wide_likelihood(c, codec) for c in others) / len(others)
    often = _OFTEN[codec]
    rank = {c: 1.0 - n / len(often) for n, c in enumerate(often)}
    told = sum(rank.get(c, _RARE) for c in others) / len(others)
    if codec == "cp1253" and _ACCENTED.isdisjoint(text):
        told -= 1.0
    if codec in _CYRILLIC and sum(c in _VOWELS for c in others) < _LEAST_VOWELS * len(others):
        told -= 1.0
    if codec in _LATIN:
        told -= 2.0 * sum(map(len, _ALONE.findall(text))) / len(others)
    return told - 2.0 * len(_BROKEN.findall(text)) / len(others)


def _wide_likelihood(c: str, codec: str) -> float:
    name = unicodedata.name(c, "")
    if name.startswith(_WIDE_SCRIPTS.get(codec, ("-",))):
        if codec == "cp949" and not _in_korean(c):
            return -1.0
        return 0.9 if "HALFWIDTH" not in name else -1.0
    if c in _COMMON_HAN:
        return 1.0
    if name.startswith("CJK UNIFIED"):
        return 0.55 if codec == "cp932" or c < _LAST_HAN else -1.0
    return 0.3 if name.startswith(("FULLWIDTH", "IDEOGRAPHIC", "KATAKANA", "HIRAGANA")) else -1.0


def _in_korean(c: str) -> bool:
    """Whether a syllable is one of those that are in use (KS X 1001)."""
    try:
        return len(c.encode("euc_kr")) == len("  ")
    except UnicodeEncodeError:
        return False


def stretches(readable: Readable) -> Iterator[str]:
    """The text of a file in stretches that end with a line, or between words of a long one."""
    first = readable.first
    if len(first) >= readable.size and first.isascii() and b"\0" not in first:
        yield from _parted(first.decode("ascii"))
        return
    codec, at = codec_of(_sample(readable))
    decoder = codecs.getincrementaldecoder(codec)("replace")
    left = ""
    while at < readable.size:
        data = readable.first[at:] if at < len(readable.first) else readable.read(at, STRETCH)
        if not data:
            break
        at += len(data)
        if data[0] == 0 and data == bytes(len(data)):
            continue
        text = left + decoder.decode(data)
        end = _end(text)
        left = text[end:]
        if end:
            yield text[:end]
    left += decoder.decode(b"", final=True)
    if left:
        yield left


def _parted(text: str) -> Iterator[str]:
    """A text up to where its last line begins, and the rest."""
    end = _end(text)
    if end:
        yield text[:end]
    if end < len(text):
        yield text[end:]


def _sample(readable: Readable) -> bytes:
    """The bytes by which the encoding is found: more than the first if these are ASCII alone."""
    first = readable.first
    if len(first) >= readable.size or not first.isascii():
        return first
    return first + readable.read(len(first), _SAMPLE)


def _end(text: str) -> int:
    """Where a stretch of a text ends, so that no line is cut that is not very long."""
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    if end or len(text) < LONGEST_LINE:
        return end
    return text.rfind(" ") + 1 or len(text)


def held(readable: Readable, most: int) -> str | None:
    """The whole text of a file; None if it has more than `most` bytes."""
    if readable.size > most:
        return None
    return "".join(stretches(readable))
