// Package provenance tells from the records of package managers where a plugin
// comes from, and how well they cover its very bytes. It reads them in the
// scanned tree, runs nothing, and never makes a plugin approved: whoever may
// write the plugin may write the record beside it. It corroborates what people
// decide.
//
// The grades, the best first. All of them speak of the plugin's files as they
// were hashed: a record of other bytes gives none, whatever it is.
//
//	signed   a signature over exactly these files was verified with a key from
//	         outside the tree. Nothing here gives it: the signatures of packages
//	         cover archives that are gone, and those of Mach-O are not verified.
//	strong   a record has a collision-resistant checksum (SHA-256) of every file,
//	         and all of them hold.
//	weak     a record has a checksum of every file, and all hold, but of a kind
//	         (MD5, SHA-1) with which files can be made that share one.
//	claimed  a record names the plugin as part of a package, without checksums
//	         of the files as they lie: npm's integrity and Composer's shasum
//	         cover the archive, Homebrew's receipt covers nothing, and a team in
//	         a code signature is what the file says of itself.
//	local    a record says that it was built, linked or put in place of a
//	         package's file on this machine: no publisher has these bytes.
//	none     no record names it, or one does and the bytes are others; then the
//	         note says which.
//
// Facts: deb(5), dpkg-divert(1) and /var/lib/dpkg on Debian 12; the installed
// database of apk-tools 2 and 3; rpm's database as package rpmdb reads it, and
// rpm 4.18; Homebrew's INSTALL_RECEIPT.json; npm's package-lock.json versions 2
// and 3; Composer 2's installed.json and what PIE adds to it.
package provenance

import (
	"context"
	"strings"
	"sync"
	"unicode/utf8"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

// A Plugin is what is asked about. Names are raw, as the file system has them.
type Plugin struct {
	Host, Name, Version string
	Path                string // without symbolic links, relative to the root
	Dir                 bool   // a package directory, not a single file
	Tree                string // the digest of its files
	// Team and Identifier are what the code signatures of all its Mach-O files
	// state; empty where they differ or state nothing.
	Team, Identifier string
}

// Records are the package managers' records in one tree. Each is read when it is
// first asked for, and once. Safe for concurrent use.
type Records struct {
	tree   tree.Tree
	places places
	dpkg   func() *database
	apk    func() *database
	pie    func() map[string]pieRecord
	rpm    func() *database
	files  jsonFiles
}

// Open prepares to answer for the plugins at the given paths and reads nothing
// yet. All of them must be named, since the files of one that lies inside
// another are not the other's.
func Open(t tree.Tree, paths []string) *Records {
	r := &Records{tree: t, places: newPlaces(paths), files: jsonFiles{tree: t}}
	r.dpkg = sync.OnceValue(r.readDpkg)
	r.apk = sync.OnceValue(r.readAPK)
	r.pie = sync.OnceValue(r.readPIE)
	r.rpm = sync.OnceValue(r.readRPM)
	return r
}

// Of is where a plugin comes from. Its texts are printable. An error is that of
// ctx.
func (r *Records) Of(ctx context.Context, p Plugin) (*manifests.Source, error) {
	for _, ask := range []func(context.Context, *Plugin) *manifests.Source{
		func(ctx context.Context, p *Plugin) *manifests.Source { return r.ofDatabase(ctx, r.dpkg(), p) },
		func(ctx context.Context, p *Plugin) *manifests.Source { return r.ofDatabase(ctx, r.apk(), p) },
		func(ctx context.Context, p *Plugin) *manifests.Source { return r.ofDatabase(ctx, r.rpm(), p) },
		r.ofHomebrew, r.ofNPM, r.ofComposer, r.ofPIE, r.ofCodeSignature,
	} {
		source := ask(ctx, &p)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if source != nil {
			return plain(source), nil
		}
	}
	return plain(&manifests.Source{Grade: manifests.NoGrade, Note: r.unread()}), nil
}

// unread says which records could name a plugin that the others do not, and
// were not read, or not to their end.
func (r *Records) unread() string {
	for _, d := range []*database{r.dpkg(), r.apk(), r.rpm()} {
		if d != nil && d.note != "" {
			return d.note
		}
	}
	return ""
}

// ofCodeSignature takes the word of Mach-O files for who signed them.
func (r *Records) ofCodeSignature(_ context.Context, p *Plugin) *manifests.Source {
	if p.Team == "" {
		return nil
	}
	return &manifests.Source{
		Kind: "codesign", Package: p.Identifier, Grade: manifests.Claimed,
		Note: "team " + p.Team + ", as its signature states; that is not verified",
	}
}

// maxText bounds each text of a source, in bytes.
const maxText = 300

// plain makes the texts, which come from the scanned tree, fit for people.
func plain(s *manifests.Source) *manifests.Source {
	for _, text := range []*string{&s.Package, &s.Version, &s.Note} {
		cut := *text
		if len(cut) > maxText {
			cut = cut[:maxText]
			for !utf8.ValidString(cut) && len(cut) > maxText-utf8.UTFMax {
				cut = cut[:len(cut)-1]
			}
			cut += "…"
		}
		*text = tree.Visible(strings.TrimSpace(cut))
	}
	return s
}
