"""The first minute: import and its report, the sample lifter, starting fresh."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from support.app import App
from support.inputs import KILOGRAM_ROWS, STRONG_ROWS, app_state, session, strong_csv

STORED = """async () => {
  const found = (await indexedDB.databases()).some(({ name }) => name === "voltlift-log");
  if (!found) return 0;
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("voltlift-log");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let count = 0;
  for (const name of database.objectStoreNames) {
    count += await new Promise((resolve, reject) => {
      const request = database.transaction(name).objectStore(name).count();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  database.close();
  return count;
}"""


def figure(page: Page, label: str) -> Locator:
    """A number of the report by the label above it."""
    return page.locator(".figure", has_text=label).get_by_role("definition")


def test_a_strong_export_is_reported_before_anything_is_stored(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    expect(page.get_by_role("heading", name="Here is what your file holds")).to_be_visible()

    expect(figure(page, "Workouts")).to_have_text("2")
    expect(figure(page, "Sets")).to_have_text("13")
    expect(figure(page, "Exercises")).to_have_text("3")
    expect(page.get_by_text(re.compile("An export of Strong. 2 workouts to add."))).to_be_visible()
    expect(page.get_by_text(re.compile("Nothing is stored yet."))).to_be_visible()
    expect(page.get_by_text("1 Sept 2026 to 3 Sept 2026")).to_be_visible()

    expect(page.get_by_role("radio", name="lb")).to_be_checked()
    reason = re.compile(r"The file does not say\. Bars are loaded as with lb plates\.")
    expect(page.get_by_text(reason)).to_be_visible()
    expect(
        page.get_by_text(re.compile("For example: .*225 lb|For example: .*275 lb"))
    ).to_be_visible()

    # A row that could have been a set is in the open; a rest timer can be looked at.
    rejected = page.get_by_role("group").filter(has_text="Line 5").last
    expect(rejected).to_contain_text("many")
    expect(rejected).to_contain_text("Reps")
    expect(app.button("1 row left out")).to_be_visible()
    app.button("Notes and rest timers, which are no sets (1)").click()
    expect(page.get_by_text(re.compile(r"^Line 4: .*Rest Timer"))).to_be_visible()
    expect(app.button("1 name not in the catalogue, 1 to decide")).to_be_visible()
    expect(page.get_by_text("Uncle Bob Press", exact=True)).to_be_visible()

    assert page.evaluate(STORED) == 0
    app.open()
    page.reload()
    expect(page.get_by_role("heading", name="Import my training")).to_be_visible()


def test_the_unit_can_be_chosen_and_what_is_kept_stays(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    page.get_by_text("kg", exact=True).click()
    expect(page.get_by_text("You chose it.")).to_be_visible()
    expect(page.get_by_text(re.compile("For example: .*225 kg"))).to_be_visible()
    page.get_by_text("lb", exact=True).click()
    expect(page.get_by_text(re.compile("For example: .*225 lb"))).to_be_visible()
    app.keep_import()

    expect(app.sessions).to_have_count(2)
    page.reload()
    expect(app.sessions).to_have_count(2)
    app.sessions.filter(has_text="Legs").click()
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_text(
        ["225 lb × 5"] * 5 + ["275 lb × 3"] * 5
    )
    app.open()
    app.sessions.filter(has_text="Push").click()
    expect(app.card("Uncle Bob Press")).to_contain_text("35 lb × 10")


def test_the_same_file_again_adds_nothing(app: App) -> None:
    page = app.page
    app.choose_file(strong_csv(*STRONG_ROWS))
    app.keep_import()
    expect(app.sessions).to_have_count(2)

    app.open("/#/settings")
    app.choose_file(strong_csv(*STRONG_ROWS, name="strong again.csv"), "Import a file")
    expect(page.get_by_text("Everything in this file is in your log already.")).to_be_visible()
    app.button("Go on", exact=True).click()
    app.button("Go on", exact=True).click()
    expect(app.sessions).to_have_count(2)

    app.open("/#/settings")
    newer = "2026-09-05 18:00:00,Pull,40m,Deadlift (Barbell),1,315,5,0,0,,,"
    app.choose_file(strong_csv(*STRONG_ROWS, newer), "Import a file")
    expect(page.get_by_text(re.compile("1 workout to add, 2 already in your log."))).to_be_visible()
    app.keep_import()
    expect(app.sessions).to_have_count(3)


def test_cancel_keeps_nothing(app: App) -> None:
    app.choose_file(strong_csv(*STRONG_ROWS))
    expect(app.button("Keep it")).to_be_enabled()
    app.button("Cancel").click()
    expect(app.button("Start fresh")).to_be_visible()
    assert app.page.evaluate(STORED) == 0


def test_kilograms_are_recognised(app: App) -> None:
    app.choose_file(strong_csv(*KILOGRAM_ROWS))
    expect(app.page.get_by_role("radio", name="kg")).to_be_checked()
    expect(app.page.get_by_text("For example: 102.5 kg")).to_be_visible()


def test_a_file_that_is_no_log_is_answered_with_a_remedy(app: App) -> None:
    page = app.page
    app.choose_file(
        {"name": "photo.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n\x00\x01"}
    )
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This file could not be read")
    expect(alert).to_contain_text(re.compile("Strong|export", re.IGNORECASE))
    # Another try goes on from here.
    app.choose_file(strong_csv(*STRONG_ROWS), "Choose another file")
    expect(app.button("Keep it")).to_be_enabled()


def test_an_app_state_is_imported_with_its_settings(app: App) -> None:
    page = app.page
    state = {
        "settings": {
            "units": "kg",
            "goal": {"type": "Powerlifting"},
            "experienceLevel": "Advanced",
            "availableEquipment": ["Barbell"],
        },
        "history": [
            session("a", days_ago=3, exercise="barbell-bench-press", weight=80),
            session("b", days_ago=6, exercise="barbell-squat", weight=100),
            # Damaged on purpose: a weight as text is repaired, an impossible one set aside.
            session("c", days_ago=9, exercise="barbell-squat", weight="90"),
        ],
    }
    app.choose_file(app_state(state))
    expect(figure(page, "Workouts")).to_have_text("3")
    expect(figure(page, "Sets")).to_have_text("9")
    expect(page.get_by_text("The file says so.")).to_be_visible()
    expect(page.get_by_role("switch", name="Use the settings from this file")).to_be_checked()
    app.button("corrected or worth a look").click()
    expect(page.get_by_text(re.compile("Corrected: weight was written as text"))).to_be_visible()
    app.keep_import()

    expect(app.sessions).to_have_count(3)
    app.open("/#/settings")
    expect(page.get_by_role("radio", name="Powerlifting")).to_be_checked()
    expect(page.get_by_role("radio", name="Advanced")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Barbell")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Dumbbell")).not_to_be_checked()


def test_the_sample_lifter_can_be_tried_and_left(app: App) -> None:
    app.try_sample()
    expect(app.page.get_by_text("This is the made-up sample lifter.")).to_be_visible()
    expect(app.sessions).to_have_count(7)
    app.wait_until_ready()
    app.button("Start with my own").click()
    expect(app.button("Try the sample lifter")).to_be_visible()
    app.page.reload()
    expect(app.button("Try the sample lifter")).to_be_visible()


def test_starting_fresh_takes_the_answers(app: App) -> None:
    page = app.page
    app.start_fresh(goal="Get stronger", level="Less than a year")
    expect(page.get_by_text("Nothing logged yet.")).to_be_visible()
    page.reload()
    expect(app.button("Start workout")).to_be_visible()
    app.open("/#/settings")
    expect(page.get_by_role("radio", name="Get stronger")).to_be_checked()
    expect(page.get_by_role("radio", name="Beginner")).to_be_checked()


def test_every_question_can_be_skipped(app: App) -> None:
    app.start_fresh()
    app.wait_until_ready()
    app.start_workout()
    app.open_picker()
    assert len(set(app.names())) == 5
