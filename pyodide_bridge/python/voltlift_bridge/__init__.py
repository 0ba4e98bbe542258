"""The engine inside Pyodide: dispatch of requests, ports over JavaScript objects."""
