package dev.howdah.render;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Rows as an Excel workbook, streamed. A value becomes a number, date or boolean only where Excel keeps it exactly:
 * numbers of up to 15 significant digits, dates from March 1900, time stamps of whole milliseconds; everything else is
 * text. After 1,048,576 lines a new sheet begins, with the names again. NULL is an empty cell.
 */
final class XlsxWriter implements RowSink {
    /** Excel's limits, from "Excel specifications and limits". */
    private static final int SHEET_LINES = 1_048_576;

    private static final int CELL_CHARACTERS = 32_767;
    private static final int EXACT_DIGITS = 15;

    /** Excel believes in a 29 February 1900, so that earlier dates are off by one. */
    private static final LocalDate FIRST_DATE = LocalDate.of(1900, 3, 1);

    private static final int FLUSHED_LINES = 1_000;

    private final Workbook workbook;
    private final int sheetLines;
    private List<ResultColumn> columns = List.of();
    private @Nullable Worksheet sheet;
    private int sheets;
    private int line;
    private long rowNumber;

    XlsxWriter(OutputStream stream) {
        this(stream, SHEET_LINES);
    }

    /** @param sheetLines lines after which a new sheet begins */
    XlsxWriter(OutputStream stream, int sheetLines) {
        this.workbook = new Workbook(new Unclosed(stream), "Howdah", "1.0");
        this.sheetLines = sheetLines;
    }

    @Override
    public void columns(List<ResultColumn> resultColumns) throws IOException {
        columns = List.copyOf(resultColumns);
        newSheet();
    }

    @Override
    public void row(Row row) throws IOException {
        rowNumber++;
        Worksheet target = sheet;
        if (target == null || line == sheetLines) {
            target = newSheet();
        }
        for (int i = 0; i < row.size(); i++) {
            String value = row.text(i);
            if (value != null) {
                cell(target, i, value);
            }
        }
        line++;
        if (line % FLUSHED_LINES == 0) {
            target.flush();
        }
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        finishSheet();
        workbook.finish();
    }

    private Worksheet newSheet() throws IOException {
        finishSheet();
        sheets++;
        Worksheet made = workbook.newWorksheet(sheets == 1 ? "Rows" : "Rows " + sheets);
        sheet = made;
        line = 0;
        for (int i = 0; i < columns.size(); i++) {
            int oid = columns.get(i).typeOid();
            if (oid == TypeOid.DATE) {
                made.style(i).format("yyyy-mm-dd").set();
                made.width(i, 12);
            } else if (oid == TypeOid.TIMESTAMP) {
                made.style(i).format("yyyy-mm-dd hh:mm:ss.000").set();
                made.width(i, 24);
            }
            made.inlineString(0, i, PlainText.oneLine(columns.get(i).name()));
            made.style(0, i).bold().set();
        }
        made.freezePane(0, 1);
        line = 1;
        return made;
    }

    private void finishSheet() throws IOException {
        Worksheet last = sheet;
        if (last != null) {
            last.finish();
        }
    }

    private void cell(Worksheet target, int column, String value) {
        switch (columns.get(column).typeOid()) {
            case TypeOid.INT2,
                    TypeOid.INT4,
                    TypeOid.INT8,
                    TypeOid.NUMERIC,
                    TypeOid.FLOAT4,
                    TypeOid.FLOAT8,
                    TypeOid.OID -> number(target, column, value);
            case TypeOid.BOOL -> target.value(line, column, value.equals("t"));
            case TypeOid.DATE -> date(target, column, value);
            case TypeOid.TIMESTAMP -> timestamp(target, column, value);
            default -> text(target, column, value);
        }
    }

    private void number(Worksheet target, int column, String value) {
        char last = value.charAt(value.length() - 1);
        if (last >= '0' && last <= '9') {
            BigDecimal number = new BigDecimal(value).stripTrailingZeros();
            if (number.precision() <= EXACT_DIGITS && Math.abs((long) number.scale()) < 300) {
                target.value(line, column, number);
                return;
            }
        }
        text(target, column, value);
    }

    private void date(Worksheet target, int column, String value) {
        try {
            LocalDate date = LocalDate.parse(value);
            if (!date.isBefore(FIRST_DATE) && date.getYear() <= 9999) {
                target.value(line, column, date);
                return;
            }
        } catch (DateTimeException beyondExcel) {
            // infinity, BC and years of five digits have no date in Excel; they are shown as they are.
        }
        text(target, column, value);
    }

    private void timestamp(Worksheet target, int column, String value) {
        try {
            LocalDateTime time = LocalDateTime.parse(value.replace(' ', 'T'));
            if (!time.toLocalDate().isBefore(FIRST_DATE)
                    && time.getYear() <= 9999
                    && time.equals(time.truncatedTo(ChronoUnit.MILLIS))) {
                target.value(line, column, time);
                return;
            }
        } catch (DateTimeException beyondExcel) {
            // As with dates.
        }
        text(target, column, value);
    }

    private void text(Worksheet target, int column, String value) {
        if (value.length() > CELL_CHARACTERS) {
            throw new HowdahException(
                    ErrorCode.LIMIT,
                    "Row " + Counts.number(rowNumber) + " has " + Counts.number(value.length()) + " characters in "
                            + PlainText.oneLine(columns.get(column).name()) + "; an Excel cell holds 32,767.",
                    "Use -o csv, or shorten the column: left(column, 32767).");
        }
        target.inlineString(line, column, value);
    }

    /** The workbook closes what it writes to, but the stream is the caller's. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
