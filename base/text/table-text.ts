/** Rows below a header in capitals: columns as wide as their longest cell; no line ends with blanks. */
export function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header.map((name) => name.toUpperCase()), ...rows];
  const widths = header.map((_, column) =>
    all.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
