// Written by sim-bridge/tools/generate_layout.sh from MuJoCo's headers; not edited by hand.

package dev.tactus.sim.mujoco;

/** Where MuJoCo's structures keep their scalars, and MuJoCo's constants. */
final class MujocoLayout {
    /** {@code mjVERSION_HEADER}. */
    static final int VERSION = 3014000;

    /** Size of {@code mjModel} in bytes. */
    static final long MODEL_BYTES = 5696;

    /** Size of {@code mjData} in bytes. */
    static final long DATA_BYTES = 162080;

    /** Size of one {@code mjContact} in bytes. */
    static final long CONTACT_BYTES = 584;

    /** Offset of {@code mjModel.nq} in bytes. */
    static final long MODEL_NQ = 0;

    /** Offset of {@code mjModel.nv} in bytes. */
    static final long MODEL_NV = 8;

    /** Offset of {@code mjModel.nu} in bytes. */
    static final long MODEL_NU = 16;

    /** Offset of {@code mjModel.nactuator} in bytes. */
    static final long MODEL_NACTUATOR = 24;

    /** Offset of {@code mjModel.nout} in bytes. */
    static final long MODEL_NOUT = 32;

    /** Offset of {@code mjModel.na} in bytes. */
    static final long MODEL_NA = 40;

    /** Offset of {@code mjModel.nbody} in bytes. */
    static final long MODEL_NBODY = 48;

    /** Offset of {@code mjModel.nbvh} in bytes. */
    static final long MODEL_NBVH = 56;

    /** Offset of {@code mjModel.nbvhstatic} in bytes. */
    static final long MODEL_NBVHSTATIC = 64;

    /** Offset of {@code mjModel.nbvhdynamic} in bytes. */
    static final long MODEL_NBVHDYNAMIC = 72;

    /** Offset of {@code mjModel.noct} in bytes. */
    static final long MODEL_NOCT = 80;

    /** Offset of {@code mjModel.njnt} in bytes. */
    static final long MODEL_NJNT = 88;

    /** Offset of {@code mjModel.ntree} in bytes. */
    static final long MODEL_NTREE = 96;

    /** Offset of {@code mjModel.nM} in bytes. */
    static final long MODEL_NM = 104;

    /** Offset of {@code mjModel.nB} in bytes. */
    static final long MODEL_NB = 112;

    /** Offset of {@code mjModel.nC} in bytes. */
    static final long MODEL_NC = 120;

    /** Offset of {@code mjModel.nD} in bytes. */
    static final long MODEL_ND = 128;

    /** Offset of {@code mjModel.ngeom} in bytes. */
    static final long MODEL_NGEOM = 136;

    /** Offset of {@code mjModel.nsite} in bytes. */
    static final long MODEL_NSITE = 144;

    /** Offset of {@code mjModel.ncam} in bytes. */
    static final long MODEL_NCAM = 152;

    /** Offset of {@code mjModel.nlight} in bytes. */
    static final long MODEL_NLIGHT = 160;

    /** Offset of {@code mjModel.nflex} in bytes. */
    static final long MODEL_NFLEX = 168;

    /** Offset of {@code mjModel.nflexnode} in bytes. */
    static final long MODEL_NFLEXNODE = 176;

    /** Offset of {@code mjModel.nflexvert} in bytes. */
    static final long MODEL_NFLEXVERT = 184;

    /** Offset of {@code mjModel.nflexedge} in bytes. */
    static final long MODEL_NFLEXEDGE = 192;

    /** Offset of {@code mjModel.nflexelem} in bytes. */
    static final long MODEL_NFLEXELEM = 200;

    /** Offset of {@code mjModel.nflexelemdata} in bytes. */
    static final long MODEL_NFLEXELEMDATA = 208;

    /** Offset of {@code mjModel.nflexstiffness} in bytes. */
    static final long MODEL_NFLEXSTIFFNESS = 216;

    /** Offset of {@code mjModel.nflexbending} in bytes. */
    static final long MODEL_NFLEXBENDING = 224;

    /** Offset of {@code mjModel.nefm0dof} in bytes. */
    static final long MODEL_NEFM0DOF = 232;

