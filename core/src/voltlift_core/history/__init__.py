"""The lenient decoder of app states and the columnar training log."""
