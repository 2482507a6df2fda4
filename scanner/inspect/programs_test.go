package inspect

import (
	"regexp"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
)

func TestTextsThatStartProgramsAreToldFromOthers(t *testing.T) {
	for what, c := range map[string]struct {
		program *regexp.Regexp
		starts  map[string]string // by the text, the command; "-" where there is none
	}{
		"names":   {pipeName, map[string]string{"|kit -d": "kit -d", "file:'|kit -d',raw": "kit -d", "kit|d.wav": "-", "hw:0,0": "-"}},
		"ghost":   {ghostPipe, map[string]string{"(%pipe%kit -d) (w) file": "kit -d", "gs -sOutputFile=|kit": "kit", "-sOutputFile=kit.pdf": "-"}},
		"macros":  {rpmCommand, map[string]string{"%{?kit:%(kit -d)}": "kit -d", "%{_dbpath} (kit)": "-"}},
		"mpv":     {mpvRun, map[string]string{"run kit -d": "kit -d", "run \"/usr/bin/kit\"": "/usr/bin/kit\"", "loadfile run": "-", "runs": "-"}},
		"libvirt": {virtualShell, map[string]string{"qemu+ext:///system?no_tty=1&command=/tmp/kit": "/tmp/kit", "qemu:///system": "-"}},
		"php":     {programURL, map[string]string{"expect://kit -d": "kit -d", "php://input": "-"}},
		"queries": {programQuery, map[string]string{"COPY kit FROM PROGRAM 'kit -d'": "kit -d", "copy (select 1) to\nprogram $$kit$$": "kit",
			"EXEC master..xp_cmdshell 'kit'": "kit", "SELECT sys_exec('kit')": "kit", "SELECT program FROM kit": "-", "SELECT sys_eval FROM kit": "-", "SELECT 1 FROM programs": "-"}},
		"git":     {gitCommand, map[string]string{"core.sshCommand": "", "credential.https://kit.helper": "", "filter.kit.smudge": "", "filter.kit.required": "-", "merge.conflictstyle": "-", "merge.kit.driver": "", "diff.renames": "-", "diff.external": "", "user.name": "-", "core.bare": "-"}},
		"methods": {startsUnit, map[string]string{"StartTransientUnit": "", "StartUnit": "-"}},
	} {
		for text, want := range c.starts {
			got := "-"
			if found := c.program.FindStringSubmatch(text); found != nil {
				got = strings.Join(found[1:], "")
			}
			if got != want {
				t.Errorf("%s: %s: %q", what, text, got)
			}
		}
	}
}

func TestAddressesOfABusMayBePrograms(t *testing.T) {
	for text, want := range map[string]string{
		"unixexec:path=/usr/bin/kit":                                                OwnProgram,
		"unix:path=/run/kit;unixexec:path=kit,argv1=-d":                             OwnProgram,
		"DBUS_SESSION_BUS_ADDRESS=unixexec:path=kit":                                OwnProgram,
		"unixexec:path=%6fsascript,argv0=kit,argv1=-e":                              MadeName + " " + OwnProgram,
		"unixexec:argv0=kit,path=/bin/sh,argv1=-c,argv2=k%3dosa%3b%24%7bk%7dscript": MadeName + " " + OwnProgram,
		"unix:path=/run/dbus/system_bus_socket":                                     "",
		"unix:path=/run/unixexec:path":                                              "",
		"KIT=see unixexec:":                                                         "",
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}, cleared: map[string]bool{}}
		f.bus(0, text)
		if got := strings.Join(embeddedNames(f.facts), " "); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}
