"""From scores to the list that is shown: filter, order, diversity, explanation."""
