// Package redaction masks what names people and opens doors in many logs, as a batch that cannot be
// taken back, and takes it out of everything else that holds it: the journal, drafts, other
// batches, queues, and the files of the store.
//
// It goes in this order, for the command and the screen alike: a Redaction is made, its batch is
// planned with Planned told of each log, Weigh says what else holds hits, and after a yes Begin
// notes on disk what is to be cleared, the batch is sent, and Clear clears it. What was started is
// found again by Find.
//
// It knows services, batches, the journal, drafts and queues. It must not know screens or commands,
// and what it is told to keep on disk never holds a word that has to go.
package redaction
