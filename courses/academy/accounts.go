package academy

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// SessionLength is how long a browser stays logged in.
const SessionLength = 12 * time.Hour

// maxTokenLength is the longest time a bearer token may last.
const maxTokenLength = 366 * 24 * time.Hour

// Authenticate tells who holds a secret and what they are today; fault.Unauthenticated where nobody does.
func (o *Office) Authenticate(ctx context.Context, secret string, kind store.TokenKind) (staff.Actor, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return staff.Actor{}, err
	}
	actor, err := o.db.TokenActor(ctx, sha256.Sum256([]byte(secret)), kind, now.Real, now.Today())
	if fault.KindOf(err) == fault.NotFound {
		return staff.Actor{}, fault.New(fault.Unauthenticated, "Log opnieuw in.", "Log in again.")
	}
	return actor, err
}

// IssueToken makes a bearer token for a person and returns its secret, which is shown only now.
func (o *Office) IssueToken(ctx context.Context, who staff.Actor, person staff.PersonID, lasts time.Duration) (string, error) {
	if lasts <= 0 || lasts > maxTokenLength {
		return "", fault.New(fault.Invalid, "Een token duurt minstens een uur en hoogstens een jaar.", "A token lasts at least an hour and at most a year.")
	}
	return o.issue(ctx, who, person, store.Bearer, lasts)
}

// StartSession lets a browser in as a person and returns the secret for its cookie. Whoever calls it has checked that
// the person may: by their password, or because this is a demo.
func (o *Office) StartSession(ctx context.Context, person staff.PersonID) (string, error) {
	return o.issue(ctx, staff.Actor{Person: person}, person, store.Session, SessionLength)
}

// issue makes a token of 130 random bits and keeps its hash.
func (o *Office) issue(ctx context.Context, who staff.Actor, person staff.PersonID, kind store.TokenKind, lasts time.Duration) (string, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return "", err
	}
	secret := rand.Text()
	return secret, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if _, err := store.Person(ctx, q, person); err != nil {
			return err
		}
		if err := store.DeleteTokens(ctx, q, now.Real.Add(-SessionLength)); err != nil {
			return err
		}
		token := store.Token{Hash: sha256.Sum256([]byte(secret)), Person: person, Kind: kind, IssuedAt: now.Real, ExpiresAt: now.Real.Add(lasts)}
		if err := store.InsertToken(ctx, q, token); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, string(kind)+".issued", person, ""))
	})
}

// Revoke makes one token or session useless at once.
func (o *Office) Revoke(ctx context.Context, secret string) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		return store.RevokeToken(ctx, q, sha256.Sum256([]byte(secret)), now.Real)
	})
}

// RevokeAll makes every token and session of a person useless at once and returns how many that were.
func (o *Office) RevokeAll(ctx context.Context, who staff.Actor, person staff.PersonID) (n int64, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return 0, err
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if n, err = store.RevokeTokens(ctx, q, person, now.Real); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "tokens.revoked", person, ""))
	})
	return n, err
}

var wrongPassword = fault.New(fault.Unauthenticated, "Deze naam en dit wachtwoord horen niet bij elkaar.", "This name and this password do not belong together.")

// LogIn starts a session for whoever has this personnel number or e-mail address and this password. Unknown names and
// wrong passwords answer the same, after the same work, and both leave an audit entry: about whom, where that is known.
func (o *Office) LogIn(ctx context.Context, name, password string) (string, error) {
	person, hash, err := store.PasswordOf(ctx, o.db.Read(), strings.TrimSpace(name))
	unknown := fault.KindOf(err) == fault.NotFound
	if err != nil && !unknown {
		return "", err
	}
	if unknown {
		hash = nobodysHash
	}
	right, err := o.verify(ctx, password, hash)
	if err != nil {
		return "", err
	}
	if unknown || !right {
		if err := o.refused(ctx, person); err != nil {
			return "", err
		}
		return "", wrongPassword
	}
	return o.StartSession(ctx, person)
}

// refused writes down that somebody could not log in; person is empty where nobody has the name, which is kept nowhere: it
// may be a password.
func (o *Office) refused(ctx context.Context, person staff.PersonID) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		return store.Write(ctx, q, did(now.Office, staff.Actor{}, "login.failed", person, ""))
	})
}

// MinPasswordLength is the least number of characters of a password.
const MinPasswordLength = 12

var wrongAdministrator = fault.New(fault.Invalid, "Zo kan deze persoon geen beheerder worden:", "This person cannot become an administrator like this:").Because("administrator")

// CheckAdministrator reports at once everything that is wrong with a new administrator and their password: fault.Invalid.
func CheckAdministrator(p staff.Person, password string) error {
	mistakes := *wrongAdministrator
	if f := fault.Of(p.Check()); f != nil {
		mistakes.Fields = f.Fields
	}
	if utf8.RuneCountInString(password) < MinPasswordLength {
		mistakes = *mistakes.At("password", fmt.Sprintf("een wachtwoord heeft minstens %d tekens", MinPasswordLength), fmt.Sprintf("a password has at least %d characters", MinPasswordLength))
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// CreateAdministrator makes somebody who manages the installation and can log in with a password, after
// CheckAdministrator; fault.Conflict in a demo, and where somebody has the personnel number or the e-mail address already.
func (o *Office) CreateAdministrator(ctx context.Context, p staff.Person, password string) error {
	if err := CheckAdministrator(p, password); err != nil {
		return err
	}
	i, err := o.Installation(ctx)
	if err != nil {
		return err
	}
	if i.Kind == store.Demo {
		return neverTogether
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	hash, err := o.hash(ctx, password)
	if err != nil {
		return err
	}
	p.Administrator = true
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.InsertPeople(ctx, q, []staff.Person{p}); err != nil {
			return err
		}
		if err := store.SetPassword(ctx, q, p.ID, hash); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, staff.Actor{}, "administrator.created", p.ID, ""))
	})
}

// Argon2id as OWASP recommends it: two passes over 19 MiB. Memory is what an attacker would exhaust, so no more
// passwords are hashed at once than there are cores, and no more than hashesWaiting wait for it.
const (
	argonTime     = 2
	argonMemory   = 19 * 1024 // KiB
	argonKey      = 32
	hashesWaiting = 50
)

var hashesAtOnce = runtime.NumCPU()

// nobodysHash is checked where the name is unknown, so that the answer takes as long.
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hash makes the PHC string of a password.
func (o *Office) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := o.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, argonMemory, argonTime, b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// verify reports whether a password has a hash.
func (o *Office) verify(ctx context.Context, password, hash string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || strings.Join(parts[:4], "$") != fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1", argon2.Version, argonMemory, argonTime) {
		return false, errors.New("a stored password hash has another form than this program makes")
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("stored password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("stored password hash: %w", err)
	}
	key, err := o.derive(ctx, password, salt)
	return subtle.ConstantTimeCompare(key, want) == 1, err
}

var crowded = fault.New(fault.TooMany, "Het is druk. Probeer het over een minuut opnieuw.", "It is busy. Try again in a minute.")

// derive waits for its turn and does the slow work; fault.TooMany where too many wait.
func (o *Office) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case o.asking <- struct{}{}:
		defer func() { <-o.asking }()
	default:
		return nil, crowded
	}
	select {
	case o.hashing <- struct{}{}:
		defer func() { <-o.hashing }()
		return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, 1, argonKey), nil
	case <-ctx.Done():
		return nil, crowded.From(ctx.Err())
	}
}
