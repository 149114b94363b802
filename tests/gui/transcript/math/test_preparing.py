# SPDX-License-Identifier: MIT
"""LaTeX as it is written, put into what the libraries know."""

from __future__ import annotations

import pytest

from chatglm_desktop.gui.transcript.math.preparing import LONGEST, argument, prepare


@pytest.mark.parametrize(
    ("written", "prepared"),
    [
        (r"a + b", r"a + b"),
        ("a\n  + b % a remark\n", r"a + b"),
        (r"50\% % a remark", r"50\%"),
        (r"a \label{eq:1} \nonumber", "a"),
        (r"a = b \tag{1}", r"a = b \qquad \text{(1)}"),
        (r"a = b \tag*{A}", r"a = b \qquad \text{A}"),
        (r"\begin{align} a &= b \end{align}", r"\begin{align*} a &= b \end{align*}"),
        (r"\begin{aligned}[t] a \end{aligned}", r"\begin{align*} a \end{align*}"),
        (r"\begin{alignat}{2} a \end{alignat}", r"\begin{align*} a \end{align*}"),
        (r"\begin{equation} a \end{equation}", "a"),
        (r"\begin{pmatrix} a \end{pmatrix}", r"\begin{pmatrix} a \end{pmatrix}"),
        (r"\color{red} x", "x"),
        (r"\textcolor{red}{\argmax x}", r"{\operatorname*{argmax} x}"),
        (r"\R^n", r"\mathbb{R} ^n"),
        (r"\Rightarrow", r"\Rightarrow"),
        (r"\argmin*x", r"\operatorname*{argmin} *x"),
        (r"\binom{n+{1}}k", r"\left( {n+{1} \atop k} \right)"),
        (r"\mathop{\mathrm{arg\,min}}", None),
        (r"\mathop{\mathrm{rank}}\limits_x", r"\operatorname*{rank}_x"),
        (r"\mathop{lim}_x", r"\operatorname*{lim}_x"),
        (r"A \xrightarrow{f} B", r"A \;\overset{f}{\longrightarrow}\; B"),
        (r"\xleftarrow[b]{}", r"\;\underset{b}{\longleftarrow}\;"),
        (r"{\rm ReLU}(x)", r"\mathrm{ReLU}(x)"),
        (r"a \not= b \not\in C \not\infty", r"a \ne b \notin C \not\infty"),
        (r"\text{if $x<0$ \& y < 1}", r"\text{if }{x<0}\text{ &amp; y &lt; 1}"),
        (r"\mbox{all}", r"\text{all}"),
        (r"\text{$x$ rows}", r"{x}\text{ rows}"),
        (r"a \\text b", r"a \\text b"),
        (r"x \\\tag{2}", r"x \\\qquad \text{(2)}"),
    ],
)
def test_commands_become_those_that_are_known(written: str, prepared: str | None) -> None:
    if prepared is None:
        with pytest.raises(ValueError, match="no word"):
            prepare(written)
    else:
        assert prepare(written) == prepared


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        r"\label{a}",
        r"\tag",
        r"\tag{1",
        "x" * (LONGEST + 1),
        "x^{" * 10 + "}" * 10,
        r"\left(" * 10,
    ],
)
def test_what_cannot_be_typeset_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"formula|missing|closed"):
        prepare(written)


def test_an_argument_ends_at_its_own_brace() -> None:
    assert argument(r" {a{b}\}c}d", 0) == (r"a{b}\}c", 10)
    assert argument("xy", 0) == ("x", 1)
