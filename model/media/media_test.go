package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"errata/model/figure"
)

// pngOf is a picture of a size.
func pngOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wavOf is silence: 16 bits, one channel, 8,000 samples a second.
func wavOf(seconds float64) []byte {
	samples := make([]byte, int(seconds*8000)*2)
	le := binary.LittleEndian
	b := append([]byte("RIFF\x00\x00\x00\x00WAVEfmt "), 16, 0, 0, 0, 1, 0, 1, 0)
	b = le.AppendUint32(b, 8000)
	b = le.AppendUint32(b, 16000)
	b = append(b, 2, 0, 16, 0)
	b = append(append(b, "LIST\x03\x00\x00\x00abc\x00"...), "data"...)
	return append(le.AppendUint32(b, uint32(len(samples))), samples...)
}

// mp3Of is frames of 128 kbit/s at 44,100 samples a second; with a tag they say that there are so
// many.
func mp3Of(size int, frames uint32) []byte {
	b := append([]byte("ID3\x04\x00\x00\x00\x00\x00\x02\x00\x00"), 0xFF, 0xFB, 0x90, 0x00)
	b = append(b, make([]byte, 32)...)
	if frames > 0 {
		b = append(b, "Xing\x00\x00\x00\x01"...)
		b = binary.BigEndian.AppendUint32(b, frames)
	}
	return append(b, make([]byte, size-len(b))...)
}

func coded(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func TestHeaders(t *testing.T) {
	t.Parallel()
	var photo, moving bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&moving, image.NewPaletted(image.Rect(0, 0, 7, 9), palette.Plan9), nil); err != nil {
		t.Fatal(err)
	}
	webp := func(chunk string) []byte {
		return append([]byte("RIFF\x00\x00\x00\x00WEBP"+chunk), make([]byte, 40)...)
	}
	flac := append([]byte("fLaC\x00\x00\x00\x22"), make([]byte, 10)...)
	flac = append(binary.BigEndian.AppendUint64(flac, 16_000<<44|15<<36|40_000), make([]byte, 40)...)
	for _, test := range []struct {
		data []byte
		want string
	}{
		{pngOf(t, 640, 480), "image image/png| 640×480 pixels"},
		{photo.Bytes(), "image image/jpeg| 30×20 pixels"},
		{moving.Bytes(), "image image/gif| 7×9 pixels"},
		{webp("VP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x7f\x02\x00\xdf\x01\x00"), "image image/webp| 640×480 pixels"},
		{webp("VP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x80\x02\xe0\x01"), "image image/webp| 640×480 pixels"},
		{webp("VP8L\x0a\x00\x00\x00\x2f\x7f\xc2\x77\x00"), "image image/webp| 640×480 pixels"},
		{wavOf(1.5), "audio audio/wav| 1.5 s"},
		{mp3Of(32_000, 0), "audio audio/mpeg| 2.0 s"},
		{mp3Of(32_000, 115), "audio audio/mpeg| 3.0 s"},
		{flac, "audio audio/flac| 2.5 s"},
		{append([]byte("%PDF-1.7\n"), make([]byte, 100)...), "file application/pdf|"},
	} {
		d, ok := Of("anything", []byte(`"`+coded(test.data)+`"`))
		kind, extent, _ := strings.Cut(test.want, "|")
		want := "[" + kind + ", " + figure.Int(len(test.data)) + " bytes"
		if extent != "" {
			want += "," + extent
		}
		if !ok || d.String() != want+"]" {
			t.Errorf("%s, %v, want %s]", d, ok, want)
		}
		if back, err := d.Bytes(); err != nil || !bytes.Equal(back, test.data) {
			t.Errorf("%s: %d bytes come back, %v", want, len(back), err)
		}
	}
}

