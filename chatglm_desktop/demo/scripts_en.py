# SPDX-License-Identifier: MIT
"""The demo's English answers; text only."""

from __future__ import annotations

from chatglm_desktop.demo.script import Script, SearchHit

_TOUR = Script(
    words=("hello", " hi ", " hey ", "demo", "who are you", "what can you", "markdown", "help"),
    think=(
        "The question is a greeting, or asks what this is. I am a script and not a model, "
        "so I say that first. Then I show what an answer can look like: a list, a table, "
        "some code, a formula and a quote."
    ),
    text="""\
Hello! 👋 You are talking to the **built-in demo**. No model answers here and nothing leaves \
this computer: what you read is a script that is sent the way a real answer would be.

## What an answer can hold

1. **Text** with *emphasis*, `inline code`, ~~second thoughts~~ and [links](https://commonmark.org/).
2. Lists, also nested:
   - a first point
   - a second point with details
     - one level deeper
     - and one more, 中文也可以
   - a last point
3. Emoji such as 🚀, 🌦️ and 👩‍💻.

| Key | What it does | Where |
|:----|:-------------|------:|
| `Enter` | sends the message | composer |
| `Shift+Enter` | begins a new line | composer |
| `Ctrl+B` | shows or hides the sidebar | window |

```python
def greet(name: str) -> str:
    \"\"\"Say hello, politely.\"\"\"
    return f"Hello, {name}!"


print(greet("world"))
```

> A quiet program is one that you stop noticing.

A formula: $e^{i\\pi} + 1 = 0$, and one that stands alone:

$$\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}$$

Ask about *code*, a *comparison*, *maths*, a *plan* or the *news* for other scripts, or write \
`/demo` on a line of its own to see every situation that the demo can play.
""",
)

_CODE = Script(
    words=("code", "python", "function", "program", "script", " bug", "sort", "algorithm", "list"),
    think=(
        "Someone asks for code. A short function with a clear name, an example and a word on "
        "cost is best. I am a script, so the example is always the same: words by frequency."
    ),
    text="""\
*(This is the demo: the answer is a script, written before you asked.)*

Here is a small function that counts words and returns the most frequent ones:

```python
from collections import Counter
from collections.abc import Iterable


def frequent_words(lines: Iterable[str], limit: int = 10) -> list[tuple[str, int]]:
    \"\"\"The ``limit`` most frequent words of ``lines``, the most frequent first.\"\"\"
    counter: Counter[str] = Counter()
    for line in lines:
        counter.update(word.strip(".,;:!?").lower() for word in line.split())
    counter.pop("", None)
    return counter.most_common(limit)


if __name__ == "__main__":
    with open("book.txt", encoding="utf-8") as book:
        for word, count in frequent_words(book):
            print(f"{count:6d}  {word}")
```

### How it works

- `Counter.update` counts one line at a time, so a large file never lies in memory as a whole.
- `strip` takes the punctuation off both ends; an apostrophe inside a word stays.
- `most_common` uses a heap when `limit` is small.

The cost is $O(n)$ for the counting, then $O(m \\log k)$ for the best $k$ of $m$ words.

Run it in a terminal:

```bash
python words.py | head -n 3
```

> **Note:** Chinese has no blanks between words. A text like 今天天气很好 needs a tokenizer first.
""",
)

_COMPARE = Script(
    words=("compare", "comparison", "versus", " vs", "difference", "table", "better", "which"),
    think=(
        "A comparison is wanted. A table with few columns reads best; after it, one clear "
        "sentence for each case. I say that this is a script."
    ),
    text="""\
*(This is the demo: the answer is a script, written before you asked.)*

## Three ways to store data on a desktop

| | JSON file | SQLite | Server database |
|:--|:--:|:--:|:--:|
| Set-up | none | none | an installation |
| One value changed | whole file written | one page written | one page written |
| Safe in a crash | with care | ✅ | ✅ |
| Full-text search | – | ✅ | ✅ |
| Several programs at once | ❌ | readers yes, one writer | ✅ |
| Size that feels quick | up to ~1 MB | up to many GB | any |

1. Take a **JSON file** for settings: people can read it, and it is small.
2. Take **SQLite** for everything that grows:
   - conversations,
   - an index for search,
   - a journal of what is going on.
3. Take a **server** when several computers write at the same time.

> Most programs that begin with a folder of JSON files end with SQLite. Begin there.
""",
)

