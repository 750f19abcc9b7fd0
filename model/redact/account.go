package redact

import (
	"strings"
	"sync"
)

// lengths are how long an IBAN is, by country.
var lengths = sync.OnceValue(func() map[string]int {
	const table = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27" +
		" GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25" +
		" MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33" +
		" SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
	m := map[string]int{}
	for _, word := range strings.Fields(table) {
		m[word[:2]] = int(word[2]-'0')*10 + int(word[3]-'0')
	}
	return m
})

// longestIBAN is how long they may be.
const longestIBAN = 34

// ibans looks for account numbers.
func (s *scan) ibans() {
	for i := 2; i+1 < len(s.text); i++ {
		if !digit(s.text[i]) || !digit(s.text[i+1]) || !letter(s.text[i-1]) || !letter(s.text[i-2]) || !s.begins(i-2) {
			continue
		}
		if end := s.iban(i - 2); end > i {
			i = end
		}
	}
}

// iban looks at what begins like one, and gives where it ends.
func (s *scan) iban(start int) (end int) {
	size, ok := lengths()[strings.ToUpper(s.text[start:start+2])]
	if !ok {
		return 0
	}
	number, end := s.grouped(start, size)
	switch {
	case len(number) < size || !s.ends(end):
		if all := s.run(start); all-start > 14 && all-start <= longestIBAN+2 && len(digitsOf(s.text[start:all])) > 10 {
			s.miss(start, all, "it has not the length of an IBAN of its country")
		}
		return 0
	case mod97(number):
		s.hit(start, end)
		return end
	case len(digitsOf(number)) > 10:
		s.miss(start, end, "the check digits do not fit")
	}
	return 0
}

// grouped reads so many letters and digits, with one space or dash at most between two of them.
func (s *scan) grouped(start, size int) (text string, end int) {
	var b []byte
	for i := start; i < len(s.text) && len(b) < size; {
		switch n := s.space(i); {
		case alnum(s.text[i]):
			b = append(b, s.text[i]&^(s.text[i]>>1&0x20)) // upper case; digits stay
			i++
			end = i
		case n > 0 && i == end:
			i += n
		case s.text[i] == '-' && i == end:
			i++
		default:
			return string(b), end
		}
	}
	return string(b), end
}

// space is the length of a space at i, also one that does not break; 0 when there is none.
func (s *scan) space(i int) int {
	for _, space := range [...]string{" ", "\u00a0", "\u202f", "\u2009"} {
		if strings.HasPrefix(s.text[i:], space) {
			return len(space)
		}
	}
	return 0
}

// run is where the letters and digits end that stand from i on.
func (s *scan) run(i int) int {
	for i < len(s.text) && alnum(s.text[i]) {
		i++
	}
	return i
}

// mod97 checks the digits of an IBAN in upper case.
func mod97(number string) bool {
	rest := 0
	for _, c := range []byte(number[4:] + number[:4]) {
		if digit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

// digitsOf are the digits of a text.
func digitsOf(text string) string {
	b := make([]byte, 0, len(text))
	for _, c := range []byte(text) {
		if digit(c) {
			b = append(b, c)
		}
	}
	return string(b)
}
