import type { Annotation } from '../posting';
import { shortLine } from '../status-text';

/** GitHub shows so many annotations of each level from one step. */
const SHOWN = 10;
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 2000;

/**
 * Annotations as GitHub's workflow commands, a line each: at most ten of a level, the first ones.
 *
 * @param shift - the folder of the project in its repository, from which GitHub counts paths
 */
export function annotationCommands(annotations: readonly Annotation[], shift: string): readonly string[] {
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    annotations
      .filter((one) => one.level === level)
      .slice(0, SHOWN)
      .map((one) => command(one, shift)),
  );
}

function command({ level, title, text, position }: Annotation, shift: string): string {
  const place =
    position === undefined
      ? []
      : [
          ['file', shift === '' ? position.file : `${shift}/${position.file}`],
          ['line', String(position.line)],
          ['col', String(position.column)],
          ['endColumn', String(position.endColumn)],
        ];
  const properties = [...place, ['title', shortLine(title, LONGEST_TITLE)]]
    .map(([name, value]) => `${name}=${property(value ?? '')}`)
    .join(',');
  return `::${level} ${properties}::${data(text.slice(0, LONGEST_TEXT))}`;
}

/** Text after the second `::`. A line break would begin a command of its own. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
