package php

import (
	"slices"
	"strings"
)

// What functions of PHP and of frameworks do with what they are given: call it,
// evaluate it, show it, pass it to another program.

// callbackArguments are the functions, and the classes, that call what one of
// their arguments names.
var callbackArguments = map[string][]int{
	"call_user_func": {0}, "call_user_func_array": {0}, "forward_static_call": {0}, "forward_static_call_array": {0},
	"array_map": {0}, "array_filter": {1}, "array_walk": {1}, "array_walk_recursive": {1}, "array_reduce": {1},
	"array_find": {1}, "array_find_key": {1}, "array_any": {1}, "array_all": {1},
	"usort": {1}, "uasort": {1}, "uksort": {1}, "array_udiff": {2}, "array_udiff_assoc": {2}, "array_diff_ukey": {2},
	"array_diff_uassoc": {2}, "array_uintersect": {2}, "array_uintersect_assoc": {2}, "array_intersect_ukey": {2},
	"array_intersect_uassoc": {2}, "array_udiff_uassoc": {2, 3}, "array_uintersect_uassoc": {2, 3},
	"register_shutdown_function": {0}, "register_tick_function": {0}, "ob_start": {0}, "set_error_handler": {0},
	"set_exception_handler": {0}, "spl_autoload_register": {0}, "header_register_callback": {0}, "pcntl_signal": {1},
	"preg_replace_callback": {1}, "mb_ereg_replace_callback": {1}, "iterator_apply": {1},
	"session_set_save_handler": {0, 1, 2, 3, 4, 5, 6, 7, 8},
	"xml_set_element_handler":  {1, 2}, "xml_set_character_data_handler": {1}, "xml_set_default_handler": {1},
	"xml_set_processing_instruction_handler": {1}, "xml_set_external_entity_ref_handler": {1}, "libxml_set_external_entity_loader": {0},
	"xml_set_start_namespace_decl_handler": {1}, "xml_set_end_namespace_decl_handler": {1}, "xml_set_unparsed_entity_decl_handler": {1},
	"xml_set_notation_decl_handler": {1}, "sqlite_create_function": {2}, "sqlite_create_aggregate": {2, 3}, "ldap_set_rebind_proc": {1},
	"sapi_windows_set_ctrl_handler": {0}, "oci_register_taf_callback": {1},
	"readline_callback_handler_install": {1}, "readline_completion_function": {0}, "assert_options": {1},
	"add_action": {1}, "add_filter": {1}, "add_shortcode": {1}, "map_deep": {1}, "register_activation_hook": {1}, "register_deactivation_hook": {1},
	"register_uninstall_hook": {1}, "add_menu_page": {4}, "add_submenu_page": {5}, "add_meta_box": {2}, "add_settings_field": {2}, // of WordPress
	"drupal_register_shutdown_function": {0}, // of Drupal
	"closure::fromcallable":             {0}, "reflectionfunction::__construct": {0}, "callbackfilteriterator::__construct": {1},
	"recursivecallbackfilteriterator::__construct": {1}, "fiber::__construct": {0},
}

// callbackMethods are methods of PHP's classes, of ArrayObject, SQLite3 and PDO, that
// call what one of their arguments names.
var callbackMethods = map[string][]int{
	"uasort": {0}, "uksort": {0}, "fetchall": {1}, "setauthorizer": {0}, "createfunction": {1}, "createaggregate": {1, 2}, "createcollation": {1},
	"sqlitecreatefunction": {1}, "sqlitecreateaggregate": {1, 2}, "sqlitecreatecollation": {1},
}

// preloads tells a setting of the environment that makes programs load a library.
func preloads(setting string) bool {
	name, _, ok := strings.Cut(setting, "=")
	return ok && slices.Contains([]string{"LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES", "GCONV_PATH"}, name)
}

// runsBySendmail tells the options of sendmail that write a file of the sender's
// choice, and those of Exim that run a command.
func runsBySendmail(options string) bool {
	for option := range strings.FieldsSeq(options) {
		if strings.HasPrefix(option, "-X") || strings.HasPrefix(option, "-OQueueDirectory") || option == "-be" || strings.HasPrefix(option, "-C/") {
			return true
		}
	}
	return false
}

// settingsThatCall are settings that name a function.
var settingsThatCall = map[string]bool{"unserialize_callback_func": true, "assert.callback": true, "output_handler": true, "zlib.output_handler": true}

// codeArguments are the functions that evaluate an argument, or write it where it
// may be evaluated.
var codeArguments = map[string]int{
	"eval": 0, "assert": 0, "create_function": 1, "preg_replace": 1, "mb_ereg_replace": 1, "mb_eregi_replace": 1, "file_put_contents": 1, "fwrite": 1, "fputs": 1,
}

// writingMethods are methods that write a file, by which argument is its text: of PHP's
// SplFileObject, WordPress's WP_Filesystem and Symfony's Filesystem. Where it is not the
// first, that is the file's name.
var writingMethods = map[string]int{"fwrite": 0, "put_contents": 1, "dumpfile": 1}

// showingFunctions only show their arguments to people, or translate them.
var showingFunctions = map[string]bool{
	"printf": true, "vprintf": true, "error_log": true, "trigger_error": true, "user_error": true, "print_r": true,
	"__": true, "_e": true, "_": true, "gettext": true, "esc_html__": true, "esc_html_e": true, "esc_attr__": true, "esc_attr_e": true,
	"die": true, "exit": true, "wp_die": true,
}
