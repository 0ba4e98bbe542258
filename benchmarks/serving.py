"""A static server as a user would have one, with the project's response headers."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks import ROOT

PAGES = ROOT / "benchmarks/browser/dist"
ISOLATION = {
    # Isolated pages have a clock of 5 µs instead of 100.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}


def project_headers() -> dict[str, str]:
    """Return the headers of ``web_demo/security-headers.ts``, as the build wrote them."""
    headers: dict[str, str] = json.loads((PAGES / "headers.json").read_text(encoding="utf-8"))
    return headers


@contextmanager
def serve(mounts: Mapping[str, Path], headers: Mapping[str, str]) -> Iterator[str]:
    """Serve folders until the block ends; gives the address.

    Parameters
    ----------
    mounts : mapping of str to Path
        Folder by path prefix; the longest prefix that fits wins.
    headers : mapping
        Sent with every response.
    """
    handler = type("Handler", (_Handler,), {"mounts": mounts, "added_headers": headers})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *args: Any) -> None:
        # A page that is left in the middle of a download closes its connections.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*args)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | _TYPES
    mounts: Mapping[str, Path]
    added_headers: Mapping[str, str]

    def translate_path(self, path: str) -> str:
        prefix = max((p for p in self.mounts if path.startswith(p)), key=len)
        # The base class resolves "..", so nothing above the folder is reached.
        self.directory = str(self.mounts[prefix])
        return super().translate_path("/" + path.removeprefix(prefix))

    def end_headers(self) -> None:
        for name, value in self.added_headers.items():
            self.send_header(name, value)
        # As `vite preview` and most hosts: kept, but asked about on every visit.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing: the run prints figures."""