// The parts of every provider are told, with what is beside the data.
func TestParts(t *testing.T) {
	t.Parallel()
	picture, sound, blob := coded(pngOf(t, 3, 2)), coded(wavOf(0.5)), coded([]byte("anything at all"))
	const png, wav = "[image image/png, 75 bytes, 3×2 pixels", "[audio audio/wav, 8,056 bytes, 0.5 s"
	for _, test := range []struct {
		part, want string
		path       []int
		rest       bool
	}{
		{`{"type":"image_url","image_url":{"url":"data:image/png;base64,` + picture + `","detail":"low"}}`, png + "]", []int{1, 0}, false},
		{`{"type":"input_audio","input_audio":{"data":"` + sound + `","format":"wav"}}`, wav + "]", []int{1, 0}, false},
		{`{"type":"input_audio","input_audio":{"data":"` + blob + `","format":"mp3"}}`, "[audio audio/mpeg, 15 bytes]", []int{1, 0}, false},
		{`{"type":"file","file":{"file_data":"data:application/pdf;base64,` + blob + `","filename":"a.pdf"}}`, "[file application/pdf, 15 bytes, a.pdf]", []int{1, 0}, false},
		{`{"type":"input_image","image_url":"data:image/png;base64,` + picture + `"}`, png + "]", []int{1}, false},
		{`{"type":"input_file","filename":"b.png","file_data":"` + picture + `"}`, png + ", b.png]", []int{2}, false},
		{`{"type":"image_generation_call","id":"x","result":"` + picture + `"}`, png + "]", []int{2}, true},
		{`{"type":"image","source":{"type":"base64","media_type":"image/png","data":"` + picture + `"},"cache_control":{"type":"ephemeral"}}`, png + "]", []int{1, 2}, true},
		{`{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"` + blob + `"},"title":"Tides"}`, "[file application/pdf, 15 bytes, Tides]", []int{1, 2}, false},
		{`{"inlineData":{"mimeType":"image/png","data":"` + picture + `"}}`, png + "]", []int{0, 1}, false},
		{`{"inline_data":{"data":"` + sound + `","mime_type":"audio/wav"}}`, wav + "]", []int{0, 0}, false},
		{`{"image":{"format":"png","source":{"bytes":"` + picture + `"}}}`, png + "]", []int{0, 1, 0}, false},
		{`{"document":{"format":"pdf","name":"Tides","source":{"bytes":"` + blob + `"}}}`, "[file application/pdf, 15 bytes, Tides]", []int{0, 2, 0}, false},
		{`{"video":{"format":"mp4","source":{"bytes":"` + blob + `"}}}`, "[video video/mp4, 15 bytes]", []int{0, 1, 0}, false},
		{`{"type":"audio","data":"` + blob + `","mimeType":"audio/ogg"}`, "[audio audio/ogg, 15 bytes]", []int{1}, false},
		{`{"type":"file","mediaType":"image/png","data":"` + picture + `"}`, png + "]", []int{2}, false},
		{`{"type":"blob","modality":"image","mime_type":"image/png","content":"` + picture + `"}`, png + "]", []int{3}, false},
		{`{"type":"pcm","audio":{"format":"pcm16","data":"` + coded(make([]byte, 96_000)) + `"}}`, "[audio audio/pcm, 96,000 bytes, 2.0 s]", []int{1, 1}, false},
	} {
		p, ok := In([]byte(test.part))
		if !ok || p.String() != test.want || len(p.Others) > 0 != test.rest {
			t.Errorf("%.60s…: %s, %v, others %v; want %s", test.part, p, ok, p.Others, test.want)
		}
		if len(p.Path) != len(test.path) || !bytes.Equal(bytesOf(p.Path), bytesOf(test.path)) {
			t.Errorf("%.60s…: it is at %v, want %v", test.part, p.Path, test.path)
		}
	}
}

// Nothing that a part says besides is hidden.
func TestOthers(t *testing.T) {
	t.Parallel()
	p, _ := In([]byte(`{"type":"image","source":{"id":7,"media_type":"image/png","data":"` + coded(pngOf(t, 1, 1)) + `"},"cache_control":{"type":"ephemeral"}}`))
	var got []string
	for _, o := range p.Others {
		got = append(got, o.Name+" "+string(o.Value)+" "+string('0'+rune(o.Path[len(o.Path)-1])))
	}
	if want := `source.id 7 0, cache_control {"type":"ephemeral"} 2`; strings.Join(got, ", ") != want {
		t.Errorf("the others are %q, want %s", got, want)
	}
}

