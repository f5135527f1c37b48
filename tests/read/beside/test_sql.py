"""Dumps of databases: rows by the columns of their tables, and what is no row."""

from tests.read.beside.told import told
from vestige.read.beside import texts

DUMP = """-- MySQL dump 10.13
CREATE TABLE `patients` (
  `id` int NOT NULL,
  `last_name` varchar(64) DEFAULT 'x, (y)',
  `note` decimal(10,2),
  PRIMARY KEY (`id`)
);
INSERT INTO `patients` VALUES (1,'Quintero','it''s, (so)'),(2,'O\\'Probe',NULL);
INSERT INTO app.visits (id, mrn) VALUES (7, 4711233);
COPY public.staff (id, first_name) FROM stdin;
3\tMaria
4\t\\N
\\.
SELECT 1;
"""


def test_rows_are_told_by_the_columns_of_their_tables() -> None:
    found = told(texts.read, DUMP.encode())
    assert found["SQL column 2 > PersonName"] == ["Quintero", "O'Probe", "Maria"]
    assert found["SQL column 2 > PatientID"] == ["4711233"]
    assert found["SQL column 3"] == ["it's, (so)"]
    assert "SELECT 1;" in found["text"]


def test_a_dump_that_breaks_off_is_read_up_to_there() -> None:
    broken = "INSERT INTO p (surname) VALUES ('Quintero'),('Pro"
    assert told(texts.read, broken.encode())["SQL column 1 > PersonName"] == ["Quintero"]
