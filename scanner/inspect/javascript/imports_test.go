package javascript

import (
	"strings"
	"testing"
)

func TestATypeThatIsImportedLoadsNothing(t *testing.T) {
	for _, src := range []string{
		"let a: string | import('net').Socket", "g<import('net').Socket>(x)", "a?.g<Array<import('net').Socket>>(x)", "g<import('net').Socket[]>`x`",
		"new Map<string, import('net').Socket>()", "const r = require('x') as typeof import('net')", "const w = z satisfies import('net').Socket",
		"let q: import('net').Socket<string>", "function m<T extends import('net').Socket>(a: T): Promise<import('net').Socket> {}",
		"class A extends B<import('net').Socket> { p?: import('net').Socket }", "const { a } = await g<{ a: import('net').Socket }>(x)",
		"vi.mock('net', async (orig) => ({ ...(await orig<typeof import('net')>()) }))", "const h = (a: import(\"net\").Socket): void => eval(x)",
	} {
		if got := uses(ReadFile("index.ts", []byte(src))); strings.Contains(got, "module net") {
			t.Errorf("%s: %s", src, got)
		}
		if got := uses(ReadFile("index.js", []byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("as JavaScript, %s: %s", src, got)
		}
	}
	for _, src := range []string{
		"import('net').then((n) => n.connect(1))", "(await import('net')).connect(1)", "const n = await import('net'); n.connect(1)", "f(import('net'))",
		"typeof import('net').then((n) => n.connect(1))", "typeof (await import('net')).connect(1)", "import('net')['then']((n) => n.connect(1))",
		"typeof import('net')['then']((n) => n.connect(1))", "import('net')?.then((n) => n)", "const s: Promise<import('net').Socket> = import('net')",
		"import('net').constructor.resolve(1)", "eval(\"import('net').Socket\")",
	} {
		if got := uses(ReadFile("index.ts", []byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %s", src, got)
		}
	}
}
