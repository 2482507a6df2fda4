package php

import (
	"strings"
)

// A survey is what is known of a script before it is read: where its functions
// and classes are, and where each variable is written.
type survey struct {
	*source
	blocks      []block         // of functions and classes
	begins      map[int32]int32 // which of them a token { begins
	scopes      []scope         // the first is the file's
	functions   map[string]*declaration
	classes     map[string]*classInfo // by their names with the namespace, in lower case
	shortNames  map[string]string     // of classes: the name with the namespace
	onlyMethods map[string]*entry     // methods of which there is one of the name; of others no declaration
	constants   map[string]*fact      // const and define; "class::name" of classes
	members     map[string]*fact      // "$name": properties, static or not

	jumps   bool // there is a goto
	dynamic bool // something is called, or run, whose name is computed
	chooses bool // it includes a file whose name does not stand there
	joins   bool // it puts together an address from its scheme on

	serialized []serialization
	restored   map[string][]value // by the name of a property; see reader.restored
}

// A block is the body of a function or a class.
type block struct {
	scope  int
	class  string // with its namespace, in lower case
	parent string // of the class, as it stands
	body   blockKind
}

type blockKind uint8

const (
	plainBlock blockKind = iota
	functionBlock
	classBlock
)

// A scope holds the variables of a function.
type scope struct {
	outer  int
	class  string           // whose body it is
	params int              // the parenthesis of its parameters, 0 for none
	facts  []*fact          // one by one while they are few
	index  map[string]*fact // of all of them, when they are many
}

// find returns the fact of a variable, nil for none.
func (s *scope) find(name string) *fact {
	if s.index != nil {
		return s.index[name]
	}
	for _, f := range s.facts {
		if f.name == name {
			return f
		}
	}
	return nil
}

func (s *scope) add(f *fact) {
	const few = 12
	s.facts = append(s.facts, f)
	if len(s.facts) < few {
		return
	}
	if s.index == nil {
		s.index = make(map[string]*fact, 2*few)
		for _, f := range s.facts {
			s.index[f.name] = f
		}
	}
	s.index[f.name] = f
}

// A fact is where a variable or a constant gets its values.
type fact struct {
	name   string // of a variable
	scope  int
	writes []int // the tokens at which the values begin
	other  bool  // it is written in another way too
	global bool  // it is the file's variable of this name
	outer  bool  // a closure takes it from the scope around
	home   *code // that a trace ran and that it stands in

	looked bool
	values []value
}

// A declaration is a function of the script.
type declaration struct {
	params, body int   // tokens ( and {; body 0 where there is none
	failures     int   // how often it could not be computed
	home         *code // that a trace ran and that declares it

	looked, decodes bool // see reader.decodes
}

const maxWrites = 8 // values that a variable may have to be looked at

