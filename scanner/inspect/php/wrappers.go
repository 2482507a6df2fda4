package php

import (
	"slices"
	"strings"
)

// Wrappers of PHP's functions, such as a class whose __call calls 'ftp_' . $name, put names
// together that they do not hide: one half stands there, and the other is what the caller
// says in clear.

// wrappedPrefixes are what the names of functions begin with that are wrapped in this way:
// those of the rule php_network_hidden_client.
var wrappedPrefixes = map[string]bool{
	"ftp_": true, "ftp_ssl_": true, "ssh2_": true, "ldap_": true, "imap_": true, "snmp_": true, "snmp2_": true, "snmp3_": true,
	"smbclient_": true, "yaz_": true, "stomp_": true,
}

// wraps tells whether a prefix and the rest of a name are those of a wrapper: a parameter's
// word, or one of several that stand in the script.
func (r *reader) wraps(prefix, rest value, several bool) bool {
	if r.trace == nil || prefix.computed || prefix.literal == 0 || !wrappedPrefixes[lower(prefix.s)] || rest.kind != stringKind {
		return false
	}
	if several && !rest.computed && rest.literal > 0 {
		return true
	}
	return slices.ContainsFunc(r.passedIn, func(a argument) bool {
		return slices.ContainsFunc(perhapsOne(a.value), func(v value) bool { return sameWord(v.s, rest.s) && r.saysWord(v) })
	})
}

// sameWord tells whether two words are the same but for their case and what is put between
// them: sslConnect and ssl_connect.
func sameWord(a, b string) bool {
	return a != "" && lower(strings.ReplaceAll(a, "_", "")) == lower(strings.ReplaceAll(b, "_", ""))
}

// saysWord tells whether a parameter is a word that the caller says in clear. The name that
// __call is given counts as put together, wherever it is from.
func (r *reader) saysWord(v value) bool {
	if !v.computed {
		return v.literal > 0
	}
	if !strings.HasPrefix(lower(r.magic("__function__").s), "__call") || !r.budget.Take(len(r.src)/64) {
		return false
	}
	for _, before := range []string{"->", "::", "'", `"`} {
		behind := strings.TrimLeft(before, "->:") // a quote's other end
		if behind == "" {
			behind = "("
		}
		if strings.Contains(r.src, before+v.s+behind) {
			return true
		}
	}
	return false
}

// hides tells whether a name of something that is called does not stand in the script.
func (v value) hides() bool { return v.computed && !v.wrapped }
