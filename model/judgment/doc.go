// Package judgment is what people say about a log without touching its words: evaluators, the
// judgments that they allow, and those that a log holds.
//
// A judgment is a log of its own kind. It belongs to a version of an evaluator, whose spec says
// what may be judged, and names the log that it judges. The API shows it in the member
// evaluator_logs of that log.
//
// The package knows specs, values and documents. It must not know services, files or screens. All
// texts that it returns are those of a log: hostile, and not made safe for a terminal.
package judgment
