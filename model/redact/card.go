package redact

import "strings"

// issuer is a range of first digits with the lengths of its card numbers.
type issuer struct {
	from, to string // of the same length
	lengths  []int
}

var (
	sixteen = []int{16}
	longer  = []int{16, 17, 18, 19}
	issuers = []issuer{
		{"4", "4", []int{13, 16, 19}},                    // Visa
		{"51", "55", sixteen}, {"2221", "2720", sixteen}, // Mastercard
		{"34", "34", []int{15}}, {"37", "37", []int{15}}, // American Express
		{"6011", "6011", longer}, {"644", "649", longer}, {"65", "65", longer}, // Discover
		// Diners Club
		{"300", "305", longer}, {"300", "305", []int{14}}, {"36", "36", []int{14}}, {"38", "39", []int{14, 16}},
		{"3528", "3589", longer},                   // JCB
		{"62", "62", longer}, {"81", "81", longer}, // UnionPay
		// Mir
		{"2200", "2204", longer},
		// Maestro
		{"5018", "5018", longer}, {"5020", "5020", longer}, {"5038", "5038", longer}, {"5893", "5893", longer},
		{"6304", "6304", longer}, {"6759", "6759", longer}, {"6761", "6763", longer},
		{"508", "508", sixteen}, {"606", "608", sixteen}, // RuPay
		{"9792", "9792", sixteen}, // Troy
	}
)

// issued reports whether an issuer has card numbers that begin like this and are as long.
func issued(number string) bool {
	for _, i := range issuers {
		head := number[:len(i.from)]
		if i.from <= head && head <= i.to {
			for _, n := range i.lengths {
				if n == len(number) {
					return true
				}
			}
		}
	}
	return false
}

// The numbers of digits of a card.
const (
	shortestCard = 13
	longestCard  = 19
)

// layouts are how the digits of cards are set in groups.
var layouts = [][]int{{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}, {4, 3, 3, 3}, {4, 4, 4, 4, 2}, {6, 13}}

// cards looks for card numbers.
func (s *scan) cards() {
	for i := 0; i < len(s.text); i++ {
		if !digit(s.text[i]) {
			continue
		}
		end := s.digits(i)
		if s.begins(i) && s.at(i-1) != '+' && !s.continues(i) {
			end = max(end, s.card(i, end))
		}
		i = end
	}
}

// digits is where the digits end that are from i on.
func (s *scan) digits(i int) int {
	for i < len(s.text) && digit(s.text[i]) {
		i++
	}
	return i
}

// continues reports whether a number at i belongs to a longer one before it: 0.4111, 12-4111.
func (s *scan) continues(i int) bool {
	switch s.at(i - 1) {
	case '.', ',', '-', '/', '_':
		return digit(s.at(i-2)) || s.text[i-1] != '/' && s.text[i-1] != '.' && alnum(s.at(i-2))
	}
	return false
}

// goesOn reports whether a number that ends before i is a part of a longer one.
func (s *scan) goesOn(i int) bool {
	switch s.at(i) {
	case '.', ',':
		return digit(s.at(i + 1))
	case '-', '_':
		return alnum(s.at(i + 1))
	}
	return !s.ends(i)
}

// card looks at the number whose first group of digits is between two places, and gives where it
// ends.
func (s *scan) card(start, end int) int {
	if n := end - start; n >= shortestCard {
		if n <= longestCard && !s.goesOn(end) {
			s.judgeCard(start, end)
		}
		return end
	}
	for _, layout := range layouts {
		if stop, ok := s.laidOut(start, layout); ok && s.judgeCard(start, stop) {
			return stop
		}
	}
	return end
}

// laidOut reports whether digits from a place on are in groups, with one and the same sign between
// them.
func (s *scan) laidOut(start int, layout []int) (end int, ok bool) {
	between := ""
	for k, size := range layout {
		if k > 0 {
			n := max(s.space(end), s.dash(end))
			if n == 0 || k > 1 && s.text[end:end+n] != between {
				return 0, false
			}
			between = s.text[end : end+n]
			start = end + n
		}
		if end = s.digits(start); end-start != size {
			return 0, false
		}
	}
	return end, !s.goesOn(end)
}

// dash is 1 where a dash is.
func (s *scan) dash(i int) int {
	if s.at(i) == '-' {
		return 1
	}
	return 0
}

// judgeCard reports whether the digits between two places are a card number.
func (s *scan) judgeCard(start, end int) bool {
	number := digitsOf(s.text[start:end])
	switch known, fits := issued(number), luhn(number); {
	case known && len(number) == shortestCard && article(number):
		s.miss(start, end, "it is the number of an article")
	case known && fits:
		s.hit(start, end)
		return true
	case known:
		s.miss(start, end, "the check digit does not fit")
	case fits && len(number) >= 15 && strings.Trim(number, number[:1]) != "":
		s.miss(start, end, "no issuer has such numbers")
	}
	return false
}

// luhn checks the last digit of a number.
func luhn(number string) bool {
	sum := 0
	for i, c := range []byte(number) {
		d := int(c - '0')
		if (len(number)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// article reports whether the last digit of a number is that of an article (EAN-13).
func article(number string) bool {
	sum := 0
	for i, c := range []byte(number) {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0
}
