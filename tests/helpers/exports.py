# SPDX-License-Identifier: MIT
"""Messages with everything that one can have, and orders to export them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.export_choice import ExportContents, ExportFormat
from chatglm_desktop.core.exports import Chosen, ExportOrder, ExportScope
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics


def png(width: int, height: int) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = (b"\0" + b"\xc4\x32\x0a" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


QUESTION = "天气怎么样？\n  <script>alert(1)</script>"
ANSWER = """\
# 天气

**重点：**明天 $x^2 < 1$ 下雨【1†source】。

| 城市 | 温度 |
|---|---:|
| 北京 | 3 |

```python
def weather() -> str:  # <b>
    return "rain"
```

$$\\int_0^1 x\\,dx$$
"""
PICTURE = png(8, 6)


def order(
    target: Path,
    format: ExportFormat,
    scope: ExportScope | None = None,
    contents: ExportContents | None = None,
    *,
    zipped: bool = False,
) -> ExportOrder:
    """An order of the rich conversation unless told otherwise."""
    return ExportOrder(
        scope or Chosen(("rich",)), format, contents or ExportContents(), target, zipped
    )


def rich_messages(digest: str) -> list[Message]:
    attached = AttachmentPart("图 1.png", "image/png", len(PICTURE), digest)
    gone = AttachmentPart("gone.txt", "text/plain", 3, "0" * 64)
    return [
        Message("q", Role.USER, (attached, gone, TextPart(QUESTION)), 1_700_000_000.0),
        Message(
            "old",
            Role.ASSISTANT,
            (TextPart("An older version."),),
            1_700_000_001.0,
            "q",
            MessageState.STOPPED,
            "glm-4.5",
        ),
        Message(
            "a",
            Role.ASSISTANT,
            (
                ReasoningPart("Let me *think*.", 3.5),
                TextPart(ANSWER),
                ImagesPart((Image("https://e.example/p.png", 3, 4), Image("data:x"))),
                SourcesPart((Source("https://e.example/w", "Weather [1]", "…", "1"),)),
            ),
            1_700_000_002.0,
            "q",
            MessageState.COMPLETE,
            "glm-4.6",
            "stop",
            metrics=Metrics(10, 20, 0, 0.5, 4.0, 0.01),
        ),
        Message("q2", Role.USER, (TextPart("And then?"),), 1_700_000_003.0, "a"),
        Message(
            "a2",
            Role.ASSISTANT,
            (),
            1_700_000_004.0,
            "q2",
            MessageState.FAILED,
            "glm-4.6",
            failure=Failure("Busy", "wait", 429, host="e.example"),
        ),
    ]