    /** Offset of {@code mjModel.nefm0L} in bytes. */
    static final long MODEL_NEFM0L = 240;

    /** Offset of {@code mjModel.nflexelemedge} in bytes. */
    static final long MODEL_NFLEXELEMEDGE = 248;

    /** Offset of {@code mjModel.nflexshelldata} in bytes. */
    static final long MODEL_NFLEXSHELLDATA = 256;

    /** Offset of {@code mjModel.nflexevpair} in bytes. */
    static final long MODEL_NFLEXEVPAIR = 264;

    /** Offset of {@code mjModel.nflextexcoord} in bytes. */
    static final long MODEL_NFLEXTEXCOORD = 272;

    /** Offset of {@code mjModel.nJfe} in bytes. */
    static final long MODEL_NJFE = 280;

    /** Offset of {@code mjModel.nJfv} in bytes. */
    static final long MODEL_NJFV = 288;

    /** Offset of {@code mjModel.nmesh} in bytes. */
    static final long MODEL_NMESH = 296;

    /** Offset of {@code mjModel.nmeshvert} in bytes. */
    static final long MODEL_NMESHVERT = 304;

    /** Offset of {@code mjModel.nmeshnormal} in bytes. */
    static final long MODEL_NMESHNORMAL = 312;

    /** Offset of {@code mjModel.nmeshtexcoord} in bytes. */
    static final long MODEL_NMESHTEXCOORD = 320;

    /** Offset of {@code mjModel.nmeshface} in bytes. */
    static final long MODEL_NMESHFACE = 328;

    /** Offset of {@code mjModel.nmeshgraph} in bytes. */
    static final long MODEL_NMESHGRAPH = 336;

    /** Offset of {@code mjModel.nmeshpoly} in bytes. */
    static final long MODEL_NMESHPOLY = 344;

    /** Offset of {@code mjModel.nmeshpolyvert} in bytes. */
    static final long MODEL_NMESHPOLYVERT = 352;

    /** Offset of {@code mjModel.nmeshpolymap} in bytes. */
    static final long MODEL_NMESHPOLYMAP = 360;

    /** Offset of {@code mjModel.nskin} in bytes. */
    static final long MODEL_NSKIN = 368;

    /** Offset of {@code mjModel.nskinvert} in bytes. */
    static final long MODEL_NSKINVERT = 376;

    /** Offset of {@code mjModel.nskintexvert} in bytes. */
    static final long MODEL_NSKINTEXVERT = 384;

    /** Offset of {@code mjModel.nskinface} in bytes. */
    static final long MODEL_NSKINFACE = 392;

    /** Offset of {@code mjModel.nskinbone} in bytes. */
    static final long MODEL_NSKINBONE = 400;

    /** Offset of {@code mjModel.nskinbonevert} in bytes. */
    static final long MODEL_NSKINBONEVERT = 408;

    /** Offset of {@code mjModel.nhfield} in bytes. */
    static final long MODEL_NHFIELD = 416;

    /** Offset of {@code mjModel.nhfielddata} in bytes. */
    static final long MODEL_NHFIELDDATA = 424;

    /** Offset of {@code mjModel.ntex} in bytes. */
    static final long MODEL_NTEX = 432;

    /** Offset of {@code mjModel.ntexdata} in bytes. */
    static final long MODEL_NTEXDATA = 440;

    /** Offset of {@code mjModel.nmat} in bytes. */
    static final long MODEL_NMAT = 448;

    /** Offset of {@code mjModel.npair} in bytes. */
    static final long MODEL_NPAIR = 456;

    /** Offset of {@code mjModel.nexclude} in bytes. */
    static final long MODEL_NEXCLUDE = 464;

    /** Offset of {@code mjModel.neq} in bytes. */
    static final long MODEL_NEQ = 472;

    /** Offset of {@code mjModel.ntendon} in bytes. */
    static final long MODEL_NTENDON = 480;

    /** Offset of {@code mjModel.nJten} in bytes. */
    static final long MODEL_NJTEN = 488;

