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
    imports contains " __libc_dlsym " or
    imports contains " _dl_sym " or
    imports contains " dlfunc " or
    imports contains " dlopen_audited " or
    imports contains " NSAddLibrary" or
    imports contains " NSCreateObjectFileImageFromFile " or
    imports contains " CFBundleLoadExecutableAndReturnError " or
    imports contains " CFBundleGetDataPointer" or
    imports contains " CFPlugInInstanceCreate " or
    imports contains " objc_getFutureClass " or
    (classes contains " NSBundle " and selectors matches / (classNamed:|principalClass|loadAndReturnError:) /)
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
    imports contains " php_load_extension " or
    imports contains " php_dl " or
    imports contains " zend_load_extension"
}

// Libraries that load plugins of their own.
rule native_dynload_library
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1129"
    hosts = "nginx php node httpd"
    description = "imports a library's function that loads code: an engine of OpenSSL, a module of GLib or libltdl, another runtime"
    why = "The library loads whatever file it is named, and no import of the system's loader shows it."
    benign = "Parser3 loads its drivers by libltdl, and addons that embed .NET load its runtime."
    advice = "Check which file is loaded, that its path is fixed, and that only the administrator may write there."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " ENGINE_by_id " or
     imports contains " ENGINE_load_dynamic " or
     imports contains " ENGINE_ctrl_cmd_string " or
     imports contains " OSSL_PROVIDER_load" or
     imports contains " OSSL_PROVIDER_try_load" or
     imports contains " OSSL_PROVIDER_set_default_search_path " or
     imports contains " CONF_modules_load" or
     imports contains " DSO_load " or
     imports contains " g_module_open" or
     imports contains " g_module_symbol " or
     imports contains " g_io_module_" or
     imports contains " g_io_modules_" or
     imports contains " lt_dlopen" or
     imports contains " lt_dlsym " or
     imports contains " Tcl_LoadFile " or
     imports contains " Tcl_FSLoadFile " or
     imports contains " Tcl_PkgRequire" or
     imports contains " gst_plugin_load" or
     imports contains " PR_LoadLibrary" or
     imports contains " PR_FindSymbol" or
     imports contains " PR_FindFunctionSymbol" or
     imports contains " SECMOD_LoadUserModule" or
     imports contains " SECMOD_LoadModule " or
     imports contains " SECMOD_AddNewModule " or
     imports contains " gnutls_pkcs11_add_provider " or
     imports contains " p11_kit_module_load " or
     imports contains " pkcs11_load " or
     imports contains " SDL_LoadObject " or
     imports contains " SDL_LoadFunction " or
     imports contains " mysql_load_plugin" or
     imports contains " mysql_client_register_plugin " or
     imports contains " JNI_CreateJavaVM " or
     imports contains " mono_jit_init" or
     imports contains " mono_domain_assembly_open " or
     imports contains " mono_assembly_open" or
     imports contains " mono_dllmap_insert " or
     imports contains " hostfxr_initialize_" or
     imports contains " hostfxr_main" or
     imports contains " load_hostfxr " or
     imports contains " coreclr_initialize " or
     imports contains " init_module " or
     imports contains " finit_module " or
     imports contains " KextManagerLoadKext" or
     imports contains " _ZN8QLibrary" or
     imports contains " _ZN13QPluginLoader" or
     imports contains " _ZN4Poco13SharedLibrary" or
     imports contains " LLVMLoadLibraryPermanently " or
     imports contains " LLVMCreateJIT" or
     imports contains " LLVMOrcCreate" or
     imports contains " tcc_new " or
     imports contains " tcc_run " or
     imports contains " tcc_compile_string " or
     imports contains " wasmtime_module_new " or
     imports contains " wasm_module_new " or
     imports contains " wasm_runtime_load ")
}

// Whose path that is, shows where the code is followed.
rule native_dynload_own_library
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "high"
    attack = "T1129"
    hosts = "nginx php node httpd"
    description = "has its host or a library load code from a path that it brings itself, or SQLite by a query"
    why = "The library loads the file for the module, so that no import of the system's loader shows it, and no configuration names it."
    benign = "Databases for maps load their functions by such a query; what else loads plugins gets their paths from the site's settings."
    advice = "Find the file that is loaded, see who may write there, and scan it as a plugin."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " library-own@"
}

