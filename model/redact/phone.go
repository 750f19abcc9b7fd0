package redact

import (
	"strings"
	"sync"
)

// calling are the codes of countries, without the + before them.
var calling = sync.OnceValue(func() map[string]bool {
	const table = "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98" +
		" 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249" +
		" 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359" +
		" 370 371 372 373 374 375 376 377 378 379 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509" +
		" 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692" +
		" 800 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998"
	m := map[string]bool{}
	for _, code := range strings.Fields(table) {
		m[code] = true
	}
	return m
})

// The numbers of digits of a phone number, with the code of the country.
const (
	shortestPhone = 9
	longestPhone  = 15
)

// callWords are words before a number that say what it is.
var callWords = []string{"tel", "telefon", "telephone", "téléphone", "teléfono", "phone", "mobile", "mobil", "móvil", "cell", "fax", "call", "callback",
	"handy", "whatsapp", "sms", "text me", "rufnummer", "reach", "dial", "ring", "hotline", "contact"}

// callNames are how the names of members end that hold such numbers.
var callNames = []string{"phone", "phonenumber", "mobile", "mobilenumber", "telephone", "telefon", "cellphone", "fax", "tel", "msisdn", "whatsapp"}

// otherWords are words before a number that say that it is another.
var otherWords = []string{"order", "invoice", "part no.", "part", "serial", "sku", "article", "isbn", "issn", "ticket", "tracking", "reference", "ref.", "ref",
	"bestellung", "rechnung", "artikel", "auftrag", "kundennummer", "commande", "facture", "pedido", "version"}

// phones looks for phone numbers.
func (s *scan) phones() {
	for i := 0; i < len(s.text); {
		c := s.text[i]
		if c != '+' && c != '(' && !digit(c) {
			i++
			continue
		}
		if !s.opens(i) {
			i = max(s.digits(i), i+1)
			continue
		}
		p := s.number(i)
		if p.digits != "" {
			p.judge()
		}
		i = max(p.past, i+1)
	}
}

// opens reports whether a number may begin at i, and is not the rest of a longer one.
func (s *scan) opens(i int) bool {
	if !s.begins(i) || s.at(i-1) == '+' {
		return false
	}
	if s.text[i] == '+' {
		return true
	}
	switch s.at(i - 1) {
	case '.', ',', '-', '/', '_', '#', '$':
		return false
	case ' ':
		return !digit(s.at(i-2)) || s.text[i] == '('
	}
	return true
}

// number is what may be a phone number: groups of digits, and what is between them.
type number struct {
	s      *scan
	start  int
	past   int // where the reading ended
	digits string
	groups []group
	plus   bool
}

// group is some digits; before is what is between it and the group before.
type group struct {
	start, end int
	before     string
}

// mostGroups is how many groups a phone number may have.
const mostGroups = 9

// number reads the groups from i on, as far as they may belong to one number.
func (s *scan) number(i int) *number {
	p := &number{s: s, start: i, past: i}
	if s.at(i) == '+' {
		p.plus = true
		if i++; !digit(s.at(i)) && s.at(i) != '(' {
			return p
		}
	}
	for len(p.groups) < mostGroups {
		between := i
		for i < len(s.text) && i-between < 3 && strings.IndexByte(" -./()", s.text[i]) >= 0 {
			i++
		}
		if n := s.space(i); n > 1 {
			i += n
		}
		end := s.digits(i)
		if end == i || len(p.groups) > 0 && (i == between || p.stops(i, end, s.text[between:i])) {
			break
		}
		p.groups = append(p.groups, group{i, end, s.text[between:i]})
		p.digits += s.text[i:min(end, i+longestPhone+2)]
		p.past, i = end, end
		if len(p.digits) > longestPhone+1 {
			break
		}
	}
	return p
}

// stops reports whether digits begin something else: a time, a date, a sum.
func (p *number) stops(i, end int, between string) bool {
	switch c := p.s.at(end); {
	case end-i > longestPhone, c == ':' && digit(p.s.at(end+1)), c == '%', !p.s.ends(end):
		return true
	case c == ',' && digit(p.s.at(end+1)):
		return true
	case strings.Count(between, ".")+strings.Count(between, "-") > 1, strings.Contains(between, ". "), strings.Contains(between, "("):
		return !strings.Contains(between, "(")
	}
	whole := len(p.groups) > 1 && between == string(p.s.at(end)) // as those before it
	return !whole && p.s.dated(i)
}

// dated reports whether a date begins at i: 2024-07-19, 19.07.2024, 07/19/24.
func (s *scan) dated(i int) bool {
	first := s.digits(i)
	sign := s.at(first)
	if strings.IndexByte("-./", sign) < 0 || sign == 0 {
		return false
	}
	second := s.digits(first + 1)
	if s.at(second) != sign {
		return false
	}
	third := s.digits(second + 1)
	if s.at(third) == sign && digit(s.at(third+1)) {
		return false
	}
	a, b, c := first-i, second-first-1, third-second-1
	return a == 4 && b <= 2 && b > 0 && (c == 1 || c == 2) || a <= 2 && b <= 2 && b > 0 && (c == 2 || c == 4)
}

