// Written by sim-bridge/tools/generate_layout.sh from MuJoCo's headers; not edited by hand.

package dev.tactus.sim.mujoco;

/**
 * The arrays of {@code mjModel}, named as in MuJoCo. Rows and columns are counted in elements; the meaning and unit
 * of each is in MuJoCo's documentation of mjModel (SI units, radians, quaternions w x y z).
 */
public enum ModelArray {
    /** {@code qpos0}: nq rows of 1. */
    QPOS0(ArrayField.Element.DOUBLE, 1792, 0, -1, 1),

    /** {@code qpos_spring}: nq rows of 1. */
    QPOS_SPRING(ArrayField.Element.DOUBLE, 1800, 0, -1, 1),

    /** {@code body_parentid}: nbody rows of 1. */
    BODY_PARENTID(ArrayField.Element.INT, 1808, 48, -1, 1),

    /** {@code body_rootid}: nbody rows of 1. */
    BODY_ROOTID(ArrayField.Element.INT, 1816, 48, -1, 1),

    /** {@code body_weldid}: nbody rows of 1. */
    BODY_WELDID(ArrayField.Element.INT, 1824, 48, -1, 1),

    /** {@code body_mocapid}: nbody rows of 1. */
    BODY_MOCAPID(ArrayField.Element.INT, 1832, 48, -1, 1),

    /** {@code body_jntnum}: nbody rows of 1. */
    BODY_JNTNUM(ArrayField.Element.INT, 1840, 48, -1, 1),

    /** {@code body_jntadr}: nbody rows of 1. */
    BODY_JNTADR(ArrayField.Element.INT, 1848, 48, -1, 1),

    /** {@code body_dofnum}: nbody rows of 1. */
    BODY_DOFNUM(ArrayField.Element.INT, 1856, 48, -1, 1),

    /** {@code body_dofadr}: nbody rows of 1. */
    BODY_DOFADR(ArrayField.Element.INT, 1864, 48, -1, 1),

    /** {@code body_treeid}: nbody rows of 1. */
    BODY_TREEID(ArrayField.Element.INT, 1872, 48, -1, 1),

    /** {@code body_geomnum}: nbody rows of 1. */
    BODY_GEOMNUM(ArrayField.Element.INT, 1880, 48, -1, 1),

    /** {@code body_geomadr}: nbody rows of 1. */
    BODY_GEOMADR(ArrayField.Element.INT, 1888, 48, -1, 1),

    /** {@code body_simple}: nbody rows of 1. */
    BODY_SIMPLE(ArrayField.Element.BYTE, 1896, 48, -1, 1),

    /** {@code body_sameframe}: nbody rows of 1. */
    BODY_SAMEFRAME(ArrayField.Element.BYTE, 1904, 48, -1, 1),

    /** {@code body_pos}: nbody rows of 3. */
    BODY_POS(ArrayField.Element.DOUBLE, 1912, 48, -1, 3),

    /** {@code body_quat}: nbody rows of 4. */
    BODY_QUAT(ArrayField.Element.DOUBLE, 1920, 48, -1, 4),

    /** {@code body_ipos}: nbody rows of 3. */
    BODY_IPOS(ArrayField.Element.DOUBLE, 1928, 48, -1, 3),

    /** {@code body_iquat}: nbody rows of 4. */
    BODY_IQUAT(ArrayField.Element.DOUBLE, 1936, 48, -1, 4),

    /** {@code body_mass}: nbody rows of 1. */
    BODY_MASS(ArrayField.Element.DOUBLE, 1944, 48, -1, 1),

    /** {@code body_subtreemass}: nbody rows of 1. */
    BODY_SUBTREEMASS(ArrayField.Element.DOUBLE, 1952, 48, -1, 1),

    /** {@code body_inertia}: nbody rows of 3. */
    BODY_INERTIA(ArrayField.Element.DOUBLE, 1960, 48, -1, 3),

    /** {@code body_invweight0}: nbody rows of 2. */
    BODY_INVWEIGHT0(ArrayField.Element.DOUBLE, 1968, 48, -1, 2),

    /** {@code body_gravcomp}: nbody rows of 1. */
    BODY_GRAVCOMP(ArrayField.Element.DOUBLE, 1976, 48, -1, 1),

    /** {@code body_margin}: nbody rows of 1. */
    BODY_MARGIN(ArrayField.Element.DOUBLE, 1984, 48, -1, 1),

    /** {@code body_user}: nbody rows of nuser_body. */
    BODY_USER(ArrayField.Element.DOUBLE, 1992, 48, 592, 1),

    /** {@code body_plugin}: nbody rows of 1. */
    BODY_PLUGIN(ArrayField.Element.INT, 2000, 48, -1, 1),

    /** {@code body_contype}: nbody rows of 1. */
    BODY_CONTYPE(ArrayField.Element.INT, 2008, 48, -1, 1),

    /** {@code body_conaffinity}: nbody rows of 1. */
    BODY_CONAFFINITY(ArrayField.Element.INT, 2016, 48, -1, 1),

    /** {@code body_bvhadr}: nbody rows of 1. */
    BODY_BVHADR(ArrayField.Element.INT, 2024, 48, -1, 1),

    /** {@code body_bvhnum}: nbody rows of 1. */
    BODY_BVHNUM(ArrayField.Element.INT, 2032, 48, -1, 1),

    /** {@code jnt_type}: njnt rows of 1. */
    JNT_TYPE(ArrayField.Element.INT, 2104, 88, -1, 1),

    /** {@code jnt_qposadr}: njnt rows of 1. */
    JNT_QPOSADR(ArrayField.Element.INT, 2112, 88, -1, 1),

