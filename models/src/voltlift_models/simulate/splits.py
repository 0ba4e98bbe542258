"""How made-up lifters divide the week: days as movement patterns, splits as days."""

from __future__ import annotations

from collections.abc import Mapping

DAYS: Mapping[str, str] = {
    "Full Body A": "squat horizontal_push horizontal_pull vertical_push|lateral_raise "
    "elbow_flexion|elbow_extension trunk_flexion|anti_movement calf_raise",
    "Full Body B": "hinge vertical_push|horizontal_push vertical_pull lunge|squat|knee_flexion "
    "elbow_extension|elbow_flexion anti_movement|trunk_flexion lateral_raise",
    "Full Body C": "squat|hinge horizontal_push vertical_pull|horizontal_pull lateral_raise "
    "elbow_flexion elbow_extension trunk_rotation|trunk_flexion",
    "Upper A": "horizontal_push horizontal_pull vertical_push vertical_pull "
    "elbow_flexion elbow_extension lateral_raise",
    "Upper B": "vertical_push vertical_pull horizontal_push|chest_fly horizontal_pull "
    "lateral_raise|rear_delt elbow_extension elbow_flexion",
    "Lower A": "squat hinge|knee_flexion lunge|knee_extension knee_flexion calf_raise "
    "trunk_flexion hip_abduction|hip_adduction",
    "Lower B": "hinge squat|lunge knee_extension knee_flexion|hip_extension calf_raise "
    "anti_movement|trunk_flexion",
    "Push": "horizontal_push vertical_push horizontal_push|chest_fly lateral_raise "
    "elbow_extension elbow_extension|chest_fly front_raise|chest_fly",
    "Pull": "vertical_pull|hinge horizontal_pull vertical_pull|horizontal_pull "
    "rear_delt|shrug elbow_flexion elbow_flexion pullover|shrug",
    "Legs": "squat hinge squat|lunge knee_extension knee_flexion calf_raise "
    "hip_abduction|hip_adduction|hip_extension trunk_flexion",
    "Chest": "horizontal_push horizontal_push chest_fly horizontal_push chest_fly elbow_extension",
    "Back": "hinge|vertical_pull vertical_pull horizontal_pull horizontal_pull pullover|rear_delt "
    "elbow_flexion shrug",
    "Shoulders": "vertical_push lateral_raise rear_delt vertical_push|front_raise shrug "
    "lateral_raise trunk_flexion",
    "Arms": "elbow_flexion elbow_extension elbow_flexion elbow_extension elbow_flexion "
    "elbow_extension wrist",
    "Chest and Triceps": "horizontal_push horizontal_push chest_fly elbow_extension "
    "elbow_extension horizontal_push",
    "Back and Biceps": "vertical_pull horizontal_pull hinge|horizontal_pull elbow_flexion "
    "elbow_flexion rear_delt|shrug",
    "Legs and Shoulders": "squat vertical_push knee_extension|lunge lateral_raise knee_flexion "
    "calf_raise rear_delt",
    "Squat": "squat squat|lunge horizontal_push trunk_flexion knee_flexion",
    "Bench": "horizontal_push horizontal_push horizontal_pull elbow_extension lateral_raise",
    "Deadlift": "hinge hinge|squat vertical_pull horizontal_pull trunk_flexion",
    "Conditioning": "locomotion anti_movement trunk_flexion locomotion|jump",
}
"""Movement patterns of a day in the usual order, the most important first; ``a|b`` is one of
them. (Assumptions: compound before isolation, as in the programs of the engine.)"""

SPLITS: tuple[tuple[tuple[str, ...], float, float, float], ...] = (
    (("Full Body A",), 0.4, 1.5, 3.6),
    (("Full Body A", "Full Body B"), 1.0, 1.5, 3.9),
    (("Full Body A", "Full Body B", "Full Body C"), 0.6, 2.0, 3.9),
    (("Upper A", "Lower A"), 0.5, 2.0, 4.5),
    (("Upper A", "Lower A", "Upper B", "Lower B"), 1.0, 2.8, 4.9),
    (("Push", "Pull", "Legs"), 1.6, 2.0, 6.5),
    (("Push", "Pull", "Legs", "Upper A", "Lower A"), 0.4, 3.8, 5.5),
    (("Chest", "Back", "Shoulders", "Legs", "Arms"), 0.7, 3.2, 6.0),
    (("Chest and Triceps", "Back and Biceps", "Legs and Shoulders"), 0.7, 2.0, 5.5),
    (("Chest and Triceps", "Back and Biceps", "Legs", "Shoulders"), 0.6, 2.8, 5.5),
    (("Squat", "Bench", "Deadlift", "Upper B"), 0.4, 2.5, 4.6),
    (("Squat", "Bench", "Deadlift"), 0.3, 2.0, 3.9),
    (("Full Body A", "Full Body B", "Conditioning"), 0.3, 2.0, 4.5),
)
"""Days in turn, how common that is, and the sessions a week it suits: assumptions."""

PROGRAM_SHARE = 0.2
"""Share of lifters who begin with one of the engine's programs (an assumption)."""
