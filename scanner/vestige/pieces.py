"""What texts are cut into: expressions for words, numbers, dates and codes.

Those that take long to compile are functions: few commands, and few texts, need all of them.
"""

import re
from functools import cache

import regex

from vestige.digits import blinded, form

EXTENSIONS = (
    "dcm dicom dic ima nii gz hdr img nrrd nhdr mha mhd mgz mgh mif par rec bval bvec json csv tsv "
    "txt xml xlsx xls doc docx ppt pptx odt ods rtf pdf htm html md log zip tar tgz bz2 xz 7z rar "
    "png jpg jpeg jp2 gif bmp tif tiff svg mp4 avi mov wmv raw dat bin bak old tmp part h5 hdf5 "
    "npy npz pkl mat m py pyc pyi r ipynb sh bat exe dll so js ts mjs cjs map c h cc cpp hpp java "
    "class jar yaml yml toml ini cfg conf sql sqlite db svs ndpi scn mrxs vtk stl obj ply edf set "
    "fif eeg vhdr vmrk bdf snirf msg eml lnk url sr rtss kos ps iso gii tck trk trx pem key css "
    "scss lock whl egg rst tex bib ds_store webp heic heif avif psd emf wmf xlsm xlsb docm odp "
    "mbox emlx wav mp3 accdb avro arrow bson cbor ckpt crdownload czi dbf dcmjson dmg dta dylib "
    "feather hl7 ics joblib jsonl mdb mrml msgpack ndjson nwb onnx orc parquet properties pth qmd "
    "rda rdata rds rmd safetensors sas7bdat sav sbatch slurm swo swp tfevents tfrecord "
    "vcf vmdk wal wasm webloc xpt zarr zsav zst"
).split()
"""File name extensions that are dropped before words are read, in capitals too.

A name after a dot stays a word: `.key` is an extension, but Key of `Alicia.Key` is a surname.
"""

_MONTHS = (
    "jan january januar januari janvier janeiro jän jänner ene enero gen gennaio "
    "feb february februar februari février fevrier fev fevereiro febrero febbraio "
    "mar march mars marzo março marco mär mrz märz maerz maart "
    "apr april avr avril abr abril aprile may mai mayo maj maggio maio mei "
    "jun june juni juin junio giugno giu junho jul july juli juil juillet julio luglio lug julho "
    "aug august augustus août aout agosto ago sep sept september septembre septiembre settembre "
    "set setembro oct october octobre octubre okt oktober ottobre ott outubro out "
    "nov november novembre noviembre novembro dec december décembre decembre dez dezember "
    "dezembro dic diciembre dicembre"
).split()
"""Whole words only: Martinez, Jansen, Mayer and Decker between two numbers are people."""
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![\p{{L}}\p{{M}}])"
_YEAR = r"(?:19|20)\d\d"
_MM = r"(?:0[1-9]|1[0-2])"
_DD = r"(?:0[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_GAP = r"[-_./ ]{1,3}"
_APART = r"[-_./ ,]{0,3}"

_UID = r"(?<![\d.])[0-2](?:\.\d{1,64}){3,40}(?!\d)"
_DATE = "(?<!\\d)(?:{})".format(
    "|".join(
        (
            rf"{_YEAR}{_MM}{_DD}(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)",
            rf"{_YEAR}{_GAP}{_M}{_GAP}{_D}(?!\d)",
            rf"{_D}{_GAP}{_M}{_GAP}{_YEAR}(?!\d)",
            rf"{_M}{_GAP}{_D}{_GAP}{_YEAR}(?!\d)",
            rf"{_D}{_APART}(?i:{_MONTH}){_APART}{_YEAR}(?!\d)",
            rf"{_YEAR}{_APART}(?i:{_MONTH}){_APART}{_D}(?!\d)",
        )
    )
)

_HEX = r"(?=[A-Fa-f]*\d+[A-Fa-f]+\d|\d+[A-Fa-f]+\d+[A-Fa-f])[0-9A-Fa-f]{7,128}"
_UUID = r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])"
_EMAIL = r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"


