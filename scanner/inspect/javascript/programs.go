package javascript

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// A startRole says what the arguments of a function are that starts programs.
type startRole uint8

const (
	startsNothing startRole = iota
	startsLine              // a command line
	startsList              // a program and the list of its arguments
	startsFork              // a script, with the options of node
	mayStart                // as the first or the second, where what it is given shows it
)

// starter tells how a function of a module starts programs.
func starter(module, function string) startRole {
	switch module {
	case "child_process":
		switch function {
		case "exec", "execSync":
			return startsLine
		case "spawn", "spawnSync", "execFile", "execFileSync", ownSpawn:
			return startsList
		case "fork":
			return startsFork
		}
	case "shelljs":
		if function == "exec" {
			return startsLine
		}
	case "execa", "cross-spawn", "nano-spawn", "tinyexec", "spawn-rx", "async-child-process", "@npmcli/promise-spawn":
		if strings.Contains(strings.ToLower(function), "command") {
			return startsLine
		}
		return startsList
	}
	if strings.HasPrefix(module, ".") || namedStarter(function) { // of another file or package, which may pass it on
		return mayStart
	}
	return startsNothing
}

// namedStarter tells whether a function has the name of one that starts programs.
func namedStarter(function string) bool {
	switch strings.TrimSuffix(strings.TrimSuffix(function, "Sync"), "Async") {
	case "exec", "execFile", "spawn":
		return true
	}
	return false
}

// appleScript is the program of which is said that a script starts it, however
// that writes its name.
const appleScript = "osascript"

// ownSpawn is the method with which child_process itself starts a program.
const ownSpawn = "ChildProcess.spawn"

// ofOptions makes arguments of child_process.spawn of those of its own method, whose
// list has the program once more.
func ofOptions(args []argument) []argument {
	options := args[0]
	file, _ := itemOf(options.value, "file")
	list, _ := itemOf(options.value, "args")
	if list.kind == array && len(*list.items) > 0 {
		list = arrayValue((*list.items)[1:])
	}
	return []argument{{value: file, at: options.at}, {value: list, at: options.at}, options}
}

// startedByRuntime is started for functions of Bun and Deno, by their manuals: a program
// and its words in one list, which may be an option, or the words among the options.
func (e *evaluator) startedByRuntime(name string, args []argument, start, end uint32) {
	if len(args) == 0 {
		return
	}
	program, words := args[0], argument{at: args[0].at}
	switch name {
	case "Bun.spawn", "Bun.spawnSync", "Deno.run":
		list := args[0].value
		if option, ok := itemOf(list, "cmd"); ok {
			list = option
		}
		if list.kind != array || len(*list.items) == 0 {
			return
		}
		program.value, words.value = (*list.items)[0], arrayValue((*list.items)[1:])
	case "Deno.Command":
		if len(args) > 1 {
			words.value, _ = itemOf(args[1].value, "args")
		}
	default:
		return
	}
	e.started("child_process.spawn", []argument{program, words, args[len(args)-1]}, start, end)
}

// startSteps is what it takes to read the command that a call starts.
func startSteps(args []argument) int {
	steps := 32
	for _, a := range args {
		switch a.kind {
		case text:
			steps += len(a.str) / 2
		case array:
			steps += 8 * len(*a.items)
		}
	}
	return steps
}

// listsOf are the lists that a list may be of which some items are one of some values: as
// many as the item with the most of them has. nil if it has none.
func listsOf(items []value) (lists [][]value) {
	most := 0
	for _, item := range items {
		if item.also != nil {
			most = max(most, len(*item.also))
		}
	}
	for n := range most {
		list := slices.Clone(items)
		for i, item := range items {
			if item.also != nil && len(*item.also) > 0 {
				list[i] = (*item.also)[min(n, len(*item.also)-1)]
				list[i].also, list[i].plain = nil, false
			}
		}
		lists = append(lists, list)
	}
	return lists
}

