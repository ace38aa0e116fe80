#!/usr/bin/env python3
"""Draws one hand-over out of what `./tactus bench handover --json FILE` measured, as one SVG.

    python3 sim-bridge/tools/plot_handover.py control/results/handover.json control/results/handover.svg

Position of one joint's reference over time and its differences at 1 kHz, one line a hand-over, all fed with the same
chunks. What leaves a panel is cut off: a step of the position is a spike of everything below it. Needs Python 3 and nothing else.
"""
import json
import math
import sys
from html import escape

WIDTH, PANEL_H, GAP, LEFT, TOP = 720, 130, 34, 70, 52
# Hues of Okabe and Ito, which colour-blind readers tell apart; ours is drawn last, on top.
SERIES = [
    ("plain switching", "#D55E00", ""),
    ("linear blending, 25 ms", "#E69F00", "5 3"),
    ("C2, ours", "#0072B2", ""),
]
JERK_LIMIT = 5000
PANELS = [
    ("position_rad", "position, rad", None),
    ("velocity_rad_per_s", "velocity, rad/s", None),
    ("acceleration_rad_per_s2", "acceleration, rad/s²", (-22, 22)),
    ("jerk_rad_per_s3", "jerk, rad/s³", (-8000, 8000)),
]


def steps(low, high):
    raw = (high - low) / 4
    unit = 10 ** math.floor(math.log10(raw))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= raw)
    return [step * i for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def panel(trace, index, key, title, span):
    top = TOP + index * (PANEL_H + GAP)
    shown = ["C2, ours"] if key.startswith("velocity") else [name for name, _, _ in SERIES]
    values = [v for name in shown for v in trace[name][key]]
    margin = (0.6 if key.startswith("velocity") else 0.06) * (max(values) - min(values))
    low, high = span or (min(values) - margin, max(values) + margin)
    count = len(trace[SERIES[0][0]][key])
    begin = trace["from_ms"] - trace["handover_ms"]
    x = lambda i: LEFT + i * WIDTH / (count - 1)
    y = lambda v: top + PANEL_H * (1 - (v - low) / (high - low))
    out = [f'<rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{PANEL_H}" fill="#fff" stroke="#bbb"/>']
    out.append(f'<clipPath id="p{index}"><rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{PANEL_H}"/></clipPath>')
    out.append(f'<text x="{LEFT}" y="{top - 6}" class="title">{escape(title)}</text>')
    for v in steps(low, high):
        out.append(f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#eee"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{v:.6g}</text>')
    if key.startswith("jerk"):
        for v in (-JERK_LIMIT, JERK_LIMIT):
            out.append(
                f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#888" stroke-dasharray="2 3"/>'
            )
    zero = x(-begin / trace["period_ms"])
    out.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{top}" y2="{top + PANEL_H}" stroke="#888"/>')
    for name, hue, dash in SERIES:
        points = " ".join(
            f"{x(i):.1f},{y(min(max(v, low - (high - low)), high + (high - low))):.1f}"
            for i, v in enumerate(trace[name][key])
        )
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(
            f'<polyline points="{points}" fill="none" stroke="{hue}" stroke-width="1.6"{dashes} clip-path="url(#p{index})"/>'
        )
    if index == len(PANELS) - 1:
        for ms in range(math.ceil(begin / 20) * 20, int(begin + count * trace["period_ms"]), 20):
            at = x((ms - begin) / trace["period_ms"])
            out.append(f'<text x="{at:.1f}" y="{top + PANEL_H + 16}" text-anchor="middle">{ms}</text>')
        out.append(
            f'<text x="{LEFT + WIDTH / 2}" y="{top + PANEL_H + 34}" text-anchor="middle">ms since the chunk arrived</text>'
        )
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        trace = json.load(file)["trace"]
    height = TOP + len(PANELS) * (PANEL_H + GAP) + 20
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" '
        'font-family="sans-serif" font-size="11" fill="#333">',
        "<style>.title{font-size:12px;font-weight:600}</style>",
        f'<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for i, (name, hue, dash) in enumerate(reversed(SERIES)):
        x = LEFT + 190 * i
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(f'<line x1="{x}" x2="{x + 26}" y1="18" y2="18" stroke="{hue}" stroke-width="2.4"{dashes}/>')
        out.append(f'<text x="{x + 32}" y="22">{escape(name)}</text>')
    out.append(f'<text x="{LEFT + WIDTH}" y="22" text-anchor="end">{escape(trace["joint"])}</text>')
    for index, (key, title, span) in enumerate(PANELS):
        out += panel(trace, index, key, title, span)
    out.append("</svg>")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


main()
