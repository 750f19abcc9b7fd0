// Package redact finds personal data and secrets in the values of a log, and masks them: mail
// addresses, phone numbers, IBANs, card numbers, IP addresses, keys, tokens, and the user's own
// words.
//
// A Finder reads texts and reports hits, and near misses with the reason why they are none. It
// takes linear time for any text. It also looks into texts that quote JSON, to any depth. A
// Redactor masks what a Finder finds in a log, in the values of its fields only.
//
// Only the text itself counts: a number is checked by its form and its check digits, not by a list
// of those that are in use. The package must not know where logs are kept, nor who gets the report.
package redact
