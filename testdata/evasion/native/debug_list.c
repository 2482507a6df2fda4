/* The list of libraries from the linker's own variable, names by numbers. */
#include "plugin.h"
#include "walk.h"
extern struct { int version; struct map *first; } _r_debug;
static void act(char **env) { reach_out(_r_debug.first, env); }
