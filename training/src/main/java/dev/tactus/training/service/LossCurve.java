package dev.tactus.training.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loss over the steps of a run: a point for every hundred steps, the mean of their losses. Its whole state goes into
 * the checkpoint, so a resumed run draws the curve of an uninterrupted one.
 */
public final class LossCurve {
    private static final int INTERVAL_STEPS = 100;

    private final List<Point> points = new ArrayList<>();
    private double sum;
    private int count;

    /**
     * One point.
     *
     * @param step steps done at its end
     * @param loss mean loss since the point before
     */
    public record Point(int step, double loss) {}

    /** Starts a curve without points. */
    public LossCurve() {}

    /**
     * Takes a step's loss in.
     *
     * @param step steps done, with this one
     * @param loss its loss
     */
    public void add(int step, double loss) {
        sum += loss;
        count++;
        if (step % INTERVAL_STEPS == 0) {
            points.add(new Point(step, sum / count));
            sum = 0;
            count = 0;
        }
    }

    /**
     * The points so far.
     *
     * @return the points, oldest first
     */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /**
     * The newest mean loss.
     *
     * @return that of the last point, or of the steps so far if there is none yet; NaN without any step
     */
    public double latest() {
        return points.isEmpty() ? sum / count : points.getLast().loss();
    }

    /**
     * Writes the curve as {@code loss.csv} and as a picture, {@code loss.svg}.
     *
     * @param folder the run's folder
     * @param title the picture's title
     * @throws IOException if that failed; older files are whole then
     */
    public void write(Path folder, String title) throws IOException {
        StringBuilder csv = new StringBuilder("step,loss\n");
        points.forEach(p -> csv.append(String.format(Locale.ROOT, "%d,%.6g%n", p.step(), p.loss())));
        AtomicFile.replace(folder.resolve("loss.csv"), file -> Files.writeString(file, csv));
        if (points.size() > 1) {
            AtomicFile.replace(
                    folder.resolve("loss.svg"), file -> Files.writeString(file, CurvePlot.svg(title, points)));
        }
    }

    /**
     * Everything that the curve remembers.
     *
     * @return the running sum and its count, then step and loss of every point
     */
    double[] state() {
        double[] state = new double[2 + 2 * points.size()];
        state[0] = sum;
        state[1] = count;
        for (int i = 0; i < points.size(); i++) {
            state[2 + 2 * i] = points.get(i).step();
            state[3 + 2 * i] = points.get(i).loss();
        }
        return state;
    }

    /**
     * Goes back to an earlier state.
     *
     * @param state as {@link #state} gave it
     */
    void restore(double[] state) {
        points.clear();
        sum = state[0];
        count = (int) state[1];
        for (int i = 2; i < state.length; i += 2) {
            points.add(new Point((int) state[i], state[i + 1]));
        }
    }
}
