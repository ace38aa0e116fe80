package dev.tactus.training.service;

import java.util.List;
import java.util.Locale;

/** Draws a loss curve as a small SVG: steps to the right, the loss upwards on a logarithmic axis with decades ruled. */
final class CurvePlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 45;
    private static final double[] MANTISSAS = {1, 2, 5};

    private final List<LossCurve.Point> points;
    private final double lastStep;
    private final double low;
    private final double high;

    private CurvePlot(List<LossCurve.Point> points) {
        this.points = points;
        lastStep = points.getLast().step();
        low = Math.log10(
                        points.stream().mapToDouble(LossCurve.Point::loss).min().orElseThrow())
                - 0.05;
        high = Math.log10(
                        points.stream().mapToDouble(LossCurve.Point::loss).max().orElseThrow())
                + 0.05;
    }

    static String svg(String title, List<LossCurve.Point> points) {
        return new CurvePlot(points).draw(title);
    }

    private String draw(String title) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT));
        text(svg, LEFT, TOP - 15, "start", title);
        for (int decade = (int) Math.floor(low); decade <= Math.ceil(high); decade++) {
            for (double mantissa : MANTISSAS) {
                rule(svg, mantissa * Math.pow(10, decade));
            }
        }
        for (int i = 0; i <= 4; i++) {
            double step = lastStep * i / 4;
            text(svg, x(step), HEIGHT - BOTTOM + 18, "middle", String.format(Locale.ROOT, "%.0f", step));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "step");
        svg.append("<polyline fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.5\" points=\"");
        for (LossCurve.Point point : points) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.step()), y(point.loss())));
        }
        return svg.append("\"/>\n</svg>\n").toString();
    }

    private void rule(StringBuilder svg, double loss) {
        if (Math.log10(loss) < low || Math.log10(loss) > high) {
            return;
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                LEFT,
                WIDTH - RIGHT,
                y(loss),
                y(loss)));
        text(svg, LEFT - 6, y(loss) + 4, "end", String.format(Locale.ROOT, "%.3g", loss));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }

    private double x(double step) {
        return LEFT + step / lastStep * (WIDTH - LEFT - RIGHT);
    }

    private double y(double loss) {
        return TOP + (high - Math.log10(loss)) / (high - low) * (HEIGHT - TOP - BOTTOM);
    }
}