    /** {@code jnt_dofadr}: njnt rows of 1. */
    JNT_DOFADR(ArrayField.Element.INT, 2120, 88, -1, 1),

    /** {@code jnt_bodyid}: njnt rows of 1. */
    JNT_BODYID(ArrayField.Element.INT, 2128, 88, -1, 1),

    /** {@code jnt_actuatorid}: njnt rows of 1. */
    JNT_ACTUATORID(ArrayField.Element.INT, 2136, 88, -1, 1),

    /** {@code jnt_group}: njnt rows of 1. */
    JNT_GROUP(ArrayField.Element.INT, 2144, 88, -1, 1),

    /** {@code jnt_limited}: njnt rows of 1. */
    JNT_LIMITED(ArrayField.Element.BYTE, 2152, 88, -1, 1),

    /** {@code jnt_actfrclimited}: njnt rows of 1. */
    JNT_ACTFRCLIMITED(ArrayField.Element.BYTE, 2160, 88, -1, 1),

    /** {@code jnt_actgravcomp}: njnt rows of 1. */
    JNT_ACTGRAVCOMP(ArrayField.Element.BYTE, 2168, 88, -1, 1),

    /** {@code jnt_solref}: njnt rows of 2. */
    JNT_SOLREF(ArrayField.Element.DOUBLE, 2176, 88, -1, 2),

    /** {@code jnt_solimp}: njnt rows of 5. */
    JNT_SOLIMP(ArrayField.Element.DOUBLE, 2184, 88, -1, 5),

    /** {@code jnt_pos}: njnt rows of 3. */
    JNT_POS(ArrayField.Element.DOUBLE, 2192, 88, -1, 3),

    /** {@code jnt_axis}: njnt rows of 3. */
    JNT_AXIS(ArrayField.Element.DOUBLE, 2200, 88, -1, 3),

    /** {@code jnt_stiffness}: njnt rows of 1. */
    JNT_STIFFNESS(ArrayField.Element.DOUBLE, 2208, 88, -1, 1),

    /** {@code jnt_stiffnesspoly}: njnt rows of 2. */
    JNT_STIFFNESSPOLY(ArrayField.Element.DOUBLE, 2216, 88, -1, 2),

    /** {@code jnt_range}: njnt rows of 2. */
    JNT_RANGE(ArrayField.Element.DOUBLE, 2224, 88, -1, 2),

    /** {@code jnt_actfrcrange}: njnt rows of 2. */
    JNT_ACTFRCRANGE(ArrayField.Element.DOUBLE, 2232, 88, -1, 2),

    /** {@code jnt_margin}: njnt rows of 1. */
    JNT_MARGIN(ArrayField.Element.DOUBLE, 2240, 88, -1, 1),

    /** {@code jnt_user}: njnt rows of nuser_jnt. */
    JNT_USER(ArrayField.Element.DOUBLE, 2248, 88, 600, 1),

    /** {@code dof_bodyid}: nv rows of 1. */
    DOF_BODYID(ArrayField.Element.INT, 2256, 8, -1, 1),

    /** {@code dof_jntid}: nv rows of 1. */
    DOF_JNTID(ArrayField.Element.INT, 2264, 8, -1, 1),

    /** {@code dof_parentid}: nv rows of 1. */
    DOF_PARENTID(ArrayField.Element.INT, 2272, 8, -1, 1),

    /** {@code dof_treeid}: nv rows of 1. */
    DOF_TREEID(ArrayField.Element.INT, 2280, 8, -1, 1),

    /** {@code dof_Madr}: nv rows of 1. */
    DOF_MADR(ArrayField.Element.INT, 2288, 8, -1, 1),

    /** {@code dof_simplenum}: nv rows of 1. */
    DOF_SIMPLENUM(ArrayField.Element.INT, 2296, 8, -1, 1),

    /** {@code dof_solref}: nv rows of 2. */
    DOF_SOLREF(ArrayField.Element.DOUBLE, 2304, 8, -1, 2),

    /** {@code dof_solimp}: nv rows of 5. */
    DOF_SOLIMP(ArrayField.Element.DOUBLE, 2312, 8, -1, 5),

    /** {@code dof_frictionloss}: nv rows of 1. */
    DOF_FRICTIONLOSS(ArrayField.Element.DOUBLE, 2320, 8, -1, 1),

    /** {@code dof_armature}: nv rows of 1. */
    DOF_ARMATURE(ArrayField.Element.DOUBLE, 2328, 8, -1, 1),

    /** {@code dof_damping}: nv rows of 1. */
    DOF_DAMPING(ArrayField.Element.DOUBLE, 2336, 8, -1, 1),

    /** {@code dof_dampingpoly}: nv rows of 2. */
    DOF_DAMPINGPOLY(ArrayField.Element.DOUBLE, 2344, 8, -1, 2),

    /** {@code dof_invweight0}: nv rows of 1. */
    DOF_INVWEIGHT0(ArrayField.Element.DOUBLE, 2352, 8, -1, 1),

    /** {@code dof_M0}: nv rows of 1. */
    DOF_M0(ArrayField.Element.DOUBLE, 2360, 8, -1, 1),

    /** {@code dof_length}: nv rows of 1. */
    DOF_LENGTH(ArrayField.Element.DOUBLE, 2368, 8, -1, 1),

    /** {@code tree_bodyadr}: ntree rows of 1. */
    TREE_BODYADR(ArrayField.Element.INT, 2376, 96, -1, 1),

