// Package change says in plain lines how a field's value changed: words within text, paths within
// JSON, the difference of numbers and times. The command line and the review screen print the same
// lines. It also lists the places in which a value changed, and makes the value of those that are
// kept.
//
// It knows values and how they differ. It must not know styles, terminals or requests. The text of
// a line is text of the log: whoever prints it makes it safe first.
package change
