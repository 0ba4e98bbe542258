"""Named features over the training log, and the vectors compiled from them."""
