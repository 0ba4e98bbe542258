"""The model of the next working weight: a regression, an interval and a choice among weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.bundle import corrupt, pack, unpack
from voltlift_learned.diary import Floats, Today
from voltlift_learned.loads.candidates import SLOTS, Candidates, candidates, weighted_median
from voltlift_learned.loads.features import LOAD_FEATURES, feature_matrix
from voltlift_learned.loads.interval import Calibration, recent_questions
from voltlift_learned.loads.lifts import Lifts, Questions, lifts_before
from voltlift_learned.loads.limits import in_range
from voltlift_learned.loads.reasons import LoadReason, reasons_of
from voltlift_learned.loads.specs import CHOICE_SPEC, CONTEXT, LOAD_SPEC
from voltlift_learned.loads.views import SAME, View
from voltlift_learned.trees import TreeEnsemble

MIN_SESSIONS = 3
"""Sessions of the exercise below which the model abstains."""

KIND = "load/1"
PARTS = ("point", "low", "high", "chooser", "planned_chooser")
"""The ensembles of a model, in order."""


@dataclass(frozen=True, eq=False)
class LoadFeatures:
    """What the model sees of one question.

    Parameters
    ----------
    vector : ndarray of float32, shape (F,)
        In the order of ``LOAD_SPEC``.
    last_kg : float
        Load of the last top set; every log ratio is to it.
    candidates_kg : ndarray of float64, shape (C,)
        Weights to choose from, ascending.
    matrix : ndarray of float32, shape (C, G)
        One row a candidate, in the order of ``CHOICE_SPEC``.
    """

    vector: NDArray[np.float32]
    last_kg: float
    candidates_kg: Floats
    matrix: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LoadPrediction:
    """The next working weight of an exercise, in kilograms.

    Parameters
    ----------
    weight_kg : float
        The plain regression.
    chosen_kg : float
        Weighted median of the candidates: the one to suggest.
    low_kg, high_kg : float
        80 % interval, with ``chosen_kg`` inside.
    candidates : tuple of (float, float)
        Weights with the probability of each, ascending.
    reasons : tuple of LoadReason
        What moved the regression most, the strongest first.
    """

    weight_kg: float
    chosen_kg: float
    low_kg: float
    high_kg: float
    candidates: tuple[tuple[float, float], ...]
    reasons: tuple[LoadReason, ...]


def load_features(
    today: Today, exercise_id: str, planned_reps: int | None = None
) -> LoadFeatures | None:
    """Return what a model sees of a question, or nothing below three sessions.

    Parameters
    ----------
    today : Today
        The moment; nothing from after it is looked at.
    exercise_id : str
        The exercise.
    planned_reps : int, optional
        Repetitions that are planned for the top set.
    """
    questions = _asked(today, exercise_id, planned_reps)
    if questions is None:
        return None
    view = View.of(questions)
    vectors = feature_matrix(view, LOAD_FEATURES)
    choice = candidates(view)
    order = _ascending(choice, 0)
    return LoadFeatures(
        vector=vectors[0],
        last_kg=float(np.exp(view.w[0, -1])),
        candidates_kg=np.exp(choice.log_kg[0, order]),
        matrix=choice_matrix(vectors, choice)[0][order],
    )


def choice_matrix(vectors: NDArray[np.float32], choice: Candidates) -> NDArray[np.float32]:
    """Return the chooser's rows of every slot, shape (n, C, G)."""
    context = np.repeat(vectors[:, None, CONTEXT], SLOTS, axis=1)
    own = np.stack(list(choice.columns.values()), axis=2).astype(np.float32)
    return np.concatenate([context, np.nan_to_num(own)], axis=2)


