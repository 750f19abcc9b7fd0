// Package draft keeps the unsaved work of a log on disk: what was changed, its history for undo and
// redo, and the text of an editor that is open, up to the last key.
//
// A draft is one append-only file for each log of a server. Every event is written before Append
// returns, so that the end of the process loses nothing; an fsync follows within 200 ms away from
// the keys, for the end of the machine. The file is rewritten from the present state when it has
// grown far beyond it. Each record carries a checksum: what cannot be read is passed over, reported
// and put aside, and everything before it counts.
//
// What was only looked at is not a draft. A long text that is opened is written ahead of the first
// key, without becoming a change: it vanishes with its editor, or with the next process that meets
// it. A value may be edited as a structure; then the open text is its literal, and a second, inner
// text can be open within it.
//
// A text that another program edits is in a file beside the draft, which knows of it until its
// words were taken over: whichever process opens the log next finds them.
//
// The package knows files, locks and the order of events. It must not know screens, servers or
// options, and never sees a key.
package draft
