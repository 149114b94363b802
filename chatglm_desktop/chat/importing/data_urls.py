# SPDX-License-Identifier: MIT
"""Files that stand in a document as ``data:`` addresses or bare base64; loads none."""

from __future__ import annotations

import base64
import binascii
import re

from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.core.messages import AttachmentPart

_ADDRESS = re.compile(r"data:(?P<kind>image/[a-z0-9.+-]{1,30});base64,", re.IGNORECASE)


def data_of(address: str, luggage: Luggage, name: str = "picture") -> AttachmentPart | None:
    """The picture in a ``data:`` address; None if it is none, or cannot be taken along."""
    found = _ADDRESS.match(address)
    if found is None:
        luggage.leave()
        return None
    packed = address[found.end() :]
    suffix = found["kind"].partition("/")[2].partition("+")[0].lower()
    return luggage.take(f"{name}.{suffix}", len(packed) * 3 // 4, lambda: from_base64(packed))


def from_base64(text: str) -> bytes | None:
    """What ``text`` stands for; None if it is no base64."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