    /** {@code tree_bodynum}: ntree rows of 1. */
    TREE_BODYNUM(ArrayField.Element.INT, 2384, 96, -1, 1),

    /** {@code tree_dofadr}: ntree rows of 1. */
    TREE_DOFADR(ArrayField.Element.INT, 2392, 96, -1, 1),

    /** {@code tree_dofnum}: ntree rows of 1. */
    TREE_DOFNUM(ArrayField.Element.INT, 2400, 96, -1, 1),

    /** {@code tree_sleep_policy}: ntree rows of 1. */
    TREE_SLEEP_POLICY(ArrayField.Element.INT, 2408, 96, -1, 1),

    /** {@code geom_type}: ngeom rows of 1. */
    GEOM_TYPE(ArrayField.Element.INT, 2416, 136, -1, 1),

    /** {@code geom_contype}: ngeom rows of 1. */
    GEOM_CONTYPE(ArrayField.Element.INT, 2424, 136, -1, 1),

    /** {@code geom_conaffinity}: ngeom rows of 1. */
    GEOM_CONAFFINITY(ArrayField.Element.INT, 2432, 136, -1, 1),

    /** {@code geom_condim}: ngeom rows of 1. */
    GEOM_CONDIM(ArrayField.Element.INT, 2440, 136, -1, 1),

    /** {@code geom_bodyid}: ngeom rows of 1. */
    GEOM_BODYID(ArrayField.Element.INT, 2448, 136, -1, 1),

    /** {@code geom_dataid}: ngeom rows of 1. */
    GEOM_DATAID(ArrayField.Element.INT, 2456, 136, -1, 1),

    /** {@code geom_matid}: ngeom rows of 1. */
    GEOM_MATID(ArrayField.Element.INT, 2464, 136, -1, 1),

    /** {@code geom_group}: ngeom rows of 1. */
    GEOM_GROUP(ArrayField.Element.INT, 2472, 136, -1, 1),

    /** {@code geom_priority}: ngeom rows of 1. */
    GEOM_PRIORITY(ArrayField.Element.INT, 2480, 136, -1, 1),

    /** {@code geom_plugin}: ngeom rows of 1. */
    GEOM_PLUGIN(ArrayField.Element.INT, 2488, 136, -1, 1),

    /** {@code geom_sameframe}: ngeom rows of 1. */
    GEOM_SAMEFRAME(ArrayField.Element.BYTE, 2496, 136, -1, 1),

    /** {@code geom_solmix}: ngeom rows of 1. */
    GEOM_SOLMIX(ArrayField.Element.DOUBLE, 2504, 136, -1, 1),

    /** {@code geom_solref}: ngeom rows of 2. */
    GEOM_SOLREF(ArrayField.Element.DOUBLE, 2512, 136, -1, 2),

    /** {@code geom_solimp}: ngeom rows of 5. */
    GEOM_SOLIMP(ArrayField.Element.DOUBLE, 2520, 136, -1, 5),

    /** {@code geom_size}: ngeom rows of 3. */
    GEOM_SIZE(ArrayField.Element.DOUBLE, 2528, 136, -1, 3),

    /** {@code geom_aabb}: ngeom rows of 6. */
    GEOM_AABB(ArrayField.Element.DOUBLE, 2536, 136, -1, 6),

    /** {@code geom_rbound}: ngeom rows of 1. */
    GEOM_RBOUND(ArrayField.Element.DOUBLE, 2544, 136, -1, 1),

    /** {@code geom_pos}: ngeom rows of 3. */
    GEOM_POS(ArrayField.Element.DOUBLE, 2552, 136, -1, 3),

    /** {@code geom_quat}: ngeom rows of 4. */
    GEOM_QUAT(ArrayField.Element.DOUBLE, 2560, 136, -1, 4),

    /** {@code geom_friction}: ngeom rows of 3. */
    GEOM_FRICTION(ArrayField.Element.DOUBLE, 2568, 136, -1, 3),

    /** {@code geom_margin}: ngeom rows of 1. */
    GEOM_MARGIN(ArrayField.Element.DOUBLE, 2576, 136, -1, 1),

    /** {@code geom_gap}: ngeom rows of 1. */
    GEOM_GAP(ArrayField.Element.DOUBLE, 2584, 136, -1, 1),

    /** {@code geom_surfacevel}: ngeom rows of 6. */
    GEOM_SURFACEVEL(ArrayField.Element.DOUBLE, 2592, 136, -1, 6),

    /** {@code geom_adhesion}: ngeom rows of 1. */
    GEOM_ADHESION(ArrayField.Element.DOUBLE, 2600, 136, -1, 1),

    /** {@code geom_fluid}: ngeom rows of 12. */
    GEOM_FLUID(ArrayField.Element.DOUBLE, 2608, 136, -1, 12),

    /** {@code geom_user}: ngeom rows of nuser_geom. */
    GEOM_USER(ArrayField.Element.DOUBLE, 2616, 136, 608, 1),

    /** {@code geom_rgba}: ngeom rows of 4. */
    GEOM_RGBA(ArrayField.Element.FLOAT, 2624, 136, -1, 4),

    /** {@code site_type}: nsite rows of 1. */
    SITE_TYPE(ArrayField.Element.INT, 2632, 144, -1, 1),

    /** {@code site_bodyid}: nsite rows of 1. */
    SITE_BODYID(ArrayField.Element.INT, 2640, 144, -1, 1),

    /** {@code site_dataid}: nsite rows of 1. */
    SITE_DATAID(ArrayField.Element.INT, 2648, 144, -1, 1),

