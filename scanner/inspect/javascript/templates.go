package javascript

import "strings"

// Engines of templates compile what stands between their marks in a text.

// templateMarks are those of an engine's functions: where code begins and ends.
var templateMarks = map[string][2]string{
	"ejs.render": scriptlet, "ejs.compile": scriptlet,
	"lodash.template": scriptlet, "lodash.template.default": scriptlet, "lodash/template.default": scriptlet, "underscore.template": scriptlet,
	"eta.render": scriptlet, "eta.renderString": scriptlet, "eta.compile": scriptlet,
	"dot.template": {"{{", "}}"}, "dot.compile": {"{{", "}}"}, "art-template.render": {"{{", "}}"}, "art-template.compile": {"{{", "}}"},
	"pug.render": {"-", "\n"}, "pug.compile": {"-", "\n"}, "jade.render": {"-", "\n"}, "jade.compile": {"-", "\n"},
}

var scriptlet = [2]string{"<%", "%>"}

// templated notes the code in a template that a function is given.
func (e *evaluator) templated(name string, args []argument, start, end uint32) {
	marks, ok := templateMarks[name]
	if !ok || len(args) == 0 || args[0].kind != text || end <= start || !e.Take(len(args[0].str)) {
		return
	}
	if code := templateCode(args[0].str, marks[0], marks[1]); code != "" {
		e.addCode(code, start, end)
	}
}

// templateCode is the code between the marks of a template: that of values, behind "=" or
// the like, is an expression.
func templateCode(template, open, close string) string {
	var b strings.Builder
	for {
		_, rest, ok := strings.Cut(template, open)
		if !ok {
			return b.String()
		}
		code, after, _ := strings.Cut(rest, close)
		template = after
		inner := strings.Trim(strings.TrimLeft(code, "=!-_~"), "-_ \t")
		switch {
		case strings.HasPrefix(code, "#"): // a comment
		case inner != code && strings.ContainsAny(code[:1], "=!-~"):
			b.WriteString(";(" + inner + ");\n")
		default:
			b.WriteString(inner + "\n")
		}
	}
}
