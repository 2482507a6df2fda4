package main

import (
	"errors"
	"time"

	"plugvet/manifests"
	"plugvet/scanner/settings"
	"plugvet/scanner/trust"
)

// readOther reads the manifest of --from once: what is verified is what is
// parsed. Without a verified signature it approves nothing, unless somebody says
// that it shall; then that is recorded. A signature that is wrong ends the run.
func (a *approving) readOther(now time.Time) error {
	path := a.grant.from
	if samePath(path, a.path) {
		return usageError("", "--from %q is the manifest itself", path)
	}
	data, err := manifests.Load(path)
	if err != nil {
		return usageError("", "--from: %w", err)
	}
	a.scan.manifest, a.scan.trust.state = path, settings.StateOff // the gate remembers
	policy, err := a.trustPolicy()
	if err != nil {
		return err
	}
	policy.minSequence = 0 // that of the manifest which is written
	checked, err := policy.check(path, data, now)
	var distrust *trust.Distrust
	if errors.As(err, &distrust) && distrust.TooFew && a.grant.allowUnverified {
		checked, err = new(trustPolicy).check(path, data, now)
	}
	switch {
	case errors.As(err, &distrust):
		return notTrusted(path, err)
	case err != nil:
		return err
	case len(checked.signers) == 0 && !a.grant.allowUnverified:
		return notTrusted(path, &trust.Distrust{
			Reason: "nobody's signature was verified",
			Hint:   "say who may sign with --allowed-signers FILE; --allow-unverified takes it over all the same, and records that",
		})
	}
	a.request.Other = &manifests.Other{Manifest: checked.manifest, SHA256: manifests.Digest(data), Signers: checked.signers}
	return nil
}
