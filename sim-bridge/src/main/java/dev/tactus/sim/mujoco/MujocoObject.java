package dev.tactus.sim.mujoco;

/** The kinds of named things in a model. */
public enum MujocoObject {
    /** A body. */
    BODY("body", MujocoLayout.OBJ_BODY, MujocoLayout.MODEL_NBODY),
    /** A joint. */
    JOINT("joint", MujocoLayout.OBJ_JOINT, MujocoLayout.MODEL_NJNT),
    /** A geom. */
    GEOM("geom", MujocoLayout.OBJ_GEOM, MujocoLayout.MODEL_NGEOM),
    /** A site. */
    SITE("site", MujocoLayout.OBJ_SITE, MujocoLayout.MODEL_NSITE),
    /** A camera. */
    CAMERA("camera", MujocoLayout.OBJ_CAMERA, MujocoLayout.MODEL_NCAM),
    /** An equality constraint. */
    EQUALITY("equality constraint", MujocoLayout.OBJ_EQUALITY, MujocoLayout.MODEL_NEQ),
    /** A tendon. */
    TENDON("tendon", MujocoLayout.OBJ_TENDON, MujocoLayout.MODEL_NTENDON),
    /** An actuator. */
    ACTUATOR("actuator", MujocoLayout.OBJ_ACTUATOR, MujocoLayout.MODEL_NACTUATOR),
    /** A sensor. */
    SENSOR("sensor", MujocoLayout.OBJ_SENSOR, MujocoLayout.MODEL_NSENSOR),
    /** A keyframe. */
    KEYFRAME("keyframe", MujocoLayout.OBJ_KEY, MujocoLayout.MODEL_NKEY),
    /** A height field. */
    HEIGHT_FIELD("height field", MujocoLayout.OBJ_HFIELD, MujocoLayout.MODEL_NHFIELD);

    final String word;
    final int code;
    final long countOffset;

    MujocoObject(String word, int code, long countOffset) {
        this.word = word;
        this.code = code;
        this.countOffset = countOffset;
    }
}
