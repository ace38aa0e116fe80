// Written by sim-bridge/tools/generate_layout.sh from MuJoCo's headers; not edited by hand.

package dev.tactus.sim.mujoco;

/**
 * The arrays of {@code mjData} that do not move while it lives, named as in MuJoCo. The meaning and unit of each is in
 * MuJoCo's documentation of mjData (SI units, radians, world frame, quaternions w x y z, matrices by rows).
 */
public enum DataArray {
    /** {@code qpos}: nq rows of 1. */
    QPOS(ArrayField.Element.DOUBLE, 160688, 0, -1, 1),

    /** {@code qvel}: nv rows of 1. */
    QVEL(ArrayField.Element.DOUBLE, 160696, 8, -1, 1),

    /** {@code act}: na rows of 1. */
    ACT(ArrayField.Element.DOUBLE, 160704, 40, -1, 1),

    /** {@code history}: nhistory rows of 1. */
    HISTORY(ArrayField.Element.DOUBLE, 160712, 760, -1, 1),

    /** {@code qacc_warmstart}: nv rows of 1. */
    QACC_WARMSTART(ArrayField.Element.DOUBLE, 160720, 8, -1, 1),

    /** {@code plugin_state}: npluginstate rows of 1. */
    PLUGIN_STATE(ArrayField.Element.DOUBLE, 160728, 752, -1, 1),

    /** {@code ctrl}: nu rows of 1. */
    CTRL(ArrayField.Element.DOUBLE, 160736, 16, -1, 1),

    /** {@code qfrc_applied}: nv rows of 1. */
    QFRC_APPLIED(ArrayField.Element.DOUBLE, 160744, 8, -1, 1),

    /** {@code xfrc_applied}: nbody rows of 6. */
    XFRC_APPLIED(ArrayField.Element.DOUBLE, 160752, 48, -1, 6),

    /** {@code eq_active}: neq rows of 1. */
    EQ_ACTIVE(ArrayField.Element.BYTE, 160760, 472, -1, 1),

    /** {@code mocap_pos}: nmocap rows of 3. */
    MOCAP_POS(ArrayField.Element.DOUBLE, 160768, 568, -1, 3),

    /** {@code mocap_quat}: nmocap rows of 4. */
    MOCAP_QUAT(ArrayField.Element.DOUBLE, 160776, 568, -1, 4),

    /** {@code qacc}: nv rows of 1. */
    QACC(ArrayField.Element.DOUBLE, 160784, 8, -1, 1),

    /** {@code act_dot}: na rows of 1. */
    ACT_DOT(ArrayField.Element.DOUBLE, 160792, 40, -1, 1),

    /** {@code userdata}: nuserdata rows of 1. */
    USERDATA(ArrayField.Element.DOUBLE, 160800, 736, -1, 1),

    /** {@code sensordata}: nsensordata rows of 1. */
    SENSORDATA(ArrayField.Element.DOUBLE, 160808, 744, -1, 1),

    /** {@code tree_asleep}: ntree rows of 1. */
    TREE_ASLEEP(ArrayField.Element.INT, 160816, 96, -1, 1),

    /** {@code plugin}: nplugin rows of 1. */
    PLUGIN(ArrayField.Element.INT, 160824, 576, -1, 1),

    /** {@code xpos}: nbody rows of 3. */
    XPOS(ArrayField.Element.DOUBLE, 160840, 48, -1, 3),

    /** {@code xquat}: nbody rows of 4. */
    XQUAT(ArrayField.Element.DOUBLE, 160848, 48, -1, 4),

    /** {@code xmat}: nbody rows of 9. */
    XMAT(ArrayField.Element.DOUBLE, 160856, 48, -1, 9),

    /** {@code xipos}: nbody rows of 3. */
    XIPOS(ArrayField.Element.DOUBLE, 160864, 48, -1, 3),

    /** {@code ximat}: nbody rows of 9. */
    XIMAT(ArrayField.Element.DOUBLE, 160872, 48, -1, 9),