@cache
def any_token() -> "regex.Pattern[str]":
    """The pieces of any text; long to compile, as the next ones, and seldom needed by a command."""
    return regex.compile(
        rf"""
        (?P<EMAIL>{_EMAIL})
      | (?P<UUID>{_UUID})
      | (?P<UID>{_UID})
      | (?P<DATE>{_DATE})
      | (?P<HEX>(?<![\p{{L}}\p{{N}}]){_HEX}(?![\p{{L}}\p{{N}}]))
      | (?P<WORD>\p{{L}}\p{{M}}*(?:[\p{{L}}\p{{M}}]|['’ʼ](?=\p{{L}}))*)
      | (?P<NUMBER>\p{{Nd}}+)
      | (?P<SEPARATOR>[^\p{{L}}\p{{Nd}}]+)
        """,
        regex.VERBOSE | regex.VERSION1,
    )


LATIN = re.compile(
    r"""[\x00-?A-\xB1\xB4-\xB8\xBA\xBB\xBF-\u012F\u0132-\u017E\u0180-\u024F"""
    r"""\u02BC\u0300-\u036F\u2010-\u2027]*"""
)
"""A text of Latin letters, marks and signs, without what is a number to some and a letter to others
(²), without what the cases of ASCII letters are mixed up with (ı), and without an at sign."""

_LETTER = r"[^\W\d_]"
_MARK = r"\u0300-\u036F"
_LATIN_DATE = _DATE.replace(r"(?![\p{L}\p{M}])", rf"(?!{_LETTER}|[{_MARK}])")


@cache
def latin_token() -> "re.Pattern[str]":
    """The same for texts of `LATIN`, in which the classes of `re` are as good, and fast.

    What each piece is shows it itself: see `code`.
    """
    return re.compile(
        rf"""
        {_UUID}
      | {_UID}
      | {_LATIN_DATE}
      | (?<![^\W_]){_HEX}(?![^\W_])
      | {_LETTER}(?:{_LETTER}|[{_MARK}]|['’ʼ](?={_LETTER}))*
      | \d+
      | [\W_]+
        """,
        re.VERBOSE,
    )


@cache
def code() -> "re.Pattern[str]":
    """What a piece of a text of `LATIN` with a digit or a dash in it is: its only group."""
    return re.compile(
        rf"(?P<UUID>{_UUID})|(?P<UID>{_UID})|(?P<DATE>{_LATIN_DATE})|(?P<HEX>{_HEX})|(?P<NUMBER>\d+)"
    )


_PLAIN_WORD = r"[A-Za-z]+(?:'[A-Za-z]+)*"
_PLAIN_GAP = r"[^A-Za-z0-9]+"
_PLAIN_DATE = _DATE.replace(r"(?![\p{L}\p{M}])", "(?![A-Za-z])")


@cache
def numbered_token() -> "re.Pattern[str]":
    """The same for texts of ASCII that hold no at sign."""
    return re.compile(
        rf"""
        (?=[0-9A-Fa-f])(?:
            {_UUID}
          | {_UID}
          | {_PLAIN_DATE}
          | (?<![A-Za-z0-9]){_HEX}(?![A-Za-z0-9])
        )
      | {_PLAIN_WORD}
      | [0-9]+
      | {_PLAIN_GAP}
        """,
        re.VERBOSE,
    )


COUNTED = re.compile(f"{_PLAIN_WORD}|[0-9]+|{_PLAIN_GAP}")
"""The same for texts of ASCII with neither an at sign nor what `CODED` finds."""
CODED = re.compile(r"(?:19|20)\d\d|\.\d+\.\d|[0-9A-Fa-f]{7}")
"""A year, parts of a UID, or a run of hexadecimal digits: without them there is no date or code."""


@cache
def dated() -> "regex.Pattern[str]":
    """A UID or a date, in forms of texts whose digits are blind."""
    return regex.compile(
        "|".join(blinded(expression) or "" for expression in (_UID, _DATE)), regex.VERSION1
    )


@cache
def numbered_ending() -> "re.Pattern[str]":
    """An extension with a digit in it, in such a form."""
    return re.compile(
        rf"(?i)\.(?:{'|'.join(sorted({form(e) for e in EXTENSIONS if form(e) != e}))})(?![^.])"
    )