    /** {@code site_matid}: nsite rows of 1. */
    SITE_MATID(ArrayField.Element.INT, 2656, 144, -1, 1),

    /** {@code site_group}: nsite rows of 1. */
    SITE_GROUP(ArrayField.Element.INT, 2664, 144, -1, 1),

    /** {@code site_sameframe}: nsite rows of 1. */
    SITE_SAMEFRAME(ArrayField.Element.BYTE, 2672, 144, -1, 1),

    /** {@code site_size}: nsite rows of 3. */
    SITE_SIZE(ArrayField.Element.DOUBLE, 2680, 144, -1, 3),

    /** {@code site_pos}: nsite rows of 3. */
    SITE_POS(ArrayField.Element.DOUBLE, 2688, 144, -1, 3),

    /** {@code site_quat}: nsite rows of 4. */
    SITE_QUAT(ArrayField.Element.DOUBLE, 2696, 144, -1, 4),

    /** {@code site_user}: nsite rows of nuser_site. */
    SITE_USER(ArrayField.Element.DOUBLE, 2704, 144, 616, 1),

    /** {@code site_rgba}: nsite rows of 4. */
    SITE_RGBA(ArrayField.Element.FLOAT, 2712, 144, -1, 4),

    /** {@code cam_mode}: ncam rows of 1. */
    CAM_MODE(ArrayField.Element.INT, 2720, 152, -1, 1),

    /** {@code cam_bodyid}: ncam rows of 1. */
    CAM_BODYID(ArrayField.Element.INT, 2728, 152, -1, 1),

    /** {@code cam_targetbodyid}: ncam rows of 1. */
    CAM_TARGETBODYID(ArrayField.Element.INT, 2736, 152, -1, 1),

    /** {@code cam_pos}: ncam rows of 3. */
    CAM_POS(ArrayField.Element.DOUBLE, 2744, 152, -1, 3),

    /** {@code cam_quat}: ncam rows of 4. */
    CAM_QUAT(ArrayField.Element.DOUBLE, 2752, 152, -1, 4),

    /** {@code cam_poscom0}: ncam rows of 3. */
    CAM_POSCOM0(ArrayField.Element.DOUBLE, 2760, 152, -1, 3),

    /** {@code cam_pos0}: ncam rows of 3. */
    CAM_POS0(ArrayField.Element.DOUBLE, 2768, 152, -1, 3),

    /** {@code cam_mat0}: ncam rows of 9. */
    CAM_MAT0(ArrayField.Element.DOUBLE, 2776, 152, -1, 9),

    /** {@code cam_projection}: ncam rows of 1. */
    CAM_PROJECTION(ArrayField.Element.INT, 2784, 152, -1, 1),

    /** {@code cam_fovy}: ncam rows of 1. */
    CAM_FOVY(ArrayField.Element.DOUBLE, 2792, 152, -1, 1),

    /** {@code cam_ipd}: ncam rows of 1. */
    CAM_IPD(ArrayField.Element.DOUBLE, 2800, 152, -1, 1),

    /** {@code cam_resolution}: ncam rows of 2. */
    CAM_RESOLUTION(ArrayField.Element.INT, 2808, 152, -1, 2),

    /** {@code cam_output}: ncam rows of 1. */
    CAM_OUTPUT(ArrayField.Element.INT, 2816, 152, -1, 1),

    /** {@code cam_sensorsize}: ncam rows of 2. */
    CAM_SENSORSIZE(ArrayField.Element.FLOAT, 2824, 152, -1, 2),

    /** {@code cam_intrinsic}: ncam rows of 4. */
    CAM_INTRINSIC(ArrayField.Element.FLOAT, 2832, 152, -1, 4),

    /** {@code cam_user}: ncam rows of nuser_cam. */
    CAM_USER(ArrayField.Element.DOUBLE, 2840, 152, 624, 1),

    /** {@code light_mode}: nlight rows of 1. */
    LIGHT_MODE(ArrayField.Element.INT, 2848, 160, -1, 1),

    /** {@code light_bodyid}: nlight rows of 1. */
    LIGHT_BODYID(ArrayField.Element.INT, 2856, 160, -1, 1),

    /** {@code light_targetbodyid}: nlight rows of 1. */
    LIGHT_TARGETBODYID(ArrayField.Element.INT, 2864, 160, -1, 1),

    /** {@code light_type}: nlight rows of 1. */
    LIGHT_TYPE(ArrayField.Element.INT, 2872, 160, -1, 1),

    /** {@code light_texid}: nlight rows of 1. */
    LIGHT_TEXID(ArrayField.Element.INT, 2880, 160, -1, 1),

    /** {@code light_castshadow}: nlight rows of 1. */
    LIGHT_CASTSHADOW(ArrayField.Element.BYTE, 2888, 160, -1, 1),

    /** {@code light_bulbradius}: nlight rows of 1. */
    LIGHT_BULBRADIUS(ArrayField.Element.FLOAT, 2896, 160, -1, 1),

    /** {@code light_intensity}: nlight rows of 1. */
    LIGHT_INTENSITY(ArrayField.Element.FLOAT, 2904, 160, -1, 1),

    /** {@code light_range}: nlight rows of 1. */
    LIGHT_RANGE(ArrayField.Element.FLOAT, 2912, 160, -1, 1),

    /** {@code light_active}: nlight rows of 1. */
    LIGHT_ACTIVE(ArrayField.Element.BYTE, 2920, 160, -1, 1),

    /** {@code light_pos}: nlight rows of 3. */
    LIGHT_POS(ArrayField.Element.DOUBLE, 2928, 160, -1, 3),

