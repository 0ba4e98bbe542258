"""What to lift now: suggestions per set, their reasons, plates, rest, swaps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from support.app import App
from support.inputs import app_state, session

BENCH = "Barbell Bench Press"

SETTINGS = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("voltlift-log");
    request.onsuccess = () => resolve(request.result);
  });
  const stored = await new Promise((resolve) => {
    const request = database.transaction("documents").objectStore("documents").get("settings");
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  const text = typeof stored === "string" ? stored : stored.text ?? stored.json ?? "";
  return typeof text === "string" && text ? JSON.parse(text) : stored;
}"""

# What a model would say instead is told in test_models_page.py.
pytestmark = pytest.mark.usefixtures("rules_only")


def bench(days_ago: float, *, weight: float, reps: int, rpe: float) -> dict[str, Any]:
    """Return a bench press session, each set with an effort."""
    lift = "barbell-bench-press"
    entry = session(f"b{days_ago}", days_ago=days_ago, exercise=lift, weight=weight, reps=reps)
    for item in entry["logs"][0]["sets"]:
        item["rpe"] = rpe
    return entry


@pytest.fixture
def lifter(app: App) -> App:
    """Five weeks of bench press, the last one easy; the bench is on the screen."""
    history = [bench(7 * n, weight=80, reps=10, rpe=6) for n in range(1, 6)]
    settings = {"units": "kg", "experienceLevel": "Intermediate", "goal": {"type": "Hypertrophy"}}
    app.choose_file(app_state({"settings": settings, "history": history}))
    app.keep_import()
    app.start_workout()
    app.open_picker()
    app.add_by_search(BENCH)
    return app


def suggested(app: App) -> Locator:
    """The suggestion on the bench press card, once it is there."""
    block = app.card(BENCH).locator(".load[data-confidence]")
    expect(block).to_be_visible()
    return block


def undo(page: Page, notice: str) -> None:
    """Take back what a notice tells of."""
    toast = page.get_by_role("alertdialog").filter(has_text=notice)
    toast.get_by_role("button", name="Undo").click()


def weight_field(app: App, row: int = 1) -> Locator:
    item = app.card(BENCH).locator(".sets > li").nth(row - 1)
    return item.get_by_role("textbox", name=re.compile("^Weight in"))


def test_a_suggestion_goes_into_the_set_by_one_tap_and_is_followed_up(lifter: App) -> None:
    page = lifter.page
    block = suggested(lifter)
    expect(block).to_contain_text("Suggested for set 1")
    expect(block.locator(".load-choice")).to_have_text(re.compile(r"^82\.5 kg × "))
    expect(block).to_contain_text("Sure")
    expect(block).to_contain_text(re.compile(r"Last time was easy \(RPE 6\), \+2\.5"))

    block.get_by_role("button", name=re.compile(r"^Use it: 82\.5 kg")).click()
    expect(weight_field(lifter)).to_have_value("82.5")
    lifter.button("Log set 1").click()
    lifter.expect_logged(BENCH, 1)
    lifter.card(BENCH).get_by_role("button", name=re.compile("^Solid,")).click()

    # What became of it is kept with the settings, as soon as the effort is known.
    page.wait_for_function(f"async () => (await ({SETTINGS})()).suggestionHistory?.length === 1")
    stored = page.evaluate(SETTINGS)["suggestionHistory"][0]
    assert stored["exerciseId"] == "barbell-bench-press"
    assert stored["outcome"] == "accepted"
    assert (stored["suggestedWeight"], stored["actualWeight"]) == (82.5, 82.5)
    assert stored["rpe"] == 7

    # The next set knows this one; another weight than suggested is no question, only a fact.
    lifter.button("Add set").click()
    expect(suggested(lifter)).to_contain_text("Suggested for set 2")
    lifter.log_set(BENCH, 2, weight="75", reps="8")
    lifter.finish()
    page.wait_for_function(f"async () => (await ({SETTINGS})()).suggestionHistory?.length === 2")
    assert page.evaluate(SETTINGS)["suggestionHistory"][1]["outcome"] == "modified"
    expect(page.get_by_text("One exercise went up.")).to_be_visible()
    outcome = page.get_by_role("region", name="What it means")
    expect(outcome).to_contain_text("2.5 kg more than last time")
    expect(outcome).to_contain_text(re.compile(r"Next time: \d"))