// started notes what a call of a module's function starts, where that is the
// interpreter of AppleScript, or node with a script in its arguments.
func (e *evaluator) started(name string, args []argument, start, end uint32) {
	module, function, _ := strings.Cut(name, ".")
	if strings.HasPrefix(module, "/") || name[0] == '.' {
		dot := strings.LastIndexByte(name, '.')
		module, function = name[:dot], name[dot+1:]
	}
	how := starter(module, function)
	if how == startsNothing || len(args) == 0 || end <= start {
		return
	}
	if function == ownSpawn {
		args = ofOptions(args)
	}
	if e.machine != nil && !e.machine.step(startSteps(args)) {
		return
	}
	first := args[0].value
	if first.also != nil && len(*first.also) > 0 { // each of the programs that it may be
		for _, one := range *first.also {
			one.also, one.plain = nil, false
			e.started(name, append([]argument{{value: one, at: args[0].at}}, args[1:]...), start, end)
		}
		return
	}
	if len(args) > 1 && args[1].kind == array {
		lists := listsOf(*args[1].items)
		if also := args[1].also; also != nil {
			lists = nil
			for _, one := range *also {
				if one.kind == array {
					lists = append(lists, *one.items)
				}
			}
		}
		if lists != nil {
			for _, list := range lists {
				e.started(name, append([]argument{args[0], {value: arrayValue(list), at: args[1].at}}, args[2:]...), start, end)
			}
			return
		}
	}
	options := args[len(args)-1].value
	if before := len(args) - 2; before > 0 && options.kind >= closure { // a function that is called at the end
		options = args[before].value
	}
	var commands [][]string
	environment := e.environmentOf(options)
	switch {
	case how == startsFork:
		for _, program := range e.interpreters() {
			words := append([]string{program}, e.nodeArguments(options)...)
			if file := addressText(first); file.kind == text {
				words = append(words, file.str)
			}
			commands = append(commands, words)
		}
	case first.kind != text || len(first.str) > 1<<14:
		return
	case how == startsLine:
		if e.machine == nil && environment == nil && strings.Contains(first.str, "$") && len(e.unsolved) < maxQuestions &&
			(len(args) > 1 || bytes.Contains(e.src, []byte("process.env."))) {
			e.unsolved = append(e.unsolved, start) // the options may have its variables
		}
		commands = shell.Commands(first.str, nil, environment)
	default:
		words := []string{first.str}
		if len(args) > 1 && args[1].kind == array {
			words = append(words, wordsOf(args[1].value)...)
		}
		if how == mayStart {
			if len(words) == 1 {
				words = strings.Fields(first.str)
			}
			hasList := len(args) > 1 && (args[1].kind == array || args[1].kind == unknown)
			if (len(words) < 2 || !strings.HasPrefix(words[1], "-")) && !(hasList && namedStarter(function)) {
				return
			}
		}
		if e.machine == nil && e.env == nil && runsOthers(words[0]) && len(args) > 1 && len(e.unsolved) < maxQuestions && e.openWords(args, words, environment) {
			e.unsolved = append(e.unsolved, start)
		}
		commands = shell.Command(words, environment)
		if inShell, _ := e.member(options, "shell").truthy(); inShell && options.kind == dictionary {
			commands = append(commands, shell.Commands(strings.Join(words, " "), nil, environment)...)
		}
	}
	plain := first.plain && strings.Contains(first.str, appleScript)
	if input, ok := itemOf(options, "input"); ok && len(commands) > 0 {
		if in, known := input.string(); known {
			commands = append(commands, e.fed(commands[0], environment, in, start, end)...)
		}
	}
	for _, option := range []string{"shell", "execPath"} { // what runs the line, or the script of a fork
		if program, ok := itemOf(options, option); ok && program.kind == text {
			commands = append(commands, []string{program.str})
		}
	}
	commands = withNodeOptions(commands, environment)
	if e.machine != nil {
		e.machine.starting = commands
	}
	e.runs(append(commands, e.runDropped(commands, environment)...), plain, start, end)
}

// runsOthers tells whether a program runs what its arguments say.
func runsOthers(program string) bool {
	switch path.Base(program) {
	case "sh", "bash", "dash", "zsh", "ksh", "env", "xargs", "nohup", "nice", "timeout", "sudo", "setsid", "script":
		return true
	}
	return false
}

