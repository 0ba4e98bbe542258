"""What of the standard library and of numpy ships, and why the rest stays out.

Everything that is left out can neither work in a worker (no sockets, no processes, no terminal,
no screen) nor is imported at module level by what the engine and pytest import.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from archives import Files

STDLIB_LEFT_OUT = frozenset(
    {
        # Protocol clients and servers: there are no sockets.
        "ftplib", "imaplib", "mailbox", "nntplib", "poplib", "smtplib", "socketserver",
        "telnetlib", "wsgiref", "xmlrpc",
        # Processes: there is one.
        "multiprocessing",
        # Terminal, screen and audio.
        "aifc", "chunk", "cgi", "cgitb", "colorsys", "crypt", "curses", "idlelib", "pty", "sndhdr",
        "sunau", "tkinter", "tty", "turtle", "turtledemo", "wave", "webbrowser",
        # The second implementation of a C module, and what reads sources, which do not ship.
        "_pyio", "optparse", "pickletools", "pydoc",
        # Building and installing Python itself.
        "antigravity", "compileall", "distutils", "ensurepip", "lib2to3", "pydoc_data",
        "this", "venv", "zipapp",
    }
)  # fmt: skip
"""Top-level modules of the standard library that are left out."""

NUMPY_PACKAGES_LEFT_OUT = frozenset(
    {
        "_pyinstaller", "compat", "core", "doc", "f2py", "fft", "ma", "polynomial", "random",
        "testing",
    }
)  # fmt: skip
"""Sub-packages of numpy that ``import numpy`` loads on demand only, and the engine never needs.

``numpy.random`` is kept out of the engine on purpose (rules and samples have generators of their
own); ``numpy.core`` is the old name of ``numpy._core``.
"""

NUMPY_FILES_LEFT_OUT = frozenset(
    {
        "_configtool.py", "_core/cversions.py", "ctypeslib.py", "lib/_user_array_impl.py",
        "lib/recfunctions.py", "lib/user_array.py", "matlib.py",
    }
)  # fmt: skip
"""Modules of numpy that nothing else imports (``recfunctions`` needs ``numpy.ma``)."""

NUMPY_EXTENSIONS = ("_core/_multiarray_umath", "_core/_multiarray_tests", "linalg/_umath_linalg")
"""The extension modules that ``import numpy`` loads (it gives one of ``_multiarray_tests`` its
docstring); the others are for tests and what is cut."""


def select_stdlib(files: Files) -> dict[str, bytes]:
    """Return the files of ``python_stdlib.zip`` that ship."""
    return {
        path: data
        for path, data in files.items()
        if PurePosixPath(path).parts[0].removesuffix(".py") not in STDLIB_LEFT_OUT
        and "__pycache__" not in path
    }


def select_numpy(files: Files) -> dict[str, bytes]:
    """Return the Python modules of numpy's wheel that ship (without the extension modules)."""
    return {
        path: data
        for path, data in files.items()
        if path.endswith(".py") and _is_needed(PurePosixPath(path))
    }


def _is_needed(path: PurePosixPath) -> bool:
    package, *rest = path.parts
    return (
        package == "numpy"
        and rest[0] not in NUMPY_PACKAGES_LEFT_OUT
        and "tests" not in rest
        and "/".join(rest) not in NUMPY_FILES_LEFT_OUT
    )


def select_extensions(files: Files) -> dict[str, str]:
    """Return the path of each needed extension module by the name of its asset."""
    found = {}
    for stem in NUMPY_EXTENSIONS:
        (path,) = (p for p in files if p.startswith(f"numpy/{stem}.") and p.endswith(".so"))
        found[f"numpy.{stem.rpartition('/')[2].lstrip('_')}.wasm"] = path
    return found
