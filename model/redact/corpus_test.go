package redact_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
)

// corpus makes texts up. Nothing in it is anybody's: names, numbers and keys are thrown together
// from a fixed seed, and keys are put together here so that none is in a file.
type corpus struct{ *rand.Rand }

func newCorpus(seed uint64) corpus { return corpus{rand.New(rand.NewPCG(seed, 18))} }

func pickOf[T any](c corpus, list ...T) T { return list[c.IntN(len(list))] }

func (c corpus) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + c.IntN(10))
	}
	return string(b)
}

func (c corpus) letters(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[c.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	small = "abcdefghijklmnopqrstuvwxyz"
	big   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	tens  = "0123456789"
	hexes = "0123456789abcdef"
)

// planted is a text and where in it what was planted stands.
type planted struct {
	text       string
	start, end int
}

// sentences are what things are in. %s is the thing.
var sentences = []string{
	"%s", "Please write to %s before noon.", "Das steht bei %s, wenn ich nicht irre.", "user: %s\nassistant: thank you, noted.", "(%s)", "<%s>", "value=%s",
	"\"%s\"", "It was %s, and nobody had asked.", "Voici ce que j'ai: %s.", "{\"note\": \"%s\", \"n\": 1}", "- %s\n- the next item", "seen:%s;", "連絡先は%sです。",
	"The customer told us %s; we did not answer.", "[%s]", "first line\n%s\nlast line", "Is %s right?", "answer\t%s\tdone", "…%s…",
}

// plant puts a thing into a sentence.
func (c corpus) plant(thing string) planted {
	text := pickOf(c, sentences...)
	start := strings.Index(text, "%s")
	return planted{text[:start] + thing + text[start+2:], start, start + len(thing)}
}

var (
	firsts  = []string{"ada", "bruno", "chiara", "dmitri", "elif", "farid", "greta", "hugo", "ines", "jonas", "käthe", "lindiwe", "mei", "noor", "oskar"}
	lasts   = []string{"falkenberg", "okonkwo", "lindqvist", "moreau", "tanaka", "petrov", "silva", "brandt", "yilmaz", "novak"}
	domains = []string{"example.org", "example.com", "mail.example.net", "uni.example.ac.uk", "example.de", "post.example.co.jp", "example.museum", "xn--bcher-kva.example"}
)

func (c corpus) mail() string {
	first, last := pickOf(c, firsts...), pickOf(c, lasts...)
	local := pickOf(c, first+"."+last, first[:1]+last, first+"_"+last, first+c.digits(2), first+"+news", last+"-"+first, strings.ToUpper(first[:1])+first[1:]+"."+last)
	return local + pickOf(c, "@", "@", "@", "@", "%40") + pickOf(c, domains...)
}

func (c corpus) phone() string {
	d := c.digits
	two := func() string { return string('2'+rune(c.IntN(8))) + d(2) }
	return pickOf(c,
		"+49 "+pickOf(c, "30", "89", "171")+" "+d(7), "+49 (0)30 "+d(6)+"-"+d(2), "+4915"+d(9), "0049 171 "+d(7), "030 "+d(8), "(030) "+d(7), "0"+pickOf(c, "30", "211", "171")+"/"+d(7),
		"+1 "+two()+"-"+two()+"-"+d(4), "("+two()+") "+two()+"-"+d(4), two()+"-"+two()+"-"+d(4), two()+"."+two()+"."+d(4), "1-800-"+two()+"-"+d(4), "+1"+two()+two()+d(4),
		"+33 6 "+d(2)+" "+d(2)+" "+d(2)+" "+d(2), "06 "+d(2)+" "+d(2)+" "+d(2)+" "+d(2), "01."+d(2)+"."+d(2)+"."+d(2)+"."+d(2), "+44 20 7946 0"+d(3), "020 7946 0"+d(3), "07700 900"+d(3), "+447"+d(9),
		"+81 90-"+d(4)+"-"+d(4), "090-"+d(4)+"-"+d(4), "+91 98"+d(3)+" "+d(5), "+86 138 "+d(4)+" "+d(4), "+7 912 "+d(3)+"-"+d(2)+"-"+d(2), "+55 11 9"+d(4)+"-"+d(4),
		"0171 "+d(7), "0171"+d(7), "0151-"+d(8), "+41 79 "+d(3)+" "+d(2)+" "+d(2), "+43 664 "+d(7), "+353 87 "+d(3)+" "+d(4), "+972-52-"+d(3)+"-"+d(4))
}

// iban makes an account number whose check digits fit.
func (c corpus) iban() string {
	shape := pickOf(c, "DE18n", "FR23n", "GB4a14n", "NL4a10n", "ES20n", "IT1a22n", "CH17n", "AT16n", "BE12n", "PL24n", "SE20n", "NO11n", "DK14n", "PT21n", "CZ20n")
	country, body, n := shape[:2], "", 0
	for _, r := range shape[2:] {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r == 'a':
			body, n = body+c.letters(n, big), 0
		default:
			body, n = body+c.digits(n), 0
		}
	}
	rest := 0
	for _, r := range body + country + "00" {
		if r >= 'A' {
			rest = (rest*100 + int(r-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(r-'0')) % 97
		}
	}
	number := fmt.Sprintf("%s%02d%s", country, 98-rest, body)
	switch c.IntN(4) {
	case 0:
		return strings.ToLower(number)
	case 1, 2:
		return inFours(number, pickOf(c, " ", " ", "\u00a0", "-"))
	}
	return number
}

func inFours(text, between string) string {
	var parts []string
	for len(text) > 4 {
		parts, text = append(parts, text[:4]), text[4:]
	}
	return strings.Join(append(parts, text), between)
}

// withLuhn adds the check digit.
func withLuhn(digits string) string {
	for last := '0'; last <= '9'; last++ {
		sum, text := 0, digits+string(last)
		for i := range text {
			d := int(text[len(text)-1-i] - '0')
			if i%2 == 1 {
				if d *= 2; d > 9 {
					d -= 9
				}
			}
			sum += d
		}
		if sum%10 == 0 {
			return text
		}
	}
	return ""
}

func (c corpus) card() string {
	fill := func(prefix string, size int) string { return withLuhn(prefix + c.digits(size-1-len(prefix))) }
	if c.IntN(5) == 0 {
		number := fill(pickOf(c, "34", "37"), 15)
		return pickOf(c, number, number[:4]+" "+number[4:10]+" "+number[10:])
	}
	number := pickOf(c, fill("4", 16), fill("4", 16), fill("5"+string('1'+rune(c.IntN(5))), 16), fill("2"+fmt.Sprint(300+c.IntN(400)), 16), fill("6011", 16), fill("3528", 16), fill("62", 16), fill("36", 14))
	if len(number) == 16 {
		return pickOf(c, number, inFours(number, " "), inFours(number, "-"), inFours(number, "\u00a0"))
	}
	return number
}

func (c corpus) ip() string {
	if c.IntN(3) > 0 {
		a := netip.AddrFrom4([4]byte{byte(pickOf(c, 10, 172, 192, 203, 198, 8, 91)), byte(c.IntN(256)), byte(c.IntN(256)), byte(1 + c.IntN(254))}).String()
		return a
	}
	var b [16]byte
	copy(b[:], []byte{0x20, 0x01, 0x0d, 0xb8})
	for i := 4; i < 16; i++ {
		if i < 6 || i > 13 || c.IntN(2) == 0 {
			b[i] = byte(c.IntN(256))
		}
	}
	if c.IntN(4) == 0 {
		b = netip.MustParseAddr("fe80::").As16()
		b[15], b[14], b[8] = byte(c.IntN(256)), byte(1+c.IntN(200)), byte(1+c.IntN(200))
	}
	a := netip.AddrFrom16(b)
	return pickOf(c, a.String(), a.StringExpanded(), strings.ToUpper(a.String()))
}

func (c corpus) key() string {
	mix := func(n int) string { return c.letters(n-6, small+big+tens) + "a1B2c3" }
	return pickOf(c,
		"sk"+"-"+mix(48), "sk"+"-proj-"+mix(60)+"_"+mix(40), "sk"+"-ant-api03-"+mix(60)+"-"+mix(30)+"AA", "AI"+"za"+mix(35), "AK"+"IA"+c.letters(16, big+"234567"),
		"gh"+"p_"+mix(36), "github"+"_pat_"+mix(22)+"_"+mix(59), "xo"+"xb-"+c.digits(12)+"-"+c.digits(12)+"-"+mix(24), "sk"+"_live_"+mix(24), "rk"+"_test_"+mix(30),
		"h"+"f_"+mix(34), "h"+"l_sk_"+mix(40), "gs"+"k_"+mix(52), "xa"+"i-"+mix(80), "r"+"8_"+mix(37), "pp"+"lx-"+mix(48), "gl"+"pat-"+mix(20), "sk"+"-or-v1-"+c.letters(64, hexes),
		"np"+"m_"+mix(36), "S"+"G."+mix(22)+"."+mix(43), "wh"+"sec_"+mix(32), "nv"+"api-"+mix(64), "lsv2"+"_pt_"+c.letters(32, hexes)+"_"+c.letters(10, hexes), "pc"+"sk_"+mix(60))
}

func (c corpus) jwt() string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	head := pickOf(c, `{"alg":"HS256","typ":"JWT"}`, `{"typ":"JWT","alg":"RS256","kid":"`+c.letters(8, hexes)+`"}`, `{"alg":"ES256"}`)
	return part(head) + "." + part(`{"sub":"`+c.digits(10)+`","name":"`+pickOf(c, firsts...)+`","iat":`+c.digits(10)+`}`) + "." + c.letters(43, small+big+tens+"-_")
}

