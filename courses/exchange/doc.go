// Package exchange turns files that people make elsewhere into values, and values into such files: course files.
//
// It may import every pure package, and it is the only one that knows YAML. It opens no file and no connection: bytes in,
// values out. It is strict: what it does not understand it refuses, and it says on which line, in which field, and what
// to do, for all mistakes it can find in one go. It never guesses.
package exchange
