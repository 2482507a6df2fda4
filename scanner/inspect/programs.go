package inspect

import (
	"net/url"
	"regexp"
	"strings"

	"plugvet/scanner/inspect/machine"
)

// Texts from which a library or a server starts a program, where none of the functions for
// programs is called: the command stands in an address, a format, a query or a name.

var (
	// Functions that take a command, or the path of a program, and which argument it is.
	commandTakers = map[string]int{"archive_read_support_filter_program": 1, "archive_read_support_filter_program_signature": 1,
		"archive_read_append_filter_program": 1, "archive_read_append_filter_program_signature": 1, "archive_read_support_compression_program": 1,
		"archive_read_support_compression_program_signature": 1, "archive_write_add_filter_program": 1, "archive_write_set_compression_program": 1,
		"assuan_pipe_connect": 1, "MPI_Comm_spawn": 0, "ecore_exe_run": 0, "ecore_exe_pipe_run": 0,
		"sd_bus_set_exec": 1}
	// Those that take the address of a bus of D-Bus, or a variable with one.
	busAddresses = map[string]int{"dbus_connection_open": 0, "dbus_connection_open_private": 0, "dbus_parse_address": 0,
		"g_dbus_connection_new_for_address": 0, "g_dbus_connection_new_for_address_sync": 0, "g_dbus_address_get_stream": 0, "g_dbus_address_get_stream_sync": 0,
		"sd_bus_set_address": 1, "setenv": 1, "g_setenv": 1, "putenv": 0, "apr_env_set": 1}
	// Those that take the name of a file, which may be a program's output or input.
	pipeNames = map[string]int{"sox_open_read": 0, "sox_open_write": 0, "MagickReadImage": 1, "MagickPingImage": 1, "MagickWriteImage": 1, "MagickWriteImages": 1,
		"snd_pcm_open": 1}
	// Scripts of Ghostscript, macros of RPM, commands of mpv, connections of libvirt, streams
	// of PHP, queries, names of settings of git, and of methods by which systemd starts one.
	ghostScripts  = map[string]int{"gsapi_run_string": 1, "gsapi_run_string_with_length": 1, "gsapi_run_string_continue": 1, "gsapi_run_file": 1, "gsapi_set_param": 2}
	ghostLists    = map[string]int{"gsapi_init_with_args": 2}
	rpmMacros     = map[string]int{"rpmExpand": 0, "rpmExpandNumeric": 0, "rpmExpandMacros": 1, "expandMacros": 2, "rpmDefineMacro": 1}
	mpvCommands   = map[string]int{"mpv_command_string": 1}
	mpvLists      = map[string]int{"mpv_command": 1, "mpv_command_async": 2}
	virtualHosts  = map[string]int{"virConnectOpen": 0, "virConnectOpenAuth": 0, "virConnectOpenReadOnly": 0}
	programURLs   = map[string]int{"_php_stream_open_wrapper_ex": 0, "_php_stream_opendir": 0}
	serverQueries = map[string]int{"PQexec": 1, "PQexecParams": 1, "PQprepare": 2, "PQsendQuery": 1, "PQsendQueryParams": 1, "PQsendPrepare": 2,
		"SQLExecDirect": 1, "SQLExecDirectA": 1, "SQLPrepare": 1, "SQLPrepareA": 1, "mysql_query": 1, "mysql_real_query": 1, "mysql_send_query": 1,
		"mysql_stmt_prepare": 1, "dbcmd": 1}
	gitSettings = map[string]int{"git_config_set_string": 1, "git_config_set_multivar": 1}
	busMethods  = map[string]int{"sd_bus_call_method": 4, "sd_bus_call_method_async": 5, "sd_bus_message_new_method_call": 5, "dbus_message_new_method_call": 3,
		"g_dbus_connection_call": 4, "g_dbus_connection_call_sync": 4, "g_dbus_message_new_method_call": 3, "g_dbus_proxy_call": 1, "g_dbus_proxy_call_sync": 1}
	// The settings of libssh, of which one is the command to connect by: libssh.h.
	sshOptions = map[string]int{"ssh_options_set": 2}

	// What in such a text starts a program, and the command where it can be told.
	pipeName     = regexp.MustCompile(`(?:^\s*|')\|\s*([^']+)`)
	ghostPipe    = regexp.MustCompile(`(?:%pipe%|OutputFile=\|)([^)]+)`)
	rpmCommand   = regexp.MustCompile(`%\(([^)]+)`)
	mpvRun       = regexp.MustCompile(`^\s*(?:run|subprocess)[\s,"']+([a-z/].*)`)
	virtualShell = regexp.MustCompile(`^[a-z]+\+[a-z0-9]+://[^?]*\?(?:.*&)?(?:command|netcat)=([^&]+)`)
	programURL   = regexp.MustCompile(`^(?:expect|ssh2\.exec)://(.+)`)
	programQuery = regexp.MustCompile(`(?i)\b(?:from|to)\s+program\s*(?:[eu]&?)?(?:'|\$[a-z]*\$)([^'$]*)|\b(?:xp_cmdshell\b|sys_(?:exec|eval)\s*\()[\s('"]*([^'"]*)`)
	gitCommand   = regexp.MustCompile(`(?i)^(?:core\.(?:sshcommand|gitproxy|fsmonitor|hookspath|pager|editor|askpass)|credential\..*helper|gpg\..*program|alias\..+|filter\..+\.(?:clean|smudge|process)|merge\..+\.driver|diff\.(?:external|.+\.(?:command|textconv)))$`)
	startsUnit   = regexp.MustCompile(`^StartTransientUnit$`)
)

