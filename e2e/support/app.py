"""The app as a lifter sees it: what can be done, and what can be read, by role and name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

READY = re.compile(r"Suggestions are ready")
FROM_BEFORE = re.compile(r"^From \d\d:\d\d$")

READ = """tables => tables.map((table) => {
  const article = table.closest("article");
  const rows = [...table.querySelectorAll("tbody tr.points-row")];
  return {
    name: article.getAttribute("aria-label"),
    score: table.querySelector("tfoot td").innerText,
    points: rows.map((row) => [
      row.querySelector(".points-name").innerText, row.querySelector("td").innerText,
    ]),
    reasons: [...article.querySelectorAll("tr.points-row li")].map((item) => item.innerText),
  };
})"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry of the list as shown: name, score, and points by component."""

    name: str
    score: float
    points: dict[str, float]
    reasons: tuple[str, ...]


class App:
    """Drives the app on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # --- Ways in ---

    def open(self, route: str = "/") -> None:
        """Go to the app, or to one of its screens (``/#/settings``)."""
        self.page.goto(route)

    def start_fresh(
        self,
        goal: str | None = None,
        level: str | None = None,
        equipment: str | None = None,
        days: str | None = None,
    ) -> None:
        """Answer the four questions, or skip them; then go home from the first workout."""
        self.answer_questions(goal, level, equipment, days)
        self.button("Skip").click()
        self.page.get_by_role("link", name="To the start").click()
        expect(self.start_button).to_be_visible()

    def answer_questions(self, *answers: str | None) -> None:
        """Answer goal, level, equipment and days, or skip them; the test of lifts is next."""
        self.button("Start fresh").click()
        for question, answer in enumerate((*answers, None, None, None, None)[:4], 1):
            expect(self.page.get_by_text(f"Question {question} of 4")).to_be_visible()
            self.button("Skip" if answer is None else re.compile(f"^{answer}")).click()
        expect(self.page.get_by_role("heading", name="Do you know these lifts?")).to_be_visible()

    def try_sample(self) -> None:
        """Take the sample lifter."""
        self.button("Try the sample lifter").click()
        expect(self.start_button).to_be_visible()

    def choose_file(self, file: Path | FilePayload, button: str = "Choose a file") -> None:
        """Choose a file to import; the import screen then looks at it."""
        with self.page.expect_file_chooser() as chooser:
            self.button(button).click()
        chooser.value.set_files(file)

    def keep_import(self, close_notice: bool = True) -> None:
        """Keep what is looked at, see what it comes to, and go on to home.

        The message with the way back is closed, unless it is wanted.
        """
        self.button("Keep it").click()
        expect(self.page.get_by_role("heading", name="Your training", level=1)).to_be_visible()
        self.button("Go on", exact=True).click()
        expect(self.page.get_by_role("region", name="Last workouts")).to_be_visible()
        if close_notice:
            self.close_notices()

    def close_notices(self) -> None:
        """Close what stands over the foot of the page, all at one moment: notices go by themselves
        as well, and one that just went cannot be clicked."""
        notices = self.page.get_by_role("alertdialog")
        notices.get_by_role("button", name="Close").evaluate_all(
            "buttons => buttons.forEach((button) => button.click())"
        )
        expect(notices).to_have_count(0)

    # --- What is on the screen ---

    def button(self, name: str | re.Pattern[str], exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    @property
    def sessions(self) -> Locator:
        """The list of workouts on the home screen."""
        return self.page.get_by_role("region", name="Last workouts").get_by_role("link")

    def wait_until_ready(self) -> None:
        """Wait until home says that the engine is there and knows the log."""
        expect(self.page.get_by_text(READY)).to_be_visible()

    # --- Workout ---

    @property
    def start_button(self) -> Locator:
        """What starts an empty workout: with a program, its session comes first."""
        return self.button(re.compile("^Start (an empty )?workout$"))

    def start_workout(self) -> None:
        self.start_button.click()
        expect(self.button("Add exercise")).to_be_visible()

    def card(self, name: str) -> Locator:
        """The card of an exercise in the workout."""
        return self.page.get_by_role("region", name=name, exact=True)

    @property
    def cards(self) -> Locator:
        return self.page.locator("section.exercise-card")

    def log_set(
        self, name: str, number: int, *, weight: str | None, reps: str, effort: str | None = None
    ) -> None:
        """Write down a set and tick it; returns once the tick is there, so it is stored."""
        card = self.card(name)
        row = card.get_by_role("listitem").nth(number - 1)
        if weight is not None:
            row.get_by_role("textbox", name=re.compile("^Weight in")).fill(weight)
        row.get_by_role("textbox", name=re.compile("^Reps")).fill(reps)
        row.get_by_role("button", name=f"Log set {number}").click()
        self.expect_logged(name, number)
        if effort is not None:
            row.get_by_role("button", name=re.compile(f"^{effort},")).click()
            expect(row.get_by_role("button", name=effort, exact=True)).to_be_visible()

    def expect_logged(self, name: str, number: int) -> None:
        tick = self.card(name).get_by_role("button", name=f"Set {number} is logged")
        expect(tick).to_have_attribute("aria-pressed", "true")

    def finish(self) -> None:
        self.button("Finish", exact=True).click()
        expect(self.page.get_by_text("Stored on this device.")).to_be_visible()

    # --- Add exercise ---

    def open_picker(self) -> None:
        self.button("Add exercise").click()
        expect(self.sheet).to_be_visible()

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("dialog", name="Add exercise")

    @property
    def suggestions(self) -> Locator:
        return self.sheet.get_by_role("region", name="Suggested next").get_by_role("article")

    def names(self) -> list[str]:
        """Wait for five suggestions and return their names in order."""
        expect(self.suggestions).to_have_count(5)
        return self.suggestions.get_by_role("heading", level=4).all_inner_texts()

    def names_now(self) -> list[str]:
        """Return the names in the list as the engine has it now: one of before may stand there
        until then, and one in another order waits to be asked for."""
        self.names()
        expect(self.sheet.get_by_text(FROM_BEFORE)).to_be_hidden()
        newer = self.sheet.get_by_role("button", name="Show", exact=True)
        if newer.is_visible():
            newer.click()
        return self.names()

    def why(self, name: str) -> Locator:
        """The button that unfolds the points of a suggestion, and folds them again."""
        return self.suggestions.filter(
            has=self.page.get_by_role("heading", name=name, exact=True)
        ).get_by_role("button", name="Why?")

    def ask_why_not(self, name: str) -> Locator:
        """Search an exercise that is not listed and ask; returns the explanation."""
        self.search(name)
        question = f"Why not in the list? {name}"
        self.sheet.get_by_role("button", name=question, exact=True).click()
        explanation = self.sheet.locator(".explanation")
        expect(explanation.get_by_role("table")).to_be_visible()
        return explanation

    def read(self, *names: str) -> list[Suggestion]:
        """Unfold "why?" of suggestions and read what they say.

        All at one moment: points change in their places when a newer list of the same order comes.
        """
        for name in names:
            self.why(name).click()
        tables = self.suggestions.get_by_role("table")
        expect(tables).to_have_count(len(names))
        return [
            Suggestion(
                found["name"],
                number(found["score"]),
                {part: number(points.split("/")[0]) for part, points in found["points"]},
                tuple(found["reasons"]),
            )
            for found in tables.evaluate_all(READ)
        ]

    def add(self, name: str) -> None:
        """Add a suggested exercise."""
        self.suggestions.get_by_role("button", name=f"Add {name}", exact=True).click()
        expect(self.card(name)).to_be_visible()

    def search(self, text: str) -> None:
        self.sheet.get_by_role("searchbox", name="Search exercises").fill(text)

    def add_by_search(self, name: str) -> None:
        """Add any exercise; works without the engine once its catalogue is known."""
        self.search(name)
        hits = self.sheet.get_by_role("region", name="All exercises")
        hits.get_by_role("button", name=f"Add {name}", exact=True).click()
        expect(self.card(name)).to_be_visible()


def number(text: str) -> float:
    """Read a number as the page writes it."""
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", "").strip())
