package shell

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

func TestProgramIsFoundAsTheShellWouldFindIt(t *testing.T) {
	for line, want := range map[string]bool{
		`osascript -e beep`:                                        true,
		`a=osa; b=script; $a$b -e beep`:                            true,
		`o=osa; ${o}script -e beep`:                                true,
		"`echo osa`script -e beep":                                 true,
		`echo b3Nhc2NyaXB0IC1lIGJlZXA= | base64 -d | sh`:           true,
		`eval "osa""script -e beep"`:                               true,
		`$(echo tpircsaso | rev) -e beep`:                          true,
		`$(echo bfnfpevcg | tr a-z n-za-m) -e`:                     true,
		`$(printf '\157\163\141\163\143\162\151\160\164') -e beep`: true,
		"`printf %s%s osa script` -e beep":                         true,
		"sh <<X\nosa\"\"script -e beep\nX":                         true,
		`echo 6f7361736372697074 | xxd -r -p | sh`:                 true,
		`echo osaXscript | sed s/X// | bash`:                       true,
		`echo 2055902645439821344884P | dc | sh`:                   true,
		`echo osa\"\"script -e beep | at -q b now + 1 minute`:      true,
		`at now < list`:                                            false,
		`env A=1 osascript -e beep`:                                true,
		`echo beep | xargs osa"script" -e`:                         true,
		`f() { "$1" -e beep; }; f osascript`:                       true,
		`for p in ls osascript; do $p -e beep; done`:               true,
		`/usr/local/../bin/./osascript`:                            true,
		`/usr/bin/osascr?pt -e beep`:                               true,
		`$(ls /usr/bin/osa*pt) -e beep`:                            true,
		`$(ls -1 /usr/bin/osa*pt | head -n1) -e beep`:              true,
		`$(which osa""script) -e beep`:                             true,
		`$(command -v osa""script) -e beep`:                        true,
		`find /usr/bin -name 'osa*pt' -exec {} -e beep \;`:         true,
		`$(find /usr/bin -name 'osa*pt') -e beep`:                  true,
		`find /usr/bin -name 'os[!x]script' -exec {} -e beep \;`:   true,
		`find . -name '*.js' -exec ls {} \;`:                       false,
		`ls $(which osascript)`:                                    false,
		`echo osascript`:                                           false,
		`# osascript`:                                              false,
		`grep osascript x`:                                         false,
		`$X -e beep`:                                               false,
		`ls *`:                                                     false,
	} {
		if got := Runs(Commands(line, nil, nil), "osascript"); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
	if !Runs(Command([]string{"sh", "-c", `"$0" -e beep`, "osascript"}, nil), "osascript") {
		t.Error("$0 is the word behind the script")
	}
	if !Runs(Commands(`$KIT -e beep`, nil, map[string]string{"KIT": "osascript"}), "osascript") {
		t.Error("a variable of the environment")
	}
}

func TestProgramsThatStartOthersAreFollowed(t *testing.T) {
	const run = `sh -c '$(printf osa%s script) -e 1'`
	for _, line := range []string{
		`bash --norc -c X`, `bash -norc -c X`, `bash -O extglob -c X`, `bash +O extglob -c X`, `bash --rcfile /dev/null -c X`, `bash -c -- X`, `bash -c -x X`, `bash -xc X a`,
		`bash -o pipefail -c X`, `bash -oc pipefail X`, `zsh -opipefail -c X`, `zsh --emulate sh -c X`, `ksh -o pipefail -ec X`, `mksh -c X`, `yash -c X`, `tcsh -c X`, `csh -fc X`,
		`fish -c X`, `fish --command=X`, `fish -N --command X`, `fish -C X a.fish`,

		`env -u FOO X`, `env -S "A=b X"`, `env -i -C / --unset=B A=b X`, `env - A=b X`, `timeout -s KILL 5 X`, `timeout --signal=KILL -k 3 5 X`, `gtimeout 5 X`, `sudo -g x X`, `sudo -nu x A=b X`,
		`caffeinate -t 5 X`, `caffeinate -dit 5 X`, `arch -arch x86_64 X`, `arch -arm64e X`, `stdbuf -o L X`, `stdbuf -oL X`, `time -o f X`, `/usr/bin/time -f %e -o f X`, `time -p X`,
		`su --command=X`, `su root -c X`, `su - root --comm X`, `runuser -u a -- X`, `runuser a -c X`, `script -qc X /dev/null`, `script -q /dev/null X`, `script /dev/null --command X`,
		`pkexec X`, `pkexec --user a X`, `parallel X ::: x`, `parallel -j 2 -- X ::: x`, `parallel {} -c "'osa'script" ::: sh`, `nice -n 5 X`, `nice -5 X`, `ionice -c 2 -n 7 X`, `doas -u a X`, `exec -a b X`,
		`chroot --userspec=a / X`, `flock -w 5 f X`, `flock f -c X`, `flock -n f -c X`, `taskset -c 0 X`, `chrt -f 5 X`, `watch -n 5 X`, `unshare -r X`, `nsenter -t 1 X`, `strace -f -o g X`, `busybox X`,
		`launchctl asuser 501 X`, `launchctl submit -l a -o /dev/null -- X`, `sandbox-exec -p a X`, `setsid -f X`, `command -p X`, `nohup X`, `cross-env A=b X`, `xargs -n 1 -P 4 X`,
		`npx -c X`, `npm exec -c X`, `npm exec --call=X`, `npx --call X`, `npx -p a X`, `pnpm exec X`, `yarn exec X`, `pnpm dlx -c X`, `bun exec X`, `corepack pnpm exec X`,
		`env A=osa sh -c '${A}script'`,
	} {
		for _, x := range []string{run, `"` + strings.ReplaceAll(run, "$", `\$`) + `"`} {
			if got := Runs(Commands(strings.ReplaceAll(line, "X", x), nil, nil), "osascript"); got {
				goto next
			}
		}
		t.Errorf("%s is not followed", line)
	next:
	}
	for _, line := range []string{
		`flock f -c 'osascript -e 1'`, `flock -n f --command 'osascript -e 1'`, `yarn exec 'osascript -e 1'`, `pnpm osascript -e 1`, `arch -d A osascript`, `trap -- 'osascript -e 1' EXIT`,
		`parallel ::: osascript ls`, `echo osascript | parallel`, `concurrently ls osascript`, `echo osascript | xargs -0I{} {}`, `echo osascript | xargs -i {}`, `echo osascript | xargs --replace=% %`,
		`find . -exec sh -c 'osascript "$1"' _ {} \;`, `find . -exec ls {} + -exec osascript {} \;`,
	} {
		if commands := Commands(line, nil, nil); !Runs(commands, "osascript") {
			t.Errorf("%s: %q", line, commands)
		}
	}
	for _, line := range []string{
		`env -u osascript ls`, `timeout -s osascript 5 ls`, `sudo -g osascript ls`, `bash --rcfile osascript -c ls`, `bash -c ls osascript`, `env A=osascript; $A`, `sudo osascript=b ls`, `npx -p osascript ls`,
		`parallel ls ::: osascript`, `xargs -n osascript ls`, `command -v osascript`, `bash -o osascript`, `fish -c ls osascript`,
		`command -pv osascript`, `command -p -V osascript`, `echo osascript | xargs`, `pnpm link osascript`, `find . -exec ls {} \; -name osascript`,
	} {
		if commands := Commands(line, nil, nil); Runs(commands, "osascript") {
			t.Errorf("%s: %q", line, commands)
		}
	}
}

func TestWordsAreLeftToStarters(t *testing.T) {
	for _, line := range []string{
		`env A.B=1 X`, `env A-B= 1a=b X`, `sudo -u a A.B=1 X`, `cross-env A.B=1 X`, `unshare --map-user 0 X`, `nsenter -n/var/run/netns/t X`, `nsenter -m/proc/1/ns/mnt -t 1 X`,
		`setarch -R X`, `setarch x86_64 -R X`, `linux64 X`, `i386 X`, `launchctl submit -l a -p X`, `launchctl submit -l a -p X -- b`, `flock f X`, `watch -d X`, `watch -d=cumulative -n 1 X`, `watch /usr/bin/X`,
		`npx cross-env A=1 X`, `npx -y cross-env@7 A=1 X`, `yarn cross-env A=1 X`, `pnpm run cross-env A=1 X`, `bun run concurrently X`, `bunx concurrently -n a X`,
		`flock f -c "X -e 1"`, `flock -n f --command "X -e 1"`, `su a -- -c X`, `su a -c "a;X"`, `echo X | su a`, `watch 'a=1;X<b'`, `watch -x 'A=b X'`, `concurrently "A=b X"`, `concurrently a 'b;X'`,
		`cross-env-shell A=1 b '&&' X`, `cross-env-shell A=X '$A'`, `parallel ::: a X`, `echo X | parallel`, `echo X | parallel {} -e 1`, `parallel echo ';' X ::: a`,
		`echo X | xargs -i {} -e`, `echo X | xargs -i% % -e`, `echo X | xargs -tI % % -e`, `echo X | xargs -0I% %`, `echo X | xargs --replace {}`, `echo X | xargs --replace=% %`, `echo X | xargs -J % % -e`,
		`echo -c X | xargs sh`, `echo X | xargs env -u -I`,
	} {
		if commands := Commands(strings.ReplaceAll(line, "X", "osascript"), nil, nil); !Runs(commands, "osascript") {
			t.Errorf("%s: %q", line, commands)
		}
	}
	around := Around{File: func(name string) (string, bool) { return "osascript -e 1", name == "/tmp/a" }}
	if commands := around.Line("su root /tmp/a"); !Runs(commands, "osascript") {
		t.Errorf("su's script: %q", commands)
	}
	for _, line := range []string{
		`env -u A.B=1 ls X`, `echo X | xargs -I % ls %`, `echo X | xargs grep -I a`, `su X`, `su -c ls X`, `setarch -R ls X`, `nsenter -tX ls`, `npx kit X`, `yarn watch X`, `yarn run X`, `parallel ls ::: X`,
		`echo X | su a -c cat`, `launchctl submit -l X -- ls`, `watch ls X`,
	} {
		if commands := Commands(strings.ReplaceAll(line, "X", "osascript"), nil, nil); Runs(commands, "osascript") {
			t.Errorf("%s: %q", line, commands)
		}
	}
}

func TestScriptIsFollowedAsTheShellWouldRunIt(t *testing.T) {
	for text, want := range map[string]bool{
		"set -- c r i p t\nt=osas; for x; do t=$t$x; done\n[ -x /bin/$t ] && exec /bin/$t -e beep": true,
		"set -- -x osa script; shift; \"$1$2\"":                                                    true,
		"set -- o s a s c r i p t; while [ $# -gt 0 ]; do n=$n$1; shift; done; $n":                 true,
		"a=(osa script); ${a[0]}${a[1]}":                                                           true,
		"a=(o s a s c r i p t); for ((i=0;i<9;i++)); do n+=${a[i]}; done; $n":                      true,
		"read -r a b <<< 'osa script'; $a$b":                                                       true,
		"mapfile -t a < <(printf 'osa\\nscript\\n'); ${a[0]}${a[1]}":                               true,
		"printf -v n %s%s osa script; $n":                                                          true,
		"${X:-osascript} -e beep":                                                                  true,
		": ${X:=osascript}; $X":                                                                    true,
		"case $1 in a) n=osascript;; *) n=ls;; esac; $n":                                           true,
		"if [ $1 ]; then n=osascript; else n=ls; fi; $n":                                           true,
		"case b in a) n=osascript;; b) n=ls;; esac; $n":                                            false,
		"alias t=osascript\nt -e beep":                                                             true,
		"trap 'osascript -e beep' EXIT":                                                            true,
		"coproc osascript":                                                                         true,
		"launchctl asuser 501 osascript -e beep":                                                   true,
		"echo osa script | tr -d ' ' | xargs -I{} {} -e beep":                                      true,
		"$(basename /x/osascript .app)":                                                            true,
		"printf '2script\\n1osa\\n' | sort | cut -c2- | paste -sd '' | sh":                         true,
		"bash -s -- osa script <<'X'\n\"$1$2\" -e beep\nX":                                         true,
		"sh -eu -o pipefail -s osa script <<'X'\n\"$1$2\" -e beep\nX":                              true,
		"python3 - <<'X'\nimport os\nos.system('osa' + 'script -e beep')\nX":                       true,
		"a=osa; {b,c,${a}script} {1,2,3}{a,b}":                                                     false,
		"python3 - <<'X'\nprint('osascript')\nX":                                                   false,
		"command -v osascript":                                                                     false,
		"n=ls; for x in osascript; do n=$x; done; echo $n":                                         false,
		"while :; do set -- a b; n=$n$n; done":                                                     false,
	} {
		if got := Runs(Script(text), "osascript"); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestCommandsReadTheirInputAndFiles(t *testing.T) {
	around := Around{
		Environment: map[string]string{"B": "script"},
		Input:       "set -- c osa\nkind=$(printf '%s' $2)\nexec \"$kind$B\" -e beep\n",
		File: func(name string) (string, bool) {
			text, ok := map[string]string{"/tmp/kit": "a=osa\n$a$1 -e beep\n"}[name]
			return text, ok
		},
	}
	for line, want := range map[string]bool{
		"sh": true, "/bin/sh -s": true, "env X=1 bash": true, "cat | sh": true, "ls | sh": false, "sh -c ls": false, "cat": false, "sh < /dev/null": false,
		"sh /tmp/kit script": true, "sh /tmp/kit": false, "sh < /tmp/kit": false, "bash -s script < /tmp/kit": true, ". /tmp/kit; ${a}script": true, "cat /tmp/kit | sh -s script": true, "sh /tmp/other script": false,
	} {
		if got := Runs(around.Line(line), "osascript"); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
	if !Runs(around.Command([]string{"sh"}), "osascript") {
		t.Error("the input of a command")
	}
}

func TestLargeExpansionsAreLeftOut(t *testing.T) {
	for _, line := range []string{
		`echo {1..99999999}`, strings.Repeat("{a,b}", 30), "a=xxxx; " + strings.Repeat("a=$a$a; ", 200) + "$a",
		strings.Repeat("$(", 500), strings.Repeat("eval ", 700), `f() { f; f; }; f`, strings.Repeat("((", 900),
	} {
		Commands(line, nil, nil)
		Script(line)
	}
}

// Braces are paid for by all the words of a command together.
func TestBracesOfManyWordsAreBounded(t *testing.T) {
	word := &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: strings.Repeat("{a,b}", 9)}}}
	list := slices.Repeat([]*syntax.Word{word}, 10)
	for i, w := range newState(nil).affordable(list) {
		if known := w == word; known != (i < maxWords/512) || list[i] != word {
			t.Errorf("word %d of 512 each: known is %t", i, known)
		}
	}
}

// The library that expands words panics where it does not know how.
func TestAnExpansionThatIsNotKnownCostsItsWordAlone(t *testing.T) {
	for _, line := range []string{`osascript -e "${0@A}"`, `osascript <(echo "${a}")`} {
		if !Runs(Commands(line, nil, nil), "osascript") {
			t.Errorf("%s: %q", line, Commands(line, nil, nil))
		}
	}
}

func FuzzCommands(f *testing.F) {
	for _, line := range []string{
		`a=osa; $(echo "$a"script) -e beep | sh -c 'eval $0' x`, `sh <(echo "$a") >(cat) {1..9} ~root/*`, `echo ${a[@]} ${!a} ${a:1:2} ${a/x/y} ${a@Q} ${#a} ${a^^} ${a%%b}`,
		`a=(b c); a[1]=d; echo $((a++ / 0)) $((1 << 99)) $'\x41' $"b" @(a|b)`, `[[ a =~ b ]] && ((i = 1)); let i=2; coproc cat; time ls`,
		`for ((i = 0; i < 3; i++)); do echo $i; done; select x in a; do :; done`, `case $a in b|c) d ;; *) e ;& esac; until f; do g; done`,
		"cat <<A <<-'B'\n$a\nA\n\tb\nB", `f() { "$@"; }; function g { local -a x; declare -n y=x; export Z; }; f g; trap 'h' EXIT`,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, words := range Commands(line, nil, nil) {
			if len(words) == 0 {
				t.Error("a command without words")
			}
			_ = utf8.ValidString(words[0])
		}
	})
}

