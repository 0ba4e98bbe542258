"""Progressive overload: weight and reps of the next set, by rules."""
