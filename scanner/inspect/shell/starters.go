package shell

import (
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
	line   bool    // its operands together are a line, or those of more than a word
	each   bool    // each of its operands is a line
	reads  bool    // without operands it runs the lines of its input
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
	"nsenter":         {values: words("t S G target setuid setgid")},
	"parallel":        {values: words("a j N n L I S P d E C s arg-file jobs max-args colsep delimiter results joblog sshlogin tmpdir timeout delay load retries"), line: true, reads: true},
	"pkexec":          {values: words("user")},
	"runuser":         {values: words("u c g G s w user command session-command group supp-group shell whitelist-environment"), lines: words("c command session-command"), later: true},
	"sandbox-exec":    {values: words("f n p D")},
	"script":          {values: words("c t F E I O B T m o command echo log-in log-out log-io log-timing logging-format output-limit"), lines: words("c command"), before: 1, later: true},
	"setarch":         {before: 1},
	"setpriv":         {values: words("reuid regid groups inh-caps ambient-caps bounding-set securebits pdeathsig")},
	"setsid":          {},
	"stdbuf":          {values: words("i o e input output error")},
	"strace":          {values: words("a b e E I o O p P s S u U X")},
	"su":              {values: words("c g G s w C command session-command group supp-group shell whitelist-environment"), lines: words("c command session-command"), before: maxWords, later: true},
	"su-exec":         {before: 1},
	"sudo":            {values: without(words("u g p C D R T U h r t c user group prompt chdir chroot host role type close-from command-timeout other-user login-class"), "login")},
	"systemd-run":     {values: words("u p M H E unit property description slice service-type uid gid nice working-directory setenv machine host")},
	"taskset":         {before: 1},
	"time":            {values: words("f o format output")},
	"timeout":         {values: words("s k signal kill-after"), before: 1},
	"tini":            {values: words("p e")},
	"unbuffer":        {},
	"unshare":         {values: words("S G R w setuid setgid root wd")},
	"watch":           {values: words("n interval"), line: true},
	"xargs":           {values: words("E I J L n P R S s d a arg-file delimiter max-args max-procs max-chars process-slot-var")},
	"xvfb-run":        {values: words("e f n p s w error-file auth-file server-num xauth-protocol server-args wait")},
	"cross-env-shell": {line: true},
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
	split := ""
	each := func(option, value string) {
		switch {
		case st.lines.has(option):
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
	if len(words) > 0 && words[0] == "-" { // env's for -i
		words = words[1:]
	}
	words, restored = s.setBefore(words)
	words = words[min(st.before, len(words)):]
	if len(st.lines) > 0 && !st.later { // flock FILE -c LINE
		words = options(words, st.values, each)
	}
	if st.reads && len(words) == 0 && in != unknown {
		s.text(in, unknown, MaxLine)
	}
	if !st.line && !st.each || len(words) == 0 {
		return words, restored
	}
	among := slices.Index(words, ":::") // parallel's, before what it gives them
	for _, w := range words {
		if st.each || among == 0 || strings.Contains(w, " ") {
			s.text(w, in, MaxLine)
		}
	}
	if st.each || among == 0 {
		return nil, restored
	}
	if among > 0 {
		mark := ""
		if strings.Contains(strings.Join(words[:among], " "), "{}") {
			mark = "{}"
		}
		words = given(words[:among], mark, strings.Join(words[among+1:], " "))
	}
	if isPath(words[0]) { // which others of the name do not run
		s.commands = append(s.commands, words)
		return nil, restored
	}
	return words, restored
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

var assignment = regexp.MustCompile(`(?s)^([A-Za-z_]\w*)=(.*)$`)
