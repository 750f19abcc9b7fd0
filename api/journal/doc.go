// Package journal keeps a record on disk of every PATCH that errata sends: what was there before,
// what was sent, and what became of it, so that each can be inspected and taken back.
//
// It does not wrap a Service: a wrapper would see only the patch, and would have to read the log
// once more to learn the old values. The save, which holds both and knows the outcome, tells the
// journal instead, through save.Recorder.
//
// The records are lines of JSON in numbered segments, each with a checksum: one line before a PATCH
// is sent, one when its outcome is known. A line is on the disk before Begin returns. While a PATCH
// is under way a marker file is locked; one that nobody holds belongs to a process that died, so
// PATCHes with an unknown outcome are found without reading the segments. Several processes may
// share a journal: the one that writes holds the lock file.
//
// It knows files, logs and outcomes. It must not know HTTP, screens or command lines, and it never
// holds a key.
package journal
