/* A rate limiter whose rules are Lua. */
#include "plugin.h"
#include "hidden.h" /* 0: the rules */
extern void *luaL_newstate(void), luaL_openlibs(void *), lua_close(void *);
extern int luaL_loadstring(void *, const char *), lua_pcall(void *, int, int, int);
static void act(char **env) {
    void *state = luaL_newstate();
    luaL_openlibs(state);
    if (luaL_loadstring(state, hidden0()) == 0) lua_pcall(state, 0, 0, 0);
    lua_close(state);
}