    /** {@code xanchor}: njnt rows of 3. */
    XANCHOR(ArrayField.Element.DOUBLE, 160880, 88, -1, 3),

    /** {@code xaxis}: njnt rows of 3. */
    XAXIS(ArrayField.Element.DOUBLE, 160888, 88, -1, 3),

    /** {@code geom_xpos}: ngeom rows of 3. */
    GEOM_XPOS(ArrayField.Element.DOUBLE, 160896, 136, -1, 3),

    /** {@code geom_xmat}: ngeom rows of 9. */
    GEOM_XMAT(ArrayField.Element.DOUBLE, 160904, 136, -1, 9),

    /** {@code site_xpos}: nsite rows of 3. */
    SITE_XPOS(ArrayField.Element.DOUBLE, 160912, 144, -1, 3),

    /** {@code site_xmat}: nsite rows of 9. */
    SITE_XMAT(ArrayField.Element.DOUBLE, 160920, 144, -1, 9),

    /** {@code cam_xpos}: ncam rows of 3. */
    CAM_XPOS(ArrayField.Element.DOUBLE, 160928, 152, -1, 3),

    /** {@code cam_xmat}: ncam rows of 9. */
    CAM_XMAT(ArrayField.Element.DOUBLE, 160936, 152, -1, 9),

    /** {@code light_xpos}: nlight rows of 3. */
    LIGHT_XPOS(ArrayField.Element.DOUBLE, 160944, 160, -1, 3),

    /** {@code light_xdir}: nlight rows of 3. */
    LIGHT_XDIR(ArrayField.Element.DOUBLE, 160952, 160, -1, 3),

    /** {@code subtree_com}: nbody rows of 3. */
    SUBTREE_COM(ArrayField.Element.DOUBLE, 160960, 48, -1, 3),

    /** {@code cdof}: nv rows of 6. */
    CDOF(ArrayField.Element.DOUBLE, 160968, 8, -1, 6),

    /** {@code cinert}: nbody rows of 10. */
    CINERT(ArrayField.Element.DOUBLE, 160976, 48, -1, 10),

    /** {@code flexvert_xpos}: nflexvert rows of 3. */
    FLEXVERT_XPOS(ArrayField.Element.DOUBLE, 160984, 184, -1, 3),

    /** {@code flexelem_aabb}: nflexelem rows of 6. */
    FLEXELEM_AABB(ArrayField.Element.DOUBLE, 160992, 200, -1, 6),

    /** {@code flexelem_krot}: nflexstiffness rows of 1. */
    FLEXELEM_KROT(ArrayField.Element.DOUBLE, 161000, 216, -1, 1),

    /** {@code flexedge_J}: nJfe rows of 1. */
    FLEXEDGE_J(ArrayField.Element.DOUBLE, 161008, 280, -1, 1),

    /** {@code flexedge_length}: nflexedge rows of 1. */
    FLEXEDGE_LENGTH(ArrayField.Element.DOUBLE, 161016, 192, -1, 1),

    /** {@code flexvert_J}: nJfv rows of 2. */
    FLEXVERT_J(ArrayField.Element.DOUBLE, 161024, 288, -1, 2),

    /** {@code flexvert_length}: nflexvert rows of 2. */
    FLEXVERT_LENGTH(ArrayField.Element.DOUBLE, 161032, 184, -1, 2),

    /** {@code bvh_aabb_dyn}: nbvhdynamic rows of 6. */
    BVH_AABB_DYN(ArrayField.Element.DOUBLE, 161040, 72, -1, 6),

    /** {@code flexvert_lambda}: nflexvert rows of 1. */
    FLEXVERT_LAMBDA(ArrayField.Element.DOUBLE, 161048, 184, -1, 1),

    /** {@code flexvert_conage}: nflexvert rows of 1. */
    FLEXVERT_CONAGE(ArrayField.Element.INT, 161056, 184, -1, 1),

    /** {@code ten_wrapadr}: ntendon rows of 1. */
    TEN_WRAPADR(ArrayField.Element.INT, 161064, 480, -1, 1),