    /** {@code light_dir}: nlight rows of 3. */
    LIGHT_DIR(ArrayField.Element.DOUBLE, 2936, 160, -1, 3),

    /** {@code light_poscom0}: nlight rows of 3. */
    LIGHT_POSCOM0(ArrayField.Element.DOUBLE, 2944, 160, -1, 3),

    /** {@code light_pos0}: nlight rows of 3. */
    LIGHT_POS0(ArrayField.Element.DOUBLE, 2952, 160, -1, 3),

    /** {@code light_dir0}: nlight rows of 3. */
    LIGHT_DIR0(ArrayField.Element.DOUBLE, 2960, 160, -1, 3),

    /** {@code light_attenuation}: nlight rows of 3. */
    LIGHT_ATTENUATION(ArrayField.Element.FLOAT, 2968, 160, -1, 3),

    /** {@code light_cutoff}: nlight rows of 1. */
    LIGHT_CUTOFF(ArrayField.Element.FLOAT, 2976, 160, -1, 1),

    /** {@code light_softness}: nlight rows of 1. */
    LIGHT_SOFTNESS(ArrayField.Element.FLOAT, 2984, 160, -1, 1),

    /** {@code light_exponent}: nlight rows of 1. */
    LIGHT_EXPONENT(ArrayField.Element.FLOAT, 2992, 160, -1, 1),

    /** {@code light_ambient}: nlight rows of 3. */
    LIGHT_AMBIENT(ArrayField.Element.FLOAT, 3000, 160, -1, 3),

    /** {@code light_diffuse}: nlight rows of 3. */
    LIGHT_DIFFUSE(ArrayField.Element.FLOAT, 3008, 160, -1, 3),

    /** {@code light_specular}: nlight rows of 3. */
    LIGHT_SPECULAR(ArrayField.Element.FLOAT, 3016, 160, -1, 3),

    /** {@code hfield_size}: nhfield rows of 4. */
    HFIELD_SIZE(ArrayField.Element.DOUBLE, 4136, 416, -1, 4),

    /** {@code hfield_nrow}: nhfield rows of 1. */
    HFIELD_NROW(ArrayField.Element.INT, 4144, 416, -1, 1),

    /** {@code hfield_ncol}: nhfield rows of 1. */
    HFIELD_NCOL(ArrayField.Element.INT, 4152, 416, -1, 1),

    /** {@code hfield_adr}: nhfield rows of 1. */
    HFIELD_ADR(ArrayField.Element.INT, 4160, 416, -1, 1),

    /** {@code hfield_data}: nhfielddata rows of 1. */
    HFIELD_DATA(ArrayField.Element.FLOAT, 4168, 424, -1, 1),

    /** {@code hfield_pathadr}: nhfield rows of 1. */
    HFIELD_PATHADR(ArrayField.Element.INT, 4176, 416, -1, 1),

    /** {@code pair_dim}: npair rows of 1. */
    PAIR_DIM(ArrayField.Element.INT, 4328, 456, -1, 1),

    /** {@code pair_geom1}: npair rows of 1. */
    PAIR_GEOM1(ArrayField.Element.INT, 4336, 456, -1, 1),

    /** {@code pair_geom2}: npair rows of 1. */
    PAIR_GEOM2(ArrayField.Element.INT, 4344, 456, -1, 1),

    /** {@code pair_signature}: npair rows of 1. */
    PAIR_SIGNATURE(ArrayField.Element.INT, 4352, 456, -1, 1),

    /** {@code pair_solref}: npair rows of 2. */
    PAIR_SOLREF(ArrayField.Element.DOUBLE, 4360, 456, -1, 2),

    /** {@code pair_solreffriction}: npair rows of 2. */
    PAIR_SOLREFFRICTION(ArrayField.Element.DOUBLE, 4368, 456, -1, 2),

    /** {@code pair_solimp}: npair rows of 5. */
    PAIR_SOLIMP(ArrayField.Element.DOUBLE, 4376, 456, -1, 5),

    /** {@code pair_margin}: npair rows of 1. */
    PAIR_MARGIN(ArrayField.Element.DOUBLE, 4384, 456, -1, 1),

    /** {@code pair_gap}: npair rows of 1. */
    PAIR_GAP(ArrayField.Element.DOUBLE, 4392, 456, -1, 1),

    /** {@code pair_adhesion}: npair rows of 1. */
    PAIR_ADHESION(ArrayField.Element.DOUBLE, 4400, 456, -1, 1),

    /** {@code pair_friction}: npair rows of 5. */
    PAIR_FRICTION(ArrayField.Element.DOUBLE, 4408, 456, -1, 5),

    /** {@code exclude_signature}: nexclude rows of 1. */
    EXCLUDE_SIGNATURE(ArrayField.Element.INT, 4416, 464, -1, 1),

    /** {@code eq_type}: neq rows of 1. */
    EQ_TYPE(ArrayField.Element.INT, 4424, 472, -1, 1),

    /** {@code eq_obj1id}: neq rows of 1. */
    EQ_OBJ1ID(ArrayField.Element.INT, 4432, 472, -1, 1),

    /** {@code eq_obj2id}: neq rows of 1. */
    EQ_OBJ2ID(ArrayField.Element.INT, 4440, 472, -1, 1),

    /** {@code eq_objtype}: neq rows of 1. */
    EQ_OBJTYPE(ArrayField.Element.INT, 4448, 472, -1, 1),

    /** {@code eq_active0}: neq rows of 1. */
    EQ_ACTIVE0(ArrayField.Element.BYTE, 4456, 472, -1, 1),

