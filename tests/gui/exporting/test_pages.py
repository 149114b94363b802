# SPDX-License-Identifier: MIT
"""Where pages end: what belongs together stays together, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.gui.exporting.pages import Page, Pages, Piece, kept_together

pieces = st.builds(
    Piece,
    st.floats(0.5, 150),
    st.none(),
    st.floats(0, 20),
    st.booleans(),
)


def filled(pieces: list[Piece], height: float = 100.0) -> list[Page]:
    pages = Pages(height)
    return [*pages.add(pieces), *pages.end()]


@given(st.lists(pieces, max_size=40))
def test_all_pieces_stand_on_pages_in_order(given: list[Piece]) -> None:
    found = filled(given)
    assert [placed.piece for page in found for placed in page] == given
    for page in found:
        bottom = 0.0
        for placed in page:
            assert placed.top >= bottom - 1e-6
            bottom = placed.top + placed.piece.height * placed.scale
        assert bottom <= 100.0 + 1e-6


@given(st.lists(pieces, max_size=40))
def test_what_belongs_together_is_on_one_page_if_it_fits(given: list[Piece]) -> None:
    found = filled(given)
    where = {id(p.piece): number for number, page in enumerate(found) for p in page}
    run: list[Piece] = []
    for piece in given:
        run.append(piece)
        if not piece.joins:
            total = sum(p.height + p.above for p in run)
            if total <= 100.0:
                assert len({where[id(p)] for p in run}) == 1
            run = []


def test_the_space_above_is_left_out_at_the_top() -> None:
    first, second = filled([Piece(60.0, None, 9.0), Piece(60.0, None, 9.0)])
    assert first[0].top == second[0].top == 0.0


def test_few_lines_are_not_parted_and_of_many_none_stands_alone() -> None:
    lines = [Piece(1.0) for _ in range(5)]
    assert [p.joins for p in kept_together(lines, most=5)] == [True] * 4 + [False]
    assert [p.joins for p in kept_together(lines, most=4)] == [True, False, False, True, False]
    assert list(kept_together([])) == []