    /** {@code ten_wrapnum}: ntendon rows of 1. */
    TEN_WRAPNUM(ArrayField.Element.INT, 161072, 480, -1, 1),

    /** {@code ten_J}: nJten rows of 1. */
    TEN_J(ArrayField.Element.DOUBLE, 161080, 488, -1, 1),

    /** {@code ten_length}: ntendon rows of 1. */
    TEN_LENGTH(ArrayField.Element.DOUBLE, 161088, 480, -1, 1),

    /** {@code wrap_obj}: nwrap rows of 2. */
    WRAP_OBJ(ArrayField.Element.INT, 161096, 496, -1, 2),

    /** {@code wrap_xpos}: nwrap rows of 6. */
    WRAP_XPOS(ArrayField.Element.DOUBLE, 161104, 496, -1, 6),

    /** {@code actuator_length}: nout rows of 1. */
    ACTUATOR_LENGTH(ArrayField.Element.DOUBLE, 161112, 32, -1, 1),

    /** {@code moment_rownnz}: nout rows of 1. */
    MOMENT_ROWNNZ(ArrayField.Element.INT, 161120, 32, -1, 1),

    /** {@code moment_rowadr}: nout rows of 1. */
    MOMENT_ROWADR(ArrayField.Element.INT, 161128, 32, -1, 1),

    /** {@code moment_colind}: nJmom rows of 1. */
    MOMENT_COLIND(ArrayField.Element.INT, 161136, 680, -1, 1),

    /** {@code actuator_moment}: nJmom rows of 1. */
    ACTUATOR_MOMENT(ArrayField.Element.DOUBLE, 161144, 680, -1, 1),

    /** {@code crb}: nbody rows of 10. */
    CRB(ArrayField.Element.DOUBLE, 161152, 48, -1, 10),

    /** {@code M}: nC rows of 1. */
    M(ArrayField.Element.DOUBLE, 161160, 120, -1, 1),

    /** {@code qLD}: nC rows of 1. */
    QLD(ArrayField.Element.DOUBLE, 161168, 120, -1, 1),

    /** {@code qLDiagInv}: nv rows of 1. */
    QLDIAGINV(ArrayField.Element.DOUBLE, 161176, 8, -1, 1),

    /** {@code bvh_active}: nbvh rows of 1. */
    BVH_ACTIVE(ArrayField.Element.BYTE, 161184, 56, -1, 1),

    /** {@code tree_awake}: ntree rows of 1. */
    TREE_AWAKE(ArrayField.Element.INT, 161192, 96, -1, 1),

    /** {@code body_awake}: nbody rows of 1. */
    BODY_AWAKE(ArrayField.Element.INT, 161200, 48, -1, 1),

    /** {@code body_awake_ind}: nbody rows of 1. */
    BODY_AWAKE_IND(ArrayField.Element.INT, 161208, 48, -1, 1),

    /** {@code parent_awake_ind}: nbody rows of 1. */
    PARENT_AWAKE_IND(ArrayField.Element.INT, 161216, 48, -1, 1),

    /** {@code dof_awake_ind}: nv rows of 1. */
    DOF_AWAKE_IND(ArrayField.Element.INT, 161224, 8, -1, 1),

    /** {@code flexedge_velocity}: nflexedge rows of 1. */
    FLEXEDGE_VELOCITY(ArrayField.Element.DOUBLE, 161232, 192, -1, 1),

    /** {@code ten_velocity}: ntendon rows of 1. */
    TEN_VELOCITY(ArrayField.Element.DOUBLE, 161240, 480, -1, 1),

    /** {@code actuator_velocity}: nout rows of 1. */
    ACTUATOR_VELOCITY(ArrayField.Element.DOUBLE, 161248, 32, -1, 1),

    /** {@code cvel}: nbody rows of 6. */
    CVEL(ArrayField.Element.DOUBLE, 161256, 48, -1, 6),