    /** {@code eq_solref}: neq rows of 2. */
    EQ_SOLREF(ArrayField.Element.DOUBLE, 4464, 472, -1, 2),

    /** {@code eq_solimp}: neq rows of 5. */
    EQ_SOLIMP(ArrayField.Element.DOUBLE, 4472, 472, -1, 5),

    /** {@code eq_data}: neq rows of 11. */
    EQ_DATA(ArrayField.Element.DOUBLE, 4480, 472, -1, 11),

    /** {@code tendon_adr}: ntendon rows of 1. */
    TENDON_ADR(ArrayField.Element.INT, 4488, 480, -1, 1),

    /** {@code tendon_num}: ntendon rows of 1. */
    TENDON_NUM(ArrayField.Element.INT, 4496, 480, -1, 1),

    /** {@code tendon_matid}: ntendon rows of 1. */
    TENDON_MATID(ArrayField.Element.INT, 4504, 480, -1, 1),

    /** {@code tendon_actuatorid}: ntendon rows of 1. */
    TENDON_ACTUATORID(ArrayField.Element.INT, 4512, 480, -1, 1),

    /** {@code tendon_group}: ntendon rows of 1. */
    TENDON_GROUP(ArrayField.Element.INT, 4520, 480, -1, 1),

    /** {@code tendon_treenum}: ntendon rows of 1. */
    TENDON_TREENUM(ArrayField.Element.INT, 4528, 480, -1, 1),

    /** {@code tendon_treeid}: ntendon rows of 2. */
    TENDON_TREEID(ArrayField.Element.INT, 4536, 480, -1, 2),

    /** {@code ten_J_rownnz}: ntendon rows of 1. */
    TEN_J_ROWNNZ(ArrayField.Element.INT, 4544, 480, -1, 1),

    /** {@code ten_J_rowadr}: ntendon rows of 1. */
    TEN_J_ROWADR(ArrayField.Element.INT, 4552, 480, -1, 1),

    /** {@code ten_J_colind}: nJten rows of 1. */
    TEN_J_COLIND(ArrayField.Element.INT, 4560, 488, -1, 1),

    /** {@code tendon_limited}: ntendon rows of 1. */
    TENDON_LIMITED(ArrayField.Element.BYTE, 4568, 480, -1, 1),

    /** {@code tendon_actfrclimited}: ntendon rows of 1. */
    TENDON_ACTFRCLIMITED(ArrayField.Element.BYTE, 4576, 480, -1, 1),

    /** {@code tendon_width}: ntendon rows of 1. */
    TENDON_WIDTH(ArrayField.Element.DOUBLE, 4584, 480, -1, 1),

    /** {@code tendon_solref_lim}: ntendon rows of 2. */
    TENDON_SOLREF_LIM(ArrayField.Element.DOUBLE, 4592, 480, -1, 2),

    /** {@code tendon_solimp_lim}: ntendon rows of 5. */
    TENDON_SOLIMP_LIM(ArrayField.Element.DOUBLE, 4600, 480, -1, 5),

    /** {@code tendon_solref_fri}: ntendon rows of 2. */
    TENDON_SOLREF_FRI(ArrayField.Element.DOUBLE, 4608, 480, -1, 2),

    /** {@code tendon_solimp_fri}: ntendon rows of 5. */
    TENDON_SOLIMP_FRI(ArrayField.Element.DOUBLE, 4616, 480, -1, 5),

    /** {@code tendon_range}: ntendon rows of 2. */
    TENDON_RANGE(ArrayField.Element.DOUBLE, 4624, 480, -1, 2),

    /** {@code tendon_actfrcrange}: ntendon rows of 2. */
    TENDON_ACTFRCRANGE(ArrayField.Element.DOUBLE, 4632, 480, -1, 2),

    /** {@code tendon_margin}: ntendon rows of 1. */
    TENDON_MARGIN(ArrayField.Element.DOUBLE, 4640, 480, -1, 1),

    /** {@code tendon_stiffness}: ntendon rows of 1. */
    TENDON_STIFFNESS(ArrayField.Element.DOUBLE, 4648, 480, -1, 1),

    /** {@code tendon_stiffnesspoly}: ntendon rows of 2. */
    TENDON_STIFFNESSPOLY(ArrayField.Element.DOUBLE, 4656, 480, -1, 2),

    /** {@code tendon_damping}: ntendon rows of 1. */
    TENDON_DAMPING(ArrayField.Element.DOUBLE, 4664, 480, -1, 1),

    /** {@code tendon_dampingpoly}: ntendon rows of 2. */
    TENDON_DAMPINGPOLY(ArrayField.Element.DOUBLE, 4672, 480, -1, 2),

    /** {@code tendon_armature}: ntendon rows of 1. */
    TENDON_ARMATURE(ArrayField.Element.DOUBLE, 4680, 480, -1, 1),

    /** {@code tendon_frictionloss}: ntendon rows of 1. */
    TENDON_FRICTIONLOSS(ArrayField.Element.DOUBLE, 4688, 480, -1, 1),

    /** {@code tendon_lengthspring}: ntendon rows of 2. */
    TENDON_LENGTHSPRING(ArrayField.Element.DOUBLE, 4696, 480, -1, 2),

    /** {@code tendon_length0}: ntendon rows of 1. */
    TENDON_LENGTH0(ArrayField.Element.DOUBLE, 4704, 480, -1, 1),

    /** {@code tendon_invweight0}: ntendon rows of 1. */
    TENDON_INVWEIGHT0(ArrayField.Element.DOUBLE, 4712, 480, -1, 1),

