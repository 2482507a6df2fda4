package inspect

import (
	"regexp"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
)

// The environment that code gives the programs that it starts, in which a shell and env find
// what a command line leaves out.

var (
	// Functions that set a variable, and which argument is its name, before its value; and
	// those that take both in one text.
	variableSetters = map[string]int{"setenv": 0, "g_setenv": 0, "apr_env_set": 0, "uv_os_setenv": 0}
	variableTexts   = map[string]int{"putenv": 0}
	variableName    = regexp.MustCompile(`^[A-Za-z_]\w*$`)
)

const maxVariables = 64 // of a file

// An environment has the values that variables were given last.
type environment struct {
	values  map[string]string
	changes int
}

func (e *environment) set(name, value string) {
	old, known := e.values[name]
	if known && old == value || !known && len(e.values) >= maxVariables || len(value) > shell.MaxLine || !variableName.MatchString(name) {
		return
	}
	if e.values == nil {
		e.values = map[string]string{}
	}
	e.values[name] = value
	e.changes++
}

// put takes a text such as putenv does.
func (e *environment) put(setting string) {
	if name, value, ok := strings.Cut(setting, "="); ok {
		e.set(name, value)
	}
}

// of is what a command line is told by in this environment: the same one with other values
// is another.
func (e *environment) of(line string) string {
	if !strings.Contains(line, "$") {
		return line
	}
	return line + "\x00" + strconv.Itoa(e.changes)
}

func (f *follower) setsVariable(_ uint64, arguments [6]machine.Argument, place int) {
	value := arguments[place+1]
	if text := value.Text(); text != "" || f.offset(value.Value) != 0 { // else it is not known
		f.environment.set(arguments[place].Text(), text)
	}
}

func (f *follower) putsVariable(_ uint64, arguments [6]machine.Argument, place int) {
	f.environment.put(arguments[place].Text())
}
