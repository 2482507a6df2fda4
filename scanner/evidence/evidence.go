// Package evidence turns a report into something that stands alone: a bundle
// of files that an auditor can check years later, offline and with stock tools,
// and a ledger, which is a chain of such bundles.
//
// A bundle is a directory or a tar. index.json lists its content with digests,
// and names the index of the bundle before it; statement.json is the same as an
// in-toto Statement (in-toto Attestation Framework, Statement v1), which stands
// in a DSSE envelope where there is a key; SHA256SUMS covers all of it and is
// what the SSHSIG signatures are over. Everything that can be derived is
// derived again when a bundle is verified, and compared byte for byte, so that
// no bit of it is beyond the check.
//
// The package makes no judgement of plugins, and knows no rule and no tree: it
// gets a report, and the bytes that the report gives digests of.
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// Schema names the version of the form of a bundle.
const Schema = "plugvet.evidence/1"

// Names of the files of a bundle. Those of the second group are not in the
// index, since they are made from it.
const (
	reportFile    = "report.json"
	inventoryFile = "inventory.csv"
	manifestFile  = "manifest.toml"
	sumsFile      = "manifest.sums"
	settingsFile  = "settings.toml"          // as they were in effect
	configFile    = "settings.original.toml" // the settings file, byte for byte
	rulesFile     = "rules.json"
	ruleSetFile   = "rules.txt"
	changesFile   = "changes.json"
	changesText   = "changes.txt"
	guideFile     = "VERIFY.md"

	indexFile      = "index.json"
	statementFile  = "statement.json"
	envelopeFile   = "statement.dsse.json"
	checksumsFile  = "SHA256SUMS"
	signatureFiles = "SHA256SUMS.*.sig"
)

// Limits of a bundle that is read.
const (
	maxBundle = 1 << 30 // bytes in all
	maxFiles  = 1000
)

// isFileName tells whether a file of a bundle may be called so: a bundle has no
// directories, and its names mean the same to every tool and file system.
func isFileName(name string) bool {
	return len(name) <= 128 && fileName.MatchString(name)
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@+-]*$`)

// digest is the digest of bytes as bundles write it, "sha256:…".
func digest(data []byte) string { return "sha256:" + hexDigest(data) }

func hexDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
