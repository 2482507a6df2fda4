package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// What lists files tells which are loaded, whichever function of Node.js or package does.
func TestFilesThatAreListedAreLoaded(t *testing.T) {
	const before = "const fs = require('fs'), path = require('path'), fsp = require('fs/promises');\n"
	for _, src := range []string{
		"for (const f of fs.readdirSync(__dirname + '/types')) require('./types/' + f);",
		"for (const f of fs.readdirSync(__dirname + '/types', { withFileTypes: true })) if (f.isFile()) require('./types/' + f.name);",
		"(async () => { for (const f of await fsp.readdir(__dirname + '/types')) await import('./types/' + f); })()",
		"(async () => { for await (const e of fs.opendirSync(__dirname + '/types')) require(path.join(__dirname, 'types', e.name)); })()",
		"(async () => { for await (const e of await fsp.opendir(__dirname + '/types')) require(path.join(e.parentPath, e.name)); })()",
		"for (const f of fs.globSync('types/*.ts', { cwd: __dirname })) require('./' + f);",
		"for (const f of fs.globSync('*.ts', { cwd: path.join(__dirname, 'types') })) require('./types/' + f);",
		"(async () => { for await (const f of fsp.glob('types/**', { cwd: __dirname })) require(path.join(__dirname, f)); })()",
		"for (const f of require('glob').sync('types/*.ts', { cwd: __dirname })) require(path.resolve(__dirname, f));",
		"require('glob')(__dirname + '/types/*.ts', (e, l) => l.forEach((f) => require(f)));",
		"require('fast-glob')(['!b', '{types,b}/*.ts'], { cwd: __dirname, absolute: true }).then((l) => l.forEach((f) => require(f)));",
		"require('globby').globbySync(path.join(__dirname, 'types/*.ts')).forEach((f) => require(f));",
		"require('tinyglobby').globSync({ patterns: ['types/*.ts'], cwd: __dirname }).forEach((f) => require('./' + f));",
	} {
		if asks := Read([]byte(before + src)).Asks; strings.Join(asks, " ") != script.AskedNames {
			t.Errorf("%s: asks for %q", src, asks)
		}
		siblings := &script.Siblings{Name: "index.js", Loads: loads{{}}, Names: []string{"./types/a.d.ts", "./b/c.js", "./index.js", "../x.js"}}
		got := uses(ReadWith("index.js", []byte(before+src), siblings, nil))
		if !strings.Contains(got, "module ./types/a.d.ts") || strings.Contains(got, "c.js") || strings.Contains(got, "x.js") {
			t.Errorf("%s: %s", src, got)
		}
	}
}