func TestFunctionsThatNobodyCallsAreFollowedInAnyOrder(t *testing.T) {
	for _, text := range []string{"a() { X=osa; Y=script; }\nb() { $X$Y -e beep; }", "z() { X=osa; Y=script; }\nb() { $X$Y -e beep; }"} {
		for range 20 {
			if !Runs(Script(text), "osascript") {
				t.Fatalf("not found in %q", text)
			}
		}
	}
}

func TestWordsOfACommandAreBounded(t *testing.T) {
	words := append([]string{"find"}, slices.Repeat([]string{"-ok"}, 100_000)...)
	all := 0
	for _, command := range Command(words, nil) {
		all += len(command)
	}
	if all > 1<<19 {
		t.Errorf("%d words, want at most half a million", all)
	}
}

func TestCalculatorWritesLetters(t *testing.T) {
	for program, want := range map[string]string{
		"28531P":        "os",
		"28531 P 97P":   "osa",
		"[os]P[a]n":     "osa",
		"111a n 115an":  "os",
		"16i6F73P":      "os",
		"28500 31+P":    "os",
		"256 111*115+P": "os",
		"_1 28532+ p":   "28531\n",
		"28531 d P":     unknown, // what is not known
		"P":             unknown,
		"[os":           unknown,
		"[os] 1 +":      unknown,
		"[os] a":        unknown,
		"8i 9 P":        unknown,
	} {
		if got := calculated(program); got != want {
			t.Errorf("%s: %q", program, got)
		}
	}
	if got := calculated(strings.Repeat("9", MaxLine) + strings.Repeat("p", 64)); got != unknown {
		t.Errorf("%d bytes", len(got))
	}
}

// A format may ask for any width.
func TestWideFormatsAreNotPrinted(t *testing.T) {
	for _, format := range []string{"%0999999d", "%-999999s", "%.999999d", "a%s%+0999999d"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := printed([]string{format, "1", "2"})
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; got != unknown || took > 1<<20 {
			t.Errorf("%s: %d bytes, %d allocated", format, len(got), took)
		}
	}
	if got := printed([]string{"%05d-%3s|1234", "7", "a"}); got != "00007-  a|1234" {
		t.Errorf("%q", got)
	}
}
