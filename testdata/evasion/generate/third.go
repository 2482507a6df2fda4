package main

import (
	"fmt"
	"strings"
)

// What the archives *-third.txtar do not hold of the third set, which was held out
// once.

var thirdTools = []toolDisguise{
	{"third-rollup-umd", "bundled", "rollup, a universal module, then terser", project, false, []step{{"rollup", options{"format": "umd", "name": "kit", "globals": options{}}}, {"terser", options{"ecma": 5, "compress": options{"unsafe": true, "passes": 3}}}}},
	{"third-webpack-apart", "bundled", "webpack, modules kept apart under hashed numbers, then esbuild", project, false, []step{{"webpack", options{"optimization": options{"concatenateModules": false, "moduleIds": "deterministic", "minimize": false}}},
		{"esbuild", options{"bundle": false, "minify": true, "target": "es2015", "charset": "ascii"}}}},
	{"third-bundle-flattened", "obfuscator", "esbuild, then flattened control flow, keys and calls in a list that is not shuffled", project, true, []step{{"esbuild", options{"format": "cjs"}}, {"obfuscator", options{"seed": 23, "controlFlowFlattening": true,
		"controlFlowFlatteningThreshold": 1, "transformObjectKeys": true, "stringArrayThreshold": 1, "stringArrayRotate": false, "stringArrayShuffle": false, "stringArrayWrappersType": "variable", "stringArrayCallsTransform": true}}}},
}

var thirdEncoders = map[string]cEncoder{
	"keystream": func(s string) string { // a linear congruence gives the key
		state := uint32(2463534242)
		return cBytes(s, func(_ int, c byte) byte { state = state*1664525 + 1013904223; return c ^ byte(state>>24) }) +
			"unsigned k = 2463534242u; for (unsigned i = 0; i < sizeof d; i++) { k = k * 1664525 + 1013904223; out[i] = d[i] ^ k >> 24; } return out;"
	},
	"transposed": func(s string) string { // written by rows of four, read by columns
		rows := (len(s) + 3) / 4
		s += strings.Repeat("\x00", rows*4-len(s))
		b := make([]byte, len(s))
		for i := range b {
			b[i] = s[i%rows*4+i/rows]
		}
		return cBytes(string(b), func(_ int, c byte) byte { return c }) +
			fmt.Sprintf("for (unsigned i = 0; i < sizeof d; i++) out[i %% %d * 4 + i / %d] = d[i]; return out;", rows, rows)
	},
}

func thirdPlugins() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	sockets := []string{fmt.Sprintf("-DSOCKET=%du", djb2("socket")), fmt.Sprintf("-DCONNECT=%du", djb2("connect"))}
	symbols := []string{fmt.Sprintf("-DSOCKET=%du", djb2("_socket")), fmt.Sprintf("-DCONNECT=%du", djb2("_connect"))}
	return []nativePlugin{
		{name: "third-dlsym-keystream", technique: "dlsym", note: "library, function and program under a computed key", does: "exec", source: "resolved_spawn.c", host: "httpd", target: "linux", encoder: "keystream", texts: []string{"libc.so.6", "posix_spawnp", "marker"}, accept: resolver},
		{name: "third-hashed-names", technique: "own resolver", note: "walks _r_debug, functions by numbers made of their names", does: "socket", source: "hashed_resolver.c", host: "nginx", target: "linux", flags: sockets, accept: resolver, combined: true},
		{name: "third-machine-code", technique: "system calls", note: "machine code under xor, made executable", does: "socket", source: "machine_code.c", host: "php", target: "linux", accept: resolver, combined: true},
		{name: "third-node-calls", technique: "host's engine", note: "an addon that calls child_process by names with turned bits", does: "exec", source: "node_calls.c", host: "node", target: "linux", encoder: "rotated",
			texts: []string{"process", "mainModule", "require", "child_process", "spawn", "marker"}, accept: resolver, combined: true},
		{name: "third-popen-shell", technique: "hidden path", note: "popen of a shell that decodes base64, section headers that lie", does: "applescript", source: "popen.c", host: "nginx", target: "linux", encoder: "plain", texts: []string{"echo " + b64("osascript -e beep") + "|base64 -d|sh"}, after: lyingSections, accept: hiddenName, combined: true},
		{name: "third-terminal", technique: "hidden path", note: "forkpty and execlp, the path by columns", does: "applescript", source: "terminal.c", host: "httpd", target: "linux", encoder: "transposed", texts: []string{"/usr/bin/osascript"}, accept: hiddenName, combined: true},

		{name: "third-implementation", technique: "class by name", note: "the code of a method, class and selector under a computed key", does: "applescript", source: "by_implementation.c", host: "nginx", target: "mac-arm64", encoder: "keystream", texts: []string{"NSAppleScript", "executeAndReturnError:"}, accept: resolver, combined: true},
		{name: "third-popen-alias", technique: "hidden path", note: "popen under its symbol for Darwin's extensions, the command by columns", does: "applescript", source: "alias.c", host: "php", target: "mac-x86_64", encoder: "transposed", texts: []string{"osascript -e beep"}, flags: []string{`-DSYMBOL="_popen$DARWIN_EXTSN"`}, accept: hiddenName, combined: true},
		{name: "third-event-descriptor", technique: "class", note: "NSAppleEventDescriptor, LC_SYMTAB under an unknown number", does: "applescript", source: "event_descriptor.m", host: "node", target: "mac-arm64", after: unknownSymtab, combined: true},
		{name: "third-script-controller", technique: "class", note: "OSAKit's OSAScriptController, the first slice broken", does: "applescript", source: "script_controller.m", host: "httpd", target: "mac-universal", after: brokenFirstSlice, combined: true},
		{name: "third-stream", technique: "class", note: "NSStream to a host", does: "socket", source: "stream.m", host: "php", target: "mac-arm64"},
		{name: "third-image-walk", technique: "own resolver", note: "walks the images' symbols, functions by numbers made of their names", does: "socket", source: "image_walk.c", host: "nginx", target: "mac-x86_64", flags: symbols, accept: resolver, combined: true},
	}
}
