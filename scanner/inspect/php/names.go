package php

import "strings"

// names are the namespace of a place, and what "use" says there.
type names struct {
	namespace string // in lower case, with a \ at its end; empty for the global one
	spelled   string // the same as it stands
	classes   map[string]string
	functions map[string]string
}

// inNamespace are the names of a place whose namespace is declared so.
func inNamespace(name string) names {
	return names{namespace: lower(name) + `\`, spelled: name + `\`}
}

// use reads "use a\b as c, function d\{e, f};" whose keyword stands at a token.
// It takes nothing.
func (n *names) use(p *source, i int) {
	i++
	all, function := false, false // names are those of functions or of constants
	prefix := ""
	for p.step() {
		t := p.tokens[i]
		if (t.word == wordFunction || t.word == wordConst) && p.tokens[i+1].kind == nameToken {
			function = true
			all = prefix == ""
			i++
			continue
		}
		if t.kind != nameToken {
			return
		}
		name := strings.TrimPrefix(lower(p.text(i)), `\`)
		i++
		if p.tokens[i].kind == '\\' && p.tokens[i+1].kind == '{' {
			prefix = name + `\`
			i += 2
			continue
		}
		alias := name[strings.LastIndexByte(name, '\\')+1:]
		if p.tokens[i].word == wordAs && p.tokens[i+1].kind == nameToken {
			alias = lower(p.text(i + 1))
			i += 2
		}
		n.alias(function, alias, prefix+name)
		if p.tokens[i].kind != ',' {
			return
		}
		i++
		function = all
	}
}

func (n *names) alias(function bool, alias, name string) {
	m := &n.classes
	if function {
		m = &n.functions
	}
	if *m == nil {
		*m = map[string]string{}
	}
	(*m)[alias] = name
}

// function resolves the name of a function that is called.
func (r *reader) function(name string) string {
	name = lower(name)
	first, rest, qualified := strings.Cut(name, `\`)
	switch {
	case first == "" && qualified:
		return rest
	case qualified && first == "namespace":
		return r.names.namespace + rest
	case qualified:
		if to, ok := r.names.classes[first]; ok {
			return to + `\` + rest
		}
		return r.names.namespace + name
	}
	if to, ok := r.names.functions[name]; ok {
		return to
	}
	if r.names.namespace != "" && r.survey.functions[r.names.namespace+name] != nil {
		return r.names.namespace + name
	}
	return name
}

// class resolves the name of a class.
func (r *reader) class(name string) string {
	name = lower(name)
	switch name {
	case "static":
		if r.called != "" {
			return r.called
		}
		return r.block().class
	case "self":
		return r.block().class
	case "parent":
		name = lower(r.block().parent)
		if name == "" {
			return "parent"
		}
	}
	first, rest, qualified := strings.Cut(name, `\`)
	switch {
	case first == "" && qualified:
		return rest
	case qualified && first == "namespace":
		return r.names.namespace + rest
	}
	to, ok := r.names.classes[first]
	switch {
	case ok && qualified:
		return to + `\` + rest
	case ok:
		return to
	}
	return r.names.namespace + name
}

// callable is the name of what a constant is when it is called; empty for none.
func (r *reader) callable(v value) string {
	switch {
	case v.kind == stringKind && isName(v.s):
		return strings.TrimPrefix(lower(v.s), `\`)
	case v.kind == arrayKind && len(v.array.values) == 2:
		class, method := v.array.values[0], v.array.values[1]
		if class.kind == stringKind && method.kind == stringKind && isName(class.s) && isName(method.s) {
			return strings.TrimPrefix(lower(class.s), `\`) + "::" + lower(method.s)
		}
	}
	return ""
}

// isName tells whether a string may be the name of a function or of a static
// method.
func isName(s string) bool {
	const longest = 256
	if s == "" || len(s) > longest {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !isLabelStart(c) && !isDigit(c) && c != '\\' && c != ':' {
			return false
		}
	}
	return !isDigit(s[0])
}

// A namespace is one of several in a script, from a token on to the next one.
type namespace struct {
	at int
	names
}

// namespaces are those of a script that has several, with what "use" says in each.
func (p *source) namespaces() []namespace {
	if p.looked {
		return p.spaces
	}
	p.looked = true
	const most = 64
	var all []namespace
	for i := 0; i < p.length && len(all) < most; i++ {
		switch t := p.tokens[i]; {
		case t.word == wordNamespace && p.tokens[i+1].kind == nameToken:
			all = append(all, namespace{i, inNamespace(p.text(i + 1))})
		case t.word == wordNamespace && p.tokens[i+1].kind == '{':
			all = append(all, namespace{at: i})
		case t.word == wordUse && len(all) > 0 && p.tokens[i-1].kind != ')':
			all[len(all)-1].use(p, i)
		case t.kind == '{' && p.match[i] > 0 && p.tokens[i-1].word != wordNamespace && (i < 2 || p.tokens[i-2].word != wordNamespace):
			i = int(p.match[i])
		}
	}
	if len(all) > 1 {
		p.spaces = all
	}
	return p.spaces
}

// inNamespaceOf makes a reader read names as they are meant at a token, where the script
// has several namespaces.
func (r *reader) inNamespaceOf(at int) {
	for _, n := range r.source.namespaces() {
		if n.at < at {
			r.names = n.names
		}
	}
}
