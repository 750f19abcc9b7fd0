// Package rewrite changes texts within a JSON value.
//
// It goes through the strings, the numbers and the names of members, also in strings that hold a
// JSON object or list, and asks for each what it becomes. Every byte outside what is changed stays
// as it is, and a string that holds JSON still holds JSON afterwards.
//
// The package knows JSON alone. It must not know what is looked for, nor logs and their fields.
package rewrite
