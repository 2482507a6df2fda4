package scanner

import (
	"encoding/hex"
	"iter"
	"maps"
	"path"
	"slices"

	"plugvet/manifests"
	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
	"plugvet/scanner/tree"
)

// hiddenCode is the rule of a finding for what a script does and hides: beside
// the finding of what it does.
const hiddenCode = "hidden-code"

// undecoded is the rule of a finding for a script that goes beyond a limit of
// decoding: more may be hidden in it than was found.
const undecoded = "undecoded"

// malformedBinary is the rule of a finding for native code that does not parse.
const malformedBinary = "malformed-binary"

// scriptByAnotherName is the rule of a finding for a script that loads a file
// which by its name or first words is none: a README, a style sheet. The rules
// were matched over something else than what is run.
const scriptByAnotherName = "script-by-another-name"

// ObservedRules lists the names that findings have which come from no YARA
// rule: from where a plugin lies, who names it, and whether it parses.
func ObservedRules() []string {
	return []string{
		callElsewhere, hiddenCode, malformedBinary, scriptByAnotherName, undecoded,
		string(locate.BrokenMetadata), string(locate.InstallHook), string(locate.LockfileMismatch),
		string(locate.Preload), string(locate.UnknownLocation), string(locate.WritablePath),
	}
}

// weighed gives a finding the severity that the settings have for its rule or
// capability, if they have one.
func (c *collector) weighed(f Finding) Finding {
	if s, ok := c.opts.Severities[f.Rule]; ok {
		f.Severity, f.fixed = s, true
	} else if s, ok := c.opts.Severities[f.Capability]; ok {
		f.Severity, f.fixed = s, true
	}
	return f
}

// observed is the finding that an observation about the place makes.
func observed(o locate.Observation) Finding {
	f := Finding{
		Rule: string(o.Kind), Severity: High, Confidence: "high", Description: o.Text,
		Path: tree.Printable(o.Path), Offset: -1, Line: o.Line, View: "raw", leads: o.Leads,
	}
	switch o.Kind {
	case locate.InstallHook:
		f.Capability, f.Severity = "install-hook", Low
	case locate.BrokenMetadata:
		f.Severity = Low
	}
	return f
}

// beyond is the finding for a script that a limit left partly undecoded. Much
// honest code computes more than we do; nobody honest has a dozen scripts within
// one another.
func (c *collector) beyond(limit, path, digest string) Finding {
	f := Finding{
		Rule: undecoded, Severity: Info, Confidence: "low", Attack: "T1027",
		Description: "asks for more decoding than the limits allow, so that what it does is not fully known",
		Path:        path, SHA256: digest, Offset: -1, Excerpt: limit, View: "raw",
	}
	if limit == script.TooDeep {
		f.Capability, f.Severity, f.Confidence = "obfuscation", High, "high"
	}
	return c.weighed(f)
}

// hiding is the finding that f's evidence was disguised.
func (c *collector) hiding(f Finding) Finding {
	f.Description = "puts together or decodes what the rule " + f.Rule + " looks for, so that it does not stand in the file"
	f.Rule, f.Capability, f.Attack, f.Confidence = hiddenCode, "obfuscation", "T1027", "medium"
	f.fixed = false // that was of the other rule
	return c.weighed(f)
}

// nativeProblems are findings for parts of a native file that do not parse:
// the host might load what we cannot read.
func (c *collector) nativeProblems(path, digest string, facts *inspect.Facts) []Finding {
	if !facts.Kind.Native() && facts.Kind != inspect.Wasm {
		return nil
	}
	var findings []Finding
	for _, p := range facts.Problems {
		f := Finding{
			Rule: malformedBinary, Severity: Medium, Confidence: "high",
			Description: "a part of this binary does not parse, so what it imports is not fully known",
			Path:        path, SHA256: digest, Offset: p.Offset, Excerpt: p.Text, View: "raw",
		}
		if p.Slice != "" {
			f.Excerpt = p.Slice + ": " + p.Text
		}
		findings = append(findings, c.weighed(f))
	}
	return findings
}

// renamed are findings for the scripts of a plugin that load what does not seem
// to be one, one for each such file.
func (c *collector) renamed(s *pluginState, g *graph) []Finding {
	var findings []Finding
	does := map[string]bool{} // the files with findings
	for _, f := range s.findings {
		does[f.name] = true
	}
	whole := func(reads inspect.Scripts) inspect.Scripts { return reads }
	for to, by := range g.loadedByAnotherName(whole) {
		if reads := g.files[to].reads; reads.JavaScript && !reads.PHP && !reads.Reads && !does[to] {
			continue // what a bundler loads: Markdown, data
		}
		f := Finding{
			Rule: scriptByAnotherName, Capability: "obfuscation", Severity: High, Confidence: "high", Attack: "T1036.008",
			Description: "loads as a script what by its name or first words is none",
			Path:        tree.Printable(s.pathOf(by.file)), Offset: -1, Line: by.line, Excerpt: tree.Printable(by.to), View: "raw",
			Why:  []Why{{tree.Printable(s.pathOf(to)), 0, "is run as a script"}},
			name: by.file,
		}
		findings = append(findings, c.weighed(f))
	}
	for to := range g.loadedByAnotherName(inspect.Scripts.AsJavaScript) {
		if !s.scripts[to] && !s.again && !s.carried {
			f := c.beyond("it is run as a script, as are too many others by such names to read them all", tree.Printable(s.pathOf(to)), s.digestOf(to))
			f.name = to
			findings = append(findings, f)
		}
	}
	return findings
}

// digestOf is the digest of a file of the plugin as the report has it.
func (s *pluginState) digestOf(name string) string {
	at := slices.IndexFunc(s.sums, func(f manifests.FileSum) bool { return f.Name == name })
	if at < 0 {
		return ""
	}
	return "sha256:" + hex.EncodeToString(s.sums[at].Sum[:])
}

// loadedByAnotherName goes over the files that are loaded as scripts and that do not seem to
// be any, as what they would run, each with the first place that does so. Of what a package.json leads to, which may
// be types, style sheets or a program, those are meant that are nothing but scripts.
func (g *graph) loadedByAnotherName(as func(inspect.Scripts) inspect.Scripts) iter.Seq2[string, loadedFrom] {
	return func(yield func(to string, by loadedFrom) bool) {
		told := map[string]bool{}
		for _, name := range slices.Sorted(maps.Keys(g.files)) {
			refs, begun := g.files[name], []reference(nil)
			if path.Base(name) == "package.json" {
				begun = refs.begun()
			}
			for i, load := range append(begun, refs.loads...) {
				to := g.resolve(path.Dir(name), load.to)
				file := g.files[to]
				if file == nil || told[to] || !as(file.reads).By(name, to) || i < len(begun) && !file.reads.Begun(load.program) {
					continue
				}
				told[to] = true
				if !yield(to, loadedFrom{load, name}) {
					return
				}
			}
		}
	}
}

// begun are the files that a package.json has Node.js load or run.
func (r *fileReferences) begun() (files []reference) {
	for _, e := range r.entries {
		if e.Key == "main" || e.Key == "bin" || e.Hook != nil || e.Key == "exports" && r.exports.Lead(e.Files[0]) {
			for _, file := range e.Files {
				files = append(files, reference{to: file, line: e.Line, program: e.Key == "bin"})
			}
		}
	}
	return files
}

// A loadedFrom is a reference and the file that it stands in.
type loadedFrom struct {
	reference
	file string
}
