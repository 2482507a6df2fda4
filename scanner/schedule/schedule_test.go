package schedule

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

// odd are names that every scheduler quotes differently.
var odd = []string{"plain", "two words", `quo"te`, "apo'strophe", "dollar$HOME", "percent%n", `back\slash`, "semi;colon", "#hash", "-dash", "über", "{a,b}", "`id`", "a=b", "*?"}

// program makes a program of such a name, which prints its arguments.
func program(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func job(t *testing.T, name string) Job {
	t.Helper()
	return Job{
		Name: "plugvet-sweep", Command: append([]string{program(t, name), "sweep"}, odd...),
		Reads: []string{"/srv"}, Writes: []string{"/var/lib/plugvet"}, Every: 7 * day,
	}
}

// units writes service and timer where systemd-analyze looks for them.
func units(t *testing.T, j Job) (service string) {
	t.Helper()
	text, timer, err := Systemd(j)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string]string{".service": text, ".timer": timer} {
		if err := os.WriteFile(filepath.Join(dir, j.Name+name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, j.Name+".service")
}

// need asks for a program that make test installs where there is Debian's archive.
func need(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		t.Skip(name + " is not here, nor Debian's archive, which has it")
	}
	t.Fatalf("no %s to check with: make test installs it", name)
}

// systemd-analyze finds the program only where it understands the quotes as
// they are meant, and complains about each key that it does not know.
func TestSystemdAcceptsTheUnits(t *testing.T) {
	need(t, "systemd-analyze")
	for _, name := range []string{"two words", "dollar$HOME", "percent%n", "semi;colon", "#hash", "{a,b}"} {
		service := units(t, job(t, name))
		timer := strings.TrimSuffix(service, ".service") + ".timer"
		out, err := exec.Command("systemd-analyze", "verify", "--man=no", service, timer).CombinedOutput()
		if lines := about(string(out), "plugvet"); err != nil || lines != nil {
			t.Errorf("%q: %v\n%s", name, err, strings.Join(lines, "\n"))
		}
	}
	for _, name := range []string{`quo"te`, "apo'strophe", `back\slash`} {
		if text, _, err := Systemd(job(t, name)); err == nil {
			t.Errorf("%q: systemd would refuse it:\n%s", name, text)
		}
	}
	// It does complain.
	service := units(t, job(t, "plain"))
	text, err := os.ReadFile(service)
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.NewReplacer("/plain", "/absent", "NoNewPrivileges", "NoNewPrivilege").Replace(string(text))
	if err := os.WriteFile(service, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command("systemd-analyze", "verify", "--man=no", service).CombinedOutput()
	if lines := about(string(out), "plugvet"); len(lines) < 2 {
		t.Errorf("nothing is said of a missing program and a wrong key: %s", out)
	}
}

// about are the lines of a message that are about our units, and not about
// those of the machine.
func about(text, what string) (lines []string) {
	for line := range strings.Lines(text) {
		if strings.Contains(line, what) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func TestSystemdFindsLittleExposure(t *testing.T) {
	need(t, "systemd-analyze")
	for name, alter := range map[string]func(*Job){
		"a user that is made": func(*Job) {},
		"a user of its own":   func(j *Job) { j.Reads = []string{"/"} },
		"root":                func(j *Job) { j.Writes = []string{"/srv/ledger"} },
	} {
		j := job(t, "plain")
		alter(&j)
		out, err := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=35", "--no-pager", units(t, j)).CombinedOutput()
		if err != nil {
			t.Errorf("%s: exposure above 3.5 of 10: %v\n%s", name, err, out)
		}
	}
}

// A user that is made does not see /tmp, so it must not read a tree that has it.
func TestWhoRunsTheSweepOnSystemd(t *testing.T) {
	for _, c := range []struct {
		reads, writes string
		user, want    string
	}{
		{"/srv", "/var/lib/plugvet", "", "DynamicUser=yes"},
		{"/", "/var/lib/plugvet", "", "User=plugvet"},
		{"/var", "/var/lib/plugvet", "", "User=plugvet"},
		{"/tmp/unpacked", "/var/lib/plugvet", "", "User=plugvet"},
		{"/tmpfs", "/var/lib/plugvet", "", "DynamicUser=yes"},
		{"/srv", "/srv/ledger", "", "User=root"},
		{"/srv", "/srv/ledger", "scan", "User=scan"},
		{"/srv", "/var/lib/plug vet", "", "User=root"},
	} {
		j := Job{Name: "plugvet-sweep", Command: []string{"/bin/true"}, Reads: []string{c.reads}, Writes: []string{c.writes}, Every: day, User: c.user}
		service, _, err := Systemd(j)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(service, "\n"+c.want+"\n") {
			t.Errorf("%+v: not %s:\n%s", c, c.want, service)
		}
		if dynamic := strings.Contains(service, "DynamicUser=yes"); dynamic == strings.Contains(service, "PrivateTmp=no") {
			t.Errorf("%+v: /tmp:\n%s", c, service)
		}
		if state := strings.Contains(service, "StateDirectory="); state == strings.Contains(service, "ReadWritePaths=") {
			t.Errorf("%+v: what it may write to:\n%s", c, service)
		}
	}
}

func TestSystemdKnowsTheTimes(t *testing.T) {
	need(t, "systemd-analyze")
	for _, every := range []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day, 3 * day} {
		j := job(t, "plain")
		j.Every = every
		_, timer, err := Systemd(j)
		if err != nil {
			t.Fatal(err)
		}
		calendar := regexp.MustCompile(`(?m)^OnCalendar=(.*)$`).FindStringSubmatch(timer)
		if calendar == nil {
			if !strings.Contains(timer, "OnUnitActiveSec=3d") {
				t.Errorf("every %v: %s", every, timer)
			}
			continue
		}
		// Two instants that follow each other are as far apart as was asked for.
		out, err := exec.Command("systemd-analyze", "calendar", "--iterations=2", "--base-time=2026-11-23 12:00:00 UTC", calendar[1]).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v %s", calendar[1], err, out)
		}
		var at []time.Time
		for _, found := range regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`).FindAllString(string(out), -1) {
			instant, err := time.Parse("2006-01-02 15:04:05 MST", found)
			if err != nil {
				t.Fatal(err)
			}
			at = append(at, instant)
		}
		slices.SortFunc(at, time.Time.Compare)
		at = slices.Compact(at)
		if len(at) < 2 || at[len(at)-1].Sub(at[len(at)-2]) != every {
			t.Errorf("every %v: %s gives %v", every, calendar[1], at)
		}
	}
}

// The list is read by a parser that is not ours: Apple's where it is, else Python's.
func TestThePropertyListIsOne(t *testing.T) {
	j := job(t, "two words")
	j.User = "_plugvet"
	text, err := Launchd(j)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "local.plugvet-sweep.plist")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("plutil"); err == nil {
		if out, err := exec.Command("plutil", "-lint", file).CombinedOutput(); err != nil {
			t.Errorf("plutil: %v %s", err, out)
		}
	}
	need(t, "python3")
	out, err := exec.Command("python3", "-c", `
import plistlib, sys
p = plistlib.load(open(sys.argv[1], "rb"))
known = {"Label": str, "ProgramArguments": list, "UserName": str, "StartCalendarInterval": list, "ProcessType": str,
    "LowPriorityIO": bool, "Nice": int, "Umask": int, "WorkingDirectory": str, "StandardOutPath": str,
    "StandardErrorPath": str, "EnvironmentVariables": dict}
for key, value in p.items():
    assert type(value) is known[key], key
assert p["Label"] == "local.plugvet-sweep" and p["Umask"] == 0o022
assert p["StartCalendarInterval"] == [{"Weekday": 1, "Hour": 3, "Minute": 17}], p["StartCalendarInterval"]
sys.stdout.write("\n".join(p["ProgramArguments"]))
`, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if got := strings.Split(string(out), "\n"); !slices.Equal(got, j.Command) {
		t.Errorf("arguments %q, expected %q", got, j.Command)
	}
}

// Cron hands the rest of the line to a shell, once it has dealt with %.
func TestCronHandsTheShellWhatIsMeant(t *testing.T) {
	for _, name := range odd {
		j := job(t, name)
		text, err := Cron(j)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(text), "\n")
		last := lines[len(lines)-1]
		when, command, ok := strings.Cut(last, " umask ")
		if !ok || when != "17 3 * * 1" {
			t.Fatalf("%q: when %q", name, when)
		}
		if regexp.MustCompile(`(^|[^\\])%`).MatchString(command) {
			t.Errorf("%q: a %% that cron takes for the end of the command: %s", name, command)
		}
		command = "umask " + strings.ReplaceAll(command, `\%`, "%")
		out, err := exec.Command("/bin/sh", "-c", command).CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v %s", name, err, out)
		}
		if got := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"); !slices.Equal(got, j.Command[1:]) {
			t.Errorf("%q: arguments %q, expected %q", name, got, j.Command[1:])
		}
	}
}

// Cron's own parser is asked, which for a dry run wants -n of Debian's and -T of
// cronie's crontab.
func TestCronAcceptsTheTable(t *testing.T) {
	need(t, "crontab")
	dry := "-T"
	if usage, _ := exec.Command("crontab", "-h").CombinedOutput(); strings.Contains(string(usage), "dry run") {
		dry = "-n"
	}
	accepted := func(text string) error {
		file := filepath.Join(t.TempDir(), "crontab")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("crontab", dry, file).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%v %s\n%s", err, out, text)
		}
		return nil
	}
	if accepted("17 25 * * * true\n") == nil {
		t.Fatal("crontab accepts an hour that no day has")
	}
	for _, every := range []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day} {
		j := job(t, "percent%n")
		j.Every = every
		text, err := Cron(j)
		if err != nil {
			t.Fatal(err)
		}
		if err := accepted(text); err != nil {
			t.Errorf("every %v: %v", every, err)
		}
	}
}

func TestWhatNoUnitCanHoldIsRefused(t *testing.T) {
	for name, alter := range map[string]func(*Job){
		"a line break in an argument": func(j *Job) { j.Command = append(j.Command, "a\nExecStartPre=/bin/evil") },
		"a line break in a directory": func(j *Job) { j.Writes = []string{"/a\nb"} },
		"a byte that is no UTF-8":     func(j *Job) { j.Command = append(j.Command, "\xff") },
		"a relative program":          func(j *Job) { j.Command[0] = "plugvet" },
		"a relative directory":        func(j *Job) { j.Writes = []string{"ledger"} },
		"no directory":                func(j *Job) { j.Writes = nil },
		"no program":                  func(j *Job) { j.Command = nil },
		"a user with a blank":         func(j *Job) { j.User = "a b" },
		"every 5 hours":               func(j *Job) { j.Every = 5 * time.Hour },
		"every half hour":             func(j *Job) { j.Every = 30 * time.Minute },
		"every day and a half":        func(j *Job) { j.Every = 36 * time.Hour },
	} {
		j := job(t, "plain")
		alter(&j)
		if text, _, err := Systemd(j); err == nil {
			t.Errorf("%s: systemd:\n%s", name, text)
		}
		if text, err := Launchd(j); err == nil {
			t.Errorf("%s: launchd:\n%s", name, text)
		}
		if text, err := Cron(j); err == nil {
			t.Errorf("%s: cron:\n%s", name, text)
		}
	}
	j := job(t, "plain")
	j.Every = 3 * day
	if text, err := Cron(j); err == nil {
		t.Errorf("every 3 days: cron:\n%s", text)
	}
}
