package dev.tactus.sim.mujoco;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tactus.policies.command.BadInputException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compiled MuJoCo model: the one owner of an {@code mjModel}. Any number of {@link MujocoData} step it, each in its own
 * thread; whoever writes into its arrays does so while none of them steps. Views of its arrays die with it: using one
 * after {@link #close()} is an {@link IllegalStateException}.
 */
public final class MujocoModel implements AutoCloseable {
    private static final int ERROR_BYTES = 2048;
    private static final Pattern LINE = Pattern.compile("[Ll]ine(?: number=| )(\\d+)");

    private final Path file;
    private final long address;
    private final Arena life = Arena.ofShared();
    private final MemorySegment struct;
    private final Map<ModelArray, MemorySegment> arrays = new EnumMap<>(ModelArray.class);

    private int liveData;
    private boolean closed;

    private MujocoModel(Path file, long address) {
        this.file = file;
        this.address = address;
        struct = MemorySegment.ofAddress(address).reinterpret(MujocoLayout.MODEL_BYTES, life, null);
        MemorySegment buffer = MemorySegment.ofAddress(struct.get(JAVA_LONG, MujocoLayout.MODEL_BUFFER))
                .reinterpret(struct.get(JAVA_LONG, MujocoLayout.MODEL_NBUFFER));
        for (ModelArray array : ModelArray.values()) {
            arrays.put(array, array.field.view(struct, struct, buffer, life));
        }
    }

    /**
     * Reads and compiles an MJCF or URDF file.
     *
     * @param mjcf the file
     * @return the model; the caller closes it
     * @throws BadInputException if the file is absent, malformed, or MuJoCo warns about it; with MuJoCo's own message
     */
    public static MujocoModel load(Path mjcf) {
        if (!Files.isReadable(mjcf) || Files.isDirectory(mjcf)) {
            throw new BadInputException("The model " + mjcf + " is no readable file. Name an MJCF (.xml) file.");
        }
        MujocoLibrary.load();
        try (Arena call = Arena.ofConfined()) {
            MemorySegment error = call.allocate(ERROR_BYTES);
            long address = MujocoFunctions.loadXml(
                    call.allocateFrom(mjcf.toAbsolutePath().toString()), error);
            String said = error.getString(0).strip();
            if (address == 0) {
                throw new BadInputException(place(mjcf, said) + ": the model is malformed. MuJoCo says: " + said);
            }
            MujocoModel model = new MujocoModel(mjcf, address);
            try {
                model.refuseDoubtful(said);
                return model;
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        }
    }

    /** MuJoCo loads some models that cannot be stepped, and says nothing. */
    private void refuseDoubtful(String warning) {
        if (!warning.isEmpty()) {
            throw new BadInputException(place(file, warning) + ": MuJoCo warns about this model: " + warning);
        }
        if (!(timestep() > 0 && Double.isFinite(timestep()))) {
            throw new BadInputException(
                    file + ": option timestep is " + timestep() + "; it must be above 0 (seconds, usually 0.001).");
        }
    }

    /** File and line, as an editor understands them. MuJoCo has two ways of saying the line. */
    private static String place(Path file, String said) {
        Matcher line = LINE.matcher(said);
        return line.find() ? file + ":" + line.group(1) : file.toString();
    }

    /**
     * Makes data for this model, in its initial state and not yet forwarded.
     *
     * @return the data; the caller closes it, before this model
     */
    public synchronized MujocoData newData() {
        long data = MujocoFunctions.makeData(address());
        if (data == 0) {
            throw new IllegalStateException("MuJoCo has no memory for data of " + file);
        }
        liveData++;
        return new MujocoData(this, data);
    }

    synchronized void forgetData(long data) {
        MujocoFunctions.deleteData(data);
        liveData--;
    }

    /**
     * Frees the model; a second call does nothing.
     *
     * @throws IllegalStateException if data of this model are still open, or another thread is inside it
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (liveData > 0) {
            throw new IllegalStateException(
                    liveData + " MujocoData of " + file + " are still open: close them before their model");
        }
        life.close();
        closed = true;
        MujocoFunctions.deleteModel(address);
    }

    /** The native address, for a call; refused after close. */
    long address() {
        if (!life.scope().isAlive()) {
            throw new IllegalStateException("the model " + file + " is closed");
        }
        return address;
    }

    MemorySegment struct() {
        return struct;
    }

    /**
     * The file that the model was read from.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /**
     * Length of the position vector.
     *
     * @return {@code nq}
     */
    public int nq() {
        return size(MujocoLayout.MODEL_NQ);
    }

    /**
     * Number of degrees of freedom.
     *
     * @return {@code nv}
     */
    public int nv() {
        return size(MujocoLayout.MODEL_NV);
    }

    /**
     * Number of controls.
     *
     * @return {@code nu}
     */
    public int nu() {
        return size(MujocoLayout.MODEL_NU);
    }

    /**
     * Length of the sensor vector.
     *
     * @return {@code nsensordata}
     */
    public int nsensordata() {
        return size(MujocoLayout.MODEL_NSENSORDATA);
    }

    /**
     * How many things of a kind the model has; their ids are 0 to this number less one.
     *
     * @param kind the kind
     * @return the number
     */
    public int count(MujocoObject kind) {
        return size(kind.countOffset);
    }

    private int size(long offset) {
        return Math.toIntExact(struct.get(JAVA_LONG, offset));
    }

    /**
     * The physics time step.
     *
     * @return seconds
     */
    public double timestep() {
        return struct.get(JAVA_DOUBLE, MujocoLayout.OPT_TIMESTEP);
    }

    /**
     * Mass of all bodies, the world's included.
     *
     * @return kilograms
     */
    public double totalMass() {
        return MujocoFunctions.totalMass(address());
    }

    /**
     * A zero-copy, writable view of an array, in MuJoCo's own memory. An array without elements is
     * {@link MemorySegment#NULL}.
     *
     * @param array which
     * @return all its elements, by rows
     */
    public MemorySegment array(ModelArray array) {
        return arrays.get(array);
    }

    /**
     * An element of an array of doubles.
     *
     * @param array which
     * @param index row times columns plus column
     * @return the element
     */
    public double real(ModelArray array, long index) {
        return arrays.get(array).getAtIndex(JAVA_DOUBLE, index);
    }

    /**
     * An element of an array of ints.
     *
     * @param array which
     * @param index row times columns plus column
     * @return the element
     */
    public int integer(ModelArray array, long index) {
        return arrays.get(array).getAtIndex(JAVA_INT, index);
    }

    /**
     * The id of a body.
     *
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int bodyId(String name) {
        return id(MujocoObject.BODY, name);
    }

    /**
     * The id of a joint; its places are {@code JNT_QPOSADR} and {@code JNT_DOFADR} of {@link ModelArray}.
     *
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int jointId(String name) {
        return id(MujocoObject.JOINT, name);
    }

    /**
     * Where a joint's first coordinate stands in {@code qpos}.
     *
     * @param joint the joint's name in the MJCF
     * @return the index
     * @throws BadInputException if there is no such joint, with the names that there are
     */
    public int qposIndex(String joint) {
        return integer(ModelArray.JNT_QPOSADR, jointId(joint));
    }

    /**
     * Where a joint's first degree of freedom stands in {@code qvel} and in the generalised forces.
     *
     * @param joint the joint's name in the MJCF
     * @return the index
     * @throws BadInputException if there is no such joint, with the names that there are
     */
    public int dofIndex(String joint) {
        return integer(ModelArray.JNT_DOFADR, jointId(joint));
    }

    /**
     * Where an actuator's first control stands in {@code ctrl}.
     *
     * @param actuator the actuator's name in the MJCF
     * @return the index
     * @throws BadInputException if there is no such actuator, with the names that there are
     */
    public int ctrlIndex(String actuator) {
        return integer(ModelArray.ACTUATOR_CTRLADR, id(MujocoObject.ACTUATOR, actuator));
    }

    /**
     * The id of a site.
     *
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int siteId(String name) {
        return id(MujocoObject.SITE, name);
    }

    /**
     * The id of a geom.
     *
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int geomId(String name) {
        return id(MujocoObject.GEOM, name);
    }

    /**
     * The id of a keyframe.
     *
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int keyframeId(String name) {
        return id(MujocoObject.KEYFRAME, name);
    }

    /**
     * The id of a named thing.
     *
     * @param kind its kind
     * @param name its name in the MJCF
     * @return the id
     * @throws BadInputException if there is none, with the names that there are
     */
    public int id(MujocoObject kind, String name) {
        try (Arena call = Arena.ofConfined()) {
            int id = MujocoFunctions.nameToId(address(), kind.code, call.allocateFrom(name));
            if (id < 0) {
                throw new BadInputException("The model " + file + " has no " + kind.word + " \"" + name + "\"; it has "
                        + (names(kind).isEmpty() ? "none with a name" : String.join(", ", names(kind))) + ".");
            }
            return id;
        }
    }

    /**
     * The name of a thing.
     *
     * @param kind its kind
     * @param id its id
     * @return the name; empty if the MJCF gives none
     */
    public String name(MujocoObject kind, int id) {
        if (id < 0 || id >= count(kind)) {
            throw new IndexOutOfBoundsException(kind.word + " id " + id + " of " + count(kind));
        }
        long text = MujocoFunctions.idToName(address(), kind.code, id);
        return text == 0
                ? ""
                : MemorySegment.ofAddress(text).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /**
     * The names of all things of a kind that have one, by id.
     *
     * @param kind the kind
     * @return the names
     */
    public List<String> names(MujocoObject kind) {
        List<String> names = new ArrayList<>();
        for (int id = 0; id < count(kind); id++) {
            String name = name(kind, id);
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
