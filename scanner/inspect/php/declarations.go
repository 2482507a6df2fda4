package php

import (
	"strconv"
	"strings"
)

// function notes the function whose keyword stands at a token, in a namespace as it is
// spelled.
func (s *survey) function(p *source, i int, now block, namespace string) {
	if i > 0 && (p.tokens[i-1].word == wordUse || p.tokens[i-1].kind == colonsToken) {
		return
	}
	k := i + 1
	if p.tokens[k].kind == '&' {
		k++
	}
	name := ""
	if p.tokens[k].kind == nameToken || p.tokens[k].kind == varNameToken {
		name = lower(p.text(k))
		k++
	}
	if p.tokens[k].kind != '(' || p.match[k] < 0 {
		return
	}
	d := &declaration{params: k}
	s.scopes = append(s.scopes, scope{outer: now.scope, params: k})
	scope := len(s.scopes) - 1
	k = int(p.match[k]) + 1
	if p.tokens[k].word == wordUse && p.tokens[k+1].kind == '(' && p.match[k+1] > 0 {
		for j := k + 2; j < int(p.match[k+1]); j++ {
			if p.tokens[j].kind == variableToken {
				s.fact(scope, p.text(j)).outer = true
			}
		}
		k = int(p.match[k+1]) + 1
	}
	const longest = 64 // tokens of a type
	for end := k + longest; k < end && p.tokens[k].kind != '{' && p.tokens[k].kind != ';' && p.tokens[k].kind != endToken; k++ {
	}
	if p.tokens[k].kind == '{' && p.match[k] > 0 {
		d.body = k
		s.begin(k, block{scope: scope, class: now.class, parent: now.parent, body: functionBlock})
	}
	switch c := s.classes[now.class]; {
	case name == "":
	case now.body != classBlock:
		s.functions[lower(namespace)+name] = d
	case c != nil:
		c.methods[name] = d
		if s.onlyMethods[name] == nil {
			s.onlyMethods[name] = &entry{now.class, name, d}
		} else {
			s.onlyMethods[name].class = ""
		}
	}
}

// class notes the class whose keyword stands at a token, in a namespace as it is spelled.
func (s *survey) class(p *source, i int, namespace string) {
	if i > 0 && p.tokens[i-1].kind == colonsToken {
		return
	}
	b := block{body: classBlock}
	k := i + 1
	switch {
	case p.tokens[k].kind == nameToken && p.tokens[k].word != wordExtends && p.tokens[k].word != wordImplements:
		b.class = lower(namespace) + lower(p.text(k))
		k++
	case p.tokens[i].word != wordClass:
		return
	default:
		b.class = anonymous(i)
	}
	c := &classInfo{full: b.class, at: i, methods: map[string]*declaration{}, trait: p.tokens[i].word == wordTrait}
	if p.tokens[i+1].kind == nameToken {
		c.name = namespace + p.text(i+1)
	}
	if p.tokens[k].kind == '(' && p.match[k] > 0 {
		k = int(p.match[k]) + 1 // of an anonymous class
	}
	const longest = 100 // tokens between the name and the body
	for end := k + longest; k < end; k++ {
		t := p.tokens[k]
		if (t.word == wordExtends || t.word == wordImplements) && p.tokens[k+1].kind == nameToken {
			if t.word == wordExtends {
				b.parent, c.extends = p.text(k+1), true
			}
			for j := k + 1; p.tokens[j].kind == nameToken; j += 2 {
				c.parents = append(c.parents, strings.TrimPrefix(lower(p.text(j)), `\`))
				if p.tokens[j+1].kind != ',' {
					break
				}
			}
		}
		if t.kind == '{' {
			break
		}
		if t.kind == ';' || t.kind == endToken {
			return
		}
	}
	if p.tokens[k].kind != '{' {
		return
	}
	s.scopes = append(s.scopes, scope{class: b.class})
	b.scope = len(s.scopes) - 1
	s.begin(k, b)
	s.classes[b.class] = c
	if c.name != "" {
		s.shortNames[lower(p.text(i+1))] = b.class
	}
}

const anonymousPrefix = "class@"

// anonymous is the name of a class that has none, by the token of its keyword.
func anonymous(at int) string { return anonymousPrefix + strconv.Itoa(at) }

// enumCase notes "case A = 'x';" of an enumeration.
func (s *survey) enumCase(p *source, i int, now block) {
	c := s.classes[now.class]
	if k := p.tokens[i+1].kind; c == nil || k != nameToken && k != varNameToken {
		return
	}
	name := p.text(i + 1)
	c.cases = append(c.cases, name)
	if p.tokens[i+2].kind == '=' {
		s.note(s.constants, now.class+"::"+name, now.scope, i+3)
	}
}

// constant notes "const A = 1, B = 2".
func (s *survey) constant(p *source, i int, now block) {
	k := i + 1
	for p.tokens[k].kind == nameToken && p.tokens[k+1].kind != '=' && k < i+8 {
		k++ // its type
	}
	for (p.tokens[k].kind == nameToken || p.tokens[k].kind == varNameToken) && p.tokens[k+1].kind == '=' {
		name := p.text(k)
		if now.body == classBlock {
			if c := s.classes[now.class]; c != nil {
				c.constants = append(c.constants, name)
			}
			name = now.class + "::" + name
		}
		s.note(s.constants, name, now.scope, k+2)
		for k += 2; p.step(); k++ {
			kind := p.tokens[k].kind
			if m := p.match[k]; m > int32(k) {
				k = int(m)
				continue
			}
			if kind == ',' || kind == ';' || kind == endToken {
				break
			}
		}
		if p.tokens[k].kind != ',' {
			return
		}
		k++
	}
}

// traits notes "use A, B { a as b; }" of a class.
func (s *survey) traits(p *source, i int, c *classInfo) {
	k := i + 1
	for ; p.tokens[k].kind == nameToken; k += 2 {
		c.parents = append(c.parents, strings.TrimPrefix(lower(p.text(k)), `\`))
		if p.tokens[k+1].kind != ',' {
			k++
			break
		}
	}
	if p.tokens[k].kind != '{' || p.match[k] < 0 {
		return
	}
	for end := int(p.match[k]); k < end && p.step(); k++ {
		if p.tokens[k].word != wordAs || p.tokens[k-1].kind != nameToken && p.tokens[k-1].kind != varNameToken {
			continue
		}
		alias := k + 1
		if p.tokens[alias].word == wordModifier && p.tokens[alias+1].kind == nameToken {
			alias++
		}
		if c.aliases == nil {
			c.aliases = map[string]string{}
		}
		c.aliases[lower(p.text(alias))] = lower(p.text(k - 1))
	}
}
