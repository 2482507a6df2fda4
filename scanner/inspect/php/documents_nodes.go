package php

import (
	"encoding/xml"
	"html"
	"maps"
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

// add puts a node behind the others within one, unless that lies in it.
func (n *node) add(child *node) {
	depth := 0
	for up := n; up != nil; up = up.parent {
		if depth++; up == child || depth > script.MaxNesting {
			return
		}
	}
	child.remove()
	child.parent = n
	n.children = append(n.children, child)
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
		if a.name == name {
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
	n.attributes = append(n.attributes, &node{kind: attributeNode, name: name, data: text, parent: n})
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
