"""Looking back at the training, and at the body as it is now."""
