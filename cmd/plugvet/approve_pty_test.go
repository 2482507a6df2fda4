package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A terminal runs plugvet on a pseudo-terminal and types.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	pty  *os.File
	mu   sync.Mutex
	seen bytes.Buffer
	done chan struct{}
}

// command is plugvet as it would be called from a terminal.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// testscript.Main runs the program under the name that it is called by.
	link := filepath.Join(t.TempDir(), "plugvet")
	if err := os.Symlink(program, link); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(link, args...)
	cmd.Env = append(os.Environ(), append([]string{"TERM=xterm", "CI="}, env...)...)
	return cmd
}

func onTerminal(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	x := &terminal{t: t, cmd: command(t, env, args...), done: make(chan struct{})}
	var err error
	if x.pty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Rows: 24, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(x.done)
		buffer := make([]byte, 4096)
		for {
			n, err := x.pty.Read(buffer)
			x.mu.Lock()
			x.seen.Write(buffer[:n])
			x.mu.Unlock()
			if err != nil {
				return // EIO once the program is gone
			}
		}
	}()
	t.Cleanup(func() { _ = x.cmd.Process.Kill(); x.pty.Close() })
	return x
}

func (x *terminal) screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.seen.String()
}

// expect waits until text is on the screen, after what was expected before.
func (x *terminal) expect(text string) {
	x.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		x.mu.Lock()
		at := strings.Index(x.seen.String(), text)
		if at >= 0 {
			x.seen.Next(at + len(text))
		}
		x.mu.Unlock()
		if at >= 0 {
			return
		}
		if time.Now().After(deadline) {
			x.t.Fatalf("%q never came up; the screen since then:\n%s", text, x.screen())
		}
	}
}

func (x *terminal) press(keys string) {
	x.t.Helper()
	if _, err := x.pty.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) exits(code int) {
	x.t.Helper()
	_ = x.cmd.Wait() // the code is looked at
	<-x.done
	if got := x.cmd.ProcessState.ExitCode(); got != code {
		x.t.Errorf("exit code %d, want %d\n%s", got, code, x.screen())
	}
}

const question = "[a/r/S f c b u q ?]"

