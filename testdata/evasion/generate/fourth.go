package main

// fourthPlugins are the native part of the fourth set, which was held out once. Its
// scripts are the archives *-fourth.txtar.
func fourthPlugins() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "fourth-prefix-tree", technique: "own resolver", note: "back from a function of the C library to its start, names by their way through a tree of letters, as in xz", does: "socket", source: "prefix_tree.c", host: "nginx", target: "linux", accept: resolver, combined: true},
		{name: "fourth-address-path", technique: "hidden path", note: "posix_spawn, the path as two IPv6 addresses for inet_pton", does: "applescript", source: "address_path.c", host: "httpd", target: "linux", accept: hiddenName},
		{name: "fourth-php-transport", technique: "host's engine", note: "an extension that connects by the engine's transports", does: "socket", source: "php_transport.c", host: "php", target: "linux"},
		{name: "fourth-uv-spawn", technique: "host's engine", note: "an addon that starts a program by node's libuv", does: "exec", source: "uv_spawn.c", host: "node", target: "linux"},

		{name: "fourth-expression", technique: "class by name", note: "NSExpression calls what a text names, each byte of it under the one before", does: "applescript", source: "expression.m", host: "nginx", target: "mac-arm64", encoder: "chained",
			texts: []string{"FUNCTION(FUNCTION(FUNCTION(CAST('NSAppleScript','Class'),'alloc'),'initWithSource:','beep'),'executeAndReturnError:',nil)"}, accept: resolver, combined: true},
		{name: "fourth-do-script", technique: "imports", note: "OSADoScript as a weak reference", does: "applescript", source: "do_script.c", host: "httpd", target: "mac-x86_64"},
		{name: "fourth-authorization", technique: "imports", note: "AuthorizationExecuteWithPrivileges, the path under TEA, the first slice broken", does: "exec", source: "authorization.c", host: "php", target: "mac-universal", encoder: "tea", texts: []string{"/bin/zsh"}, after: brokenFirstSlice, combined: true},
		{name: "fourth-socket-port", technique: "class", note: "NSSocketPort to a host, LC_SYMTAB that says it is empty", does: "socket", source: "socket_port.m", host: "node", target: "mac-arm64", after: emptySymtab, combined: true},
	}
}
