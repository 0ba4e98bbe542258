"""In-memory and filesystem adapters of the ports."""
