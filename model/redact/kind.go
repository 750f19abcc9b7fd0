package redact

// Kind is a kind of thing that is found. Its mask is its name in brackets.
type Kind struct {
	Name string
	Help string // what it finds, in a phrase

	find  func(*scan)
	canon func(text string) string // writes the same thing in the same way
}

// The kinds, the most telling first: where two overlap, the hit is of the first one.
var kinds = []Kind{
	{"private-key", "private keys, from BEGIN to END", (*scan).privateKeys, exactly},
	{"jwt", "JSON web tokens", (*scan).tokens, exactly},
	{"key", "API keys, tokens and passwords of providers, in headers and in URLs", (*scan).keys, exactly},
	{"iban", "account numbers whose check digits fit", (*scan).ibans, letters},
	{"card", "card numbers of a known issuer whose check digit fits", (*scan).cards, letters},
	{"mail", "mail addresses", (*scan).mails, lower},
	{"ip", "IPv4 and IPv6 addresses", (*scan).addresses, address},
	{"phone", "phone numbers", (*scan).phones, phoneDigits},
	{Word, "the words of one's own", (*scan).words, folded},
}

// Word is the kind of the user's own words, and of patterns without a name.
const Word = "word"
