package scanner

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/tree"
)

// callElsewhere is the rule of a finding for a script that calls, or runs as code,
// what another file of the plugin puts together: no file alone says what that is.
const callElsewhere = "call-from-another-file"

// A link is a script's share in what goes from file to file.
type link struct {
	script.Link
	line int // from 1
}

// linksOf are the links of a script, with the lines that they stand in.
func linksOf(data []byte, view *script.View) []link {
	var links []link
	for _, l := range view.Links {
		links = append(links, link{l, 1 + bytes.Count(data[:min(l.Start, len(data))], []byte("\n"))})
	}
	return links
}

// elsewhere are findings for what a plugin's files run of one another.
func (c *collector) elsewhere(s *pluginState, g *graph) []Finding {
	type giver struct {
		file string
		link link
	}
	given := map[string][]giver{}
	files := slices.Sorted(maps.Keys(s.references))
	for _, file := range files {
		for _, l := range s.references[file].links {
			if l.Gives == "" || l.Gives == script.Assembler {
				continue
			}
			name := l.Name
			if name == "" {
				name = script.AskedFile + file
			}
			given[name] = append(given[name], giver{file, l})
		}
	}
	if len(given) == 0 {
		return nil
	}
	for _, from := range given { // what it comes to says more than that it is decoded
		slices.SortStableFunc(from, func(a, b giver) int {
			switch decodes := a.link.Gives == script.Decoder; {
			case decodes == (b.link.Gives == script.Decoder):
				return 0
			case decodes:
				return 1
			}
			return -1
		})
	}
	var findings []Finding
	for _, file := range files {
		for _, l := range s.references[file].links {
			if l.Gives != "" {
				continue
			}
			name := l.Name
			if to, ok := strings.CutPrefix(name, script.AskedFile); ok {
				name = script.AskedFile + g.resolve(path.Dir(file), to)
			}
			for _, from := range given[name] {
				if from.file == file || l.Evaluated && from.link.Gives != script.Decoder {
					continue
				}
				f := Finding{
					Rule: callElsewhere, Capability: capabilityOf(from.link.Gives), Severity: Medium, Confidence: "medium", Attack: "T1027.010",
					Description: "calls what another file of the plugin decodes or puts together, so that neither says what is called",
					Path:        tree.Printable(s.pathOf(file)), Offset: -1, Line: l.line, Excerpt: tree.Printable(l.Name), View: "decoded",
					Why:  []Why{{tree.Printable(s.pathOf(from.file)), from.link.line, "gives " + from.link.Gives}},
					name: file,
				}
				findings = append(findings, c.weighed(f))
				break
			}
		}
	}
	return findings
}

// capabilityOf is what a function of PHP can do, by its name.
func capabilityOf(function string) string {
	switch {
	case strings.Contains(function, "sock"):
		return "socket"
	case strings.HasPrefix(function, "curl_"):
		return "network"
	case slices.Contains([]string{script.Decoder, "eval", "assert", "create_function"}, function):
		return "obfuscation"
	}
	return "exec"
}
