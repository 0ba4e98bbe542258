"""Import beyond the first look: progress, several files, names, duplicates, undo, bad files."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect
from support.accessibility import (
    assert_every_rendering,
    assert_target,
)
from support.app import App
from support.inputs import (
    KILOGRAM_ROWS,
    LEGS,
    STRONG_ROWS,
    app_state,
    hevy_csv,
    many_sessions,
    session,
    strong_csv,
)

FOUND = "Here is what your file holds"
PULL = "2026-09-05 18:00:00,Pull,40m,Deadlift (Barbell)"


def choose_files(app: App, files: list[FilePayload], button: str = "Choose a file") -> None:
    with app.page.expect_file_chooser() as chooser:
        app.button(button).click()
    chooser.value.set_files(files)


def drop(page: Page, selector: str, file: FilePayload) -> None:
    """Drop a file somewhere, as a mouse would."""
    script = """([selector, name, type, text]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
      const target = document.querySelector(selector);
      for (const kind of ["dragenter", "dragover", "drop"]) {
        const init = { bubbles: true, cancelable: true, dataTransfer: data };
        target.dispatchEvent(new DragEvent(kind, init));
      }
    }"""
    text = base64.b64encode(file["buffer"]).decode()
    page.evaluate(script, [selector, file["name"], file["mimeType"], text])


def test_files_come_one_after_the_other(app: App) -> None:
    page = app.page
    newer = strong_csv(f"{PULL},1,100,5,0,0,,,", name="newer.csv")
    choose_files(app, [strong_csv(*KILOGRAM_ROWS), newer])
    expect(page.get_by_role("heading", name="Import, file 1 of 2")).to_be_visible()
    app.button("Keep it").click()
    expect(page.get_by_role("heading", name="Import, file 2 of 2")).to_be_visible()
    app.keep_import()
    expect(app.sessions).to_have_count(2)


def test_a_file_can_be_dropped_anywhere(app: App) -> None:
    page = app.page
    app.choose_file({"name": "a.csv", "mimeType": "text/csv", "buffer": b"nothing of use"})
    expect(page.get_by_role("alert")).to_contain_text("could not be read")
    app.button("Skip this file").click()
    app.open("/#/import")
    drop(page, "h1", strong_csv(*KILOGRAM_ROWS, name="dropped.csv"))
    expect(page.get_by_role("heading", name=FOUND)).to_be_visible()
    app.keep_import()
    expect(app.sessions).to_have_count(1)


def test_reading_says_how_far_it_is_and_can_be_stopped(app: App) -> None:
    page = app.page
    # So many that nobody is too late to stop it.
    rows = [
        f"{2000 + n // 1000}-{1 + n // 25 % 12:02}-{1 + n % 25:02} 18:00:00,Legs,1h,"
        f"Squat (Barbell),{k},{60 + n % 50},5,0,0,,,"
        for n in range(20_000)
        for k in range(1, 6)
    ]
    app.choose_file(strong_csv(*rows, name="long.csv"))
    progress = page.get_by_role("progressbar")
    expect(progress).to_have_accessible_name(re.compile("long.csv"))
    app.button("Stop reading").click()
    expect(app.button("Start fresh")).to_be_visible()
    # The next file does not wait for what was given up.
    app.choose_file(strong_csv(*KILOGRAM_ROWS))
    expect(page.get_by_role("heading", name=FOUND)).to_be_visible()


def test_a_name_is_chosen_searched_kept_and_remembered(app: App) -> None:
    page = app.page
    rows = (
        f"{LEGS.replace('Squat (Barbell)', 'Bankdrücken mit Uwe')},1,80,5,0,0,,,",
        f"{LEGS.replace('Squat (Barbell)', 'Zottman Wonder')},1,20,9,0,0,,,",
        f"{LEGS.replace('Squat (Barbell)', 'Uncle Bob Press')},1,35,10,0,0,,,",
        *KILOGRAM_ROWS,
    )
    app.choose_file(strong_csv(*rows))
    expect(app.button("3 names not in the catalogue, 3 to decide")).to_be_visible()

    # One tap takes a proposal.
    first = page.get_by_role("radiogroup", name="What “Bankdrücken mit Uwe” stands for")
    proposal = first.get_by_role("radio").first
    expect(proposal).to_have_accessible_name(re.compile("Bench Press"))
    first.locator(".choice-option").first.click()
    expect(proposal).to_be_checked()
    # Another exercise is searched.
    second = page.get_by_role("listitem").filter(has_text="Zottman Wonder")
    second.get_by_role("button", name="Search for another").click()
    page.get_by_role("searchbox", name="Search exercises").fill("overhead press")
    app.button("Choose Barbell Overhead Press", exact=True).click()
    expect(
        page.get_by_role("radiogroup", name="What “Zottman Wonder” stands for").get_by_role(
            "radio", name="Barbell Overhead Press"
        )
    ).to_be_checked()
    # Or the name is the lifter's own, with what it trains.
    third = page.get_by_role("listitem").filter(has_text="Uncle Bob Press")
    third.get_by_text("My own exercise").click()
    third.get_by_role("radiogroup", name="Muscle group of Uncle Bob Press").get_by_text(
        "Chest"
    ).click()
    expect(app.button("3 names not in the catalogue, all decided")).to_be_visible()
    app.keep_import()

    app.sessions.click()
    for name in ("Barbell Overhead Press", "Uncle Bob Press", "Barbell Squat"):
        expect(app.card(name)).to_be_visible()
    expect(page.get_by_text("Zottman Wonder")).to_have_count(0)

    # The next file knows.
    later = [row.replace("2026-09-03", "2026-09-10") for row in rows]
    app.open("/#/data")
    app.choose_file(strong_csv(*later, name="later.csv"), "Import a file")
    expect(page.get_by_role("heading", name=FOUND)).to_be_visible()
    expect(app.button(re.compile("to decide"))).to_have_count(0)


def test_what_is_there_twice_is_shown_and_left_out(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*KILOGRAM_ROWS))
    app.keep_import()
    expect(app.sessions).to_have_count(1)
    rows = [
        f'"Beine","3 Sep 2026, 18:05","3 Sep 2026, 19:10",,Squat (Barbell),,,{n},normal,102.5,5,,,'
        for n in range(11)
    ]
    app.open("/#/data")
    app.choose_file(hevy_csv(*rows), "Import a file")
    expect(app.button("1 workout that you seem to have twice")).to_be_visible()
    expect(
        page.get_by_text(re.compile("An export of Hevy. 0 workouts to add, 1 logged"))
    ).to_be_visible()
    expect(page.get_by_text("In your log: Legs, 3 Sept 2026")).to_be_visible()
    expect(page.get_by_role("switch", name="Keep both")).not_to_be_checked()
    page.get_by_text("Keep both").click()
    expect(page.get_by_text(re.compile("1 workout to add"))).to_be_visible()
    page.get_by_text("Keep both").click()
    app.button("Go on", exact=True).click()
    app.button("Go on", exact=True).click()
    expect(app.sessions).to_have_count(1)


def test_only_new_sets_are_added_to_a_workout_that_is_there(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*KILOGRAM_ROWS[:5]))
    app.keep_import()
    app.open("/#/data")
    app.choose_file(strong_csv(*KILOGRAM_ROWS, name="whole.csv"), "Import a file")
    expect(app.button("1 workout with more sets than in your log")).to_be_visible()
    expect(page.get_by_role("switch", name="Add 6 new sets")).to_be_checked()
    app.keep_import()
    expect(app.sessions).to_have_count(1)
    app.sessions.click()
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_count(11)


def test_an_import_is_undone_at_once_and_later(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*KILOGRAM_ROWS))
    app.keep_import()
    expect(app.sessions).to_have_count(1)
    app.open("/#/data")
    newer = strong_csv(f"{PULL},1,100,5,0,0,,,", name="newer.csv")
    app.choose_file(newer, "Import a file")
    app.keep_import(close_notice=False)
    page.get_by_role("alertdialog").filter(has_text="newer.csv: 1 workout added.").get_by_role(
        "button", name="Undo"
    ).click()
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    app.open("/#/data")
    expect(page.get_by_role("listitem").filter(has_text="newer.csv")).to_contain_text(
        "Undone Today"
    )

    page.reload()
    app.button("Undo this import: strong.csv").click()
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    # Nothing is left of it: the page is as it was before.
    expect(app.button("Start fresh")).to_be_visible()


def test_the_arrival_says_what_the_log_comes_to(app: App, tmp_path: Path) -> None:
    page = app.page
    state = {"settings": {"units": "kg"}, "history": many_sessions(60, every_days=3)}
    app.choose_file(app_state(state))
    app.button("Keep it").click()
    expect(page.get_by_text("60 training days,")).to_be_visible()
    expect(page.get_by_text("180 sets", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("In kg, because the file says so."))).to_be_visible()
    expect(page.get_by_role("heading", name="What has come up short")).to_be_visible()
    loads = page.get_by_role("region", name="Your next").get_by_role("listitem")
    expect(loads).to_have_count(3)
    expect(loads.first).to_contain_text(re.compile(r"\d+(\.\d+)? kg × \d+"))

    with page.expect_download() as download:
        app.button("Share as image").click()
    image = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "voltlift-180-sets.png"
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == (1080, 1350)

    expect(page.get_by_role("listitem").filter(has_text="Arms: never trained")).to_be_visible()
    app.button("Undo this import").click()
    expect(app.button("Start fresh").or_(app.button("Start workout"))).to_be_visible()
    app.open("/#/history")
    expect(page.get_by_text("Day 60")).to_have_count(0)


def walk(app: App, look: Callable[[str], None]) -> None:
    """Go through the screens of an import; ``look`` at each."""
    page = app.page
    app.choose_file({"name": "a.csv", "mimeType": "text/csv", "buffer": b"nothing of use"})
    expect(page.get_by_role("alert")).to_be_visible()
    look("a file that cannot be read")
    app.choose_file(strong_csv(*STRONG_ROWS), "Choose another file")
    expect(app.button("Keep it")).to_be_enabled()
    page.get_by_text("My own exercise").click()
    app.button("2 new workouts").click()
    app.button(re.compile("^Legs")).click()
    look("import report")
    app.button("Search for another").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("name search")
    page.keyboard.press("Escape")
    app.button("Keep it").click()
    expect(page.get_by_role("heading", name="What has come up short")).to_be_visible()
    look("arrival")


def test_axe_finds_nothing_and_320_pixels_are_enough_for_an_import(app: App) -> None:
    walk(app, lambda where: assert_every_rendering(app.page, where))


def test_an_import_works_by_keyboard(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    expect(page.get_by_role("heading", name=FOUND)).to_be_focused()
    own = page.get_by_role("radio", name=re.compile("My own exercise"))
    own.focus()
    page.keyboard.press("Space")
    expect(own).to_be_checked()
    for target in ("Cancel", "Keep it", "Search for another"):
        assert_target(app.button(target))
    expect(app.button("Keep it")).to_be_enabled()
    app.button("Keep it").press("Enter")
    app.button("Go on", exact=True).press("Enter")
    expect(app.sessions).to_have_count(2)


def test_an_import_into_a_log_of_its_own_keeps_what_was_logged(app: App) -> None:
    state = {
        "settings": {"units": "kg"},
        "history": [session("mine", days_ago=1, exercise="barbell-squat", weight=100)],
    }
    app.choose_file(app_state(state))
    app.keep_import()
    app.open("/#/data")
    app.choose_file(strong_csv(*KILOGRAM_ROWS), "Import a file")
    app.keep_import()
    expect(app.sessions).to_have_count(2)
