package php

import (
	"encoding/xml"
	"strings"
)

// saxHandlers are what xml_parse calls for the parts of a document.
type saxHandlers struct{ start, end, text, instruction, other value }

// documentHandlers sets them by one of PHP's functions; elements have two.
func (t *trace) documentHandlers(function string, args []argument) {
	of := &t.ofParser
	set := map[string][]*value{
		"xml_set_element_handler":                {&of.start, &of.end},
		"xml_set_character_data_handler":         {&of.text},
		"xml_set_processing_instruction_handler": {&of.instruction},
		"xml_set_default_handler":                {&of.other},
	}[function]
	for i, handler := range set {
		if i+1 < len(args) {
			*handler = args[i+1].value
		}
	}
}

// parseEvents is xml_parse of a document, as far as it is known.
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
		case xml.ProcInst:
			if t.Target != "xml" {
				call(handlers.instruction, stringValue(t.Target), stringValue(string(t.Inst)))
			}
		case xml.Comment:
			call(handlers.other, stringValue("<!--"+string(t)+"-->"))
		}
	}
}
