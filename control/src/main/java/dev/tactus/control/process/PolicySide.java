package dev.tactus.control.process;

import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.policies.runner.ObservationBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * The policy's end of the port that it shares with a controller in another process. A policy here reads observations and
 * writes chunks in the same two buffers as in one process; a thread carries them over, a quarter of a millisecond apart.
 * Orders come from one thread.
 */
public final class PolicySide implements AutoCloseable {
    private static final int OBSERVATIONS_KEPT = 32;
    private static final long CARRY_NS = 250_000;
    private static final long ASK_NS = 1_000_000;

    private final PolicyPort port;
    private final ObservationBuffer observations;
    private final ChunkBuffer chunks;
    private final float[] values;
    private final long[] episodeTickStamp = new long[3];
    private final Thread carrier;
    private volatile boolean closing;
    private volatile long episode;
    private volatile boolean beginAsked;
    private long carried;
    private long observedEpisode;

    /**
     * Makes the port and waits for nobody.
     *
     * @param folder the port's folder, where the controller looks
     * @param terms what the controller shall do
     */
    public PolicySide(Path folder, PolicyTerms terms) {
        port = PolicyPort.create(folder, terms);
        observations = new ObservationBuffer(OBSERVATIONS_KEPT, terms.observationSize());
        chunks = new ChunkBuffer(terms.chunkRows(), terms.actionSize());
        values = new float[terms.observationSize()];
        carrier = Thread.ofPlatform().name("tactus-port").daemon().start(this::carry);
    }

    private void carry() {
        while (!closing) {
            long newest = port.observed();
            carried = Math.max(carried, newest - OBSERVATIONS_KEPT / 2);
            while (carried < newest) {
                carryObservation(++carried);
            }
            if (beginAsked) {
                observations.beginEpisode();
                beginAsked = false;
            }
            if (chunks.poll()) {
                port.send(chunks.current(), episode);
            }
            LockSupport.parkNanos(CARRY_NS);
        }
    }

    private void carryObservation(long number) {
        if (!port.observation(number, values, episodeTickStamp)) {
            return;
        }
        if (episodeTickStamp[0] != observedEpisode) {
            observedEpisode = episodeTickStamp[0];
            observations.beginEpisode();
        }
        observations.write(values, episodeTickStamp[1], episodeTickStamp[2]);
    }

    /**
     * Where observations arrive.
     *
     * @return the buffer; any thread here may read it
     */
    public ObservationBuffer observations() {
        return observations;
    }

    /**
     * Where chunks go.
     *
     * @return the buffer; one thread here may fill it
     */
    public ChunkBuffer chunks() {
        return chunks;
    }

    /**
     * What the controller last said.
     *
     * @return its report; empty if there is no controller yet
     */
    public Optional<ControllerReport> report() {
        return port.report();
    }

    /**
     * Begins an episode: the controller takes command and follows chunks from now on. Tick 0 begins now.
     *
     * @param patienceMs how long to wait for the answer, ms
     * @return the answer; empty if none came
     */
    public Optional<ControllerReport> start(long patienceMs) {
        episode = port.orderNumber() + 1; // a chunk that is sent from now on belongs to it
        return order(PolicyPort.Order.START, patienceMs);
    }

    /**
     * Has the controller bring the robot to rest and hold it until the next start.
     *
     * @param patienceMs how long to wait for the answer, ms
     * @return the answer; empty if none came
     */
    public Optional<ControllerReport> hold(long patienceMs) {
        return order(PolicyPort.Order.HOLD, patienceMs);
    }

    /**
     * Has the controller give up command; the robot's drives hold or damp by themselves.
     *
     * @param patienceMs how long to wait for the answer, ms
     * @return the answer; empty if none came
     */
    public Optional<ControllerReport> pause(long patienceMs) {
        Optional<ControllerReport> answer = order(PolicyPort.Order.PAUSE, patienceMs);
        beginAsked = true; // what was observed before is no history of what comes
        long untilNs = System.nanoTime() + patienceMs * 1_000_000;
        while (beginAsked && System.nanoTime() < untilNs) {
            LockSupport.parkNanos(CARRY_NS);
        }
        return answer;
    }

    /**
     * The age of the observation behind every command, as the controller had it when it last paused.
     *
     * @return ns; empty before it paused for the first time
     */
    public Optional<Histogram> observationAge() {
        return port.ages();
    }

    /**
     * Latches the controller's e-stop.
     *
     * @param patienceMs how long to wait for the answer, ms
     * @return the answer; empty if none came
     */
    public Optional<ControllerReport> emergencyStop(long patienceMs) {
        return order(PolicyPort.Order.EMERGENCY_STOP, patienceMs);
    }

    /**
     * Unlatches the controller's e-stop, and the override at the robot's port: somebody's explicit wish.
     *
     * @param patienceMs how long to wait for the answer, ms
     * @return the answer; empty if none came
     */
    public Optional<ControllerReport> clear(long patienceMs) {
        return order(PolicyPort.Order.CLEAR, patienceMs);
    }

    private Optional<ControllerReport> order(PolicyPort.Order order, long patienceMs) {
        long number = port.order(order);
        return await(report -> report.answered() >= number, patienceMs);
    }

    /**
     * Waits for a report.
     *
     * @param wanted which
     * @param patienceMs how long, ms
     * @return the report; empty if there was none in that time, or the thread was interrupted
     */
    public Optional<ControllerReport> await(Predicate<ControllerReport> wanted, long patienceMs) {
        long untilNs = System.nanoTime() + patienceMs * 1_000_000;
        while (System.nanoTime() < untilNs && !Thread.currentThread().isInterrupted()) {
            Optional<ControllerReport> report = port.report().filter(wanted);
            if (report.isPresent()) {
                return report;
            }
            LockSupport.parkNanos(ASK_NS);
        }
        return Optional.empty();
    }

    /** Leaves the controller alone: it goes on as with a policy that has fallen silent, and stops. */
    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (carrier.isAlive()) {
            try {
                carrier.join();
            } catch (InterruptedException e) {
                interrupted = true; // it ends within a millisecond
            }
        }
        port.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