const sshProxyCommand = 19

// startsBy gives the look at an argument that starts a program where it matches, by the
// command that the first group with a text is.
func startsBy(program *regexp.Regexp) func(*follower, uint64, [6]machine.Argument, int) {
	return func(f *follower, at uint64, arguments [6]machine.Argument, place int) {
		f.startsIn(at, program, arguments[place].Text())
	}
}

// startsByList is the same for a list of words.
func startsByList(program *regexp.Regexp) func(*follower, uint64, [6]machine.Argument, int) {
	return func(f *follower, at uint64, arguments [6]machine.Argument, place int) {
		f.startsIn(at, program, strings.Join(arguments[place].Texts(), " "))
	}
}

func (f *follower) startsIn(at uint64, program *regexp.Regexp, text string) {
	if found := program.FindStringSubmatch(text); found != nil {
		f.starts(at, strings.Join(found[1:], ""))
	}
}

// starts notes a program that is started, and looks at its command.
func (f *follower) starts(at uint64, command string) {
	f.note(OwnProgram, at)
	f.text(at, command)
	f.line(at, command)
}

func (f *follower) takesCommand(at uint64, arguments [6]machine.Argument, place int) {
	if command := arguments[place].Text(); command != "" {
		f.starts(at, command)
	}
}

func (f *follower) setsProxy(at uint64, arguments [6]machine.Argument, place int) {
	if uint32(arguments[place-1].Value) == sshProxyCommand {
		f.takesCommand(at, arguments, place)
	}
}

func (f *follower) opensBus(at uint64, arguments [6]machine.Argument, place int) {
	f.bus(at, arguments[place].Text())
}

// bus looks at addresses of a bus, which semicolons part. One may be a program, with its
// path and words, in which any byte may be escaped (D-Bus Specification, Transports).
func (f *follower) bus(at uint64, addresses string) {
	if name, value, ok := strings.Cut(addresses, "="); ok && strings.HasSuffix(name, "_ADDRESS") {
		addresses = value
	}
	for address := range strings.SplitSeq(addresses, ";") {
		settings, ok := strings.CutPrefix(strings.TrimSpace(address), "unixexec:")
		if !ok {
			continue
		}
		var words []string
		for setting := range strings.SplitSeq(settings, ",") {
			key, value, _ := strings.Cut(setting, "=")
			value, err := url.PathUnescape(value)
			if err == nil && key != "argv0" && key != "guid" { // the path stands for the name
				words = append(words, value)
			}
		}
		f.starts(at, strings.Join(words, " "))
		f.words(at, words, f.environment)
	}
}
