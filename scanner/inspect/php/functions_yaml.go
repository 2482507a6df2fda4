package php

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"plugvet/scanner/inspect/script"
)

// yamlParsers are the functions that parse YAML, the first of a text, and call for what has
// a tag the function that an argument has under it (php.net/manual/book.yaml.php).
var yamlParsers = map[string]bool{"yaml_parse": true, "yaml_parse_file": true, "yaml_parse_url": true}

const yamlCallbacks = 3 // which argument has them

// A yamlParser makes values of YAML.
type yamlParser struct {
	r         *reader
	callbacks value
	open      int // the parenthesis of the call
}

// parsedYAML is one of yamlParsers.
func (r *reader) parsedYAML(name string, args []argument, arg func(int) value, open int) value {
	p := yamlParser{r: r, callbacks: arg(yamlCallbacks), open: open}
	text, known := arg(0).text()
	if name != "yaml_parse" {
		text, known = r.held(arg(0))
	}
	p.note(args, r.passed(name, args))
	if !known || !r.budget.Take(16*len(text)) {
		return marked(r.passed(name, args))
	}
	return p.documents(text, args, arg(1))
}

// note notes the callbacks, with which of what they are called is not known yet.
func (p *yamlParser) note(args []argument, m marks) {
	if len(args) <= yamlCallbacks || p.callbacks.kind == nullKind {
		return
	}
	all := []value{p.callbacks}
	if in := p.callbacks.array; p.callbacks.kind == arrayKind {
		if all = slices.Clip(in.values); in.open {
			all = append(all, marked(in.more))
		}
	}
	for _, f := range all {
		p.r.saw(p.open, f)
		p.r.runsOther(f, args[yamlCallbacks].from, false)
		p.r.invokeValue(f, []argument{{value: marked(m)}, {}, {}}, p.open)
	}
}

// documents is the document of a number, or a list of all for a negative one. How many
// there are, the third argument is set to.
func (p *yamlParser) documents(text string, args []argument, which value) value {
	const most = 64
	wanted, known := which.number()
	if len(args) < 2 {
		wanted, known = 0, true
	}
	all := newArray(0)
	d := yaml.NewDecoder(strings.NewReader(text))
	for len(all.values) < most {
		var n yaml.Node
		if d.Decode(&n) != nil {
			break
		}
		all.append(p.value(&n, 0))
	}
	if len(args) > 2 {
		p.r.setArgument(args[2], integerValue(int64(len(all.values))))
	}
	switch {
	case !known:
		return value{}
	case wanted < 0:
		return all.value()
	case wanted < int64(len(all.values)):
		return all.values[wanted]
	}
	return boolValue(false)
}

// value is what a node comes to, which a callback may make of it.
func (p *yamlParser) value(n *yaml.Node, depth int) value {
	if depth > script.MaxNesting || !p.r.budget.Take(elementCost) {
		return value{}
	}
	v := value{}
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) > 0 {
			v = p.value(n.Content[0], depth+1)
		}
		return v
	case yaml.AliasNode:
		return p.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		list := newArray(len(n.Content))
		for _, e := range n.Content {
			list.append(p.value(e, depth+1))
		}
		v = list.value()
	case yaml.MappingNode:
		v = p.mapping(n, depth)
	case yaml.ScalarNode:
		v = scalarOfYAML(n)
	}
	for _, tag := range []string{n.Tag, n.LongTag()} {
		if f := p.callbacks.element(stringValue(tag)); tag != "" && p.callbacks.kind == arrayKind && (f.known() || f.closure() != nil || f.object() != nil) {
			return p.r.invokeValue(f, []argument{{value: v}, {value: stringValue(tag)}, {value: integerValue(0)}}, p.open)
		}
	}
	return v
}

// mapping is an array by keys, with what << merges into it.
func (p *yamlParser) mapping(n *yaml.Node, depth int) value {
	out := newArray(len(n.Content) / 2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i], p.value(n.Content[i+1], depth+1)
		if key.Tag == "!!merge" && v.kind == arrayKind && p.r.budget.Take(elementCost*len(v.array.values)) {
			for i, e := range v.array.values {
				if k := v.array.key(i); out.find(k) < 0 {
					out.set(k, e)
				}
			}
			continue
		}
		if k, ok := keyOf(p.value(key, depth+1)); ok {
			out.set(k, v)
		}
	}
	return out.value()
}

// scalarOfYAML is a scalar without regard to callbacks.
func scalarOfYAML(n *yaml.Node) value {
	switch n.ShortTag() {
	case "!!null":
		return value{kind: nullKind}
	case "!!bool":
		var is bool
		if n.Decode(&is) == nil {
			return boolValue(is)
		}
	case "!!int":
		var i int64
		if n.Decode(&i) == nil {
			return integerValue(i)
		}
	case "!!binary":
		var s string
		if n.Decode(&s) == nil {
			return decodedText(s)
		}
	}
	return decodedText(n.Value)
}

// decodedText is a text that came out of a decoder.
func decodedText(s string) value {
	v := stringValue(s)
	v.decoded = true
	return v
}
