package trust

import "strings"

// maxPattern bounds a pattern, in bytes, as OpenSSH does.
const maxPattern = 1023

// matchList reports whether text, which holds no wildcard, matches a pattern
// list (PATTERNS in ssh_config(5)): patterns with * and ?, apart by commas. A
// pattern behind ! that matches excludes, wherever it stands.
func matchList(list, text string) bool {
	matched := false
	for pattern := range strings.SplitSeq(list, ",") {
		pattern, negated := strings.CutPrefix(pattern, "!")
		if overlap(pattern, text) {
			if negated {
				return false
			}
			matched = true
		}
	}
	return matched
}

// overlap reports whether there is a text that both patterns match.
func overlap(a, b string) bool {
	// row[j] is whether a[:i] and b[:j] overlap, above[j] the same for a[:i-1].
	row, above := make([]bool, len(b)+1), make([]bool, len(b)+1)
	for i := 0; i <= len(a); i++ {
		for j := 0; j <= len(b); j++ {
			switch {
			case i == 0 && j == 0:
				row[j] = true
			case i > 0 && a[i-1] == '*': // it matches nothing, or also the end of b[:j]
				row[j] = above[j] || j > 0 && row[j-1]
			case j > 0 && b[j-1] == '*':
				row[j] = row[j-1] || i > 0 && above[j]
			default:
				row[j] = i > 0 && j > 0 && above[j-1] && (a[i-1] == b[j-1] || a[i-1] == '?' || b[j-1] == '?')
			}
		}
		row, above = above, row
	}
	return above[len(b)]
}

// CountPrincipals counts the people behind signatures, not their keys. Signers
// whose principals overlap count as one: nothing shows that they are two.
func CountPrincipals(signers []Signer) int {
	group := make([]int, len(signers))
	count := len(signers)
	for i := range signers {
		group[i] = i
		for j := range i {
			if group[j] == group[i] || !overlapLists(signers[i].Principal, signers[j].Principal) {
				continue
			}
			count--
			for k, old := 0, group[j]; k < i; k++ {
				if group[k] == old {
					group[k] = group[i]
				}
			}
		}
	}
	return count
}

// overlapLists takes no account of exclusions, which could only make less of
// an overlap.
func overlapLists(a, b string) bool {
	for x := range strings.SplitSeq(a, ",") {
		for y := range strings.SplitSeq(b, ",") {
			if x[0] != '!' && y[0] != '!' && overlap(x, y) {
				return true
			}
		}
	}
	return false
}
