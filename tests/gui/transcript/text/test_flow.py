# SPDX-License-Identifier: MIT
"""Running text in lines: breaks, formulas, marks, both directions, what is drawn as one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import Mark, OpenLink, OpenNote, OpenSource
from chatglm_desktop.gui.transcript.text.flow import ENDLESS, Flow
from chatglm_desktop.gui.transcript.text.formats import BOX_PAD
from chatglm_desktop.markdown.blocks import OBJECT, Span
from chatglm_desktop.transcript.leaves import PIECE

WIDTH = 300
ARABIC = "مرحبا بالعالم"

ROUNDED = 1.1
"""How far a sum of widths can be off where Qt rounds each to whole pixels."""


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT, QApplication.font())


def formula(tex: str, **style: bool) -> Span:
    return Span(OBJECT, math=tex, **style)  # type: ignore[arg-type]  # by name


def ready(spans: Sequence[Span], look: Look, qtbot: QtBot, width: float = WIDTH) -> Flow:
    """A flow with all its formulas."""
    qtbot.waitUntil(lambda: not Flow(spans, look.body, look, width).waits)
    return Flow(spans, look.body, look, width)


def painted(flow: Flow, **values: object) -> QImage:
    image = QImage(WIDTH + 20, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flow.paint(painter, 10.0, 10.0, **values)  # type: ignore[arg-type]  # by name
    return image


def marked(flow: Flow, start: int, end: int, y: int = 15) -> list[tuple[int, int]]:
    """Left and right of the pieces that a selection paints, at one height."""
    plain, selected = painted(flow), painted(flow, selection=(start, end))
    changed = [x for x in range(plain.width()) if plain.pixel(x, y) != selected.pixel(x, y)]
    pieces: list[tuple[int, int]] = []
    for x in changed:
        if pieces and x <= pieces[-1][1] + 2:
            pieces[-1] = (pieces[-1][0], x)
        else:
            pieces.append((x, x))
    return pieces


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("a", 1), ("a\nb", 2), ("a\n\nb", 3), ("a\nb\n", 2), ("\n", 1)]
)
def test_a_break_at_the_end_makes_no_line(look: Look, text: str, lines: int) -> None:
    flow = Flow((Span(text),), look.body, look, 500.0)
    assert flow.height == lines * look.body.line_height


def test_a_formula_is_its_source_until_it_is_typeset(look: Look, qtbot: QtBot) -> None:
    spans = (Span("mass "), formula(r"\frac{mass}{volume}"), Span(" end"))
    waiting = Flow(spans, look.body, look, 900)
    assert waiting.waits
    flow = ready(spans, look, qtbot, 900)
    assert not flow.waits
    assert flow.text == waiting.text == f"mass {OBJECT} end"
    assert flow.natural_width < waiting.natural_width
    assert painted(flow) != painted(waiting)


def test_a_formula_has_the_room_that_it_needs(look: Look, qtbot: QtBot) -> None:
    without = ready((Span("ab"),), look, qtbot)
    flow = ready((Span("a"), formula("E = mc^2"), Span("b")), look, qtbot)
    found = look.formulas.get("E = mc^2", display=False)
    assert found is not None
    wide = getattr(found, "width") * look.body.formula_size  # noqa: B009 - it is no Unreadable
    assert flow.natural_width - without.natural_width == pytest.approx(wide, abs=1.0)


def test_only_lines_with_a_tall_formula_are_taller(look: Look, qtbot: QtBot) -> None:
    line = look.body.line_height
    assert ready((Span("a "), formula("x^2")), look, qtbot).height == line
    tall = formula(r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}")
    flow = ready((Span("a\n"), tall, Span("\nb")), look, qtbot)
    assert flow.height > 4 * line
    middle = flow.height / 2
    assert flow.character_at(0.0, line / 2) == 0
    assert flow.character_at(0.0, middle) == 2
    assert flow.character_at(0.0, flow.height - line / 2) == 4
    assert flow.end_point().y() == flow.height - line


def test_a_formula_is_one_character_to_the_pointer(look: Look, qtbot: QtBot) -> None:
    flow = ready((Span("😀 "), formula("E=mc^2+x"), Span(" b")), look, qtbot)
    seen = [flow.character_at(float(x), 5.0) for x in range(int(flow.natural_width) + 20)]
    assert seen == sorted(seen)
    assert set(seen) == set(range(6))
    assert len(marked(flow, 2, 3)) == 1


def test_the_source_of_a_formula_is_one_character_too(look: Look, qtbot: QtBot) -> None:
    spans = (Span("a "), formula(r"\foo{😀}"), Span(" b"))
    flow = ready(spans, look, qtbot)
    assert not flow.waits
    seen = [flow.character_at(float(x), 5.0) for x in range(int(flow.natural_width) + 20)]
    assert seen == sorted(seen)
    assert set(seen) == set(range(6))
    left, right = marked(flow, 2, 3)[0]
    assert right - left > 30


def test_a_formula_without_source_is_still_there(look: Look, qtbot: QtBot) -> None:
    flow = ready((Span(OBJECT, math=" "),), look, qtbot)
    assert flow.text == OBJECT
    assert flow.natural_width > 0


def test_formulas_have_the_colour_of_their_text(look: Look, qtbot: QtBot) -> None:
    ready((formula("x"),), look, qtbot)
    images = [
        painted(Flow((formula("x"),), look.body, look, WIDTH, colour=colour))
        for colour in (LIGHT.text, LIGHT.bad)
    ]
    link = painted(Flow((Span(OBJECT, math="x", link="https://e.org"),), look.body, look, WIDTH))
    assert images[0] != images[1]
    assert link not in images


def test_formulas_in_headings_are_larger_and_bold(look: Look, qtbot: QtBot) -> None:
    ready((formula("x"),), look, qtbot)
    heading = Flow((formula("x"),), look.headings[0], look, WIDTH)
    assert heading.natural_width > Flow((formula("x"),), look.body, look, WIDTH).natural_width
    bold = painted(Flow((formula("x", bold=True),), look.body, look, WIDTH))
    assert bold != painted(Flow((formula("x"),), look.body, look, WIDTH))


def test_code_after_a_formula_keeps_its_distance(look: Look, qtbot: QtBot) -> None:
    code = Span("code", code=True)
    near = ready((formula("x"), code), look, qtbot).natural_width
    alone = ready((formula("x"),), look, qtbot).natural_width
    assert near == pytest.approx(
        alone + ready((code,), look, qtbot).natural_width + 4.0, abs=ROUNDED
    )


@pytest.mark.parametrize("before", ["👍🏽", "e\u0301", "x", "中", "한"])
def test_code_keeps_its_distance_from_any_character(before: str, look: Look) -> None:
    code = Span("code", code=True)
    widths = [
        Flow(spans, look.body, look, WIDTH).natural_width
        for spans in ((Span(before), code), (Span(before),), (code,))
    ]
    assert widths[0] == pytest.approx(widths[1] + widths[2] + 4.0, abs=ROUNDED)


def test_marks_lead_to_sources_and_notes(look: Look) -> None:
    spans = (
        Span("a"),
        Span("1", cite="turn0"),
        Span("b"),
        Span("x", note="x"),
        Span("2", cite="2", link="https://e.org"),
    )
    flow = Flow(spans, look.body, look, WIDTH)
    hots = flow.hots(10.0, 20.0)
    assert [hot.action for hot in hots] == [
        OpenSource("turn0"),
        OpenNote("x"),
        OpenLink("https://e.org"),
    ]
    assert [hot.label for hot in hots] == ["1", "x", "2"]
    assert hots[0].rect.left() < hots[1].rect.left() < hots[2].rect.left()
    assert flow.height == look.body.line_height
    plain = Flow((Span("a1bx2"),), look.body, look, WIDTH)
    assert painted(flow) != painted(plain)
    assert painted(flow, hover=OpenSource("turn0")) != painted(flow)
    assert painted(flow, hover=OpenSource("other")) == painted(flow)


def test_a_link_under_the_pointer_is_underlined(look: Look) -> None:
    flow = Flow((Span("go", link="https://e.org"),), look.body, look, WIDTH)
    assert painted(flow, hover=OpenLink("https://e.org")) != painted(flow)
    assert painted(flow, hover=OpenLink("https://other.org")) == painted(flow)


def test_what_is_marked_has_the_colour_of_text_and_nothing_around_it_changes(look: Look) -> None:
    spans = (Span("aaa "), Span("bbb", link="https://e.org"), Span(" ccc"))
    flow = Flow(spans, look.body, look, WIDTH)
    left, right = (round(10 + flow.caret_rect(place).left()) for place in (4, 7))
    link, text = (look.colour(name).rgb() for name in (look.theme.accent, look.theme.text))
    plain, found = painted(flow), painted(flow, marks=[Mark(4, 7, LIGHT.mark)])
    across = [(x, y) for x in range(left + 1, right - 1) for y in range(found.height())]
    assert link in (plain.pixel(*place) for place in across)
    assert link not in (found.pixel(*place) for place in across)
    assert text in (found.pixel(*place) for place in across)
    for x in (*range(left - 2), *range(right + 2, found.width())):
        assert all(plain.pixel(x, y) == found.pixel(x, y) for y in range(found.height()))


def test_marks_out_of_sight_are_not_looked_at(look: Look) -> None:
    flow = Flow((Span("a" * 2000),), look.body, look, WIDTH)
    marks = [Mark(place, place + 1, LIGHT.mark) for place in range(2000)]
    line = flow.line_at(0)[1] + 1
    clip = QRectF(0.0, 11.0, WIDTH + 20, 2 * look.body.line_height - 2.0)
    assert painted(flow, marks=marks, clip=clip) == painted(
        flow, marks=marks[: 2 * line], clip=clip
    )
    assert painted(flow, marks=marks, clip=clip) != painted(flow, marks=marks[:line], clip=clip)


def test_the_text_of_a_link_tells_what_a_formula_in_it_spells(look: Look) -> None:
    link = "https://e.org"
    spans = (Span("see ", link=link), Span(OBJECT, math="x^2", link=link))
    texts = [hot.action.text for hot in Flow(spans, look.body, look, WIDTH).hots(0.0, 0.0)]  # type: ignore[union-attr]  # links
    assert set(texts) == {"see $x^2$"}


def test_the_first_letter_decides_on_which_side_text_begins(look: Look) -> None:
    left = Flow((Span("word " + ARABIC),), look.body, look, WIDTH)
    right = Flow((Span(ARABIC + " word"),), look.body, look, WIDTH)
    assert not left.leftwards
    assert right.leftwards
    assert right.natural_width == pytest.approx(left.natural_width, abs=1.0)
    assert right.character_at(WIDTH - 1.0, 5.0) == 0
    assert left.character_at(1.0, 5.0) == 0
    assert right.end_point().x() < WIDTH
    middle = Flow((Span(ARABIC),), look.body, look, WIDTH, align=Qt.AlignmentFlag.AlignHCenter)
    assert middle.character_at(1.0, 5.0) == len(ARABIC)
    assert WIDTH / 4 < middle.end_point().x() < WIDTH / 2


def test_code_is_read_from_left_to_right(look: Look) -> None:
    flow = Flow((Span(ARABIC),), look.code, look, ENDLESS)
    assert not flow.leftwards
    assert flow.end_point().x() < WIDTH


def test_a_selection_across_directions_has_several_pieces(look: Look) -> None:
    text = "abc אבגד def"
    flow = Flow((Span(text),), look.body, look, WIDTH)
    assert len(marked(flow, 0, len(text))) == 1
    # From the middle of the Latin word to the middle of the Hebrew one.
    assert len(marked(flow, 2, 6)) == 2
    assert len(marked(flow, 4, 8)) == 1
    assert marked(flow, len(text), len(text)) == []
    one = marked(flow, 4, 5)[0]
    last = marked(flow, 7, 8)[0]
    assert one[0] > last[1]


def test_formulas_and_code_stand_in_their_place_in_text_from_the_right(
    look: Look, qtbot: QtBot
) -> None:
    spans = (Span("שלום "), formula("E=mc^2"), Span(" עולם "), Span("code", code=True))
    flow = ready(spans, look, qtbot)
    pieces = [marked(flow, start, end) for start, end in ((0, 4), (5, 6), (7, 11), (12, 16))]
    assert all(len(piece) == 1 for piece in pieces)
    edges = [piece[0] for piece in pieces]
    assert edges == sorted(edges, reverse=True)
    assert all(after[1] <= before[0] for before, after in pairwise(edges))


def test_a_match_is_seen_in_text_that_is_selected(look: Look) -> None:
    flow = Flow([Span("one two three")], look.body, look, WIDTH)
    selected = painted(flow, selection=(0, 13))
    assert painted(flow, selection=(0, 13), marks=[Mark(4, 7, LIGHT.mark)]) != selected


def test_what_follows_a_selection_is_painted_where_the_text_ends(look: Look) -> None:
    flow = Flow((Span(ARABIC),), look.body, look, WIDTH)
    rest = painted(flow, selection=(0, len(ARABIC)), beyond=True)
    assert rest != painted(flow, selection=(0, len(ARABIC)))
    empty = Flow((), look.body, look, WIDTH)
    assert painted(empty, selection=(0, 0), beyond=True) != painted(empty)


CLUSTERS = ["a", "中", "😀", "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "e\u0301", "ก็", "षि", "☺️", "ש", "한"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(CLUSTERS), max_size=8))
def test_a_click_never_parts_what_is_drawn_as_one(qapp: QApplication, clusters: list[str]) -> None:
    look = Look(LIGHT, QFont())
    flow = Flow((Span("".join(clusters)),), look.body, look, 2000.0)
    borders = set(accumulate(map(len, clusters), initial=0))
    width = int(2000 if flow.leftwards else flow.natural_width + 10)
    assert {flow.character_at(float(x), 5.0) for x in range(0, width, 3)} <= borders


def test_a_long_line_without_spaces_takes_its_time_in_pieces(look: Look) -> None:
    pieces = ["x" * PIECE, "中" * PIECE, "https://e.org/" + "a" * (PIECE - 14)]
    Flow((Span("warm up 中"),), look.body, look, 700.0)
    for piece in pieces:
        start = perf_counter()
        flow = Flow((Span(piece),), look.body, look, 700.0)
        spent = perf_counter() - start
        assert flow.height > 5 * look.body.line_height
        assert spent < 1.0  # a guard against what is not linear; benchmarks measure


def test_lines_outside_the_clip_need_not_be_painted(look: Look, qtbot: QtBot) -> None:
    flow = ready((Span("a\n"), formula("x"), Span("\nb")), look, qtbot)
    without = painted(Flow((), look.body, look, WIDTH))
    assert painted(flow, clip=QRectF(0.0, 0.0, 1.0, 1.0)) == without
    assert painted(flow, clip=QRectF(0.0, 0.0, WIDTH, 120.0)) == painted(flow)


def test_code_keeps_its_distance_on_both_sides(look: Look) -> None:
    for around in ("עברית", "nnn"):
        linked = Span("nnn", code=True, link="https://e.org")
        image = painted(Flow((Span(around), linked, Span(around)), look.body, look, WIDTH))
        code: set[int] = set()
        others: set[int] = set()
        for x in range(image.width()):
            for y in range(image.height()):
                colour = image.pixelColor(x, y)
                if colour.lightness() < 200:
                    (code if colour.blue() > colour.red() + 40 else others).add(x)
        left = min(code) - max(x for x in others if x < min(code))
        right = min(x for x in others if x > max(code)) - max(code)
        assert min(left, right) >= BOX_PAD
        assert abs(left - right) <= 2
