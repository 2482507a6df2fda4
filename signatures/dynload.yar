/*
   Dynamic loading: code or names that are looked up at run time do not show in
   a symbol table, so a plugin that can do this may do more than its imports say.
*/

rule native_dynload
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1129"
    hosts = "nginx php node httpd"
    description = "imports functions that load code or look names up at run time"
    why = "What is loaded or looked up at run time stands in no symbol table, so the other findings may not be all that the module can do."
    benign = "It is ordinary: PHP's ffi and opcache, database drivers and most language runtimes load libraries on demand."
    advice = "Weigh it with what else was found; by itself it only says that the symbol table is not the whole story."
  condition:
    imports contains " dlopen " or
    imports contains " dlopen_from " or
    imports contains " dlmopen " or
    imports contains " dlsym " or
    imports contains " dlvsym " or
    imports contains " NSClassFromString " or
    imports contains " objc_getClass " or
    imports contains " objc_lookUpClass " or
    imports contains " objc_getRequiredClass " or
    imports contains " NSAddImage " or
    imports contains " NSLinkModule " or
    imports contains " NSLookupSymbolInImage " or
    imports contains " NSLookupAndBindSymbol " or
    imports contains " NSCreateObjectFileImageFromMemory " or
    imports contains " CFBundleGetFunctionPointerForName " or
    imports contains " CFBundleGetFunctionPointersForNames " or
    imports contains " CFBundleLoadExecutable " or
    imports contains " NSLookupSymbolInModule " or
    imports contains " objc_getMetaClass " or
    imports contains " __libc_dlopen_mode " or
    imports contains " __libc_dlsym "
}

rule native_dynload_host_helper
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1129"
    hosts = "nginx php node httpd"
    description = "imports the host's own function that loads code or looks names up at run time"
    why = "Code that is loaded through the host's helper stands in no symbol table of this module either."
    benign = "Modules that embed a language, such as httpd's for Tcl and Perl, load its extensions this way."
    advice = "Check which extensions it loads, and that they lie where only the administrator may write."
  condition:
    imports contains " uv_dlopen " or
    imports contains " uv_dlsym " or
    imports contains " apr_dso_load " or
    imports contains " apr_dso_sym " or
    imports contains " php_load_shlib " or
    imports contains " php_load_extension "
}

// Whoever looks everything up hides what he uses: beside the resolver stand at
// most two names that are neither the host's nor the linker's.
rule native_dynload_only_resolver
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "imports a function that looks names up at run time and next to nothing else"
    why = "A module that has work to do imports functions to do it with; one that imports the resolver alone looks everything up at run time to keep its calls out of sight."
    benign = "Thin shims that load a vendor's library, and modules linked statically with a libc of their own, look like it."
    advice = "Find out which names it asks for, with a disassembler or the strings that lie next to the call, before it is loaded."
  condition:
    (kind == "macho" or kind == "elf") and
    (imports contains " dlsym " or
     imports contains " dlvsym " or
     imports contains " NSClassFromString " or
     imports contains " objc_getClass " or
     imports contains " objc_lookUpClass " or
     imports contains " objc_getRequiredClass " or
     imports contains " NSLookupSymbolInImage " or
     imports contains " CFBundleGetFunctionPointerForName ") and
    imports matches /^ (((ngx_|zend_|_zend_|php_|_php_|napi_|node_api_|ap_|apr_)[^ ]{1,80}|__cxa_finalize|__gmon_start__|_ITM_[^ ]{1,40}|dyld_stub_binder|__stack_chk_(fail|guard)) )*([^ ]{1,200} (((ngx_|zend_|_zend_|php_|_php_|napi_|node_api_|ap_|apr_)[^ ]{1,80}|__cxa_finalize|__gmon_start__|_ITM_[^ ]{1,40}|dyld_stub_binder|__stack_chk_(fail|guard)) )*){1,3}$/
}

rule javascript_dynload
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1129"
    hosts = "node"
    description = "loads native libraries by process.dlopen or a foreign function package"
    why = "Native code that is called this way has every right of the server's process, and JavaScript alone no longer says what the plugin does."
    benign = "Addon loaders, profilers and bindings to system libraries do it, as do packages built on koffi or ffi-napi."
    advice = "Check which library is opened and that its path is fixed and below the package; approve the library along with the plugin."
  condition:
    kind == "javascript" and
    (calls contains " process.dlopen " or
     calls contains " Bun.dlopen " or
     calls contains " Deno.dlopen " or
     modules contains " ffi " or
     modules contains " ffi-napi " or
     modules contains " node-ffi " or
     modules contains " @2060.io/ffi-napi " or
     modules contains " koffi " or
     modules contains " ffi-rs " or
     modules contains " fastcall " or
     modules contains " sbffi " or
     modules contains " bun:ffi ")
}

rule php_dynload
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1129"
    hosts = "php"
    description = "loads an extension by dl or a native library by FFI"
    why = "FFI and dl get round disable_functions and open_basedir, which is why web shells use them where exec is forbidden."
    benign = "Libraries for machine learning and image work bind C code by FFI; compatibility code probes for dl on old versions."
    advice = "Leave ffi.enable at preload in production, and see that the library's name cannot come from a request."
  condition:
    kind == "php" and
    (calls contains " dl " or
     calls contains " ffi::cdef " or
     calls contains " ffi::load " or
     calls contains " ffi::scope ")
}