def test_why_shows_what_adds_up_and_the_ways_not_taken(lifter: App) -> None:
    page = lifter.page
    suggested(lifter)
    lifter.button(f"Why? {BENCH}").click()
    sheet = page.get_by_role("dialog", name=re.compile(r"^Why 82\.5 kg"))
    expect(sheet).to_contain_text(re.compile(r"Last time \(.+\): 80 kg × 10, 10, 10 \(easy\)"))
    expect(sheet).to_contain_text(re.compile(r"Last time was easy \(RPE 6\).*\+2\.5.kg"))
    expect(sheet).to_contain_text("None followed up yet.")
    expect(sheet).to_contain_text("From 5 workouts on this device.")
    ways = sheet.get_by_role("button", name=re.compile("^(Lighter|Same|Heavier)"))
    expect(ways).to_have_count(3)
    texts = " ".join(ways.all_inner_texts())
    weights = [float(found) for found in re.findall(r"([\d.]+) kg", texts)]
    assert len(weights) == 3
    assert weights == sorted(weights)
    ways.first.click()
    expect(sheet).to_be_hidden()
    expect(weight_field(lifter)).to_have_value(f"{weights[0]:g}")


def test_the_plates_are_those_of_the_lifter(lifter: App) -> None:
    page = lifter.page
    card = lifter.card(BENCH)
    suggested(lifter)
    expect(card.get_by_text("82.5 kg: 20 kg bar, each side 25 + 5 + 1.25")).to_be_visible()
    weight_field(lifter).fill("20")
    expect(card.get_by_text("20 kg: the empty 20 kg bar")).to_be_visible()
    weight_field(lifter).fill("81")
    expect(card.get_by_text("81 kg cannot be loaded with your plates.")).to_be_visible()

    lifter.open("/#/settings")
    bars = page.get_by_role("radiogroup", name=re.compile("^Bar "))
    bars.get_by_text("15", exact=True).click()
    expect(page.get_by_text("Bar (15 kg)")).to_be_visible()
    plates = page.get_by_role("group", name="Plates, in pairs")
    for plate in ("25", "20", "1.25"):
        plates.get_by_text(plate, exact=True).click()
        expect(plates.get_by_role("checkbox", name=plate, exact=True)).not_to_be_checked()
    lifter.open("/#/workout")
    weight_field(lifter).fill("80")
    expect(card.get_by_text("80 kg: 15 kg bar, each side 15 + 15 + 2.5")).to_be_visible()
    # And every suggestion can be loaded with them.
    choice = suggested(lifter).locator(".load-choice").inner_text()
    weight = float(choice.split(" kg")[0])
    assert (weight - 15) % 5 == 0


def test_the_rest_begins_by_itself_and_survives_a_reload(lifter: App) -> None:
    page = lifter.page
    rest = page.get_by_role("region", name="Rest")
    expect(rest).to_be_hidden()
    lifter.log_set(BENCH, 1, weight="80", reps="8")
    clock = rest.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"2:[0-3]\d"))
    rest.get_by_role("button", name="15 seconds more").click()
    expect(clock).to_have_text(re.compile(r"2:[34]\d"))
    page.reload()
    expect(clock).to_have_text(re.compile(r"2:[0-4]\d"))
    less = rest.get_by_role("button", name="15 seconds less")
    while less.is_visible():
        less.press("Enter")
    expect(rest.get_by_role("status")).to_have_text(f"Rest is over. Next: {BENCH}.")
    rest.get_by_role("button", name="Close").click()
    expect(rest).to_be_hidden()
    lifter.button("Add set").click()
    lifter.log_set(BENCH, 2, weight="80", reps="8")
    rest.get_by_role("button", name="Skip the rest").click()
    expect(rest).to_be_hidden()