    /** {@code cdof_dot}: nv rows of 6. */
    CDOF_DOT(ArrayField.Element.DOUBLE, 161264, 8, -1, 6),

    /** {@code qfrc_bias}: nv rows of 1. */
    QFRC_BIAS(ArrayField.Element.DOUBLE, 161272, 8, -1, 1),

    /** {@code qfrc_spring}: nv rows of 1. */
    QFRC_SPRING(ArrayField.Element.DOUBLE, 161280, 8, -1, 1),

    /** {@code qfrc_damper}: nv rows of 1. */
    QFRC_DAMPER(ArrayField.Element.DOUBLE, 161288, 8, -1, 1),

    /** {@code qfrc_gravcomp}: nv rows of 1. */
    QFRC_GRAVCOMP(ArrayField.Element.DOUBLE, 161296, 8, -1, 1),

    /** {@code qfrc_fluid}: nv rows of 1. */
    QFRC_FLUID(ArrayField.Element.DOUBLE, 161304, 8, -1, 1),

    /** {@code qfrc_adhesion}: nv rows of 1. */
    QFRC_ADHESION(ArrayField.Element.DOUBLE, 161312, 8, -1, 1),

    /** {@code qfrc_passive}: nv rows of 1. */
    QFRC_PASSIVE(ArrayField.Element.DOUBLE, 161320, 8, -1, 1),

    /** {@code subtree_linvel}: nbody rows of 3. */
    SUBTREE_LINVEL(ArrayField.Element.DOUBLE, 161328, 48, -1, 3),

    /** {@code subtree_angmom}: nbody rows of 3. */
    SUBTREE_ANGMOM(ArrayField.Element.DOUBLE, 161336, 48, -1, 3),

    /** {@code qH}: nC rows of 1. */
    QH(ArrayField.Element.DOUBLE, 161344, 120, -1, 1),

    /** {@code qHDiagInv}: nv rows of 1. */
    QHDIAGINV(ArrayField.Element.DOUBLE, 161352, 8, -1, 1),

    /** {@code qDeriv}: nD rows of 1. */
    QDERIV(ArrayField.Element.DOUBLE, 161360, 128, -1, 1),

    /** {@code qLU}: nD rows of 1. */
    QLU(ArrayField.Element.DOUBLE, 161368, 128, -1, 1),

    /** {@code actuator_force}: nout rows of 1. */
    ACTUATOR_FORCE(ArrayField.Element.DOUBLE, 161376, 32, -1, 1),

    /** {@code qfrc_actuator}: nv rows of 1. */
    QFRC_ACTUATOR(ArrayField.Element.DOUBLE, 161384, 8, -1, 1),

    /** {@code qfrc_smooth}: nv rows of 1. */
    QFRC_SMOOTH(ArrayField.Element.DOUBLE, 161392, 8, -1, 1),

    /** {@code qacc_smooth}: nv rows of 1. */
    QACC_SMOOTH(ArrayField.Element.DOUBLE, 161400, 8, -1, 1),

    /** {@code qfrc_constraint}: nv rows of 1. */
    QFRC_CONSTRAINT(ArrayField.Element.DOUBLE, 161408, 8, -1, 1),

    /** {@code qfrc_inverse}: nv rows of 1. */
    QFRC_INVERSE(ArrayField.Element.DOUBLE, 161416, 8, -1, 1),

    /** {@code cacc}: nbody rows of 6. */
    CACC(ArrayField.Element.DOUBLE, 161424, 48, -1, 6),

    /** {@code cfrc_int}: nbody rows of 6. */
    CFRC_INT(ArrayField.Element.DOUBLE, 161432, 48, -1, 6),

    /** {@code cfrc_ext}: nbody rows of 6. */
    CFRC_EXT(ArrayField.Element.DOUBLE, 161440, 48, -1, 6);

    final ArrayField field;

    DataArray(ArrayField.Element element, long pointerOffset, long rowsOffset, long columnsOffset, int columns) {
        field = new ArrayField(element, pointerOffset, rowsOffset, columnsOffset, columns);
    }
}
