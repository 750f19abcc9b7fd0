// Package compare is the screen of two logs side by side: what differs first, and values that are
// copied from one into the other as edits.
//
// It knows two logs with the changes made to them, each behind an interface that the form of a log
// has. It must not know how a log is fetched or sent, nor other screens.
package compare
