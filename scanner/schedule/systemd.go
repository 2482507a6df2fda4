package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Systemd returns a service and a timer (systemd.service(5), systemd.exec(5),
// systemd.timer(5)).
//
// The service sees the file system read-only but for what it writes to, has no
// network and no way to more rights than CAP_DAC_READ_SEARCH, the right to read
// every file. Where all that it writes to lies right below /var/lib, systemd
// makes those directories and, without a user, one is made for the time that it
// runs (DynamicUser). Such a user does not see what lies in /tmp, which is where
// intruders like to load modules from; so that a tree with /tmp in it is read
// by a user of its own, "plugvet", who must be there.
func Systemd(j Job) (service, timer string, err error) {
	if err := j.check(); err != nil {
		return "", "", err
	}
	if strings.ContainsAny(j.Command[0], `"'\`) {
		return "", "", fmt.Errorf("%q: systemd runs no program with a quote or a backslash in its path", j.Command[0])
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# /etc/systemd/system/%s.service", j.Name)
	line("[Unit]\nDescription=plugvet sweep of the plugins of web servers\n")
	line("[Service]\nType=oneshot\nExecStart=%s %s", unitWord(j.Command[0], false), unitWords(j.Command[1:], true))
	line("# Violations (1) are what a sweep is for; one that could not be done is a failure.\nSuccessExitStatus=1")
	state := stateDirectories(j.Writes)
	user := j.User
	if user == "" && state == nil {
		user = "root"
	} else if user == "" && slices.ContainsFunc(j.Reads, holdsTmp) {
		user = "plugvet"
		line("# useradd --system --no-create-home --shell /usr/sbin/nologin plugvet")
	}
	if user == "" {
		line("DynamicUser=yes")
	} else {
		line("User=%s\nPrivateTmp=no", user)
	}
	if state != nil {
		line("StateDirectory=%s\nStateDirectoryMode=0750", strings.Join(state, " "))
	} else {
		line("# mkdir these first.\nReadWritePaths=%s", unitWords(j.Writes, false))
	}
	line("# To read every file, and nothing else that root may.")
	line("CapabilityBoundingSet=CAP_DAC_READ_SEARCH\nAmbientCapabilities=CAP_DAC_READ_SEARCH")
	b.WriteString(sandbox)
	service = b.String()

	b.Reset()
	line("# /etc/systemd/system/%s.timer", j.Name)
	line("[Unit]\nDescription=plugvet sweep every %s\n", every(j.Every))
	line("[Timer]\n%s", when(j.Every))
	line("AccuracySec=1min\nUnit=%s.service\n", j.Name)
	line("[Install]\nWantedBy=timers.target")
	return service, b.String(), nil
}

// stateDirectories are the directories as systemd makes them below /var/lib;
// nil where one lies elsewhere.
func stateDirectories(dirs []string) (names []string) {
	for _, dir := range dirs {
		name, ok := strings.CutPrefix(dir, "/var/lib/")
		if !ok || !plain(name) {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// holdsTmp reports whether a tree has a directory in it that every user may
// write to, and that PrivateTmp hides.
func holdsTmp(root string) bool {
	return slices.ContainsFunc([]string{"/tmp", "/var/tmp"}, func(tmp string) bool {
		return strings.HasPrefix(tmp+"/", strings.TrimSuffix(root, "/")+"/") || strings.HasPrefix(root+"/", tmp+"/")
	})
}

// sandbox is what does not depend on the job.
const sandbox = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateDevices=yes
PrivateNetwork=yes
IPAddressDeny=any
RestrictAddressFamilies=AF_UNIX
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
UMask=0027
KeyringMode=private
Nice=19
IOSchedulingClass=idle
TimeoutStartSec=12h
`

// when says when the timer fires. What the calendar can say it says by it and
// catches up on after the machine was off; other numbers of days count from
// the last run.
func when(every time.Duration) string {
	switch day := 24 * time.Hour; {
	case every < day:
		return fmt.Sprintf("OnCalendar=*-*-* 00/%d:%02d:00\nPersistent=yes", every/time.Hour, minute)
	case every == day:
		return fmt.Sprintf("OnCalendar=*-*-* %02d:%02d:00\nPersistent=yes", hour, minute)
	case every == 7*day:
		return fmt.Sprintf("OnCalendar=Mon *-*-* %02d:%02d:00\nPersistent=yes", hour, minute)
	default:
		return fmt.Sprintf("OnActiveSec=15min\nOnUnitActiveSec=%dd", every/day)
	}
}

func every(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	}
	return fmt.Sprintf("%d hours", d/time.Hour)
}

func unitWords(words []string, arguments bool) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = unitWord(word, arguments)
	}
	return strings.Join(quoted, " ")
}

// unitWord quotes a word of a unit: % begins a specifier everywhere, $ a
// variable among the arguments of a program alone.
func unitWord(word string, argument bool) string {
	replaced := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%").Replace(word)
	if argument {
		replaced = strings.ReplaceAll(replaced, "$", "$$")
	}
	return `"` + replaced + `"`
}

// plain reports whether a word needs no quotes, and means the same everywhere.
func plain(word string) bool {
	return word != "" && !strings.HasPrefix(word, ".") && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == ""
}
