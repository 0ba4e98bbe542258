"""Build hook of the wheel: ships the modules without docstrings, comments, types of functions.

They are a quarter of the wheel, which phones download; whoever reads or debugs the engine
has the sources (and the sdist). Lines stay where they are, so that a traceback from a phone
names the line of the source. Types of fields stay: dataclasses and the wire codec read them.
"""

from __future__ import annotations

import ast
import io
import itertools
import tempfile
import tokenize
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "voltlift_core"
_BLOCKS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docs(source: str) -> str:
    r"""Return a module's source without docstrings and comments, every line in its place.

    Texts below constants and fields are docstrings as well. Of a dataclass a dot stays: for one
    without, ``dataclasses`` writes the signature when it makes the class, which takes as long as
    all the rest of it.

    Examples
    --------
    >>> without_docs('X = 1\n"Why one."\ndef f():\n    "Say so."\n    return X  # always\n')
    'X = 1\n\ndef f():\n\n    return X\n'
    >>> without_docs('@dataclass\nclass Point:\n    "A place."\n    x: int\n    "East."\n')
    '@dataclass\nclass Point:\n    "."\n    x: int\n\n'
    """
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    for node in ast.walk(ast.parse(source)):
        body: list[ast.stmt] = getattr(node, "body", []) if isinstance(node, _BLOCKS) else []
        for text in body:
            if isinstance(text, ast.Expr) and isinstance(getattr(text.value, "value", None), str):
                first, last = text.lineno - 1, text.end_lineno or text.lineno
                kept = ""
                if text is body[0] and _is_dataclass(node):
                    kept = lines[first][: text.col_offset] + '"."'
                elif len(body) == 1:
                    kept = lines[first][: text.col_offset] + '""'
                lines[first:last] = [kept, *[""] * (last - first - 1)]
    return "\n".join(lines) + "\n"


def _is_dataclass(node: ast.AST) -> bool:
    decorators = node.decorator_list if isinstance(node, ast.ClassDef) else []
    return any("dataclass" in ast.unparse(decorator) for decorator in decorators)


def without_function_types(source: str) -> str:
    r"""Return a module's source without the types of parameters and results.

    Examples
    --------
    >>> without_function_types("def f(x: int, *rest: str) -> int:\n    return x\n")
    'def f(x, *rest):\n    return x\n'
    """
    lines = source.encode().splitlines(keepends=True)
    starts = [0, *itertools.accumulate(map(len, lines))]
    text = b"".join(lines)
    cuts: list[tuple[int, int]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.annotation is not None:
            name_end = starts[node.lineno - 1] + node.col_offset + len(node.arg.encode())
            cuts.append((name_end, _end(node.annotation, starts)))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            first = starts[node.returns.lineno - 1] + node.returns.col_offset
            arrow = len(text[: text.rindex(b"->", 0, first)].rstrip(b" "))
            cuts.append((arrow, _end(node.returns, starts)))
    for first, last in sorted(cuts, reverse=True):
        text = text[:first] + b"\n" * text.count(b"\n", first, last) + text[last:]
    return text.decode()


def _end(node: ast.expr, starts: list[int]) -> int:
    return starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)


class StrippedWheel(BuildHookInterface):  # type: ignore[type-arg]
    """Replaces every module by its stripped copy."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the copies and have the builder take them."""
        if version == "editable":
            return
        source = Path(self.root) / "core" / "src" / PACKAGE
        self._folder = tempfile.TemporaryDirectory()
        for path in sorted(source.rglob("*")):
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            name = f"{PACKAGE}/{path.relative_to(source).as_posix()}"
            shipped = path
            if path.suffix == ".py":
                shipped = Path(self._folder.name) / name.replace("/", "-")
                source_text = without_function_types(without_docs(path.read_text("utf-8")))
                shipped.write_text(source_text, "utf-8")
            build_data["force_include"][str(shipped)] = name

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copies."""
        if version != "editable":
            self._folder.cleanup()
