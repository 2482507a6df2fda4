package php

import (
	"bytes"
	"encoding/xml"
	"plugvet/scanner/inspect/script"
	"strings"
)

// foldXML is the text of a document, or an array where it has attributes or
// elements within.
func foldXML(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(8*len(s[0])) {
		return value{}
	}
	d := xml.NewDecoder(strings.NewReader(s[0]))
	var stack []*array
	var names []string
	var text bytes.Buffer
	for {
		t, err := d.Token()
		if err != nil || !b.Take(elementCost) || len(stack) > script.MaxNesting {
			return value{}
		}
		switch t := t.(type) {
		case xml.StartElement:
			e := newArray(0)
			for _, at := range t.Attr {
				k, _ := keyOf(stringValue(at.Name.Local))
				e.set(k, stringValue(at.Value))
			}
			stack, names = append(stack, e), append(names, t.Name.Local)
			text.Reset()
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			n := len(stack) - 1
			v := stack[n].value()
			if len(v.array.values) == 0 {
				v = stringValue(text.String())
			}
			if n == 0 {
				return v
			}
			k, _ := keyOf(stringValue(names[n]))
			stack[n-1].set(k, v)
			stack, names = stack[:n], names[:n]
			text.Reset()
		}
	}
}
