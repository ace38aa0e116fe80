package dev.tactus.training.data;

import java.util.List;

/** Brings sources of demonstrations. Found through ServiceLoader. */
public interface DemonstrationCatalogue {

    /**
     * The sources.
     *
     * @return one a task
     */
    List<DemonstrationSource> sources();
}