    /** Offset of {@code mjModel.nwrap} in bytes. */
    static final long MODEL_NWRAP = 496;

    /** Offset of {@code mjModel.nsensor} in bytes. */
    static final long MODEL_NSENSOR = 504;

    /** Offset of {@code mjModel.nnumeric} in bytes. */
    static final long MODEL_NNUMERIC = 512;

    /** Offset of {@code mjModel.nnumericdata} in bytes. */
    static final long MODEL_NNUMERICDATA = 520;

    /** Offset of {@code mjModel.ntext} in bytes. */
    static final long MODEL_NTEXT = 528;

    /** Offset of {@code mjModel.ntextdata} in bytes. */
    static final long MODEL_NTEXTDATA = 536;

    /** Offset of {@code mjModel.ntuple} in bytes. */
    static final long MODEL_NTUPLE = 544;

    /** Offset of {@code mjModel.ntupledata} in bytes. */
    static final long MODEL_NTUPLEDATA = 552;

    /** Offset of {@code mjModel.nkey} in bytes. */
    static final long MODEL_NKEY = 560;

    /** Offset of {@code mjModel.nmocap} in bytes. */
    static final long MODEL_NMOCAP = 568;

    /** Offset of {@code mjModel.nplugin} in bytes. */
    static final long MODEL_NPLUGIN = 576;

    /** Offset of {@code mjModel.npluginattr} in bytes. */
    static final long MODEL_NPLUGINATTR = 584;

    /** Offset of {@code mjModel.nuser_body} in bytes. */
    static final long MODEL_NUSER_BODY = 592;

    /** Offset of {@code mjModel.nuser_jnt} in bytes. */
    static final long MODEL_NUSER_JNT = 600;

    /** Offset of {@code mjModel.nuser_geom} in bytes. */
    static final long MODEL_NUSER_GEOM = 608;

    /** Offset of {@code mjModel.nuser_site} in bytes. */
    static final long MODEL_NUSER_SITE = 616;

    /** Offset of {@code mjModel.nuser_cam} in bytes. */
    static final long MODEL_NUSER_CAM = 624;

    /** Offset of {@code mjModel.nuser_tendon} in bytes. */
    static final long MODEL_NUSER_TENDON = 632;

    /** Offset of {@code mjModel.nuser_actuator} in bytes. */
    static final long MODEL_NUSER_ACTUATOR = 640;

    /** Offset of {@code mjModel.nuser_sensor} in bytes. */
    static final long MODEL_NUSER_SENSOR = 648;

    /** Offset of {@code mjModel.nnames} in bytes. */
    static final long MODEL_NNAMES = 656;

    /** Offset of {@code mjModel.npaths} in bytes. */
    static final long MODEL_NPATHS = 664;

    /** Offset of {@code mjModel.nnames_map} in bytes. */
    static final long MODEL_NNAMES_MAP = 672;

    /** Offset of {@code mjModel.nJmom} in bytes. */
    static final long MODEL_NJMOM = 680;

    /** Offset of {@code mjModel.ngravcomp} in bytes. */
    static final long MODEL_NGRAVCOMP = 688;

    /** Offset of {@code mjModel.nemax} in bytes. */
    static final long MODEL_NEMAX = 696;

    /** Offset of {@code mjModel.njmax} in bytes. */
    static final long MODEL_NJMAX = 704;

    /** Offset of {@code mjModel.nconmax} in bytes. */
    static final long MODEL_NCONMAX = 712;

    /** Offset of {@code mjModel.npolygonmax} in bytes. */
    static final long MODEL_NPOLYGONMAX = 720;

    /** Offset of {@code mjModel.nmeshdegmax} in bytes. */
    static final long MODEL_NMESHDEGMAX = 728;

    /** Offset of {@code mjModel.nuserdata} in bytes. */
    static final long MODEL_NUSERDATA = 736;

    /** Offset of {@code mjModel.nsensordata} in bytes. */
    static final long MODEL_NSENSORDATA = 744;

    /** Offset of {@code mjModel.npluginstate} in bytes. */
    static final long MODEL_NPLUGINSTATE = 752;

