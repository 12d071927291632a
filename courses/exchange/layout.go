package exchange

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses"
)

// MaxCourseFile is the largest course file, in bytes.
const MaxCourseFile = 1 << 20

// A block is some consecutive lines of the file.
type block struct {
	first int // the number of the first line
	lines []string
}

// text is the block as one text, without blank lines before and white space after it.
func (b block) text() string {
	lines := b.lines
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return strings.TrimRightFunc(strings.Join(lines, "\n"), unicode.IsSpace)
}

// start is the number of the first line that is not blank, or of the first line where all are.
func (b block) start() int {
	for i, line := range b.lines {
		if strings.TrimSpace(line) != "" {
			return b.first + i
		}
	}
	return b.first
}

// lines cuts a source into lines without their ends. A byte order mark and Windows line ends are accepted.
func (m *mistakes) lines(source []byte) []string {
	if len(source) > MaxCourseFile {
		m.wrong(1, tooLarge)
		return nil
	}
	source = bytes.TrimPrefix(source, []byte("\uFEFF"))
	lines := strings.Split(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n")
	for i, line := range lines {
		switch {
		case !utf8.ValidString(line):
			m.wrong(i+1, notUTF8)
		case !printable(line):
			m.wrong(i+1, controlled)
		}
	}
	return lines
}

// turning are the characters that turn the direction of what follows: with them a title reads as something else than it
// says.
var turning = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x202A, Hi: 0x202E, Stride: 1}, {Lo: 0x2066, Hi: 0x2069, Stride: 1}}}

// printable reports whether a text holds no control characters but tabs and line ends, and none that are turning.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Cc, turning) && r != '\t' && r != '\n' })
}

// A layout is a course file cut into its three parts.
type layout struct {
	data      block // YAML between two lines ---
	lessons   []courses.Lesson
	questions block // YAML
}

// layout cuts the lines of a file into its parts; a part that is not there is empty, and a mistake.
func (m *mistakes) layout(lines []string) layout {
	var l layout
	end := slices.IndexFunc(lines[1:], isRule) + 1
	if !isRule(lines[0]) || end == 0 {
		m.wrong(1, noFrontmatter)
		return l
	}
	l.data = block{2, lines[1:end]}
	before, sections := m.sections(block{end + 2, lines[end+1:]})
	if before.text() != "" {
		m.wrong(before.start(), strayText)
	}
	quiz := section{line: len(lines)}
	for _, s := range sections {
		title := lessonHeading.FindStringSubmatch(s.heading)
		switch {
		case quiz.heading != "":
			m.wrong(s.line, afterQuiz)
		case s.heading == quizHeading:
			quiz = s
		case title == nil || title[1] != strconv.Itoa(len(l.lessons)+1):
			m.wrong(s.line, wrongHeading, len(l.lessons)+1)
		default:
			if s.body.text() == "" {
				m.wrong(s.line, emptyLesson)
			}
			l.lessons = append(l.lessons, courses.Lesson{Number: len(l.lessons) + 1, Title: title[2], Body: courses.Markdown(s.body.text())})
		}
	}
	if len(l.lessons) == 0 {
		m.wrong(end+1, noLessons)
	}
	l.questions = m.questionBlock(quiz)
	return l
}

// isRule reports whether a line closes or opens the data of the course.
func isRule(line string) bool { return strings.TrimRight(line, " \t") == "---" }

const quizHeading = "## Vragen"

var (
	anyHeading    = regexp.MustCompile(`^ {0,3}##(\s|$)`)
	lessonHeading = regexp.MustCompile(`^## Les ([0-9]{1,4}):\s*(\S.*)$`)
)

// A section is a heading of the second level and what follows it.
type section struct {
	heading string
	line    int
	body    block
}

// sections cuts a block at its headings of the second level that do not stand in a code block.
func (m *mistakes) sections(b block) (before block, sections []section) {
	var code codeBlock
	current := &before
	current.first = b.first
	for i, line := range b.lines {
		number := b.first + i
		if !code.covers(line, number) && strings.Contains(line, "##") && anyHeading.MatchString(line) {
			sections = append(sections, section{strings.TrimSpace(line), number, block{first: number + 1}})
			current = &sections[len(sections)-1].body
			continue
		}
		current.lines = append(current.lines, line)
	}
	if code.open != "" {
		m.wrong(code.since, openFence)
	}
	return before, sections
}

// questionBlock returns what stands in the one code block of a quiz.
func (m *mistakes) questionBlock(quiz section) block {
	first, lines := quiz.body.start(), quiz.body.lines
	lines = lines[min(first-quiz.body.first, len(lines)):]
	var code codeBlock
	if len(lines) == 0 || !code.covers(lines[0], first) || code.info != "yaml questions" {
		m.wrong(quiz.line, noQuestions)
		return block{}
	}
	end := 1
	for end < len(lines) && code.covers(lines[end], first+end) && code.open != "" {
		end++
	}
	if rest := (block{first + end + 1, lines[min(end+1, len(lines)):]}); rest.text() != "" {
		m.wrong(rest.start(), afterQuiz)
	}
	return block{first + 1, lines[1:end]}
}

// A codeBlock follows the fenced code blocks of Markdown, line by line.
type codeBlock struct {
	open  string // the fence that opened the block; empty outside
	info  string // what stood behind that fence
	since int    // the line it stood on
}

var fence = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})(.*)$")

// covers reports whether the next line is part of a code block, its fences included.
func (c *codeBlock) covers(line string, number int) bool {
	var found []string
	if strings.ContainsAny(line[:min(len(line), 4)], "`~") { // a regular expression on every line takes long
		found = fence.FindStringSubmatch(line)
	}
	switch {
	case c.open == "" && found != nil && !(found[1][0] == '`' && strings.Contains(found[2], "`")):
		*c = codeBlock{found[1], strings.Join(strings.Fields(found[2]), " "), number}
		return true
	case c.open == "":
		return false
	case found != nil && strings.HasPrefix(found[1], c.open) && strings.TrimSpace(found[2]) == "":
		c.open = ""
	}
	return true
}