    /** {@code tendon_user}: ntendon rows of nuser_tendon. */
    TENDON_USER(ArrayField.Element.DOUBLE, 4720, 480, 632, 1),

    /** {@code tendon_rgba}: ntendon rows of 4. */
    TENDON_RGBA(ArrayField.Element.FLOAT, 4728, 480, -1, 4),

    /** {@code actuator_trntype}: nactuator rows of 1. */
    ACTUATOR_TRNTYPE(ArrayField.Element.INT, 4760, 24, -1, 1),

    /** {@code actuator_dyntype}: nactuator rows of 1. */
    ACTUATOR_DYNTYPE(ArrayField.Element.INT, 4768, 24, -1, 1),

    /** {@code actuator_gaintype}: nactuator rows of 1. */
    ACTUATOR_GAINTYPE(ArrayField.Element.INT, 4776, 24, -1, 1),

    /** {@code actuator_biastype}: nactuator rows of 1. */
    ACTUATOR_BIASTYPE(ArrayField.Element.INT, 4784, 24, -1, 1),

    /** {@code actuator_ctrladr}: nactuator rows of 1. */
    ACTUATOR_CTRLADR(ArrayField.Element.INT, 4792, 24, -1, 1),

    /** {@code actuator_ctrlnum}: nactuator rows of 1. */
    ACTUATOR_CTRLNUM(ArrayField.Element.INT, 4800, 24, -1, 1),

    /** {@code actuator_ctrlspec}: nactuator rows of 1. */
    ACTUATOR_CTRLSPEC(ArrayField.Element.INT, 4808, 24, -1, 1),

    /** {@code actuator_outadr}: nactuator rows of 1. */
    ACTUATOR_OUTADR(ArrayField.Element.INT, 4816, 24, -1, 1),

    /** {@code actuator_outnum}: nactuator rows of 1. */
    ACTUATOR_OUTNUM(ArrayField.Element.INT, 4824, 24, -1, 1),

    /** {@code actuator_actadr}: nactuator rows of 1. */
    ACTUATOR_ACTADR(ArrayField.Element.INT, 4832, 24, -1, 1),

    /** {@code actuator_actnum}: nactuator rows of 1. */
    ACTUATOR_ACTNUM(ArrayField.Element.INT, 4840, 24, -1, 1),

    /** {@code actuator_trnid}: nactuator rows of 2. */
    ACTUATOR_TRNID(ArrayField.Element.INT, 4848, 24, -1, 2),

    /** {@code actuator_cranklength}: nactuator rows of 1. */
    ACTUATOR_CRANKLENGTH(ArrayField.Element.DOUBLE, 4856, 24, -1, 1),

    /** {@code actuator_dynprm}: nactuator rows of 10. */
    ACTUATOR_DYNPRM(ArrayField.Element.DOUBLE, 4864, 24, -1, 10),

    /** {@code actuator_gainprm}: nactuator rows of 10. */
    ACTUATOR_GAINPRM(ArrayField.Element.DOUBLE, 4872, 24, -1, 10),

    /** {@code actuator_biasprm}: nactuator rows of 10. */
    ACTUATOR_BIASPRM(ArrayField.Element.DOUBLE, 4880, 24, -1, 10),

    /** {@code actuator_actlimited}: nactuator rows of 1. */
    ACTUATOR_ACTLIMITED(ArrayField.Element.BYTE, 4888, 24, -1, 1),

    /** {@code actuator_actrange}: nactuator rows of 2. */
    ACTUATOR_ACTRANGE(ArrayField.Element.DOUBLE, 4896, 24, -1, 2),

    /** {@code actuator_actearly}: nactuator rows of 1. */
    ACTUATOR_ACTEARLY(ArrayField.Element.BYTE, 4904, 24, -1, 1),

    /** {@code actuator_history}: nactuator rows of 2. */
    ACTUATOR_HISTORY(ArrayField.Element.INT, 4912, 24, -1, 2),

    /** {@code actuator_historyadr}: nactuator rows of 1. */
    ACTUATOR_HISTORYADR(ArrayField.Element.INT, 4920, 24, -1, 1),

    /** {@code actuator_delay}: nactuator rows of 1. */
    ACTUATOR_DELAY(ArrayField.Element.DOUBLE, 4928, 24, -1, 1),

    /** {@code actuator_damping}: nactuator rows of 1. */
    ACTUATOR_DAMPING(ArrayField.Element.DOUBLE, 4936, 24, -1, 1),

    /** {@code actuator_dampingpoly}: nactuator rows of 2. */
    ACTUATOR_DAMPINGPOLY(ArrayField.Element.DOUBLE, 4944, 24, -1, 2),

    /** {@code actuator_armature}: nactuator rows of 1. */
    ACTUATOR_ARMATURE(ArrayField.Element.DOUBLE, 4952, 24, -1, 1),

    /** {@code actuator_group}: nactuator rows of 1. */
    ACTUATOR_GROUP(ArrayField.Element.INT, 4960, 24, -1, 1),

    /** {@code actuator_user}: nactuator rows of nuser_actuator. */
    ACTUATOR_USER(ArrayField.Element.DOUBLE, 4968, 24, 640, 1),

    /** {@code actuator_plugin}: nactuator rows of 1. */
    ACTUATOR_PLUGIN(ArrayField.Element.INT, 4976, 24, -1, 1),

    /** {@code actuator_forcelimited}: nactuator rows of 1. */
    ACTUATOR_FORCELIMITED(ArrayField.Element.BYTE, 4984, 24, -1, 1),

    /** {@code actuator_forcerange}: nactuator rows of 2. */
    ACTUATOR_FORCERANGE(ArrayField.Element.DOUBLE, 4992, 24, -1, 2),

