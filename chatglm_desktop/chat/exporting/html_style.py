# SPDX-License-Identifier: MIT
"""The looks of exported HTML: light, dark, and on paper; a constant."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark;
  --ground: #ffffff; --text: #1b1f27; --dim: #5d6779; --line: #e4e7ec; --surface: #f6f7f9;
  --user: #e8efff; --accent: #245fea; --head: #eceef2;
  --keyword: #7c3aed; --name: #0b6bcb; --string: #12805c; --comment: #667085; --number: #0b6bcb; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14161b; --text: #e8eaee; --dim: #98a2b3; --line: #2d323c; --surface: #1a1d23;
  --user: #24345f; --accent: #7aa2ff; --head: #22262e;
  --keyword: #c4a7ff; --name: #7cc4ff; --string: #86e0b4; --comment: #8a94a6; --number: #7cc4ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); line-height: 1.55;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei UI",
    "Noto Sans", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
main, body > header { max-width: 760px; margin: 0 auto; padding: 0 24px; }
body > header { padding-top: 40px; }
h1.title { font-size: 28px; line-height: 1.3; margin: 0 0 4px; }
main { padding-bottom: 64px; }
time, .details, .note, figcaption { color: var(--dim); font-size: 14px; }
article { margin-top: 32px; }
article > header { margin-bottom: 8px; font-size: 14px; }
article > header b { margin-right: 8px; }
.verbatim { white-space: pre-wrap; background: var(--user); border-radius: 12px;
  padding: 12px 16px; }
h1, h2, h3, h4, h5, h6 { line-height: 1.35; margin: 24px 0 8px; }
.reply h1 { font-size: 24px; } .reply h2 { font-size: 21px; } .reply h3 { font-size: 18px; }
.reply h4, .reply h5, .reply h6 { font-size: 16px; }
p, ul, ol, pre, blockquote, .table, .formula, figure { margin: 12px 0; }
li > p, li > ul, li > ol { margin: 4px 0; }
a { color: var(--accent); }
code, pre { font-family: ui-monospace, "JetBrains Mono", "Cascadia Mono", Menlo, Consolas,
  "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 14px; }
code { background: var(--surface); border: 1px solid var(--line); border-radius: 4px;
  padding: 1px 4px; }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: 10px;
  padding: 12px 16px; overflow-x: auto; line-height: 1.5; tab-size: 4; overflow-wrap: normal; }
pre code { background: none; border: 0; padding: 0; }
.k { color: var(--keyword); } .n { color: var(--name); } .s { color: var(--string); }
.c { color: var(--comment); font-style: italic; } .m { color: var(--number); }
blockquote { border-left: 3px solid var(--line); padding-left: 16px; color: var(--dim);
  margin-left: 0; margin-right: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 12px; text-align: start;
  vertical-align: top; overflow-wrap: break-word; }
th { background: var(--head); }
[align=right] { text-align: right; } [align=center] { text-align: center; }
hr { border: 0; border-top: 1px solid var(--line); margin: 24px 0; }
.formula { display: block; text-align: center; overflow-x: auto; overflow-y: hidden; }
svg { fill: currentColor; }
details { border-left: 3px solid var(--line); padding-left: 16px; color: var(--dim);
  margin: 12px 0; font-size: 15px; }
summary { cursor: pointer; }
figure img { max-width: 100%; max-height: 480px; border-radius: 8px; }
.sources { font-size: 14px; }
@media print {
  :root { color-scheme: light; --ground: #ffffff; --text: #000000; --dim: #444444;
    --line: #cccccc; --surface: #f6f7f9; --user: #eef2fb; --accent: #1a48b4; --head: #eceef2;
    --keyword: #5b21b6; --name: #0a539c; --string: #0b5f43; --comment: #555555;
    --number: #0a539c; }
  body { font-size: 11pt; }
  main, body > header { max-width: none; padding: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  pre, code { font-size: 9.5pt; }
  pre, tr, figure, .formula { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, article > header { break-after: avoid; }
  thead { display: table-header-group; }
  p, li { orphans: 2; widows: 2; }
}
"""
