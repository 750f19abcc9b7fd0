// Package redact finds what names people and opens doors in the values of a log, and masks it: mail
// addresses, phone numbers, IBANs, card numbers, IP addresses, keys, tokens and words of one's own.
//
// A Finder reads texts and tells hits, and near misses with the reason why they are none. It takes
// linear time in any text. Texts that quote JSON are read as it is quoted, as often as they quote
// it. A Redactor masks what a Finder finds in a log, in the values of its fields alone.
//
// Only the text itself counts: a number is checked by its form and its check digits, not by a list
// of those that are in use. The package must not know where logs are kept, nor who is told.
package redact
