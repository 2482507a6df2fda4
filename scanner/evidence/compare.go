package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// ExpiresSoon is how long before its end an approval is told to be expiring.
const ExpiresSoon = 30 * 24 * time.Hour

// compare says how now differs from old: the lists of a Sweep and nothing else
// of it. Where there is no old report only Expiring is filled.
func compare(old, now *scanner.Report) *scanner.Sweep {
	c := &comparison{old: old, now: now, Sweep: &scanner.Sweep{
		New: []scanner.Drift{}, Gone: []scanner.Drift{}, Changed: []scanner.Drift{}, Fixed: []scanner.Drift{}, Expiring: []scanner.Drift{},
	}}
	c.expiring()
	if old == nil {
		return c.Sweep
	}
	for _, p := range pairs(old.Plugins, now.Plugins) {
		switch was, is := p[0], p[1]; {
		case was == nil:
			tell(&c.New, now, is, describe(is))
		case is == nil:
			tell(&c.Gone, old, was, describe(was))
			if violates(was, old) {
				tell(&c.Fixed, old, was, describe(was)+" → gone")
			}
		default:
			c.plugin(was, is)
			c.findings(was, is)
		}
	}
	return c.Sweep
}

type comparison struct {
	old, now *scanner.Report
	*scanner.Sweep
}

// tell adds a difference that is about a plugin of report r.
func tell(list *[]scanner.Drift, r *scanner.Report, p *scanner.Plugin, text string) {
	*list = append(*list, scanner.Drift{Host: p.Host, Name: p.Name, Root: rootOf(r, p.Root), Path: p.Path, Text: text})
}

// rootOf is the root that a difference names: none where there is one only.
func rootOf(r *scanner.Report, root string) string {
	if len(r.Run.Roots) < 2 {
		return ""
	}
	return root
}

// pairs puts plugins together: of the same place, and then, in order, what is
// left of the same host and name, since an upgrade may move it and a plugin
// that is missing has no place. They come in the order of now, what is gone last.
func pairs(old, now []scanner.Plugin) [][2]*scanner.Plugin {
	type place struct{ root, host, name, path string }
	at := func(p *scanner.Plugin) place { return place{p.Root, p.Host, p.Name, p.Path} }
	byPlace, byName := map[place][]*scanner.Plugin{}, map[place][]*scanner.Plugin{}
	for i := range old {
		byPlace[at(&old[i])] = append(byPlace[at(&old[i])], &old[i])
	}
	was := make([]*scanner.Plugin, len(now))
	taken := map[*scanner.Plugin]bool{}
	take := func(list []*scanner.Plugin) (*scanner.Plugin, []*scanner.Plugin) {
		if len(list) == 0 {
			return nil, nil
		}
		taken[list[0]] = true
		return list[0], list[1:]
	}
	for i := range now {
		was[i], byPlace[at(&now[i])] = take(byPlace[at(&now[i])])
	}
	for i := range old {
		if p := &old[i]; !taken[p] {
			name := place{host: p.Host, name: p.Name}
			byName[name] = append(byName[name], p)
		}
	}
	var paired [][2]*scanner.Plugin
	for i := range now {
		if was[i] == nil {
			name := place{host: now[i].Host, name: now[i].Name}
			was[i], byName[name] = take(byName[name])
		}
		paired = append(paired, [2]*scanner.Plugin{was[i], &now[i]})
	}
	for i := range old {
		if !taken[&old[i]] {
			paired = append(paired, [2]*scanner.Plugin{&old[i], nil})
		}
	}
	return paired
}

