package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Where a policy's process and a controller's meet. The policy's side makes the file {@value #FILE} in the port's folder:
 * chunks go to the controller, the latest wins; observations come back, {@value #OBSERVATIONS} are kept; orders go to the
 * controller, one at a time, each with a number that the controller's report answers. Nothing but opening, closing and
 * {@link #report} allocates, locks or throws.
 */
final class PolicyPort implements AutoCloseable {
    static final String FILE = "policy.port";

    private static final int OBSERVATIONS = 32;
    private static final int RECORD_VERSION = 1;
    private static final int MOST_TRIES = 16;
    private static final int MOST_REPORT_TRIES = 1000;
    private static final long REPORT_RETRY_NS = 100_000;
    private static final int CHUNK_HEADER = 40;
    private static final int OBSERVATION_HEADER = 32;
    private static final int REPORT_HEADER = 72;
    private static final int MOST_AGES = 1 << 17;
    private static final Order[] ORDERS = Order.values();
    private static final CycleStatus[] STATUSES = CycleStatus.values();
    private static final EmergencyStop.Cause[] CAUSES = EmergencyStop.Cause.values();
    private static final Intervention[] INTERVENTIONS = Intervention.values();

    // words
    private static final int ORDER_NUMBER = 0;
    private static final int ORDER = 1;
    private static final int OBSERVED = 2;
    private static final int PROCESS = 3;
    private static final int WORDS = 4;

    /** What a controller is told. */
    enum Order {
        /** Takes command of the robot and follows chunks from now on: an episode. */
        START,
        /** Brings the robot to rest and holds it there until the next start. */
        HOLD,
        /** Brings the robot to rest by itself and gives up command. */
        PAUSE,
        /** Latches the e-stop. */
        EMERGENCY_STOP,
        /** Unlatches it, and the override at the robot's port. */
        CLEAR
    }

    private final PortFile file;
    private final PolicyTerms terms;
    private final SharedRecord chunk;
    private final List<SharedRecord> observations;
    private final SharedRecord report;
    private final SharedRecord ages;
    private final SharedWords words;
    private long chunkSeen;

    private record Content(
            SharedRecord chunk,
            List<SharedRecord> observations,
            SharedRecord report,
            SharedRecord ages,
            SharedWords words) {}

    private PolicyPort(PortFile.Opened<Content> opened, PolicyTerms terms) {
        this.terms = terms;
        file = opened.file();
        chunk = opened.content().chunk();
        observations = opened.content().observations();
        report = opened.content().report();
        ages = opened.content().ages();
        words = opened.content().words();
    }

    static PolicyPort create(Path folder, PolicyTerms terms) {
        PolicyPort port = new PolicyPort(PortFile.create(folder.resolve(FILE), terms.text(), layout(terms)), terms);
        port.words.set(PROCESS, ProcessHandle.current().pid());
        return port;
    }

    static PolicyPort open(Path folder) {
        Path path = folder.resolve(FILE);
        PolicyTerms terms = PolicyTerms.parse(PortFile.text(path));
        return new PolicyPort(PortFile.open(path, terms.text(), layout(terms)), terms);
    }

    private static PortFile.Layout<Content> layout(PolicyTerms terms) {
        return file -> new Content(
                file.record(RECORD_VERSION, CHUNK_HEADER + 8L * terms.chunkRows() * terms.actionSize()),
                file.records(OBSERVATIONS, RECORD_VERSION, OBSERVATION_HEADER + 4L * terms.observationSize()),
                file.record(RECORD_VERSION, REPORT_HEADER + 8L * INTERVENTIONS.length),
                file.record(RECORD_VERSION, 8 + MOST_AGES),
                file.words(WORDS));
    }

    /** Whether the policy's process is there. */
    boolean policyAlive() {
        return RobotPort.isAlive(words.get(PROCESS));
    }

    PolicyTerms terms() {
        return terms;
    }

    // ---- chunks: policy to controller

    void send(ActionChunk values, long episode) {
        chunk.beginWrite();
        chunk.putLong(0, episode);
        chunk.putLong(8, values.rows());
        chunk.putLong(16, values.firstTick());
        chunk.putLong(24, values.observationStampNs());
        chunk.putLong(32, values.sequence());
        int at = CHUNK_HEADER;
        for (int row = 0; row < values.rows(); row++) {
            for (int element = 0; element < values.actionSize(); element++) {
                chunk.putDouble(at, values.get(row, element));
                at += 8;
            }
        }
        chunk.endWrite();
    }

    /** Copies a chunk of an episode that was not received yet; whether there was one that is whole. */
    boolean receive(ActionChunk out, long episode) {
        long began = chunk.beginRead();
        if (began == 0 || began == chunkSeen) {
            return false;
        }
        long of = chunk.getLong(0);
        long rows = chunk.getLong(8);
        if (rows < 0 || rows > out.capacity()) {
            return false;
        }
        out.begin((int) rows, chunk.getLong(16), chunk.getLong(24), chunk.getLong(32));
        int at = CHUNK_HEADER;
        for (int row = 0; row < rows; row++) {
            for (int element = 0; element < out.actionSize(); element++) {
                out.set(row, element, chunk.getDouble(at));
                at += 8;
            }
        }
        if (!chunk.endRead(began)) {
            return false; // the next cycle finds it whole
        }
        chunkSeen = began;
        return of == episode;
    }

    // ---- observations: controller to policy

    void observe(float[] values, long episode, long tick, long stampNs) {
        long number = words.get(OBSERVED) + 1;
        SharedRecord record = observations.get((int) (number % OBSERVATIONS));
        record.beginWrite();
        record.putLong(0, number);
        record.putLong(8, episode);
        record.putLong(16, tick);
        record.putLong(24, stampNs);
        record.put(OBSERVATION_HEADER, values);
        record.endWrite();
        words.set(OBSERVED, number);
    }

    /** How many observations there have been. */
    long observed() {
        return words.get(OBSERVED);
    }

    /** Copies an observation by its number: values, and episode, tick and stamp; whether it is still there, and whole. */
    boolean observation(long number, float[] values, long[] episodeTickStamp) {
        SharedRecord record = observations.get((int) (number % OBSERVATIONS));
        for (int i = 0; i < MOST_TRIES; i++) {
            long began = record.beginRead();
            boolean wanted = record.getLong(0) == number;
            for (int word = 0; word < episodeTickStamp.length; word++) {
                episodeTickStamp[word] = record.getLong(8L + 8L * word);
            }
            record.get(OBSERVATION_HEADER, values);
            if (record.endRead(began)) {
                return wanted;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    // ---- orders and reports

    long order(Order order) {
        long number = words.get(ORDER_NUMBER) + 1;
        words.set(ORDER, order.ordinal());
        words.set(ORDER_NUMBER, number);
        return number;
    }

    long orderNumber() {
        return words.get(ORDER_NUMBER);
    }

    Order order() {
        return ORDERS[(int) words.get(ORDER)];
    }

    void report(
            long answered,
            boolean running,
            CycleStatus status,
            long startNs,
            long tick,
            long cycles,
            long missedDeadlines,
            EmergencyStop.Cause cause,
            int refusal,
            InterventionCounters counters) {
        report.beginWrite();
        report.putLong(0, answered);
        report.putLong(8, running ? 1 : 0);
        report.putLong(16, status.ordinal());
        report.putLong(24, startNs);
        report.putLong(32, tick);
        report.putLong(40, cycles);
        report.putLong(48, missedDeadlines);
        report.putLong(56, cause.ordinal());
        report.putLong(64, refusal);
        for (int i = 0; i < INTERVENTIONS.length; i++) {
            report.putLong(REPORT_HEADER + 8L * i, counters.get(INTERVENTIONS[i]));
        }
        report.endWrite();
    }

    /**
     * The newest report; empty until a controller has made one, or if it died while it made one. Waits for a controller
     * that is kept from going on in the middle of it.
     */
    Optional<ControllerReport> report() {
        long[] numbers = new long[REPORT_HEADER / 8 + INTERVENTIONS.length];
        for (int i = 0; i < MOST_REPORT_TRIES; i++) {
            long began = report.beginRead();
            if (began == 0) {
                return Optional.empty();
            }
            for (int word = 0; word < numbers.length; word++) {
                numbers[word] = report.getLong(8L * word);
            }
            if (report.endRead(began)) {
                return Optional.of(decode(numbers));
            }
            LockSupport.parkNanos(REPORT_RETRY_NS);
        }
        return Optional.empty();
    }

    private static ControllerReport decode(long[] numbers) {
        Map<Intervention, Long> interventions = new EnumMap<>(Intervention.class);
        for (int i = 0; i < INTERVENTIONS.length; i++) {
            interventions.put(INTERVENTIONS[i], numbers[REPORT_HEADER / 8 + i]);
        }
        int refusal = (int) numbers[8];
        return new ControllerReport(
                numbers[0],
                numbers[1] != 0,
                STATUSES[(int) numbers[2]],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                CAUSES[(int) numbers[7]],
                refusal < 0 ? Optional.empty() : Optional.of(INTERVENTIONS[refusal]),
                interventions);
    }

    /** Hands over the ages of observations so far; the controller's main thread, while it does not run. */
    void publishAges(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int bytes = histogram.encodeIntoCompressedByteBuffer(buffer);
        if (bytes <= MOST_AGES) {
            ages.beginWrite();
            ages.putLong(0, bytes);
            ages.put(8, buffer.array(), bytes);
            ages.endWrite();
        }
    }

    /** The ages of observations when the controller last paused; empty before, or while they are being written. */
    Optional<Histogram> ages() {
        long began = ages.beginRead();
        byte[] bytes = new byte[(int) Math.clamp(ages.getLong(0), 0, MOST_AGES)];
        ages.get(8, bytes);
        if (began == 0 || !ages.endRead(began)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0));
        } catch (DataFormatException e) {
            throw new HardwareException(
                    "the controller handed over ages that cannot be read (" + e.getMessage()
                            + "). Run both ends with the same Tactus.",
                    e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
