// Package notices decides when somebody is reminded and by which line it goes up, writes what the mail says, and sends it.
//
// It writes no result, score or reason of absence, and loads nothing from elsewhere. Whom a mail goes to and whether it
// was sent before, the training office keeps.
package notices
