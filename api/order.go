package api

// Precedes is the one order of the logs of several prompts. It reports whether the next log of a
// prompt comes before that of an earlier one, by how the instants of their creation compare, in
// microseconds: the newest comes first, and logs without a readable instant come last. Logs of one
// instant come in the order of their prompts, as those are listed, and the logs of one prompt as it
// lists them: what was stored last comes first. From the oldest on it is the same order backwards.
func Precedes(instants int, oldest bool) bool {
	if oldest {
		return instants <= 0
	}
	return instants > 0
}
