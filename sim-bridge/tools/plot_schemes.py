#!/usr/bin/env python3
"""Draws what `./tactus bench schemes --every --delay-ms ... --json FILE` measured, as one SVG.

    python3 sim-bridge/tools/plot_schemes.py sim-bridge/results/delays.json sim-bridge/results/delays.svg

Four panels over the injected delay: success with its 95 % interval, jerk, hand-over step, and the time that inference
takes per action. Needs Python 3 and nothing else.
"""
import json
import math
import sys
from html import escape

PANEL_W, PANEL_H = 330, 210
LEFT, TOP, GAP_X, GAP_Y = 62, 60, 84, 74
LEGEND_W = 210
# One hue a scheme, one dash pattern a variant of it. Hues of Okabe and Ito, which colour-blind readers tell apart.
HUES = {
    "rti": "#0072B2",
    "full": "#D55E00",
    "ddim": "#009E73",
    "rtc": "#CC79A7",
    "ensemble": "#E69F00",
    "bid": "#56B4E9",
}
DASHES = ["", "6 3", "2 3", "8 3 2 3"]
MARKS = ["circle", "square", "diamond", "triangle"]


def pose(row, key):
    return next(iter(row["handover_step"].values())).get(key)


PANELS = [
    ("success rate [95 %]", lambda r: r["success_rate"], "linear"),
    ("jerk of the joint references, RMS, rad/s³", lambda r: r["jerk_rms_rad_per_s3"], "linear"),
    ("hand-over step of the tool's position, p95, mm", lambda r: pose(r, "p95_mm"), "linear"),
    ("inference per action, p50, ms (logarithmic)", lambda r: r["infer_per_action_p50_us"] / 1e3, "log"),
]


def ticks(low, high, scale):
    if scale == "log":
        decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        return [m * 10.0**e for e in decades for m in (1, 2, 5)]
    raw = (high - low) / 4
    unit = 10 ** math.floor(math.log10(raw))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= raw)
    return [step * i for i in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1)]


def number(value):
    return f"{value:.10g}"


def mark(kind, x, y, colour):
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>'
    r = 3.6
    points = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "diamond": [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
        "triangle": [(0, -r - 1), (r + 1, r), (-r - 1, r)],
    }[kind]
    return f'<polygon points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in points)}" fill="{colour}"/>'


class Panel:
    def __init__(self, column, row, title, value, scale, series, delays):
        self.x0 = LEFT + column * (PANEL_W + GAP_X)
        self.y0 = TOP + row * (PANEL_H + GAP_Y)
        self.title, self.value, self.scale = title, value, scale
        self.series, self.delays = series, delays
        values = [value(r) for rows in series.values() for r in rows if value(r) is not None]
        if "success" in title:
            values += [r["success_ci95_low"] for rows in series.values() for r in rows]
            self.low, self.high = max(0.0, math.floor(min(values) * 10 - 0.5) / 10), 1.0
        elif scale == "log":
            self.low, self.high = min(values) / 1.3, max(values) * 1.3
        else:
            self.low, self.high = 0.0, max(values) * 1.08

    def x(self, delay, shift=0.0):
        span = max(self.delays) - min(self.delays) or 1
        return self.x0 + 14 + (PANEL_W - 28) * (delay - min(self.delays)) / span + shift

    def y(self, value):
        low, high = self.low, self.high
        if self.scale == "log":
            value, low, high = math.log10(value), math.log10(low), math.log10(high)
        return self.y0 + PANEL_H * (1 - (value - low) / (high - low))

    def draw(self, styles):
        out = [f'<text x="{self.x0}" y="{self.y0 - 12}" class="title">{escape(self.title)}</text>']
        for t in ticks(self.low, self.high, self.scale):
            if self.low <= t <= self.high * 1.0000001:
                y = self.y(t)
                out.append(f'<line x1="{self.x0}" x2="{self.x0 + PANEL_W}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
                out.append(f'<text x="{self.x0 - 8}" y="{y + 4:.1f}" class="tick" text-anchor="end">{number(t)}</text>')
        for delay in self.delays:
            out.append(
                f'<text x="{self.x(delay):.1f}" y="{self.y0 + PANEL_H + 18}" class="tick"'
                f' text-anchor="middle">{number(delay)}</text>'
            )
        out.append(
            f'<text x="{self.x0 + PANEL_W / 2}" y="{self.y0 + PANEL_H + 36}" class="axis"'
            ' text-anchor="middle">injected delay, ms</text>'
        )
        for index, (name, rows) in enumerate(self.series.items()):
            out += self.line(rows, styles[name], (index - (len(self.series) - 1) / 2) * 1.6)
        return out

    def line(self, rows, style, shift):
        colour, dash, kind = style
        points = [(self.x(r["delay_ms"], shift), self.y(self.value(r)), r) for r in rows if self.value(r) is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        out = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-dasharray="{dash}"/>']
        for x, y, r in points:
            if "success" in self.title:
                a, b = self.y(r["success_ci95_low"]), self.y(r["success_ci95_high"])
                out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{a:.1f}" y2="{b:.1f}" stroke="{colour}" opacity="0.45"/>')
            out.append(mark(kind, x, y, colour))
        return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        study = json.load(file)
    series = {}
    for row in study["schemes"]:
        series.setdefault(row["name"], []).append(row)
    delays = sorted({row["delay_ms"] for row in study["schemes"]})
    seen, styles = {}, {}
    for name in series:
        scheme = name.split(":")[0]
        variant = seen[scheme] = seen.get(scheme, -1) + 1
        styles[name] = (HUES.get(scheme, "#555555"), DASHES[variant % 4], MARKS[variant % 4])
    width = LEFT + 2 * PANEL_W + GAP_X + 24 + LEGEND_W
    height = TOP + 2 * PANEL_H + GAP_Y + 56
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        "<style>text{font-family:system-ui,sans-serif;fill:#222}.title{font-size:13px;font-weight:600}"
        ".tick,.axis,.legend{font-size:11px}.grid{stroke:#ddd}.head{font-size:14px;font-weight:600}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" class="head">{escape(study["task"])}: {study["episodes"]} seeds a point, the same for'
        " every scheme</text>",
    ]
    for i, (title, value, scale) in enumerate(PANELS):
        out += Panel(i % 2, i // 2, title, value, scale, series, delays).draw(styles)
    x = LEFT + 2 * PANEL_W + GAP_X + 30
    for i, (name, (colour, dash, kind)) in enumerate(styles.items()):
        y = TOP + 10 + 20 * i
        out.append(f'<line x1="{x}" x2="{x + 30}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="1.8" stroke-dasharray="{dash}"/>')
        out.append(mark(kind, x + 15, y, colour))
        out.append(f'<text x="{x + 38}" y="{y + 4}" class="legend">{escape(name.replace("action_steps", "Ta"))}</text>')
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out + ["</svg>", ""]))


if __name__ == "__main__":
    main()
