// Package tree is a JSON value that is edited node by node.
//
// A tree is persistent: every edit gives a new root that shares all it did not touch with the old
// one, so that keeping old roots is undo. It is read lazily, one level of a container when somebody
// looks into it, and the literal of whatever was not edited is kept byte for byte, the white space
// around it included.
//
// The package knows JSON alone. It must not know logs, their fields, or screens.
package tree
