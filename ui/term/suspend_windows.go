package term

// resumable is false: consoles have no job control.
func resumable() bool { return false }

func stopGroup() {}
