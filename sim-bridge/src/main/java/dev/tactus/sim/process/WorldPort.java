package dev.tactus.sim.process;

import dev.tactus.control.process.PortFile;
import dev.tactus.control.process.SharedWords;
import dev.tactus.sim.task.Task;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * What can be asked of a simulated world from another process, and of no real one: to begin an episode, and whether its
 * goal holds. The robot's process makes the file {@value #FILE} in the port's folder.
 */
public final class WorldPort implements AutoCloseable {
    private static final String FILE = "world.port";
    private static final int ASKED = 0;
    private static final int SEED = 1;
    private static final int DONE = 2;
    private static final int GOAL = 3;
    private static final int GOAL_TICKS = 4;
    private static final int WORDS = 5;
    private static final long LOOK_NS = 500_000;

    private final PortFile file;
    private final SharedWords words;

    private WorldPort(PortFile.Opened<SharedWords> opened) {
        file = opened.file();
        words = opened.content();
    }

    static WorldPort create(Path folder, Task task, int goalTicks) {
        WorldPort port =
                new WorldPort(PortFile.create(folder.resolve(FILE), text(task), opened -> opened.words(WORDS)));
        port.words.set(GOAL_TICKS, goalTicks);
        return port;
    }

    /**
     * Opens the port that the robot's process made.
     *
     * @param folder the port's folder
     * @param task the task that the world must be of
     * @return the port
     */
    public static WorldPort open(Path folder, Task task) {
        return new WorldPort(PortFile.open(folder.resolve(FILE), text(task), opened -> opened.words(WORDS)));
    }

    private static String text(Task task) {
        return "world of " + task.name();
    }

    /**
     * Begins an episode and waits until the world is there.
     *
     * @param seed decides what it looks like
     * @param patienceMs how long to wait, ms
     * @return whether it came about
     */
    public boolean reset(long seed, long patienceMs) {
        long number = words.get(ASKED) + 1;
        words.set(SEED, seed);
        words.set(ASKED, number);
        long untilNs = System.nanoTime() + patienceMs * 1_000_000;
        while (words.get(DONE) < number) {
            if (System.nanoTime() > untilNs) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    /**
     * Whether the task's goal holds now.
     *
     * @return whether it does
     */
    public boolean goalHolds() {
        return words.get(GOAL) != 0;
    }

    /**
     * Ticks in a row on which the goal must hold.
     *
     * @return policy ticks
     */
    public int goalTicks() {
        return (int) words.get(GOAL_TICKS);
    }

    // ---- the world's side

    boolean asked() {
        return words.get(ASKED) > words.get(DONE);
    }

    long seed() {
        return words.get(SEED);
    }

    void done() {
        words.set(DONE, words.get(ASKED));
    }

    void goal(boolean holds) {
        words.set(GOAL, holds ? 1 : 0);
    }

    @Override
    public void close() {
        file.close();
    }
}
