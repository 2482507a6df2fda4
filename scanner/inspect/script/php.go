package script

// readPHP reads a file of PHP, with whatever stands outside of its tags.
func readPHP(src []byte) *View {
	b := &builder{}
	b.copied(src, 0)
	return &View{Text: b.text, origins: b.origins}
}