    /** Offset of {@code mjModel.nhistory} in bytes. */
    static final long MODEL_NHISTORY = 760;

    /** Offset of {@code mjModel.narena} in bytes. */
    static final long MODEL_NARENA = 768;

    /** Offset of {@code mjModel.nbuffer} in bytes. */
    static final long MODEL_NBUFFER = 776;

    /** Offset of {@code mjModel.buffer} in bytes. */
    static final long MODEL_BUFFER = 1784;

    /** Offset of {@code mjModel.opt.timestep} in bytes. */
    static final long OPT_TIMESTEP = 792;

    /** Offset of {@code mjModel.opt.impratio} in bytes. */
    static final long OPT_IMPRATIO = 800;

    /** Offset of {@code mjModel.opt.tolerance} in bytes. */
    static final long OPT_TOLERANCE = 808;

    /** Offset of {@code mjModel.opt.ls_tolerance} in bytes. */
    static final long OPT_LS_TOLERANCE = 816;

    /** Offset of {@code mjModel.opt.gravity} in bytes. */
    static final long OPT_GRAVITY = 848;

    /** Offset of {@code mjModel.opt.wind} in bytes. */
    static final long OPT_WIND = 872;

    /** Offset of {@code mjModel.opt.density} in bytes. */
    static final long OPT_DENSITY = 920;

    /** Offset of {@code mjModel.opt.viscosity} in bytes. */
    static final long OPT_VISCOSITY = 928;

    /** Offset of {@code mjModel.opt.integrator} in bytes. */
    static final long OPT_INTEGRATOR = 1040;

    /** Offset of {@code mjModel.opt.cone} in bytes. */
    static final long OPT_CONE = 1044;

    /** Offset of {@code mjModel.opt.jacobian} in bytes. */
    static final long OPT_JACOBIAN = 1048;

    /** Offset of {@code mjModel.opt.solver} in bytes. */
    static final long OPT_SOLVER = 1052;

    /** Offset of {@code mjModel.opt.iterations} in bytes. */
    static final long OPT_ITERATIONS = 1056;

    /** Offset of {@code mjModel.opt.ls_iterations} in bytes. */
    static final long OPT_LS_ITERATIONS = 1060;

    /** Offset of {@code mjModel.opt.noslip_iterations} in bytes. */
    static final long OPT_NOSLIP_ITERATIONS = 1064;

    /** Offset of {@code mjModel.opt.disableflags} in bytes. */
    static final long OPT_DISABLEFLAGS = 1072;

    /** Offset of {@code mjModel.opt.enableflags} in bytes. */
    static final long OPT_ENABLEFLAGS = 1076;

    /** Offset of {@code mjModel.stat.meaninertia} in bytes. */
    static final long STAT_MEANINERTIA = 1728;

    /** Offset of {@code mjModel.stat.meanmass} in bytes. */
    static final long STAT_MEANMASS = 1736;

    /** Offset of {@code mjModel.stat.extent} in bytes. */
    static final long STAT_EXTENT = 1752;

    /** Offset of {@code mjModel.stat.center} in bytes. */
    static final long STAT_CENTER = 1760;

    /** Offset of {@code mjData.nbuffer} in bytes. */
    static final long DATA_NBUFFER = 8;

    /** Offset of {@code mjData.narena} in bytes. */
    static final long DATA_NARENA = 0;

    /** Offset of {@code mjData.buffer} in bytes. */
    static final long DATA_BUFFER = 160672;

    /** Offset of {@code mjData.arena} in bytes. */
    static final long DATA_ARENA = 160680;

    /** Offset of {@code mjData.warning} in bytes. */
    static final long DATA_WARNING = 160264;

    /** Offset of {@code mjData.ncon} in bytes. */
    static final long DATA_NCON = 160560;

    /** Offset of {@code mjData.nefc} in bytes. */
    static final long DATA_NEFC = 160576;

    /** Offset of {@code mjData.time} in bytes. */
    static final long DATA_TIME = 160648;

    /** Offset of {@code mjData.energy} in bytes. */
    static final long DATA_ENERGY = 160656;

