package redact_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/redact"
)

func finder(t testing.TB, o redact.Options) *redact.Finder {
	t.Helper()
	f, err := redact.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func parsed(t testing.TB, doc string) *model.Log {
	t.Helper()
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// masked is a text with its masks.
func masked(f *redact.Finder, text, name string) string {
	var swaps []jsonraw.Swap
	for _, h := range f.Find(text, name).Hits {
		swaps = append(swaps, jsonraw.Swap{At: h.Start, Del: h.End - h.Start, Ins: []byte("[" + h.Kind + "]")})
	}
	return string(jsonraw.Swapped([]byte(text), swaps, 0))
}

func TestFind(t *testing.T) {
	t.Parallel()
	f := finder(t, redact.Options{Words: []string{"Mondstein", "*kappa*", "x9"}, Patterns: []redact.Pattern{{Name: "ticket", Expr: regexp.MustCompile(`T-\d{4}`)}}})
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"ada.okonkwo@example.org, and bruno@example.org.", "[mail], and [mail]."},
		{"o'neil@example.org 'ada@example.org'", "[mail] '[mail]'"},
		{"https://example.org/?to=ada%40example.org&x=1", "https://example.org/?to=[mail]&x=1"},
		{"ada@bücher.example und 連絡はmei@example.jpまで", "[mail] und 連絡は[mail]まで"},
		{"ada@example.org.2024 ada@example", "[mail].2024 ada@example"},
		{"call +49 (0)30 901820-22 or 030/901 820", "call [phone] or [phone]"},
		{"at 2024-07-19 08:30 from 10.1.2.3:8080, not 10.1.2.3.4", "at 2024-07-19 08:30 from [ip]:8080, not 10.1.2.3.4"},
		{"addr 2001:db8::7:1, [fe80::1c2d:1]:443", "addr [ip], [[ip]]:443"},
		{"DE89 3704 0044 0532 0130 00 and DE88 3704 0044 0532 0130 00", "[iban] and DE88 3704 0044 0532 0130 00"},
		{"4111 1111 1111 1111 exp 12/27, 4111 1111 1111 1112", "[card] exp 12/27, 4111 1111 1111 1112"},
		{"Projekt mondSTEIN; Mondsteins; KappaX and akappab; x9, x90", "Projekt [word]; Mondsteins; [word] and [word]; [word], x90"},
		{"see T-4711 and T-47", "see [ticket] and T-47"},
		{"postgres://ada:hunter2@db.example.org/x", "postgres://ada:[key]/x"},
		{"data:image/png;base64,+4930901820/+4930901820+ x", "data:image/png;base64,+4930901820/+4930901820+ x"},
		// as JSON that is quoted writes it, once and twice
		{`{"to":"ada\u0040example.org","then":"\nbruno@example.org"} tail`, `{"to":"[mail]","then":"\n[mail]"} tail`},
		{`x \"a\\nada\\u0040example.org\" y`, `x \"a\\n[mail]\" y`},
		{`C:\temp\nina@example.org`, `C:\temp\n[mail]`},
		{`\ud83d\ude00 ada@example.org`, `\ud83d\ude00 [mail]`},
	} {
		if got := masked(f, test.text, ""); got != test.want {
			t.Errorf("%s\nbecame %s\nwant   %s", test.text, got, test.want)
		}
	}
}

func TestNamesOfMembersTellWhatTheirValuesAre(t *testing.T) {
	t.Parallel()
	f := finder(t, redact.Options{})
	secret := strings.Repeat("9f", 8) + "c0ffee"
	for _, test := range []struct{ name, text, want string }{
		{"api_key", secret, "[key]"}, {"X-API-Key", secret, "[key]"}, {"azureOpenAiApiKey", secret, "[key]"}, {"id", secret, secret}, {"api_key", "none of your business", "none of your business"},
		{"Authorization", "Basic " + secret, "Basic [key]"}, {"phone_number", "5550123", "[phone]"}, {"count", "5550123", "5550123"},
	} {
		if got := masked(f, test.text, test.name); got != test.want {
			t.Errorf("%s of %s became %s, want %s", test.text, test.name, got, test.want)
		}
	}
}