def test_a_taken_rack_has_three_ways_out(lifter: App) -> None:
    page = lifter.page
    lifter.log_set(BENCH, 1, weight="80", reps="8")
    lifter.button("Add set").click()
    lifter.button(f"{BENCH}: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    sheet = page.get_by_role("dialog", name=f"Instead of {BENCH}")
    offers = sheet.get_by_role("article")
    expect(offers).to_have_count(3)
    sheet.get_by_text("Barbell", exact=True).first.click()
    expect(offers.filter(has_text="· Barbell")).to_have_count(0)
    expect(offers).to_have_count(3)
    name = offers.first.get_by_role("heading").inner_text()
    offers.first.get_by_role("button", name=f"Why? {name}").click()
    expect(offers.first).to_contain_text("The same movement")
    load = offers.first.locator("p > strong.number").inner_text()
    offers.first.get_by_role("button", name=f"Do {name} instead").click()

    # What is done stays where it was done; the rest goes on with a weight carried over.
    expect(lifter.card(BENCH).locator(".sets > li")).to_have_count(1)
    row = lifter.card(name).locator(".sets > li")
    expect(row).to_have_count(1)
    expect(row.get_by_role("textbox").first).to_have_value(load.split(" kg")[0])
    undo(page, f"Now doing {name}.")
    expect(lifter.card(name)).to_be_hidden()
    expect(lifter.card(BENCH).locator(".sets > li")).to_have_count(2)


def test_warm_ups_supersets_and_drop_sets(lifter: App) -> None:
    page = lifter.page
    suggested(lifter)
    lifter.button(f"{BENCH}: options").click()
    page.get_by_role("menuitem", name="Add warm-up sets").click()
    rows = lifter.card(BENCH).locator(".sets > li")
    expect(rows.get_by_role("button", name=re.compile("Warm-up$"))).not_to_have_count(0)
    warm_ups = rows.count() - 1
    weights = [
        float(rows.nth(n).get_by_role("textbox").first.input_value()) for n in range(warm_ups)
    ]
    assert weights == sorted(weights)
    assert weights[-1] < 80
    undo(page, "warm-up sets added.")
    expect(rows).to_have_count(1)

    lifter.open_picker()
    lifter.add_by_search("Barbell Row")
    lifter.button("Barbell Row: options").click()
    page.get_by_role("menuitem", name=f"Superset with {BENCH}").click()
    expect(page.get_by_text("Superset A")).to_have_count(2)
    rest = page.get_by_role("region", name="Rest")
    lifter.log_set(BENCH, 1, weight="80", reps="8")
    expect(rest).to_be_hidden()
    lifter.log_set("Barbell Row", 1, weight="60", reps="8")
    expect(rest).to_be_visible()

    lifter.button("Add set").first.click()
    rows.nth(1).get_by_role("button", name="Set 2, Working set").click()
    page.get_by_role("menuitem", name="Drop set").click()
    expect(suggested(lifter)).to_contain_text("A drop set: 20 % less than the set before")


def test_without_an_engine_nothing_is_suggested_and_nothing_is_missing(
    page: Page, app: App, guard: Any
) -> None:
    guard.allow("runtime")
    page.route(re.compile(r"/runtime/runtime\.json"), lambda route: route.abort())
    page.reload()
    app.start_fresh()
    app.start_workout()
    app.open_picker()
    app.add_by_search(BENCH)
    weight_field(app).fill("60")
    expect(app.card(BENCH)).to_contain_text("60 kg: 20 kg bar, each side 20")
    app.log_set(BENCH, 1, weight="60", reps="8")
    expect(page.get_by_role("region", name="Rest")).to_be_visible()
    expect(app.card(BENCH).locator(".load")).to_have_count(0)
