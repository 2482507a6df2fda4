package shell

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A starter is a program that starts another, which its operands are.
type starter struct {
	values wordSet // its options that have a value
	lines  wordSet // those of them whose value is a line for a shell
	splits wordSet // those whose value is words, which stand before the operands
	before int     // operands of its own
	later  bool    // its options may stand behind operands too
	joins  bool    // its operands together are a line
	each   bool    // each of them is one
	shell  bool    // it gives them to a shell
}

// starters are those programs, by their manuals.
var starters = map[string]starter{
	"arch":            {values: words("arch d")},
	"builtin":         {},
	"busybox":         {},
	"caffeinate":      {values: words("t w")},
	"chroot":          {values: words("u g G userspec groups"), before: 1},
	"chrt":            {values: words("T P D"), before: 1},
	"command":         {},
	"concurrently":    {values: words("n names c prefix-colors p prefix l prefix-length t timestamp-format s success m max-processes"), each: true},
	"corepack":        {},
	"cross-env":       {},
	"doas":            {values: words("a C u")},
	"dumb-init":       {values: words("r rewrite")},
	"env":             {values: words("u C S P L U a unset chdir split-string argv0"), splits: words("S split-string")},
	"exec":            {values: words("a")},
	"fakeroot":        {values: words("l s i b lib faked save-file load-file")},
	"flock":           {values: words("w E c timeout wait conflict-exit-code command"), lines: words("c command"), before: 1},
	"gosu":            {before: 1},
	"ionice":          {values: words("c n p P u class classdata pid pgid uid")},
	"nice":            {values: words("n adjustment")},
	"nohup":           {},
	"nsenter":         {values: words("t S G W m? u? i? n? p? C? U? T? r? w? e? target setuid setgid wdns")},
	"parallel":        {values: words("a j N n L I S P d E C s arg-file jobs max-args colsep delimiter results joblog sshlogin tmpdir timeout delay load retries"), joins: true},
	"pkexec":          {values: words("user")},
	"runuser":         {values: words("u c g G s w user command session-command group supp-group shell whitelist-environment"), lines: words("c command session-command"), later: true},
	"sandbox-exec":    {values: words("f n p D")},
	"script":          {values: words("c t F E I O B T m o command echo log-in log-out log-io log-timing logging-format output-limit"), lines: words("c command"), before: 1, later: true},
	"setarch":         {},
	"setpriv":         {values: words("reuid regid groups inh-caps ambient-caps bounding-set securebits pdeathsig")},
	"setsid":          {},
	"stdbuf":          {values: words("i o e input output error")},
	"strace":          {values: words("a b e E I o O p P s S u U X")},
	"su":              {values: words("c g G s w C command session-command group supp-group shell whitelist-environment"), lines: words("c command session-command"), before: 1, later: true, shell: true},
	"su-exec":         {before: 1},
	"sudo":            {values: without(words("u g p C D R T U h r t c user group prompt chdir chroot host role type close-from command-timeout other-user login-class"), "login")},
	"systemd-run":     {values: words("u p M H E unit property description slice service-type uid gid nice working-directory setenv machine host")},
	"taskset":         {before: 1},
	"time":            {values: words("f o format output")},
	"timeout":         {values: words("s k signal kill-after"), before: 1},
	"tini":            {values: words("p e")},
	"unbuffer":        {},
	"unshare":         {values: words("S G R w l setuid setgid root wd map-user map-group map-users map-groups propagation setgroups monotonic boottime load-interp")},
	"watch":           {values: words("n d? interval"), joins: true},
	"xargs":           {values: words("E I J L n P R S s d a i? e? l? arg-file delimiter max-args max-procs max-chars process-slot-var")},
	"xvfb-run":        {values: words("e f n p s w error-file auth-file server-num xauth-protocol server-args wait")},
	"cross-env-shell": {joins: true},

	// setarch's other names, which it takes for operands too
	"linux32": {}, "linux64": {}, "uname26": {}, "i386": {}, "i686": {}, "x86_64": {}, "aarch64": {},
}

