"""The report in each of its forms: whole, well-formed, the same for the same figures."""

from __future__ import annotations

import io
import json
import math
from xml.etree import ElementTree

import pytest
from rich.console import Console

from evaluation_samples import BENCH, CURL, ROW, SQUAT, routine
from voltlift_core import VoltLiftError
from voltlift_models.corpus import Corpus, Excluded, Notice
from voltlift_models.evaluate import TASKS, Guess, LoadRow, evaluate
from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.document import Plot, Table, document, estimate, share
from voltlift_models.evaluate.report_html import html, write_html
from voltlift_models.evaluate.report_json import from_json, read_json, to_json, write_json
from voltlift_models.evaluate.report_markdown import markdown, write_markdown
from voltlift_models.evaluate.table import print_report

XHTML = "{http://www.w3.org/1999/xhtml}"


def wide(_lifter):
    return lambda asked: Guess(asked.last_kg, low=50, high=70)


@pytest.fixture(scope="module")
def report():
    lifters = (
        routine(13, [BENCH, CURL], [SQUAT, ROW], name="one"),
        routine(12, *[[BENCH]] * 11, [BENCH, SQUAT], name="<two> & |three|"),
        routine(3, [BENCH], name="short"),
    )
    corpus = Corpus(
        lifters=lifters,
        excluded=(Excluded("a<b>.csv", "unsupported_file", "no export | of *any* app"),),
        notices=(Notice("one.csv", "unit_inferred", "no unit is stated, taken as kg"),),
    )
    rows = (LoadRow("wide & <wise>", "model", wide),)
    return evaluate(corpus, rows=rows, trained_on=[lifters[0].source.sha256])


@pytest.fixture(scope="module")
def shown_page(report):
    return html(report)


@pytest.fixture(scope="module")
def root(shown_page):
    return ElementTree.fromstring(shown_page.split("\n", 1)[1])


def test_json_has_the_tasks_at_its_root(report):
    found = to_json(report)
    assert list(found) == [*TASKS, "details"]
    for task in TASKS:
        for metrics in found[task].values():
            for value in metrics.values():
                assert set(value) == {"mean", "lo", "hi", "n_lifters"}
    assert found["T3"]["last weight"]["mape"]["mean"] == 0
    assert found["T3"]["last weight"]["coverage"]["mean"] is None


def test_json_comes_back_as_it_was(report, tmp_path):
    path = tmp_path / "made" / "report.json"
    write_json(report, path)
    again = read_json(path)
    assert repr(again) == repr(report)
    text = path.read_text(encoding="utf-8")
    assert "NaN" not in text
    write_json(again, path)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        None,
        {"details": {}},
        {"details": {"format": "voltlift-evaluation/9"}},
        {"details": 3},
    ],
)
def test_what_is_no_report_is_refused(value):
    with pytest.raises(VoltLiftError, match="no evaluation report"):
        from_json(value)


def test_a_file_that_is_no_report_is_refused(tmp_path):
    with pytest.raises(VoltLiftError, match="no evaluation report"):
        read_json(tmp_path / "missing.json")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(VoltLiftError, match="no evaluation report"):
        read_json(tmp_path / "broken.json")


def test_a_report_with_a_part_missing_is_refused(report):
    found = json.loads(json.dumps(to_json(report)))
    del found["details"]["lifters"][0]["figures"]
    with pytest.raises(VoltLiftError, match="no evaluation report"):
        from_json(found)


def test_figures_as_they_are_shown():
    assert share(-0.0001, signed=True) == "+0.0"
    assert estimate(Estimate(0.5, 0.25, 0.75, 4)) == "50.0 [25.0, 75.0]"
    assert estimate(Estimate(0.5, math.nan, math.nan, 1)) == "50.0"
    assert estimate(Estimate(math.nan, math.nan, math.nan, 0)) == "–"
    assert estimate(Estimate(-0.02, -0.05, 0.01, 4), signed=True) == "-2.0 [-5.0, +1.0]"
    assert estimate(Estimate(0.83, 0.7, 0.9, 4), percent=False) == "0.830 [0.700, 0.900]"


def test_the_page_is_well_formed_and_stands_for_itself(root):
    assert root.find(f".//{XHTML}script") is None
    tags = {item.tag.split("}")[-1] for item in root.iter()}
    assert not tags & {"script", "link", "iframe", "img", "object"}
    for item in root.iter():
        for name, value in item.attrib.items():
            assert not name.startswith("on")
            if name.endswith("href") or name == "src":
                assert value.startswith("#")
    ids = [item.attrib["id"] for item in root.iter() if "id" in item.attrib]
    assert len(ids) == len(set(ids))


