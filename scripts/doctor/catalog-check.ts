import { counted } from '../../base/text/counted';
import { CatalogError, type Problem } from '../../catalog/ground/problem';
import { shownDirectory } from '../session/read-catalog';
import type { Check } from './check';
import { failed, passed } from './finding';

/** Checks that the catalog is valid. */
export const CATALOG_CHECK: Check = {
  name: 'catalog',
  look: async ({ catalog, environment, settings }) => {
    const validate = `kakehashi validate ${environment}`;
    if (!(catalog instanceof CatalogError)) {
      const warnings = catalog.problems.filter(({ severity }) => severity === 'warning').length;
      const found = warnings === 0 ? 'valid' : `valid, with ${counted(warnings, 'warning')}`;
      return [passed(catalog.catalog.file, found, ...(warnings === 0 ? [] : [validate]))];
    }
    const errors = catalog.problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const file = `${shownDirectory(settings)}/${environment}.yml`;
    const summary = first === undefined ? 'not valid' : problemLine(first, file);
    const count = errors.length > 1 ? `${counted(errors.length, 'problem')}, the first: ` : '';
    return [failed(file, count + summary, validate)];
  },
};

function problemLine({ position, path, message }: Problem, file: string): string {
  const where = path === '' ? message : `${path}: ${message}`;
  if (position === undefined) return where;
  const { line, column } = position;
  return position.file === file
    ? `${line}:${column}: ${where}`
    : `${position.file}:${line}:${column}: ${where}`;
}
