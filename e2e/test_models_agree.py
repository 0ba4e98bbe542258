"""What the page says of models is what is so: in every tab, and while it changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Route, expect
from support.accessibility import assert_accessible
from support.app import App
from support.guard import Guard
from support.models import model, registry, status, with_models


def test_erasing_in_one_tab_ends_what_another_one_is_fetching(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    guard.allow("ERR_|Failed to load")
    waiting: list[Route] = []
    # Files are left waiting: the other tab is in the middle of an update.
    context.route("**/models/files/**", lambda route: waiting.append(route))
    app.try_sample()
    app.open("/#/models")
    bar = app.page.get_by_role("progressbar", name="Fetching models")
    expect(bar).to_be_visible()
    other = App(context.new_page())
    other.open("/#/data")
    other.button("Erase everything").click()
    other.page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    expect(other.button("Try the sample lifter")).to_be_visible()
    # It stops at once, and what it had got already is not kept.
    expect(bar).to_have_count(0)
    for route in waiting:
        route.abort()
    context.unroute("**/models/files/**")
    assert registry(app.page, "registry.list()") == []
    # Whoever begins anew has models as on a first visit.
    other.try_sample()
    with_models(other)
    with_models(app)


def test_a_model_that_did_not_answer_is_not_called_in_use(app: App) -> None:
    page = app.page
    app.try_sample()
    with_models(app)
    app.button(re.compile("^Add, .* Neural net$")).click()
    net = model(page, "Neural net")
    expect(status(page, "Neural net")).to_have_text("In use")
    # The last one: another one ran it while it was tried out.
    runner = [worker for worker in page.workers if "inference" in worker.url][-1]
    runner.evaluate("setTimeout(() => close())")
    # Whoever asks now waits for it in vain, and is answered without it.
    app.open("/#/")
    app.start_workout()
    app.open_picker()
    expect(app.sheet.get_by_text("Neural net did not answer").first).to_be_visible()
    page.keyboard.press("Escape")

    app.open("/#/models")
    expect(status(page, "Neural net")).to_have_text("Did not answer")
    expect(net.get_by_role("alert")).to_contain_text("left out until it is loaded again")
    expect(status(page, "Next exercise")).to_have_text("In use")
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
    assert_accessible(page, "a model that did not answer")
    app.button("Try again: Neural net").click()
    expect(status(page, "Neural net")).to_have_text("In use")
    expect(page.get_by_role("heading", name="4 models take part")).to_be_visible()
    expect(net.get_by_role("alert")).to_have_count(0)
    app.open("/#/workout")
    app.open_picker()
    app.names()
    expect(app.sheet.get_by_text("did not answer")).to_have_count(0)


def test_why_not_says_which_list_it_speaks_of(app: App, context: BrowserContext) -> None:
    page = app.page
    waiting: list[Route] = []
    context.route("**/models/manifest.json", lambda route: waiting.append(route))
    app.try_sample()
    app.start_workout()
    app.open_picker()
    shown = app.names()
    expect(app.suggestions.locator(".points-parts")).to_have_count(0)
    explanation = app.ask_why_not("Zercher Squat")
    expect(explanation).to_contain_text(f"points behind the fifth, {shown[4]}.")
    notice = explanation.get_by_text("This is about newer suggestions than those above.")
    expect(notice).to_have_count(0)

    # Models come while the list of rules is looked at: it stays, and what is said is of the other.
    for route in waiting:
        route.continue_()
    context.unroute("**/models/manifest.json")
    expect(explanation.get_by_role("rowheader", name=re.compile("^Your routine,"))).to_be_visible()
    expect(notice).to_be_visible()
    assert app.names() == shown
    assert_accessible(page, "why not, of newer suggestions")
    explanation.get_by_role("button", name="Show them").click()
    expect(notice).to_have_count(0)
    expect(app.suggestions.locator(".points-parts")).to_have_count(5)
    newer = app.names()
    assert newer != shown
    expect(explanation).to_contain_text(f"points behind the fifth, {newer[4]}.")


def test_the_page_says_when_no_newer_release_could_be_confirmed(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    page = app.page
    guard.allow("503|ERR_|Failed to load")
    app.try_sample()
    with_models(app)
    expect(page.get_by_text("No server had an answer since")).to_have_count(0)
    context.route("**/models/**", lambda route: route.fulfill(status=503))
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=31))
    page.reload()
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
    doubt = page.get_by_role("status").filter(has_text="No server had an answer since")
    expect(doubt).to_be_visible()
    expect(doubt).to_contain_text("What is here works")
    assert_accessible(page, "models of which no newer ones could be looked for")
    context.unroute("**/models/**")
    app.button("Update now").click()
    expect(doubt).to_have_count(0)
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