    /** {@code actuator_ctrllimited}: nu rows of 1. */
    ACTUATOR_CTRLLIMITED(ArrayField.Element.BYTE, 5000, 16, -1, 1),

    /** {@code actuator_ctrlrange}: nu rows of 2. */
    ACTUATOR_CTRLRANGE(ArrayField.Element.DOUBLE, 5008, 16, -1, 2),

    /** {@code actuator_gear}: nout rows of 6. */
    ACTUATOR_GEAR(ArrayField.Element.DOUBLE, 5016, 32, -1, 6),

    /** {@code actuator_acc0}: nout rows of 1. */
    ACTUATOR_ACC0(ArrayField.Element.DOUBLE, 5024, 32, -1, 1),

    /** {@code actuator_length0}: nout rows of 1. */
    ACTUATOR_LENGTH0(ArrayField.Element.DOUBLE, 5032, 32, -1, 1),

    /** {@code actuator_lengthrange}: nout rows of 2. */
    ACTUATOR_LENGTHRANGE(ArrayField.Element.DOUBLE, 5040, 32, -1, 2),

    /** {@code sensor_type}: nsensor rows of 1. */
    SENSOR_TYPE(ArrayField.Element.INT, 5048, 504, -1, 1),

    /** {@code sensor_datatype}: nsensor rows of 1. */
    SENSOR_DATATYPE(ArrayField.Element.INT, 5056, 504, -1, 1),

    /** {@code sensor_needstage}: nsensor rows of 1. */
    SENSOR_NEEDSTAGE(ArrayField.Element.INT, 5064, 504, -1, 1),

    /** {@code sensor_objtype}: nsensor rows of 1. */
    SENSOR_OBJTYPE(ArrayField.Element.INT, 5072, 504, -1, 1),

    /** {@code sensor_objid}: nsensor rows of 1. */
    SENSOR_OBJID(ArrayField.Element.INT, 5080, 504, -1, 1),

    /** {@code sensor_reftype}: nsensor rows of 1. */
    SENSOR_REFTYPE(ArrayField.Element.INT, 5088, 504, -1, 1),

    /** {@code sensor_refid}: nsensor rows of 1. */
    SENSOR_REFID(ArrayField.Element.INT, 5096, 504, -1, 1),

    /** {@code sensor_intprm}: nsensor rows of 3. */
    SENSOR_INTPRM(ArrayField.Element.INT, 5104, 504, -1, 3),

    /** {@code sensor_dim}: nsensor rows of 1. */
    SENSOR_DIM(ArrayField.Element.INT, 5112, 504, -1, 1),

    /** {@code sensor_adr}: nsensor rows of 1. */
    SENSOR_ADR(ArrayField.Element.INT, 5120, 504, -1, 1),

    /** {@code sensor_cutoff}: nsensor rows of 1. */
    SENSOR_CUTOFF(ArrayField.Element.DOUBLE, 5128, 504, -1, 1),

    /** {@code sensor_noise}: nsensor rows of 1. */
    SENSOR_NOISE(ArrayField.Element.DOUBLE, 5136, 504, -1, 1),

    /** {@code sensor_history}: nsensor rows of 2. */
    SENSOR_HISTORY(ArrayField.Element.INT, 5144, 504, -1, 2),

    /** {@code sensor_historyadr}: nsensor rows of 1. */
    SENSOR_HISTORYADR(ArrayField.Element.INT, 5152, 504, -1, 1),

    /** {@code sensor_delay}: nsensor rows of 1. */
    SENSOR_DELAY(ArrayField.Element.DOUBLE, 5160, 504, -1, 1),

    /** {@code sensor_interval}: nsensor rows of 2. */
    SENSOR_INTERVAL(ArrayField.Element.DOUBLE, 5168, 504, -1, 2),

    /** {@code sensor_user}: nsensor rows of nuser_sensor. */
    SENSOR_USER(ArrayField.Element.DOUBLE, 5176, 504, 648, 1),

    /** {@code sensor_plugin}: nsensor rows of 1. */
    SENSOR_PLUGIN(ArrayField.Element.INT, 5184, 504, -1, 1),

    /** {@code key_time}: nkey rows of 1. */
    KEY_TIME(ArrayField.Element.DOUBLE, 5320, 560, -1, 1),

    /** {@code key_qpos}: nkey rows of nq. */
    KEY_QPOS(ArrayField.Element.DOUBLE, 5328, 560, 0, 1),

    /** {@code key_qvel}: nkey rows of nv. */
    KEY_QVEL(ArrayField.Element.DOUBLE, 5336, 560, 8, 1),

    /** {@code key_act}: nkey rows of na. */
    KEY_ACT(ArrayField.Element.DOUBLE, 5344, 560, 40, 1),

    /** {@code key_mpos}: nkey rows of 3 x nmocap. */
    KEY_MPOS(ArrayField.Element.DOUBLE, 5352, 560, 568, 3),

    /** {@code key_mquat}: nkey rows of 4 x nmocap. */
    KEY_MQUAT(ArrayField.Element.DOUBLE, 5360, 560, 568, 4),

    /** {@code key_ctrl}: nkey rows of nu. */
    KEY_CTRL(ArrayField.Element.DOUBLE, 5368, 560, 16, 1);

    final ArrayField field;

    ModelArray(ArrayField.Element element, long pointerOffset, long rowsOffset, long columnsOffset, int columns) {
        field = new ArrayField(element, pointerOffset, rowsOffset, columnsOffset, columns);
    }
}