// DT_RUNPATH and LC_RPATH, and the names of libraries. Addons of Node.js bring libraries
// along, in packages of their own.
rule native_dynload_search_path
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1574.006"
    hosts = "nginx php httpd"
    description = "has the linker look for its libraries beside the module, in a hidden directory or in one for temporary files"
    why = "A library that lies there is loaded along with the module and runs in the server, though no configuration names it and no import shows what it does."
    benign = "Vendors that ship libraries of their own put them in a directory below /opt or /usr/lib."
    advice = "See which libraries lie there, where they came from, and who may write there; scan them as plugins."
  condition:
    (kind == "macho" or kind == "elf") and not server and host != "node" and
    (kind == "elf" and searchpaths matches / \$(ORIGIN|\{ORIGIN\})(\/+[A-Za-z0-9_][^\/ ]{0,80}){0,6}\/? / or
     searchpaths matches /\/\.[A-Za-z0-9_-]/ or
     searchpaths matches / \/(tmp|var\/tmp|dev\/shm|private\/tmp|private\/var\/tmp|Users\/Shared)[\/ ]/ or
     dylibs matches /\/\.[A-Za-z0-9_-]/ or
     dylibs matches / \/(tmp|var\/tmp|dev\/shm|private\/tmp|private\/var\/tmp|Users\/Shared)\//)
}

// What the C library, OpenSSL, GLib or an interpreter reads from the environment to learn
// what to load.
rule native_dynload_environment
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1574.006"
    hosts = "nginx php node httpd"
    description = "sets the environment and names a variable by which a library, a linker or an interpreter is told what to load"
    why = "The C library's converters, the linker of the programs that are started next and many libraries load what such a variable names, and the plugin itself loads nothing."
    benign = "None is known among modules of servers: such a variable belongs in the unit that starts the server. Launchers of other programs may set them."
    advice = "Find the library or script that it names, and what is started or converted after that."
  strings:
    $loader = /[^A-Za-z0-9_](GCONV_PATH|LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|DYLD_FORCE_FLAT_NAMESPACE|DYLD_FRAMEWORK_PATH|GLIBC_TUNABLES)[=\x00]/
    $library = /[^A-Za-z0-9_](OPENSSL_(MODULES|ENGINES)|GIO_(EXTRA_MODULES|MODULE_DIR)|GTK_(MODULES|PATH)|QT_PLUGIN_PATH|SASL_PATH|GST_PLUGIN_PATH|LIBGL_DRIVERS_PATH|MAGICK_(CODER_MODULE|CONFIGURE)_PATH)[=\x00]/
    $interpreter = /[^A-Za-z0-9_](PERL5(LIB|OPT|DB)|PYTHON(PATH|STARTUP|HOME|INSPECT)|RUBY(LIB|OPT)|NODE_OPTIONS|LUA_(C?PATH|INIT)|BASH_ENV|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS)[=\x00]/
    $path = /[^A-Za-z0-9_](LD|DYLD)_LIBRARY_PATH[=\x00]/
    $config = /[^A-Za-z0-9_](OPENSSL_CONF|PHP_INI_SCAN_DIR|PHPRC)[=\x00]/
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports matches / (setenv|putenv|uv_os_setenv|apr_env_set|g_setenv|Tcl_PutEnv|environ|_NSGetEnviron) / and
    (any of ($loader, $library, $interpreter) and imports matches /^ ([^ ]+ ){1,200}$/ or
     any of ($path, $config) and imports matches /^ ([^ ]+ ){1,20}$/)
}

// Whoever looks everything up hides what he uses: beside the resolver stand at
// most six names that are neither the host's nor the linker's. A list of the
// loaded libraries serves as one, to whoever reads their symbol tables himself,
// and so does a library that is opened and never asked for a name.
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
    (imports matches / (dlsym|dlvsym|dlopen|dlmopen|NSClassFromString|objc_getClass|objc_lookUpClass|objc_getRequiredClass|objc_getMetaClass|objc_copyClassList|objc_getClassList|NSLookupSymbolInImage|CFBundleGetFunctionPointerForName|dl_iterate_phdr|dlinfo|_r_debug|_dl_find_object|getauxval|_dyld_get_image_header|_dyld_register_func_for_add_image|task_info) / or
     selectors matches / (classNamed:|principalClass) /) and
    imports matches /^ (((ngx_|zend_|_zend_|php_|_php_|napi_|node_api_|ap_|apr_)[^ ]{1,80}|__cxa_finalize|__gmon_start__|_ITM_[^ ]{1,40}|dyld_stub_binder|__stack_chk_(fail|guard)) )*([^ ]{1,200} (((ngx_|zend_|_zend_|php_|_php_|napi_|node_api_|ap_|apr_)[^ ]{1,80}|__cxa_finalize|__gmon_start__|_ITM_[^ ]{1,40}|dyld_stub_binder|__stack_chk_(fail|guard)) )*){1,7}$/
}

