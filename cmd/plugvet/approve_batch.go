package main

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner/tree"

	"github.com/bmatcuk/doublestar/v4"
)

// A batch is a set of undecided items that one keystroke can decide on.
type batch struct {
	text  string
	items []int
}

// batch offers sets of items around item i, and takes a decision on one of them.
func (r *review) batch(i int) (decided bool, err error) {
	offers := r.offers(i)
	for n, b := range offers {
		r.printf("  %d  %s: %s\n", n+1, b.text, r.counted(b.items))
	}
	text, back, err := r.ask("number, or a pattern such as node/@scope/** or **/*-plugin (Enter: back): ")
	if err != nil || back || text == "" {
		return false, err
	}
	var chosen batch
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > len(offers) {
			r.printf("expected 1 to %d\n", len(offers))
			return false, nil
		}
		chosen = offers[n-1]
	} else {
		if !doublestar.ValidatePattern(text) {
			r.printf("not a valid pattern: %s\n", tree.Visible(text))
			return false, nil
		}
		chosen = batch{tree.Visible(text), r.matching(func(item *reviewItem) bool {
			e := item.Entry()
			return doublestar.MatchUnvalidated(text, e.Host+"/"+e.Name)
		})}
	}
	if len(chosen.items) == 0 {
		r.printf("no undecided change matches %s\n", chosen.text)
		return false, nil
	}
	for _, n := range chosen.items[:min(len(chosen.items), maxNamed)] {
		r.printf("    %s%s\n", r.items[n].Title(), r.gainsOf(&r.items[n]))
	}
	if more := len(chosen.items) - maxNamed; more > 0 {
		r.printf("    and %d more\n", more)
	}
	r.printf("%s ", r.style(bold, fmt.Sprintf("%s: accept, reject, skip them, or back? [a/r/s/B]", r.counted(chosen.items))))
	key, err := r.key()
	if err != nil {
		return false, err
	}
	d, ok := decisionKeys[key]
	if !ok || key == keyEnter || key == ' ' {
		r.printf("back\n")
		return false, nil
	}
	r.printf("%s\n", d)
	r.set(d, chosen.items...)
	r.group = ""
	return true, nil
}

// maxNamed is how many changes of a batch are listed.
const maxNamed = 12

// offers lists the batches around item i, from the nearest on; of neighbours that
// hold as many one is enough.
func (r *review) offers(i int) []batch {
	current := r.items[i]
	e := current.Entry()
	scope := scopeOf(e)
	kin, all := scope, scope+", all"
	if scope == e.Host && len(r.matching(func(item *reviewItem) bool { return item.Entry().Host == e.Host && scopeOf(item.Entry()) != scope })) > 0 {
		kin = scope + ", packages without a scope"
		all = kin
	}
	gainless := func(item *reviewItem) bool { return len(item.Gains) == 0 && item.Kind() != manifests.Removed }
	inScope := func(item *reviewItem) bool { return scopeOf(item.Entry()) == scope }
	sets := []struct {
		text  string
		holds func(*reviewItem) bool
	}{
		{"the same plugin, all versions", func(item *reviewItem) bool { return item.Entry().Host == e.Host && item.Entry().Name == e.Name }},
		{kin + ", those that gain no capability", func(item *reviewItem) bool { return inScope(item) && gainless(item) }},
		{all, inScope},
		{"everything that gains no capability", gainless},
		{e.Host + ", all", func(item *reviewItem) bool { return item.Entry().Host == e.Host }},
		{"everything that is left", func(*reviewItem) bool { return true }},
	}
	var offers []batch
	for _, set := range sets {
		items := r.matching(set.holds)
		if len(items) < 2 || len(offers) > 0 && len(offers[len(offers)-1].items) == len(items) {
			continue
		}
		offers = append(offers, batch{set.text, items})
	}
	return offers
}

// matching lists the undecided items that a condition holds for.
func (r *review) matching(holds func(*reviewItem) bool) []int {
	var items []int
	for i := range r.items {
		if item := &r.items[i]; item.decision == "" && holds(item) {
			items = append(items, i)
		}
	}
	return items
}

// counted is "14 changes, 3 gain capabilities".
func (r *review) counted(items []int) string {
	gain := 0
	for _, i := range items {
		if len(r.items[i].Gains) > 0 {
			gain++
		}
	}
	text := manifests.Count(len(items), "change")
	switch {
	case gain == 1:
		text += ", 1 gains a capability"
	case gain > 1:
		text += fmt.Sprintf(", %d gain capabilities", gain)
	}
	return text
}

// scopeOf is where a plugin's kin stand: node/@babel, php/symfony, nginx.
func scopeOf(e *manifests.Entry) string {
	if strings.Contains(e.Name, "/") {
		return path.Dir(e.Host + "/" + e.Name)
	}
	return e.Host
}
