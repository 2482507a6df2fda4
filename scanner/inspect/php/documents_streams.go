package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// What XMLReader, XMLWriter, XSLTProcessor and xml_parse_into_struct make of documents,
// while a script is traced.

// xmlReader is a method of XMLReader of a document that is known.
func (r *reader) xmlReader(o *object, name string, arg func(int) value, open int) (value, bool) {
	text, ok := arg(0).text()
	switch name {
	case "setparserproperty":
		const least, last = 1, 4 // LOADDTD, DEFAULTATTRS, VALIDATE, SUBST_ENTITIES
		if n, _ := arg(0).number(); n >= least && n <= last && ok {
			r.loadsOthers(o.properties[ofDocument].s, integerValue(completesDocument), open)
		}
		return boolValue(true), true
	case "open", "fromuri":
		text, ok = r.held(arg(0))
	case "xml", "fromstring":
		text = documentText(arg(0))
	}
	if name == "xml" || name == "fromstring" || (name == "open" || name == "fromuri") && ok {
		o.properties[ofDocument] = stringValue(text)
		r.loadsOthers(text, arg(2), open)
		if n := parsedDocument(r.budget, text); ok && n != nil {
			o.nodes = append([]*node{n}, n.all(r.budget)...)
			o.properties["at"] = integerValue(0)
		}
		return boolValue(true), true
	}
	at := int(o.properties["at"].n)
	if len(o.nodes) == 0 || at >= len(o.nodes) {
		return value{}, false
	}
	n := o.nodes[at]
	switch name {
	case "read", "next":
		if at++; at >= len(o.nodes) {
			return boolValue(false), true
		}
		o.properties["at"] = integerValue(int64(at))
		return boolValue(true), true
	case "getattribute":
		return n.attributeValue(text), true
	case "readstring":
		return stringValue(n.text(r.budget)), true
	case "readinnerxml", "readouterxml":
		var out strings.Builder
		n.markup(r.budget, &out)
		return stringValue(out.String()), true
	case "expand":
		return nodeValue(domNode, []*node{n}), true
	}
	return value{}, false
}

// readerProperty is a property of an XMLReader.
func readerProperty(b *script.Budget, o *object, name string) (value, bool) {
	at := int(o.properties["at"].n)
	if at >= len(o.nodes) {
		return value{}, false
	}
	switch n := o.nodes[at]; name {
	case "value":
		return stringValue(n.data), true
	case "attributeCount":
		return integerValue(int64(len(n.attributes))), true
	case "hasAttributes":
		return boolValue(len(n.attributes) > 0), true
	case "isEmptyElement":
		return boolValue(len(n.children) == 0), true
	default:
		return documentProperty(b, &object{class: domNode, nodes: []*node{n}}, name)
	}
}

// xmlWriter is a method of XMLWriter, which puts together a text in memory.
func (r *reader) xmlWriter(o *object, name string, arg func(int) value) (value, bool) {
	first, ok1 := arg(0).text()
	second, ok2 := arg(1).text()
	write := func(s string) {
		before := o.properties["text"].s
		if r.budget.Take(len(before) + len(s)) {
			o.properties["text"] = stringValue(before + s)
		}
	}
	switch {
	case name == "outputmemory" || name == "flush":
		return o.properties["text"], o.properties["text"].known()
	case !ok1:
	case name == "text" || name == "writeraw" || name == "writecdata":
		write(first)
	case name == "startelement":
		write("<" + first + ">")
	case name == "writeelement" && ok2:
		write("<" + first + ">" + second + "</" + first + ">")
	case name == "writeattribute" && ok2:
		write(" " + first + `="` + second + `"`)
	case name == "writecomment":
		write("<!--" + first + "-->")
	}
	return boolValue(true), true
}

// xslt is a method of XSLTProcessor. Of a style sheet only the functions of PHP are
// called that it names, with its variables, for the first node that a template matches.
func (r *reader) xslt(o *object, name string, arg func(int) value, open int) value {
	of := arg(0).object()
	switch {
	case name == "setparameter":
		if given := arg(1); given.kind == arrayKind && r.budget.Take(elementCost*len(given.array.values)) {
			for i, v := range given.array.values {
				o.properties["parameter "+given.array.key(i).value().s] = v
			}
		} else {
			o.properties["parameter "+given.s] = arg(2)
		}
	case strings.HasPrefix(name, "transformto") && (len(o.nodes) == 0 || len(o.nodes[0].children) == 0) && len(r.trace.included) > 0: // a file beside the script is it
		r.trace.open |= script.OpenToFiles | script.Assembles
	case of == nil || len(of.nodes) == 0:
	case name == "importstylesheet":
		o.nodes = of.nodes
		r.includesOthers(of.nodes[0], open)
	case strings.HasPrefix(name, "transformto") && len(o.nodes) > 0:
		r.trace.sheet = map[string]string{}
		for range 2 { // what a template is given may stand behind it
			r.callsOfSheet(o, o.nodes[0], of.nodes[0], 0, open)
		}
	}
	return value{}
}

