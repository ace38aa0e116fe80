package dev.tactus.sim.task;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.sim.task.lift.Fr3Lift;
import java.util.List;

/** The tasks that are here, by name. */
public final class Tasks {
    private static final List<Task> ALL = List.of(new Fr3Lift());

    private Tasks() {}

    /**
     * All tasks.
     *
     * @return them, in the order in which help lists them
     */
    public static List<Task> all() {
        return ALL;
    }

    /**
     * Finds a task.
     *
     * @param name its name
     * @return the task
     */
    public static Task named(String name) {
        for (Task task : ALL) {
            if (task.name().equals(name)) {
                return task;
            }
        }
        throw new BadInputException("unknown task '" + name + "'; allowed: "
                + String.join(", ", ALL.stream().map(Task::name).toList()));
    }
}
