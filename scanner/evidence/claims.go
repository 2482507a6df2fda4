package evidence

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Every file but the signatures has its digest in two other files. Where one of
// the three differs from the two others it is the one at fault, whichever of
// them that is, and so the message names what was tampered with.

// A witness is a file that says what the digests of others are: 64 hexadecimal
// digits, and nothing of a file that it does not list.
type witness struct {
	name    string
	digests map[string]string
}

// holdAgainst compares what witnesses say of a file with what it is.
func (v *Verification) holdAgainst(f Files, name string, witnesses ...witness) {
	is := ""
	if data, there := f[name]; there {
		is = hexDigest(data)
	}
	var agree, differ []witness
	for _, w := range witnesses {
		if w.digests[name] == is {
			agree = append(agree, w)
		} else {
			differ = append(differ, w)
		}
	}
	switch {
	case len(differ) == 0:
	case len(agree) > 0:
		for _, w := range differ {
			switch {
			case is == "":
				v.fault("%s: lists %q, which is not there and not in %s", w.name, name, agree[0].name)
			case w.digests[name] == "":
				v.fault("%s: does not list %q, which is there and in %s", w.name, name, agree[0].name)
			default:
				v.fault("%s: does not have the digest of %q, which %s has", w.name, name, agree[0].name)
			}
		}
	case is == "":
		v.fault("%s: is not there, and is listed in %s", name, differ[0].name)
	case differ[0].digests[name] == "":
		v.fault("%s: is not listed in %s", name, differ[0].name)
	default:
		v.fault("%s: differs from what is said of it in %s", name, differ[0].name)
	}
}

// digests holds every file but the statement against what SHA256SUMS, the index
// and the statement say of it.
func (v *Verification) digests(f Files) {
	sums := v.readChecksums(f)
	v.sums = sums
	index := witness{indexFile, map[string]string{}}
	var lists *Index
	if json.Unmarshal(f[indexFile], &lists) == nil && lists != nil { // its form is checked elsewhere
		for _, file := range lists.Files {
			index.digests[file.Name] = file.SHA256
		}
	}
	said := witness{statementFile, map[string]string{}}
	var s statement
	if json.Unmarshal(f[statementFile], &s) == nil {
		for _, subject := range s.Subject {
			if subject.Name == indexFile {
				said.digests[indexFile] = subject.Digest["sha256"]
			}
		}
	}
	all := maps.Clone(f)
	all[indexFile] = nil
	for _, w := range []witness{sums, index} {
		for name := range w.digests {
			all[name] = nil
		}
	}
	for _, name := range all.names() {
		switch {
		case name == checksumsFile || isSignature(name) || name == statementFile:
		case name == indexFile && len(said.digests) > 0:
			v.holdAgainst(f, name, sums, said)
		case isContent(name) && lists != nil:
			v.holdAgainst(f, name, sums, index)
		default:
			v.holdAgainst(f, name, sums)
		}
	}
}

// readChecksums reads SHA256SUMS, which has one spelling only.
func (v *Verification) readChecksums(f Files) witness {
	w := witness{checksumsFile, map[string]string{}}
	if f[checksumsFile] == nil {
		v.fault("%s: is not there", checksumsFile)
	}
	var again bytes.Buffer
	last := ""
	for line := range strings.Lines(string(f[checksumsFile])) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(sum) != 64 || name <= last {
			v.fault("%s: the line %q is not as sha256sum writes it", checksumsFile, line)
			continue
		}
		last = name
		w.digests[name] = sum
		again.WriteString(sum + "  " + name + "\n")
	}
	if !bytes.Equal(again.Bytes(), f[checksumsFile]) {
		v.fault("%s: is not written as plugvet writes it", checksumsFile)
	}
	return w
}

// blamed reports whether a fault of the file was found.
func (v *Verification) blamed(name string) bool {
	return slices.ContainsFunc(v.Faults, func(fault string) bool { return strings.HasPrefix(fault, name+":") })
}
