// Package exchange turns files that people make elsewhere into values, and values into such files: course files, and
// lists of evidence. It also says which documents may be kept.
//
// It may import every pure package, and it is the only one that knows YAML and XLSX. It opens no connection, and no file but
// those of the fs.FS it is given. It is strict: what it does not understand it refuses, and it says on which line, in
// which field, and what to do, for all mistakes it can find in one go. It never guesses, but
// in a list that somebody else once made for themselves: there it says what it guessed.
package exchange
