package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What DOMDocument, DOMXPath and SimpleXML know of a constant document, and of one that
// the script makes, while it is traced.

// nodeValue is an object of a class that stands for nodes, of which the first is the
// one that is asked.
func nodeValue(class string, nodes []*node) value {
	if len(nodes) == 0 || nodes[0] == nil {
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

// namedNodes is a list of nodes by their names.
func namedNodes(class string, nodes []*node) value {
	list := newArray(len(nodes))
	for i, n := range nodes {
		list.set(arrayKey{s: "s" + n.name}, nodeValue(class, nodes[i:i+1]))
	}
	return objectValue(&object{class: "arrayiterator", properties: map[string]value{"$length": integerValue(int64(len(nodes)))}, elements: list})
}

const (
	domNode   = "domelement"
	simpleXML = "simplexmlelement"

	ofDocument = "document" // the property of a document that is its text

	ofOneName = "several" // the property of an object of SimpleXML that stands for elements, and not for what is in one
)

// listOfElements is an object of SimpleXML that stands for elements.
func listOfElements(nodes []*node) value {
	v := nodeValue(simpleXML, nodes)
	if o := v.object(); o != nil {
		o.properties[ofOneName] = boolValue(true)
	}
	return v
}

// over are the nodes that foreach goes over.
func (o *object) over() []*node {
	if o.class == simpleXML && !o.properties[ofOneName].known() {
		return o.nodes[0].elements("*")
	}
	return o.nodes
}

// document gives an object of a class of documents what it is made of.
func (r *reader) document(o *object) {
	arg := func(i int) string {
		if i < len(o.args) {
			s, _ := o.args[i].text()
			return s
		}
		return ""
	}
	switch r.builtinClass(o.class) {
	case simpleXML, "simplexmliterator":
		if len(o.args) > 0 && o.args[0].known() {
			if n := parsedDocument(r.budget, arg(0)); n != nil {
				o.nodes = n.elements("*")
			}
		}
	case "domdocument":
		o.nodes = []*node{{kind: documentNode}}
	case domNode:
		n := &node{kind: elementNode, name: arg(0)}
		if text := arg(1); text != "" {
			n.add(&node{kind: textNode, data: text})
		}
		o.nodes = []*node{n}
	case "domtext", "domcdatasection":
		o.nodes = []*node{{kind: textNode, data: arg(0)}}
	case "domcomment":
		o.nodes = []*node{{kind: commentNode, data: arg(0)}}
	case "domattr":
		o.nodes = []*node{{kind: attributeNode, name: arg(0), data: arg(1)}}
	case "domxpath":
		if len(o.args) > 0 && o.args[0].object() != nil {
			o.nodes = o.args[0].object().nodes
		}
	}
}

// documentMethod is a method of a document or of one of its elements.
func (r *reader) documentMethod(o *object, name string, arg func(int) value, open int) (value, bool) {
	text, known := arg(0).text()
	switch name {
	case "load", "loadhtmlfile":
		text, _ = r.held(arg(0))
		name = "loadxml"
	case "loadxml", "loadhtml":
		text = documentText(arg(0))
	}
	if name == "loadxml" || name == "loadhtml" {
		o.properties[ofDocument] = stringValue(text)
		options := arg(1)
		for _, says := range []string{"$substituteEntities", "$resolveExternals", "$validateOnParse"} {
			if is, _ := o.properties[says].truth(); is && !options.known() {
				options = integerValue(completesDocument)
			}
		}
		r.loadsOthers(text, options, open)
		if n := parsedDocument(r.budget, text); n != nil {
			o.nodes = []*node{n}
		}
		return boolValue(true), true
	}
	made := func(n *node) (value, bool) { return nodeValue(domNode, []*node{n}), r.budget.Take(elementCost) }
	switch name { // of DOMImplementation
	case "createdocumenttype":
		n := &node{kind: doctypeNode, name: text}
		n.identify(arg(1).withoutHole(), arg(2).withoutHole())
		return made(n)
	case "createdocument":
		n := &node{kind: documentNode}
		if of := arg(2).object(); of != nil && len(of.nodes) > 0 {
			n.add(of.nodes[0])
		}
		if of, ok := arg(1).text(); ok && of != "" {
			n.add(namedNode(elementNode, of))
		}
		return nodeValue("domdocument", []*node{n}), r.budget.Take(elementCost)
	}
	if len(o.nodes) == 0 {
		return value{}, false
	}
	n := o.nodes[0]
	second, _ := arg(1).text()
	switch name {
	case "validate": // by the DTD that it declares
		r.loadsOthers(o.properties[ofDocument].s, integerValue(completesDocument), open)
		return value{}, true
	case "schemavalidatesource", "relaxngvalidatesource":
		if schema := parsedDocument(r.budget, documentText(arg(0))); schema != nil {
			r.includesOthers(schema, open)
		}
		return value{}, true
	case "xinclude":
		if len(n.children) == 0 && len(r.trace.included) > 0 { // a file beside the script is it
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
		for _, e := range n.descendants(r.budget, "include") {
			at := e.attributeValue("href")
			if base := e.base(); base != "" && !strings.Contains(at.s, "://") {
				at = stringValue(base + at.s)
			}
			r.sawAddress(includesXML, at, open)
		}
		return integerValue(1), true
	case "createelement", "createelementns":
		if name == "createelementns" {
			text, second = second, arg(2).s
		}
		e := namedNode(elementNode, text)
		if second != "" {
			e.add(&node{kind: textNode, data: second})
		}
		return made(e)
	case "createtextnode", "createcdatasection":
		return made(&node{kind: textNode, data: text})
	case "createcomment":
		return made(&node{kind: commentNode, data: text})
	case "createprocessinginstruction":
		return made(&node{kind: instructionNode, name: text, data: second})
	case "createattribute", "createattributens":
		if name == "createattributens" {
			text = second
		}
		return made(namedNode(attributeNode, text))
	case "setattributenode", "setattributenodens":
		if of := arg(0).object(); of != nil && len(of.nodes) > 0 && of.nodes[0].kind == attributeNode {
			of.nodes[0].parent = n
			n.attributes = append(n.attributes, of.nodes[0])
		}
	case "createdocumentfragment":
		return made(&node{kind: fragmentNode})
	case "appendxml":
		if of := parsedDocument(r.budget, arg(0).withoutHole()); of != nil {
			for _, c := range slices.Clone(of.children) {
				n.add(c)
			}
		}
		return boolValue(true), true
	case "replacechild", "replacewith":
		v, old := arg(0), n
		if of := arg(1).object(); name == "replacechild" && of != nil && len(of.nodes) > 0 {
			old = of.nodes[0]
		}
		if of := v.object(); of != nil && len(of.nodes) > 0 && old.parent != nil {
			old.replace(of.nodes[0])
		}
		return arg(1), true
	case "appendchild", "append", "insertbefore", "prepend":
		const most = 16
		for i := range most {
			v := arg(i)
			if of := v.object(); of != nil && len(of.nodes) > 0 {
				child := of.nodes[0]
				n.add(child)
				if before := arg(1).object(); name == "insertbefore" && before != nil && len(before.nodes) > 0 && child.parent == n {
					if at := slices.Index(n.children, before.nodes[0]); at >= 0 {
						n.children = slices.Insert(n.children[:len(n.children)-1], at, child)
					}
				}
			} else if s, ok := v.text(); ok && v.kind == stringKind {
				n.add(&node{kind: textNode, data: s})
			}
			if name == "insertbefore" || name == "appendchild" {
				break
			}
		}
		return arg(0), true
	case "removechild", "remove":
		if of := arg(0).object(); of != nil && len(of.nodes) > 0 {
			of.nodes[0].remove()
		} else if name == "remove" {
			n.remove()
		}
		return arg(0), true
	case "importnode", "adoptnode":
		return arg(0), true
	case "clonenode":
		return objectValue(o), true
	case "setattribute", "addattribute", "setattributens":
		to := arg(1)
		if name == "setattributens" {
			text, known = to.text()
			to = arg(2)
		}
		if known {
			n.setAttribute(text, to.withoutHole())
		}
	case "addchild":
		e := &node{kind: elementNode, name: text}
		e.add(&node{kind: textNode, data: second})
		n.add(e)
		return nodeValue(simpleXML, []*node{e}), true
	case "getelementsbytagname", "getelementsbytagnamens":
		if name == "getelementsbytagnamens" {
			text = second
		}
		return nodeList(domNode, n.descendants(r.budget, text)), true
	case "getelementbyid":
		for _, c := range n.descendants(r.budget, "*") {
			if c.attributeValue("id").s == text {
				return nodeValue(domNode, []*node{c}), true
			}
		}
	case "getattribute", "getattributens":
		if name == "getattributens" {
			text = second
		}
		return n.attributeValue(text), true
	case "hasattribute":
		return boolValue(n.attribute(text) != nil), true
	case "getattributenode":
		return nodeValue(domNode, []*node{n.attribute(text)}), true
	case "haschildnodes":
		return boolValue(len(n.children) > 0), true
	case "hasattributes":
		return boolValue(len(n.attributes) > 0), true
	case "query", "evaluate", "xpath":
		from := n
		if of := arg(1).object(); of != nil && len(of.nodes) > 0 {
			from = of.nodes[0]
		}
		found, ok := r.xpath(text, from, open)
		switch {
		case !ok || !known:
			return value{}, true
		case found.kind != ofNodes:
			return found.value(), true
		case o.class == simpleXML:
			return nodeList(simpleXML, found.nodes).object().elements.value(), true
		}
		return nodeList(domNode, found.nodes), true
	case "attributes":
		return namedNodes(simpleXML, n.attributes), true
	case "children":
		return listOfElements(n.elements("*")), true
	case "count":
		return integerValue(int64(len(o.over()))), true
	case "getname":
		return stringValue(n.name), true
	case "__tostring":
		return stringValue(n.ownText()), true
	case "c14n":
		return stringValue(n.text(r.budget)), true
	case "asxml", "savexml", "savehtml":
		if of := arg(0).object(); of != nil && len(of.nodes) > 0 {
			n = of.nodes[0]
		}
		var out strings.Builder
		if name == "asxml" || n.kind == documentNode {
			out.WriteString("<?xml version=\"1.0\"?>\n")
		}
		n.markup(r.budget, &out)
		return stringValue(out.String()), true
	case "substringdata":
		return foldSubstr(r.budget, []value{stringValue(n.data), arg(0), arg(1)}), true
	}
	return value{}, true
}

// documentProperty is a property of an element.
func documentProperty(b *script.Budget, o *object, name string) (value, bool) {
	n := o.nodes[0]
	switch {
	case name == "doctype" && n.kind == documentNode:
		for _, c := range n.children {
			if c.kind == doctypeNode {
				return nodeValue(domNode, []*node{c}), true
			}
		}
		return value{kind: nullKind}, true
	case name == "implementation" && n.kind == documentNode:
		return objectValue(&object{class: "domimplementation", properties: map[string]value{}}), true
	case name == "publicId" || name == "systemId":
		return n.attributeValue(name), true
	case n.kind == doctypeNode && name == "internalSubset":
		return stringValue(n.data), true
	case n.kind == doctypeNode && name == "entities":
		return namedNodes(domNode, n.declared(b, entityNode)), true
	case n.kind == doctypeNode && name == "notations":
		return namedNodes(domNode, n.declared(b, notationNode)), true
	case n.kind == documentNode && (name == "documentURI" || name == "baseURI"):
		return n.attributeValue("xml:base"), true
	}
	if o.class == simpleXML {
		if o.properties[ofOneName].known() {
			var found []*node
			for _, c := range o.nodes {
				if c.name == name {
					found = append(found, c)
				}
			}
			if len(found) > 0 { // of what children returned
				return listOfElements(found), true
			}
		}
		return listOfElements(n.elements(name)), true
	}
	sibling := func(step int, elements bool) value {
		if n.parent == nil {
			return value{kind: nullKind}
		}
		all := n.parent.children
		for i := slices.Index(all, n) + step; i >= 0 && i < len(all); i += step {
			if !elements || all[i].kind == elementNode {
				return nodeValue(domNode, all[i:i+1])
			}
		}
		return value{kind: nullKind}
	}
	elements := n.elements("*")
	switch name {
	case "textContent", "nodeValue", "value", "data", "wholeText":
		return stringValue(n.text(b)), true
	case "nodeName", "tagName", "localName", "name", "target":
		switch n.kind {
		case textNode:
			return stringValue("#text"), true
		case commentNode:
			return stringValue("#comment"), true
		case documentNode:
			return stringValue("#document"), true
		}
		return stringValue(n.name), true
	case "namespaceURI":
		return n.namespace(), true
	case "prefix":
		return stringValue(n.prefix), true
	case "nodeType":
		return integerValue(int64(n.kind)), true
	case "documentElement", "firstElementChild":
		return nodeValue(domNode, elements[:min(1, len(elements))]), true
	case "lastElementChild":
		return nodeValue(domNode, elements[max(0, len(elements)-1):]), true
	case "firstChild":
		return nodeValue(domNode, n.children[:min(1, len(n.children))]), true
	case "lastChild":
		return nodeValue(domNode, n.children[max(0, len(n.children)-1):]), true
	case "nextSibling":
		return sibling(1, false), true
	case "previousSibling":
		return sibling(-1, false), true
	case "nextElementSibling":
		return sibling(1, true), true
	case "previousElementSibling":
		return sibling(-1, true), true
	case "parentNode", "ownerElement", "parentElement":
		return nodeValue(domNode, []*node{n.parent}), true
	case "ownerDocument":
		for n.parent != nil {
			n = n.parent
		}
		return nodeValue("domdocument", []*node{n}), true
	case "childNodes":
		return nodeList(domNode, n.children), true
	case "children":
		return nodeList(domNode, elements), true
	case "childElementCount":
		return integerValue(int64(len(elements))), true
	case "attributes":
		return namedNodes(domNode, n.attributes), true
	}
	return value{}, false
}

// setDocumentProperty sets what a script may change of a node.
func setDocumentProperty(o *object, name string, v value) bool {
	text, ok := v.text()
	if !ok || len(o.nodes) == 0 {
		return false
	}
	n := o.nodes[0]
	switch {
	case n.kind == documentNode && name == "documentURI": // to which all in it is relative
		n.setAttribute("xml:base", text)
	case o.class == simpleXML:
		found := n.elements(name)
		if len(found) == 0 {
			e := &node{kind: elementNode, name: name}
			n.add(e)
			found = []*node{e}
		}
		found[0].children = []*node{{kind: textNode, data: text, parent: found[0]}}
	case name != "textContent" && name != "nodeValue" && name != "value" && name != "data":
		return false
	case n.kind == elementNode:
		n.children = []*node{{kind: textNode, data: text, parent: n}}
	default:
		n.data = text
	}
	return true
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
	return o.nodes[0].attributeValue(key.s)
}

// plainElement is what becomes of an element of SimpleXML that is cast to an array, or
// encoded: its text, or its attributes and the elements within by their names.
func plainElement(b *script.Budget, n *node, depth int) value {
	elements := n.elements("*")
	if len(elements)+len(n.attributes) == 0 && depth > 0 {
		return stringValue(n.ownText())
	}
	out := newArray(0)
	if len(n.attributes) > 0 {
		attributes := newArray(0)
		for _, a := range n.attributes {
			attributes.set(arrayKey{s: "s" + a.name}, stringValue(a.data))
		}
		out.set(arrayKey{s: "s@attributes"}, attributes.value())
	}
	if text := n.ownText(); len(elements) == 0 && text != "" {
		out.append(stringValue(text))
	}
	for _, c := range elements {
		if depth > maxCalls || !b.Take(elementCost) {
			return value{}
		}
		k, v := arrayKey{s: "s" + c.name}, plainElement(b, c, depth+1)
		i := out.find(k)
		switch {
		case i < 0:
			out.set(k, v)
		case len(n.elements(c.name)) > 1 && out.values[i].kind == arrayKind && out.values[i].array.owned:
			out.values[i].array.append(v)
		default:
			several := newArray(2)
			several.owned = true
			several.append(out.values[i])
			several.append(v)
			out.values[i] = several.value()
		}
	}
	for i := range out.values {
		if of := out.values[i]; of.kind == arrayKind {
			of.array.owned = false
		}
	}
	return out.value()
}

// plainElements is plainElement of an object of SimpleXML.
func plainElements(b *script.Budget, o *object) value {
	if len(o.nodes) == 1 {
		return plainElement(b, o.nodes[0], 0)
	}
	out := newArray(len(o.nodes))
	for _, n := range o.nodes {
		out.append(plainElement(b, n, 1))
	}
	return out.value()
}
