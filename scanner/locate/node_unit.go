package locate

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// nodePrograms run JavaScript of the place where they are started.
var nodePrograms = []string{
	"node", "nodejs", "bun", "deno", "npm", "npx", "yarn", "pnpm", "pm2", "pm2-runtime", "tsx", "ts-node", "nodemon", "next",
}

// unit reads what a service has Node.js load before its script: libraries of the
// dynamic linker, NODE_OPTIONS, options on the command line, and NODE_PATH
// (nodejs.org/api/cli.html, nodejs.org/api/modules.html).
func (n *node) unit(s *survey, u unit) {
	s.preloads("node", u.env)
	for _, v := range u.env {
		switch v.name {
		case "NODE_OPTIONS":
			n.options(s, u, v.name, splitWords(v.value), v.by)
		case "NODE_PATH":
			for _, dir := range strings.Split(v.value, ":") {
				n.nodePath(s, dir, v.by)
			}
		}
	}
	for _, c := range u.commands {
		n.options(s, u, c.key, c.words[1:], c.by)
	}
}

// nodePath takes a directory in which packages are found by name.
func (n *node) nodePath(s *survey, dir string, by Reference) {
	if !path.IsAbs(dir) {
		return // of the working directory, which is a project's own code
	}
	resolved, err := tree.Resolve(s.tree, tree.Clean(dir))
	if err != nil || !s.isDir(resolved) || resolved == "." {
		return // Node.js passes over it as well
	}
	if _, known := n.known[resolved]; !known {
		n.known[resolved] = "NODE_PATH of " + tree.Printable(by.File)
	}
	s.location(Location{Host: "node", Path: resolved, How: Config, By: by, Detail: "NODE_PATH"})
}

// options takes the modules that options of Node.js name, up to the script.
func (n *node) options(s *survey, u unit, from string, words []string, by Reference) {
	for i := 0; i < len(words); i++ {
		option, value, joined := strings.Cut(words[i], "=")
		switch {
		case !strings.HasPrefix(option, "-") || option == "--":
			return
		case !slices.Contains(preloadOptions, option):
			continue
		case !joined && i+1 < len(words):
			i++
			value = words[i]
		}
		if value != "" {
			n.preload(s, u, from+" "+option, value, by)
		}
	}
}

// maxPath is PATH_MAX of Linux, in bytes.
const maxPath = 4096

// ModuleSuffixes are what Node.js may add to the name of a file, in the order in
// which it looks (nodejs.org/api/modules.html, "All together"), and what only
// loaders add.
var ModuleSuffixes = []string{"", ".js", ".json", ".node", ".cjs", ".mjs"}

// preload finds the module that an option names: a file, or a package that is
// looked for from the working directory upwards.
func (n *node) preload(s *survey, u unit, from, module string, by Reference) {
	if address, err := url.Parse(module); err == nil && address.Scheme == "file" {
		module = address.Path
	}
	relative := strings.HasPrefix(module, "./") || strings.HasPrefix(module, "../")
	switch {
	case strings.HasPrefix(module, "node:"):
		return // built in
	case strings.HasPrefix(module, "data:"):
		s.sink.Fail(by.File, fmt.Errorf("line %d: %s: %w", by.Line, from, errNoFile))
		return
	case !path.IsAbs(module) && (!path.IsAbs(u.dir) || len(u.dir) > maxPath):
		s.sink.Skip(by.File, fmt.Sprintf("line %d: %s %s is looked for from the working directory, which no file tells",
			by.Line, from, tree.Printable(module)))
		return
	}
	names := []string{module}
	switch {
	case relative:
		names = []string{path.Join(u.dir, module)}
	case !path.IsAbs(module):
		names = nil
		for dir := path.Clean(u.dir); ; dir = path.Dir(dir) {
			names = append(names, path.Join(dir, nodeModules, packageOf(module)))
			if dir == "/" {
				break
			}
		}
	}
	for _, name := range names {
		for _, suffix := range append(slices.Clone(ModuleSuffixes), "/index.js") {
			isPackage := !relative && !path.IsAbs(module)
			if file := tree.Clean(name + suffix); s.exists(file) && (isPackage || !s.isDir(file)) {
				s.preloadFile("node", from, file, by)
				return
			}
		}
	}
	s.sink.Fail(by.File, fmt.Errorf("line %d: %s %s: not there", by.Line, from, tree.Printable(module)))
}

// packageOf is the package that a module's name begins with: "@a/b" of "@a/b/c".
func packageOf(module string) string {
	elements := strings.SplitN(module, "/", 3)
	if strings.HasPrefix(module, "@") && len(elements) > 1 {
		return elements[0] + "/" + elements[1]
	}
	return elements[0]
}
