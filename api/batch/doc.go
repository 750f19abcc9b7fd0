// Package batch changes many logs as one: it plans the changes for a review, sends them log by log,
// keeps on disk how far that is, and goes on where it was stopped or killed.
//
// A Change says what is done to a log: a function from a reading of the log to its changes, and a
// Recipe, which is the same as data. A Batch is a change of some logs. Its life:
//
//	b, err := batch.New(dir, batch.Head{Recipe: change.Recipe, Key: …}) // a file of its own
//	err = b.Gather(source)               // which logs there are
//	err = b.Plan(ctx, run)               // for a review: each is read, its changes made and checked
//	b.Counts(), b.Row(n), b.Look(…, n)   // what the review shows; b.Leave(n, true) leaves a log out
//	err = b.Agree()                      // it is to be carried out, and survives a kill
//	err = b.Send(ctx, run)               // each log once; ends early when ctx is done
//	b.Close()
//
// One that is unfinished is opened again with Open, or found by Unfinished with the Key of the same
// command, and sent with a Run that has the same Change; Again has the logs of failures sent again.
// What a batch is to send where its process died is found out from the journal: an intent is there
// before each PATCH, so no log gets a PATCH twice.
//
// Each log is changed as one alone is: it is read, the changes are made to that reading, and
// api/save sends them with the tag of it, reads back and compares. If the changes are no longer
// those that were reviewed, nothing is sent, and the log is in conflict. Several changes of one log
// go in order; logs go in any.
//
// The memory of a batch is some bytes a log: all else is in its file, "batches/ID.jsonl" below the
// directory of the state, of lines of JSON that are only added to. It holds ids, hashes of what was
// reviewed and what became of each log, and never a key.
//
// It knows services, changes of logs and the journal. It must not know commands, screens, nor what
// any change is for.
package batch
