package exchange

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	_ "image/jpeg" // registers the decoder
	_ "image/png"  // registers the decoder

	"bekwaam/courses/fault"
)

// mostPixels is how large an image may be: more than the camera of a phone makes, less than what exhausts a browser.
const mostPixels = 64 << 20

var (
	brokenImage = fault.New(fault.Invalid, "We kunnen deze afbeelding niet lezen: het bestand is niet heel. Maak de foto opnieuw.", "We cannot read this image: the file is damaged. Take the photo again.").Because("damaged")
	largeImage  = fault.New(fault.Invalid, "Deze afbeelding heeft te veel beeldpunten. Maak een gewone foto of een kleinere scan.", "This image has too many pixels. Take an ordinary photo or make a smaller scan.").Because("too_many_pixels")
)

// checkImage refuses an image that is none, or is so large that showing it would hurt.
func checkImage(content []byte) error {
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return brokenImage.From(err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > mostPixels/config.Height {
		return largeImage
	}
	return nil
}

// Markers of a JPEG. ITU-T T.81, table B.1.
const (
	jpegStart   = 0xD8
	jpegEnd     = 0xD9
	jpegScan    = 0xDA
	jpegApp0    = 0xE0 // JFIF
	jpegApp1    = 0xE1 // Exif: when, where and with what a photo was taken
	jpegApp14   = 0xEE // Adobe: how colours are kept
	jpegApp15   = 0xEF
	jpegComment = 0xFE
)

// bareJPEG returns a JPEG without what it tells beside the picture: the place and time of a photo, its thumbnail, comments,
// and whatever stands behind its end. Which side is up is kept.
func bareJPEG(content []byte) ([]byte, error) {
	if err := checkImage(content); err != nil {
		return nil, err
	}
	bare := []byte{0xFF, jpegStart}
	up := uint16(1)
	for at := 2; ; {
		for at < len(content) && content[at] == 0xFF && at+1 < len(content) && content[at+1] == 0xFF {
			at++ // fill bytes
		}
		if at+2 > len(content) || content[at] != 0xFF {
			return nil, brokenImage
		}
		marker := content[at+1]
		if marker == jpegEnd {
			return withOrientation(append(bare, 0xFF, jpegEnd), up), nil
		}
		if at+4 > len(content) {
			return nil, brokenImage
		}
		end := at + 2 + int(binary.BigEndian.Uint16(content[at+2:]))
		if end < at+4 || end > len(content) {
			return nil, brokenImage
		}
		segment := content[at:end]
		switch {
		case marker == jpegApp1:
			if found := orientation(segment[4:]); found != 0 {
				up = found
			}
		case marker == jpegApp0:
			bare = append(bare, bareJFIF(segment)...)
		case marker == jpegComment, marker > jpegApp0 && marker <= jpegApp15 && marker != jpegApp14:
		default:
			bare = append(bare, segment...)
		}
		if marker == jpegScan {
			end += scanLength(content[end:])
			bare = append(bare, content[at+len(segment):end]...)
		}
		at = end
	}
}

// bareJFIF returns a JFIF segment without its thumbnail; nothing of one that only holds a thumbnail (JFXX), or is something
// else.
func bareJFIF(segment []byte) []byte {
	const length = 2 + 2 + 14 // marker, length, and what stands before the thumbnail
	if len(segment) < length || !bytes.HasPrefix(segment[4:], []byte("JFIF\x00")) {
		return nil
	}
	bare := bytes.Clone(segment[:length])
	binary.BigEndian.PutUint16(bare[2:], length-2)
	bare[length-2], bare[length-1] = 0, 0 // the sizes of the thumbnail
	return bare
}

// scanLength is how many bytes of picture stand before the next marker. A marker in it is followed by a zero, or restarts
// the same scan.
func scanLength(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xFF && next != 0 && (next < 0xD0 || next > 0xD7) {
			return i
		}
	}
	return len(data)
}

// orientationTag says in Exif which side of a photo is up, from 1 (as it is) to 8.
const orientationTag = 0x0112

// orientation reads which side is up from an Exif segment; 0 where that says nothing.
func orientation(exif []byte) uint16 {
	tiff, ok := bytes.CutPrefix(exif, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if value := order.Uint16(entries[8:]); order.Uint16(entries) == orientationTag && value >= 1 && value <= 8 {
			return value
		}
		entries = entries[12:]
	}
	return 0
}

// withOrientation puts the smallest possible Exif segment behind the start of a JPEG, where a side other than the usual one
// is up.
func withOrientation(jpeg []byte, up uint16) []byte {
	if up == 1 {
		return jpeg
	}
	exif := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, up)
	exif = append(exif, 0, 0, 0, 0, 0, 0) // the rest of the value, and no next directory
	turned := []byte{0xFF, jpegStart, 0xFF, jpegApp1}
	turned = binary.BigEndian.AppendUint16(turned, uint16(len(exif)+2))
	return append(append(turned, exif...), jpeg[2:]...)
}

// pngKept are the parts of a PNG that make the picture and its colours; the others hold text, time and Exif.
var pngKept = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "sBIT": true, "bKGD": true, "pHYs": true}

// pngHead is how every PNG begins.
const pngHead = "\x89PNG\r\n\x1a\n"

// barePNG returns a PNG without what it tells beside the picture.
func barePNG(content []byte) ([]byte, error) {
	if err := checkImage(content); err != nil {
		return nil, err
	}
	bare := []byte(pngHead)
	for at := len(pngHead); ; {
		if at+12 > len(content) {
			return nil, brokenImage
		}
		end := int64(at) + 12 + int64(binary.BigEndian.Uint32(content[at:]))
		if end > int64(len(content)) {
			return nil, brokenImage
		}
		chunk := content[at:end]
		if crc32.ChecksumIEEE(chunk[4:len(chunk)-4]) != binary.BigEndian.Uint32(chunk[len(chunk)-4:]) {
			return nil, brokenImage
		}
		name := string(chunk[4:8])
		if pngKept[name] {
			bare = append(bare, chunk...)
		}
		if name == "IEND" {
			return bare, nil
		}
		at = int(end)
	}
}