func newSurvey(p *source) *survey {
	s := &survey{
		source: p, begins: make(map[int32]int32, p.functions), blocks: make([]block, 0, p.functions), functions: map[string]*declaration{}, classes: map[string]*classInfo{},
		shortNames: map[string]string{}, onlyMethods: map[string]*entry{},
		constants: map[string]*fact{}, members: map[string]*fact{}, scopes: make([]scope, 1, p.functions+1),
	}
	type open struct {
		at    int
		block block
	}
	stack := []open{{-1, block{}}}
	namespace, includes, computes := "", false, false // the address of what it includes
	for i, t := range p.tokens {
		now := stack[len(stack)-1].block
		switch t.kind {
		case '{':
			if p.match[i] < 0 {
				continue
			}
			block, special := s.block(i)
			if !special {
				block = now
				block.body = plainBlock
			}
			stack = append(stack, open{i, block})
		case '}':
			if len(stack) > 1 && int(p.match[i]) == stack[len(stack)-1].at {
				stack = stack[:len(stack)-1]
			}
		case variableToken:
			s.variable(p, i, now)
		case '(':
			s.dynamic = s.dynamic || p.isDynamic(i)
		case tickToken:
			s.dynamic = true
		case '=':
			s.destructured(p, i, now.scope)
		case nameToken:
			switch t.word {
			case wordNone:
				const name = "unserialize"
				if p.tokens[i+1].kind == '(' && int(t.end-t.start) >= len(name) && len(s.serialized) < maxChoices &&
					strings.TrimPrefix(lower(p.text(i)), `\`) == name {
					s.serialized = append(s.serialized, serialization{now.scope, i + 2})
				}
			case wordNamespace:
				if next := p.tokens[i+1]; next.kind == nameToken {
					namespace = p.text(i+1) + `\`
				} else if next.kind == '{' {
					namespace = ""
				}
			case wordFunction:
				s.function(p, i, now, namespace)
			case wordFn:
				if p.tokens[i+1].kind == '(' {
					s.spoil(p, i+1, now.scope)
				}
			case wordClass, wordInterface, wordTrait, wordEnum:
				s.class(p, i, namespace)
			case wordGoto:
				s.jumps = true
			case wordCase:
				if now.body == classBlock {
					s.enumCase(p, i, now)
				}
			case wordUse:
				if c := s.classes[now.class]; c != nil && now.body == classBlock {
					s.traits(p, i, c)
				} else if now.body != classBlock {
					s.dynamic = s.dynamic || p.renames(i)
				}
			case wordEval:
				s.dynamic = true
			case wordNew: // $this->class, or $class without parentheses
				s.dynamic = s.dynamic || p.tokens[i+1].kind == variableToken && p.tokens[i+2].kind != '(' && p.tokens[i+2].kind != '['
			case wordInclude:
				// include __DIR__ . "/$name.php"
				s.dynamic = s.dynamic || p.tokens[i+1].word == wordMagicDir && p.tokens[i+2].kind == '.' && (p.tokens[i+3].kind == quoteToken || p.tokens[i+4].kind == '.' && p.tokens[i+5].kind == variableToken)
				computes = computes || p.tokens[i+1].kind != stringToken || p.tokens[i+2].kind == '.'
				includes = includes || p.tokens[i+1].kind == variableToken || p.tokens[i+1].kind == '(' && p.tokens[i+2].kind == variableToken ||
					p.tokens[i+1].word == wordMagicDir || p.tokens[i+1].kind == stringToken && p.src[p.tokens[i+1].start+1] == '/'
			case wordGlobal:
				for k := i + 1; p.tokens[k].kind == variableToken; k += 2 {
					if now.scope != 0 {
						s.fact(now.scope, p.text(k)).global = true
					}
				}
			case wordConst:
				s.constant(p, i, now)
			case wordDefine:
				if p.tokens[i+1].kind == '(' && p.tokens[i+2].kind == stringToken && p.tokens[i+3].kind == ',' {
					name := p.text(i + 2)
					name = name[1 : len(name)-1]
					s.note(s.constants, name, 0, i+4)
					if short := name[strings.LastIndexByte(name, '\\')+1:]; short != name {
						s.note(s.constants, short, 0, i+4)
					}
				}
			}
		}
	}
	s.chooses, s.joins = computes, p.joinsAddress()
	s.dynamic = s.dynamic || includes && p.writesFiles() || computes && p.unpacksSources() || s.extendsOpening() || s.opensJoined(computes)
	return s
}

// begin notes the block that a token begins.
func (s *survey) begin(at int, b block) {
	s.begins[int32(at)] = int32(len(s.blocks))
	s.blocks = append(s.blocks, b)
}

// block returns the function or the class that a token begins.
func (s *survey) block(at int) (block, bool) {
	if i, ok := s.begins[int32(at)]; ok {
		return s.blocks[i], true
	}
	return block{}, false
}

func (s *survey) fact(scope int, name string) *fact {
	f := s.scopes[scope].find(name)
	if f == nil {
		f = &fact{name: name, scope: scope, other: s.isParameter(scope, name)}
		s.scopes[scope].add(f)
	}
	return f
}

// isParameter tells whether a variable is a parameter, which is written in a way
// that is not followed.
func (s *survey) isParameter(scope int, name string) bool {
	const most = 256 // tokens that are looked at
	open := s.scopes[scope].params
	if open == 0 {
		return false
	}
	end := int(s.match[open])
	for k := open + 1; k < end; k++ {
		if s.tokens[k].kind == variableToken && s.text(k) == name || k > open+most {
			return true
		}
	}
	return false
}

func (s *survey) note(facts map[string]*fact, name string, scope, value int) {
	f := facts[name]
	if f == nil {
		f = &fact{scope: scope}
		facts[name] = f
	}
	f.write(value)
}

func (f *fact) write(value int) {
	if len(f.writes) == maxWrites {
		f.other = true
		return
	}
	f.writes = append(f.writes, value)
}

// spoil says of every variable between brackets that it is written in a way that
// is not followed.
func (s *survey) spoil(p *source, open, scope int) {
	for k := open + 1; k < int(p.match[open]) && p.step(); k++ {
		if p.tokens[k].kind == variableToken {
			s.fact(scope, p.text(k)).other = true
		}
	}
}

// variable notes what is done with the variable at a token.
func (s *survey) variable(p *source, i int, now block) {
	name := p.text(i)
	before, next := endToken, p.tokens[i+1].kind
	if i > 0 {
		before = p.tokens[i-1].kind
	}
	if c := s.classes[now.class]; c != nil && now.body == classBlock && before != colonsToken && before != doubleArrowToken {
		q := property{name: name, at: i}
		if next == '=' {
			q.value = i + 2
		}
		c.properties = append(c.properties, q)
	}
	if now.body == classBlock || before == colonsToken {
		if next == '=' {
			s.note(s.members, name, now.scope, i+2)
		}
		return
	}
	if name == "$this" {
		if next == arrowToken && p.tokens[i+2].kind == varNameToken && isAssignment(p.tokens[i+3].kind) {
			member := "$" + p.text(i+2)
			if p.tokens[i+3].kind == '=' {
				s.note(s.members, member, now.scope, i+4)
			} else {
				s.note(s.members, member, now.scope, 0)
				s.members[member].other = true
			}
		}
		return
	}
	if next == arrowToken && p.tokens[i+2].kind == varNameToken && isAssignment(p.tokens[i+3].kind) { // of another object, which may be one of the class
		member := "$" + p.text(i+2)
		s.note(s.members, member, now.scope, 0)
		s.members[member].other = true
	}
	if name == "$GLOBALS" && next == '[' && p.tokens[i+2].kind == stringToken && p.tokens[i+3].kind == ']' {
		if key := p.text(i + 2); p.tokens[i+4].kind == '=' {
			s.fact(0, "$"+key[1:len(key)-1]).writeIn(now.scope, i+5)
		}
		return
	}
	switch {
	case next == '=' && p.tokens[i+2].kind == '&', next == dotAssignToken, next == otherAssignToken, next == incrementToken, next == decrementToken,
		before == '&', before == incrementToken, before == decrementToken, i > 0 && p.tokens[i-1].word == wordAs,
		before == doubleArrowToken && i > 2 && p.tokens[i-3].word == wordAs:
		s.fact(now.scope, name).other = true
	case next == '=':
		s.fact(now.scope, name).write(i + 2)
	case next == '[' && p.match[i+1] > 0 && isAssignment(p.tokens[p.match[i+1]+1].kind):
		s.fact(now.scope, name).other = true
	}
}

// writeIn is write from another scope.
func (f *fact) writeIn(scope, value int) {
	if scope != f.scope && len(f.writes) > 0 {
		f.other = true
		return
	}
	f.scope = scope
	f.write(value)
}

func isAssignment(k tokenKind) bool { return k == '=' || k == dotAssignToken || k == otherAssignToken }

// destructured spoils the variables of list($a, $b) = and [$a, $b] =.
func (s *survey) destructured(p *source, i, scope int) {
	if i == 0 || p.match[i-1] < 0 {
		return
	}
	open := int(p.match[i-1])
	switch p.tokens[i-1].kind {
	case ')':
		if open > 0 && p.tokens[open-1].word == wordList {
			s.spoil(p, open, scope)
		}
	case ']':
		if !p.isElement(open) {
			s.spoil(p, open, scope)
		}
	}
}

// isElement tells the bracket of $a[0] from that of [$a, $b], which may follow a block
// or a condition.
func (p *source) isElement(open int) bool {
	if open == 0 {
		return false
	}
	switch t := p.tokens[open-1]; t.kind {
	case variableToken, ']', varNameToken, stringToken:
		return true
	case nameToken:
		return t.word == wordNone || open > 1 && p.tokens[open-2].kind == colonsToken
	case ')', '}':
		begin := int(p.match[open-1])
		if begin < 1 {
			return t.kind == ')'
		}
		before := p.tokens[begin-1]
		switch before.word {
		case wordIf, wordElseIf, wordWhile, wordFor, wordForeach, wordSwitch, wordElse, wordDo:
			return false
		}
		if t.kind == ')' {
			return true
		}
		return before.kind == '$' || before.kind == arrowToken || before.kind == nullArrowToken || before.kind == colonsToken
	}
	return false
}
