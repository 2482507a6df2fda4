package manifests

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"plugvet/scanner/tree"
)

// Due are the approvals that need a decision; each stands in one list.
type Due struct {
	Expired   []Entry `json:"expired"`
	Emergency []Entry `json:"emergency"` // holds, and awaits review
	Expiring  []Entry `json:"expiring"`
}

// Due lists the approvals that have ended at now, that await review after an
// emergency, or that end within a span from now; 0: none of the last.
func (m *Manifest) Due(now time.Time, within Span) Due {
	d := Due{[]Entry{}, []Entry{}, []Entry{}}
	for _, e := range m.Plugins {
		switch a := &e.Approval; {
		case a.Expires.Passed(now):
			d.Expired = append(d.Expired, e)
		case a.Emergency:
			d.Emergency = append(d.Emergency, e)
		case within > 0 && a.Expires.Passed(now.Add(time.Duration(within))):
			d.Expiring = append(d.Expiring, e)
		}
	}
	return d
}

// Count is how many there are.
func (d Due) Count() int { return len(d.Expired) + len(d.Emergency) + len(d.Expiring) }

// WriteText shows them to a person, the most urgent first.
func (d Due) WriteText(w io.Writer) error {
	var b bytes.Buffer
	for _, list := range []struct {
		title   string
		entries []Entry
	}{
		{"expired: approves nothing any more", d.Expired}, {"emergency: awaits review", d.Emergency}, {"about to expire", d.Expiring},
	} {
		if len(list.entries) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", list.title)
		for i := range list.entries {
			e := &list.entries[i]
			fmt.Fprintf(&b, "  %s\n    path          %s\n    approved      %s\n", titled(e.Host, e.Name, e.Version), tree.Visible(e.Path), e.Approval)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}
