package php

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"path"
	"strings"

	"plugvet/scanner/inspect/script"
)

// parsedQuery is what parse_str makes of a query.
func parsedQuery(b *script.Budget, s string) value {
	if !b.Take(4 * len(s)) {
		return value{}
	}
	out := newArray(0)
	for part := range strings.SplitSeq(s, "&") {
		name, text, _ := strings.Cut(part, "=")
		decode := func(s string) string { return script.DecodePercent(strings.ReplaceAll(s, "+", " ")) }
		name, v := decode(name), stringValue(decode(text))
		if !b.Take(elementCost) || name == "" {
			continue
		}
		if !setNested(b, out, name, v) {
			return value{}
		}
	}
	return out.value()
}

// setNested sets what a[b][] leads to, as the request does; what is no part of a name of
// a variable is an underscore in its first part.
func setNested(b *script.Budget, in *array, name string, v value) bool {
	const deepest = 16
	name = strings.TrimLeft(name, " ")
	first, rest, nested := strings.Cut(name, "[")
	if nested && !strings.Contains(rest, "]") {
		first, rest, nested = strings.Replace(name, "[", "_", 1), "", false
	}
	k, _ := keyOf(stringValue(strings.NewReplacer(".", "_", " ", "_").Replace(first)))
	for depth := 0; nested && depth < deepest; depth++ {
		i := in.find(k)
		if !b.Take(elementCost) {
			return false
		}
		if i < 0 || in.values[i].kind != arrayKind {
			in.set(k, newArray(0).value())
			i = in.find(k)
		}
		in = in.values[i].array
		var index string
		index, rest, _ = strings.Cut(rest, "]")
		if k = (arrayKey{n: in.next}); index != "" {
			k, _ = keyOf(stringValue(index))
		}
		rest, nested = strings.CutPrefix(rest, "[")
	}
	in.set(k, v)
	return true
}

func foldQuery(b *script.Budget, a []value) value {
	in := arrayArgument(b, a, 0)
	if in == nil || len(a) > 1 {
		return value{}
	}
	parts, ok := queryParts(b, nil, "", in, 0)
	if !ok {
		return value{}
	}
	return stringValue(strings.Join(parts, "&"))
}

// queryParts appends name=value for each element of an array, and of the arrays in it.
func queryParts(b *script.Budget, parts []string, prefix string, in *array, depth int) ([]string, bool) {
	if depth > maxCalls || !b.Take(elementCost*len(in.values)) {
		return nil, false
	}
	for i, v := range in.values {
		k, _ := in.key(i).value().text()
		if prefix != "" {
			k = prefix + "[" + k + "]"
		}
		s, ok := v.text()
		switch {
		case v.kind == arrayKind:
			if parts, ok = queryParts(b, parts, k, v.array, depth+1); !ok {
				return nil, false
			}
			continue
		case !ok || !b.Take(3*(len(k)+len(s))):
			return nil, false
		}
		parts = append(parts, textCall("urlencode", k).s+"="+textCall("urlencode", s).s)
	}
	return parts, true
}

// foldParseURL cuts an address as parse_url does. Of a component only the number is
// known, not its name.
func foldParseURL(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	out := newArray(0)
	set := func(name, text string, there bool) {
		if there {
			out.set(arrayKey{s: "s" + name}, stringValue(text))
		}
	}
	rest, fragment, hasFragment := strings.Cut(s[0], "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	scheme, after, hasScheme := strings.Cut(rest, ":")
	if hasScheme && isName(strings.Map(func(c rune) rune {
		if c == '+' || c == '-' || c == '.' {
			return '_'
		}
		return c
	}, scheme)) {
		set("scheme", scheme, true)
		rest = after
	}
	if host, ok := strings.CutPrefix(rest, "//"); ok {
		at := strings.IndexByte(host, '/')
		if at < 0 {
			at = len(host)
		}
		host, rest = host[:at], host[at:]
		if i := strings.LastIndexByte(host, '@'); i >= 0 {
			user, pass, hasPass := strings.Cut(host[:i], ":")
			set("user", user, true)
			set("pass", pass, hasPass)
			host = host[i+1:]
		}
		name, port, hasPort := strings.Cut(host, ":")
		set("host", name, name != "")
		set("port", port, hasPort)
	}
	set("path", rest, rest != "")
	set("query", query, hasQuery)
	set("fragment", fragment, hasFragment)
	if len(a) > 1 {
		if n, ok := a[1].number(); ok && n >= 0 {
			names := []string{"scheme", "host", "port", "user", "pass", "path", "query", "fragment"}
			if n >= int64(len(names)) {
				return value{}
			}
			return out.value().element(stringValue(names[n]))
		}
	}
	return out.value()
}

func foldPathinfo(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	base := baseName(s[0])
	extension := path.Ext(base)
	parts := map[int64][2]string{1: {"dirname", dirName(s[0])}, 2: {"basename", base},
		4: {"extension", strings.TrimPrefix(extension, ".")}, 8: {"filename", strings.TrimSuffix(base, extension)}}
	if len(a) > 1 {
		n, _ := a[1].number()
		p, ok := parts[n]
		if !ok {
			return value{}
		}
		return stringValue(p[1])
	}
	out := newArray(0)
	for _, n := range []int64{1, 2, 4, 8} {
		out.set(arrayKey{s: "s" + parts[n][0]}, stringValue(parts[n][1]))
	}
	return out.value()
}

func foldLongToIP(_ *script.Budget, a []value) value {
	return ofNumber(a, func(n int64) value {
		return stringValue(fmt.Sprintf("%d.%d.%d.%d", byte(n>>24), byte(n>>16), byte(n>>8), byte(n)))
	})
}

func foldIPToLong(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	address, err := netip.ParseAddr(s[0])
	if err != nil || !address.Is4() {
		return value{}
	}
	bytes := address.As4()
	return integerValue(int64(binary.BigEndian.Uint32(bytes[:])))
}

func foldInet(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	address, ok := netip.AddrFromSlice([]byte(s[0]))
	if !ok {
		return boolValue(false)
	}
	return stringValue(address.String())
}
