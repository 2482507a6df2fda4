package inspect

import (
	"maps"
	"regexp"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
)

// The environment that code gives the programs that it starts, in which a shell and env find
// what a command line leaves out, and the code itself what it has set.

var (
	// Functions that set a variable, and which argument is its name, before its value; those
	// that are told behind that whether they replace one; those that take name and value in
	// one text; and those that unset one.
	variableSetters  = map[string]int{"apr_env_set": 0, "uv_os_setenv": 0}
	variableChoosers = map[string]int{"setenv": 0, "g_setenv": 0}
	variableTexts    = map[string]int{"putenv": 0}
	variableEnders   = map[string]int{"unsetenv": 0, "g_unsetenv": 0, "uv_os_unsetenv": 0, "apr_env_delete": 0}
	variableName     = regexp.MustCompile(`^[A-Za-z_]\w*$`)
)

const maxVariables = 256 // of a file

// An environment has the values that variables were given last.
type environment struct {
	values  map[string]string
	changes int
	passed  string // settings that one program is given beside them
}

// set sets a variable and reports whether there is room for it.
func (e *environment) set(name, value string) bool {
	old, known := e.values[name]
	if known && old == value || !variableName.MatchString(name) {
		return true
	}
	if len(value) > shell.MaxLine || !known && len(e.values) >= maxVariables {
		return false
	}
	if e.values == nil {
		e.values = map[string]string{}
	}
	e.values[name] = value
	e.changes++
	return true
}

func (e *environment) unset(name string) {
	if _, known := e.values[name]; known {
		delete(e.values, name)
		e.changes++
	}
}

func (e *environment) get(name string) (value string, set bool) {
	value, set = e.values[name]
	return value, set
}

// with is the environment of a program that is passed settings of its own, which those that
// start after it do not have.
func (e environment) with(settings []string) environment {
	if len(settings) == 0 {
		return e
	}
	changes := e.changes
	e.values = maps.Clone(e.values)
	for _, setting := range settings {
		if name, value, ok := strings.Cut(setting, "="); ok {
			e.set(name, value)
		}
	}
	e.changes, e.passed = changes, strings.Join(settings, "\x00")
	return e
}

// of is what a command line is told by in this environment: the same one with other values
// is another.
func (e environment) of(line string) string {
	if !strings.Contains(line, "$") {
		return line
	}
	return line + "\x00" + strconv.Itoa(e.changes) + "\x00" + e.passed
}

func (f *follower) setsVariable(_ uint64, arguments [6]machine.Argument, place int) {
	name, value := arguments[place], arguments[place+1]
	if text := value.Source(); text != "" || f.offset(value.Value) != 0 { // else it is not known
		f.sets(name.Text(), text)
	}
}

// setsVariableOnce is for functions that may leave a variable as it is.
func (f *follower) setsVariableOnce(at uint64, arguments [6]machine.Argument, place int) {
	if _, known := f.environment.values[arguments[place].Text()]; known && uint32(arguments[place+2].Value) == 0 {
		return
	}
	f.setsVariable(at, arguments, place)
}

func (f *follower) putsVariable(_ uint64, arguments [6]machine.Argument, place int) {
	if name, value, ok := strings.Cut(arguments[place].Source(), "="); ok {
		f.sets(name, value)
	} else { // as the C library has it
		f.environment.unset(name)
	}
}

func (f *follower) unsetsVariable(_ uint64, arguments [6]machine.Argument, place int) {
	f.environment.unset(arguments[place].Text())
}

func (f *follower) sets(name, value string) {
	if !f.environment.set(name, value) {
		f.problem(-1, "its code sets more or longer variables than are known")
	}
}
