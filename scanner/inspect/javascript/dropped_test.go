package javascript

import (
	"fmt"
	"strings"
	"testing"
)

func loadsModule(src, module string) bool {
	for _, u := range Read([]byte(src)).Uses {
		if u.Name == module {
			return true
		}
	}
	return false
}

func TestWhatAScriptWritesAndLoadsIsRead(t *testing.T) {
	const code = `Buffer.from('cmVxdWlyZSgiY2hpbGRfcHJvY2VzcyIpLmV4ZWMoIm1hcmtlciIp', 'base64')`
	for name, src := range map[string]string{
		"a descriptor":      `const fs = require('fs'); const fd = fs.openSync(require('os').tmpdir() + '/k.js', 'w'); fs.writeSync(fd, ` + code + `); fs.closeSync(fd); require(require('os').tmpdir() + '/k.js');`,
		"an absolute path":  `const fs = require('fs'); const dir = fs.mkdtempSync('/tmp/kit'), fd = fs.openSync(dir + '/k.js', 'w'); fs.writeSync(fd, ` + code + `); require(dir + '/k.js');`,
		"a name of now":     "const fs = require('fs'), file = require('path').join(require('os').tmpdir(), `k-${Date.now()}.js`); fs.writeFileSync(file, " + code + `); require(file);`,
		"a name of chance":  "const fs = require('fs'), file = '/tmp/' + Math.random().toString(36) + '.js'; fs.writeFileSync(file, " + code + `); require(file);`,
		"rows and a module": "const fs = require('fs'), url = require('url'), file = __dirname + `/${Date.now()}.mjs`, out = fs.openSync(file, 'w'); for (const row of [[116,120,123,122,125,127,43,134,43,126,123,108,130,121,43,136,43,113,125,122,120,43,50,110,115,116,119,111,106,123,125,122,110,112,126,126,50,70]]) fs.writeSync(out, Uint8Array.from(row, (n) => n - 11)); fs.closeSync(out); import(url.pathToFileURL(file));",
	} {
		if !loadsModule(src, "child_process") {
			t.Errorf("%s: %s", name, src)
		}
	}
	for _, src := range []string{
		`const fs = require('fs'); const fd = fs.openSync(file, 'r'); fs.readSync(fd, b); require('./x');`,
		`const fs = require('fs'); fs.writeFileSync(out, 'see require("child_process")'); require('./x');`,
	} {
		if loadsModule(src, "child_process") {
			t.Errorf("found: %s", src)
		}
	}
}

func TestWhatIsFarBehindInALongScriptIsRun(t *testing.T) {
	var long strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&long, "const a%d = [%d, %d, %d, %d, %d, %d];\nfunction f%d(e, t) { for (var n = 0; n < e.length; n++) t += e[n]; return t; }\n", i, i, i+1, i+2, i+3, i+4, i+5, i)
	}
	const turned = "const turned = (s) => Array.from(s, (_, i) => s.at(-1 - i)).join('');\n"
	for name, src := range map[string]string{
		"a proxy":     "const ask = new Proxy(require, { apply: (load, self, [name]) => load(turned(name)) });\nask('ten').connect(1);\n",
		"a bound one": "const ask = require.bind(null);\nconst net = ask(turned('ten'));\nnet.connect(1);\n",
		"a list":      "const [ask] = [require];\nask(turned('ten')).connect(1);\n",
		"a condition": "if (a1) {\n  const all = { ask: require };\n  all.ask(turned('ten')).connect(1);\n}\n",
		"a constant":  "const name = turned('ten');\nconst net = require(name);\nnet.connect(1);\n",
	} {
		if !loadsModule(long.String()+turned+src+long.String(), "net") {
			t.Errorf("%s is not found", name)
		}
	}
}
