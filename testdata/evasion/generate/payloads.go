package main

import "fmt"

// A payload is one thing that a plugin does, as a script with its telling
// strings apart: an encoder hides each of them.
type payload struct {
	does   string
	script func(hide func(string) string) string
}

// javascriptPayloads use require as a server's code does.
var javascriptPayloads = []payload{
	{"applescript", func(hide func(string) string) string {
		return fmt.Sprintf("require(%s).execFile(%s, ['-e', 'display dialog \"Update\" with hidden answer']);\n",
			hide("child_process"), hide("/usr/bin/osascript"))
	}},
	{"socket", func(hide func(string) string) string {
		return fmt.Sprintf("const c = require(%s).connect(process.env.EVASION_PORT, '127.0.0.1');\nc.end('hello');\n", hide("net"))
	}},
	{"exec", func(hide func(string) string) string {
		return fmt.Sprintf("require(%s)[%s]('marker', ['--quiet']);\n", hide("child_process"), hide("spawn"))
	}},
}

// phpPayloads call their functions by a name that a variable holds.
var phpPayloads = []payload{
	{"applescript", func(hide func(string) string) string {
		return fmt.Sprintf("$run = %s;\n$run(%s . ' -e beep');\n", hide("shell_exec"), hide("/usr/bin/osascript"))
	}},
	{"socket", func(hide func(string) string) string {
		return fmt.Sprintf("$open = %s;\n$s = $open('127.0.0.1', getenv('EVASION_PORT'));\nfwrite($s, 'hello');\n", hide("fsockopen"))
	}},
	{"exec", func(hide func(string) string) string {
		return fmt.Sprintf("$run = %s;\n$run('marker');\n", hide("passthru"))
	}},
}

// plain writes a payload's strings as they are, between single quotes.
func plain(s string) string { return "'" + s + "'" }

// An encoder hides one string in an expression that is the string again.
type encoder struct {
	name, technique, note string
	hide                  func(string) string
	helpers               string // what the script needs before it
	combined              bool
	opaque                bool // no reader can fold it without running a loop
}

// accepted is what counts as found beside the capability itself.
func accepted(opaque bool) []string {
	if opaque {
		return []string{"obfuscation"}
	}
	return nil
}