@dataclass(frozen=True, eq=False)
class LoadModel:
    """Boosted trees for the next working weight.

    Parameters
    ----------
    point : TreeEnsemble
        Log ratio of the next weight to the last one, on ``LOAD_SPEC``.
    low, high : TreeEnsemble
        Its quantiles, low and high, before calibration.
    chooser, planned_chooser : TreeEnsemble
        Probability that a candidate is the next weight, on ``CHOICE_SPEC``, without and with
        planned repetitions; the others serve both.
    calibration : Calibration
        What makes an 80 % interval of the quantiles.
    stay : float
        How many times as likely the last weight is taken to be without a plan.
    """

    point: TreeEnsemble
    low: TreeEnsemble
    high: TreeEnsemble
    chooser: TreeEnsemble
    planned_chooser: TreeEnsemble
    calibration: Calibration
    stay: float = 1.0

    def predict(
        self, today: Today, exercise_id: str, planned_reps: int | None = None
    ) -> LoadPrediction | None:
        """Return the next working weight, or nothing where the model abstains.

        It abstains below three sessions of the exercise in three years, where a question is
        outside of what it was trained on (``LIMITS``), and where an answer is not finite.
        """
        questions = _asked(today, exercise_id, planned_reps)
        if questions is None:
            return None
        view = View.of(questions)
        vectors = feature_matrix(view, LOAD_FEATURES)
        if not in_range(vectors[0]):
            return None
        choice = candidates(view)
        order = _ascending(choice, 0)
        rows = choice_matrix(vectors, choice)[0][order]
        log_kg = choice.log_kg[0, order]
        base = float(view.w[0, -1])
        has_plan = bool(questions.planned[0] > 0)
        chance = (self.planned_chooser if has_plan else self.chooser).predict(rows)
        if not has_plan:
            chance = np.where(np.abs(log_kg - base) <= SAME, chance * self.stay, chance)
        chosen = weighted_median(log_kg[None], chance[None], np.ones((1, len(order)), np.bool_))
        point = base + float(self.point.predict(vectors)[0])
        own = _own_misses(self, lifts_before(today.past, today.day), planned=has_plan)
        low, high = self._interval(view, vectors, own)
        if not np.isfinite([point, chosen[0], low, high]).all():
            return None
        share = chance / max(float(chance.sum()), 1e-12)
        kg = np.round(np.exp(log_kg), 6).tolist()
        chosen_kg = round(float(np.exp(chosen[0])), 6)
        return LoadPrediction(
            weight_kg=float(np.exp(point)),
            chosen_kg=chosen_kg,
            low_kg=min(float(np.exp(base + low)), chosen_kg),
            high_kg=max(float(np.exp(base + high)), chosen_kg),
            candidates=tuple(zip(kg, share.tolist(), strict=True)),
            reasons=reasons_of(LOAD_FEATURES, vectors[0], self.point.attribute(vectors[0])),
        )

    def _interval(
        self, view: View, vectors: NDArray[np.float32], own: Floats
    ) -> tuple[float, float]:
        """Return the ends of a question's interval as log ratios, corrected by own misses."""
        low, high = self.low.predict(vectors), self.high.predict(vectors)
        widen = self.calibration.widen(view, own[None])[0]
        return float(min(low[0], high[0]) - widen), float(max(low[0], high[0]) + widen)

    def to_npz(self) -> bytes:
        """Return the model as the bytes of one ``.npz`` file, the same ones every time."""
        about = {
            "spec": LOAD_SPEC.hash,
            "choiceSpec": CHOICE_SPEC.hash,
            "calibration": self.calibration.to_json(),
            "stay": self.stay,
        }
        parts = {name: getattr(self, name).to_npz() for name in PARTS}
        return pack(KIND, about, {k: np.frombuffer(v, np.uint8) for k, v in parts.items()})

    @classmethod
    def from_npz(cls, data: bytes) -> LoadModel:
        """Return the model of a file that ``to_npz`` wrote.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the bytes are no such file; ``vector_spec_mismatch`` where
            it was fitted to other features.
        """
        about, arrays = unpack(KIND, data)
        LOAD_SPEC.require(str(about.get("spec")))
        CHOICE_SPEC.require(str(about.get("choiceSpec")))
        try:
            parts = {name: arrays[name].astype(np.uint8).tobytes() for name in PARTS}
            calibration = Calibration.of_json(about["calibration"])
            stay = float(about["stay"])
            if not 0 < stay < np.inf:
                raise ValueError(f"stay is {stay}")
        except (KeyError, TypeError, ValueError) as error:
            raise corrupt("the load model is incomplete", str(error)) from error
        trees = {name: TreeEnsemble.from_npz(part) for name, part in parts.items()}
        for name, ensemble in trees.items():
            spec = CHOICE_SPEC if name.endswith("chooser") else LOAD_SPEC
            if ensemble.features != spec.features:
                raise corrupt("the trees were fitted to other features", name)
        return cls(**trees, calibration=calibration, stay=stay)


@lru_cache(maxsize=4)
def _own_misses(model: LoadModel, lifts: Lifts, *, planned: bool) -> Floats:
    """Return how the model's intervals missed the lifter's last weights, once a day."""
    recent = recent_questions(lifts, planned=planned)
    if recent is None:
        return np.zeros(0)
    asked, log_kg = recent
    view = View.of(asked)
    seen = feature_matrix(view, LOAD_FEATURES)
    low, high = model.low.predict(seen), model.high.predict(seen)
    return model.calibration.miss(low, high, log_kg - view.w[:, -1], view)


def _asked(today: Today, exercise_id: str, planned_reps: int | None) -> Questions | None:
    """Return a question, or nothing below three sessions."""
    questions = Questions.at(today, [exercise_id], [planned_reps or 0])
    lifts = questions.lifts
    n_before = int(np.searchsorted(lifts.day, today.day))
    mine = lifts.exercise[:n_before] == questions.exercise[0]
    return questions if int(mine.sum()) >= MIN_SESSIONS else None


def _ascending(choice: Candidates, at: int) -> NDArray[np.intp]:
    """Return the slots of a question that hold a candidate, lightest first."""
    slots = np.flatnonzero(choice.real[at])
    return slots[np.argsort(choice.log_kg[at, slots], kind="stable")]
