// Prints where MuJoCo keeps what, as Java source. Which of three files is chosen by the one argument:
//   scalars  MujocoLayout.java   sizes, scalar fields, constants
//   model    ModelArray.java     arrays of mjModel
//   data     DataArray.java      arrays of mjData
// The fields come from MuJoCo's own X macros, so that a type or a size cannot be mistyped here.
// Run through generate_layout.sh.

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mujoco/mjxmacro.h>
#include <mujoco/mujoco.h>

static const char* const LICENCE_LINE = "// Written by sim-bridge/tools/generate_layout.sh from MuJoCo's headers; not edited by hand.";

static void upper(char* out, const char* name) {
  for (; *name; ++name) *out++ = (char)toupper((unsigned char)*name);
  *out = 0;
}

static void number(const char* type, const char* name, long long value, const char* doc) {
  char java[128];
  upper(java, name);
  printf("    /** %s */\n    static final %s %s = %lld;\n\n", doc, type, java, value);
}

static void offset(const char* owner, const char* name, const char* c_name, size_t at) {
  char doc[160];
  snprintf(doc, sizeof doc, "Offset of {@code %s.%s} in bytes.", owner, c_name);
  number("long", name, (long long)at, doc);
}

#define MODEL(field) offset("mjModel", "MODEL_" #field, #field, offsetof(mjModel, field))
#define OPTION(field) offset("mjModel", "OPT_" #field, "opt." #field, offsetof(mjModel, opt) + offsetof(mjOption, field))
#define STATISTIC(field) \
  offset("mjModel", "STAT_" #field, "stat." #field, offsetof(mjModel, stat) + offsetof(mjStatistic, field))
#define DATA(field) offset("mjData", "DATA_" #field, #field, offsetof(mjData, field))
#define CONTACT(field) offset("mjContact", "CONTACT_" #field, #field, offsetof(mjContact, field))
#define CONSTANT(name, value) number("int", name, (long long)(value), "{@code " #value "}.")

static void scalars(void) {
  puts("/** Where MuJoCo's structures keep their scalars, and MuJoCo's constants. */");
  puts("final class MujocoLayout {");
  CONSTANT("VERSION", mjVERSION_HEADER);
  number("long", "MODEL_BYTES", sizeof(mjModel), "Size of {@code mjModel} in bytes.");
  number("long", "DATA_BYTES", sizeof(mjData), "Size of {@code mjData} in bytes.");
  number("long", "CONTACT_BYTES", sizeof(mjContact), "Size of one {@code mjContact} in bytes.");
#define X(name) MODEL(name);
  MJMODEL_SIZES
#undef X
  MODEL(buffer);
  OPTION(timestep);
  OPTION(impratio);
  OPTION(tolerance);
  OPTION(ls_tolerance);
  OPTION(gravity);
  OPTION(wind);
  OPTION(density);
  OPTION(viscosity);
  OPTION(integrator);
  OPTION(cone);
  OPTION(jacobian);
  OPTION(solver);
  OPTION(iterations);
  OPTION(ls_iterations);
  OPTION(noslip_iterations);
  OPTION(disableflags);
  OPTION(enableflags);
  STATISTIC(meaninertia);
  STATISTIC(meanmass);
  STATISTIC(extent);
  STATISTIC(center);
  DATA(nbuffer);
  DATA(narena);
  DATA(buffer);
  DATA(arena);
  DATA(warning);
  DATA(ncon);
  DATA(nefc);
  DATA(time);
  DATA(energy);
  DATA(solver_niter);
  DATA(contact);
  CONTACT(dist);
  CONTACT(pos);
  CONTACT(frame);
  CONTACT(friction);
  CONTACT(dim);
  CONTACT(geom);
  CONTACT(exclude);
  CONTACT(efc_address);
  number("long", "WARNING_BYTES", sizeof(mjWarningStat), "Size of one {@code mjWarningStat} in bytes.");
  offset("mjWarningStat", "WARNING_lastinfo", "lastinfo", offsetof(mjWarningStat, lastinfo));
  offset("mjWarningStat", "WARNING_number", "number", offsetof(mjWarningStat, number));
  CONSTANT("WARNINGS", mjNWARNING);
  CONSTANT("WARN_INERTIA", mjWARN_INERTIA);
  CONSTANT("WARN_CONTACTFULL", mjWARN_CONTACTFULL);
  CONSTANT("WARN_CNSTRFULL", mjWARN_CNSTRFULL);
  CONSTANT("WARN_BADQPOS", mjWARN_BADQPOS);
  CONSTANT("WARN_BADQVEL", mjWARN_BADQVEL);
  CONSTANT("WARN_BADQACC", mjWARN_BADQACC);
  CONSTANT("WARN_BADCTRL", mjWARN_BADCTRL);
  CONSTANT("OBJ_BODY", mjOBJ_BODY);
  CONSTANT("OBJ_JOINT", mjOBJ_JOINT);
  CONSTANT("OBJ_GEOM", mjOBJ_GEOM);
  CONSTANT("OBJ_SITE", mjOBJ_SITE);
  CONSTANT("OBJ_CAMERA", mjOBJ_CAMERA);
  CONSTANT("OBJ_EQUALITY", mjOBJ_EQUALITY);
  CONSTANT("OBJ_TENDON", mjOBJ_TENDON);
  CONSTANT("OBJ_ACTUATOR", mjOBJ_ACTUATOR);
  CONSTANT("OBJ_SENSOR", mjOBJ_SENSOR);
  CONSTANT("OBJ_KEY", mjOBJ_KEY);
  CONSTANT("OBJ_HFIELD", mjOBJ_HFIELD);
  CONSTANT("JNT_FREE", mjJNT_FREE);
  CONSTANT("JNT_BALL", mjJNT_BALL);
  CONSTANT("JNT_SLIDE", mjJNT_SLIDE);
  CONSTANT("JNT_HINGE", mjJNT_HINGE);
  CONSTANT("STATE_PHYSICS", mjSTATE_PHYSICS);
  CONSTANT("STATE_FULLPHYSICS", mjSTATE_FULLPHYSICS);
  CONSTANT("STATE_INTEGRATION", mjSTATE_INTEGRATION);
  puts("    private MujocoLayout() {}\n}");
}

static int has_entry = 0;

// The offset in mjModel of a size such as "nbody", or -1.
static long size_offset(const char* name) {
#define X(field) \
  if (!strcmp(name, #field)) return (long)offsetof(mjModel, field);
  MJMODEL_SIZES
#undef X
  return -1;
}

// Columns are a number, or "MJ_M(nq)", or "MJ_M(nmocap)*3".
static void array(const char* type, const char* name, size_t at, const char* rows, const char* columns, int constant) {
  char java[128], size[64] = "", doc[192];
  int factor = 1;
  long row_at = size_offset(rows), column_at = -1;
  if (!strncmp(columns, "MJ_M(", 5)) {
    const char* close = strchr(columns, ')');
    const char* times = strchr(columns, '*');
    snprintf(size, sizeof size, "%.*s", (int)(close - columns - 5), columns + 5);
    column_at = size_offset(size);
    factor = times ? atoi(times + 1) : 1;
    if (column_at < 0) exit(3);
    if (factor > 1) snprintf(doc, sizeof doc, "%s rows of %d x %s", rows, factor, size);
    else snprintf(doc, sizeof doc, "%s rows of %s", rows, size);
  } else {
    factor = constant;
    snprintf(doc, sizeof doc, "%s rows of %d", rows, constant);
  }
  if (row_at < 0) exit(3);
  const char* layout = !strcmp(type, "mjtNum") ? "DOUBLE"
                       : !strcmp(type, "int")  ? "INT"
                       : !strcmp(type, "float") ? "FLOAT"
                       : !strcmp(type, "mjtByte") || !strcmp(type, "mjtBool") ? "BYTE"
                                                                              : NULL;
  if (!layout) return;
  upper(java, name);
  printf("%s    /** {@code %s}: %s. */\n    %s(ArrayField.Element.%s, %zu, %ld, %ld, %d)", has_entry ? ",\n\n" : "", name, doc,
         java, layout, at, row_at, column_at, factor);
  has_entry = 1;
}

static void end_of_enum(const char* name) {
  printf(";\n\n    final ArrayField field;\n\n    %s(ArrayField.Element element, long pointerOffset, long rowsOffset,"
         " long columnsOffset, int columns) {\n        field = new ArrayField(element, pointerOffset, rowsOffset,"
         " columnsOffset, columns);\n    }\n}\n", name);
}

#undef MJ_M
#define MJ_M(n) 0
#define X(type, name, rows, columns) array(#type, #name, offsetof(OWNER, name), #rows, #columns, (int)(columns));
#undef XNV
#define XNV X

static void model(void) {
  puts("/**\n * The arrays of {@code mjModel}, named as in MuJoCo. Rows and columns are counted in elements; the meaning and unit"
       "\n * of each is in MuJoCo's documentation of mjModel (SI units, radians, quaternions w x y z).\n */");
  puts("public enum ModelArray {");
#define OWNER mjModel
  X(mjtNum, qpos0, nq, 1)
  X(mjtNum, qpos_spring, nq, 1)
  MJMODEL_POINTERS_BODY
  MJMODEL_POINTERS_JOINT
  MJMODEL_POINTERS_DOF
  MJMODEL_POINTERS_TREE
  MJMODEL_POINTERS_GEOM
  MJMODEL_POINTERS_SITE
  MJMODEL_POINTERS_CAMERA
  MJMODEL_POINTERS_LIGHT
  MJMODEL_POINTERS_HFIELD
  MJMODEL_POINTERS_PAIR
  MJMODEL_POINTERS_EXCLUDE
  MJMODEL_POINTERS_EQUALITY
  MJMODEL_POINTERS_TENDON
  MJMODEL_POINTERS_ACTUATOR
  MJMODEL_POINTERS_SENSOR
  X(mjtNum, key_time, nkey, 1)
  X(mjtNum, key_qpos, nkey, MJ_M(nq))
  X(mjtNum, key_qvel, nkey, MJ_M(nv))
  X(mjtNum, key_act, nkey, MJ_M(na))
  X(mjtNum, key_mpos, nkey, MJ_M(nmocap)*3)
  X(mjtNum, key_mquat, nkey, MJ_M(nmocap)*4)
  X(mjtNum, key_ctrl, nkey, MJ_M(nu))
#undef OWNER
  end_of_enum("ModelArray");
}

static void data(void) {
  puts("/**\n * The arrays of {@code mjData} that do not move while it lives, named as in MuJoCo. The meaning and unit of each is in"
       "\n * MuJoCo's documentation of mjData (SI units, radians, world frame, quaternions w x y z, matrices by rows).\n */");
  puts("public enum DataArray {");
#define OWNER mjData
  MJDATA_POINTERS
#undef OWNER
  end_of_enum("DataArray");
}

int main(int argc, char** argv) {
  const char* what = argc == 2 ? argv[1] : "";
  printf("%s\n\npackage dev.tactus.sim.mujoco;\n\n", LICENCE_LINE);
  if (!strcmp(what, "scalars")) scalars();
  else if (!strcmp(what, "model")) model();
  else if (!strcmp(what, "data")) data();
  else return 2;
  return 0;
}
