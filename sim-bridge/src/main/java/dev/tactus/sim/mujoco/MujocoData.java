package dev.tactus.sim.mujoco;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The state of one simulation: the one owner of an {@code mjData}. One thread at a time. A step and every getter and
 * setter allocate nothing. Views of its arrays die with it: using this object or a view after {@link #close()} is an
 * {@link IllegalStateException}. SI units and radians; quaternions w x y z; poses in the world frame, matrices by rows.
 *
 * <p>Whatever MuJoCo warns of during a call is thrown after it as {@link MujocoWarningException}.
 */
public final class MujocoData implements AutoCloseable {
    private final MujocoModel model;
    private final long modelAddress;
    private final long address;
    private final Arena life = Arena.ofShared();
    private final MemorySegment struct;
    private final MemorySegment arena;
    private final int stateSize;
    private final Map<DataArray, MemorySegment> arrays = new EnumMap<>(DataArray.class);

    private final MemorySegment qpos;
    private final MemorySegment qvel;
    private final MemorySegment qacc;
    private final MemorySegment ctrl;
    private final MemorySegment qfrcApplied;
    private final MemorySegment qfrcBias;
    private final MemorySegment actuatorForce;
    private final MemorySegment xpos;
    private final MemorySegment xquat;
    private final MemorySegment xmat;
    private final MemorySegment siteXpos;
    private final MemorySegment siteXmat;
    private final MemorySegment sensordata;

    MujocoData(MujocoModel model, long address) {
        this.model = model;
        this.address = address;
        modelAddress = model.address();
        stateSize = MujocoFunctions.stateSize(modelAddress, MujocoLayout.STATE_INTEGRATION);
        struct = MemorySegment.ofAddress(address).reinterpret(MujocoLayout.DATA_BYTES, life, null);
        MemorySegment buffer = MemorySegment.ofAddress(struct.get(JAVA_LONG, MujocoLayout.DATA_BUFFER))
                .reinterpret(struct.get(JAVA_LONG, MujocoLayout.DATA_NBUFFER));
        arena = MemorySegment.ofAddress(struct.get(JAVA_LONG, MujocoLayout.DATA_ARENA))
                .reinterpret(struct.get(JAVA_LONG, MujocoLayout.DATA_NARENA), life, null);
        for (DataArray array : DataArray.values()) {
            arrays.put(array, array.field.view(struct, model.struct(), buffer, life));
        }
        qpos = arrays.get(DataArray.QPOS);
        qvel = arrays.get(DataArray.QVEL);
        qacc = arrays.get(DataArray.QACC);
        ctrl = arrays.get(DataArray.CTRL);
        qfrcApplied = arrays.get(DataArray.QFRC_APPLIED);
        qfrcBias = arrays.get(DataArray.QFRC_BIAS);
        actuatorForce = arrays.get(DataArray.ACTUATOR_FORCE);
        xpos = arrays.get(DataArray.XPOS);
        xquat = arrays.get(DataArray.XQUAT);
        xmat = arrays.get(DataArray.XMAT);
        siteXpos = arrays.get(DataArray.SITE_XPOS);
        siteXmat = arrays.get(DataArray.SITE_XMAT);
        sensordata = arrays.get(DataArray.SENSORDATA);
    }

    /** Frees the data; a second call does nothing. */
    @Override
    public void close() {
        if (life.scope().isAlive()) {
            life.close();
            model.forgetData(address);
        }
    }

    /**
     * The model of these data.
     *
     * @return the model
     */
    public MujocoModel model() {
        return model;
    }

    // ---- motion

    /** One time step: {@code mj_step}. Derived quantities (poses, sensors) are those of the state before the step. */
    public void step() {
        MujocoFunctions.step(modelAddress, struct);
        checkWarnings();
    }

    /** The first half of a step, up to where controls are needed: {@code mj_step1}. */
    public void step1() {
        MujocoFunctions.step1(modelAddress, struct);
        checkWarnings();
    }

    /** The second half of a step: {@code mj_step2}. Not for the Runge-Kutta integrator. */
    public void step2() {
        MujocoFunctions.step2(modelAddress, struct);
        checkWarnings();
    }

    /** Computes everything that follows from the state, and does not move it: {@code mj_forward}. */
    public void forward() {
        MujocoFunctions.forward(modelAddress, struct);
        checkWarnings();
    }

    /** Computes the poses of bodies, geoms and sites from the positions alone: {@code mj_kinematics}. */
    public void kinematics() {
        MujocoFunctions.kinematics(modelAddress, struct);
        checkWarnings();
    }

    /** Inverse dynamics of the present {@code qacc} into {@code QFRC_INVERSE}: {@code mj_inverse}. */
    public void inverse() {
        MujocoFunctions.inverse(modelAddress, struct);
        checkWarnings();
    }

    /** Back to the model's initial state; nothing is forwarded. */
    public void reset() {
        MujocoFunctions.reset(modelAddress, struct);
    }

    /**
     * To the state of a keyframe; nothing is forwarded.
     *
     * @param keyframe its id ({@link MujocoModel#keyframeId})
     */
    public void resetToKeyframe(int keyframe) {
        checkId(MujocoObject.KEYFRAME, keyframe);
        MujocoFunctions.resetKeyframe(modelAddress, struct, keyframe);
    }

    /** Counters are cleared by MuJoCo on reset only, so a sum that is not zero is news. */
    private void checkWarnings() {
        int warnings = 0;
        for (int kind = 0; kind < MujocoLayout.WARNINGS; kind++) {
            warnings |= struct.get(JAVA_INT, warningOffset(kind) + MujocoLayout.WARNING_NUMBER);
        }
        if (warnings != 0) {
            throwWarning();
        }
    }

    private void throwWarning() {
        MujocoWarningException first = null;
        for (int kind = 0; kind < MujocoLayout.WARNINGS; kind++) {
            long at = warningOffset(kind);
            if (struct.get(JAVA_INT, at + MujocoLayout.WARNING_NUMBER) != 0 && first == null) {
                first = new MujocoWarningException(
                        MujocoWarningException.Kind.values()[kind],
                        model.file().toString(),
                        struct.get(JAVA_INT, at + MujocoLayout.WARNING_LASTINFO),
                        time(),
                        MujocoHandlers.lastWarning());
            }
            struct.set(JAVA_INT, at + MujocoLayout.WARNING_NUMBER, 0);
        }
        throw first;
    }

    private static long warningOffset(int kind) {
        return MujocoLayout.DATA_WARNING + kind * MujocoLayout.WARNING_BYTES;
    }

    // ---- state

    /**
     * Simulated time.
     *
     * @return seconds since reset
     */
    public double time() {
        return struct.get(JAVA_DOUBLE, MujocoLayout.DATA_TIME);
    }

    /**
     * A zero-copy, writable view of an array, in MuJoCo's own memory. An array without elements is
     * {@link MemorySegment#NULL}.
     *
     * @param array which
     * @return all its elements, by rows
     */
    public MemorySegment array(DataArray array) {
        return arrays.get(array);
    }

    /**
     * A generalised position.
     *
     * @param index place in {@code qpos} ({@link MujocoModel#qposIndex})
     * @return metres, radians or a quaternion's component
     */
    public double qpos(int index) {
        return qpos.getAtIndex(JAVA_DOUBLE, index);
    }

    /**
     * Sets a generalised position.
     *
     * @param index place in {@code qpos}
     * @param value metres, radians or a quaternion's component
     */
    public void setQpos(int index, double value) {
        qpos.setAtIndex(JAVA_DOUBLE, index, value);
    }

    /**
     * A generalised velocity.
     *
     * @param dof degree of freedom ({@link MujocoModel#dofIndex})
     * @return m/s or rad/s
     */
    public double qvel(int dof) {
        return qvel.getAtIndex(JAVA_DOUBLE, dof);
    }

    /**
     * Sets a generalised velocity.
     *
     * @param dof degree of freedom
     * @param value m/s or rad/s
     */
    public void setQvel(int dof, double value) {
        qvel.setAtIndex(JAVA_DOUBLE, dof, value);
    }

    /**
     * A generalised acceleration.
     *
     * @param dof degree of freedom
     * @return m/s² or rad/s²
     */
    public double qacc(int dof) {
        return qacc.getAtIndex(JAVA_DOUBLE, dof);
    }

    /**
     * A control.
     *
     * @param index place in {@code ctrl} ({@link MujocoModel#ctrlIndex})
     * @return in the actuator's unit
     */
    public double ctrl(int index) {
        return ctrl.getAtIndex(JAVA_DOUBLE, index);
    }

    /**
     * Sets a control.
     *
     * @param index place in {@code ctrl}
     * @param value in the actuator's unit
     */
    public void setCtrl(int index, double value) {
        ctrl.setAtIndex(JAVA_DOUBLE, index, value);
    }

    /**
     * Sets a generalised force that acts beside the actuators.
     *
     * @param dof degree of freedom
     * @param value N or Nm
     */
    public void setQfrcApplied(int dof, double value) {
        qfrcApplied.setAtIndex(JAVA_DOUBLE, dof, value);
    }

    /**
     * The bias force: gravity, Coriolis and centrifugal forces.
     *
     * @param dof degree of freedom
     * @return N or Nm
     */
    public double qfrcBias(int dof) {
        return qfrcBias.getAtIndex(JAVA_DOUBLE, dof);
    }

    /**
     * The force of an actuator.
     *
     * @param output place in {@code actuator_force}
     * @return in the actuator's unit of force
     */
    public double actuatorForce(int output) {
        return actuatorForce.getAtIndex(JAVA_DOUBLE, output);
    }

    /**
     * Position of a body's frame.
     *
     * @param body its id
     * @param axis 0 x, 1 y, 2 z
     * @return metres, world frame
     */
    public double xpos(int body, int axis) {
        return xpos.getAtIndex(JAVA_DOUBLE, 3L * body + axis);
    }

    /**
     * Orientation of a body's frame.
     *
     * @param body its id
     * @param component 0 w, 1 x, 2 y, 3 z
     * @return the quaternion's component
     */
    public double xquat(int body, int component) {
        return xquat.getAtIndex(JAVA_DOUBLE, 4L * body + component);
    }

    /**
     * Orientation of a body's frame.
     *
     * @param body its id
     * @param entry 3 times row plus column
     * @return the matrix's entry
     */
    public double xmat(int body, int entry) {
        return xmat.getAtIndex(JAVA_DOUBLE, 9L * body + entry);
    }

    /**
     * Position of a site.
     *
     * @param site its id
     * @param axis 0 x, 1 y, 2 z
     * @return metres, world frame
     */
    public double siteXpos(int site, int axis) {
        return siteXpos.getAtIndex(JAVA_DOUBLE, 3L * site + axis);
    }

    /**
     * Orientation of a site.
     *
     * @param site its id
     * @param entry 3 times row plus column
     * @return the matrix's entry
     */
    public double siteXmat(int site, int entry) {
        return siteXmat.getAtIndex(JAVA_DOUBLE, 9L * site + entry);
    }

    /**
     * A sensor's value.
     *
     * @param index place in {@code sensordata}
     * @return in the sensor's unit
     */
    public double sensordata(int index) {
        return sensordata.getAtIndex(JAVA_DOUBLE, index);
    }

    // ---- dynamics

    /**
     * Jacobian of a site ({@code mj_jacSite}); positions must be forwarded.
     *
     * @param site its id
     * @param linear gets 3 x nv, by rows; native memory
     * @param angular gets 3 x nv, by rows; native memory
     */
    public void jacSite(int site, MemorySegment linear, MemorySegment angular) {
        checkId(MujocoObject.SITE, site);
        checkRoom(linear, 3L * model.nv());
        checkRoom(angular, 3L * model.nv());
        MujocoFunctions.jacSite(modelAddress, struct, linear, angular, site);
    }

    /**
     * Jacobian of a body's frame ({@code mj_jacBody}); positions must be forwarded.
     *
     * @param body its id
     * @param linear gets 3 x nv, by rows; native memory
     * @param angular gets 3 x nv, by rows; native memory
     */
    public void jacBody(int body, MemorySegment linear, MemorySegment angular) {
        checkId(MujocoObject.BODY, body);
        checkRoom(linear, 3L * model.nv());
        checkRoom(angular, 3L * model.nv());
        MujocoFunctions.jacBody(modelAddress, struct, linear, angular, body);
    }

    /**
     * The joint-space inertia matrix ({@code mj_fullM}), armature included; positions must be forwarded.
     *
     * @param out gets nv x nv; native memory
     */
    public void fullMassMatrix(MemorySegment out) {
        checkRoom(out, (long) model.nv() * model.nv());
        MujocoFunctions.fullM(modelAddress, struct, out);
    }

    /**
     * How many contacts the last forward or step found.
     *
     * @return the number
     */
    public int contactCount() {
        return struct.get(JAVA_INT, MujocoLayout.DATA_NCON);
    }

    /**
     * One of the two geoms of a contact.
     *
     * @param contact 0 to {@link #contactCount()} less one
     * @param side 0 or 1; the normal points from 0 to 1
     * @return the geom's id, -1 if that side is no geom
     */
    public int contactGeom(int contact, int side) {
        Objects.checkIndex(side, 2);
        return arena.get(JAVA_INT, contactOffset(contact) + MujocoLayout.CONTACT_GEOM + 4L * side);
    }

    /**
     * Distance between the two geoms of a contact.
     *
     * @param contact 0 to {@link #contactCount()} less one
     * @return metres; negative is penetration
     */
    public double contactDistance(int contact) {
        return arena.get(JAVA_DOUBLE, contactOffset(contact) + MujocoLayout.CONTACT_DIST);
    }

    /**
     * Force and torque of a contact ({@code mj_contactForce}), in the contact's frame: x is the normal.
     *
     * @param contact 0 to {@link #contactCount()} less one
     * @param out gets 6 doubles, N and Nm; native memory
     */
    public void contactForce(int contact, MemorySegment out) {
        checkRoom(out, 6);
        Objects.checkIndex(contact, contactCount());
        MujocoFunctions.contactForce(modelAddress, struct, contact, out);
    }

    /** Contacts move inside MuJoCo's arena from step to step; the arena itself stays. */
    private long contactOffset(int contact) {
        Objects.checkIndex(contact, contactCount());
        long first = struct.get(JAVA_LONG, MujocoLayout.DATA_CONTACT) - arena.address();
        return first + contact * MujocoLayout.CONTACT_BYTES;
    }

    // ---- snapshots

    /**
     * Makes room for a snapshot of data of this model.
     *
     * @return the snapshot, empty
     */
    public MujocoSnapshot newSnapshot() {
        return new MujocoSnapshot(stateSize);
    }

    /**
     * Copies the state into a snapshot.
     *
     * @param snapshot made for data of the same model
     */
    public void save(MujocoSnapshot snapshot) {
        checkRoom(snapshot.state(), stateSize);
        MujocoFunctions.getState(modelAddress, struct, snapshot.state(), MujocoLayout.STATE_INTEGRATION);
    }

    /**
     * Sets the state from a snapshot. The same steps from here give the same bits; derived quantities are those of
     * before until the next forward or step.
     *
     * @param snapshot made for data of the same model
     */
    public void restore(MujocoSnapshot snapshot) {
        checkRoom(snapshot.state(), stateSize);
        MujocoFunctions.setState(modelAddress, struct, snapshot.state(), MujocoLayout.STATE_INTEGRATION);
    }

    private void checkId(MujocoObject kind, int id) {
        if (id < 0 || id >= model.count(kind)) {
            throw new IndexOutOfBoundsException(
                    kind.word + " id " + id + "; " + model.file() + " has " + model.count(kind));
        }
    }

    private static void checkRoom(MemorySegment out, long doubles) {
        if (!out.isNative() || out.byteSize() < doubles * Double.BYTES) {
            throw new IllegalArgumentException("needs native memory for " + doubles + " doubles, got " + out.byteSize()
                    + (out.isNative() ? " bytes" : " bytes on the heap"));
        }
    }
}
