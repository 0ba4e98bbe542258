"""The closed vocabularies of the domain, under their wire spelling."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal


class MuscleGroup(StrEnum):
    """Muscle groups; the first six are the strength groups that balance is measured over."""

    CHEST = "Chest"
    BACK = "Back"
    LEGS = "Legs"
    SHOULDERS = "Shoulders"
    ARMS = "Arms"
    CORE = "Core"
    CARDIO = "Cardio"


MUSCLE_GROUPS: tuple[MuscleGroup, ...] = tuple(MuscleGroup)
STRENGTH_GROUPS: tuple[MuscleGroup, ...] = MUSCLE_GROUPS[:6]


class Category(StrEnum):
    """What kind of exercise it is; the goal-alignment table is keyed by it."""

    COMPOUND = "Compound"
    ISOLATION = "Isolation"
    CARDIO = "Cardio"
    MACHINE = "Machine"
    BODYWEIGHT = "Bodyweight"
    PLYOMETRIC = "Plyometric"


class Level(StrEnum):
    """Experience of a lifter and difficulty of an exercise, in ascending order."""

    BEGINNER = "Beginner"
    INTERMEDIATE = "Intermediate"
    ADVANCED = "Advanced"


LEVELS: tuple[Level, ...] = tuple(Level)


class Goal(StrEnum):
    """Training goals."""

    STRENGTH = "Strength"
    HYPERTROPHY = "Hypertrophy"
    POWERLIFTING = "Powerlifting"
    POWER_BUILDING = "Power-Building"
    GENERAL_FITNESS = "General Fitness"


class Equipment(StrEnum):
    """Equipment, normalised; the wire accepts the spellings of ``domain.spelling``."""

    BARBELL = "Barbell"
    DUMBBELL = "Dumbbell"
    MACHINE = "Machine"
    CABLE = "Cable"
    BODYWEIGHT = "Bodyweight"
    KETTLEBELL = "Kettlebell"
    BAND = "Resistance Band"
    EZ_BAR = "EZ Bar"
    SMITH_MACHINE = "Smith Machine"
    TRAP_BAR = "Trap Bar"
    PLATE = "Plate"
    MEDICINE_BALL = "Medicine Ball"
    SUSPENSION = "Suspension"
    CARDIO_MACHINE = "Cardio Machine"
    OTHER = "Other"


class MovementPattern(StrEnum):
    """How the body moves; substitutes share it."""

    HORIZONTAL_PUSH = "horizontal_push"
    VERTICAL_PUSH = "vertical_push"
    HORIZONTAL_PULL = "horizontal_pull"
    VERTICAL_PULL = "vertical_pull"
    SQUAT = "squat"
    HINGE = "hinge"
    LUNGE = "lunge"
    KNEE_EXTENSION = "knee_extension"
    KNEE_FLEXION = "knee_flexion"
    HIP_ABDUCTION = "hip_abduction"
    HIP_ADDUCTION = "hip_adduction"
    HIP_EXTENSION = "hip_extension"
    CALF_RAISE = "calf_raise"
    CHEST_FLY = "chest_fly"
    LATERAL_RAISE = "lateral_raise"
    FRONT_RAISE = "front_raise"
    REAR_DELT = "rear_delt"
    SHRUG = "shrug"
    PULLOVER = "pullover"
    ELBOW_FLEXION = "elbow_flexion"
    ELBOW_EXTENSION = "elbow_extension"
    WRIST = "wrist"
    ROTATOR_CUFF = "rotator_cuff"
    TRUNK_FLEXION = "trunk_flexion"
    TRUNK_EXTENSION = "trunk_extension"
    TRUNK_ROTATION = "trunk_rotation"
    ANTI_MOVEMENT = "anti_movement"
    CARRY = "carry"
    OLYMPIC = "olympic"
    JUMP = "jump"
    LOCOMOTION = "locomotion"
    NECK = "neck"


class SetType(StrEnum):
    """Kinds of sets, under their wire letter."""

    NORMAL = "N"
    WARM_UP = "W"
    DROP = "D"
    FAILURE = "F"


class Unit(StrEnum):
    """Weight units as the app state spells them."""

    KG = "kg"
    LB = "lbs"

    @property
    def code(self) -> Literal["kg", "lbs"]:
        """The unit as the contract spells it."""
        return "kg" if self is Unit.KG else "lbs"


class SessionStatus(StrEnum):
    """Life cycle of a session; only completed ones are training history."""

    ACTIVE = "active"
    COMPLETED = "completed"
    TEMPLATE = "template"
    DRAFT = "draft"
