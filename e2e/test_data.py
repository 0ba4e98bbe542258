"""The data page: what is stored, taking it along and back, undoing, erasing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download, FilePayload, Page, expect
from support.accessibility import assert_every_rendering, assert_no_sideways_scrolling
from support.app import App
from support.inputs import KILOGRAM_ROWS, STRONG_ROWS, app_state, session, strong_csv

STORED = """async () => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("voltlift-log");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const read = (name) => new Promise((resolve, reject) => {
    const request = database.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const rows = [...(await read("sessions")), ...(await read("documents"))];
  database.close();
  const entries = rows.map(({ id, name, text }) => [id ?? name, JSON.parse(text)]);
  return Object.fromEntries(entries);
}"""

STATE: dict[str, Any] = {
    "settings": {
        "units": "kg",
        "goal": {"type": "Strength"},
        "experienceLevel": "Advanced",
        "favoriteExercises": ["barbell-squat"],
    },
    "history": [
        session("a", days_ago=3, exercise="barbell-bench-press", weight=82.5, notes="fine"),
        session("b", days_ago=6, exercise="custom-mine", weight=40, name="Own"),
    ],
    "dailyLogs": {"2026-09-01": {"date": "2026-09-01", "sleepHours": 7.5}},
    "customExercises": [
        {
            "id": "custom-mine",
            "name": "My press",
            "muscleGroup": "Chest",
            "equipment": "Other",
            "category": "Compound",
        }
    ],
}


def export(app: App, button: str) -> Download:
    with app.page.expect_download() as download:
        app.button(button, exact=True).click()
    expect(app.page.get_by_text(f"{download.value.suggested_filename} is written.")).to_be_visible()
    return download.value


def text_of(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def erase(app: App) -> None:
    app.close_notices()
    app.button("Erase everything").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    expect(app.button("Start fresh")).to_be_visible()


def test_what_is_stored_is_shown(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    app.keep_import()
    app.open("/#/settings")
    page.get_by_role("link", name="Your data: export, import, erase").click()
    stored = page.get_by_role("region", name="On this device")
    expect(stored.locator(".figure", has_text="Workouts").get_by_role("definition")).to_have_text(
        "2"
    )
    expect(stored.locator(".figure", has_text="Sets").get_by_role("definition")).to_have_text("13")
    expect(stored.locator(".figure", has_text="Size").get_by_role("definition")).to_have_text(
        # With or without the models, which arrive when they do.
        re.compile(r"^\d+(\.\d+)?\s(kB|MB)$")
    )
    app.button("What takes how much space").click()
    expect(stored.get_by_role("row", name=re.compile("^Workouts 2 "))).to_be_visible()
    expect(stored).to_contain_text("Stored in this browser, on this device only.")
    expect(page.get_by_text("0 bytes left this phone")).to_be_visible()
    expect(page.get_by_role("region", name="Take it along")).to_contain_text("Not exported yet.")


def test_export_erase_import_gives_the_same(app: App) -> None:
    page = app.page
    app.choose_file(app_state(STATE))
    app.keep_import()
    expect(app.sessions).to_have_count(2)
    app.open("/#/data")
    before = page.evaluate(STORED)
    assert set(before) >= {"a", "b", "settings", "dailyLogs", "customExercises"}
    exported = export(app, "Export everything")
    assert exported.suggested_filename.endswith(".json")
    expect(page.get_by_text("Last export: Today.")).to_be_visible()
    text = text_of(exported)
    assert set(json.loads(text)["state"]) >= {"history", "settings", "removedExercises"}

    erase(app)
    assert page.evaluate(STORED) == {}
    back: FilePayload = {
        "name": "back.json",
        "mimeType": "application/json",
        "buffer": text.encode(),
    }
    app.choose_file(back)
    expect(page.get_by_role("switch", name="Use the settings from this file")).to_be_checked()
    app.keep_import()
    expect(app.sessions).to_have_count(2)
    after = page.evaluate(STORED)
    assert {name: after[name] for name in before} == before
    app.sessions.filter(has_text="Own").click()
    expect(app.card("My press")).to_contain_text("40 kg × 8")


@pytest.mark.parametrize("kind", ["Strong", "Hevy"])
def test_csv_is_read_back(app: App, kind: str) -> None:
    page = app.page
    rows = [row.replace("Legs", '"=cmd|calc"') for row in KILOGRAM_ROWS]
    app.choose_file(strong_csv(*rows))
    app.keep_import()
    app.open("/#/data")
    exported = export(app, f"CSV for {kind}")
    text = text_of(exported)
    assert exported.suggested_filename.endswith(".csv")
    assert not re.search(r'(^|,)"?=', text, re.MULTILINE), "a spreadsheet would run it"
    erase(app)
    app.choose_file({"name": "back.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_text(re.compile(f"An export of {kind}. 1 workout to add."))).to_be_visible()
    app.keep_import()
    app.sessions.click()
    expect(page.get_by_role("heading", name="=cmd|calc", level=1)).to_be_visible()
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_text(["102.5 kg × 5"] * 11)


def test_erasing_can_be_undone(app: App) -> None:
    page = app.page
    app.choose_file(app_state(STATE))
    app.keep_import()
    app.open("/#/data")
    before = page.evaluate(STORED)
    app.button("Erase everything").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 workouts with 6 sets")
    # The way out is what has the focus.
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(STORED) == before
    erase(app)
    assert page.evaluate(STORED) == {}
    notice = page.get_by_role("alertdialog").filter(has_text="Everything is erased.")
    notice.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Everything is back.")).to_be_visible()
    expect(app.sessions).to_have_count(2)
    after = page.evaluate(STORED)
    assert {name: after[name] for name in before} == before


def walk(app: App, look: Callable[[str], None]) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    app.keep_import()
    app.open("/#/data")
    expect(app.button("Undo this import: strong.csv")).to_be_visible()
    app.button("What takes how much space").click()
    look("data")
    app.button("Erase everything").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("erase")


def test_axe_finds_nothing_and_320_pixels_are_enough_for_the_data_page(app: App) -> None:
    walk(app, lambda where: assert_every_rendering(app.page, where))


def test_the_data_page_on_a_desktop(desktop: Page) -> None:
    app = App(desktop)
    app.open()
    app.choose_file(strong_csv(*STRONG_ROWS))
    app.keep_import()
    app.open("/#/data")
    expect(app.button("Undo this import: strong.csv")).to_be_visible()
    assert_no_sideways_scrolling(desktop, "data on a desktop")
