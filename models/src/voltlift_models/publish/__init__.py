"""Publishing models as static, signed files that any CDN or bucket can serve."""

from voltlift_models.publish.folder import Published, publish, verify_published
from voltlift_models.publish.keys import (
    Pinned,
    new_key,
    public_key,
    read_key,
    read_pinned,
    write_pinned,
)
from voltlift_models.publish.manifest import ReleaseManifest, read_release

__all__ = [
    "Pinned",
    "Published",
    "ReleaseManifest",
    "new_key",
    "public_key",
    "publish",
    "read_key",
    "read_pinned",
    "read_release",
    "verify_published",
    "write_pinned",
]
