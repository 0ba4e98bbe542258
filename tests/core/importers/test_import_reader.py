"""Delimited text to rows: delimiters, line numbers, broken quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import write

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers import reader
from voltlift_importers.reader import read_table


def lines_and_cells(text: str) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in read_table(text).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found(delimiter: str) -> None:
    text = write([["a", "b", "c"], ["1,5", "x; y", "2"]], delimiter)
    table = read_table(text)
    assert table.delimiter == delimiter
    assert table.rows[1].cells == ["1,5", "x; y", "2"]


def test_the_header_decides_where_most_rows_are_cut_short() -> None:
    table = read_table("a;b;c\n0\n0\n0\n")
    assert table.delimiter == ";"
    assert [len(row.cells) for row in table.rows] == [3, 1, 1, 1]


def test_delimiter_named_by_a_spreadsheet_is_followed() -> None:
    table = read_table("sep=;\na;b,c,d\n")
    assert table.delimiter == ";"
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["a", "b,c,d"])]


def test_lines_are_physical_lines_also_after_quoted_line_breaks() -> None:
    text = 'a,b\r\n\r\n"one\ntwo\r\nthree",2\r\n3,4'
    assert lines_and_cells(text) == [
        (1, ["a", "b"]),
        (3, ["one\ntwo\r\nthree", "2"]),
        (6, ["3", "4"]),
    ]


def test_an_unclosed_quotation_mark_costs_its_own_line_only() -> None:
    text = 'a,b\n"open,1\n' + "".join(f"{i},{i}\n" for i in range(300))
    table = read_table(text)
    assert table.broken_lines == (2,)
    assert len(table.rows) == 301
    assert table.rows[1].line == 3


def test_an_unclosed_quotation_mark_at_the_end_is_noticed() -> None:
    table = read_table('a,b\n1,2\n3,"4\n')
    assert [row.cells for row in table.rows] == [["a", "b"], ["1", "2"]]
    assert table.broken_lines == (3,)


def test_a_cell_too_long_for_the_reader_is_a_broken_line() -> None:
    table = read_table("a,b\n" + "x" * 200_000 + ",1\n3,4\n")
    assert table.broken_lines == (2,)
    assert [row.line for row in table.rows] == [1, 3]


def test_a_line_that_no_row_can_be_is_not_parsed() -> None:
    table = read_table("a,b\n" + "x," * 150_000 + "\n3,4\n")
    assert table.broken_lines == (2,)
    assert [row.line for row in table.rows] == [1, 3]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert len(read_table("h\n1\n2\n3\n").rows) == 4
    with pytest.raises(VoltLiftError) as caught:
        read_table("h\n1\n2\n3\n4\n")
    assert caught.value.code is ErrorCode.FILE_TOO_LARGE


def test_empty_text_has_no_rows() -> None:
    assert read_table("").rows == ()
    assert read_table("\n \n,,\n").rows == ()


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    header = ["first", "second", "third", "fourth"]
    body = [[f"row {i}", *row] for i, row in enumerate(rows)]
    table = read_table(write([header, *body], ","))
    assert [row.cells for row in table.rows] == [header, *body]
    assert [row.line for row in table.rows] == list(range(1, len(body) + 2))


@pytest.mark.parametrize("header", ["Date,Name,Reps", '"Date,Name,Reps"'])
def test_lines_that_a_spreadsheet_took_for_one_cell_are_taken_apart(header: str) -> None:
    # What a spreadsheet with another list separator makes of a file when it saves it again.
    text = header + '\n"1.1.,""Push, heavy"",5"\n"2.1.,""two\nlines"",6"\n3.1.,Pull,7\n'
    assert [(row.line, row.cells) for row in read_table(text).rows] == [
        (1, ["Date", "Name", "Reps"]),
        (2, ["1.1.", "Push, heavy", "5"]),
        (3, ["2.1.", "two\nlines", "6"]),
        (5, ["3.1.", "Pull", "7"]),
    ]