// callsOfSheet calls the functions of PHP that an element of a style sheet names, for a
// node of a document.
func (r *reader) callsOfSheet(o *object, n, at *node, depth, open int) {
	if depth > script.MaxNesting || !r.budget.Take(elementCost) {
		return
	}
	over := []*node{at}
	switch n.name {
	case "template":
		if match := n.attributeValue("match").s; match != "" {
			if !strings.HasPrefix(match, "/") {
				match = "//" + match
			}
			if v, ok := r.xpath(match, at, open); ok && len(v.nodes) > 0 {
				over = v.nodes[:1]
			}
		}
	case "for-each":
		const most = 64
		if v, ok := r.xpath(n.attributeValue("select").s, at, open); ok && len(v.nodes) > 0 {
			over = v.nodes[:min(most, len(v.nodes))]
		}
	case "variable", "param", "with-param":
		name := n.attributeValue("name").s
		switch set, is := o.properties["parameter "+name].text(); {
		case is && n.name == "param":
			r.trace.sheet[name] = set
		case n.name != "param" || n.attribute("select") != nil || len(n.children) > 0:
			r.trace.sheet[name] = r.madeBySheet(n, at, 0, open)
		}
	}
	for _, at := range over {
		for _, a := range n.attributes {
			if expression := strings.Trim(a.data, "{}"); strings.Contains(expression, ":function") || strings.Contains(expression, "document(") {
				r.xpath(expression, at, open)
			}
		}
		for _, c := range n.elements("*") {
			r.callsOfSheet(o, c, at, depth+1, open)
		}
	}
}

// madeBySheet is the text that an element of a style sheet makes for a node.
func (r *reader) madeBySheet(n, at *node, depth, open int) string {
	if depth > script.MaxNesting {
		return ""
	}
	over := []*node{at}
	if chosen := n.attributeValue("select").s; chosen != "" {
		v, ok := r.xpath(chosen, at, open)
		if n.name != "for-each" || !ok {
			text, _ := v.value().text()
			if v.kind == ofNodes && len(v.nodes) > 0 {
				text = v.nodes[0].text(r.budget)
			}
			return text
		}
		over = v.nodes
	}
	var out strings.Builder
	for _, at := range over {
		for _, c := range n.children {
			if !r.budget.Take(elementCost) {
				return out.String()
			}
			text := c.data
			if c.kind == elementNode {
				text = r.madeBySheet(c, at, depth+1, open)
			}
			if n.name != "text" {
				text = strings.TrimSpace(text)
			}
			if r.budget.Take(len(text)) {
				out.WriteString(text)
			}
		}
	}
	return out.String()
}

// structOf is what xml_parse_into_struct makes of a document.
func structOf(b *script.Budget, text string) (values, index *array) {
	values, index = newArray(0), newArray(0)
	document := parsedDocument(b, text)
	if document == nil {
		return values, index
	}
	var visit func(n *node, level int64)
	visit = func(n *node, level int64) {
		tag := strings.ToUpper(n.name)
		note := func(kind, text string) {
			e := newArray(0)
			e.set(arrayKey{s: "stag"}, stringValue(tag))
			e.set(arrayKey{s: "stype"}, stringValue(kind))
			e.set(arrayKey{s: "slevel"}, integerValue(level))
			if len(n.attributes) > 0 && kind != "close" {
				all := newArray(0)
				for _, a := range n.attributes {
					all.set(arrayKey{s: "s" + strings.ToUpper(a.name)}, stringValue(a.data))
				}
				e.set(arrayKey{s: "sattributes"}, all.value())
			}
			if text != "" {
				e.set(arrayKey{s: "svalue"}, stringValue(text))
			}
			k := arrayKey{s: "s" + tag}
			if index.find(k) < 0 {
				index.set(k, newArray(0).value())
			}
			index.values[index.find(k)].array.append(integerValue(int64(len(values.values))))
			values.append(e.value())
		}
		switch elements := n.elements("*"); {
		case !b.Take(8 * elementCost):
		case len(elements) == 0:
			note("complete", n.ownText())
		default:
			note("open", "")
			for _, c := range elements {
				visit(c, level+1)
			}
			note("close", "")
		}
	}
	for _, n := range document.elements("*") {
		visit(n, 1)
	}
	return values, index
}
