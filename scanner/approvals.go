package scanner

import "plugvet/manifests"

// carries tells whether an approval may stand for matching a plugin's files.
func (c *collector) carries() bool {
	return (c.opts.Approved != nil || c.opts.Approvals != nil) && !c.opts.Rematch && !c.foreign
}

// inform has the options hold the approvals, and settles what is early. A plugin that was
// come to before is hashed for the time being, as if it were approved.
func (c *collector) inform() error {
	approved, untrusted := c.opts.Approved, c.opts.Untrusted
	if c.opts.Approvals != nil {
		var err error
		if approved, untrusted, err = c.opts.Approvals(); err != nil {
			return err
		}
	}
	c.heap.prepare(approved, c.opts)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opts.Approved, c.opts.Untrusted, c.informed = approved, untrusted, true
	close(c.told)
	if approved != nil {
		for _, e := range approved.Manifest.Plugins {
			c.approvedTrees[e.Tree] = true
		}
	}
	for _, s := range c.early {
		c.settle(s)
	}
	c.early = nil
	return nil
}

// vouching are the approvals that would vouch for what a plugin can do if its tree digest
// is theirs. The caller holds mu.
func (c *collector) vouching(host, name string) []*manifests.Entry {
	if c.opts.Approved == nil || !c.carries() {
		return nil
	}
	return c.opts.Approved.Manifest.Carried(host, name, c.opts.Rules.Digest())
}
