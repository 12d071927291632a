// Package courses knows what a course is, what its quiz asks, and what an answer is worth.
//
// It is pure: values in, values out. It reads no clock, opens no file and knows no database, web or file format; it
// imports only staff, calendar and fault. Nothing in it is about one person's certificate: that is package certificates.
//
// Code is English and the office speaks Dutch. These words mean the same, here and in the packages around this one:
//
//	aanwijzing                designation           a task given to a person, such as that of knowledge holder
//	afleider                  option not correct    an option made to be chosen by who does not know
//	bezetting                 occupancy             who may do a process on a day, and who of them is there
//	certificaat               certificate           the numbered document that proves a period
//	certificeringsregeling    scheme                what somebody must show to be certified, and for how long it holds
//	cursus                    course                lessons and a quiz; published as numbered versions
//	cyclus                    cycle                 one round of proving the same scheme again
//	deltacursus               delta course          a course about one change, for people who know the rest
//	geldigheidsperiode        period                one stretch of validity of one person under one scheme
//	groepstraining            session               training on one day, with places and a waiting list
//	hercertificeringsvenster  window                the months before expiry in which renewing counts
//	inwerktijd                induction             the days a newcomer has
//	kennisdrager              knowledge holder      who follows a subject for the others
//	leerdoel                  goal                  one thing that somebody can do after the course
//	les                       lesson                one part of the text of a course
//	onderdeel                 component             one thing that a scheme asks
//	piket                     on call               standing ready for a process besides the roster
//	poging                    attempt               one try by one person at a quiz
//	praktijkbeoordelaar       workplace assessor    who sees at work whether somebody can do it
//	proces                    process               work that only some people may do, and of which there must be enough
//	rol                       role                  what somebody does in the office
//	rooster                   roster                at what times somebody works, from a day on
//	taak                      duty                  what one person must do now, and why
//	tijdvak                   process window        a time of the week in which a process needs people
//	toets                     quiz                  what a course asks, and by which rules
//	uitloop                   grace                 the months after expiry in which a refresher still suffices
//	verlof                    leave                 days on which somebody does not work; never why
//	verlopen                  expired               past the last valid day
//	verplichting              requirement           who must hold a scheme, since when, and who says so
//	vraag                     question              one question with its key; a candidate sees a paper
//	werkwijze                 procedure             how we do a process, in versions
package courses
