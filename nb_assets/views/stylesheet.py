"""The one stylesheet of everything shown inline: run reports, progress, cards and tables.

Responsible for the look only. Colours are JupyterLab's variables with fallbacks; greys are mixed from the text's own
colour, so that hosts without these variables, light or dark, come out right too. Every rule is below a
`[data-nb-assets]` root, so that nothing else on the page changes.
"""

from __future__ import annotations

from nb_assets.views.status import STATUSES

__all__ = ["STYLE", "TABLE_STYLE"]

_BASE = """
.nba{
 --nba-dim:color-mix(in srgb,currentColor 62%,transparent);
 --nba-line:color-mix(in srgb,currentColor 14%,transparent);
 --nba-fill:color-mix(in srgb,currentColor 5%,transparent);
 --nba-accent:var(--jp-brand-color1,#1976d2);
 --nba-mono:var(--jp-code-font-family,ui-monospace,SFMono-Regular,Menlo,monospace);
 color:var(--jp-content-font-color1,inherit);
 font:13px/1.45 var(--jp-ui-font-family,system-ui,sans-serif);
 padding:2px 0;max-width:1100px}
.nba .nba-head{display:flex;gap:6px;align-items:baseline;flex-wrap:wrap;padding:1px 0}
.nba .nba-head b{font-weight:600}
.nba .nba-dim{color:var(--nba-dim)}
.nba .nba-key{font-weight:500;font-family:var(--nba-mono);font-size:12px}
.nba .nba-bad{color:var(--nba-bad)}
.nba .nba-code{font-family:var(--nba-mono);font-size:.92em}
.nba .nba-mark{display:inline-block;width:14px;text-align:center;font:11px system-ui,sans-serif;
 color:var(--nba-dim);flex:none}
.nba .nba-mark svg{fill:currentColor;vertical-align:-1px}
.nba .nba-bar{display:block;position:relative;overflow:hidden;width:72px;height:5px;border-radius:3px;
 background:var(--nba-line)}
.nba .nba-bar>i{display:block;height:100%;min-width:2px;border-radius:3px;background:var(--nba-dim)}
.nba .nba-bar[data-kind=failed]>i{background:var(--nba-bad)}
.nba .nba-bar[data-kind=moving]>i{position:absolute;width:40%;background:var(--nba-accent);
 animation:nba-move 1.4s ease-in-out infinite}
.nba .nba-bar[data-kind=whole]{width:auto;max-width:460px;height:3px;margin:3px 0 4px}
.nba .nba-bar[data-kind=whole]>i{background:var(--nba-accent);min-width:0}
@keyframes nba-move{from{left:-40%}to{left:100%}}
@media (prefers-reduced-motion:reduce){.nba .nba-bar[data-kind=moving]>i{animation:none;width:100%;opacity:.5}}
.nba .nba-card{display:flex;gap:0 8px;align-items:baseline;flex-wrap:wrap;line-height:20px}
.nba .nba-card .nba-mark{margin-right:-3px}
.nba .nba-sep{color:var(--nba-dim)}
.nba .nba-reason{padding-left:20px}
.nba .nba-note{padding-left:19px;color:var(--nba-dim)}
"""