// launchValues are the options with a value of launchctl submit.
var launchValues = words("l p o e")

// starterOf is what is known of a program; on macOS those of GNU have a letter before the name.
func starterOf(name string) (starter, bool) {
	if st, ok := starters[name]; ok {
		return st, true
	}
	st, ok := starters[strings.TrimPrefix(name, "g")]
	return st, ok
}

// asksWhere tells whether it is asked where a program lies.
func asksWhere(name string, args []string) bool {
	asks := false
	if name == "command" {
		options(args, nil, func(option, _ string) { asks = asks || option == "v" || option == "V" })
	}
	return asks
}

// started runs the lines that a starter is given, and returns the words of what it starts.
// The variables that it sets are set until restored.
func (s *state) started(st starter, args []string, in string) (words []string, restored func()) {
	split, lines, restored := "", 0, func() {}
	each := func(option, value string) {
		switch {
		case st.lines.has(option):
			lines++
			s.text(value, in, MaxLine)
		case st.splits.has(option):
			split = value
		}
	}
	words = options(args, st.values, each)
	for rest := words; st.later && len(rest) > 0; {
		rest = options(rest[1:], st.values, each)
	}
	for n := 0; split != "" && n < maxDepth; n++ { // its words are read as if they stood there
		args, split = slices.Concat(s.split(split), words), ""
		words = options(args, st.values, each)
	}
	if len(words) > 0 && words[0] == "-" { // env's for -i, su's for -l
		words = words[1:]
	}
	switch {
	case st.each:
		for _, w := range words {
			s.text(w, in, MaxLine)
		}
		return nil, restored
	case st.joins:
		return s.joined(words, in), restored
	case st.shell && lines > 0:
		return nil, restored
	}
	words, restored = s.setBefore(words)
	if words = words[min(st.before, len(words)):]; st.shell {
		if len(words) > 0 && words[0] == "--" { // su a -- -c b
			words = words[1:]
		}
		return append([]string{"sh"}, words...), restored
	} else if st.before > 0 {
		words = options(words, st.values, each) // flock a -c b
	}
	return words, restored
}

// joined runs the words that together are a line; one that begins with a file of the package
// it returns, which others of the names do not run.
func (s *state) joined(words []string, in string) []string {
	command, rest := words, []string(nil)
	if i := slices.Index(words, ":::"); i >= 0 { // parallel's, before what it gives them
		command, rest = words[:i], words[i+1:]
	} else if in != unknown {
		rest = strings.Split(strings.TrimSpace(in), "\n")
	}
	switch {
	case len(command) == 0:
		s.text(strings.Join(rest, "\n"), unknown, MaxLine)
		return nil
	case byPath(command[0]):
		s.commands = append(s.commands, command)
		return nil
	case slices.Contains(command, "{}"):
		command = given(command, "{}", strings.Join(rest, " "))
	case len(rest) > 0:
		command = given(command, "", strings.Join(rest, " "))
	}
	s.text(strings.Join(command, " "), in, MaxLine)
	return nil
}

// xargsMark is the text in whose place xargs puts what it reads; empty where it does so at the end.
func xargsMark(args []string) (mark string) {
	options(args, starters["xargs"].values, func(option, value string) {
		switch option {
		case "I", "J":
			mark = value
		case "i", "replace":
			mark = cmp.Or(value, "{}")
		}
	})
	return mark
}

// setBefore sets the variables that words begin with, and returns the others.
func (s *state) setBefore(words []string) (others []string, restored func()) {
	before := s.variables
	if len(words) > 0 && assignment.MatchString(words[0]) {
		s.variables = maps.Clone(before)
	}
	for len(words) > 0 {
		given := assignment.FindStringSubmatch(words[0])
		if given == nil {
			break
		}
		s.set(given[1], given[2])
		words = words[1:]
	}
	return words, func() { s.variables = before }
}

var assignment = regexp.MustCompile(`(?s)^([^=/\s]+)=(.*)$`) // A.B=1 is one as well
