package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/report"
)

// lines are command lines and what a shell offers at their end. Where want
// begins with "+", more may be offered.
var lines = []struct {
	line string
	want []string
}{
	{"plugvet sc", []string{"scan", "schedule"}},
	{"plugvet ", []string{"+", "scan", "manifest", "completion"}},
	{"plugvet manifest ", []string{"+", "show", "diff"}},
	{"plugvet manifest show --form", []string{"--format"}},
	{"plugvet manifest show --format ", []string{"text", "json"}},
	{"plugvet scan --max-f", []string{"--max-file-size"}},
	{"plugvet scan --format ", report.Formats()},
	{"plugvet scan -f sa", []string{"sarif"}},
	{"plugvet scan --format=sa", []string{"sarif"}},
	{"plugvet scan --host ng", []string{"nginx"}},
	{"plugvet scan --fail-on ", []string{"critical", "high", "medium", "low", "none"}},
	{"plugvet scan -m approved.toml --color n", []string{"never"}},
	{"plugvet scan --manifest app", []string{"approved.toml"}},
	{"plugvet scan app", []string{"approved.toml"}},
	{"plugvet scan --host node --host ph", []string{"php"}},
	{"plugvet report --output js", []string{"json="}},
	{"plugvet completion ", []string{"bash", "zsh", "fish"}},
	{"plugvet completion f", []string{"fish"}},
	// A directory of that name is no verb.
	{"plugvet scan manifest --fail-on lo", []string{"low"}},
}

func TestShellsComplete(t *testing.T) {
	for shell, complete := range map[string]func(t *testing.T, dir, script string) [][]string{"bash": inBash, "zsh": inZsh, "fish": inFish} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Fatalf("%v (testdata/setup/packages.sh test installs it)", err)
			}
			dir := t.TempDir()
			script := filepath.Join(dir, "completion")
			text, _ := inProcess(t, nil, "completion", shell)
			var typed strings.Builder
			for _, l := range lines {
				typed.WriteString(l.line + "\n")
			}
			for name, content := range map[string]string{"completion": text, "approved.toml": "", "lines": typed.String()} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			offered := complete(t, dir, script)
			if len(offered) != len(lines) {
				t.Fatalf("%d answers to %d lines: %q", len(offered), len(lines), offered)
			}
			for i, l := range lines {
				got := offered[i]
				for j := range got { // the whole word or what follows "=", as the shell takes it
					got[j] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(got[j]), "--format="), "./")
					if got[j] != "json=" {
						got[j] = strings.TrimSuffix(got[j], "=")
					}
				}
				slices.Sort(got)
				got = slices.Compact(got)
				want, more := l.want, l.want[0] == "+"
				if more {
					want = want[1:]
				}
				want = slices.Sorted(slices.Values(want))
				missing := slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(got, w) })
				if missing || !more && len(got) != len(want) {
					t.Errorf("%q: offers %q, want %q", l.line, got, l.want)
				}
			}
		})
	}
}

// output runs a shell in dir and returns what it prints.
func output(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var complaints bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &complaints
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "TERM=dumb")
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v\n%s", name, err, complaints.String())
	}
	return string(out)
}

// inBash calls the function as readline does, which splits words at "=" and
// offers names of files where the function offers nothing.
func inBash(t *testing.T, dir, script string) [][]string {
	return answers(output(t, dir, "bash", "--norc", "-c", `
source "$0"
complete -p plugvet | grep -q -- "-o default -F _plugvet plugvet" || exit 1
while IFS= read -r line; do
  echo ":$line"
  IFS=' ' read -ra COMP_WORDS <<<"${line//=/ = }"
  [[ $line == *' ' ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _plugvet
  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  printf '%s\n' "${COMPREPLY[@]}"
done < lines`, script))
}

func inFish(t *testing.T, dir, script string) [][]string {
	return answers(output(t, dir, "fish", "--no-config", "-c", `
source $argv[1]
while read line
    echo ":$line"
    complete -C "$line"
end < lines`, script))
}

// inZsh lets a zsh at a pseudo-terminal complete each line, and keeps what is
// added to the matches.
func inZsh(t *testing.T, dir, script string) [][]string {
	var inner strings.Builder
	fmt.Fprintf(&inner, `
autoload -Uz compinit && compinit -u -d %[1]q/dump
source %[2]q
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $hits >> %[1]q/out
  builtin compadd "$@"
}
all() {
  local line
  while IFS= read -r line; do
    print -r -- ":$line" >> %[1]q/out
    BUFFER=$line CURSOR=$#line
    zle complete-word
  done < %[1]q/lines
  BUFFER=exit
  zle accept-line
}
zle -N all
bindkey '^T' all
`, dir, script)
	if err := os.WriteFile(filepath.Join(dir, "inner"), []byte(inner.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	output(t, dir, "zsh", "-f", "-c", `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "source ./inner; print rea''dy"
zpty -r z said '*ready*' || exit 1
zpty -w -n z $'\x14'
while zpty -r z said; do :; done`)
	out, err := os.ReadFile(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	return answers(string(out))
}

// answers takes apart what a shell offered: a line with a colon before it, and
// the words, with their meaning behind a tab.
func answers(out string) [][]string {
	var offered [][]string
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, ":") {
			offered = append(offered, nil)
			continue
		}
		word, _, _ := strings.Cut(line, "\t")
		offered[len(offered)-1] = append(offered[len(offered)-1], word)
	}
	return offered
}
