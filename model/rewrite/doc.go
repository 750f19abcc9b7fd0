// Package rewrite changes texts within a JSON value.
//
// It goes through the strings, the numbers and the names of members, into strings that hold a JSON
// object or list as well, and asks about each what becomes of it. Every byte beside what is changed
// stays as it is, and a string that holds JSON holds JSON afterwards.
//
// The package knows JSON alone. It must not know what is looked for, nor logs and their fields.
package rewrite
