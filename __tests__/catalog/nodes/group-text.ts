import { complete } from '../../../catalog/ground/complete';
import { pathText } from '../../../catalog/ground/path';
import { ProblemList } from '../../../catalog/ground/problem-list';
import { fixText, statementText } from '../../../catalog/ground/problem-text';
import { read } from '../../../catalog/shape/read';
import type { Keys } from '../../../catalog/shape/shape';
import { map } from '../../../catalog/shape/shapes';
import { parseSource } from '../../../catalog/source/parse';
import { Place } from '../../../catalog/source/place';

/** A group of a catalog: its place, what is good of it by some keys, and what is wrong with it. */
export function groupOf<const K extends Keys>(keys: K, text: string, file = 'dev.yml') {
  const problems = new ProblemList();
  const place = Place.root(complete(parseSource(file, text, problems)));
  return { place, draft: complete(read(place, map(keys), problems).draft), problems };
}

/** The problems as `12:17 path: message | fix`; what is no error begins with its severity. */
export function linesOf(problems: ProblemList): readonly string[] {
  return problems.sorted(['dev.yml']).map((problem) => {
    const { severity, where } = problem;
    const kind = severity === 'error' ? '' : `${severity} `;
    const fix = fixText(problem);
    const at = where.position === undefined ? '' : `${where.position.line}:${where.position.column} `;
    return `${kind}${at}${pathText(where.path)}: ${statementText(problem)}${fix === '' ? '' : ` | ${fix}`}`;
  });
}