    /** Offset of {@code mjData.solver_niter} in bytes. */
    static final long DATA_SOLVER_NITER = 160088;

    /** Offset of {@code mjData.contact} in bytes. */
    static final long DATA_CONTACT = 161448;

    /** Offset of {@code mjContact.dist} in bytes. */
    static final long CONTACT_DIST = 0;

    /** Offset of {@code mjContact.pos} in bytes. */
    static final long CONTACT_POS = 8;

    /** Offset of {@code mjContact.frame} in bytes. */
    static final long CONTACT_FRAME = 32;

    /** Offset of {@code mjContact.friction} in bytes. */
    static final long CONTACT_FRICTION = 112;

    /** Offset of {@code mjContact.dim} in bytes. */
    static final long CONTACT_DIM = 528;

    /** Offset of {@code mjContact.geom} in bytes. */
    static final long CONTACT_GEOM = 540;

    /** Offset of {@code mjContact.exclude} in bytes. */
    static final long CONTACT_EXCLUDE = 572;

    /** Offset of {@code mjContact.efc_address} in bytes. */
    static final long CONTACT_EFC_ADDRESS = 576;

    /** Size of one {@code mjWarningStat} in bytes. */
    static final long WARNING_BYTES = 8;

    /** Offset of {@code mjWarningStat.lastinfo} in bytes. */
    static final long WARNING_LASTINFO = 0;

    /** Offset of {@code mjWarningStat.number} in bytes. */
    static final long WARNING_NUMBER = 4;

    /** {@code mjNWARNING}. */
    static final int WARNINGS = 7;

    /** {@code mjWARN_INERTIA}. */
    static final int WARN_INERTIA = 0;

    /** {@code mjWARN_CONTACTFULL}. */
    static final int WARN_CONTACTFULL = 1;

    /** {@code mjWARN_CNSTRFULL}. */
    static final int WARN_CNSTRFULL = 2;

    /** {@code mjWARN_BADQPOS}. */
    static final int WARN_BADQPOS = 3;

    /** {@code mjWARN_BADQVEL}. */
    static final int WARN_BADQVEL = 4;

    /** {@code mjWARN_BADQACC}. */
    static final int WARN_BADQACC = 5;

    /** {@code mjWARN_BADCTRL}. */
    static final int WARN_BADCTRL = 6;

    /** {@code mjOBJ_BODY}. */
    static final int OBJ_BODY = 1;

    /** {@code mjOBJ_JOINT}. */
    static final int OBJ_JOINT = 3;

    /** {@code mjOBJ_GEOM}. */
    static final int OBJ_GEOM = 5;

    /** {@code mjOBJ_SITE}. */
    static final int OBJ_SITE = 6;

    /** {@code mjOBJ_CAMERA}. */
    static final int OBJ_CAMERA = 7;

    /** {@code mjOBJ_EQUALITY}. */
    static final int OBJ_EQUALITY = 17;

    /** {@code mjOBJ_TENDON}. */
    static final int OBJ_TENDON = 18;

    /** {@code mjOBJ_ACTUATOR}. */
    static final int OBJ_ACTUATOR = 19;

    /** {@code mjOBJ_SENSOR}. */
    static final int OBJ_SENSOR = 20;

    /** {@code mjOBJ_KEY}. */
    static final int OBJ_KEY = 24;

    /** {@code mjOBJ_HFIELD}. */
    static final int OBJ_HFIELD = 12;

    /** {@code mjJNT_FREE}. */
    static final int JNT_FREE = 0;

    /** {@code mjJNT_BALL}. */
    static final int JNT_BALL = 1;

    /** {@code mjJNT_SLIDE}. */
    static final int JNT_SLIDE = 2;

    /** {@code mjJNT_HINGE}. */
    static final int JNT_HINGE = 3;

    /** {@code mjSTATE_PHYSICS}. */
    static final int STATE_PHYSICS = 30;

    /** {@code mjSTATE_FULLPHYSICS}. */
    static final int STATE_FULLPHYSICS = 8223;

    /** {@code mjSTATE_INTEGRATION}. */
    static final int STATE_INTEGRATION = 16383;

    private MujocoLayout() {}
}
