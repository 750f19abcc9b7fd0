package jsonraw

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clerk words the fault at a place where jsontext stopped reading.
type clerk struct {
	text  []byte
	kind  Kind // the innermost open container, None at the top level
	count int  // the names and values read in it
}

// fault says what is wrong after the last good token, which ended at from.
func (c *clerk) fault(from int) *SyntaxError {
	if start := c.number(from); start < from {
		return c.value(start)
	}
	i := skipSpace(c.text, from)
	switch {
	case c.kind == Object && c.count%2 == 1:
		if c.at(i) != ':' {
			return c.say(i, "a colon is missing after the name")
		}
		return c.value(skipSpace(c.text, i+1))
	case c.kind == Object:
		return c.item(i, '}', "brace", c.name)
	case c.kind == Array:
		return c.item(i, ']', "bracket", c.value)
	case c.count > 0:
		return c.after(i)
	case i == len(c.text):
		return c.say(i, "the text is empty")
	case strings.HasPrefix(string(c.text[i:min(i+3, len(c.text))]), "\uFEFF"):
		return c.say(i, "a byte order mark stands before the text")
	}
	return c.value(i)
}

// number finds the start of a number that jsontext has ended too early for the writer, as it ends
// 01 after the 0; from when there is none.
func (c *clerk) number(from int) int {
	const signs = "+-.0123456789eE"
	if from == 0 || strings.IndexByte(signs[2:13], c.text[from-1]) < 0 || strings.IndexByte(signs+"_", c.at(from)) < 0 {
		return from
	}
	for from > 0 && strings.IndexByte(signs, c.text[from-1]) >= 0 {
		from--
	}
	return from
}

// after words what is at i, behind the value of the text.
func (c *clerk) after(i int) *SyntaxError {
	if len(c.text) <= 2*longestNumber {
		if why := Misspelled(string(Trim(c.text))); why != "" {
			return c.say(skipSpace(c.text, 0), fmt.Sprintf("%s is not a number as JSON writes it%s", Trim(c.text), why))
		}
	}
	return c.say(i, "something stands after the end of the value")
}

// item words the fault before or at the next member or element.
func (c *clerk) item(i int, closer byte, word string, read func(int) *SyntaxError) *SyntaxError {
	next := i
	if c.count > 0 && c.at(i) == ',' {
		next = skipSpace(c.text, i+1)
	}
	switch {
	case next == len(c.text):
		return c.say(next, "the closing "+word+" is missing")
	case c.at(next) == closer:
		return c.say(i, "a comma stands before the closing "+word)
	case c.count > 0 && next == i && (c.at(i) == '}' || c.at(i) == ']'):
		return c.say(i, "the closing "+word+" is missing")
	case c.count > 0 && next == i:
		return c.say(i, "a comma is missing")
	}
	return read(next)
}

func (c *clerk) name(i int) *SyntaxError {
	switch c.at(i) {
	case '"':
		return c.str(i)
	case '\'':
		return c.say(i, "a name stands in double quotes, not in single ones")
	case ',':
		return c.say(i, "a comma stands where a name is wanted")
	}
	if i > 1 && c.text[i-1] == ',' && ascii(rune(c.text[i-2])) && ascii(rune(c.at(i))) {
		return c.say(i-1, "a comma stands in a number: the decimal sign is a point, and digits are not grouped")
	}
	return c.say(i, "a name in double quotes is missing")
}

func (c *clerk) value(i int) *SyntaxError {
	if i == len(c.text) {
		return c.say(i, "the text ends where a value is wanted")
	}
	switch b := c.text[i]; {
	case b == '"':
		return c.str(i)
	case b == '\'':
		return c.say(i, "a string stands in double quotes, not in single ones")
	case b == '{' || b == '[':
		return c.say(i, fmt.Sprintf("the nesting is deeper than %d levels", maxDepth))
	case b == ',' || b == ':' || b == '}' || b == ']':
		return c.say(i, "a value is missing")
	case strings.IndexByte("+-.0123456789", b) >= 0:
		return c.noNumber(i)
	}
	word := c.word(i)
	if Misspelled(word) != "" {
		return c.noNumber(i)
	}
	switch word {
	case "True", "TRUE", "False", "FALSE", "Null", "NULL":
		return c.say(i, fmt.Sprintf("%s is written %s", word, strings.ToLower(word)))
	case "None", "nil", "undefined":
		return c.say(i, word+" is written null")
	case "":
		r, _ := utf8.DecodeRune(c.text[i:])
		return c.say(i, fmt.Sprintf("the character %s is out of place", quoteRune(r)))
	}
	return c.say(i, fmt.Sprintf("%s is not a JSON value; a string needs double quotes", clip(word)))
}

// noNumber words what is wrong with the number that is at i.
func (c *clerk) noNumber(i int) *SyntaxError {
	word := c.word(i)
	return c.say(i, clip(word)+" is not a number as JSON writes it"+Misspelled(word))
}

// str words what is wrong with the string literal that starts at i.
func (c *clerk) str(i int) *SyntaxError {
	for p := i + 1; p < len(c.text); p++ {
		switch b := c.text[p]; {
		case b == '\n' || b == '\r':
			return c.say(p, `a string runs over the end of its line; a line break inside it is written \n`)
		case b == '\t':
			return c.say(p, `a tab stands in a string; there it is written \t`)
		case b < ' ':
			return c.say(p, fmt.Sprintf(`a control character stands in a string; there it is written \u%04x`, b))
		case b == '\\':
			if msg := c.escape(p); msg != "" {
				return c.say(p, msg)
			}
			p++
		case b == '"':
			return c.say(i, "the string is out of place")
		}
	}
	return c.say(i, "the closing quote of the string is missing")
}

// escape says what is wrong with the escape at i, "" when nothing is or the text ends in it.
func (c *clerk) escape(i int) string {
	if i+1 == len(c.text) {
		return ""
	}
	switch c.text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return ""
	case 'u':
		if _, ok := hex4(c.text[i:]); !ok {
			return `\u wants four hexadecimal digits`
		}
		return ""
	}
	r, _ := utf8.DecodeRune(c.text[i+1:])
	return fmt.Sprintf(`a backslash before %s is not an escape; a backslash itself is written \\`, quoteRune(r))
}

// word is the run of letters, digits and number signs at i.
func (c *clerk) word(i int) string {
	rest := string(c.text[i:min(i+400, len(c.text))])
	end := strings.IndexFunc(rest, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-._$", r)
	})
	if end >= 0 {
		rest = rest[:end]
	}
	return rest
}

func (c *clerk) at(i int) byte {
	if i < len(c.text) {
		return c.text[i]
	}
	return 0
}

func (c *clerk) say(offset int, msg string) *SyntaxError { return faultAt(c.text, offset, msg) }

// quoteRune shows r itself where it is visible, else its number.
func quoteRune(r rune) string {
	if unicode.IsPrint(r) && r != ' ' && r != utf8.RuneError {
		return string(r)
	}
	return fmt.Sprintf("U+%04X", r)
}
