package php

import (
	"encoding/xml"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Documents of XML and HTML as trees of nodes, which scripts read, change and write.

// A node is an element of a document, one of its attributes, or what stands in it.
type node struct {
	name       string // of elements and attributes
	prefix     string // before the name
	data       string // of all others and of attributes
	kind       nodeKind
	attributes []*node
	children   []*node
	parent     *node
}

type nodeKind uint8

// The kinds of nodes, as PHP numbers them.
const (
	elementNode     nodeKind = 1
	attributeNode   nodeKind = 2
	textNode        nodeKind = 3
	instructionNode nodeKind = 7
	commentNode     nodeKind = 8
	documentNode    nodeKind = 9
	doctypeNode     nodeKind = 10
	fragmentNode    nodeKind = 11
	notationNode    nodeKind = 12
	entityNode      nodeKind = 17
)

// parsedDocument reads XML, or HTML as far as that reads like it; nil for none.
func parsedDocument(b *script.Budget, text string) *node {
	if !b.Take(8 * len(text)) {
		return nil
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	document := &node{kind: documentNode}
	at, depth := document, 0
	for b.Take(elementCost) && depth < script.MaxNesting {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{kind: elementNode, name: t.Name.Local, prefix: t.Name.Space}
			for _, a := range t.Attr {
				n.attributes = append(n.attributes, &node{kind: attributeNode, name: a.Name.Local, prefix: a.Name.Space, data: a.Value, parent: n})
			}
			at.add(n)
			if !slices.Contains(xml.HTMLAutoClose, t.Name.Local) || strings.HasPrefix(strings.TrimSpace(text), "<?xml") {
				at, depth = n, depth+1
			}
		case xml.CharData:
			if at.kind != documentNode {
				at.add(&node{kind: textNode, data: string(t)})
			}
		case xml.Comment:
			at.add(&node{kind: commentNode, data: string(t)})
		case xml.ProcInst:
			if t.Target != "xml" {
				at.add(&node{kind: instructionNode, name: t.Target, data: string(t.Inst)})
			}
		case xml.Directive:
			declareEntities(d, string(t))
			if n := doctype(string(t)); n != nil && at == document {
				at.add(n)
			}
		case xml.EndElement:
			for n := at; n.parent != nil; n = n.parent {
				if n.name == t.Name.Local { // what is open within it ends too
					for at != n.parent {
						at, depth = at.parent, depth-1
					}
					break
				}
			}
		}
	}
	return document
}

// doctype is the node of a declaration of what a document is like; nil for another one.
// What it declares within is its data.
func doctype(declaration string) *node {
	m := doctypeParts.FindStringSubmatch(declaration)
	if m == nil {
		return nil
	}
	n := &node{kind: doctypeNode, name: m[1]}
	n.identify(m[2], m[3])
	if _, within, ok := strings.Cut(declaration[len(m[0]):], "["); ok {
		n.data = strings.TrimRight(strings.TrimSpace(within), "]")
	}
	return n
}

// identify gives a node the public and the system identifier that stand in quotes.
func (n *node) identify(public, system string) {
	n.setAttribute("publicId", strings.Trim(public, `"'`))
	n.setAttribute("systemId", strings.Trim(system, `"'`))
}

// doctypeParts are the name of a doctype and its public and its system identifier, and
// declaredParts the kind, the name and the identifiers of what stands within
// (XML 1.0, 2.8, 4.2 and 4.7).
var (
	identifiers   = `(?:\s+(?:PUBLIC\s*("[^"]*"|'[^']*')|SYSTEM)\s*("[^"]*"|'[^']*')?)?`
	doctypeParts  = regexp.MustCompile(`^DOCTYPE\s+([^\s\[>]+)` + identifiers)
	declaredParts = regexp.MustCompile(`<!(ENTITY|NOTATION)\s+([^\s%>]+)` + identifiers)
)

// declared are the entities or the notations that a doctype declares.
func (n *node) declared(b *script.Budget, kind nodeKind) (found []*node) {
	const most = 64
	if !b.Take(len(n.data)) {
		return nil
	}
	for _, m := range declaredParts.FindAllStringSubmatch(n.data, most) {
		if (m[1] == "ENTITY") == (kind == entityNode) {
			one := &node{kind: kind, name: m[2]}
			one.identify(m[3], m[4])
			found = append(found, one)
		}
	}
	return found
}

// declareEntities lets a decoder know what <!ENTITY name "text"> declares.
func declareEntities(d *xml.Decoder, doctype string) {
	const most, longest = 64, 256
	var names []string
	entities := maps.Clone(xml.HTMLEntity)
	for range most {
		_, rest, ok := strings.Cut(doctype, "<!ENTITY")
		if !ok {
			break
		}
		doctype = rest
		name, rest, _ := strings.Cut(strings.TrimLeft(rest, " \t\r\n"), " ")
		rest = strings.TrimLeft(rest, " \t\r\n")
		if rest == "" || rest[0] != '"' && rest[0] != '\'' {
			continue
		}
		text, _, ok := strings.Cut(rest[1:], rest[:1])
		for _, other := range names { // that stand in this one
			if len(text) < longest {
				text = strings.ReplaceAll(text, "&"+other+";", entities[other])
			}
		}
		if ok && len(text) < longest {
			entities[name] = html.UnescapeString(text)
			names = append(names, name)
		}
	}
	d.Entity = entities
}

// base is the address to which those that stand in an element are relative (XML Base).
func (n *node) base() (base string) {
	for depth := 0; n != nil && depth < script.MaxNesting && !strings.Contains(base, "://"); n = n.parent {
		if a := n.attribute("xml:base"); a != nil {
			base = a.data + base
		}
		depth++
	}
	return base
}

// add puts a node behind the others within one, unless that lies in it.
func (n *node) add(child *node) {
	depth := 0
	for up := n; up != nil; up = up.parent {
		if depth++; up == child || depth > script.MaxNesting {
			return
		}
	}
	if child.kind == fragmentNode {
		for _, c := range slices.Clone(child.children) {
			n.add(c)
		}
		return
	}
	child.remove()
	child.parent = n
	n.children = append(n.children, child)
}

// replace puts another node, or the nodes of a fragment, in the place of one.
func (n *node) replace(by *node) {
	p := n.parent
	at := slices.Index(p.children, n)
	added := len(p.children)
	p.add(by)
	if at < 0 || len(p.children) <= added || by.parent == nil && by.kind != fragmentNode {
		return
	}
	all := slices.Clone(p.children)
	p.children = slices.Concat(all[:at], all[added:], all[at+1:added])
	n.parent = nil
}

func (n *node) remove() {
	if p := n.parent; p != nil && n.kind != attributeNode {
		p.children = slices.DeleteFunc(slices.Clone(p.children), func(c *node) bool { return c == n })
	}
	n.parent = nil
}

// text is what stands in a node and in those within.
func (n *node) text(b *script.Budget) string {
	if n.kind != elementNode && n.kind != documentNode {
		return n.data
	}
	var out strings.Builder
	n.write(b, &out)
	return out.String()
}

func (n *node) write(b *script.Budget, out *strings.Builder) {
	for _, c := range n.children {
		switch {
		case !b.Take(8 + len(c.data)):
			return
		case c.kind == textNode:
			out.WriteString(c.data)
		case c.kind == elementNode:
			c.write(b, out)
		}
	}
}

// ownText is what stands in an element itself, as SimpleXML has it.
func (n *node) ownText() (text string) {
	if n.kind != elementNode {
		return n.data
	}
	for _, c := range n.children {
		if c.kind == textNode {
			text += c.data
		}
	}
	return text
}

// markup is a node as it is written.
func (n *node) markup(b *script.Budget, out *strings.Builder) {
	switch {
	case !b.Take(elementCost + len(n.name) + 2*len(n.data)):
		return
	case n.kind == textNode:
		xml.EscapeText(out, []byte(n.data))
		return
	case n.kind == commentNode:
		out.WriteString("<!--" + n.data + "-->")
		return
	case n.kind == doctypeNode:
		out.WriteString("<!DOCTYPE " + n.name + ">\n")
		return
	case n.kind == elementNode:
		out.WriteString("<" + n.name)
		for _, a := range n.attributes {
			if !b.Take(len(a.name) + 2*len(a.data)) {
				return
			}
			out.WriteString(" " + a.name + `="`)
			xml.EscapeText(out, []byte(a.data))
			out.WriteString(`"`)
		}
		if len(n.children) == 0 {
			out.WriteString("/>")
			return
		}
		out.WriteString(">")
	}
	for _, c := range n.children {
		c.markup(b, out)
	}
	if n.kind == elementNode {
		out.WriteString("</" + n.name + ">")
	}
}

func (n *node) attribute(name string) *node {
	for _, a := range n.attributes {
		if a.name == name || a.prefix != "" && a.prefix+":"+a.name == name {
			return a
		}
	}
	return nil
}

func (n *node) setAttribute(name, text string) {
	if a := n.attribute(name); a != nil {
		a.data = text
		return
	}
	a := namedNode(attributeNode, name)
	a.data, a.parent = text, n
	n.attributes = append(n.attributes, a)
}

// namedNode is a node whose name may have a prefix.
func namedNode(kind nodeKind, name string) *node {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	return &node{kind: kind, name: local, prefix: prefix}
}

// attributeValue is an attribute as a text, null where there is none.
func (n *node) attributeValue(name string) value {
	if a := n.attribute(name); a != nil {
		return stringValue(a.data)
	}
	return value{kind: nullKind}
}

// namespace is that of an element or an attribute, which one around it declares.
func (n *node) namespace() value {
	declares := func(a *node) bool { return a.prefix == "xmlns" && a.name == n.prefix }
	if n.prefix == "" {
		declares = func(a *node) bool { return a.prefix == "" && a.name == "xmlns" }
	}
	for up := n; up != nil; up = up.parent {
		if i := slices.IndexFunc(up.attributes, declares); i >= 0 {
			return stringValue(up.attributes[i].data)
		}
	}
	return value{kind: nullKind}
}

// elements are the elements within, of a name; "*" is every name.
func (n *node) elements(name string) (found []*node) {
	for _, c := range n.children {
		if c.kind == elementNode && (name == "*" || c.name == name) {
			found = append(found, c)
		}
	}
	return found
}

// all are the nodes within, and those in them, in the order of the document.
func (n *node) all(b *script.Budget) (found []*node) {
	const most = 1 << 12
	for _, c := range n.children {
		if len(found) >= most || !b.Take(8) {
			break
		}
		found = append(append(found, c), c.all(b)...)
	}
	return found
}

// descendants are the elements of a name within another; "*" is every name.
func (n *node) descendants(b *script.Budget, name string) (found []*node) {
	for _, c := range n.all(b) {
		if c.kind == elementNode && (name == "*" || c.name == name) {
			found = append(found, c)
		}
	}
	return found
}
