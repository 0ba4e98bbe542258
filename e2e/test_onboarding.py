"""Start fresh: four taps, and the first workout is proposed."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from support.app import App


def test_four_taps_lead_to_a_first_workout_with_weights(app: App) -> None:
    page = app.page
    app.answer_questions("Get stronger", "Less than a year", "A full gym", "3 days")
    for lift, weight in (("Barbell Squat", "80"), ("Barbell Bench Press", "60")):
        page.get_by_label(f"{lift}: weight in kg").fill(weight)
    app.button("Take these").click()
    expect(page.get_by_role("alert")).to_contain_text("enter weight and reps, or neither")
    for lift in ("Barbell Squat", "Barbell Bench Press"):
        page.get_by_label(f"{lift}: reps").fill("5")
    page.get_by_label("Barbell Squat: how hard was it?").select_option(label="Hard, 2 reps left")
    app.button("Take these").click()

    start = app.button(re.compile("^Start this workout"))
    expect(start).to_be_visible()
    expect(page.get_by_text(re.compile(r"^The first session of .+\.$"))).to_be_visible()
    start.click()
    expect(app.cards).not_to_have_count(0)
    # From the test, without anything logged: a weight to begin with, below what was done.
    squat = app.card("Barbell Squat")
    expect(squat).to_contain_text(re.compile(r"Plan: .*\d kg × 5"))
    hint = squat.get_by_role("textbox", name=re.compile("^Weight in kg")).first
    proposed = float(hint.get_attribute("placeholder") or "nan")
    assert 40 <= proposed <= 80

    app.open("/#/settings")
    expect(page.get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="Get stronger")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Machine", exact=True)).to_be_checked()
    expect(page.get_by_text("80 kg × 5")).to_be_visible()


def test_equipment_can_be_chosen_one_by_one_and_answers_taken_back(app: App) -> None:
    page = app.page
    app.button("Start fresh").click()
    app.button("Build muscle").click()
    app.button("Back").click()
    expect(app.button("Build muscle")).to_have_attribute("aria-pressed", "true")
    app.button("Skip").click()
    app.button("Skip").click()
    app.button("Choose one by one").click()
    page.get_by_text("Kettlebell", exact=True).click()
    app.button("Go on", exact=True).click()
    app.button("Skip").click()
    app.button("Skip").click()
    page.get_by_role("link", name="To the start").click()
    app.open("/#/settings")
    expect(page.get_by_role("radio", name="Build muscle")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Kettlebell")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Barbell", exact=True)).not_to_be_checked()


def test_the_first_workout_can_be_ones_own(app: App) -> None:
    app.answer_questions()
    app.button("Skip").click()
    app.button("Start an empty workout").click()
    expect(app.button("Add exercise")).to_be_visible()
    expect(app.cards).to_have_count(0)


def test_units_keep_their_own_plates_and_bars(app: App) -> None:
    page = app.page
    app.start_fresh()
    app.open("/#/settings")
    loads = page.get_by_role("region", name="Bars, plates and steps")
    units = page.get_by_role("radiogroup", name="Weights in")
    loads.get_by_role("radiogroup", name="Bar (20 kg)").get_by_text("15", exact=True).click()
    expect(loads.get_by_text("Bar (15 kg)")).to_be_visible()
    units.get_by_text("lb", exact=True).click()
    expect(loads.get_by_text("Bar (45 lb)")).to_be_visible()
    expect(loads.get_by_role("checkbox", name="45", exact=True)).to_be_checked()
    units.get_by_text("kg", exact=True).click()
    expect(loads.get_by_text("Bar (15 kg)")).to_be_visible()
    page.reload()
    expect(loads.get_by_text("Bar (15 kg)")).to_be_visible()
