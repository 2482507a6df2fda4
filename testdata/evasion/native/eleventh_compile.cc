/* A Node addon that has V8 compile a script and run it, without Node-API. */
extern "C" {
#define ON_REQUEST
#include "plugin.h"
}
#include "hidden.h" /* 0: the script */
namespace v8 {
template <class T> struct Local { T *slot; };
template <class T> struct MaybeLocal { T *slot; };
enum class NewStringType { kNormal, kInternalized };
class Value;
class ScriptOrigin;
class Context;
class Isolate {
public:
    static Isolate *GetCurrent();
    Local<Context> GetCurrentContext();
};
class String {
public:
    static MaybeLocal<String> NewFromUtf8(Isolate *, const char *, NewStringType, int);
};
class Script {
public:
    static MaybeLocal<Script> Compile(Local<Context>, Local<String>, ScriptOrigin *);
    MaybeLocal<Value> Run(Local<Context>);
};
}
static void *on_register(void *env, void *exports) {
    v8::Isolate *isolate = v8::Isolate::GetCurrent();
    v8::Local<v8::Context> context = isolate->GetCurrentContext();
    v8::Local<v8::String> text = {v8::String::NewFromUtf8(isolate, hidden0(), v8::NewStringType::kNormal, -1).slot};
    v8::Script *script = v8::Script::Compile(context, text, nullptr).slot;
    if (script) script->Run(context);
    return exports;
}