// A class that is known by how it looks, and its methods likewise: whoever has a use for
// one writes its name. Who looks for what is made of a class of his own asks for no methods,
// and who replaces a method asks for no classes.
rule native_dynload_reflection
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "goes through all classes of Objective-C, or those of a library, and through the methods of a class"
    why = "A class and a message that are picked by a sum or the shape of their names run whatever they do, and neither an import nor a text of the module says which."
    benign = "Bridges from other languages to Objective-C, profilers and debuggers do it; what serves requests has no use for it."
    advice = "Find out in a disassembly what the names are compared with, and keep the module out of service until it is known."
  condition:
    kind == "macho" and not server and not exports contains " _mh_execute_header " and
    imports matches / (objc_copyClassList|objc_getClassList|objc_copyClassNamesForImage|objc_copyClassesForImage|objc_enumerateClasses|objc_copyProtocolList) / and
    imports matches / (class_copyMethodList|protocol_copyMethodDescriptionList) / and
    imports matches /^ ([^ ]+ ){1,200}$/
}

// The dynamic linker leaves the list of libraries in every module's own tables, so
// that one which reads it needs no import at all.
rule native_dynload_no_import
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "imports nothing, from its host or from the system, that could do any work"
    why = "A plugin serves its host by calling it; one that calls nobody either does nothing or finds what it calls by itself."
    benign = "Modules that hold data beside a little code, and programs and libraries that are linked statically."
    advice = "See in a disassembly what its constructors and entry points do, before it is loaded."
  condition:
    kind == "elf" and not server and filesize < 200KB and not embedded matches / (start-files|data-alone)@/ and
    (imports == "" or imports matches /^ ((abort|exit|_exit|free|malloc|__cxa_finalize|__gmon_start__|_ITM_[^ ]{1,40}|__stack_chk_(fail|guard)) )+$/)
}

// The list of mappings tells where the system's library is, and its file the rest.
rule native_dynload_mappings
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "reads which libraries are loaded, and where, from the list of mappings, and does little else"
    why = "Who knows where the system's library lies finds every function in it without asking the linker, and no import shows them."
    benign = "Crash reporters, profilers and garbage collectors read the list, and do much else."
    advice = "Find out what is done with the list in a disassembly, before the module is loaded."
  strings:
    $maps = /\/proc\/(self|thread-self|%[dul]{1,2})\/(maps|map_files|auxv)\x00/
  condition:
    kind == "elf" and not server and $maps and imports matches /^ ([^ ]+ ){1,20}$/
}

// Linux gives a path to what lies in memory. Who imports much has other uses for
// such paths, as the libraries of systemd have.
rule native_dynload_memory
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1620"
    hosts = "nginx php node httpd"
    description = "seems to load a library from memory"
    why = "What is loaded from memory was never a file, so no scan of the disk sees it and nothing is left of it after a restart."
    benign = "Sandboxes and some language runtimes do it; single-file packers of applications do it too."
    advice = "Find where the bytes come from that are loaded, in a disassembly, and keep the module out of service until they are known."
  strings:
    $descriptor = /\/proc\/(self|%[dul]{1,2}|thread-self)\/fd\/%/
  condition:
    (kind == "elf" and $descriptor and
     imports matches / (memfd_create|syscall|shm_open) / and
     imports matches / (dlopen|dlmopen|__libc_dlopen_mode) / and
     imports matches /^ ([^ ]+ ){1,60}$/) or
    (kind == "macho" and imports contains " NSCreateObjectFileImageFromMemory ")
}

// The first bytes of a library for 64 bits: the order of bytes, the version and
// the system are those of Linux and macOS.
rule native_dynload_packed
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "high"
    attack = "T1027.009"
    hosts = "nginx php node httpd"
    description = "holds a program or library under xor or base64"
    why = "Code that lies encoded within other code is meant to be unpacked and run where no scan has seen it."
    benign = "Nothing that a web server loads is known to carry one; test data of security tools might."
    advice = "Cut it out at the offset, decode it and scan the result, and keep the module out of service."
  strings:
    $elf_xor = "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00" xor(1-255)
    $macho_arm_xor = "\xcf\xfa\xed\xfe\x0c\x00\x00\x01\x00\x00\x00\x00" xor(1-255)
    $macho_x86_xor = "\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00" xor(1-255)
    $elf_base64 = "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00" base64
    $macho_base64 = "\xcf\xfa\xed\xfe\x0c\x00\x00\x01\x00\x00\x00\x00" base64
    $macho_x86_base64 = "\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00" base64
  condition:
    (kind == "macho" or kind == "elf" or kind == "wasm") and any of them
}

