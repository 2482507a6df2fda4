package php

import (
	"regexp"
	"strings"

	"plugvet/scanner/inspect/script"
)

// PHP may keep its sessions on another machine. Then session_start connects to the one
// that the setting session.save_path names.

// sessionRemote is the name under which is noted that sessions lie on another machine.
const sessionRemote = "session:remote"

const savePath = "session.save_path"

// remoteSession matches what the handlers of Redis and Memcache take for another machine:
// an address, or a host and a port. A drive of Windows has one letter.
var remoteSession = regexp.MustCompile(`^(?:(?:tcp|tls|ssl|udp)://|[\w.-]{2,}:(?:\d|$))`)

// sessionPath is what a call sets session.save_path to.
func sessionPath(name string, args []argument) value {
	if len(args) == 0 {
		return value{}
	}
	switch name {
	case "ini_set", "ini_alter":
		if key, _ := args[0].value.text(); key == savePath && len(args) > 1 {
			return args[1].value
		}
	case "session_save_path":
		return args[0].value
	case "session_start":
		return args[0].value.element(stringValue("save_path"))
	}
	return value{}
}

// keepsSessions tells whether a call has sessions lie on another machine, which one, and
// whether the script hides it: the setting or the sort of address stands nowhere.
func (r *reader) keepsSessions(name string, args []argument) (where string, hidden, ok bool) {
	path := sessionPath(name, args)
	for _, one := range append(path.oneOf(), path) {
		where = one.prefix()
		if sort := remoteSession.FindString(where); sort != "" && r.budget.Take(len(r.src)/64) {
			return where, !strings.Contains(r.src, sort) || !strings.Contains(r.src, "save_path"), true
		}
	}
	return "", false, false
}

// setsSessions notes that a call has sessions lie on another machine.
func (r *reader) setsSessions(name string, args []argument, from int) {
	if _, hidden, ok := r.keepsSessions(name, args); ok {
		r.use(script.Call, sessionRemote, from, hidden)
	}
}

// sawSessions notes the same at the parenthesis of a call in a trace.
func (r *reader) sawSessions(name string, args []argument, open int) {
	where, hidden, ok := r.keepsSessions(name, args)
	note := value{kind: stringKind, s: sessionRemote, computed: hidden}
	switch {
	case !ok:
	case r.home.sibling == 0:
		r.saw(open, note)
	case hidden && !r.byItself(open, note):
		r.linkedCall(linkedCall{code: "session_save_path(" + quoted(where) + ");"})
	}
}

// computesSessions tells whether the parenthesis behind a name sets what may be
// session.save_path, to something that is not known there.
func (p *source) computesSessions(name string, open int) bool {
	if int(p.match[open]) <= open+1 {
		return false
	}
	switch name {
	case "ini_set", "ini_alter":
		return p.isComputed(open, 0) || strings.Trim(p.text(open+1), `'"`) == savePath && p.isComputed(open, 1)
	case "session_save_path", "session_start":
		return p.isComputed(open, 0)
	}
	return false
}
