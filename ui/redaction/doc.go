// Package redaction masks personal data and secrets in many logs, as a batch that cannot be taken
// back, and removes them from everything else that holds them: the journal, drafts, other batches,
// queues, and the files of the store.
//
// It goes in this order, for the command and the screen alike. A Redaction is made. Its batch is
// planned, and Planned is called for each log. Weigh reports what else holds hits. After a yes,
// Begin notes on disk what is to be cleared, the batch is sent, and Clear clears it. Find finds one
// that was started and not finished.
//
// It knows services, batches, the journal, drafts and queues. It must not know screens or commands,
// and what it keeps on disk never holds a word that has to go.
package redaction
