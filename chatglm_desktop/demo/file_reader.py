# SPDX-License-Identifier: MIT
"""Takes documents and tells their text, as the official API does; reads plain text only."""

from __future__ import annotations

from aiohttp import web

_MOST_FILES = 100


class FileShelf:
    """Keeps the newest hundred files."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, bytes]] = {}
        self._count = 0

    async def answer(self, request: web.Request, path: str) -> web.Response | None:
        """The answer at this path below the base address; None if there is nothing there."""
        if request.method == "POST" and path == "/files":
            return await self._take(request)
        file_id, slash, last = path.removeprefix("/files/").partition("/")
        if request.method == "GET" and slash and last == "content" and file_id in self._files:
            return self._tell(file_id)
        return None

    async def _take(self, request: web.Request) -> web.Response:
        form = await request.post()
        file, purpose = form.get("file"), form.get("purpose")
        if not isinstance(file, web.FileField) or purpose != "file-extract":
            error = {"code": "1214", "message": "file, purpose"}
            return web.json_response({"error": error}, status=400)
        self._count += 1
        file_id = f"file-{self._count}"
        self._files[file_id] = (file.filename, file.file.read())
        while len(self._files) > _MOST_FILES:
            del self._files[next(iter(self._files))]
        return web.json_response(
            {"id": file_id, "object": "file", "purpose": purpose, "filename": file.filename}
        )

    def _tell(self, file_id: str) -> web.Response:
        name, data = self._files[file_id]
        try:
            content = data.decode()
        except UnicodeDecodeError:
            content = f"(A demo reads no such file: {len(data)} bytes.)"
        return web.json_response(
            {"content": content, "file_type": "txt", "filename": name, "title": "", "type": "file"}
        )
