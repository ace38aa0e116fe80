package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a robot's process and its controller's meet. The robot's side makes the file {@value #FILE} in the port's folder:
 *
 * <ul>
 *   <li><b>state</b>, robot to controller, once a cycle, and whatever else the robot's side perceives;
 *   <li><b>command</b>, controller to robot, numbered;
 *   <li><b>heartbeat</b>, controller to watchdog: a counter and a stamp a cycle, and the process that is in command;
 *   <li><b>override</b>, from anybody (watchdog, controller, a person) to robot: HOLD or DAMP. The first one stays, above
 *       every command, until somebody releases it;
 *   <li><b>watchdog</b>: that somebody watches.
 * </ul>
 *
 * <p>Stamps are {@link System#nanoTime}, which all processes of one machine share (CLOCK_MONOTONIC). Nothing but opening
 * and closing allocates, locks or throws.
 */
public final class RobotPort implements AutoCloseable {
    /** The file's name in the port's folder. */
    public static final String FILE = "robot.port";

    /** Who asked for an override. */
    public enum Cause {
        /** A person or a program. */
        REQUEST,
        /** The watchdog: the controller's process is gone. */
        CONTROLLER_GONE,
        /** The watchdog: the controller's process is there, but its heart does not beat. */
        HEARTBEAT_STOPPED
    }

    private static final String ROBOT = "robot ";
    private static final int RECORD_VERSION = 1;
    private static final int MOST_TRIES = 16;
    /** Who has published nothing for so long serves no robot. */
    private static final long FRESH_NS = 500_000_000L;

    private static final StopKind[] KINDS = StopKind.values();
    private static final Cause[] CAUSES = Cause.values();

    // words
    private static final int BEATS = 0;
    private static final int BEAT_NS = 1;
    private static final int IN_COMMAND = 2;
    private static final int COMMAND_FROM = 3;
    private static final int ORDER = 0;
    private static final int ORDER_NS = 1;
    private static final int WATCH_NS = 0;
    private static final int WATCHER = 1;
    private static final int ROBOT_PROCESS = 2;
    private static final int STATE_NS = 3;

    private final PortFile file;
    private final Content content;
    private final int perceived;

    private record Content(
            StateRecord state,
            CommandRecord command,
            SharedRecord perception,
            SharedWords heartbeat,
            SharedWords override,
            SharedWords presence) {}

    private RobotPort(PortFile.Opened<Content> opened, int perceived) {
        this.file = opened.file();
        this.content = opened.content();
        this.perceived = perceived;
    }

    /**
     * Makes the port: the robot's side.
     *
     * @param folder the port's folder
     * @param robot the robot
     * @param perceived numbers that the robot's side perceives beside the state, 0 for none
     * @return the port
     * @throws HardwareException if another robot's process publishes at that port
     */
    public static RobotPort create(Path folder, RobotConfig robot, int perceived) {
        long other = publisher(folder);
        if (other != 0 && other != ProcessHandle.current().pid()) {
            throw new HardwareException("process " + other + " serves a robot at port " + folder
                    + " already. End it first, or name another folder.");
        }
        int joints = robot.joints().size();
        RobotPort port = new RobotPort(
                PortFile.create(folder.resolve(FILE), text(robot, perceived), layout(joints, perceived)), perceived);
        port.content.presence().set(ROBOT_PROCESS, ProcessHandle.current().pid());
        return port;
    }

    /** The process that publishes a robot's state at a folder's port now; 0 if none does. */
    private static long publisher(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            return 0;
        }
        try (RobotPort there = open(folder, RobotCatalogue.load(robotAt(folder)))) {
            boolean fresh = System.nanoTime() - there.stateNs() < FRESH_NS;
            return fresh && isAlive(there.robotProcess()) ? there.robotProcess() : 0;
        } catch (HardwareException | BadInputException foreign) {
            return 0; // what is no port, or of no robot here, is nobody's
        }
    }

    /**
     * Opens the port that the robot's side made.
     *
     * @param folder the port's folder
     * @param robot the robot that it must be of
     * @return the port
     * @throws BadInputException if it is another robot's
     * @throws HardwareException if there is none, or it is foreign or damaged
     */
    public static RobotPort open(Path folder, RobotConfig robot) {
        String owner = robotAt(folder);
        if (!owner.equals(robot.name())) {
            throw new BadInputException("port " + folder + " is of " + owner + ", not of " + robot.name()
                    + ". Give both ends the same robot.");
        }
        Path path = folder.resolve(FILE);
        int perceived = perceivedOf(PortFile.text(path));
        int joints = robot.joints().size();
        return new RobotPort(PortFile.open(path, text(robot, perceived), layout(joints, perceived)), perceived);
    }

    /**
     * Whose port a folder has.
     *
     * @param folder the port's folder
     * @return the robot's name
     * @throws HardwareException if there is none, or it is foreign or damaged
     */
    public static String robotAt(Path folder) {
        String text = PortFile.text(folder.resolve(FILE));
        if (!text.startsWith(ROBOT)) {
            throw new HardwareException(folder.resolve(FILE) + " is no robot's port. Name another folder.");
        }
        return text.substring(ROBOT.length(), text.indexOf('\n'));
    }

    private static String text(RobotConfig robot, int perceived) {
        return ROBOT + robot.name() + "\njoints " + String.join(" ", robot.jointNames()) + "\nperceived " + perceived;
    }

    private static int perceivedOf(String text) {
        int from = text.lastIndexOf(' ') + 1;
        try {
            return Integer.parseInt(text.substring(from));
        } catch (NumberFormatException e) {
            return 0; // another kind of port, which opening refuses
        }
    }

    private static PortFile.Layout<Content> layout(int joints, int perceived) {
        return file -> new Content(
                new StateRecord(file, joints),
                new CommandRecord(file, joints),
                file.record(RECORD_VERSION, 8 + 4L * perceived),
                file.words(4),
                file.words(2),
                file.words(4));
    }

    /**
     * How many numbers the robot's side perceives beside the state.
     *
     * @return numbers
     */
    public int perceived() {
        return perceived;
    }

    // ---- state: robot to controller

    void publish(RobotState state, long nowNs) {
        content.state().put(state);
        content.presence().set(STATE_NS, nowNs);
    }

    /**
     * Copies the newest state.
     *
     * @param state filled if the answer is yes
     * @return whether there was one that is whole
     */
    public boolean read(RobotState state) {
        return content.state().get(state);
    }

    /** When the robot's side last published a state, ns. */
    long stateNs() {
        return content.presence().get(STATE_NS);
    }

    /** The robot's process. */
    long robotProcess() {
        return content.presence().get(ROBOT_PROCESS);
    }

    /**
     * Publishes what the robot's side perceives beside the state.
     *
     * @param values as many as the port was made for
     * @param stampNs when, ns
     */
    public void publishPerception(float[] values, long stampNs) {
        SharedRecord record = content.perception();
        record.beginWrite();
        record.putLong(0, stampNs);
        record.put(8, values);
        record.endWrite();
    }

    /**
     * Copies what the robot's side perceives beside the state.
     *
     * @param values filled if the answer is yes
     * @return whether there was something whole
     */
    public boolean readPerception(float[] values) {
        SharedRecord record = content.perception();
        for (int i = 0; i < MOST_TRIES; i++) {
            long began = record.beginRead();
            if (began == 0) {
                return false;
            }
            record.get(8, values);
            if (record.endRead(began)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    // ---- command: controller to robot

    /** The commands, one after the other in the same place. */
    CommandRecord commands() {
        return content.command();
    }

    // ---- heartbeat: controller to watchdog

    /** The controller takes command: commands after the last one count, and its heart is watched. */
    void takeCommand(long process, long nowNs) {
        content.heartbeat().set(COMMAND_FROM, content.command().last());
        beat(nowNs);
        content.heartbeat().set(IN_COMMAND, process);
    }

    /** The controller gives command back, in good order. */
    void giveUpCommand() {
        content.heartbeat().set(IN_COMMAND, 0);
    }

    void beat(long nowNs) {
        content.heartbeat().set(BEAT_NS, nowNs);
        content.heartbeat().set(BEATS, content.heartbeat().get(BEATS) + 1);
    }

    /**
     * The process that is in command.
     *
     * @return its id, or 0 if none is
     */
    public long inCommand() {
        return content.heartbeat().get(IN_COMMAND);
    }

    /** The command after which commands of the process in command begin. */
    long commandFrom() {
        return content.heartbeat().get(COMMAND_FROM);
    }

    /**
     * The heart beats so far.
     *
     * @return beats
     */
    public long beats() {
        return content.heartbeat().get(BEATS);
    }

    /**
     * When the heart last beat.
     *
     * @return ns
     */
    public long beatNs() {
        return content.heartbeat().get(BEAT_NS);
    }

    // ---- override: anybody to robot

    /**
     * Has the robot's side stop, whatever is commanded, until {@link #release}. The first override stays.
     *
     * @param kind how
     * @param cause why
     * @param nowNs the time, ns
     * @return whether this is the first
     */
    public boolean override(StopKind kind, Cause cause, long nowNs) {
        long order = 1 + kind.ordinal() + ((long) cause.ordinal() << 8);
        if (!content.override().compareAndSet(ORDER, 0, order)) {
            return false;
        }
        content.override().set(ORDER_NS, nowNs);
        return true;
    }

    /**
     * Whether an override is latched.
     *
     * @return whether it is
     */
    public boolean overridden() {
        return content.override().get(ORDER) != 0;
    }

    /**
     * How the robot shall stop.
     *
     * @return the override's kind; HOLD if none is latched
     */
    public StopKind overrideKind() {
        return KINDS[(int) Math.clamp((content.override().get(ORDER) & 0xff) - 1, 0, KINDS.length - 1)];
    }

    /**
     * Why the robot shall stop.
     *
     * @return the override's cause; REQUEST if none is latched
     */
    public Cause overrideCause() {
        return CAUSES[(int) Math.clamp(content.override().get(ORDER) >> 8, 0, CAUSES.length - 1)];
    }

    /**
     * When the last override was written.
     *
     * @return ns
     */
    public long overrideNs() {
        return content.override().get(ORDER_NS);
    }

    /**
     * Releases the override: somebody's explicit wish, never a program's own. A process that died in command is in command
     * no longer. Not for the control thread.
     */
    public void release() {
        long controller = inCommand();
        if (controller != 0 && !isAlive(controller)) {
            content.heartbeat().compareAndSet(IN_COMMAND, controller, 0); // or the watchdog would stop it again at once
        }
        content.override().set(ORDER, 0);
    }

    static boolean isAlive(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    // ---- watchdog

    /** The watchdog says that it watches. */
    void watch(long process, long nowNs) {
        content.presence().set(WATCHER, process);
        content.presence().set(WATCH_NS, nowNs);
    }

    /**
     * When the watchdog last looked.
     *
     * @return ns, 0 if none ever did
     */
    public long watchNs() {
        return content.presence().get(WATCH_NS);
    }

    @Override
    public void close() {
        file.close();
    }
}