def test_the_page_holds_every_figure(report, root):
    cells = {
        "".join(item.itertext()) for item in root.iter() if item.tag in (XHTML + "td", XHTML + "th")
    }
    for task, rows in report.tasks.items():
        for name, metrics in rows.items():
            assert name in cells
            for value in metrics.values():
                assert math.isnan(value.mean) or estimate(value) in cells
        for item in report.lifters:
            assert str(item.questions[task]) in cells
            assert item.name in cells
    for comparison in report.comparisons:
        assert estimate(comparison.difference, signed=True) in cells
    for aim in report.aims:
        assert f"{aim.value:.3f}" in cells
    for warning in report.warnings:
        assert warning in {"".join(item.itertext()) for item in root.iter(XHTML + "li")}


def test_the_page_can_be_read_without_seeing_it(root):
    assert root.attrib["lang"] == "en"
    for table in root.iter(XHTML + "table"):
        assert table.find(XHTML + "caption") is not None
        heads = table.findall(f"{XHTML}thead/{XHTML}tr/{XHTML}th")
        assert all(item.attrib["scope"] == "col" for item in heads)
        for row in table.findall(f"{XHTML}tbody/{XHTML}tr"):
            assert row[0].attrib["scope"] == "row"
            assert len(row) == len(heads)
    plots = [item for item in root.iter() if item.tag.endswith("}svg")]
    assert plots
    assert all(item.attrib["role"] == "img" and item.attrib["aria-label"] for item in plots)
    levels = [int(item.tag[-1]) for item in root.iter() if item.tag[:-1] == XHTML + "h"]
    assert levels[0] == 1
    assert levels.count(1) == 1


def test_each_plot_has_its_table_before_it(report):
    blocks = list(document(report))
    for at, block in enumerate(blocks):
        if isinstance(block, Plot):
            assert any(isinstance(each, Table) for each in blocks[max(at - 2, 0) : at])


def test_files_are_the_same_for_the_same_report(report, shown_page, tmp_path):
    write_html(report, tmp_path / "made" / "report.html")
    assert (tmp_path / "made" / "report.html").read_text(encoding="utf-8") == shown_page


def test_markdown_names_its_plots_and_keeps_its_tables_whole(report, shown_page, tmp_path):
    path = tmp_path / "report.md"
    write_markdown(report, path)
    text = path.read_text(encoding="utf-8")
    plots = {line.split("](")[1].rstrip(")") for line in text.splitlines() if line.startswith("![")}
    assert plots == {item.name for item in tmp_path.glob("*.svg")}
    assert plots
    assert all((tmp_path / name).read_text(encoding="utf-8") in shown_page for name in plots)
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if lines and lines[0].startswith("| "):
            bars = [line.replace("\\|", "").count("|") for line in lines]
            assert len(set(bars)) == 1
    assert "![" not in markdown(report)
    assert "of \\*any\\* app" in text


def test_the_terminal_shows_warnings_and_means(report):
    written = io.StringIO()
    print_report(report, Console(file=written, width=200, force_terminal=False))
    text = written.getvalue()
    assert all(warning in text for warning in report.warnings)
    assert estimate(report.tasks["T2"]["cycle"]["ndcg_at_5"]) in text
    narrow = io.StringIO()
    print_report(report, Console(file=narrow, width=60, force_terminal=False))
    assert "personal" in narrow.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_narrow_terminal_shows_whole_figures(report, width):
    written = io.StringIO()
    print_report(report, Console(file=written, width=width, force_terminal=False))
    lines = written.getvalue().splitlines()
    for row, figures in report.tasks["T3"].items():
        metrics = [figures[name] for name in ("mape", "median_ape", "within_5", "exact")]
        shown = [line.split() for line in lines if line.strip().startswith(row.split()[0])]
        for metric in metrics:
            assert any(share(metric.mean) in cells for cells in shown), (row, width)
    assert "MAPE" in written.getvalue()


def test_a_task_without_questions_says_so():
    report = evaluate(Corpus(lifters=(routine(11, [BENCH]),)), tasks=("T4",))
    for text in (html(report), markdown(report)):
        assert "No lifter has a question of this task." in text


def test_the_plots_of_one_lifter_have_room(recwarn):
    lifter = routine(13, [BENCH, CURL], [SQUAT, ROW], name="one")
    rows = [LoadRow(f"a model of a rather long name, {at}", "engine", wide) for at in range(3)]
    html(evaluate(Corpus(lifters=(lifter,)), rows=rows, tasks=("T3",)))
    assert not [each for each in recwarn if "constrained_layout" in str(each.message)]
