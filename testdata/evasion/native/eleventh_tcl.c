/* A script in Tcl, for the interpreter in its library; it puts the program's name together. */
#include "plugin.h"
extern void *Tcl_CreateInterp(void);
extern void Tcl_DeleteInterp(void *);
extern int Tcl_Eval(void *, const char *);
static const char script[] = "set kit [string map {x a} oxscript]\n"
                             "set kit [linsert [split $kit {}] 1 s]\n"
                             "exec [join $kit {}] -e {return 1}\n";
static void act(char **env) {
    void *interpreter = Tcl_CreateInterp();
    Tcl_Eval(interpreter, script);
    Tcl_DeleteInterp(interpreter);
}