private rule native_runs_source
{
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " zend_eval_string" or
     imports contains " zend_execute_scripts " or
     imports contains " zend_compile_string " or
     imports contains " compile_string " or
     imports contains " compile_filename " or
     imports contains " _ZN4node15LoadEnvironment" or
     imports contains " php_execute_script " or
     imports contains " php_execute_simple_script " or
     imports contains " php_lint_script " or
     imports contains " napi_run_script " or
     imports contains " _ZN2v86Script7Compile" or
     imports contains " _ZN2v814ScriptCompiler")
}

// Interpreters of other languages than the host's, which are given source text.
private rule native_runs_other_source
{
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " PyRun_" or
     imports contains " Py_CompileString" or
     imports contains " PyImport_ExecCodeModule" or
     imports contains " PyEval_EvalCode" or
     imports contains " Py_Main " or
     imports contains " Py_BytesMain " or
     imports contains " Py_RunMain " or
     imports contains " perl_parse " or
     imports contains " perl_run " or
     imports contains " Perl_eval_pv " or
     imports contains " Perl_eval_sv " or
     imports contains " Perl_require_pv " or
     imports contains " rb_eval_string" or
     imports contains " rb_load " or
     imports contains " rb_load_protect " or
     imports contains " rb_require " or
     imports contains " ruby_options " or
     imports contains " ruby_run_node " or
     imports contains " luaL_loadstring " or
     imports contains " luaL_loadfile" or
     imports contains " luaL_loadbuffer" or
     imports contains " lua_load " or
     imports contains " luaL_dofile " or
     imports contains " luaL_dostring " or
     imports contains " Tcl_Eval" or
     imports contains " Tcl_GlobalEval" or
     imports contains " Tcl_VarEval " or
     imports contains " Tcl_Main" or
     imports contains " duk_eval_raw " or
     imports contains " duk_compile_raw " or
     imports contains " duk_pcompile_raw " or
     imports contains " JS_Eval " or
     imports contains " JS_EvalFunction " or
     imports contains " JSEvaluateScript " or
     imports contains " mrb_load_string" or
     imports contains " mrb_load_file" or
     imports contains " scm_c_eval_string " or
     imports contains " scm_eval_string " or
     imports contains " scm_c_primitive_load " or
     imports contains " scm_primitive_load " or
     imports contains " Rf_eval " or
     imports contains " R_ParseVector " or
     imports contains " wren_interpret " or
     imports contains " jerry_eval " or
     imports contains " jerry_run " or
     imports contains " jerry_parse " or
     imports contains " _ZN13QScriptEngine8evaluate" or
     imports contains " _ZN9QJSEngine8evaluate" or
     classes contains " JSContext ")
}

// What is evaluated is decoded first, by the host or by a library.
rule native_obfuscation_source
{
  meta:
    capability = "obfuscation"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.013"
    hosts = "nginx php node httpd"
    description = "has the host run source text, imports a function that decodes, and little else"
    why = "A script within a binary that is encoded again is not meant to be found by a search for what it calls."
    benign = "Debuggers decode what they are sent before they evaluate it, as xdebug does; those import much else of their host."
    advice = "Decode the text by hand and review it as the plugin, before the module is loaded again."
  condition:
    (kind == "macho" or kind == "elf") and native_runs_source and
    imports matches / (php_base64_decode|php_base64_decode_ex|php_url_decode|php_raw_url_decode|php_uudecode|inflate|uncompress|EVP_DecodeBlock|EVP_DecryptUpdate) / and
    imports matches /^ ([^ ]+ ){1,40}$/
}

rule native_dynload_source
{
  meta:
    capability = "dynload"
    severity = "info"
    confidence = "high"
    attack = "T1059"
    hosts = "nginx php node httpd"
    description = "imports the host's function that runs source text"
    why = "The text may come from anywhere and do all that a script may do, and nothing of it stands in a symbol table."
    benign = "Debuggers, interactive shells and bindings that define a part of themselves in the script's language do it, such as xdebug and readline of PHP."
    advice = "See which text it runs; where it is not a constant, see who may write it."
  condition:
    native_runs_source
}

