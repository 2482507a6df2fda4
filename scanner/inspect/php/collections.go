package php

import (
	"slices"
	"strconv"
	"strings"
)

// collections are the classes of PHP that hold elements.
var collections = map[string]bool{
	"arrayobject": true, "arrayiterator": true, "splstack": true, "splqueue": true, "spldoublylinkedlist": true, "splfixedarray": true,
	"iteratoriterator": true, "recursivearrayiterator": true, "splpriorityqueue": true, "splmaxheap": true, "splminheap": true,
	"generator": true, "limititerator": true, "cachingiterator": true, "norewinditerator": true, "infiniteiterator": true, "appenditerator": true,
	"recursiveiteratoriterator": true, "splobjectstorage": true, "weakmap": true, "callbackfilteriterator": true, "regexiterator": true,
	"multipleiterator": true, "splheap": true, "filteriterator": true, "recursivefilteriterator": true, "parentiterator": true,
}

// fileObject is the class of a file that is read line by line.
const fileObject = "splfileobject"

// collect gives an object of a collection, or of a document, its elements.
func (r *reader) collect(o *object) {
	r.document(o)
	if o.class == fileObject && len(o.args) > 0 {
		text := r.ownText("file_get_contents", []argument{{value: o.args[0]}})
		if held, ok := r.held(o.args[0]); ok && !text.known() {
			text = value{kind: stringKind, s: held, computed: true, decoded: true}
		}
		if text.known() {
			o.properties["text"], o.properties["whole"] = text, text
		} else {
			o.properties["text"] = marked(r.passed("fopen", []argument{{value: o.args[0]}}) & (fromFile | fromInput))
		}
	}
	if directoryClasses[o.class] && len(o.args) > 0 {
		r.goOver(o)
	}
	if !collections[r.builtinClass(o.class)] {
		return
	}
	o.elements = newArray(0)
	if len(o.args) > 0 {
		if in := r.iterated(o.args[0]); in != nil {
			o.elements = in.clone()
		}
		o.elements.addListed(o.args[0].marks)
	}
	switch n := int64(len(o.elements.values)); {
	case o.class == "limititerator" && len(o.args) > 1:
		if from, to, ok := offsets(o.args[1:min(len(o.args), 3)], n); ok {
			o.elements = sliced(o.elements, int(from), int(to), true).array
		}
	case o.class == "callbackfilteriterator" && len(o.args) > 1:
		kept := newArray(0)
		kept.addListed(o.elements.more)
		for i, v := range o.elements.values {
			k := o.elements.key(i)
			if truth, known := r.invokeValue(o.args[1], []argument{{value: v}, {value: k.value()}}, 0).truth(); truth || !known {
				kept.set(k, v)
			}
		}
		o.elements = kept
	case o.class == "regexiterator" && len(o.args) == 2:
		pattern, ok := o.args[1].text()
		o.elements = rebuilt(o.elements, func(k arrayKey, v value) (arrayKey, value, bool) {
			text, known := v.text()
			re := expression(r.budget, pattern, text)
			return k, v, !ok || !known || re == nil || re.FindStringSubmatchIndex(text) != nil
		}).array
	case o.class == "recursiveiteratoriterator":
		flat := newArray(0)
		r.flatten(o.elements, flat, 0)
		o.elements = flat
	}
}