// shop makes an application with n packages: those of @wide that do nothing, and
// three that do.
func shop(t *testing.T, n int) (dir, manifest string) {
	t.Helper()
	dir = t.TempDir()
	add := func(name, code string) {
		at := filepath.Join(dir, "app/node_modules", name)
		if err := os.MkdirAll(at, 0o755); err != nil {
			t.Fatal(err)
		}
		for file, text := range map[string]string{
			"package.json": fmt.Sprintf(`{"name": %q, "version": "1.0.0", "main": "index.js"}`, name), "index.js": code,
		} {
			if err := os.WriteFile(filepath.Join(at, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range n - 3 {
		add(fmt.Sprintf("@wide/p%03d", i), "module.exports = 1")
	}
	add("caller", `require("https").get("https://example.com")`)
	add("runner", `require("child_process").exec("id"); require("https").get("https://example.com")`)
	add("\x1b[31mred", "module.exports = 2")
	return filepath.Join(dir, "app"), filepath.Join(dir, "m.toml")
}

func TestATiredEngineerDecidesOn300PackagesWithFewKeys(t *testing.T) {
	app, manifest := shop(t, 300)
	x := onTerminal(t, nil, "approve", "--manifest", manifest, "--by", "alice@example.com", app)
	x.expect("1/300")
	x.expect("node/runner")
	x.expect("dangerous together")
	x.expect(question)
	x.press("r")
	x.expect("2/300")
	x.expect("node/caller")
	x.expect(question)
	x.press("\x1b[A") // an arrow decides nothing
	x.expect(question)
	x.press("a")
	x.expect("3/300")
	x.expect(question)
	x.press("b")
	x.expect("number, or a pattern")
	x.press("node/@wide/**\r")
	x.expect("297 changes: accept, reject, skip them, or back? [a/r/s/B]")
	x.press("a")
	x.expect(question)
	x.press("u")
	x.expect("undone: 297 changes")
	x.expect(question)
	x.press("b")
	x.expect("number, or a pattern")
	x.press("node/@widest\x7f\x7f/**\r") // the line can be edited
	x.expect("[a/r/s/B]")
	x.press("a")
	x.expect(question)
	x.press("s")
	x.expect("decided on 299 of 300")
	x.expect("accepted  298 changes, 1 gains a capability")
	x.expect("node/runner 1.0.0")
	x.expect("left      1 change")
	x.press("y")
	x.expect("reason to reject")
	x.press("fetches and runs\r")
	x.exits(0)
	data, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(data, []byte("[[plugin]]")); n != 298 {
		t.Errorf("%d plugins were approved, want 298", n)
	}
	if !bytes.Contains(data, []byte("fetches and runs")) {
		t.Error("the rejection is not in the manifest")
	}
}

func TestCtrlCAtAnyQuestionWritesNothing(t *testing.T) {
	steps := []struct{ keys, until string }{
		{"a", "2/6"}, {"b", "number, or a pattern"}, {"\r", question}, {"q", "write "}, {"y", "reason is required"},
	}
	for n := range len(steps) + 1 {
		app, manifest := shop(t, 6)
		settings := filepath.Join(t.TempDir(), "settings.toml")
		if err := os.WriteFile(settings, []byte("[approval]\nrequire = [\"reason\"]\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		x := onTerminal(t, nil, "approve", "--config", settings, "--manifest", manifest, app)
		x.expect(question)
		for _, step := range steps[:n] {
			x.press(step.keys)
			x.expect(step.until)
		}
		x.press("\x03")
		x.expect("nothing was written")
		x.exits(130)
		if _, err := os.Stat(manifest); err == nil {
			t.Errorf("after %d answers Ctrl-C left a manifest", n)
		}
	}
}

func TestWhatIsTypedBeforeAQuestionIsReadAnswersNothing(t *testing.T) {
	for _, term := range []string{"TERM=xterm", "TERM=dumb"} {
		app, manifest := shop(t, 5)
		x := onTerminal(t, []string{term}, "approve", "--manifest", manifest, app)
		x.press("aaaaay\n") // while it scans
		x.expect("1/5")
		x.expect(question)
		keys := "aaaaay"
		if term == "TERM=dumb" {
			keys = "a\na\na\na\na\ny\n"
		}
		x.press(keys)
		x.expect("write ")
		x.press("n\n")
		x.expect("nothing was written")
		x.exits(0)
	}
}

func TestNothingIsApprovedUnaskedWhereTheQuestionsCannotBeSeen(t *testing.T) {
	app, manifest := shop(t, 5)
	for _, args := range [][]string{{}, {"--yes"}} {
		x := command(t, []string{"CI=false"}, append([]string{"approve", "--manifest", manifest, app}, args...)...)
		here, there, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer here.Close()
		defer there.Close()
		x.Stdin = there
		out, _ := x.CombinedOutput() // the code is looked at
		_, err = os.Stat(manifest)
		switch code := x.ProcessState.ExitCode(); {
		case len(args) > 0 && (code != 0 || err != nil):
			t.Errorf("%q: exit code %d, %v\n%s", args, code, err, out)
		case len(args) == 0 && (code != 2 || err == nil || !bytes.Contains(out, []byte("hint: say --yes"))):
			t.Errorf("exit code %d, %v\n%s", code, err, out)
		}
	}
}

func TestCIThatSaysNoIsNoPipeline(t *testing.T) {
	app, manifest := shop(t, 5)
	for _, ci := range []string{"CI=false", "CI=0"} {
		x := onTerminal(t, []string{ci}, "approve", "--manifest", manifest, app)
		x.expect(question)
		x.press("\x03")
		x.exits(130)
	}
}

func TestAManifestThatSomebodyElseWroteMeanwhileIsNotWrittenOver(t *testing.T) {
	app, manifest := shop(t, 5)
	x := onTerminal(t, nil, "approve", "--manifest", manifest, app)
	x.expect(question)
	if out, err := command(t, nil, "approve", "--yes", "--manifest", manifest, "--plugin", "node/caller", app).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	theirs, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	x.press("aq")
	x.expect("write ")
	x.press("y")
	x.expect("changed by somebody else")
	x.expect("write ")
	x.press("p")
	x.expect("file, such as")
	proposal := filepath.Join(t.TempDir(), "later.toml")
	x.press(proposal + "\r")
	x.exits(0)
	if now, err := os.ReadFile(manifest); err != nil || !bytes.Equal(now, theirs) {
		t.Errorf("the manifest was written over: %v\n%s", err, now)
	}
	if _, err := os.Stat(proposal); err != nil {
		t.Error(err)
	}
}

func TestALateErrorLosesNoReview(t *testing.T) {
	app, manifest := shop(t, 5)
	settings := filepath.Join(t.TempDir(), "settings.toml")
	if err := os.WriteFile(settings, []byte("[approval]\nrequire = [\"expires\", \"ticket\"]\nticket = \"CHG-[0-9]+\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	x := onTerminal(t, nil, "approve", "--config", settings, "--manifest", manifest, app)
	for _, step := range []struct{ expect, keys string }{
		{question, "b"}, {"number, or a pattern", "\x04"}, {question, "rrq"},
		{"2 changes", ""}, {"write ", "b"}, {question, "aq"},
		{"write ", "p"}, {"file, such as", "\x04"},
		{"write ", "p"}, {"file, such as", "absent/later.toml\r"}, {"no such file", ""},
		{"write ", "y"}, {"ticket, matching CHG-[0-9]+ (Enter: back)", "CHG-1\r"}, {"expires (Enter: back)", "\x04"},
		{"write ", "y"}, {"expires (Enter: back)", "2020-01-01\r"}, {"2020-01-01 has passed", ""},
		{"expires (Enter: back)", "90d\r"}, {"reason to reject", "\x04"},
		{"write ", "y"}, {"reason to reject", "\r"},
	} {
		x.expect(step.expect)
		x.press(step.keys)
	}
	x.exits(0)
	if _, err := os.Stat(manifest); err != nil {
		t.Error(err)
	}

	x = onTerminal(t, nil, "approve", "--manifest", filepath.Join(t.TempDir(), "absent/m.toml"), app)
	x.expect("nothing was asked yet")
	x.exits(3)
}

func TestATermThatIsDumbGetsLines(t *testing.T) {
	app, manifest := shop(t, 5)
	x := onTerminal(t, []string{"TERM=dumb"}, "approve", "--manifest", manifest, app)
	x.expect(question)
	x.press("accept\n")
	x.expect("2/5")
	x.press("q\n")
	x.expect("write ")
	x.press("y\n")
	x.exits(0)

	x = onTerminal(t, []string{"TERM=dumb"}, "approve", "--manifest", manifest, app)
	x.expect(question)
	if err := x.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	x.exits(130)
}

func TestOnATerminalYesDryRunAndAPipelineAskNothing(t *testing.T) {
	app, manifest := shop(t, 5)
	onTerminal(t, []string{"CI=true"}, "approve", "--manifest", manifest, app).exits(0)
	if err := os.Remove(manifest); err != nil {
		t.Fatal(err)
	}
	onTerminal(t, nil, "approve", "--manifest", manifest, "--dry-run", app).exits(0)
	onTerminal(t, nil, "approve", "--manifest", manifest, "--yes", app).exits(0)
	x := onTerminal(t, nil, "approve", "--manifest", manifest, app)
	x.expect("nothing changes")
	x.exits(0)
}

var ours = regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]`)

func TestNoEscapeOfAPackageReachesTheTerminal(t *testing.T) {
	app, manifest := shop(t, 5)
	x := onTerminal(t, []string{"NO_COLOR=1"}, "approve", "--manifest", manifest, "--no-progress", app)
	x.expect("to decide on")
	x.press("sssssn")
	x.exits(0)
	if screen := x.screen(); !strings.Contains(screen, `\x1b[31mred`) || ours.MatchString(screen) {
		t.Errorf("the name of a package is not shown as it is: %q", screen)
	}
}