// plugin tells what differs in one plugin.
func (c *comparison) plugin(was, is *scanner.Plugin) {
	sameFiles := was.Tree == is.Tree
	var texts []string
	add := func(what, was, is string) {
		if was != is {
			texts = append(texts, fmt.Sprintf("%s%s → %s", what, cmp.Or(was, "none"), cmp.Or(is, "none")))
		}
	}
	add("", string(was.Verdict), string(is.Verdict))
	add("version ", was.Version, is.Version)
	add("moved ", was.Path, is.Path)
	if !sameFiles && was.Version == is.Version && is.Tree != "" && was.Tree != "" {
		texts = append(texts, "other content")
	}
	add("severity ", string(was.Severity), string(is.Severity))
	for _, capability := range is.Capabilities {
		if !slices.Contains(was.Capabilities, capability) {
			texts = append(texts, "gained "+capability)
		}
	}
	for _, capability := range was.Capabilities {
		if !slices.Contains(is.Capabilities, capability) {
			texts = append(texts, "lost "+capability)
		}
	}
	switch {
	case !was.Loaded && is.Loaded:
		texts = append(texts, "is loaded now")
	case was.Loaded && !is.Loaded:
		texts = append(texts, "is not loaded any more")
	}
	fixed := violates(was, c.old) && !violates(is, c.now)
	if fixed {
		tell(&c.Fixed, c.now, is, standing(was)+" → "+standing(is))
	}
	// What was only put right stands under fixed, and not here too.
	if len(texts) > 0 && !(fixed && sameFiles && was.Path == is.Path) {
		tell(&c.Changed, c.now, is, strings.Join(texts, ", "))
	}
}

// findings tells of findings that came and went. Files that an approval
// vouches for are not matched again, so that findings which such a plugin
// declares may come and go while nothing does.
func (c *comparison) findings(was, is *scanner.Plugin) {
	sameFiles := was.Tree == is.Tree
	for _, f := range is.Findings {
		if !f.Noted && !(sameFiles && f.Declared) && !hasFinding(was, f) {
			tell(&c.New, c.now, is, "finding: "+describeFinding(f))
		}
	}
	for _, f := range was.Findings {
		if !f.Noted && !sameFiles && !hasFinding(is, f) {
			tell(&c.Gone, c.now, is, "finding: "+describeFinding(f))
		}
	}
}

func hasFinding(p *scanner.Plugin, f scanner.Finding) bool {
	return slices.ContainsFunc(p.Findings, func(g scanner.Finding) bool { return g.Rule == f.Rule && g.Path == f.Path && !g.Noted })
}

func describeFinding(f scanner.Finding) string {
	return fmt.Sprintf("%s %s (%s) in %s", f.Severity, f.Capability, f.Rule, f.Path)
}

// describe is what is worth knowing of a plugin that came or went.
func describe(p *scanner.Plugin) string {
	parts := []string{standing(p)}
	if p.Version != "" {
		parts = append(parts, "version "+p.Version)
	}
	switch {
	case p.Server:
		parts = append(parts, "server program")
	case p.Loaded:
		parts = append(parts, "loaded")
	default:
		parts = append(parts, "present")
	}
	if len(p.Capabilities) > 0 {
		parts = append(parts, "can do "+strings.Join(p.Capabilities, ", "))
	}
	return strings.Join(parts, ", ")
}

// standing is a plugin's severity and verdict, such as "high unapproved".
func standing(p *scanner.Plugin) string {
	return strings.TrimSpace(string(p.Severity) + " " + string(p.Verdict))
}

// violates reports whether the plugin made its run fail.
func violates(p *scanner.Plugin, r *scanner.Report) bool {
	return r.Run.FailOn != scanner.None && p.Severity.AtLeast(r.Run.FailOn)
}

// expiring lists the approvals and ignores that end soon after the scan, or
// have ended.
func (c *comparison) expiring() {
	soon := func(text string) bool {
		expires, err := manifests.ParseExpiry(text)
		return err == nil && expires.Passed(c.now.Run.Finished.Add(ExpiresSoon))
	}
	for i := range c.now.Plugins {
		if p := &c.now.Plugins[i]; p.Approval != nil && soon(p.Approval.Expires) {
			tell(&c.Expiring, c.now, p, "approval until "+p.Approval.Expires)
		}
	}
	for _, ig := range c.now.Ignored {
		if soon(ig.Expires) {
			c.Expiring = append(c.Expiring, scanner.Drift{
				Host: ig.Host, Name: ig.Name, Root: rootOf(c.now, ig.Root), Path: ig.Finding.Path,
				Text: fmt.Sprintf("%s is ignored until %s", ig.Finding.Rule, ig.Expires),
			})
		}
	}
}