// openWords tells whether something of a command is not known: one of its arguments, or
// a variable that its options may have.
func (e *evaluator) openWords(args []argument, words []string, environment map[string]string) bool {
	if args[1].kind == unknown {
		return true
	}
	for _, w := range words {
		if w == "\uffff" || environment == nil && len(args) > 2 && strings.Contains(w, "$") {
			return true
		}
	}
	return false
}

// fed returns the commands that a program comes to with a text on its input. Node
// reads a script there.
func (e *evaluator) fed(words []string, environment map[string]string, in string, start, end uint32) [][]string {
	switch path.Base(words[0]) {
	case "node", "nodejs", "bun", "deno":
		if last := words[len(words)-1]; len(words) == 1 || last == "-" || strings.HasPrefix(last, "--input-type") {
			e.addCode(in, start, end)
		}
	}
	return shell.Around{Environment: environment, Input: in}.Command(words)
}

// beginsWithAppleScript tells whether the name of the program begins a constant of the script or
// of its siblings: what brings that to where it is run hides nothing.
func (e *evaluator) beginsWithAppleScript() bool {
	return slices.ContainsFunc(e.tokens, func(t token) bool {
		switch t.kind() {
		case js.StringToken, js.TemplateToken, js.TemplateStartToken:
			return appleScriptConstant.Match(e.src[t.start:t.end])
		}
		return false
	})
}

var appleScriptConstant = regexp.MustCompile("^.(?:/[a-z/]*/)?" + appleScript + `\b`)

// runs notes what commands run: the interpreter of AppleScript, or node with a
// script.
func (e *evaluator) runs(commands [][]string, plain bool, start, end uint32) {
	if end <= start {
		return
	}
	if shell.Runs(commands, appleScript) {
		hidden := !plain && !strings.Contains(string(e.src[e.tokens[start].start:e.tokens[end-1].end]), appleScript) && !e.answers.constant.is(e.beginsWithAppleScript)
		e.met(script.Call, "start:"+appleScript, start, end, hidden)
	}
	for _, words := range commands {
		if source := nodeScript(words); source != "" {
			e.addCodeAt(codeText{text: source, start: start, end: end, given: evaluatedGlobals()})
		}
		for _, name := range append(preloaded(words), startedFile(words)...) {
			e.ownScript([]argument{{value: textValue(name)}}, start, end)
		}
	}
}

// startedFile is the script that node is told to run, as it would be loaded: it is named
// from the working directory.
func startedFile(words []string) []string {
	if !interpretsJavaScript[path.Base(words[0])] || nodeScript(words) != "" {
		return nil
	}
	for i := 1; i < len(words); i++ {
		switch name := words[i]; {
		case preloads(name):
			i++
		case strings.HasPrefix(name, "-"), i == 1 && name == "run":
		case strings.HasPrefix(name, dirname), strings.HasPrefix(name, "file:"):
			return []string{name}
		default:
			return []string{"./" + path.Clean(name)}
		}
	}
	return nil
}

// nodeScript is the script that node is given in its arguments.
func nodeScript(words []string) string {
	switch path.Base(words[0]) {
	case "node", "nodejs", "bun", "deno":
	default:
		return ""
	}
	for i, w := range words[1:] {
		switch w {
		case "-e", "--eval", "-p", "--print", "-pe", "eval":
			if i+2 < len(words) {
				return words[i+2]
			}
		}
		for _, option := range []string{"--eval=", "--print=", "--import=", "--require="} {
			if source, ok := strings.CutPrefix(w, option); ok && (option < "--i" || isData(source)) {
				return source
			}
		}
		if w == "--import" && i+2 < len(words) && isData(words[i+2]) {
			return words[i+2]
		}
	}
	return ""
}

// evaluatedGlobals are the modules of Node.js that reach out: a script in node's arguments
// has them as globals (nodejs.org/api/cli.html, "-e").
func evaluatedGlobals() map[string]value {
	all := map[string]value{}
	for _, name := range builtins()["module.builtinModules"] {
		if reaching(name) {
			all[name] = value{kind: module, str: name, num: supposed}
		}
	}
	return all
}

