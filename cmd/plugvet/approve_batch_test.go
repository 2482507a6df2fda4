package main

import (
	"slices"
	"testing"

	"plugvet/manifests"
)

func TestNoTwoBatchesAreCalledTheSame(t *testing.T) {
	r := &review{approving: &approving{}}
	for _, name := range []string{"a", "b", "@scope/c"} {
		entry := &manifests.Entry{Host: "node", Name: name, Capabilities: []string{"exec"}}
		update := manifests.Update{Kind: manifests.Added, New: entry}
		r.items = append(r.items, reviewItem{Candidate: manifests.Candidate{Updates: []manifests.Update{update}, Gains: entry.Capabilities}})
	}
	var texts []string
	for _, b := range r.offers(0) {
		texts = append(texts, b.text)
	}
	if want := []string{"node, packages without a scope", "node, all"}; !slices.Equal(texts, want) {
		t.Errorf("offers are %q, want %q", texts, want)
	}
}