// judge reports whether the groups are a phone number.
func (p *number) judge() {
	s := p.s
	last := p.groups[len(p.groups)-1]
	switch {
	case !s.ends(last.end) && !strings.HasPrefix(s.text[last.end:], "x"), s.dated(p.groups[0].start):
		return
	case p.plus:
		p.abroad(p.digits, 0)
	case strings.HasPrefix(p.digits, "00"):
		p.abroad(p.digits[2:], 2)
	case p.called():
		p.take(len(p.groups), p.start)
	case s.before(p.start, 8, otherWords):
		if len(p.digits) >= shortestPhone && p.digits[0] == '0' {
			s.miss(p.start, last.end, "a word before it says that it is another number")
		}
	case p.american() || p.mobile() || p.national():
	case len(p.groups) == 1 && len(p.digits) >= 10 && len(p.digits) <= 12 && p.digits[0] == '0':
		s.miss(p.start, last.end, "it is digits alone, and nothing says that they can be called")
	}
}

// take notes the first n groups as a hit.
func (p *number) take(n, start int) bool {
	if p.s.text[p.start] == '(' && p.groups[0].start > p.start {
		start = p.start
	}
	p.s.hit(start, p.groups[n-1].end)
	return true
}

// abroad looks at a number that begins with the code of a country, behind so many zeros.
func (p *number) abroad(digits string, zeros int) {
	code := ""
	for n := 1; n <= 3 && n <= len(digits); n++ {
		if calling()[digits[:n]] {
			code = digits[:n]
		}
	}
	n, count := p.fitting(zeros)
	switch {
	case code == "":
		if len(digits) >= shortestPhone && p.plus {
			p.s.miss(p.start, p.groups[len(p.groups)-1].end, "no country has this code")
		}
	case n == 0 || count < shortestPhone || (code == "1" || code == "7") && count != 11:
		if p.plus && len(digits) > 5 {
			p.s.miss(p.start, p.groups[len(p.groups)-1].end, "it has not the length of a phone number")
		}
	default:
		p.take(n, p.start)
	}
}

// fitting is how many groups make a number that is not too long, and how many digits it has.
func (p *number) fitting(zeros int) (groups, digits int) {
	for i, g := range p.groups {
		size := g.end - g.start
		if size == 1 && p.s.at(g.start) == '0' && strings.HasSuffix(g.before, "(") { // +49 (0) 30
			size = 0
		}
		if digits+size-zeros > longestPhone {
			break
		}
		groups, digits = i+1, digits+size
	}
	return groups, digits - zeros
}

// american looks for (212) 555-0123 and 1-212-555-0123.
func (p *number) american() bool {
	groups := p.groups
	if len(groups) > 3 && p.size(0) == 1 && p.s.text[groups[0].start] == '1' {
		groups = groups[1:]
	}
	if len(groups) < 3 || groups[0].end-groups[0].start != 3 || groups[1].end-groups[1].start != 3 || groups[2].end-groups[2].start != 4 {
		return false
	}
	area, exchange := p.s.text[groups[0].start], p.s.text[groups[1].start]
	if area < '2' || exchange < '2' || len(groups) > 3 && groups[3].before == groups[2].before {
		return false
	}
	return p.take(len(p.groups)-len(groups)+3, p.start)
}

func (p *number) size(i int) int { return p.groups[i].end - p.groups[i].start }

// mobiles are how the numbers of mobile phones begin in some countries, and how long they are.
var mobiles = []struct {
	from, to string
	lengths  string // one more than 8 is a letter: 9 is 9, a is 10, b is 11, c is 12
}{
	{"015", "017", "bc"}, {"06", "06", "a"}, {"0700", "0799", "b"}, {"07", "07", "a"}, {"04", "04", "a"},
	{"070", "070", "b"}, {"080", "080", "b"}, {"090", "090", "b"}, {"010", "010", "b"},
}

// mobile looks for the number of a mobile phone whose digits stand together.
func (p *number) mobile() bool {
	if len(p.groups) != 1 {
		return false
	}
	for _, m := range mobiles {
		if len(p.digits) > len(m.from) && m.from <= p.digits[:len(m.from)] && p.digits[:len(m.to)] <= m.to &&
			strings.IndexByte(m.lengths, "0123456789abcdefg"[min(len(p.digits), 16)]) >= 0 {
			return p.take(1, p.start)
		}
	}
	return false
}

// national looks for a number that begins with a 0 and is in groups: 030 901820.
func (p *number) national() bool {
	if p.digits[0] != '0' || len(p.groups) < 2 || p.size(0) < 2 || p.size(0) > 6 {
		return false
	}
	n, count := 1, p.size(0)
	for n < len(p.groups) && p.size(n) >= 2 && count+p.size(n) <= 13 {
		g := p.groups[n]
		if n > 1 && (g.before != p.groups[2].before && g.before != "-" || strings.Contains(g.before, "/")) {
			break
		}
		count += p.size(n)
		n++
	}
	if n < 2 || count < shortestPhone || count > 13 {
		return false
	}
	return p.take(n, p.start)
}

// called reports whether a word before the number, or the name of the member, says that it is one.
func (p *number) called() bool {
	if n := len(p.digits); n < 7 || n > longestPhone || strings.Count(p.s.text[p.start:p.past], ".") == 3 {
		return false
	}
	return p.s.before(p.start, 10, callWords) || p.s.named(callNames, p.start, p.past)
}

// phoneDigits writes a phone number in one way: its digits, behind a + where it has the code of a
// country.
func phoneDigits(text string) string {
	digits := digitsOf(strings.Replace(text, "(0)", "", 1))
	if rest, ok := strings.CutPrefix(digits, "00"); ok {
		return "+" + rest
	}
	if strings.HasPrefix(text, "+") {
		return "+" + digits
	}
	return digits
}
