package inspect

import (
	"strings"

	"plugvet/scanner/inspect/machine"
	"plugvet/scanner/inspect/shell"
)

// The words of the programs that code starts, as those programs read them: a shell, or one
// that starts another in turn.

var (
	// Functions that start a program, and which argument is the list of its words, which may
	// have the environment behind it.
	wordLists              = map[string]int{"execv": 1, "execvp": 1}
	wordListsInEnvironment = map[string]int{"execve": 1, "execvpe": 1, "fexecve": 1, "posix_spawn": 4, "posix_spawnp": 4, "__execve": 1,
		"g_spawn_async": 1, "g_spawn_sync": 1}
	// Those that take them one by one, and which is the first.
	wordsFrom          = map[string]int{"execl": 1, "execlp": 1}
	wordsInEnvironment = map[string]int{"execle": 1}
	// Messages to NSTask, and which argument is the program, or the list of its arguments, or
	// both.
	taskPrograms  = map[string]int{"setLaunchPath:": 2, "setExecutableURL:": 2}
	taskArguments = map[string]int{"setArguments:": 2}
	tasks         = map[string]int{"launchedTaskWithLaunchPath:arguments:": 2, "launchedTaskWithExecutableURL:arguments:error:terminationHandler:": 2}
)

// words looks at the words of a program that is started in an environment.
func (f *follower) words(at uint64, words []string, in environment) {
	if len(words) > 1 && f.unread(strings.Join(words, " "), in) && shell.Runs(shell.Command(words, in.values), string(scriptCommand)) {
		f.note(MadeName, at)
	}
}

func (f *follower) wordList(at uint64, arguments [6]machine.Argument, place int) {
	f.words(at, arguments[place].Texts(), f.environment)
}

func (f *follower) wordListInEnvironment(at uint64, arguments [6]machine.Argument, place int) {
	f.words(at, arguments[place].Texts(), f.environment.with(arguments[place+1].Texts()))
}

func (f *follower) wordsOneByOne(at uint64, arguments [6]machine.Argument, place int) {
	words, _ := arguments[place].OneByOne()
	f.words(at, words, f.environment)
}

func (f *follower) wordsOneByOneInEnvironment(at uint64, arguments [6]machine.Argument, place int) {
	words, settings := arguments[place].OneByOne()
	f.words(at, words, f.environment.with(settings.Texts()))
}

// A task is what one of NSTask was given last, of which either part may be told first.
type task struct {
	program   string
	arguments []string
}

func (f *follower) taskHas(at uint64, arguments [6]machine.Argument, place int) {
	f.task.program = arguments[place].Text()
	f.taskRuns(at)
}

func (f *follower) taskTakes(at uint64, arguments [6]machine.Argument, place int) {
	f.task.arguments = arguments[place].Texts()
	f.taskRuns(at)
}

func (f *follower) taskStarts(at uint64, arguments [6]machine.Argument, place int) {
	f.task = task{arguments[place].Text(), arguments[place+1].Texts()}
	f.taskRuns(at)
}

func (f *follower) taskRuns(at uint64) {
	f.words(at, append([]string{f.task.program}, f.task.arguments...), f.environment)
}
