package main

import (
	"fmt"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// readOther reads the manifest of --from, and whose signatures over it count.
func (a *approving) readOther(now time.Time) error {
	path := a.grant.from
	if samePath(path, a.path) {
		return usageError("", "--from %q is the manifest itself", path)
	}
	m, data, err := manifests.Read(path)
	if err != nil {
		return usageError("", "--from: %w", err)
	}
	signers, err := a.signersOf(path, data, now)
	if err != nil {
		return err
	}
	if len(signers) == 0 && !a.grant.allowUnverified {
		return &failure{
			code: scanner.ExitTrust,
			err:  fmt.Errorf("--from: nobody's signature over %s was verified, so it approves nothing here", path),
			hint: "--allowed-signers FILE says who may sign; --allow-unverified takes it over all the same, and records that",
		}
	}
	a.request.Other = &manifests.Other{Manifest: m, SHA256: manifests.Digest(data), Signers: signers}
	return nil
}

// signersOf lists the principals whose signatures over a manifest were verified.
func (a *approving) signersOf(string, []byte, time.Time) ([]string, error) { return nil, nil }
