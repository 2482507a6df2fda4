package php

import (
	"encoding/xml"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What DOMDocument, DOMXPath and SimpleXML know of a constant document, while a
// script is traced.

// A node is an element of a document.
type node struct {
	name, text string // the text of all within
	attributes []xml.Attr
	children   []*node
}

// parsedDocument reads XML, or HTML as far as that reads like it; nil for none.
func parsedDocument(b *script.Budget, text string) *node {
	if !b.Take(8 * len(text)) {
		return nil
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	document := &node{name: "#document"}
	open := []*node{document}
	for b.Take(elementCost) && len(open) < script.MaxNesting {
		t, err := d.Token()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attributes: t.Copy().Attr}
			parent := open[len(open)-1]
			parent.children = append(parent.children, n)
			open = append(open, n)
		case xml.CharData:
			for _, n := range open {
				if !b.Take(len(t)) {
					return document
				}
				n.text += string(t)
			}
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		}
	}
	return document
}

func (n *node) attribute(name string) value {
	for _, a := range n.attributes {
		if a.Name.Local == name {
			return stringValue(a.Value)
		}
	}
	return value{kind: nullKind}
}

// descendants are the elements of a name within another; "*" is every name.
func (n *node) descendants(name string) (found []*node) {
	const most = 1 << 10
	queue := []*node{n}
	for i := 0; i < len(queue) && i < most; i++ {
		for _, c := range queue[i].children {
			if c.name == name || name == "*" {
				found = append(found, c)
			}
		}
		queue = append(queue, queue[i].children...)
	}
	return found
}

// nodeValue is an object of a class that stands for elements, of which the first is
// the one that is asked.
func nodeValue(class string, nodes []*node) value {
	if len(nodes) == 0 {
		return value{kind: nullKind}
	}
	return objectValue(&object{class: class, properties: map[string]value{}, nodes: nodes})
}

func nodeList(class string, nodes []*node) value {
	list := newArray(len(nodes))
	for i := range nodes {
		list.append(nodeValue(class, nodes[i:i+1]))
	}
	return objectValue(&object{class: "arrayiterator", properties: map[string]value{"$length": integerValue(int64(len(nodes)))}, elements: list})
}

const (
	domNode   = "domelement"
	simpleXML = "simplexmlelement"
)

// documentMethod is a method of a document or of one of its elements.
func (r *reader) documentMethod(o *object, name string, arg func(int) value) (value, bool) {
	text, _ := arg(0).text()
	if name == "loadxml" || name == "loadhtml" {
		if n := parsedDocument(r.budget, text); n != nil {
			o.nodes = []*node{n}
		}
		return boolValue(true), true
	}
	if o.class == "domxpath" && len(o.nodes) == 0 && len(o.args) > 0 {
		if of := o.args[0].object(); of != nil {
			o.nodes = of.nodes
		}
	}
	if len(o.nodes) == 0 {
		return value{}, false
	}
	n := o.nodes[0]
	switch name {
	case "getelementsbytagname":
		return nodeList(domNode, n.descendants(text)), true
	case "getelementbyid":
		for _, c := range n.descendants("*") {
			if c.attribute("id").s == text {
				return nodeValue(domNode, []*node{c}), true
			}
		}
	case "getattribute":
		return n.attribute(text), true
	case "query", "evaluate", "xpath":
		class := domNode
		if o.class == simpleXML {
			class = simpleXML
		}
		found := nodeList(class, n.at(text))
		if class == simpleXML {
			return found.object().elements.value(), true
		}
		return found, true
	case "attributes":
		out := newArray(0)
		for _, a := range n.attributes {
			out.set(arrayKey{s: "s" + a.Name.Local}, stringValue(a.Value))
		}
		return out.value(), true
	case "children":
		return nodeList(simpleXML, n.children), true
	case "getname":
		return stringValue(n.name), true
	case "__tostring", "c14n":
		return stringValue(n.text), true
	}
	return value{}, true
}

// at are the elements of a path of XPath, as far as its last steps say it: a name,
// or an attribute of elements with a name.
func (n *node) at(path string) []*node {
	steps := strings.FieldsFunc(path, func(c rune) bool { return c == '/' })
	if len(steps) == 0 {
		return nil
	}
	last := steps[len(steps)-1]
	attribute, isAttribute := strings.CutPrefix(last, "@")
	if isAttribute {
		last = "*"
		if len(steps) > 1 {
			last = steps[len(steps)-2]
		}
	}
	last, _, _ = strings.Cut(last, "[")
	found := n.descendants(last)
	if !isAttribute {
		return found
	}
	var values []*node
	for _, e := range found {
		if v := e.attribute(attribute); v.kind == stringKind {
			values = append(values, &node{name: attribute, text: v.s})
		}
	}
	return values
}

// documentProperty is a property of an element.
func documentProperty(o *object, name string) (value, bool) {
	n := o.nodes[0]
	if o.class == simpleXML {
		var found []*node
		for _, c := range n.children {
			if c.name == name {
				found = append(found, c)
			}
		}
		return nodeValue(simpleXML, found), true
	}
	switch name {
	case "textContent", "nodeValue", "value", "data":
		return stringValue(n.text), true
	case "nodeName", "tagName", "localName":
		return stringValue(n.name), true
	case "documentElement", "firstChild", "firstElementChild":
		return nodeValue(domNode, n.children[:min(1, len(n.children))]), true
	case "lastChild", "lastElementChild":
		return nodeValue(domNode, n.children[max(0, len(n.children)-1):]), true
	case "childNodes", "children":
		return nodeList(domNode, n.children), true
	}
	return value{}, false
}

// documentElement is $element[key] of SimpleXML: an attribute, or one of several
// elements of a name.
func documentElement(o *object, key value) value {
	if key.kind == intKind {
		if key.n >= 0 && key.n < int64(len(o.nodes)) {
			return nodeValue(o.class, o.nodes[key.n:key.n+1])
		}
		return value{}
	}
	return o.nodes[0].attribute(key.s)
}
