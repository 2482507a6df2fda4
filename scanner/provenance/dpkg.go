package provenance

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Where dpkg keeps its records (dpkg(1)), and what of them is read at most, in
// bytes. All of Debian's texlive-full has lists of 15 MB together.
const (
	dpkgDir     = "var/lib/dpkg"
	maxList     = 64 << 20
	maxAllLists = 512 << 20
	maxStatus   = 256 << 20
)

// readDpkg reads which package owns the files of plugins: every list of names,
// since a file may be in any, and of the owners the checksums and the status.
// It is nil where the tree has no dpkg.
func (r *Records) readDpkg() *database {
	entries, err := r.tree.ReadDir(dpkgDir + "/info")
	if err != nil && len(entries) == 0 {
		return nil
	}
	x := &dpkg{Records: r, database: &database{kind: "dpkg", claims: map[string]*claim{}}, owners: map[string]bool{}, owner: map[string]string{}}
	x.aliases = readAliases(r.tree)
	x.readDiversions()
	budget := int64(maxAllLists)
	for _, entry := range entries {
		pkg, ok := strings.CutSuffix(entry.Name(), ".list")
		if !ok || !entry.Type().IsRegular() {
			continue
		}
		if budget <= 0 {
			x.note = "dpkg's lists are larger than what is read of them"
			break
		}
		budget -= x.readList(entry, pkg)
	}
	for pkg := range x.owners {
		x.readSums(pkg)
	}
	x.readStatus()
	return x.database
}

// A dpkg is its database while it is read.
type dpkg struct {
	*Records
	*database
	aliases    aliases
	diversions map[string]diversion
	owners     map[string]bool   // packages that own files of plugins
	owner      map[string]string // by file
	names      int
}

// A diversion sends a file of every package but by to another name
// (dpkg-divert(1)); by is empty for one that the administrator made.
type diversion struct{ to, by string }

// readDiversions reads three lines for each: from, to, and the package or ":".
func (x *dpkg) readDiversions() {
	x.diversions = map[string]diversion{}
	var three []string
	err := lines(x.tree, dpkgDir+"/diversions", maxList, func(line string) bool {
		if three = append(three, line); len(three) == 3 {
			x.diversions[x.aliases.name(three[0])] = diversion{x.aliases.name(three[1]), strings.TrimPrefix(three[2], ":")}
			three = nil
		}
		return len(x.diversions) < maxNames
	})
	if err != nil {
		x.note = fmt.Sprintf("dpkg's diversions cannot be read: %v", cause(err))
	}
}

// place is where a file of a package lies, after diversions, and the plugin that
// it belongs to there.
func (x *dpkg) place(pkg, line string) (name, plugin string) {
	name = x.aliases.name(line)
	if d, ok := x.diversions[name]; ok && d.by != bare(pkg) {
		if plugin := x.places.of(name); plugin == name && d.by == "" {
			c := x.claim(plugin)
			c.diverted = d.to
			c.add(pkg)
			x.owners[pkg] = true
		}
		name = d.to
	}
	return name, x.places.of(name)
}

// bare is a package's name without its architecture.
func bare(pkg string) string {
	name, _, _ := strings.Cut(pkg, ":")
	return name
}

func (x *dpkg) readList(entry fs.DirEntry, pkg string) (size int64) {
	err := lines(x.tree, path.Join(dpkgDir, "info", entry.Name()), maxList, func(line string) bool {
		size += int64(len(line)) + 1
		name, plugin := x.place(pkg, line)
		if plugin == "" {
			return true
		}
		if x.names++; x.names > maxNames {
			x.note = "dpkg's lists are longer than what is read of them"
			return false
		}
		c := x.claim(plugin)
		if x.isFile(name) || !x.exists(name) { // and no directory, which many packages list
			c.sums[name] = checksum{}
			c.add(pkg)
			x.owners[pkg], x.owner[name] = true, pkg
		}
		return true
	})
	if err != nil {
		x.note = fmt.Sprintf("%s cannot be read: %v", entry.Name(), cause(err))
	}
	return size
}

func (x *dpkg) isFile(name string) bool {
	info, err := x.tree.Lstat(name)
	return err == nil && !info.IsDir()
}

func (x *dpkg) exists(name string) bool {
	_, err := x.tree.Lstat(name)
	return err == nil
}

// readSums reads "MD5  name", the name relative to the root (deb-md5sums(5)).
func (x *dpkg) readSums(pkg string) {
	err := lines(x.tree, dpkgDir+"/info/"+pkg+".md5sums", maxList, func(line string) bool {
		sum, name, ok := strings.Cut(line, "  ")
		if !ok || len(sum) != 32 {
			return true
		}
		name, plugin := x.place(pkg, name)
		// A file that another package replaced keeps its line here.
		if c := x.claims[plugin]; c != nil && x.owner[name] == pkg {
			c.sums[name] = checksum{"md5", strings.ToLower(sum)}
		}
		return true
	})
	if err != nil {
		x.note = fmt.Sprintf("%s.md5sums cannot be read: %v", pkg, cause(err))
	}
}

// readStatus reads the versions of the packages that own plugins.
func (x *dpkg) readStatus() {
	type state struct{ version, status string }
	states := map[string]state{} // by name, and by name:architecture
	fields := map[string]string{}
	flush := func() {
		if name := fields["Package"]; x.owners[name] || x.owners[name+":"+fields["Architecture"]] {
			s := state{fields["Version"], fields["Status"]}
			states[name], states[name+":"+fields["Architecture"]] = s, s
		}
		clear(fields)
	}
	err := lines(x.tree, dpkgDir+"/status", maxStatus, func(line string) bool {
		switch field, value, ok := strings.Cut(line, ": "); {
		case line == "":
			flush()
		case ok && (field == "Package" || field == "Version" || field == "Architecture" || field == "Status"):
			fields[field] = value
		}
		return true
	})
	flush()
	if err != nil {
		x.note = fmt.Sprintf("dpkg's status cannot be read: %v", cause(err))
	}
	for _, c := range x.claims {
		for i, pkg := range c.packages {
			s, known := states[pkg]
			if i == 0 {
				c.version = s.version
			}
			switch {
			case !known:
				c.gone = "dpkg's status does not know the package " + pkg
			case !strings.HasSuffix(s.status, " installed"):
				c.gone = "dpkg says of the package " + pkg + ": " + s.status
			}
		}
	}
}
