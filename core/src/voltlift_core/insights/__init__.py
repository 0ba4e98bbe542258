"""Readiness of the body, and the figures behind the charts."""
