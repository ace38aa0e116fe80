package dev.tactus.training.demonstration;

import dev.tactus.sim.task.Tasks;
import dev.tactus.training.data.DemonstrationCatalogue;
import dev.tactus.training.data.DemonstrationSource;
import java.util.List;

/** The experts of every simulated task. */
public final class SimulatedTasks implements DemonstrationCatalogue {

    /** Made by ServiceLoader. */
    public SimulatedTasks() {}

    @Override
    public List<DemonstrationSource> sources() {
        return Tasks.all().stream()
                .<DemonstrationSource>map(TaskDemonstrations::new)
                .toList();
    }
}
