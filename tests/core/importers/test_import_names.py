"""Names of exports and the exercises they stand for; the rates are held here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Category, Equipment, Level, MuscleGroup
from voltlift_importers.language import LANGUAGES
from voltlift_importers.match_report import main, names_of, report, sample
from voltlift_importers.names import aliases, match_name, propose

FIXTURES = Path(__file__).parents[1] / "catalogue"
LOGS = Path(__file__).parents[3].parent / "shared" / "data" / "logs"
EXPORT_NAMES: dict[str, str | None] = json.loads(
    (FIXTURES / "export_names.json").read_text("utf-8")
)
JUDGED: dict[str, str] = json.loads((FIXTURES / "judged_matches.json").read_text("utf-8"))
CATALOGUE = Catalogue.bundled()
KNOWN = {name: exercise_id for name, exercise_id in EXPORT_NAMES.items() if exercise_id}


def found(name: str) -> str | None:
    match = match_name(name, CATALOGUE)
    return None if match is None else match.exercise_id


def test_the_list_of_export_names_is_what_it_should_be() -> None:
    english = [name for name in KNOWN if name.isascii()]
    assert len(KNOWN) >= 300
    assert len(KNOWN) - len(english) >= 60
    assert len(EXPORT_NAMES) - len(KNOWN) >= 30
    assert all(CATALOGUE.get(exercise_id) for exercise_id in KNOWN.values())


def test_export_names_find_their_exercise_and_no_other() -> None:
    wrong = {
        name: found(name)
        for name, exercise_id in KNOWN.items()
        if found(name) not in {None, exercise_id}
    }
    assert wrong == {}
    missed = [name for name in KNOWN if found(name) is None]
    assert len(missed) <= 0.02 * len(KNOWN)


@pytest.mark.parametrize("name", [name for name, known in EXPORT_NAMES.items() if known is None])
def test_names_that_say_too_little_or_too_much_stay_unknown(name: str) -> None:
    assert found(name) is None


def test_of_200_judged_matches_fewer_than_two_in_a_hundred_are_wrong() -> None:
    assert len(JUDGED) == 200
    wrong = {name: found(name) for name, right in JUDGED.items() if found(name) != right}
    assert len(wrong) < 0.02 * len(JUDGED)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Bench Press (Barbell)", "exact"),
        ("Flat Dumbbell Bench Press", "alias"),
        ("Lateral Dumbbell Raise", "rearranged"),
        ("Bankdrücken (Langhantel)", "translated"),
        ("Technogym Chest Press", "similar"),
        ("Romanian Deadlfit", "similar"),
    ],
)
def test_a_match_tells_how_it_was_found(name: str, how: str) -> None:
    match = match_name(name, CATALOGUE)
    assert match is not None
    assert match.how == how


@pytest.mark.parametrize(
    ("name", "exercise_id"),
    [
        ("Remo (máquina)", "machine-row"),
        ("Máquina de remo", "rowing-machine"),
        ("Bench Press (Halter)", "barbell-bench-press"),
        ("Supino reto (halter)", "dumbbell-bench-press"),
        ("Squat (haltère)", "dumbbell-squat"),
        ("Press", None),
        ("Hip Thrust (Halter)", None),
    ],
)
def test_words_that_mean_different_things_are_told_apart_or_left(
    name: str, exercise_id: str | None
) -> None:
    assert found(name) == exercise_id


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("BANKDRÜCKEN", "bankdruecken"),
        ("ŞINAV", "sinav"),
        ("Gesäßbrücke", "GESAESSBRUECKE"),
        ("Göğüs Presi (Dambıl)", "GÖĞÜS PRESİ (DAMBIL)"),
        ("Développé couché", "developpe couche"),
        ("槓鈴臥推", "杠铃卧推"),
        ("卧推（杠铃）", "卧推 (杠铃)"),
    ],
)
def test_case_accents_and_script_variants_do_not_matter(left: str, right: str) -> None:
    assert found(left) is not None
    assert found(left) == found(right)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_names_the_common_exercises(code: str) -> None:
    localised = aliases((code,))
    staples = {e.id for e in CATALOGUE.exercises if e.commonness >= 2}
    assert len(localised) >= 300
    assert len(localised.keys() & staples) >= 120
    assert all(len(set(names)) == len(names) for names in localised.values())


def test_localised_names_read_back_as_their_exercise_or_stay_unknown() -> None:
    localised = aliases()
    assert localised["barbell-bench-press"][0] == "Bankdrücken (Langhantel)"
    outcomes = [(found(name), own) for own, names in localised.items() for name in names]
    assert [pair for pair in outcomes if pair[0] not in {None, pair[1]}] == []
    assert sum(known is None for known, _ in outcomes) <= 0.01 * len(outcomes)


def test_proposals_are_ranked_and_know_equipment_language_and_typos() -> None:
    row = propose("Chest Supported Row", CATALOGUE)
    assert {p.exercise_id for p in row[:2]} == {
        "chest-supported-dumbbell-row",
        "chest-supported-t-bar-row",
    }
    assert [p.score for p in row] == sorted((p.score for p in row), reverse=True)
    assert len(row) == 5
    assert propose("Chest Supported Row", CATALOGUE, 2) == row[:2]
    cable = propose("Shoulder Cable Rotation", CATALOGUE, 2)
    assert {p.exercise_id for p in cable} == {"cable-external-rotation", "cable-internal-rotation"}
    assert propose("Curl Cavo Alto", CATALOGUE)[0].exercise_id == "cable-curl"
    assert propose("Ohio State", CATALOGUE) == ()
    assert propose("Chest Supported Row", CATALOGUE, 0) == ()


def test_the_lifters_own_exercises_are_matched_and_proposed() -> None:
    own = Exercise(
        id="custom-1",
        name="Ohio State",
        muscle_group=MuscleGroup.BACK,
        equipment=Equipment.OTHER,
        category=Category.ISOLATION,
        difficulty=Level.BEGINNER,
    )
    catalogue = CATALOGUE.with_custom([own])
    match = match_name("ohio-state", catalogue)
    assert match is not None
    assert match.exercise_id == "custom-1"
    assert propose("Ohio State heavy", catalogue)[0].exercise_id == "custom-1"


@given(st.text(max_size=300))
def test_any_text_is_answered(name: str) -> None:
    match = match_name(name, CATALOGUE)
    assert match is None or CATALOGUE.get(match.exercise_id) is not None
    for proposal in propose(name, CATALOGUE):
        assert 0 < proposal.score <= 1
        assert CATALOGUE.get(proposal.exercise_id) is not None


@given(st.sampled_from(sorted(KNOWN)), st.integers(0, 40), st.sampled_from("qxzwk"))
def test_a_foreign_letter_never_leads_to_another_exercise(
    name: str, place: int, letter: str
) -> None:
    place %= len(name)
    damaged = name[:place] + letter + name[place:]
    assert found(damaged) in {None, KNOWN[name]}


def test_the_report_reads_exports_and_samples_the_same_again(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Date;Exercise Name;Reps\n1;Klimmzüge;5\n2;Klimmzüge;4\n3;Ohio State;1\n", "utf-8-sig"
    )
    (tmp_path / "b.csv").write_text("no,names\n1,2\n", "utf-8")
    lines = list(report(tmp_path))
    assert names_of(tmp_path / "a.csv") == {"Klimmzüge": 2, "Ohio State": 1}
    assert any("66.67%" in line for line in lines)
    assert "translated Klimmzüge   pull-up" in lines
    assert sample(KNOWN, CATALOGUE, 20) == sample(reversed(KNOWN), CATALOGUE, 20)
    with pytest.raises(SystemExit):
        main([str(tmp_path / "absent")])


@pytest.mark.skipif(not LOGS.is_dir(), reason="the folder ../shared/data is absent")
@pytest.mark.parametrize(
    ("file", "share"),
    [
        ("strong-1.csv", 0.99),
        ("strong-2.csv", 1.0),
        ("strong-3.csv", 0.96),
        ("hevy-1.csv", 0.99),
        ("hevy-2.csv", 0.96),
        ("fitnotes-1.csv", 0.95),
        ("fitnotes-2.csv", 0.98),
    ],
)
def test_share_of_rows_matched_in_real_logs(file: str, share: float) -> None:
    counted = names_of(LOGS / file)
    matched = sum(rows for name, rows in counted.items() if found(name))
    assert matched / counted.total() >= share
