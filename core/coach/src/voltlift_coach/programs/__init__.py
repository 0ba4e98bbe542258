"""Programs as data: which fits, what it holds, where the lifter stands."""
