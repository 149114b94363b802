# SPDX-License-Identifier: MIT
"""A conversation's tree as plain dictionaries; slow, and so simple that it is right."""

from __future__ import annotations

from dataclasses import dataclass, field

from chatglm_desktop.core.history import Aside, Versions


@dataclass
class Removed:
    """``beside`` stood at its place when it was deleted; ``active`` is whether it was seen."""

    parent: str | None
    children: set[str]
    beside: set[str]
    number: int
    active: bool


@dataclass
class MessageTree:
    """Parents by id, the numbers of messages, and where the branches that were left ended."""

    parents: dict[str, str | None] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    leaf: str | None = None
    left: dict[str, str] = field(default_factory=dict)
    removed: dict[str, Removed] = field(default_factory=dict)

    def path(self, id: str | None) -> list[str]:
        path: list[str] = []
        while id is not None:
            path.append(id)
            id = self.parents[id]
        return path[::-1]

    @property
    def branch(self) -> list[str]:
        return self.path(self.leaf)

    def children(self, parent: str | None) -> list[str]:
        found = [id for id, above in self.parents.items() if above == parent]
        return sorted(found, key=self.numbers.__getitem__)

    def below(self, id: str) -> list[str]:
        return [id, *(deep for child in self.children(id) for deep in self.below(child))]

    def add(self, id: str, parent: str | None, number: int | None = None) -> None:
        if number is None or number in self.numbers.values():
            number = max([1, *self.numbers.values()]) + 1
        self.parents[id], self.numbers[id] = parent, number

    def show(self, leaf: str | None) -> None:
        """Make the path to ``leaf`` the branch."""
        old, new = self.branch, self.path(leaf)
        same = 0
        while old[same : same + 1] == new[same : same + 1] != []:
            same += 1
        for version in old[same : same + 1]:
            self.left.pop(version, None)
            self.left[version] = old[-1]
        self.leaf = leaf

    def leaf_below(self, id: str | None) -> str | None:
        while True:
            if id is not None and self.left.get(id, id) != id:
                id = self.left[id]
            elif children := self.children(id):
                last = [child for child in self.left if child in children]
                id = [*children, *last][-1]
            else:
                return id

    def reveal(self, id: str) -> None:
        if id not in self.branch:
            self.show(self.leaf_below(id))

    def show_version(self, id: str, index: int) -> None:
        versions = self.children(self.parents[id])
        if index < len(versions):
            self.reveal(versions[index])

    def show_beyond(self) -> None:
        if self.children(self.leaf):
            self.show(self.leaf_below(self.leaf))

    def delete(self, id: str) -> None:
        parent = self.parents[id]
        beside = set(self.children(parent))
        children = self.children(id)
        active = id in self.branch
        self.removed[id] = Removed(parent, set(children), beside, self.numbers[id], active)
        self.left.pop(id, None)
        for version, leaf in list(self.left.items()):
            if leaf == id:
                self.left[version] = parent or ""
        self.leaf = parent if self.leaf == id else self.leaf
        for child in children:
            self.parents[child] = parent
        del self.parents[id], self.numbers[id]

    def restore(self, id: str) -> None:
        gone = self.removed.pop(id)
        parent = gone.parent
        beside = set(self.children(parent))
        next_id = next((seen for seen in self.branch if self.parents[seen] == parent), None)
        seen = parent is None or parent in self.branch
        children = gone.children | (beside - gone.beside if gone.active else set())
        self.add(id, parent, gone.number)
        for child in children & beside:
            self.parents[child] = id
        if seen and gone.active and next_id not in children:
            self.show(id if next_id is None else self.leaf_below(id))

    def take_over(self, old: str, new: str) -> None:
        for child in self.children(old):
            self.parents[child] = new
        self.left.pop(new, None)
        self.left = {
            new if version == old else version: new if leaf == old else leaf
            for version, leaf in self.left.items()
        }
        self.leaf = new if self.leaf == old else self.leaf

    def aside(self) -> Aside:
        """What is not on the branch."""
        branch, versions = self.branch, dict[str, Versions]()
        for id in branch:
            here = self.children(self.parents[id])
            if len(here) > 1:
                hidden = sum(len(self.below(other)) for other in here if other != id)
                versions[id] = Versions(here.index(id), len(here), hidden)
        beyond = sum(len(self.below(child)) for child in self.children(self.leaf))
        return Aside(versions, beyond, len(self.removed))
