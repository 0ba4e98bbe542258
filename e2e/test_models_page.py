"""Models page, dial and parts of scores: what decides is said, and can be turned and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from support.accessibility import assert_accessible, assert_no_sideways_scrolling, assert_target
from support.app import App, number
from support.guard import Guard
from support.inputs import app_state, many_sessions
from support.models import model, registry, status, with_models

# Another version of an installed model, brought into the registry as an update would: as it is,
# or with bytes that are no model.
NEW_VERSION = """async ({ model, version, isDamaged }) => {
  const { openModelRegistry } = await import(new URL("bridge/models.js", location.href).href);
  const registry = await openModelRegistry();
  const { data, card } = await registry.active(model);
  const bytes = isDamaged ? new TextEncoder().encode("no model").buffer : data;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const files = new Map();
  await registry.install({ name: model, version, sha256, data: bytes, card, files });
  await registry.activate(model, version);
  registry.close();
}"""


def bring_version(page: Page, name: str, version: str, *, is_damaged: bool = False) -> None:
    page.evaluate(NEW_VERSION, {"model": name, "version": version, "isDamaged": is_damaged})


def bring(app: App, workouts: int) -> None:
    """Bring a log of so many workouts, and open what to add to a new one."""
    state = {"settings": {"units": "kg"}, "history": many_sessions(workouts)}
    app.choose_file(app_state(state))
    app.keep_import()
    with_models(app)
    app.open("/#/")
    app.start_workout()
    app.open_picker()


def test_each_model_says_what_it_is_and_how_good(app: App) -> None:
    app.try_sample()
    page = with_models(app)
    for name in ("Next exercise", "Lifters like you", "Next weight"):
        expect(status(page, name)).to_have_text("In use")
        expect(model(page, name)).to_contain_text("runs in the engine itself")
    expect(status(page, "Neural net")).to_have_text("Not on this device")
    expect(model(page, "Neural net")).to_contain_text("for the curious")
    ranker = model(page, "Next exercise")
    ranker.get_by_role("button", name="How good it is").click()
    # Beside the row that it had to beat, as bars and as a table with the same figures.
    bars = ranker.get_by_role("figure").nth(1).locator(".number")
    expect(bars).to_have_count(2)
    figures = [number(text.rstrip("%")) for text in bars.all_inner_texts()]
    assert figures[0] > figures[1]
    ranker.get_by_role("button", name="All figures as a table").click()
    row = ranker.get_by_role("row", name=re.compile("^Repeating the most similar workout"))
    expect(row).to_contain_text(f"{figures[1]:g}")
    ranker.get_by_role("button", name="What it was trained on").click()
    expect(ranker).to_contain_text(re.compile(r"Logs of 7 real lifters and of \d+ made-up ones"))
    expect(page.get_by_role("meter")).to_have_count(2)
    expect(page.get_by_role("meter").first).to_have_attribute(
        "aria-valuetext", re.compile(r"4\sMB$")
    )
    expect(page.get_by_text(re.compile("^Last looked on .* · Release [0-9]+$"))).to_be_visible()
    for target in ("Update now", "Stop using Next exercise", "How good it is"):
        assert_target(app.button(target).first)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page, f"models, {scheme}")
    page.set_viewport_size({"width": 320, "height": 640})
    assert_no_sideways_scrolling(page, "models")


def test_a_version_is_taken_back_kept_and_left(app: App) -> None:
    app.try_sample()
    page = with_models(app)
    weight = model(page, "Next weight")
    bring_version(page, "load", "1.0.1", is_damaged=True)
    # What was chosen in another place is heard of here; what cannot be used is said to be so.
    expect(status(page, "Next weight")).to_have_text("Left out")
    expect(weight.get_by_role("alert")).not_to_be_empty()
    expect(page.get_by_role("heading", name="2 models take part")).to_be_visible()
    weight.get_by_role("button", name="Back to 1.0.0").click()
    expect(status(page, "Next weight")).to_have_text("In use")
    expect(weight).to_contain_text("Version 1.0.0")
    kept = weight.get_by_role("switch", name="Keep this version")
    expect(kept).to_be_checked()
    # By keyboard as well.
    kept.focus()
    page.keyboard.press("Space")
    expect(kept).not_to_be_checked()
    weight.get_by_role("button", name="Remove 1.0.1").press("Enter")
    expect(weight.get_by_role("button", name="Remove 1.0.1")).to_have_count(0)

    app.button("Stop using Next weight").press("Enter")
    expect(status(page, "Next weight")).to_have_text("Not used")
    stopped = page.get_by_role("alertdialog").filter(has_text="Next weight is not used any more.")
    stopped.get_by_role("button", name="Undo").click()
    expect(status(page, "Next weight")).to_have_text("In use")
    expect(kept).not_to_be_checked()
    app.button("Stop using Next weight").click()
    app.button("Use Next weight").click()
    expect(status(page, "Next weight")).to_have_text("In use")


def test_the_dial_turns_the_list(app: App) -> None:
    page = app.page
    app.try_sample()
    with_models(app)
    app.open("/#/")
    app.start_workout()
    app.open_picker()
    usual = app.names_now()
    first = app.suggestions.first
    expect(first.locator(".points-parts")).to_be_visible()
    parts = [number(re.sub(r"[A-Za-z ]", "", text)) for text in parts_of(first)]
    score = number(first.locator(".score-number").inner_text())
    assert sum(parts) == pytest.approx(score, abs=0.001)
    app.why(usual[0]).click()
    expect(first.get_by_role("rowheader", name=re.compile("^Your routine, 70"))).to_be_visible()
    app.why(usual[0]).click()
    expect(app.sheet.get_by_text("Your routine counts 70\u00a0%: faded in")).to_be_visible()

    app.button("Balanced training or my routine").click()
    expect(app.sheet.get_by_text(re.compile("^Next exercise 1.0.0, "))).to_be_visible()
    dial = page.get_by_role("slider", name="What the suggestions follow")
    dial.focus()
    page.keyboard.press("Home")
    expect(app.sheet.get_by_text("Only balanced training counts")).to_be_visible()
    expect(app.suggestions.locator(".points-parts")).to_have_count(0)
    balanced = app.names()
    assert balanced != usual
    page.keyboard.press("End")
    expect(app.sheet.get_by_text("Your routine counts 100\u00a0%")).to_be_visible()
    assert app.names() != balanced
    assert_target(page.locator(".dial-thumb"))
    assert_accessible(page, "the dial beside the list")
    # It stays where it was turned to, and is found in the settings as well.
    page.keyboard.press("Escape")
    app.open("/#/settings")
    page.reload()
    expect(dial).to_have_value("1")
    app.button("Back to 70\u00a0%").click()
    expect(dial).to_have_value("0.7")
    page.set_viewport_size({"width": 320, "height": 640})
    assert_no_sideways_scrolling(page, "settings with the dial")


@pytest.mark.parametrize(
    ("workouts", "says"),
    [
        (2, "Rules only so far; your routine starts to count after 3 workouts."),
        (5, "Your routine counts 26\u00a0% and fades in until workout 10."),
    ],
)
def test_the_routine_fades_in(app: App, workouts: int, says: str) -> None:
    bring(app, workouts)
    app.names_now()
    expect(app.sheet.get_by_text(says)).to_be_visible()
    expect(app.suggestions.locator(".points-parts")).to_have_count(5 if workouts > 2 else 0)


def test_a_weight_shows_how_sure_it_is(app: App) -> None:
    page = app.page
    bring(app, 24)
    app.search("Barbell Bench Press")
    app.add_by_search("Barbell Bench Press")
    card = app.card("Barbell Bench Press")
    picture = re.compile(r"^Likely [\d.]+ kg, in four of five cases [\d.]+ kg to [\d.]+ kg$")
    expect(card.get_by_role("img", name=picture)).to_be_visible()
    card.get_by_role("button", name=re.compile(r"^Why\? ")).click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="What your log makes likely")).to_be_visible()
    expect(
        sheet.get_by_text(re.compile("^(The model|The rules) decided the weight"))
    ).to_be_visible()
    said = sheet.get_by_text(re.compile("^In four of five cases between")).inner_text()
    low, high = (float(text) for text in re.findall(r"[\d.]+(?= kg)", said))
    likely = re.search(r"[\d.]+", sheet.get_by_text(re.compile("^Most likely")).inner_text())
    assert likely is not None
    assert low <= float(likely[0]) <= high
    assert_accessible(page, "why this weight")


def test_the_curious_add_the_net(app: App) -> None:
    page = app.page
    app.try_sample()
    with_models(app)
    app.button(re.compile("^Add, .* Neural net$")).click()
    expect(status(page, "Neural net")).to_have_text("In use")
    expect(model(page, "Neural net")).to_contain_text("runs in ONNX Runtime")
    app.open("/#/")
    app.start_workout()
    app.open_picker()
    app.names_now()
    app.button("Balanced training or my routine").click()
    expect(app.sheet.get_by_text(re.compile("^Neural net 1.0.0"))).to_be_visible()


def test_a_release_that_does_not_come_and_one_that_takes_long(app: App, guard: Guard) -> None:
    page = app.page
    guard.allow("503|ERR_|Failed to load")
    page.context.route("**/models/**", lambda route: route.fulfill(status=503))
    app.try_sample()
    app.wait_until_ready()
    app.open("/#/models")
    expect(page.get_by_role("heading", name="Rules alone make your suggestions.")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("The server did not give the models out")
    app.open("/#/")
    app.start_workout()
    app.open_picker()
    assert len(app.names()) == 5
    expect(app.sheet.get_by_text("Rules only: no model took part in this list.")).to_be_visible()
    page.context.unroute("**/models/**")
    app.open("/#/models")
    app.button("Update now").click()
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(app.button("Earlier problems")).to_be_visible()

    # The server takes its time: the request is left waiting.
    page.context.route("**/models/manifest.json", lambda route: None)
    app.close_notices()
    app.button("Update now").click()
    bar = page.get_by_role("progressbar", name="Looking for newer models")
    expect(bar).to_be_visible()
    app.button("Stop", exact=True).click()
    expect(page.get_by_role("alertdialog").filter(has_text="Stopped.")).to_be_visible()
    expect(bar).to_have_count(0)
    # To stop is no failure, and nothing is lost by it.
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
    expect(app.button("Update now")).to_be_enabled()


def test_erasing_everything_erases_models_and_undo_brings_them_back(app: App) -> None:
    page = app.page
    app.try_sample()
    with_models(app)
    app.open("/#/data")
    app.button("What takes how much space").click()
    row = page.get_by_role("row", name=re.compile("^Models"))
    expect(row.get_by_role("cell").first).to_have_text("3")
    app.button("Erase everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    expect(app.button("Try the sample lifter")).to_be_visible()
    assert registry(page, "registry.list()") == []
    page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()
    with_models(app)


def parts_of(suggestion: Locator) -> list[str]:
    """What the line under the bar says: "Balanced 27", "Routine 64"."""
    return suggestion.locator(".points-key").all_inner_texts()