_MATHS = Script(
    words=("math", "formula", "equation", "integral", "proof", "derive", "calculate", "number"),
    think=(
        "This is about mathematics. The quadratic formula can be derived in a few lines; each "
        "line should follow from the one before. Then a check with numbers."
    ),
    text="""\
*(This is the demo: the answer is a script, written before you asked.)*

## The quadratic formula, step by step

We look for the $x$ that solve $ax^2 + bx + c = 0$ with $a \\ne 0$.

1. Divide by $a$ and move the constant: $x^2 + \\frac{b}{a}x = -\\frac{c}{a}$.
2. Complete the square by adding $\\left(\\frac{b}{2a}\\right)^2$ on both sides:

   $$\\left(x + \\frac{b}{2a}\\right)^2 = \\frac{b^2 - 4ac}{4a^2}$$

3. Take the root and solve for $x$:

   $$x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$

### Check

For $x^2 - 5x + 6 = 0$ the discriminant is $25 - 24 = 1$, \
so $x = \\frac{5 \\pm 1}{2}$: **2** and **3**.

```python
import math

a, b, c = 1, -5, 6
root = math.sqrt(b * b - 4 * a * c)
print((-b - root) / (2 * a), (-b + root) / (2 * a))  # 2.0 3.0
```

> If $b^2 - 4ac < 0$ there is no real solution, but two complex ones.
""",
)

_PLAN = Script(
    words=(" plan", "trip", "travel", "week", "schedule", "todo", "recipe", "idea", "write"),
    think=(
        "A plan is asked for. Days as headings would be long; a numbered list with nested points "
        "is easier to follow. End with a checklist."
    ),
    text="""\
*(This is the demo: the answer is a script, written before you asked.)*

## Three days in Beijing 🏯

1. **Day one: the old centre**
   - Morning: 故宫 (the Palace Museum); book the ticket some days ahead
   - Noon: noodles near 前门
   - Afternoon:
     - walk up 景山 for the view
     - tea by the lake in 北海公园
2. **Day two: the wall**
   - Leave early for 慕田峪; it is quieter than 八达岭
   - Take water, a hat and good shoes 🥾
3. **Day three: at leisure**
   - 颐和园 (the Summer Palace) by boat
   - In the evening 798 for galleries

| Thing | Price | Remark |
|:------|------:|:-------|
| Palace Museum | ¥60 | closed on Mondays |
| Wall, with cable car | ¥185 | return |
| Metro, a ride | ¥3–9 | by distance |

- [x] Choose the days
- [ ] Book the Palace Museum
- [ ] Look at the weather

> Prices and opening hours in this script may be out of date: look them up before you go.
""",
)

_NEWS = Script(
    words=("news", "search", "source", "today", "latest", "weather", " web", "internet"),
    think=(
        "The question needs facts from outside. A real service would search the web now. I "
        "cannot; I name three pages that were written into this script, and I say so."
    ),
    text="""\
*(This is the demo: nothing was searched. The three pages were written into the script.)*

A real service would look on the web, read some pages and name them as **sources** below its \
answer. It would look like this:

- CommonMark describes Markdown so exactly that two programs agree on a text.
- SQLite's write-ahead log lets readers go on while one writer adds pages to a second file.
- Server-sent events are plain text: lines, a colon, and a blank line after each event.

---

Open a source only if you trust it; the links are shown in full before they are followed.
""",
    hits=(
        SearchHit("CommonMark", "https://commonmark.org/", "A strongly defined Markdown."),
        SearchHit("Write-Ahead Logging", "https://www.sqlite.org/wal.html", "How WAL works."),
        SearchHit(
            "Server-sent events",
            "https://html.spec.whatwg.org/multipage/server-sent-events.html",
            "The event stream format.",
        ),
    ),
)

ENGLISH = (_TOUR, _CODE, _COMPARE, _MATHS, _PLAN, _NEWS)
