"""The one stylesheet of every inline diff.

It is scoped by an attribute selector, reads JupyterLab's variables, and elsewhere takes the host's own text colour:
tints are translucent and strong tones are mixed with the text colour, so that light and dark both read well.
"""

from __future__ import annotations

# Twice an attribute: JupyterLab's own rules for tables, that set text at the right, weigh as much as one and a class.
_ROOT = '[data-nb-assets="diff"][data-kind]'

_RULES = """
& { --nba-text: var(--jp-ui-font-color1, var(--vscode-foreground, currentColor));
  --nba-quiet: var(--jp-ui-font-color2, color-mix(in srgb, currentColor 68%, transparent));
  --nba-line: var(--jp-border-color2, rgba(128, 128, 128, .3));
  --nba-hair: color-mix(in srgb, var(--nba-line) 55%, transparent);
  --nba-code: var(--jp-code-font-family, ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
  --nba-green: color-mix(in srgb, #2da44e 70%, var(--nba-text));
  --nba-red: color-mix(in srgb, #e5484d 76%, var(--nba-text));
  --nba-amber: color-mix(in srgb, #d08700 76%, var(--nba-text));
  color: var(--nba-text); font: var(--jp-ui-font-size1, 13px)/1.45 var(--jp-ui-font-family, system-ui, sans-serif);
  max-width: 100%; padding: 2px 0; overflow-wrap: anywhere; }
& * { box-sizing: border-box; }
& .head { display: block; margin: 0 0 4px; }
&[data-equal="true"] .head { color: var(--nba-quiet); margin: 0; }
& .head code, & .note code { font: inherit; font-family: var(--nba-code); font-size: .94em; background: none; color: inherit; padding: 0; }
& .added { color: var(--nba-green); } & .removed { color: var(--nba-red); }
& .changed { color: var(--nba-amber); } & .warning { color: var(--nba-amber); }
& .head .added, & .head .removed, & .head .changed { font-weight: 500; }
& .note { color: var(--nba-quiet); margin: 2px 0; font-size: .93em; }
& .note.warning::before { content: "\\26A0\\FE0E"; margin-right: .5em; color: var(--nba-amber); }
& .scroll { overflow-x: auto; max-width: 100%; margin: 6px 0; }
& table { color: inherit; border-collapse: collapse; border: 0; margin: 0; font-size: .93em; font-variant-numeric: tabular-nums; width: auto; table-layout: auto; }
& tr, & tbody tr:nth-child(even), & tbody tr:hover { background: none; }
& th, & td { border: 0; border-bottom: 1px solid var(--nba-hair); padding: 3px 10px 3px 0; text-align: left; vertical-align: top; white-space: pre; max-width: 26em; overflow: hidden; text-overflow: ellipsis; color: inherit; font-weight: 400; }
& th + th, & td + td { padding-left: 6px; }
& tbody tr:last-child td { border-bottom: 0; }
& thead th, & thead td { font-weight: 600; vertical-align: bottom; border-bottom-color: var(--nba-quiet); }
& thead small { display: block; font-weight: 400; font-size: .86em; color: var(--nba-quiet); }
& .num { text-align: right; } & .key { font-weight: 600; }
& .sign { width: 1.5em; padding: 3px 0 3px 7px; text-align: center; font-weight: 700; }
& tr.r-added td { background: rgba(46, 160, 67, .11); } & tr.r-removed td { background: rgba(229, 72, 77, .10); }
& td.c-changed { background: rgba(227, 160, 8, .16); } & td.c-added { background: rgba(46, 160, 67, .11); } & td.c-removed { background: rgba(229, 72, 77, .10); }
& .faint { color: var(--nba-quiet); font-style: italic; }
& del, & ins { text-decoration: none; background: none; color: inherit; }
& td del { color: var(--nba-quiet); }
& td del + ins::before { content: "\\2192"; margin: 0 .45em; color: var(--nba-quiet); font-weight: 400; }
& td ins { font-weight: 600; }
& .caption { color: var(--nba-quiet); font-size: .93em; margin: 6px 0 -2px; }
& .bars td { border: 0; padding: 1px 12px 1px 0; }
& .bars td:last-child { white-space: normal; max-width: none; }
& .bars td:first-child { font-family: var(--nba-code); font-size: .96em; }
& .bar { display: inline-block; width: 88px; height: 7px; border-radius: 3px; background: rgba(128, 128, 128, .16); overflow: hidden; vertical-align: 1px; }
& .bar i { display: block; height: 100%; min-width: 2px; border-radius: 3px; background: var(--nba-quiet); }
& .bar.changed i { background: #d99a1c; } & .bar.added i { background: #2da44e; } & .bar.removed i { background: #e5484d; }
& .shape { display: inline-flex; align-items: flex-end; gap: 1px; height: 20px; padding: 0 2px; border-bottom: 1px solid var(--nba-line); vertical-align: -3px; }
& .shape span { position: relative; width: 6px; height: 100%; }
& .shape i { position: absolute; bottom: 0; min-height: 0; }
& .shape .was { left: 0; right: 0; background: rgba(128, 128, 128, .42); }
& .shape .is { left: 1px; right: 1px; background: #d99a1c; opacity: .78; }
& .lines { border: 1px solid var(--nba-line); border-radius: 4px; overflow-x: auto; margin: 6px 0; padding: 3px 0; }
& .lines .title { font-family: var(--nba-code); font-size: .9em; color: var(--nba-quiet); padding: 1px 8px 4px; border-bottom: 1px solid var(--nba-line); margin-bottom: 3px; }
& .lines pre { margin: 0; padding: 0; min-width: max-content; background: none; border: 0; color: inherit; font: .92em/1.5 var(--nba-code); }
& .line { display: block; padding: 0 10px 0 0; white-space: pre; }
& .line b { display: inline-block; width: 3.6em; padding-right: .7em; text-align: right; font-weight: 400; color: var(--nba-quiet); opacity: .75; user-select: none; }
& .line u { display: inline-block; width: 1.4em; text-decoration: none; font-weight: 700; }
& .l-added { background: rgba(46, 160, 67, .12); } & .l-removed { background: rgba(229, 72, 77, .11); }
& .l-added u { color: var(--nba-green); } & .l-removed u { color: var(--nba-red); }
& .l-added ins { background: rgba(46, 160, 67, .34); border-radius: 2px; } & .l-removed del { background: rgba(229, 72, 77, .32); border-radius: 2px; }
& .gap { display: block; color: var(--nba-quiet); padding-left: 3.2em; opacity: .8; }
& details { margin: 4px 0; } & summary { cursor: pointer; color: var(--nba-quiet); font-size: .93em; display: list-item; }
& .pictures { display: flex; flex-wrap: wrap; gap: 12px; margin: 6px 0; } & figure { margin: 0; } & figcaption { color: var(--nba-quiet); font-size: .93em; }
& img { max-width: 360px; max-height: 280px; border: 1px solid var(--nba-line); background: #fff; image-rendering: auto; }
& img.crisp { background: none; image-rendering: pixelated; }
"""


def _scoped(rules: str) -> str:
    return " ".join(rules.replace("&", _ROOT).split())


STYLE = f"<style>{_scoped(_RULES)}</style>"
