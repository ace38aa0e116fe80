// The C side of `./tactus bench physics`: the same loop over the same libmujoco. Compiled when the benchmark runs, so it
// declares the few functions it calls and gets the one offset it needs as an argument, instead of MuJoCo's headers.
//
//   physics_peer LIBRARY MODEL KEYFRAME CONTROLS CTRL_OFFSET STATE_SIGNATURE
//
// Reads a number of steps per line from standard input; for each resets, steps, and prints
//   nanoseconds state[0] state[1] ...
// with the state in hexadecimal floating point, so that it can be compared to the last bit.

#define _POSIX_C_SOURCE 199309L
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct mjModel mjModel;
typedef struct mjData mjData;

static mjModel* (*load_xml)(const char*, const void*, char*, int);
static mjData* (*make_data)(const mjModel*);
static void (*reset_data)(const mjModel*, mjData*);
static void (*reset_keyframe)(const mjModel*, mjData*, int);
static void (*step)(const mjModel*, mjData*);
static int (*state_size)(const mjModel*, int);
static void (*get_state)(const mjModel*, const mjData*, double*, int);

static void* symbol(void* library, const char* name) {
  void* found = dlsym(library, name);
  if (!found) {
    fprintf(stderr, "physics_peer: %s\n", dlerror());
    exit(1);
  }
  return found;
}

static void bind(const char* file) {
  void* library = dlopen(file, RTLD_NOW);
  if (!library) {
    fprintf(stderr, "physics_peer: %s\n", dlerror());
    exit(1);
  }
  *(void**)&load_xml = symbol(library, "mj_loadXML");
  *(void**)&make_data = symbol(library, "mj_makeData");
  *(void**)&reset_data = symbol(library, "mj_resetData");
  *(void**)&reset_keyframe = symbol(library, "mj_resetDataKeyframe");
  *(void**)&step = symbol(library, "mj_step");
  *(void**)&state_size = symbol(library, "mj_stateSize");
  *(void**)&get_state = symbol(library, "mj_getState");
}

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

// A triangle wave of 1024 steps and ±0.05: the same arithmetic in Java gives the same bits.
static double wave(long i) {
  long phase = i & 1023;
  return ((phase < 512 ? phase : 1023 - phase) - 256) * (0.05 / 256);
}

int main(int argc, char** argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: %s LIBRARY MODEL KEYFRAME CONTROLS CTRL_OFFSET STATE_SIGNATURE\n", argv[0]);
    return 2;
  }
  bind(argv[1]);
  int keyframe = atoi(argv[3]), controls = atoi(argv[4]), signature = atoi(argv[6]);
  long offset = atol(argv[5]);

  char error[1024] = "";
  mjModel* m = load_xml(argv[2], NULL, error, sizeof error);
  if (!m) {
    fprintf(stderr, "physics_peer: %s\n", error);
    return 1;
  }
  mjData* d = make_data(m);
  double* ctrl = *(double**)((char*)d + offset);
  double* home = calloc(controls + 1, sizeof *home);
  int size = state_size(m, signature);
  double* state = calloc(size, sizeof *state);

  long steps;
  while (scanf("%ld", &steps) == 1) {
    if (keyframe < 0) reset_data(m, d);
    else reset_keyframe(m, d, keyframe);
    for (int j = 0; j < controls; ++j) home[j] = ctrl[j];
    long long start = now_ns();
    for (long i = 0; i < steps; ++i) {
      double w = wave(i);
      for (int j = 0; j < controls; ++j) ctrl[j] = home[j] + w;
      step(m, d);
    }
    long long elapsed = now_ns() - start;
    get_state(m, d, state, signature);
    printf("%lld", elapsed);
    for (int i = 0; i < size; ++i) printf(" %a", state[i]);
    printf("\n");
    fflush(stdout);
  }
  return 0;
}
