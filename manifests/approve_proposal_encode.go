package manifests

import "strings"

// proposalHead tells whoever opens the file what to do with it.
const proposalHead = `# Nothing here is approved yet. Decide on each plugin:
#   accept  it is approved, with what stands under [approval]
#   reject  its content is revoked, so that nobody approves it by accident
#   skip    it stays as it is
# and then run plugvet approve --apply this file, with the same --manifest and PATHs.
# That reads the disk again and refuses where it is not what stands here.
# The most telling changes come first.
`

// Encode writes the proposal as people review it; the same proposal gives the
// same bytes.
func (p *Proposal) Encode() []byte {
	var e encoder
	e.WriteString(proposalHead)
	e.number("format", int64(p.Format))
	e.text("proposal", p.Proposal)
	e.instant("at", p.At)
	e.text("rules", p.Rules)
	e.flag("prune", p.Prune)
	e.flag("keep", p.Keep)
	e.flag("renew", p.Renew)
	e.optional("rejection", p.Rejection)
	a := &p.Approval
	e.WriteString("\n[approval]\n")
	e.text("ticket", a.Ticket)
	e.text("reason", a.Reason)
	e.expiry(a.Expires)
	e.optional("impact", a.Impact)
	e.optional("tested", a.Tested)
	e.optional("rollback", a.Rollback)
	e.optional("requested_by", a.RequestedBy)
	e.flag("emergency", a.Emergency)
	for i := range p.Plugins {
		e.proposed(&p.Plugins[i])
	}
	return e.Bytes()
}

func (e *encoder) proposed(q *Proposed) {
	e.WriteString("\n[[plugin]]\n")
	e.text("decision", string(q.Decision))
	e.text("change", string(q.Change))
	e.optional("why", q.Why)
	e.text("host", q.Host)
	e.text("name", q.Name)
	e.optional("version", q.Version)
	e.optional("was_version", q.WasVersion)
	if len(q.Gains) > 0 {
		e.list("gains", q.Gains)
	}
	e.lines("shows", q.Shows)
	e.lines("changed", q.Changed)
	e.lines("paths", q.Paths)
	e.text("tree", q.Tree)
	e.optional("was", q.Was)
	e.number("files", int64(q.Files))
	e.list("capabilities", q.Capabilities)
	e.table("plugin.links", q.Links)
	e.source(q.Source)
}

// lines writes an array with one string a line, in the order that it has.
func (e *encoder) lines(key string, words []string) {
	switch len(words) {
	case 0:
	case 1:
		e.raw(key, "["+quote(words[0])+"]")
	default:
		var b strings.Builder
		for _, word := range words {
			b.WriteString("\n  " + quote(word) + ",")
		}
		e.raw(key, "["+b.String()+"\n]")
	}
}

// WriteProposal writes a proposal to path and beside it the sums of the plugins
// that the request found.
func WriteProposal(path string, p *Proposal, request *Request) error {
	var files []FileSum
	for i := range request.Plugins {
		o := &request.Plugins[i]
		plugin := pluginFiles{o.Path, o.Dir, o.Sums}
		files = append(files, plugin.absolute()...)
	}
	return write("proposal", path, p.Encode(), newSums(files))
}
