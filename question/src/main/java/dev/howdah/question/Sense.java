package dev.howdah.question;

/** What a phrase may mean in this database, with how well it fits: 1 is the name itself. */
sealed interface Sense {
    double weight();

    Table table();

    record OfTable(Table table, double weight) implements Sense {}

    record OfColumn(Col column, double weight) implements Sense {
        @Override
        public Table table() {
            return column.table();
        }
    }

    /** A stored value, an enum's label, or a label of a check list. */
    record OfValue(Col column, String value, double weight) implements Sense {
        @Override
        public Table table() {
            return column.table();
        }
    }

    /** A boolean column said as an adjective or noun, or a date whose presence says the same. */
    record OfFlag(Col column, boolean truth, double weight) implements Sense {
        @Override
        public Table table() {
            return column.table();
        }
    }

    /** A verb: what happened to a row at the time that this column keeps. */
    record OfVerb(Col column, double weight) implements Sense {
        @Override
        public Table table() {
            return column.table();
        }
    }
}