func (c corpus) privateKey() string {
	label := pickOf(c, "", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ") + "PRIVATE KEY"
	var b strings.Builder
	b.WriteString("-----BEGIN " + label + "-----\n")
	for range 3 + c.IntN(10) {
		b.WriteString(c.letters(64, small+big+tens+"+/") + "\n")
	}
	return b.String() + c.letters(30, small+big+tens) + "==\n-----END " + label + "-----"
}

var own = []string{"Falkenberg", "Projekt Mondstein", "Łukasiewicz", "北海道支社", "Moonstone*", "ACME-7"}

func (c corpus) word() string {
	return pickOf(c, "Falkenberg", "falkenberg", "FALKENBERG", "projekt mondstein", "Projekt\n  Mondstein", "łukasiewicz", "ŁUKASIEWICZ", "北海道支社", "Moonstones", "moonstone", "acme-7")
}

// things makes a thing of a kind.
func (c corpus) things() map[string]func() string {
	return map[string]func() string{"mail": c.mail, "phone": c.phone, "iban": c.iban, "card": c.card, "ip": c.ip, "key": c.key, "jwt": c.jwt, "private-key": c.privateKey, "word": c.word}
}

func (c corpus) uuid() string {
	h := c.letters(32, hexes)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:]
}

// harmless makes what looks like a thing and is none.
func (c corpus) harmless() string {
	d := c.digits
	date := fmt.Sprintf("20%02d-%02d-%02d", c.IntN(30), 1+c.IntN(12), 1+c.IntN(28))
	clock := fmt.Sprintf("%02d:%02d:%02d", c.IntN(24), c.IntN(60), c.IntN(60))
	return pickOf(c,
		"order "+d(6), "order #"+d(8), "ORD-2024-"+d(6), "invoice 45"+d(8), "R"+d(9), "ticket 000"+d(5), "part no. "+d(3)+"-"+d(5)+"-"+d(2), "tracking 1Z"+c.letters(6, big+tens)+d(10),
		date, date+" "+clock, date+"T"+clock+"Z", "19.07.2024", "07/19/2024", "1/2/24 at 10:30", "from 2019-01-02 to 2021-03-04", date+"T"+clock+"."+d(6)+"+02:00", clock, "12:30:45.123456",
		"v1.2.3", "1.22.0", "version 1.2.3.4", "v2.0.1.9", "10.0.19041.1", "go1.26.10", "Chrome/120.0.0.0 Safari/537.36", "lodash@4.17.21", "react@18.2.0", "node@v20.11.1", "pkg@1.2.md", "section 3.1.4.1",
		c.letters(32, hexes), c.letters(40, hexes), c.letters(64, hexes), "sha256:"+c.letters(64, hexes), "commit "+c.letters(7, hexes), c.uuid(), "log_"+c.letters(21, small+big+tens), "chatcmpl-"+c.letters(29, small+big+tens), "call_"+c.letters(24, small+big+tens), "msg_"+c.letters(24, small+big+tens), "resp_"+c.letters(48, hexes),
		"$"+d(3)+"."+d(2), "1.299,00 EUR", "EUR 12 500.00", "10 000 000", "1,234,567.89", "0.000"+d(4), "0."+d(16), "3.14159265358979", "1e-07", "9007199254740993", "€ 4 500", d(4)+" tokens",
		"logo@2x.png", "icon@3x.webp", "backup@home.zip", "photo@night.jpeg", "report@final.pdf", "@Override", "@team", "user@host", "root@localhost", "foo@@bar", "git@example.org:team/repo.git", "a @ b", "see you @ 10.30", "@types/node@20.1",
		"1721377800000", "17213778001234567", "1721377800", "id 18446744073709551615", "4006381333931", "978-3-16-148410-0", "ISBN 0-306-40615-2", "port 8080", "127.0.0.1", "0.0.0.0", "::1", "255.255.255.0", "256.300.1.2", "1.2.3.4.5",
		"00:1a:2b:3c:4d:5e", "std::vector<int>", "a::b", "Foo::Bar", "::", "12::30", "sk-learn-estimator-of-trees", "sk-"+c.letters(4, small), "task-force-of-the-month-of-may", "your_api_key=YOUR_API_KEY_GOES_HERE", "sk-xxxxxxxxxxxxxxxxxxxxxxxx", "eyJust a word", "eyJhbGciOi", "max_tokens=4096", "password: required", "token: 12", "secret sauce",
		"-----BEGIN CERTIFICATE-----\n"+c.letters(64, small+big+tens)+"\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\n"+c.letters(64, small+big+tens)+"\n-----END PUBLIC KEY-----", "Falkenbergweg", "Unfalkenberg", "ACME-70", "Moonston", "moon stone",
		"page 12 of 340", "12 34 56", "100 200 300 400", "3 x 4 x 5", "50-60 %", "2024-2025", "1 + 49 = 50", "+5 points", "+1.5%", "temperature +21.5", "x+100200", "GMT+2", "C++11", "0x7fff5fbff8c8", "#ff8800", "rgb(12, 34, 56)", "lat 52.520008, lon 13.404954", "52.5200, 13.4050",
		"DE2024 plan", "GB12 route", "FR75 0000", "row AB12 cell", "wrong DE00 1234 5678 9012 3456 78", "1234 5678 9012 3456", "0000 0000 0000 0000", "5 of 4111 items", "serial 12345-67890-12345", "PO Box 4711", "room 0171", "zip 01067", "10117 Berlin", "art. 30 901 820",
		"{\"input\": ["+d(2)+", "+d(2)+", "+d(3)+"]}", "f(x) = 2.5e+10", "s3://bucket/key.json", "https://example.org/a/b?page=2", "file:///tmp/a.txt", "C:\\temp\\new", "mailto", "tel", "phone home", "a-b_c.d", "1234", "12345678")
}
