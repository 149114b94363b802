# SPDX-License-Identifier: MIT
"""Into which folder imported conversations get; makes none."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.chat.importing.plan import Preview, Target
from chatglm_desktop.core.folders import Folder, ancestry
from chatglm_desktop.core.imports import SOURCE_NAMES
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.choice import Choice


class FolderChoice(Choice):
    """Offers a new folder named after the program, none, and those that there are."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__(themes)
        self.setAccessibleName(tr("Folder"))

    def offer(self, preview: Preview, folders: Mapping[str, Folder]) -> None:
        """What is sensible stands first: our own conversations know where they belong."""
        name = SOURCE_NAMES[preview.source]
        new = (tr("New folder “{name}”", name=name), Target(new_folder=name))
        none = (tr("No folder"), Target())
        paths = sorted((_path(folders, id), id) for id in folders)
        there = [(path, Target(folder_id=id)) for path, id in paths]
        same = [choice for choice in there if choice[0] == name]
        others = [choice for choice in there if choice[0] != name]
        if preview.source == "chatglm-desktop":
            own = (tr("As in the file"), Target())
            self.set_choices([own, *there, new])
        else:
            # The folder of an earlier import is the one for this.
            self.set_choices([*same, *([] if same else [new]), none, *others])

    @property
    def target(self) -> Target:
        """What is chosen."""
        value = self.value
        assert isinstance(value, Target)
        return value


def _path(folders: Mapping[str, Folder], id: str) -> str:
    return " / ".join(reversed([folder.name for folder in ancestry(folders, id)]))
