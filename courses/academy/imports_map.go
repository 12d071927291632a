package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// mappingOf is what somebody said of how a list is to be read.
func mappingOf(i store.Import) exchange.EvidenceMapping {
	m := exchange.EvidenceMapping{Order: exchange.DateOrder(i.DateOrder), Schemes: i.Spellings}
	for _, f := range i.Fields {
		if f == noField {
			f = ""
		}
		m.Columns = append(m.Columns, ColumnField(f))
	}
	return m
}

// noField is how a column is kept that says nothing we ask.
const noField = "-"

// keptFields is what columns say as it is kept.
func keptFields(columns []ColumnField) []string {
	kept := make([]string, len(columns))
	for i, f := range columns {
		kept[i] = cmp.Or(string(f), noField)
	}
	return kept
}

var wrongMapping = fault.New(fault.Invalid, "Zeg eerst wat de kolommen betekenen.", "First say what the columns mean.").Because("mapping")

// missing says which columns a list cannot do without.
func missing(l EvidenceList) error {
	mistakes := *wrongMapping
	mistakes.Fields = l.Missing
	return &mistakes
}

// MapEvidence keeps how a list is to be read. fault.Invalid where a column is missing or a scheme does not exist;
// fault.Conflict where the list came in already.
func (o *Office) MapEvidence(ctx context.Context, who staff.Actor, id string, m EvidenceMapping) error {
	read, err := o.EvidenceImport(ctx, who, id)
	if err != nil {
		return err
	}
	if m.Order != exchange.OrderUnknown && m.Order != DayFirst && m.Order != MonthFirst {
		return wrongMapping
	}
	for _, f := range m.Columns {
		if f != FieldNone && !slices.Contains(ColumnFields(), f) {
			return wrongMapping
		}
	}
	i := store.Import{ID: id, DateOrder: string(m.Order), Spellings: m.Schemes, Fields: keptFields(m.Columns)}
	mistakes := *wrongMapping
	tried := exchange.ReadEvidenceList(read.List.Table, exchange.EvidenceOffice{}, m)
	mistakes.Fields = tried.Missing
	for _, scheme := range m.Schemes {
		if _, ok := read.Schemes[scheme]; scheme != "" && !ok {
			mistakes = *mistakes.At("schemes", "Kies een regeling die bestaat.", "Choose a scheme that exists.")
		}
	}
	if len(m.Columns) != len(read.List.Table.Columns) || len(mistakes.Fields) > 0 {
		return &mistakes
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.MapImport(ctx, q, i); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "import.mapped", "", id))
	})
}

// DropImport throws a list away that did not come in, as where it was the wrong one. A list that came in stays.
func (o *Office) DropImport(ctx context.Context, who staff.Actor, id string) error {
	if err := who.Allow(staff.ImportEvidence, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.DropImport(ctx, q, id); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "import.dropped", "", id))
	})
}
