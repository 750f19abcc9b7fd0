// Package annotate is the work on a set of logs, one after the other: what each digit key means,
// and the queue of the logs with what was done to each. A queue is a file, so that it survives a
// kill.
//
// It knows evaluators, assignments and files. It must not know services, screens or terminals.
package annotate