func TestNearMissesSayWhy(t *testing.T) {
	t.Parallel()
	f := finder(t, redact.Options{Words: []string{"Ann"}})
	for _, test := range []struct{ text, kind, why string }{
		{"4111111111111112", "card", "the check digit does not fit"}, {"DE88370400440532013000", "iban", "the check digits do not fit"},
		{"logo@2x.png", "mail", ".png is the ending of a file"}, {"version 1.2.3.4", "ip", "it is a version"}, {"Annual", "word", "it stands within a longer word"},
		{"+999 1234 5678", "phone", "no country has this code"}, {"00:1a:2b:3c:4d:5e", "ip", "it has not the parts of an address"},
		{"sk" + "-xxxxxxxxxxxxxxxxxxxxxxxx", "key", "it is made of words, or of one letter"},
	} {
		found := f.Find(test.text, "")
		if len(found.Hits) > 0 || len(found.Misses) != 1 || found.Misses[0].Kind != test.kind || found.Misses[0].Why != test.why {
			t.Errorf("%s: %+v, want the near miss of a %s: %s", test.text, found, test.kind, test.why)
		}
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	log := parsed(t, `{"id":"ada@example.org","prompt":{"created_by":"ada@example.org"},"created_at":"2024-07-19T08:30:00Z","prompt_tokens":4111111111111111,
		"output":"I wr\u006fte to ada\u0040example.org \/ 1.50","error":null,
		"messages":[{"role":"user","content":"ada@example.org"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"send","arguments":"{\"to\": \"ada\\u0040example.org\", \"card\": 4111111111111111, \"n\": 1.50}"}}]}],
		"inputs":{"who":{"ada@example.org":1,"bruno@example.org":2,"[mail]":3},"card":4111111111111111,"n":0.10}}`)
	r := redact.Redactor{Finder: finder(t, redact.Options{})}
	changes, report, err := r.Log(log)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"messages":[{"role":"user","content":"[mail]"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"send","arguments":"{\"to\": \"[mail]\", \"card\": \"[card]\", \"n\": 1.50}"}}]}],` +
		`"output":"I wr\u006fte to [mail] \/ 1.50","inputs":{"who":{"[mail-2]":1,"[mail-3]":2,"[mail]":3},"card":"[card]","n":0.10}}`
	if got := string(changes.Patch()); got != want {
		t.Errorf("the PATCH is %s\nwant         %s", got, want)
	}
	counts := map[redact.Where]int{
		{Kind: "mail", Path: "messages[].content"}: 1, {Kind: "mail", Path: "messages[].tool_calls[].function.arguments.to"}: 1,
		{Kind: "card", Path: "messages[].tool_calls[].function.arguments.card"}: 1, {Kind: "mail", Path: "output"}: 1,
		{Kind: "mail", Path: `inputs.who["[mail]"]`}: 2, {Kind: "card", Path: "inputs.card"}: 1,
		{Kind: "mail", Path: "prompt.created_by", Locked: redact.Beyond}: 1, {Kind: "mail", Path: "id", Locked: redact.Beyond}: 1,
	}
	if fmt.Sprint(report.Counts) != fmt.Sprint(counts) {
		t.Errorf("counted %v\nwant    %v", report.Counts, counts)
	}
	again, _, err := r.Log(mustApply(t, changes))
	if err != nil || len(again.Changed()) > 0 {
		t.Errorf("a second time there is %s to do, %v", again.Patch(), err)
	}
}

func mustApply(t *testing.T, c *model.ChangeSet) *model.Log {
	t.Helper()
	log, err := c.Apply()
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestNumberedMasks(t *testing.T) {
	t.Parallel()
	log := parsed(t, `{"id":"l","output":"ada@example.org, Ada@Example.org, +49 30 901820, 0049 30901820, bruno@example.org","inputs":{"x":"bruno@example.org"}}`)
	r := redact.Redactor{Finder: finder(t, redact.Options{}), Number: redact.NewNumbers(nil).Of}
	changes, _, err := r.Log(log)
	want := `{"output":"[mail-1], [mail-1], [phone-1], [phone-1], [mail-2]","inputs":{"x":"[mail-2]"}}`
	if err != nil || string(changes.Patch()) != want {
		t.Errorf("%s, %v, want %s", changes.Patch(), err, want)
	}
}

func TestLockedFieldsAreToldOf(t *testing.T) {
	t.Parallel()
	log := parsed(t, `{"id":"l","inputs":{"a":"ada@example.org","a":2}}`)
	changes, report, err := (&redact.Redactor{Finder: finder(t, redact.Options{})}).Log(log)
	masked, left := report.Hits()
	if err != nil || len(changes.Changed()) > 0 || masked != 0 || left != 1 {
		t.Errorf("%s, %d masked, %d left, %v", changes.Patch(), masked, left, err)
	}
}

func TestAnUnknownKindIsAnError(t *testing.T) {
	t.Parallel()
	_, err := redact.New(redact.Options{Kinds: []string{"mial"}})
	if err == nil || !strings.Contains(err.Error(), `did you mean`) && !strings.Contains(err.Error(), "mail") {
		t.Error(err)
	}
}

// hostile are texts that make a careless search slow: each is of so many bytes, and read to its
// end.
func hostile(size int) []string {
	var list []string
	for _, unit := range []string{"a", "@", "a@", "a.", "1", "1 ", "+1", "(1", "1.", "1:", ":", "a:", "%40", `\`, `\\`, `\u0040`, `\"`, "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "eyJ", "eyJ.", "sk-", "://", "=", "api_key=", "bearer ", ";base64,", "word ", "é", "{", "[1,"} {
		list = append(list, strings.Repeat(unit, size/len(unit)))
	}
	return list
}

func TestHostileTextsAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	f := finder(t, redact.Options{Words: []string{"word word word x", "*ab*"}})
	for _, text := range hostile(1 << 18) {
		f.Find(text+" ada@example.org", "")
	}
}

func FuzzLog(f *testing.F) {
	f.Add(`"ada@example.org"`)
	f.Add(`"{\"a\":\"ada\\u0040example.org\",\"b\":4111111111111111}"`)
	f.Add(`"\\n+4930901820 \\ud83d"`)
	find := finder(f, redact.Options{Words: []string{"é*"}})
	f.Fuzz(func(t *testing.T, value string) {
		if jsonraw.Check([]byte(value)) != nil {
			return
		}
		r := redact.Redactor{Finder: find}
		changes, _, err := r.Log(parsed(t, `{"id":"l","inputs":{"x":`+value+`}}`))
		if err != nil {
			t.Fatal(err)
		}
		log := mustApply(t, changes)
		if fault := jsonraw.Check(log.Bytes()); fault != nil {
			t.Fatalf("%s became %s: %v", value, log.Bytes(), fault)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	f := finder(b, redact.Options{Words: own})
	c := newCorpus(1)
	var text strings.Builder
	for text.Len() < 1<<20 {
		text.WriteString(c.plant(c.harmless()).text + " the quick answer was that nothing of it had been asked for, and so nobody wrote. ")
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		f.Find(text.String(), "")
	}
}
