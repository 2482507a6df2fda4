package script

// readJavaScript reads JavaScript, TypeScript and JSX.
func readJavaScript(src []byte) *View {
	b := &builder{}
	b.copied(src, 0)
	return &View{Text: b.text, origins: b.origins}
}
