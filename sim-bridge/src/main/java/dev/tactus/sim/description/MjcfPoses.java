package dev.tactus.sim.description;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Every link that is a body or a site has the same pose in the root's frame, in our kinematics and in MuJoCo's. */
final class MjcfPoses {
    private static final double TOLERANCE = 1e-9;

    private final MujocoModel model;
    private final RobotConfig robot;
    private final KinematicTree tree;
    private final Differences differences;
    private final List<Integer> moving = new ArrayList<>();
    private final MultibodyModel ours;
    private final FrameKinematics kinematics;
    /** Of each link: the id of its body or site; -1 where it is neither. */
    private final int[] places;

    private final boolean[] sites;
    private final double[] worst;
    private double position;
    private double rotation;

    MjcfPoses(MujocoModel model, RobotConfig robot, KinematicTree tree, Differences differences) {
        this.model = model;
        this.robot = robot;
        this.tree = tree;
        this.differences = differences;
        List<String> names = new ArrayList<>();
        for (int link = 0; link < tree.links(); link++) {
            if (tree.jointType(link) != JointType.FIXED) {
                moving.add(link);
                names.add(tree.jointName(link));
            }
        }
        ours = MultibodyModel.fixed(tree, names);
        kinematics = new FrameKinematics(ours);
        places = new int[tree.links()];
        sites = new boolean[tree.links()];
        worst = new double[tree.links()];
        find();
    }

    private void find() {
        List<String> bodies = model.names(MujocoObject.BODY);
        List<String> siteNames = model.names(MujocoObject.SITE);
        for (int link = 0; link < places.length; link++) {
            String name = tree.linkName(link);
            sites[link] = !bodies.contains(name);
            places[link] =
                    bodies.contains(name) ? model.bodyId(name) : siteNames.contains(name) ? model.siteId(name) : -1;
        }
        robot.toolFrame().filter(tree::hasLink).ifPresent(tool -> {
            if (places[tree.link(tool)] < 0) {
                differences.add("tool frame '" + tool + "' of robot.yaml is neither body nor site");
            }
        });
    }

    void compare(int poses, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] q = new double[moving.size()];
        try (MujocoData data = model.newData()) {
            atOrigin(data);
            for (int n = 0; n < poses; n++) {
                for (int i = 0; i < q.length; i++) {
                    int link = moving.get(i);
                    boolean endless = tree.jointType(link) == JointType.CONTINUOUS;
                    q[i] = random.nextDouble(
                            endless ? -Math.PI : tree.positionMin(link), endless ? Math.PI : tree.positionMax(link));
                    data.setQpos(model.qposIndex(tree.jointName(link)), q[i]);
                }
                data.kinematics();
                kinematics.update(q);
                for (int link = 0; link < places.length; link++) {
                    compare(link, data);
                }
            }
        }
        for (int link = 0; link < places.length; link++) {
            if (!(worst[link] <= TOLERANCE)) {
                differences.add("pose of '" + tree.linkName(link) + "' deviates from the URDF's by " + worst[link]
                        + " (m, or element of the rotation matrix)");
            }
        }
    }

    /** A free base is put where the URDF's root is: at the origin, unturned. */
    private void atOrigin(MujocoData data) {
        for (int joint = 0; joint < model.count(MujocoObject.JOINT); joint++) {
            int at = model.integer(ModelArray.JNT_QPOSADR, joint);
            if (model.integer(ModelArray.JNT_TYPE, joint) == 0) {
                for (int k = 0; k < 7; k++) {
                    data.setQpos(at + k, k == 3 ? 1 : 0); // x y z, then w x y z
                }
            }
        }
    }

    private void compare(int link, MujocoData data) {
        int place = places[link];
        if (place < 0) {
            return;
        }
        int frame = ours.frame(tree.linkName(link));
        for (int k = 0; k < 3; k++) {
            double theirs = sites[link] ? data.siteXpos(place, k) : data.xpos(place, k);
            double deviation = Math.abs(theirs - kinematics.position(frame, k));
            position = Math.max(position, deviation);
            worst[link] = Math.max(worst[link], deviation);
        }
        for (int k = 0; k < 9; k++) {
            double theirs = sites[link] ? data.siteXmat(place, k) : data.xmat(place, k);
            double deviation = Math.abs(theirs - kinematics.rotation(frame, k));
            rotation = Math.max(rotation, deviation);
            worst[link] = Math.max(worst[link], deviation);
        }
    }

    /** Greatest deviation of a coordinate, m. */
    double position() {
        return position;
    }

    /** Greatest deviation of an element of a rotation matrix. */
    double rotation() {
        return rotation;
    }
}
