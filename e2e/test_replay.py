"""The suggestions tried on one's own log, what is alike, and what is new to the lifter."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from support.accessibility import NARROW, assert_every_rendering, assert_target
from support.app import App
from support.guard import Guard
from support.inputs import app_state, noon, session

TASKS = ("Next exercise", "Whole workout", "Next weight")
ROUTINE = {"barbell-bench-press": 60, "barbell-squat": 100, "barbell-row": 50}
DAYS = 15


def bring(app: App, days: int = DAYS) -> None:
    """Bring the same three exercises with the same weights, every second day."""
    history = [
        session(
            f"{exercise}-{day}",
            days_ago=noon(2 * (days - day) + 1) - place / 24,
            exercise=exercise,
            weight=weight,
        )
        for day in range(days)
        for place, (exercise, weight) in enumerate(ROUTINE.items())
    ]
    app.choose_file(app_state({"settings": {"units": "kg"}, "history": history}))
    app.keep_import()


def open_replay(app: App) -> None:
    app.page.get_by_role("link", name="Insights", exact=True).click()
    app.page.get_by_role("link", name=re.compile("^How good are these suggestions")).click()
    expect(app.page.get_by_role("heading", level=1)).to_have_text("How good are these suggestions?")


def chart(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True).first


def bars(page: Page, task: str) -> dict[str, str]:
    """Return the figure of each bar by its name."""
    listed = page.get_by_role("list", name=re.compile(f"^{task}: suggested, .* repeating$"))
    texts = (item.inner_text() for item in listed.get_by_role("listitem").all())
    return {
        name.strip(): figure.strip() for name, figure in (text.split("\n", 1) for text in texts)
    }


def table(page: Page, title: str) -> list[list[str]]:
    """Turn a chart into its table, and return the cells."""
    chart(page, title).get_by_role("button", name=f"{title}: show as a table").click()
    expect(chart(page, title).get_by_role("table")).to_be_visible()
    rows = chart(page, title).get_by_role("row").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def wait_for_models(app: App) -> Locator:
    """Wait until home shows what only embeddings know; returns it."""
    new = app.page.get_by_role("region", name="New for you")
    expect(new.get_by_role("listitem")).to_have_count(3)
    return new


def test_a_routine_is_predicted_and_the_table_says_what_the_chart_shows(
    app: App, guard: Guard
) -> None:
    page = app.page
    # Rules alone: without a release, models are no part of it.
    page.context.route("**/models/**", lambda route: route.abort())
    guard.allow(r"models/")
    bring(app)
    open_replay(app)
    app.button("Look back", exact=True).click()
    expect(app.button("Look back again")).to_be_visible()
    expect(page.get_by_text("No model took part")).to_be_visible()
    # Who does the same each day is predicted by repeating; so is every weight.
    shown = {task: bars(page, task) for task in TASKS}
    for task in TASKS:
        # What is one is drawn once.
        assert list(shown[task]) == ["Suggested, by rules alone", "Repeating"]
    assert shown["Next exercise"]["Repeating"] == "100\N{NO-BREAK SPACE}%"
    assert shown["Next weight"]["Repeating"] == "100\N{NO-BREAK SPACE}%"
    names = {
        "Next exercise": "Among the five shown",
        "Whole workout": "Of the first five, done",
        "Next weight": "Within 5\N{NO-BREAK SPACE}%",
    }
    for task in TASKS:
        head, *rows = table(page, task)
        assert head[1:] == list(shown[task])
        assert (
            dict(zip(head[1:], next(r for r in rows if r[0] == names[task])[1:], strict=True))
            == (shown[task])
        )
    questions = table_questions(page, "Next exercise")
    expect(
        page.get_by_text(
            re.compile(f"^Of {questions} exercises you chose, .* have had {questions}")
        )
    ).to_be_visible()

    lift = chart(page, "Weights, lift by lift")
    lift.get_by_role("combobox", name="Lift").select_option("Barbell Squat")
    picture = lift.get_by_role("img", name=re.compile("^Barbell Squat: weight done and suggested"))
    points = picture.locator("circle").count()
    assert points > 0
    head, *rows = table(page, "Weights, lift by lift")
    assert head == ["Day", "Done", "Suggested", "Last time"]
    assert [row[1] for row in rows] == ["100 kg"] * points

    # It stays for coming back, and is marked once the log has changed.
    page.get_by_role("link", name="Today", exact=True).click()
    expect(app.sessions.first).to_be_visible()
    expect(page.get_by_role("region", name="New for you")).to_have_count(0)
    app.start_workout()
    app.open_picker()
    app.add(app.names()[0])
    expect(app.cards).to_have_count(1)
    name = app.cards.first.get_by_role("heading").inner_text()
    app.button(f"{name}: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    expect(page.get_by_text("no model of likeness is in use")).to_be_visible()
    page.keyboard.press("Escape")
    app.log_set(name, 1, weight="40", reps="8")
    app.finish()
    app.button("Done", exact=True).click()
    open_replay(app)
    expect(page.get_by_text("Your log, the dial or the models have changed since.")).to_be_visible()
    expect(chart(page, "Next exercise")).to_be_visible()


def table_questions(page: Page, task: str) -> str:
    """Return how many questions an open table names."""
    rows = chart(page, task).get_by_role("row").filter(has_text="Questions")
    return rows.get_by_role("cell").first.inner_text()


def test_the_sample_lifter_with_models(app: App) -> None:
    page = app.page
    app.try_sample()
    app.wait_until_ready()
    wait_for_models(app)
    open_replay(app)
    # By keyboard: the button that starts becomes the one that ends, and keeps the focus.
    page.set_viewport_size(NARROW)
    assert_target(app.button("Look back", exact=True))
    app.button("Look back", exact=True).press("Enter")
    expect(page.get_by_text(re.compile(r": question \d+ of \d+"))).to_be_visible()
    expect(app.button("Cancel")).to_be_focused()
    assert_target(app.button("Cancel"))
    page.keyboard.press("Enter")
    expect(app.button("Look back", exact=True)).to_be_focused()
    expect(page.get_by_role("progressbar")).to_have_count(0)

    # Leaving ends it as well, and the next list is answered.
    app.button("Look back", exact=True).click()
    expect(page.get_by_text(re.compile("question [1-9]"))).to_be_visible()
    page.get_by_role("link", name="Today", exact=True).click()
    app.start_workout()
    app.open_picker()
    assert len(app.names()) == 5
    page.keyboard.press("Escape")
    app.button("Discard").click()
    app.close_notices()

    open_replay(app)
    expect(page.get_by_role("region", name="In short")).to_have_count(0)
    page.context.set_offline(True)
    app.button("Look back", exact=True).click()
    expect(app.button("Look back again")).to_be_visible()
    page.context.set_offline(False)
    short = page.get_by_role("region", name="In short")
    expect(short.get_by_role("listitem")).to_have_count(3)
    for task in TASKS:
        assert list(bars(page, task)) == ["Suggested", "Rules alone", "Repeating"]
    assert bars(page, "Next exercise")["Suggested"] != bars(page, "Next exercise")["Rules alone"]
    expect(chart(page, "Weights, lift by lift").locator("path.plot-band").first).to_be_visible()
    assert_every_rendering(page, "replay")
    for title in (*TASKS, "Weights, lift by lift"):
        assert len(table(page, title)) > 2
    assert_every_rendering(page, "replay as tables")

    # With the models switched off, what was asked with them is of before.
    app.open("/#/models")
    used = app.button(re.compile("^Stop using"))
    expect(used).to_have_count(3)
    for left in (2, 1, 0):
        used.first.click()
        expect(used).to_have_count(left)
    app.close_notices()
    app.open("/#/replay")
    expect(page.get_by_text("These figures are from before.")).to_be_visible()
    app.button("Look back again").click()
    expect(page.get_by_text("No model took part")).to_be_visible()
    assert list(bars(page, "Next weight")) == ["Suggested, by rules alone", "Repeating"]
    assert_target(page.get_by_role("link", name="To the models"))


def test_what_is_alike_and_what_is_new(app: App) -> None:
    page = app.page
    app.try_sample()
    app.wait_until_ready()
    new = wait_for_models(app)
    assert_every_rendering(page, "home with something new")
    assert_target(new.get_by_role("button").first)
    name = new.locator(".session-name").first.inner_text()
    new.get_by_role("button", name=re.compile(f"Start a workout with {name}")).click()
    expect(app.card(name)).to_be_visible()
    app.button("Add exercise").click()
    app.add_by_search("Barbell Bench Press")

    app.button("Barbell Bench Press: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    sheet = page.get_by_role("dialog", name="Instead of Barbell Bench Press")
    expect(sheet.get_by_role("article")).to_have_count(3)
    alike = sheet.get_by_role("region", name="Alike by muscles and movement")
    expect(alike.get_by_role("listitem").first).to_be_visible()
    expect(sheet.get_by_role("region", name="Often done by the same lifters")).to_be_visible()
    offered = [
        *sheet.get_by_role("article").get_by_role("heading").all_inner_texts(),
        *sheet.locator(".similar-link .session-name").all_inner_texts(),
    ]
    assert len(set(offered)) == len(offered)
    assert not {"Barbell Bench Press", name} & set(offered)
    assert_every_rendering(page, "swap with what is alike")
    first = alike.get_by_role("listitem").first
    assert_target(first.get_by_role("button"))
    other = first.locator(".session-name").inner_text()
    first.get_by_role("button").press("Enter")
    expect(app.card(other)).to_be_visible()
    expect(app.card("Barbell Bench Press")).to_have_count(0)


def test_a_short_log_says_how_much_is_missing(app: App) -> None:
    bring(app, days=4)
    open_replay(app)
    expect(app.page.get_by_text("7 more such days, and you can look back.")).to_be_visible()
    expect(app.button("Look back")).to_have_count(0)
    assert_every_rendering(app.page, "replay of a short log")
