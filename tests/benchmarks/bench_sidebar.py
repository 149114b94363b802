# SPDX-License-Identifier: MIT
"""What 100,000 conversations cost the sidebar, against a hundred in the same run.

The widget, the listing and the store are the real ones; nothing else of the program runs.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.listing import Listing
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.listing import RECENT
from chatglm_desktop.gui import application, loop
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.store import Store
from chatglm_desktop.store.conversations import create
from chatglm_desktop.store.database import open_database
from tests.benchmarks.frames import Frames, share
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.measure import Measure, against, at_most

FEW, MANY = 100, 100_000
FRAMES = 400
RISES = 20
GOAL_FRAMES = 2.0
GOAL_STANDSTILL = 100.0


@dataclass(frozen=True, slots=True)
class Found:
    """Frames of scrolling, and the longest standstills in milliseconds."""

    frames: Frames
    opening: float
    rising: float


def run() -> list[Measure]:
    """Frames of scrolling, and standstills while the list opens and changes."""
    app = QApplication.instance() or application.create("bench", "0")
    assert isinstance(app, QApplication)
    themes = application.dress(app, "light", "en")
    few, many = (loop.run(app, _measured(themes, count)) for count in (FEW, MANY))
    value, reference = (share(one.frames.computed, 0.95) for one in (many, few))
    name = f"{MANY:,} conversations"
    return [
        against(f"scrolling {name}, p95", value, "ms", reference, GOAL_FRAMES),
        *many.frames.measures(f"scrolling {name}"),
        at_most(f"longest standstill, {name} appear", many.opening, "ms", GOAL_STANDSTILL),
        at_most(f"longest standstill, one of {name} rises", many.rising, "ms", GOAL_STANDSTILL),
    ]


async def _measured(themes: ThemeManager, count: int) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "c.db"
        _write(file, count)
        store = await Store.open(file)
        tasks = Tasks(_fail)
        listing = Listing(store.listing, tasks)
        sidebar = _sidebar(themes, listing)

        async def look(changed: tuple[str, ...] = ()) -> None:
            listing.refresh(changed)
            await tasks.finish()

        opening = await _standstill(look)
        frames = await _scroll(sidebar)
        rising = max([await _rise(store, listing, look) for _ in range(RISES)])
        await tasks.finish()
        sidebar.close()
        sidebar.deleteLater()
        await store.close()
    return Found(frames, opening, rising)


def _sidebar(themes: ThemeManager, listing: Listing) -> Sidebar:
    sidebar = Sidebar(themes, time.time)
    sidebar.resize(260, 820)
    listing.changed.connect(lambda outline: sidebar.show_listing(outline, {}))
    listing.read.connect(sidebar.put_rows)
    sidebar.looked.connect(listing.fetch)
    sidebar.show()
    return sidebar


async def _scroll(sidebar: Sidebar) -> Frames:
    """Notches, and now and then a leap to where nothing is read yet."""
    bar, frames = sidebar.view.verticalScrollBar(), Frames(sidebar)
    dice = random.Random(1)
    for number in range(FRAMES):
        leap = dice.randrange(bar.maximum())
        frames.take(partial(bar.setValue, leap if number % 8 == 0 else bar.value() + 72))
        await asyncio.sleep(0.002)
    return frames


async def _rise(
    store: Store, listing: Listing, look: Callable[[tuple[str, ...]], Awaitable[None]]
) -> float:
    """Something is said in one from the middle of the list."""
    recent = listing.outline.numbers(RECENT)
    (id,) = await listing.ids([recent[len(recent) // 2]])
    await store.arrangement.touch(id, time.time())
    return await _standstill(lambda: look((id,)))


async def _standstill(act: Callable[[], Awaitable[None]]) -> float:
    """The longest time, in milliseconds, for which the window does nothing else meanwhile."""
    gaps = Gaps()
    gaps.start()
    await act()
    gaps.stop()
    return 1000 * gaps.longest


def _write(file: Path, count: int) -> None:
    connection = open_database(file)
    now = time.time()
    connection.execute("BEGIN")
    for number in range(count):
        title = f"Title {number} 用 Python 合并有序列表"
        create(connection, ConversationSummary(f"{number:032x}", title, now, now - number * 60))
    connection.execute("COMMIT")
    connection.close()


def _fail(error: BaseException) -> None:
    raise error
