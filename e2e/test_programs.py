"""Programs: chosen with reasons, followed session by session, left again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from support.app import App


@pytest.fixture
def beginner(app: App) -> App:
    """A lifter who has answered the questions, on the page of programs."""
    app.answer_questions("Get stronger", "Less than a year", "Barbell and dumbbells", "3 days")
    app.button("Skip").click()
    app.page.get_by_role("link", name="See other programs").click()
    return app


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"[\d.]+", text)]


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.get_by_role("button", name="Follow this program").click()


def test_three_programs_come_with_points_that_add_up(beginner: App) -> None:
    page = beginner.page
    best = page.get_by_role("region", name="These fit you best").get_by_role("article")
    expect(best).to_have_count(3)
    for article in best.all():
        article.get_by_role("button", name=re.compile(r"^Why\?")).click()
        table = article.get_by_role("table")
        expect(table.locator("tbody td")).to_have_count(5)
        rows = table.locator("tbody td").all_inner_texts()
        total = numbers(table.locator("tfoot td").inner_text())[0]
        assert sum(numbers(row)[0] for row in rows) == pytest.approx(total, abs=0.05)
        assert not re.search(r"[a-z]_[a-z]", table.inner_text())
    others = page.get_by_role("region", name=re.compile("other programs$")).get_by_role("link")
    page.get_by_role("button", name=re.compile(r"^Show \d+ more")).click()
    expect(others.nth(20)).to_be_visible()


def test_a_program_is_followed_session_by_session(beginner: App) -> None:
    page = beginner.page
    first = page.get_by_role("region", name="These fit you best").get_by_role("heading", level=3)
    name = first.first.inner_text()
    follow(page, name)
    expect(page.get_by_text(f"You follow {name}.")).to_be_visible()
    start = page.get_by_role("button", name=re.compile("^Start (?!an empty)"))
    session = start.inner_text().removeprefix("Start ")
    expect(page.get_by_text(re.compile(r"session 1 of \d+"))).to_be_visible()

    # At once after a reload, before the engine is there.
    page.reload()
    expect(page.get_by_role("heading", name=session, exact=True)).to_be_visible()
    start.click()
    expect(page.get_by_role("heading", name=session, level=1)).to_be_visible()
    card = beginner.cards.first
    expect(card).to_contain_text("Plan: ")
    exercise = card.get_by_role("heading").inner_text()
    beginner.log_set(exercise, 1, weight="40", reps="5")
    rest = page.get_by_role("region", name="Rest")
    expect(rest.get_by_role("timer")).to_be_visible()
    beginner.finish()
    expect(page.get_by_text(re.compile(r"^1 of \d+ sessions done$"))).to_be_visible()

    beginner.open()
    expect(page.get_by_text(re.compile(r"session 2 of \d+"))).to_be_visible()
    expect(page.get_by_text("Today's session is done. This one is next.")).to_be_visible()

    # Another place of the program, and back; then no program at all, and back.
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Go on from here").last.click()
    beginner.button("Undo").click()
    expect(page.get_by_text(re.compile(r"^1 of \d+ sessions done$"))).to_be_visible()
    beginner.button("Stop following").click()
    expect(beginner.button("Follow this program")).to_be_visible()
    beginner.button("Undo").click()
    expect(beginner.button("Stop following")).to_be_visible()


def test_what_the_equipment_rules_out_is_replaced_with_reasons(app: App) -> None:
    page = app.page
    app.answer_questions("Get stronger", "Less than a year", "Dumbbells", "3 days")
    app.button("Skip").click()
    expect(app.button(re.compile("^Start this workout"))).to_be_visible()
    app.open("/#/program/linear-5x5")
    replaced = re.compile(r"exercises? replaced to fit your equipment")
    expect(page.get_by_text(replaced)).to_be_visible()
    swapped = page.locator(".planned-exercise").filter(has_text="instead of Barbell").first
    swapped.get_by_role("button", name=re.compile(r"^Why\?")).click()
    expect(swapped).to_contain_text("Barbell is not among your equipment")
    expect(swapped).to_contain_text("The same movement")


def test_a_program_that_is_not_known_is_said_so(beginner: App) -> None:
    beginner.open("/#/program/no-such-program")
    expect(beginner.page.get_by_role("alert")).to_be_visible()
    beginner.open()
    expect(beginner.start_button).to_be_visible()