// preloaded are the files that node is told to load before its script.
func preloaded(words []string) (names []string) {
	switch path.Base(words[0]) {
	case "node", "nodejs", "bun":
	default:
		return nil
	}
	for i, w := range words[1:] {
		option, name, joined := strings.Cut(w, "=")
		if !joined && i+2 < len(words) {
			name = words[i+2]
		}
		if preloads(option) {
			names = append(names, name)
		}
	}
	return names
}

// preloads tells whether an option of node names a file that it loads before its script.
func preloads(option string) bool {
	switch option {
	case "-r", "--require", "--import", "--loader", "--experimental-loader", "--preload":
		return true
	}
	return false
}

// nodeArguments are the arguments of node itself that a script is started with: those of
// the options, or else those that this process has, which the script may have changed.
func (e *evaluator) nodeArguments(options value) []string {
	list, ok := itemOf(options, "execArgv")
	if !ok && e.machine != nil {
		list = e.machine.changed["process.execArgv"]
	}
	return wordsOf(list)
}

// withNodeOptions adds to the arguments of node those that it takes from its environment.
func withNodeOptions(commands [][]string, environment map[string]string) [][]string {
	options := strings.Fields(environment["NODE_OPTIONS"])
	if len(options) == 0 {
		return commands
	}
	for i, words := range commands {
		if path.Base(words[0]) == "node" {
			commands[i] = slices.Concat(words[:1], options, words[1:])
		}
	}
	return commands
}

// wordsOf are the items of a list; what is not known is a word that names nothing.
func wordsOf(v value) []string {
	if v.kind != array {
		return nil
	}
	var words []string
	for _, item := range *v.items {
		s, ok := item.string()
		if !ok {
			s = "\uffff"
		}
		words = append(words, s)
	}
	return words
}

// environmentOf are the variables that a program is given: those of its options, or
// else those that the script has set for itself.
func (e *evaluator) environmentOf(options value) map[string]string {
	env, _ := itemOf(options, "env")
	known := map[string]string{}
	if e.machine != nil {
		known = e.machine.environmentSet()
	}
	if options.kind == dictionary && env.kind == dictionary {
		for i, name := range *env.keys {
			if item := (*env.items)[i]; item.kind == text {
				known[name] = item.str
			}
		}
	}
	if len(known) == 0 {
		return nil
	}
	return known
}

// dataCode notes a script that stands in a data: address as a call's argument.
func (e *evaluator) dataCode(args []argument, start, end uint32) {
	if len(args) == 0 || end <= start {
		return
	}
	if s, ok := args[0].string(); ok && isData(s) {
		e.addCode(s, start, end)
	}
}

// ownScript notes a file of the package that is run as a script of its own, which is a
// load of it.
func (e *evaluator) ownScript(args []argument, start, end uint32) {
	if len(args) == 0 || end <= start {
		return
	}
	if name := moduleName(addressText(args[0].value).str); strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") {
		e.met(script.Module, name, start, end, false)
	}
}

// addCode notes a script that the tokens [start, end) evaluate.
func (e *evaluator) addCode(source string, start, end uint32) {
	e.addCodeAt(codeText{text: source, start: start, end: end})
}

func (e *evaluator) addCodeAt(c codeText) {
	if c.start >= e.behind { // in a sibling
		if e.machine == nil {
			return
		}
		c.open, c.at, c.start, c.end = 0, 0, e.machine.home[0], e.machine.home[1]
		if c.end == 0 {
			return
		}
	}
	for i := range e.codes {
		if had := &e.codes[i]; had.text == c.text {
			if c.at == 0 {
				had.at = 0
			}
			if had.given == nil {
				had.given = c.given
			}
			return
		}
	}
	if len(e.codes) < maxHints {
		e.codes = append(e.codes, c)
	}
}

// dropWritten leaves out of the scripts those that the reader writes in the places
// where they are evaluated.
func (e *evaluator) dropWritten() {
	e.codes = slices.DeleteFunc(e.codes, func(c codeText) bool { return c.at > 0 && e.computed[c.at].kind == text })
}