// Calls of what PHP offers, by names that stand nowhere.
rule native_dynload_only_call
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "imports the engine's function that calls others by their names, and little else"
    why = "An extension that has PHP call functions and uses nothing else of it does its work with them, whichever they are, and no import shows them."
    benign = "Sample extensions; one that is of use imports what it needs of the engine."
    advice = "Find the names that it calls, which may be encoded, before it is loaded."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    imports matches / (_?call_user_function_impl|_?call_user_function_ex|call_user_function|zend_call_(function|known_function|known_fcc)|zend_fetch_function(_str)?) / and
    imports matches /^ ([^ ]+ ){1,12}$/
}

// From the address of any function one gets to the beginning of its library, page by
// page, and knows it by the first bytes. Programs that show where an error happened read
// libraries too; they do much else.
rule native_dynload_image_start
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "looks for the beginning of a library in memory, and imports next to nothing"
    why = "Who reads the tables of a loaded library himself needs neither the linker nor an import to call any function of it."
    benign = "Profilers and unwinders read libraries, and import much else."
    advice = "Find out in a disassembly which functions it looks for, before it is loaded."
  strings:
    $elf = { (3D | 81 3? | 81 7? ?? | 81 F? | B?) 7F 45 4C 46 }
    $elf_bytes = { (80 3? 7F | 3C 7F) [0-24] (80 7? 01 45 | 3C 45 | 80 3? 45) }
    $elf_arm = { (E? | F?) AF 88 52 [0-16] (8? | 9?) C9 A8 72 }
    $elf_text = "\x00\x7fELF\x00"
    $macho = { (3D | 81 3? | 81 7? ?? | 81 F? | B?) (CE | CF) FA ED FE }
    $macho_arm = { (E? | F?) 59 9F 52 [0-16] (A? | B?) DD BF 72 }
    $pages = { 00 F0 FF FF [0-48] (05 | 2D | 81 C? | 81 E?) 00 (F0 FF FF | 10 00 00) }
    $pages_arm = { ?? (CC | CD | CE | CF) 74 92 [0-48] ?? (04 | 05 | 06 | 07) 40 D1 }
  condition:
    (kind == "macho" or kind == "elf") and not server and filesize < 200KB and any of them and
    (imports == "" or imports matches /^ ([^ ]+ ){1,14}$/)
}

// What plugvet finds when it follows the code, whatever else the module imports.
rule native_dynload_computed
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "high"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "makes the name of what it looks up at run time, or reads what the dynamic linker keeps of the loaded libraries, or the code of a function that it imports"
    why = "Either way any function of the system's library is found, and neither an import nor a search of the file shows which."
    benign = "Debuggers, profilers and unwinders read libraries, and loaders of plugins put a prefix before a name; what serves requests has a use for neither."
    advice = "See in a disassembly what the code at the offset looks for, before the module is loaded again."
  condition:
    (kind == "macho" or kind == "elf") and not server and (embedded contains " library-inside@" or embedded contains " function-made@")
}

// An interpreter that the module brings, and a script for it that stands in the module.
rule native_dynload_foreign
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1059"
    hosts = "nginx php node httpd"
    description = "hands another interpreter a script that calls native functions through that interpreter's foreign function interface"
    why = "LuaJIT's ffi, Python's ctypes and their like call any function by its name, which the script may put together, and no import of the module shows it."
    benign = "Modules that embed an interpreter for the server's scripts hold such text where they bring a library of their own; read which functions it declares."
    advice = "Read the script in the module, and approve it only with the functions that it calls."
  strings:
    $lua = "require('ffi')"
    $lua_quoted = "require(\"ffi\")"
    $lua_bare = "require 'ffi'"
    $lua_bare_quoted = "require \"ffi\""
    $lua_joined = "require\"ffi\""
    $lua_long = "require[[ffi]]"
    $python = "import ctypes"
    $python_from = "from ctypes import"
    $python_made = "import_module('ctypes')"
    $python_call = "__import__('ctypes')"
    $python_other = "from cffi import"
    $ruby = "require 'fiddle'"
    $ruby_quoted = "require \"fiddle\""
    $perl = "use FFI::Platypus"
  condition:
    native_runs_other_source and any of them
}

// What really serves the host's scripts needs more of the host than that.
rule native_dynload_only_source
{
  meta:
    capability = "dynload"
    severity = "medium"
    confidence = "medium"
    attack = "T1059"
    hosts = "nginx php node httpd"
    description = "imports a function that runs source text, the host's or another interpreter's, and little else"
    why = "A module of native code that only hands a script to its host does so to keep that script out of the sight of whoever reviews scripts."
    benign = "None is known: a plugin that consists of a script has no need of native code."
    advice = "Find the text that it runs, which may be encoded, and review that as the plugin."
  condition:
    (native_runs_source or native_runs_other_source) and imports matches /^ ([^ ]+ ){1,12}$/
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
