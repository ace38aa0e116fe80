package dev.tactus.sim.run;

/** Runs episodes of one policy on one task, one after the other, from one thread. */
sealed interface EpisodeRun extends AutoCloseable permits LockstepRun, WallClockRun, ProcessesRun {

    /** Runs one episode to its end. */
    EpisodeResult episode(long seed);

    /** The policy tick that the present episode is at. Any thread. */
    int tick();

    /** What was measured in the episodes so far. */
    RunStatistics statistics();

    @Override
    void close();
}
