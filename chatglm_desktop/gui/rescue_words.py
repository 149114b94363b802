# SPDX-License-Identifier: MIT
"""What was done with a damaged file, in words; knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.core.backups import Rescue


def rescue_words(rescue: Rescue) -> str:
    """What is there again, what is not, and where the damaged file lies."""
    from chatglm_desktop.gui.moments import moment_words  # late: hardly ever needed

    said = [tr("The file of saved conversations was damaged.")]
    if rescue.from_snapshot is not None:
        said.append(
            tr(
                "Nothing in it could be read. What you see is the copy of {moment}.",
                moment=moment_words(rescue.from_snapshot),
            )
        )
    else:
        said.append(
            tr(
                "{messages} messages of {conversations} conversations were saved from it.",
                messages=rescue.messages,
                conversations=rescue.conversations,
            )
        )
    if rescue.incomplete:
        said.append(tr("{number} of them are there without their form.", number=rescue.incomplete))
    if rescue.lost:
        said.append(tr("{number} messages are lost.", number=rescue.lost))
    kept = tr(
        "The damaged file is kept: {file}. Copies of earlier days are under Settings, “Data”.",
        file=rescue.set_aside,
    )
    return " ".join(said) + "\n" + kept
