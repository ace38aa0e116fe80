#!/usr/bin/env python3
"""Draws what the safety filter made of one bad joint, out of `./tactus bench safety --json FILE`, as one SVG.

    python3 control/bench/plot_safety.py control/results/safety.json control/results/safety.svg

What was commanded is orange, what was issued blue, limits are dashed. Needs Python 3 and nothing else.
"""
import json
import sys

WIDTH, PANEL_H, GAP, LEFT, TOP = 720, 140, 36, 60, 46
COMMAND, ISSUED, LIMIT = "#E69F00", "#0072B2", "#888"


def line(points, hue, dash=""):
    runs, run = [], []
    for point in points + [None]:
        if point is None:
            if len(run) > 1:
                runs.append(run)
            run = []
        else:
            run.append(point)
    style = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" fill="none" stroke="{hue}" stroke-width="1.7"{style}/>'
        for run in runs
    ]


def panel(index, title, low, high, ticks, curves, count, period):
    top = TOP + index * (PANEL_H + GAP)
    x = lambda i: LEFT + i * WIDTH / (count - 1)
    y = lambda v: top + PANEL_H * (1 - (v - low) / (high - low))
    out = [f'<rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{PANEL_H}" fill="#fff" stroke="#bbb"/>']
    out.append(f'<text x="{LEFT}" y="{top - 6}" class="title">{title}</text>')
    for v in ticks:
        out.append(f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#eee"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{v:g}</text>')
    for values, hue, dash in curves:
        out += line([None if v is None else (x(i), y(v)) for i, v in enumerate(values)], hue, dash)
    if index == 2:
        for half in range(int(count * period / 0.5) + 1):
            at = x(half * 0.5 / period)
            out.append(f'<text x="{at:.1f}" y="{top + PANEL_H + 16}" text-anchor="middle">{half * 0.5:g}</text>')
        out.append(f'<text x="{LEFT + WIDTH / 2}" y="{top + PANEL_H + 34}" text-anchor="middle">s</text>')
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        trace = json.load(file)["trace"]
    count, period = len(trace["position_rad"]), trace["period_s"]
    flat = lambda v: [v] * count
    most = trace["acceleration_max_rad_per_s2"]
    height = TOP + 3 * (PANEL_H + GAP) + 12
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" font-family="sans-serif" font-size="12">',
        "<style>.title{font-weight:600}</style>",
        f'<rect width="100%" height="100%" fill="#fafafa"/>',
        f'<text x="{LEFT}" y="20">{trace["joint"]}: command into one limit, into the other, NaN, home</text>',
    ]
    out += panel(0, "position, rad: commanded and issued", -3.6, 3.6, (-2, 0, 2), [
        (flat(trace["position_max_rad"]), LIMIT, "4 3"),
        (flat(trace["position_min_rad"]), LIMIT, "4 3"),
        (trace["wanted_rad"], COMMAND, ""),
        (trace["position_rad"], ISSUED, ""),
    ], count, period)
    out += panel(1, "velocity, rad/s, and its limit at the issued position", -3, 3, (-2, 0, 2), [
        (trace["velocity_max_rad_per_s"], LIMIT, "4 3"),
        (trace["velocity_min_rad_per_s"], LIMIT, "4 3"),
        (trace["velocity_rad_per_s"], ISSUED, ""),
    ], count, period)
    out += panel(2, "acceleration, rad/s²", -12, 12, (-10, -5, 0, 5, 10), [
        (flat(most), LIMIT, "4 3"),
        (flat(-most), LIMIT, "4 3"),
        (trace["acceleration_rad_per_s2"], ISSUED, ""),
    ], count, period)
    out.append("</svg>")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
