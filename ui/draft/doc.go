// Package draft keeps the unsaved work of a log on disk: what was changed, its history for undo and redo, and the text of an
// editor that is open, up to the last key.
//
// A draft is one append-only file for each log of a server. Every event is written before Append returns, so that the end of
// the process loses nothing; an fsync follows within 200 ms away from the keys, for the end of the machine. The file
// is rewritten from the present state when it has grown far beyond it. Each record carries a checksum: what cannot
// be read is passed over, reported and put aside, and everything before it counts.
//
// The package knows files, locks and the order of events. It must not know screens, servers or options, and never sees a key.
package draft
