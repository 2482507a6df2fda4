package script

// run computes a function that the script declares.
func (r *phpReader) run(name string, args []phpValue) phpValue { return phpValue{} }

// runLoop computes a loop whose header begins at a token.
func (r *phpReader) runLoop(word phpWord, open int) {}
