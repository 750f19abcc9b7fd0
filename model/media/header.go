package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif" // the kinds of image whose size in pixels the standard library reads
	_ "image/jpeg"
	_ "image/png"
	"math"
	"strconv"
	"strings"
)

// headBytes is how much of the data is decoded for its header: photographs have their size behind a
// preview.
const headBytes = 96 << 10

// magic are the first bytes of formats. A dot stands for any byte.
var magic = []struct{ bytes, mediaType string }{
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF8", "image/gif"},
	{"RIFF....WEBP", "image/webp"},
	{"RIFF....WAVE", "audio/wav"},
	{"ID3", "audio/mpeg"},
	{"\xff\xfb", "audio/mpeg"},
	{"\xff\xf3", "audio/mpeg"},
	{"fLaC", "audio/flac"},
	{"OggS", "audio/ogg"},
	{"....ftypM4A", "audio/mp4"},
	{"....ftyp", "video/mp4"},
	{"\x1aE\xdf\xa3", "video/webm"},
	{"%PDF-", "application/pdf"},
	{"PK\x03\x04", "application/zip"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
}

// sniff is the media type that the first bytes tell, "" when they tell none.
func sniff(head []byte) string {
	for _, m := range magic {
		if len(head) >= len(m.bytes) && like(head, m.bytes) {
			return m.mediaType
		}
	}
	return ""
}

func like(head []byte, pattern string) bool {
	for i := range len(pattern) {
		if pattern[i] != '.' && head[i] != pattern[i] {
			return false
		}
	}
	return true
}

// suffixes are the file name suffixes of types.
var suffixes = map[string]string{"image/svg+xml": ".svg", "application/zip": ".zip", "image/tiff": ".tiff", "audio/pcm": ".pcm", "text/plain": ".txt", "image/jpeg": ".jpg", "application/json": ".json"}

// Suffix is the file name suffix for the type: ".png", ".bin" for one that is not known.
func (d Data) Suffix() string {
	kind, _, _ := strings.Cut(strings.ToLower(d.Type), ";")
	if kind == "image/jpg" {
		kind = "image/jpeg"
	}
	if s, ok := suffixes[kind]; ok {
		return s
	}
	best := ".bin"
	for short, full := range formats {
		if full == kind && (best == ".bin" || short < best[1:]) {
			best = "." + short
		}
	}
	return best
}

// extent is the pixels of an image or the seconds of a sound, "" if the header does not tell.
func (d Data) extent() string {
	if d.plain {
		return ""
	}
	head := d.head(headBytes)
	if w, h := pixels(head); w > 0 && h > 0 {
		return strconv.Itoa(w) + "×" + strconv.Itoa(h) + " pixels"
	}
	seconds := 0.0
	switch kind := sniff(head); {
	case kind == "audio/wav":
		seconds = wavSeconds(head, d.Size())
	case kind == "audio/mpeg":
		seconds = mp3Seconds(head, d.Size())
	case kind == "audio/flac":
		seconds = flacSeconds(head)
	case d.Type == "audio/pcm":
		seconds = float64(d.Size()) / (2 * 24_000) // what OpenAI calls pcm16
	}
	if seconds <= 0 || math.IsInf(seconds, 0) || math.IsNaN(seconds) {
		return ""
	}
	return fmt.Sprintf("%.1f s", seconds)
}

// pixels is the size of an image, 0 and 0 when the header is none that is known.
func pixels(head []byte) (w, h int) {
	if c, _, err := image.DecodeConfig(bytes.NewReader(head)); err == nil {
		return c.Width, c.Height
	}
	if len(head) < 30 || sniff(head) != "image/webp" {
		return 0, 0
	}
	le := binary.LittleEndian
	switch string(head[12:16]) {
	case "VP8 ":
		return int(le.Uint16(head[26:]) & 0x3FFF), int(le.Uint16(head[28:]) & 0x3FFF)
	case "VP8L":
		bits := le.Uint32(head[21:])
		return int(bits&0x3FFF) + 1, int(bits>>14&0x3FFF) + 1
	case "VP8X":
		return int(uint24(head[24:])) + 1, int(uint24(head[27:])) + 1
	}
	return 0, 0
}

func uint24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }

// wavSeconds reads the chunks up to the samples. A stream that was recorded with an unknown length
// is measured by its size.
func wavSeconds(head []byte, size int) float64 {
	le, rate := binary.LittleEndian, 0.0
	for at := 12; at+8 <= len(head); {
		n, body := int(le.Uint32(head[at+4:])), at+8
		switch string(head[at : at+4]) {
		case "fmt ":
			if body+12 <= len(head) {
				rate = float64(le.Uint32(head[body+8:])) // bytes a second
			}
		case "data":
			return float64(min(n, size-body)) / rate
		}
		at = body + n + n%2
	}
	return 0
}

// The tables of MPEG audio, layer III: kbit/s and samples a second of MPEG 1, and of the lower
// rates.
var (
	mp3Rates    = [2][15]int{{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}}
	mp3Samples  = [3]int{44_100, 48_000, 32_000}
	mp3Versions = map[byte]int{3: 1, 2: 2, 0: 4} // by what the rates of MPEG 1 are divided
)

// mp3Seconds reads the first frame: the number of frames where it tells, else the length at a
// constant rate.
func mp3Seconds(head []byte, size int) float64 {
	at := 0
	if bytes.HasPrefix(head, []byte("ID3")) && len(head) > 10 {
		at = 10 + int(head[6])<<21 + int(head[7])<<14 + int(head[8])<<7 + int(head[9])
	}
	if at+40 > len(head) || head[at] != 0xFF || head[at+1]&0xE0 != 0xE0 {
		return 0
	}
	divisor, known := mp3Versions[head[at+1]>>3&3]
	rate, sampling := int(head[at+2]>>4), int(head[at+2]>>2&3)
	if !known || rate == 15 || sampling == 3 {
		return 0
	}
	lower := min(divisor-1, 1)
	samples := float64(mp3Samples[sampling]) / float64(divisor)
	frame := head[at:min(at+200, len(head))]
	for _, tag := range []string{"Xing", "Info"} {
		if i := bytes.Index(frame, []byte(tag)); i >= 0 && i+12 <= len(frame) && frame[i+7]&1 != 0 {
			perFrame := 1152.0 / float64(lower+1)
			return float64(binary.BigEndian.Uint32(frame[i+8:])) * perFrame / samples
		}
	}
	return float64(size-at) * 8 / float64(mp3Rates[lower][rate]*1000)
}

// flacSeconds reads the first block, which has the samples a second and how many there are.
func flacSeconds(head []byte) float64 {
	if len(head) < 26 {
		return 0
	}
	bits := binary.BigEndian.Uint64(head[18:])
	return float64(bits&(1<<36-1)) / float64(bits>>44)
}
