# SPDX-License-Identifier: MIT
"""Formulas of all kinds that models write: typeset, or refused without an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, Qt
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.transcript.math.formula import Formula, Unreadable
from chatglm_desktop.gui.transcript.math.renderer import Renderer

TYPESET = r"""
E = mc^2
\frac{a}{b}
\sqrt{x}
\sqrt[3]{x^2+1}
x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}
\sum_{i=1}^{n} i = \frac{n(n+1)}{2}
\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}
\prod_{k=1}^n k = n!
\lim_{x \to 0} \frac{\sin x}{x} = 1
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
f(x) = \begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}
\begin{aligned} a &= b + c \\ &= d \end{aligned}
\begin{align*} a &= b \\ c &= d \end{align*}
\begin{align} a &= b \\ c &= d \end{align}
\begin{equation} a = b \end{equation}
\begin{gather} a = b \\ c = d \end{gather}
\begin{split} a &= b \\ &= d \end{split}
\begin{array}{cc} a & b \\ c & d \end{array}
\begin{array}{c|c} a & b \\ \hline c & d \end{array}
\begin{matrix} a & b \\ c & d \end{matrix}
\text{速度} = \frac{\text{路程}}{\text{时间}}
速度 = \frac{路程}{时间}
v_{\text{平均}} = 3\,\text{m/s}
x \in \mathbb{R}^n
\mathbf{A}\mathbf{x} = \mathbf{b}
\mathcal{L}(\theta)
\mathfrak{g}
\mathrm{d}x
\mathrm{kg\,m/s^2}
\hat{y} = \bar{x} + \tilde{z}
\vec{F} = m\vec{a}
\overline{AB}
\underline{x}
\widehat{ABC}
\overbrace{a+b}^{n}
\underbrace{a+b}_{n}
\left( \frac{a}{b} \right)
\left[ \frac{a}{b} \right]
\left\{ \frac{a}{b} \right\}
\left| \frac{a}{b} \right|
\left\| x \right\|
\left. \frac{df}{dx} \right|_{x=0}
\bigl( x \bigr) \Bigl( y \Bigr)
\big|_{x=0}
\tag{1} a = b
a = b \tag{1}
a \quad b \qquad c
a\,b\;c\:d\!e
\operatorname{argmax}_x f(x)
\operatorname*{argmax}_x f(x)
a \implies b \iff c
A \Rightarrow B \Leftrightarrow C
\boxed{x = 42}
{\color{red} x} + y
\textcolor{red}{x} + y
\dfrac{a}{b} + \tfrac{c}{d}
\cfrac{1}{1+\cfrac{1}{x}}
\binom{n}{k}
\dbinom{n}{k} \tbinom{n}{k}
X \xrightarrow{f} B \mathop{\mathrm{argmin}}\limits_{\theta} J
A \xrightarrow[below]{above} B
A \xleftarrow{f} B
\nabla \cdot \mathbf{E} = \frac{\rho}{\varepsilon_0}
\frac{\partial f}{\partial x}
\oint_C \vec{B} \cdot d\vec{l} = \mu_0 I
\iint_D f\,dA
\iiint_V f\,dV
\alpha \beta \gamma \Gamma \Delta \Omega
\forall x \exists y : x \neq y
a \leq b \geq c \approx d \equiv e \sim f
A \cup B \cap C \subseteq D \setminus E
\emptyset \varnothing
\infty \pm \mp \times \div \cdot
\ldots \cdots \vdots \ddots
x_1, x_2, \dots, x_n
\log_2 n + \ln x + \exp(x)
\sin^2\theta + \cos^2\theta = 1
\displaystyle \sum_{i=1}^n x_i
\sum\limits_{i=1}^n x_i
\sum\nolimits_{i} x_i
P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}
\lVert x \rVert_2 + \lvert y \rvert
\lfloor x \rfloor + \lceil y \rceil
\langle u, v \rangle
f'(x) + f''(x)
90^\circ
a \bmod n
a \equiv b \pmod{n}
\gcd(a, b)
\max_{x} \min_{y} f
\begin{aligned}[t] a \end{aligned}
\label{eq:1} a = b \nonumber
\mathbb{E}[X] = \int x\, p(x)\,dx
\stackrel{def}{=}
\overset{!}{=} \underset{x}{y}
\not= \notin \nexists
\text{if } x > 0
\textbf{bold} \textit{italic} \textrm{roman}
\boldsymbol{\beta}
\bm{x}
\pmb{x}
\mathsf{T} A^\mathsf{T} \mathtt{x}
\mathscr{L}
\mathit{ab}
\substack{a \\ b}
\sum_{\substack{i=1 \\ j=1}}^n
\bigcup_{i} A_i \bigoplus_j
\therefore \because
\hbar \ell \Re \Im
\propto \perp \parallel
\phantom{x} y
\vphantom{x} y \hphantom{y}
\mathop{x}\limits_{y}
\cancel{x}
10\% \$5 \# \_ \&
x^{2^{2}}_{i_{j}}
{n \choose k}
\mathrm{ReLU}(x) = \max(0, x)
\text{softmax}(x_i) = \frac{e^{x_i}}{\sum_j e^{x_j}}
\dot{x} \ddot{x}
\prime
||x||
\Big\{ x \Big\}
\left\langle x \middle| y \right\rangle
\rightarrow \to \mapsto \longrightarrow \rightleftharpoons
\hspace{1cm} a
\mathbf{\Sigma}
\degree C
°C
π ≈ 3.14
\begin{cases} x, & \text{如果 } x > 0 \\ 0, & \text{否则} \end{cases}
a \sim N(0,1), A \cup B \setminus C, x \pm y, a \bmod n, \pm 1
{\rm ReLU}(x) = {\bf x}
\begin{gather*} a \\ b \end{gather*}
\text{if $x<0$ \& y}
\left(\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6\end{array}\right)
2H_2 + O_2 \xrightarrow{\text{点燃}} 2H_2O
\begin{aligned} \frac{a}{b} &= \frac{c}{d} \\ x &= \sum_i y_i \tag{2} \end{aligned}
\begin{cases} \dfrac{a}{b} & x>0 \\ y \end{cases}
\hat{\theta} = \arg\min_{\theta} L(\theta)
\underbrace{1+2+\cdots+n}_{n \text{ 项}}
\sqrt{\frac{a}{b}+\sqrt{x}}
\det \begin{vmatrix} a & b \\ c & d \end{vmatrix}
\left|\frac{a}{b}\right|
A^{-1} A^{T} A^\top A^\dagger
\Pr(X=x) \sup \inf \dim \ker
\sin^{-1} x
\mathbf{W}^{(l)} \in \mathbb{R}^{d_l \times d_{l-1}}
\frac{\mathrm{d}y}{\mathrm{d}x}
\partial_t u = \Delta u
\begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \end{bmatrix}
\text{Attention}(Q,K,V) = \text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V
""".strip().split("\n")

REFUSED = [
    "",
    "  ",
    r"\foo{a}",
    r"\ce{H2O}",
    r"a & b",
    r"\text{😀}",
    r"\frac{a}",
    r"\sqrt",
    r"x^",
    r"x_1_2",
    r"\left( a",
    r"\begin{pmatrix} a",
    r"\mathop{a + b}",
    r"\phantom{x}",
    "x" * 5000,
    "{" * 2000,
]


@pytest.fixture(scope="module")
def renderer(qapp: QApplication) -> Renderer:
    return Renderer(QApplication.font())


@pytest.mark.parametrize("tex", TYPESET)
def test_it_is_typeset(tex: str, renderer: Renderer) -> None:
    formula = renderer.render(tex, display=True)
    assert isinstance(formula, Formula), formula
    assert formula.width > 0.1
    assert formula.ascent + formula.descent > 0.1
    ink = formula.path.boundingRect()
    assert ink.left() >= -1e-3
    assert ink.right() <= formula.width + 1e-3
    assert -ink.top() <= formula.ascent + 1e-3
    assert ink.bottom() <= formula.descent + 1e-3


@pytest.mark.parametrize("tex", REFUSED)
def test_it_is_refused_with_a_reason(tex: str, renderer: Renderer) -> None:
    formula = renderer.render(tex, display=True)
    assert isinstance(formula, Unreadable)
    assert formula.reason


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "\\",
                "{",
                "}",
                "^",
                "_",
                "&",
                "$",
                "%",
                "frac",
                "left",
                "right",
                "(",
                "begin",
                "a",
                "中",
                "{cases}",
                "\\\\",
                " ",
                "sum",
                "limits",
                "text",
                "tag",
                "'",
                "[",
                "]",
                "#",
                "~",
                "\x00",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_nothing_that_is_written_raises(renderer: Renderer, tex: str) -> None:
    assert isinstance(renderer.render(tex, display=False), Formula | Unreadable)


def test_chinese_stands_on_the_base_line_in_the_size_of_text(renderer: Renderer) -> None:
    both = renderer.render(r"\text{中文}", display=False)
    one = renderer.render(r"\text{中}", display=False)
    assert isinstance(both, Formula)
    assert isinstance(one, Formula)
    assert 0.8 < one.width < 1.0
    assert both.width == pytest.approx(one.width + 0.88, abs=0.06)
    assert 0.6 < one.ascent < 0.9
    assert 0.0 < one.descent < 0.2


@pytest.mark.parametrize("tex", [r"\frac{a}{b}", r"\sum_i^n", r"\int_0^1", r"\bigcup_i"])
def test_a_formula_on_a_line_of_its_own_is_taller(tex: str, renderer: Renderer) -> None:
    tall, low = (renderer.render(tex, display=display) for display in (True, False))
    assert isinstance(tall, Formula)
    assert isinstance(low, Formula)
    assert tall.ascent + tall.descent > low.ascent + low.descent


def painted(formula: Formula, colour: str, *, bold: bool = False) -> QImage:
    image = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        formula.paint(painter, QPointF(5.0, 40.0), 30.0, QColor(colour), bold=bold)
    return image


def ink(image: QImage) -> int:
    """How dark a picture is."""
    return sum(255 - image.pixelColor(x, y).blue() for x in range(60) for y in range(60))


def test_a_formula_has_the_colour_that_it_is_painted_with(renderer: Renderer) -> None:
    formula = renderer.render(r"\color{green} x", display=False)
    assert isinstance(formula, Formula)
    image = painted(formula, "#ff0000")
    colours = {image.pixelColor(x, y).name() for x in range(60) for y in range(60)}
    assert "#ff0000" in colours
    assert all(colour.startswith("#ff") for colour in colours)


def test_bold_has_more_ink(renderer: Renderer) -> None:
    formula = renderer.render("x", display=False)
    assert isinstance(formula, Formula)
    assert ink(painted(formula, "#000000", bold=True)) > ink(painted(formula, "#000000")) > 0
