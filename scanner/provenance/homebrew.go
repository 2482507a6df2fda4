package provenance

import (
	"context"
	"path"
	"strings"

	"plugvet/manifests"
)

// A receipt is what Homebrew leaves in a keg, INSTALL_RECEIPT.json.
type receipt struct {
	Poured bool `json:"poured_from_bottle"`
	Source struct {
		Tap  string `json:"tap"`
		Spec string `json:"spec"`
	} `json:"source"`
}

// ofHomebrew looks for the receipt of the keg that a plugin lies in, which is
// Cellar/FORMULA/VERSION. It has no checksums, so it does not show that the file
// came with the formula.
func (r *Records) ofHomebrew(_ context.Context, p *Plugin) *manifests.Source {
	before, below, ok := strings.Cut(p.Path, "/Cellar/")
	formula, rest, ok2 := strings.Cut(below, "/")
	version, _, ok3 := strings.Cut(rest, "/")
	if !ok || !ok2 || !ok3 {
		return nil
	}
	found := get[receipt](&r.files, path.Join(before, "Cellar", formula, version, "INSTALL_RECEIPT.json"))
	if found == nil {
		return nil
	}
	name := formula
	if tap := found.Source.Tap; tap != "" {
		name = tap + "/" + formula
	}
	source := &manifests.Source{Kind: "homebrew", Package: name, Version: version, Grade: manifests.Claimed,
		Note: "lies in a keg poured from a bottle; the receipt has no checksums"}
	if !found.Poured {
		source.Grade, source.Note = manifests.Local, "lies in a keg that was built on this machine"
	}
	return source
}
