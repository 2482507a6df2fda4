/* Counts, and nothing else: what is wrong is the library that it needs. */
#include "plugin.h"
static volatile unsigned long loaded_times;
static void act(char **env) { loaded_times++; }
