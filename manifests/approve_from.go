package manifests

import (
	"fmt"
	"slices"
	"strings"
)

// Other is another manifest, such as that of a clean build, of a golden host or
// of a vendor, from which approvals are taken over.
type Other struct {
	Manifest *Manifest
	SHA256   string // of its bytes
	// Signers are the principals whose signatures over those bytes were
	// verified; none is recorded as not verified.
	Signers []string
}

// revocations are those of old and, where approvals are taken over, those of
// the other manifest: what either revokes is not approved, now or later.
func (r *Request) revocations(old *Manifest) *Manifest {
	all := &Manifest{Revoked: slices.Clone(old.Revoked)}
	if r.Other != nil {
		all.Revoked = append(all.Revoked, without(r.Other.Manifest.Revoked, old.Revoked)...)
	}
	return all
}

// take gives entry the approval that the other manifest has for its content, or
// says why it has none that holds. What this request states goes before what is
// said there, but an approval does not outlast the one that it rests on.
func (x *Other) take(o *Observed, entry *Entry) string {
	at := entry.Approval.At
	source, valid := x.Manifest.lookup().approving(o, at.Time)
	switch {
	case source == nil:
		return "not approved by " + x.Manifest.ID
	case !valid:
		return fmt.Sprintf("its approval by %s ended on %s", x.Manifest.ID, source.Approval.Expires)
	}
	if more := without(entry.Capabilities, source.Capabilities); len(more) > 0 {
		return fmt.Sprintf("%s approves it without %s", x.Manifest.ID, strings.Join(more, ", "))
	}
	there, here := &source.Approval, &entry.Approval
	for _, field := range []struct {
		here  *string
		there string
	}{
		{&here.Ticket, there.Ticket}, {&here.Reason, there.Reason}, {&here.Impact, there.Impact},
		{&here.Tested, there.Tested}, {&here.RequestedBy, there.RequestedBy},
	} {
		if *field.here == "" {
			*field.here = field.there
		}
	}
	here.Expires = here.Expires.earlier(there.Expires)
	here.Emergency = here.Emergency || there.Emergency
	entry.From = &Origin{
		ID: x.Manifest.ID, Sequence: x.Manifest.Sequence, SHA256: x.SHA256,
		Signers: slices.Sorted(slices.Values(x.Signers)), Unverified: len(x.Signers) == 0,
		By: there.By, At: there.At,
	}
	return ""
}

// earlier is the one of two that comes first.
func (e Expiry) earlier(other Expiry) Expiry {
	if e.IsZero() || !other.IsZero() && other.end().Before(e.end()) {
		return other
	}
	return e
}
