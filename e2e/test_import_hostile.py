"""Files that break importers: each is an answer, and what they hold is text."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from support.app import App
from support.inputs import KILOGRAM_ROWS, strong_csv

FOUND = "Here is what your file holds"

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "a photo": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "could not be read"),
    "commas": (b"," * 1_000_000, "could not be read"),
    "zeros": (b"\x00" * 100_000, "could not be read"),
    "brackets": (b"[" * 200_000, "could not be read"),
    "nothing": (b"", "could not be read"),
    "another table": (b"a,b,c\n1,2,3\n4,5,6\n", "could not be read"),
}


def test_a_bad_file_is_an_answer_and_a_good_one_is_read_behind_it(app: App) -> None:
    alert = app.page.get_by_role("alert")
    found = app.page.get_by_role("heading", name=FOUND)
    for name, (content, expected) in BAD_FILES.items():
        app.choose_file({"name": "log.csv", "mimeType": "text/csv", "buffer": content})
        expect(alert, name).to_contain_text(expected)
        app.choose_file(strong_csv(*KILOGRAM_ROWS), "Choose another file")
        expect(found, name).to_be_visible()
        app.button("Cancel").click()
        expect(found, name).to_have_count(0)


def test_a_file_of_200_megabytes_is_refused_at_once(app: App, tmp_path: Path) -> None:
    page = app.page
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    app.choose_file(path)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This file is too large.")
    expect(alert).to_contain_text("It has 200 MB; up to 100 MB can be read.")
    # The engine was not asked: it need not even be there.
    app.choose_file(strong_csv(*KILOGRAM_ROWS), "Choose another file")
    expect(page.get_by_role("heading", name=FOUND)).to_be_visible()


def test_markup_in_a_file_is_text_everywhere(app: App) -> None:
    page = app.page
    page.add_init_script("window.ran = false")
    page.reload()
    evil = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>'
    quoted = '"' + evil.replace('"', '""') + '"'
    rows = [
        f"2026-09-03 18:00:00,{quoted},1h,{quoted},{n},80,5,0,0,{quoted},{quoted}," for n in (1, 2)
    ]
    name = "<b>strong<b>.csv"
    app.choose_file(strong_csv(*rows, *KILOGRAM_ROWS, name=name))
    expect(page.get_by_text(evil, exact=True).first).to_be_visible()
    app.button("2 new workouts").or_(app.button("1 new workout")).click()
    expect(page.get_by_role("button").filter(has_text=evil).first).to_be_visible()
    app.button("Keep it").click()
    expect(page.get_by_role("heading", name="Your training", level=1)).to_be_visible()
    app.open("/#/data")
    expect(page.get_by_text(name)).to_be_visible()
    app.open("/#/history")
    page.get_by_role("searchbox").fill("onerror")
    page.get_by_role("link").filter(has_text=evil).first.click()
    expect(page.get_by_role("heading", name=evil, level=1)).to_be_visible()
    expect(page.locator(".session-notes").first).to_have_text(evil)
    app.button("Edit").click()
    expect(page.get_by_role("textbox", name="Notes", exact=True)).to_have_value(evil)
    assert page.evaluate("window.ran") is False
    assert page.locator("main img, main script, main b").count() == 0
