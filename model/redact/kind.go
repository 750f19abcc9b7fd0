package redact

import "strings"

// Kind is a kind of thing that is found. Its mask is its name in brackets.
type Kind struct {
	Name string

	find  func(*scan)
	canon func(text string) string // writes the same thing in the same way
}

// The kinds, the most telling first: where two overlap, the hit is of the first one.
var kinds = []Kind{
	{"private-key", (*scan).privateKeys, exactly}, // private keys, from BEGIN to END
	{"jwt", (*scan).tokens, exactly},              // JSON web tokens
	{"key", (*scan).keys, exactly},                // API keys, tokens and passwords of providers, in headers and in URLs
	{"iban", (*scan).ibans, letters},              // account numbers whose check digits fit
	{"card", (*scan).cards, letters},              // card numbers of a known issuer whose check digit fits
	{"mail", (*scan).mails, strings.ToLower},      // mail addresses
	{"ip", (*scan).addresses, address},            // IPv4 and IPv6 addresses
	{"phone", (*scan).phones, phoneDigits},        // phone numbers
	{Word, (*scan).words, folded},                 // the words of one's own
}

// Word is the kind of the user's own words, and of patterns without a name.
const Word = "word"
