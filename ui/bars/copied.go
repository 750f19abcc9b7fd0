package bars

import "errata/ui/term"

// Copied is the news of a copy.
func Copied(msg term.CopiedMsg) News {
	switch {
	case msg.Err != nil:
		return News{Warning, "not copied: " + msg.Err.Error()}
	case msg.Dropped:
		return News{Warning, "sent " + msg.What + " to be copied; tmux may drop it: set -s set-clipboard on"}
	}
	return News{Good, "copied " + msg.What}
}
