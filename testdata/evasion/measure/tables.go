package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// table lists every disguise: one line each, the missed with what was seen.
func table(results []result, reasons map[string]string) []byte {
	var b bytes.Buffer
	for _, r := range results {
		state := "found  " + r.found
		if r.found == "" {
			state = "MISSED seen: " + cmp.Or(strings.Join(r.other, ", "), "nothing")
			if why := reasons[name(r.Case)]; why != "" {
				state += "; known: " + why
			}
		}
		if r.broken != "" {
			state += "; BROKEN " + r.broken
		}
		fmt.Fprintf(&b, "%-38s %-8s %-10s %-11s %-20s %s\n", r.ID, r.Set, r.Language, r.Does, r.Technique, state)
	}
	return b.Bytes()
}

// A tally counts the disguises of one group.
type tally struct {
	found, total, accepted int // accepted: found by another capability than their own
	missed                 []string
}

func (t *tally) add(r result) {
	t.total++
	switch {
	case r.found == "":
		t.missed = append(t.missed, name(r.Case))
	case !strings.HasPrefix(r.found, r.Does+" "):
		t.accepted++
		t.found++
	default:
		t.found++
	}
}

func tallies(results []result, group func(result) string) map[string]*tally {
	all := map[string]*tally{}
	for _, r := range results {
		g := group(r)
		if all[g] == nil {
			all[g] = &tally{}
		}
		all[g].add(r)
	}
	return all
}

// summary is the page for the README: by set and language, by technique.
func summary(results []result) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s, %d disguises\n\n", time.Now().UTC().Format(time.DateOnly), len(results))
	section := func(head string, group func(result) string) {
		fmt.Fprintf(&b, "| %s | found | of | by their own capability | missed |\n|---|---|---|---|---|\n", head)
		all := tallies(results, group)
		for _, g := range slices.Sorted(maps.Keys(all)) {
			t := all[g]
			fmt.Fprintf(&b, "| %s | %d | %d | %d | %s |\n", g, t.found, t.total, t.found-t.accepted, shorten(t.missed))
		}
		b.WriteByte('\n')
	}
	section("set and language", func(r result) string { return r.Set + ", " + r.Language })
	section("technique", func(r result) string { return r.Language + ", " + r.Technique })
	section("kind", func(r result) string {
		if r.Combined {
			return "combined"
		}
		return "alone"
	})
	section("capability", func(r result) string { return r.Does })

	slowest := slices.MaxFunc(results, func(a, b result) int { return cmp.Compare(a.took, b.took) })
	fmt.Fprintf(&b, "Slowest scan: %s, %s\n", slowest.ID, slowest.took.Round(time.Millisecond))
	return b.Bytes()
}

// shorten keeps a cell of a table readable.
func shorten(names []string) string {
	const most = 8
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
