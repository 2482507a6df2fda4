package php

import (
	"encoding/xml"
	"strings"
)

// saxHandlers are what xml_parse calls for the parts of a document.
type saxHandlers struct{ start, end, text value }

// documentHandlers sets them: those of elements, or the one of text.
func (t *trace) documentHandlers(args []argument) {
	switch len(args) {
	case 2:
		t.ofParser.text = args[1].value
	case 3:
		t.ofParser.start, t.ofParser.end = args[1].value, args[2].value
	}
}

// parseEvents is xml_parse of a constant document.
func (r *reader) parseEvents(text string, parser value, open int) {
	const most = 1 << 10 // parts
	if !r.budget.Take(8 * len(text)) {
		return
	}
	handlers := r.trace.ofParser
	call := func(f value, args ...value) {
		given := []argument{{value: parser}}
		for _, v := range args {
			given = append(given, argument{value: v})
		}
		r.invokeValue(f, given, open)
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	for range most {
		t, err := d.Token()
		if err != nil || !r.budget.Take(elementCost) || r.trace.fuel < 0 {
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			attributes := newArray(len(t.Attr))
			for _, a := range t.Attr {
				attributes.set(arrayKey{s: "s" + strings.ToUpper(a.Name.Local)}, stringValue(a.Value))
			}
			call(handlers.start, stringValue(strings.ToUpper(t.Name.Local)), attributes.value())
		case xml.EndElement:
			call(handlers.end, stringValue(strings.ToUpper(t.Name.Local)))
		case xml.CharData:
			call(handlers.text, stringValue(string(t)))
		}
	}
}