_TABLES = """
.nba table.nba-t{border-collapse:collapse;border:none;margin:2px 0;font-size:13px;table-layout:auto;width:auto;
 max-width:100%;color:inherit}
.nba table.nba-t.nba-wide{width:100%;max-width:900px}
.nba table.nba-t.nba-wide>*>tr>td.nba-why{width:100%;max-width:0;min-width:80px}
.nba table.nba-t>*>tr,.nba table.nba-t>tbody>tr:nth-child(even),.nba table.nba-t>tbody>tr:nth-child(odd){
 background:none;border:none}
.nba table.nba-t>tbody.nba-a:hover>tr.nba-r,.nba table.nba-t>tbody.nba-plain>tr:hover{background:var(--nba-fill)}
.nba table.nba-t>*>tr>th{font-weight:400;font-size:11px;color:var(--nba-dim);text-align:left;padding:0 14px 1px 0;border:none;
 white-space:nowrap}
.nba table.nba-t>*>tr>td{text-align:left;vertical-align:baseline;padding:1px 14px 1px 0;border:none;max-width:340px;
 white-space:nowrap;overflow:hidden;text-overflow:ellipsis;line-height:20px}
.nba table.nba-t>*>tr>td.nba-n,.nba table.nba-t>*>tr>th.nba-n{text-align:right;font-variant-numeric:tabular-nums}
.nba table.nba-t>*>tr>td.nba-m,.nba table.nba-t>*>tr>th.nba-m{padding-right:4px;width:14px}
.nba table.nba-t>*>tr>td.nba-b{padding-right:6px;vertical-align:middle}
.nba table.nba-t>*>tr>td.nba-wrap{white-space:normal;min-width:160px}
.nba table.nba-t>*>tr>td.nba-value{max-width:210px}
.nba table.nba-t>*>tr>td.nba-end{min-width:100px;padding-right:4px}
.nba .nba-badge{display:inline-block;padding:0 7px;border-radius:9px;line-height:17px;font-size:11.5px;
 font-variant-numeric:tabular-nums;white-space:nowrap;background:var(--nba-fill);box-shadow:inset 0 0 0 1px var(--nba-line)}
.nba .nba-badge .nba-plus{color:var(--nba-good)}.nba .nba-badge .nba-minus{color:var(--nba-bad)}
.nba .nba-badge .nba-tilde{color:var(--nba-warn)}
.nba .nba-badge.nba-quiet{background:none;box-shadow:none;padding:0;color:var(--nba-dim)}
.nba table.nba-t>tbody>tr.nba-f>td{padding:0;max-width:none;white-space:normal;overflow:visible}
.nba details{margin:0;padding:0;border:none;background:none}
.nba summary{cursor:pointer;list-style:none;width:max-content;max-width:100%}
.nba summary::-webkit-details-marker{display:none}
.nba summary::before{content:"▸";display:inline-block;width:12px;color:var(--nba-dim);font-size:10px}
.nba details[open]>summary::before{content:"▾"}
.nba summary:focus-visible{outline:1px solid var(--nba-accent);outline-offset:1px;border-radius:9px}
.nba tr.nba-f details.nba-fold-up{margin:-21px 0 0 auto;width:max-content;position:relative}
.nba tr.nba-f details.nba-fold-up[open]{width:auto}
.nba tr.nba-f details.nba-fold-up>summary{margin-left:auto;line-height:20px;height:21px}
.nba .nba-open{border-left:2px solid var(--nba-line);margin:3px 0 9px 5px;padding:1px 0 1px 12px}
.nba .nba-earlier{font-size:11.5px;color:var(--nba-dim)}
.nba .nba-pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:4px 24px;
 align-items:start}
.nba .nba-pair>div{min-width:0;overflow-x:auto}
.nba h6.nba-h{font:500 11px/16px var(--jp-ui-font-family,system-ui,sans-serif);color:var(--nba-dim);margin:2px 0 3px;
 letter-spacing:.02em}
.nba pre.nba-pre{font:12px/1.4 var(--nba-mono);margin:2px 0;padding:0;background:none;border:none;color:inherit;
 white-space:pre-wrap;overflow-wrap:anywhere;max-height:320px;overflow-y:auto}
.nba pre.nba-log{color:var(--nba-dim);margin:0 0 2px}
.nba pre.nba-error{color:var(--nba-bad)}
"""

_WORDS_OF_RUNS = {"ran": "fresh", "restored": "fresh", "retrying": "running", "cancelled": "stale"}
_NAMED = {"good": "fresh", "warn": "stale", "bad": "failed"}


def _colours(shade: str) -> str:
    looks = {state: getattr(look, shade) for state, look in STATUSES.items()}
    named = {name: looks[state] for name, state in _NAMED.items()}
    return "".join(f"--nba-{name}:{colour};" for name, colour in (looks | named).items())


def _joined(css: str) -> str:
    return "".join(css.strip().splitlines())


_DARK = _colours("dark")
_MARKS = "".join(
    f".nba .nba-mark[data-mark={word}]{{color:var(--nba-{state})}}"
    for word, state in ({state: state for state in STATUSES} | _WORDS_OF_RUNS).items()
)
STYLE = (
    f"<style>.nba{{{_colours('light')}}}"
    f"@media(prefers-color-scheme:dark){{body:not([data-jp-theme-light],.vscode-light) .nba{{{_DARK}}}}}"
    f"[data-jp-theme-light=false] .nba,.vscode-dark .nba{{{_DARK}}}"
    f"{_joined(_BASE)}{_MARKS}</style>"
)
"""The stylesheet, to be the first child of a `.nba` root."""

TABLE_STYLE = f"<style>{_joined(_TABLES)}</style>"
"""What a root with a table needs beside it."""
