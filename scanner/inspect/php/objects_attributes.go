package php

import (
	"slices"
	"strings"
)

// attributes are those before what stands at a token, in their order: #[A, B('x')] #[C].
func (r *reader) attributes(at int) value {
	out := newArray(0)
	r.inNamespaceOf(at)
	for _, open := range r.attributeGroups(at) {
		end := int(r.match[open])
		for k := open + 1; k < end && r.tokens[k].kind == nameToken && r.step(); k++ { // behind the comma
			name, given := stringValue(r.typeName(k)), newArray(0).value()
			if k++; r.tokens[k].kind == '(' && r.match[k] > 0 {
				r.at = k
				given = listed(r.tracedArguments())
				k = r.at
			}
			out.append(objectValue(&object{class: "reflectionattribute", properties: map[string]value{}, args: []value{name, given}}))
		}
	}
	return out.value()
}

// attributeGroups are the tokens #[ before what stands at a token. Modifiers and a type
// may stand between.
func (r *reader) attributeGroups(at int) (groups []int) {
	const most = 64 // tokens, and groups
	for k := at - 1; k >= 0 && k > at-most && len(groups) < most; k-- {
		switch r.tokens[k].kind {
		case nameToken, '|', '&', '?', ellipsisToken:
		case ')', ']':
			open := int(r.match[k])
			if open >= 0 && r.tokens[open].kind == attributeToken {
				groups = append(groups, open)
				at -= k - open // however long it is
			}
			k = open
		default:
			k = -1
		}
	}
	slices.Reverse(groups)
	return groups
}

// attributesOf are those of attributes that getAttributes is asked for: of a class, or
// with a flag of one that extends it.
func (r *reader) attributesOf(all value, args []argument) value {
	const instanceOf = 2 // ReflectionAttribute::IS_INSTANCEOF
	if len(args) == 0 || args[0].value.kind != stringKind {
		return all
	}
	wanted := strings.TrimPrefix(lower(args[0].value.s), `\`)
	flags, _ := arguments(args).number(1)
	out := newArray(0)
	for _, v := range valuesWithin(all) {
		if !r.budget.Take(elementCost) {
			break
		}
		o := v.object()
		if o == nil || o.class != "reflectionattribute" {
			continue
		}
		class := lower(o.args[0].s)
		if class == wanted || flags&instanceOf != 0 && r.extends(class, wanted) {
			out.append(v)
		}
	}
	return out.value()
}
