package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest parts of a mail address, in bytes.
const (
	longestLocal  = 64
	longestDomain = 253
)

// mails looks for mail addresses, whose @ may be written as %40 in the address of a page.
func (s *scan) mails() {
	s.mailsAt("@")
	s.mailsAt("%40")
}

func (s *scan) mailsAt(sign string) {
	for from := 0; ; {
		i := strings.Index(s.text[from:], sign)
		if i < 0 {
			return
		}
		at := from + i
		s.mail(at, at+len(sign), from)
		from = at + len(sign)
	}
}

// mail looks at the @ between two places; from is where the text begins that no other @ is in.
func (s *scan) mail(at, behind, from int) {
	start := s.local(max(from, at-longestLocal-utf8.UTFMax), at)
	end := s.host(behind)
	domain, why := hostName(s.text[behind:end])
	end = behind + len(domain)
	switch {
	case start == at || end == behind:
	case at-start > longestLocal:
		s.miss(start, end, "the part before the @ is too long")
	case why != "":
		s.miss(start, end, why)
	case s.text[start:at] == "git":
		s.miss(start, end, "git@ names a repository, no mailbox")
	default:
		s.hit(start, end)
	}
}

// local is where the part before an @ begins, no further ahead than from. A letter of a script
// without spaces belongs to it only where it consists of such.
func (s *scan) local(from, at int) int {
	start := at
	for start > from {
		r, size := utf8.DecodeLastRuneInString(s.text[from:start])
		if r < utf8.RuneSelf && !alnum(byte(r)) && strings.IndexByte("._%+-'", byte(r)) < 0 || r >= utf8.RuneSelf && !foreign(r, start < at && s.text[start] < utf8.RuneSelf) {
			break
		}
		start -= size
	}
	for start < at && strings.IndexByte(".-'%+", s.text[start]) >= 0 {
		start++
	}
	return start
}

// host is where what may be the name of a host ends.
func (s *scan) host(behind int) int {
	end := behind
	for end < len(s.text) && end-behind <= longestDomain {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if r < utf8.RuneSelf && !alnum(byte(r)) && r != '.' && r != '-' || r >= utf8.RuneSelf && !foreign(r, end > behind && alnum(s.text[end-1])) {
			break
		}
		end += size
	}
	return end
}

// foreign reports whether a letter beyond ASCII belongs to an address; beside reports whether one
// of ASCII is next to it.
func foreign(r rune, beside bool) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && (!beside || !unbroken(r))
}

// hostName takes the name of a host from the start of a text, and says why it is none.
func hostName(text string) (name, why string) {
	text = strings.TrimRight(text, ".-")
	for name = text; ; {
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return text, "no domain stands behind the @"
		}
		last := name[dot+1:]
		if ending(last) {
			return name, unlikely(name[:dot], last)
		}
		name = name[:dot]
	}
}

// ending reports whether a label can be a top-level domain.
func ending(label string) bool {
	if strings.HasPrefix(label, "xn--") {
		return true
	}
	for _, r := range label {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return false
		}
	}
	if len(label) == 2 && label[0] < utf8.RuneSelf {
		return strings.Contains(countries, " "+strings.ToLower(label)+" ")
	}
	return len(label) > 2
}

// unlikely says why labels before an ending are not a domain.
func unlikely(labels, last string) string {
	if strings.Contains(files, " "+strings.ToLower(last)+" ") {
		return "." + last + " is the ending of a file"
	}
	for label := range strings.SplitSeq(labels, ".") {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return "a part of the domain is empty or ends in a dash"
		}
	}
	second := labels[strings.LastIndexByte(labels, '.')+1:]
	if n := strings.Trim(second, "0123456789"); n == "" && (len(second) < 3 || second != labels) || versioned(labels) {
		return "a version stands behind the @"
	}
	return ""
}

// versioned reports whether labels begin like a version: v1.2 or 4.17.
func versioned(labels string) bool {
	first, rest, ok := strings.Cut(strings.TrimPrefix(labels, "v"), ".")
	return ok && strings.Trim(first, "0123456789") == "" && rest != "" && digit(rest[0])
}

// countries are the top-level domains of two letters.
const countries = " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz" +
	" ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr" +
	" ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp" +
	" ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz" +
	" na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw" +
	" sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz" +
	" ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw "

// files are endings of file names that are longer than two letters and name no domain.
const files = " png jpg jpeg gif svg webp avif bmp ico tif tiff psd pdf doc docx xls xlsx ppt pptx odt ods csv tsv txt log rtf tex" +
	" json jsonl ndjson yaml yml toml ini cfg conf env lock xml html htm xhtml css scss less sass tsx jsx mjs cjs vue svelte" +
	" java class jar war swift cpp hpp hxx cxx php phtml ipynb sql sqlite wasm exe dll bin iso img dmg deb rpm msi apk" +
	" tar tgz bz2 zst zip gzip rar bak tmp swp diff patch mpeg mpg avi mkv wav mp3 mp4 ogg flac webm woff woff2 ttf otf eot map "
