"""The engine's version, alone in a module so that every layer may name it."""

VERSION = "0.1.0"
