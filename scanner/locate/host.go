package locate

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// A host is a program that loads plugins. A new host is a file with a type
// that implements this, an entry in newHosts and a table of patterns beside it.
type host interface {
	// name is the word for the host in reports and flags, and of its table.
	name() string
	// configured reads the host's server binaries and configs wherever the
	// tables say they lie, and tells s what they load and from where.
	configured(s *survey)
}

// A walker is a host whose plugins can lie anywhere, known by what stands
// beside them: node_modules, a Composer vendor directory, wp-content.
type walker interface {
	// enter is called for every directory of the tree before anything in it
	// is looked at; the host claims what it recognises with s.claim.
	enter(s *survey, dir string, entries []fs.DirEntry)
}

// A finisher is a walker that holds plugins back until the whole tree was
// walked, because what it finds later decides what belongs to them.
type finisher interface {
	finish(s *survey)
}

// A sniffer is a host whose modules can be told by bytes that each of them holds.
type sniffer interface {
	// marks are byte strings of which every module holds one, such as the name
	// of the symbol that the host looks up.
	marks() [][]byte
}

// newHosts makes one of each host; they keep what they learn in one walk.
func newHosts() []host {
	return []host{newHTTPD(), newNginx(), newNode(), newPHP()}
}

// Hosts lists the names of all hosts, sorted.
func Hosts() []string {
	var names []string
	for _, h := range newHosts() {
		names = append(names, h.name())
	}
	slices.Sort(names)
	return names
}

// chosenHosts returns the hosts that are asked for; none asked for means all.
func chosenHosts(names []string) ([]host, error) {
	all := newHosts()
	if len(names) == 0 {
		return all, nil
	}
	known := Hosts()
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown host %q, expected one of %s", name, strings.Join(known, ", "))
		}
	}
	return slices.DeleteFunc(all, func(h host) bool { return !slices.Contains(names, h.name()) }), nil
}
