package locate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// luaPath notes where require() finds Lua: "/srv/lua/?.lua;;" means every .lua
// below /srv/lua, since a dot in a module's name stands for a slash. Running
// code loads them by name, so that all of them are present.
func (r *nginxReader) luaPath(use nginxUse) {
	for element := range strings.SplitSeq(use.name, ";") {
		if element == "" {
			continue // ";;" is the path that was compiled in
		}
		for _, template := range r.luaTemplates(element) {
			r.luaTemplate(nginxUse{use.directive, element, use.by}, template)
		}
	}
}

// luaTemplates puts the prefixes into an element, where it names $prefix.
func (r *nginxReader) luaTemplates(element string) []string {
	if !strings.Contains(element, "$prefix") && !strings.Contains(element, "${prefix}") {
		return []string{element}
	}
	var templates []string
	for _, prefix := range r.prefixes {
		templates = append(templates, strings.NewReplacer("${prefix}", "/"+prefix, "$prefix", "/"+prefix).Replace(element))
	}
	return templates
}

func (r *nginxReader) luaTemplate(use nginxUse, template string) {
	dir, rest, ok := strings.Cut(template, "?")
	dir = path.Dir(dir + "x") // what stands before "?" may end within a name
	switch {
	case !path.IsAbs(template):
		r.sink.Skip(use.by.File, fmt.Sprintf("line %d: %s %s: taken from the working directory of nginx",
			use.by.Line, use.directive, tree.Printable(use.name)))
		return
	case !ok:
		if r.exists(template) {
			r.loadScript("nginx", template, use.by)
		}
		return
	case dir == "/":
		r.sink.Skip(use.by.File, fmt.Sprintf("line %d: %s %s: stands for the whole machine",
			use.by.Line, use.directive, tree.Printable(use.name)))
		return
	}
	dir = r.codeDir(use, tree.Clean(dir))
	glob := globLiteral(dir) + "/**/*" + globLiteral(rest)
	if strings.HasPrefix(rest, "/") {
		glob = globLiteral(dir) + "/**" + globLiteral(rest)
	}
	for _, name := range r.globAll("nginx", []string{glob}) {
		if r.isFile(name) && below(name, dir) {
			r.module("nginx", name).Name = luaName(strings.TrimPrefix(name, dir+"/"))
		}
	}
}

// luaSuffixes are those of Lua sources, LuaJIT bytecode and native libraries.
var luaSuffixes = []string{".lua", ".ljbc", ".so"}

// luaName is the name by which require() knows a file: resty/core.lua is
// resty.core.
func luaName(name string) string {
	if ext := path.Ext(name); slices.Contains(luaSuffixes, ext) {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.ReplaceAll(name, "/", ".")
}

// luaRoots are the directories within OpenResty from which require() counts.
var luaRoots = []string{"/site/lualib/", "/lualib/", "/share/lua/5.1/", "/lib/lua/5.1/"}

// nameLua gives the modules of OpenResty's Lua trees the names that require()
// has for them: file names such as core.lua occur many times there.
func (s *survey) nameLua() {
	for _, name := range s.glob("nginx", kindModule) {
		for _, root := range luaRoots {
			if _, rest, ok := strings.Cut(name, root); ok && s.isFile(name) {
				s.module("nginx", name).Name = luaName(rest)
				break
			}
		}
	}
}
