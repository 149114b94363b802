# SPDX-License-Identifier: MIT
"""Downloads one picture, and tells its host no more than it must; decodes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp
from yarl import URL

from chatglm_desktop.core.pictures import MOST_BYTES, PictureError

_HEADERS = {
    "Accept": "image/png,image/jpeg,image/webp,image/gif",
    # What is packed could unpack to any size.
    "Accept-Encoding": "identity",
    "User-Agent": "ChatGLM-Desktop",
}
_MEDIA_TYPES = (
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/webp",
    "image/gif",
    "application/octet-stream",
    "binary/octet-stream",
)
_MOST_REDIRECTS = 3
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class PicturePatience:
    """How long to wait, in seconds: for a connection, for everything."""

    connect: float = 15.0
    total: float = 90.0


async def fetch_picture(
    session: aiohttp.ClientSession,
    url: str,
    *,
    proxy: str | None = None,
    patience: PicturePatience = PicturePatience(),
) -> bytes:
    """The file at ``url``, which is at most 20 MiB of a type that can be a picture.

    Redirections are followed within the host that the user agreed to ask. Raises PictureError.
    """
    try:
        async with asyncio.timeout(patience.total):
            target = URL(url)
            for _ in range(_MOST_REDIRECTS + 1):
                async with session.get(
                    target,
                    headers=_HEADERS,
                    proxy=proxy,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=patience.connect),
                    raise_for_status=False,
                ) as response:
                    if response.status not in (301, 302, 303, 307, 308):
                        return await _read(response)
                    target = _next(target, response.headers.get("Location", ""))
    except TimeoutError as error:
        raise PictureError("timed out") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # A ValueError is an address or a host that cannot be one.
        raise PictureError("unreachable") from error
    raise PictureError("refused")


def _next(current: URL, location: str) -> URL:
    """Where a redirection leads. Raises PictureError unless that is the same, no less safe host."""
    target = current.join(URL(location))
    safe = target.scheme == current.scheme or (current.scheme, target.scheme) == ("http", "https")
    if not location or not safe or target.host != current.host:
        raise PictureError("refused")
    return target


async def _read(response: aiohttp.ClientResponse) -> bytes:
    if response.status != 200:
        raise PictureError("refused")
    if response.content_type not in _MEDIA_TYPES or "Content-Encoding" in response.headers:
        raise PictureError("not a picture")
    if (response.content_length or 0) > MOST_BYTES:
        raise PictureError("too large")
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > MOST_BYTES:
            raise PictureError("too large")
    return bytes(data)
