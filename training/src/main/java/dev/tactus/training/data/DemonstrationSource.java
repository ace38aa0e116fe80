package dev.tactus.training.data;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.IntConsumer;

/** Who can demonstrate a task: an expert in a simulator, for example. Found through a {@link DemonstrationCatalogue}. */
public interface DemonstrationSource {

    /**
     * What a policy for the task sees and commands.
     *
     * @return its name is the name that recipes use
     */
    PolicyInterface policyInterface();

    /**
     * Makes demonstrations.
     *
     * @param episodes how many
     * @param seed of everything random in them
     * @param writer receives them, in an order that depends on the seed alone; the caller finishes it
     * @param progress told the number of episodes done, after each
     */
    void record(int episodes, long seed, DemonstrationWriter writer, IntConsumer progress);

    /**
     * Every source that this distribution has.
     *
     * @return the sources
     */
    static List<DemonstrationSource> all() {
        return ServiceLoader.load(DemonstrationCatalogue.class).stream()
                .flatMap(provider -> provider.get().sources().stream())
                .toList();
    }

    /**
     * The source of a task.
     *
     * @param task the task's name
     * @return the source
     * @throws BadInputException if no source has the task
     */
    static DemonstrationSource of(String task) {
        List<DemonstrationSource> all = all();
        return all.stream()
                .filter(source -> source.policyInterface().task().equals(task))
                .findFirst()
                .orElseThrow(() -> new BadInputException("task '" + task + "' is not known; known tasks: "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(s -> s.policyInterface().task())
                                        .toList())));
    }
}