// builtinClass is the class of PHP that a class is, or extends.
func (r *reader) builtinClass(class string) string {
	if r.survey.classNamed(class) == nil {
		return class
	}
	r.survey.ancestors(class, func(c *classInfo, _ string) bool {
		if len(c.parents) > 0 && r.survey.classNamed(c.parents[0]) == nil {
			class = lower(strings.TrimPrefix(c.parents[0], `\`))
		}
		return true
	})
	return class
}

// flatten appends the elements of an array, and of the arrays in it, to another.
func (r *reader) flatten(in, out *array, depth int) {
	for _, v := range in.values {
		if !r.budget.Take(elementCost) || depth > maxCalls {
			return
		}
		if inner := elementsOf(v); inner != nil {
			r.flatten(inner, out, depth+1)
			continue
		}
		out.append(v)
	}
}

// elementsOf are the elements of an array or of a collection; nil for none.
func elementsOf(v value) *array {
	if v.kind == arrayKind {
		return v.array
	}
	if o := v.object(); o != nil {
		return o.elements
	}
	return nil
}

func (r *reader) collectionMethod(o *object, name string, arg func(int) value, open int) (value, bool) {
	all := o.elements
	element := func(i int) value {
		if i < 0 {
			i += len(all.values)
		}
		if i < 0 || i >= len(all.values) {
			return value{}
		}
		return o.extracted(i)
	}
	without := func(i int) {
		if n := len(all.values); n > 0 && r.budget.Take(elementCost*n) {
			if i == 0 {
				o.ranks = o.ranks[min(1, len(o.ranks)):]
				o.elements = sliced(all, 1, n, false).array
			} else {
				o.elements = sliced(all, 0, n-1, false).array
			}
		}
	}
	lifo := o.lastFirst(r.builtinClass(o.class))
	switch name {
	case "compare": // of a heap
		if n, ok := ordered(arg(0), arg(1)); ok {
			if r.builtinClass(o.class) == "splminheap" {
				n = -n
			}
			return integerValue(int64(n)), true
		}
	case "setextractflags", "setiteratormode":
		o.properties[name] = arg(0)
		return arg(0), true
	case "getreturn":
		return o.properties["return"], true
	case "throw":
		if r.trace.thrown = arg(0); o.send != nil {
			return o.send(value{}), true
		}
	case "send":
		if o.send != nil {
			return o.send(arg(0)), true
		}
		return element(0), true
	case "current", "rewind", "extract", "dequeue", "shift", "bottom":
		v := element(0)
		if lifo && (name == "current" || name == "rewind") {
			v = element(-1)
		}
		if name == "dequeue" || name == "shift" || name == "extract" {
			without(0)
		}
		return v, true
	case "next":
		without(0)
		return value{}, true
	case "pop":
		v := element(-1)
		without(-1)
		return v, true
	case "top":
		if lifo {
			return element(-1), true
		}
		return element(0), true
	case "key":
		if len(all.values) > 0 {
			return all.key(0).value(), true
		}
	case "valid":
		return boolValue(len(all.values) > 0), true
	case "count":
		return integerValue(int64(len(all.values))), true
	case "isempty":
		return boolValue(len(all.values) == 0), true
	case "ksort", "asort", "natsort", "natcasesort":
		flags, _ := arg(0).number()
		if v := sorted(r.budget, name, all, orderOf(name, flags)); v.kind == arrayKind {
			o.elements = v.array
		}
	case "attachiterator":
		if in := r.iterated(arg(0)); in != nil && o.class == "multipleiterator" && r.budget.Take(elementCost*len(in.values)) {
			for i, v := range in.values {
				row := newArray(1)
				if i < len(all.values) && all.values[i].kind == arrayKind {
					row = all.values[i].array.clone()
				}
				flags := value{}
				if len(o.args) > 0 {
					flags = o.args[0]
				}
				const byKeys = 2 // MIT_KEYS_ASSOC
				if k, ok := keyOf(arg(1)); ok && arg(1).known() && flags.n&byKeys != 0 {
					row.set(k, v)
				} else {
					row.append(v)
				}
				all.set(arrayKey{n: int64(i)}, row.value())
			}
		}
	case "uasort", "uksort":
		r.saw(open, arg(0))
		if v := sorted(r.budget, name, all, inOrderOf(func(x, y value) value {
			return r.invokeValue(arg(0), []argument{{value: x}, {value: y}}, open)
		})); v.kind == arrayKind && len(all.values) > 1 {
			o.elements = v.array
			return boolValue(true), true
		}
		if len(all.values) > 1 {
			x, y := all.values[0], all.values[1]
			if name == "uksort" {
				x, y = all.key(0).value(), all.key(1).value()
			}
			r.invokeValue(arg(0), []argument{{value: x}, {value: y}}, open)
		}
	case "push", "enqueue", "append", "insert", "attach", "add":
		if in := r.iterated(arg(0)); in != nil && o.class == "appenditerator" {
			r.flatten(in, all, maxCalls)
			return value{}, true
		}
		if o.class == objectStorage {
			r.attach(o, arg(0), arg(1))
			break
		}
		if of := r.builtinClass(o.class); of == "splpriorityqueue" || strings.HasSuffix(of, "heap") {
			r.insert(o, arg(0), arg(1))
			break
		}
		if at, ok := arg(0).number(); ok && name == "add" && at >= 0 && at <= int64(len(all.values)) && r.budget.Take(elementCost*(1+len(all.values))) {
			o.elements = relisted(&array{values: slices.Insert(slices.Clone(all.values), int(at), arg(1))}, func(_ arrayKey, v value) value { return v }).array
			break
		}
		if r.budget.Take(elementCost) {
			all.append(arg(0))
		}
	case "unshift":
		if in := foldArrayMerge(r.budget, []value{relisted(&array{values: []value{arg(0)}}, func(_ arrayKey, v value) value { return v }), all.value()}); in.kind == arrayKind {
			o.elements = in.array
		}
	case "getinfo":
		return o.properties[offset(element(0)).s], true
	case "setinfo":
		o.properties[offset(element(0)).s] = arg(0)
	case "offsetset", "setvalue":
		if o.class == objectStorage {
			r.attach(o, arg(0), arg(1))
			break
		}
		if k, ok := keyOf(offset(arg(0))); ok && r.budget.Take(elementCost) {
			all.set(k, arg(1))
		}
	case "offsetget", "item", "getnameditem":
		if arg(0).kind == intKind && name == "item" && !all.isList() {
			return element(int(arg(0).n)), true
		}
		if o.class == objectStorage {
			return o.properties[offset(arg(0)).s], true
		}
		return all.value().element(offset(arg(0))), true
	case "toarray", "getarraycopy", "getcache":
		return all.clone().value(), true
	case "getiterator":
		return objectValue(o), true
	}
	return value{}, true
}

// objectStorage is a collection of objects, each with what is said of it.
const objectStorage = "splobjectstorage"

// attach puts an object into such a collection.
func (r *reader) attach(to *object, o, data value) {
	if key := offset(o); key.kind == stringKind && to.elements != nil && r.budget.Take(elementCost) {
		to.elements.set(arrayKey{s: "s" + key.s}, o)
		to.properties[key.s] = data
	}
}

// extracted is an element as the flags of a queue with priorities say: itself, its
// priority or both.
func (o *object) extracted(i int) value {
	const priority, both = 2, 3
	v := o.elements.values[i]
	if flags := o.properties["setextractflags"].n; i < len(o.ranks) && flags == priority {
		return o.ranks[i]
	} else if i < len(o.ranks) && flags == both {
		pair := newArray(2)
		pair.set(arrayKey{s: "sdata"}, v)
		pair.set(arrayKey{s: "spriority"}, o.ranks[i])
		return pair.value()
	}
	return v
}

// lastFirst tells whether a list is gone over from its end: a stack, or one that was told to.
func (o *object) lastFirst(class string) bool {
	const lifo = 2 // IT_MODE_LIFO
	return class == "splstack" || o.properties["setiteratormode"].n&lifo != 0
}

// insert puts a value in its place in a heap or a queue with priorities.
func (r *reader) insert(o *object, v, priority value) {
	if !r.budget.Take(elementCost * (1 + len(o.elements.values))) {
		return
	}
	rank := v
	if r.builtinClass(o.class) == "splpriorityqueue" {
		rank = priority
	}
	at := 0
	own, of := r.survey.method(o.class, "compare")
	for at < len(o.ranks) {
		n, ok := ordered(o.ranks[at], rank)
		if r.builtinClass(o.class) == "splminheap" {
			n = -n
		}
		if own != nil {
			order, known := r.runMethod(own, of, o, []argument{{value: o.ranks[at]}, {value: rank}}).number()
			n, ok = int(order), known
		}
		if ok && n < 0 {
			break
		}
		at++
	}
	at = min(at, len(o.elements.values))
	o.ranks = slices.Insert(o.ranks, at, rank)
	o.elements = &array{values: slices.Insert(slices.Clone(o.elements.values), at, v), next: int64(len(o.elements.values) + 1)}
}

// offset is what an object is as a key of a WeakMap or an SplObjectStorage; every
// other value is a key itself.
func offset(key value) value {
	if o := key.object(); o != nil {
		return stringValue("object " + strconv.Itoa(o.number))
	}
	return key
}