func bytesOf(path []int) (b []byte) {
	for _, i := range path {
		b = append(b, byte(i))
	}
	return b
}

// Words, addresses, hashes and keys are no data.
func TestWordsAreNoData(t *testing.T) {
	t.Parallel()
	for _, part := range []string{
		`{"type":"text","text":"hello"}`,
		`{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}`,
		`{"type":"document","source":{"type":"text","media_type":"text/plain","data":"hello"}}`,
		`{"mimeType":"text/plain","content":"Hello"}`,
		`{"format":"date","content":"Tomorrow"}`,
		`{"data":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}`,
		`{"data":"` + strings.Repeat("word ", 400) + `"}`,
		`{"data":"` + strings.Repeat("a", 4000) + `"}`,
		`{"data":7}`, `{"data":""}`, `{}`, `[]`, `"data"`, `{"source":{"data":null}}`,
		`{"text":"data: it is, they say, in the table"}`,
	} {
		if p, ok := In([]byte(part)); ok {
			t.Errorf("%.80s is %s", part, p)
		}
		if got := string(Shown([]byte(part))); got != part {
			t.Errorf("%.80s is shown as %.80s", part, got)
		}
	}
}

// Line breaks, escaped slashes, the other alphabet and missing padding are base64 as well.
func TestSpellings(t *testing.T) {
	t.Parallel()
	data := pngOf(t, 50, 50)
	for _, spelt := range []string{
		coded(data), base64.RawStdEncoding.EncodeToString(data), base64.RawURLEncoding.EncodeToString(data),
		strings.ReplaceAll(coded(data), "/", `\/`), coded(data)[:76] + `\r\n` + coded(data)[76:] + `\n`,
	} {
		d, ok := Of("", []byte(`"`+spelt+`"`))
		back, err := d.Bytes()
		if !ok || err != nil || !bytes.Equal(back, data) || d.Size() != len(data) || !strings.Contains(d.String(), "50×50 pixels") {
			t.Errorf("%.90s…: %s, %v, %v", spelt, d, ok, err)
		}
	}
	d, ok := Of("", []byte(`"data:text/plain,a%20b"`))
	if back, err := d.Bytes(); !ok || err != nil || string(back) != "a b" || d.String() != "[file text/plain, 5 bytes]" {
		t.Errorf("%s, %q, %v", d, back, err)
	}
}

func TestShown(t *testing.T) {
	t.Parallel()
	picture := coded(pngOf(t, 3, 2))
	raw := `{"a": "b\"c", "images": ["` + picture + `"], "u": "data:image/png;base64,` + picture + `", "n": 1.0}`
	const want = `{"a": "b\"c", "images": ["[image image/png, 75 bytes, 3×2 pixels]"], "u": "[image image/png, 75 bytes, 3×2 pixels]", "n": 1.0}`
	if got := string(Shown([]byte(raw))); got != want {
		t.Errorf("shown as %s", got)
	}
}

func TestSuffix(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"image/png": ".png", "image/jpg": ".jpg", "IMAGE/JPEG": ".jpg", "audio/mpeg": ".mp3", "audio/wav": ".wav", "application/pdf": ".pdf",
		"image/svg+xml; charset=utf-8": ".svg", "": ".bin", "x/y": ".bin",
	} {
		if got := (Data{Type: kind}).Suffix(); got != want {
			t.Errorf("%q has %s, want %s", kind, got, want)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("data", `"data:image/png;base64,iVBORw0KGgo="`)
	f.Add("image", `"`+strings.Repeat("SUQzBAAAAAAA", 20)+`"`)
	f.Add("", `{"source":{"data":"UklGRgAAAABXRUJQVlA4WA==","media_type":"image/webp"}}`)
	f.Fuzz(func(t *testing.T, member, literal string) {
		if d, ok := Of(member, []byte(literal)); ok {
			if s := d.String(); strings.ContainsAny(s, "\n\r") || s[0] != '[' {
				t.Errorf("%q is described as %q", literal, s)
			}
			_, _ = d.Bytes()
		}
		_, _ = In([]byte(literal))
		_ = Shown([]byte(literal))
	})
}
